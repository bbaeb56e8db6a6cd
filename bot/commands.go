package bot

import (
	"github.com/bwmarrin/discordgo"

	"verbatim/answers"
)

// Names of commands and options, in English, which is how Discord gives them back. What
// people see stands in texts/.
const (
	nameAsk      = "ask"
	nameSearch   = "search"
	nameSources  = "sources"
	nameHelp     = "help"
	namePrivacy  = "privacy"
	nameGuild    = "guild"
	nameForum    = "forum"
	nameAskAbout = "Ask about this"
	nameSettings = "settings"

	nameQuestion = "question"
	nameCourse   = "course"
	nameDocument = "document"
	namePrivate  = "private"
	nameWords    = "words"
	nameAuthor   = "author"
	nameLanguage = "language"
	nameFrom     = "from"
	nameTo       = "to"
	nameChannel  = "channel"
	nameOn       = "on"
)

// locales are the languages of Discord's client in which commands have names of their own,
// each with that of ours.
var locales = map[discordgo.Locale]string{
	discordgo.French: "fr", discordgo.SpanishES: "es", discordgo.SpanishLATAM: "es",
}

// inLocales returns a text in the languages of the client.
func inLocales(id string) map[discordgo.Locale]string {
	all := map[discordgo.Locale]string{}
	for locale, language := range locales {
		all[locale] = wordsIn(language).say(id)
	}
	return all
}

// optionNamed returns an option, which has its name and description in texts/.
func optionNamed(name string, kind discordgo.ApplicationCommandOptionType) *discordgo.ApplicationCommandOption {
	return &discordgo.ApplicationCommandOption{
		Type: kind, Name: name, NameLocalizations: inLocales("name_" + name),
		Description: wordsIn("en").say("does_" + name), DescriptionLocalizations: inLocales("does_" + name),
	}
}

// textOption returns an option that takes at most so many characters.
func textOption(name string, most int, proposes bool) *discordgo.ApplicationCommandOption {
	o := optionNamed(name, discordgo.ApplicationCommandOptionString)
	o.MaxLength, o.Autocomplete = most, proposes
	return o
}

// commandNamed returns a slash command of guilds, and of direct messages if it is direct.
func commandNamed(name string, direct bool, options ...*discordgo.ApplicationCommandOption) *discordgo.ApplicationCommand {
	c := placed(&discordgo.ApplicationCommand{Type: discordgo.ChatApplicationCommand, Name: name, Options: options}, direct)
	names, does := inLocales("name_"+name), inLocales("does_"+name)
	c.NameLocalizations, c.Description, c.DescriptionLocalizations = &names, wordsIn("en").say("does_"+name), &does
	return c
}

// placed says where a command is to be had.
func placed(c *discordgo.ApplicationCommand, direct bool) *discordgo.ApplicationCommand {
	contexts := []discordgo.InteractionContextType{discordgo.InteractionContextGuild}
	if direct {
		contexts = append(contexts, discordgo.InteractionContextBotDM)
	}
	c.Contexts = &contexts
	c.IntegrationTypes = &[]discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall}
	return c
}

func required(o *discordgo.ApplicationCommandOption) *discordgo.ApplicationCommandOption {
	o.Required = true
	return o
}

// Lengths of options, in characters.
const (
	maxName = 300
	maxDate = 10
)

// commands are the commands of the bot as Discord is to have them.
func commands() []*discordgo.ApplicationCommand {
	question := required(textOption(nameQuestion, answers.MaxQuestion, true))
	course := func() *discordgo.ApplicationCommandOption { return textOption(nameCourse, maxName, true) }
	document := func() *discordgo.ApplicationCommandOption { return textOption(nameDocument, maxName, true) }
	language := optionNamed(nameLanguage, discordgo.ApplicationCommandOptionString)
	for _, code := range tongues {
		language.Choices = append(language.Choices, &discordgo.ApplicationCommandOptionChoice{
			Name: wordsIn("en").say("language_" + code), NameLocalizations: inLocales("language_" + code), Value: code,
		})
	}
	channel := required(optionNamed(nameChannel, discordgo.ApplicationCommandOptionChannel))
	channel.ChannelTypes = []discordgo.ChannelType{channelForum}
	forum := commandNamed(nameForum, false, channel, required(optionNamed(nameOn, discordgo.ApplicationCommandOptionBoolean)))
	moderators := int64(permissionManageChannels)
	forum.DefaultMemberPermissions = &moderators
	aboutNames := inLocales("name_ask_about")
	askAbout := placed(&discordgo.ApplicationCommand{Type: discordgo.MessageApplicationCommand, Name: nameAskAbout, NameLocalizations: &aboutNames}, true)
	return []*discordgo.ApplicationCommand{
		commandNamed(nameAsk, true, question, course(), document(), optionNamed(namePrivate, discordgo.ApplicationCommandOptionBoolean)),
		askAbout,
		commandNamed(nameSearch, true, required(textOption(nameWords, answers.MaxQuestion, false)), course(), document(),
			textOption(nameAuthor, maxName, false), language, textOption(nameFrom, maxDate, false), textOption(nameTo, maxDate, false)),
		commandNamed(nameSources, true, course()),
		commandNamed(nameHelp, true),
		commandNamed(nameGuild, true),
		commandNamed(namePrivacy, true),
		forum,
		curatedCommands(),
		forModerators(commandNamed(nameQuestions, false)),
		forModerators(commandNamed(nameReview, false)),
		forModerators(commandNamed(nameGlossary, false)),
		commandNamed(namePropose, false),
		forModerators(onMessages(nameSaveAs, "name_save_as")),
		onMessages(nameProposeAs, "name_propose_as"),
		settingsCommand(),
		corpusCommand(),
	}
}
