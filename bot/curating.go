package bot

import (
	"github.com/bwmarrin/discordgo"

	"verbatim/answers"
)

// Names of the commands by which the group's answers are written, and of their options.
const (
	nameCurated   = "curated"
	nameQuestions = "questions"
	nameReview    = "review"
	nameGlossary  = "glossary"
	namePropose   = "propose"
	nameSaveAs    = "Save as curated answer"
	nameProposeAs = "Propose as answer"

	nameAdd      = "add"
	nameEdit     = "edit"
	nameRemove   = "remove"
	nameRestore  = "restore"
	nameList     = "list"
	nameHistory  = "history"
	nameRevert   = "revert"
	nameStale    = "stale"
	nameAnswer   = "answer"
	nameRevision = "revision"
)

// curatedCommands returns /curated with its subcommands.
func curatedCommands() *discordgo.ApplicationCommand {
	answer := func() *discordgo.ApplicationCommandOption {
		o := required(described("answer_of", nameAnswer, discordgo.ApplicationCommandOptionString))
		o.MaxLength, o.Autocomplete = maxName, true
		return o
	}
	words := described("answer_words", nameWords, discordgo.ApplicationCommandOptionString)
	words.MaxLength = answers.MaxQuestion
	revision := required(described("answer_revision", nameRevision, discordgo.ApplicationCommandOptionString))
	revision.MaxLength = maxDate
	return forModerators(commandNamed(nameCurated, false,
		subcommand(nameCurated, nameAdd), subcommand(nameCurated, nameEdit, answer()), subcommand(nameCurated, nameRemove, answer()),
		subcommand(nameCurated, nameRestore, answer()), subcommand(nameCurated, nameList, words), subcommand(nameCurated, nameHistory, answer()),
		subcommand(nameCurated, nameRevert, answer(), revision), subcommand(nameCurated, nameStale)))
}

// forModerators shows a command to those alone who may manage messages, unless the server
// says otherwise. Who may use it is looked at each time: see moderates.
func forModerators(c *discordgo.ApplicationCommand) *discordgo.ApplicationCommand {
	permission := int64(permissionManageMessages)
	c.DefaultMemberPermissions = &permission
	return c
}

// onMessages returns a command on messages of guilds.
func onMessages(name, text string) *discordgo.ApplicationCommand {
	names := inLocales(text)
	return placed(&discordgo.ApplicationCommand{Type: discordgo.MessageApplicationCommand, Name: name, NameLocalizations: &names}, false)
}

// subcommand returns a subcommand of a command.
func subcommand(of, name string, options ...*discordgo.ApplicationCommandOption) *discordgo.ApplicationCommandOption {
	o := described(of+"_"+name, name, discordgo.ApplicationCommandOptionSubCommand)
	o.Options = options
	return o
}

// described is optionNamed with texts of another name.
func described(text, name string, kind discordgo.ApplicationCommandOptionType) *discordgo.ApplicationCommandOption {
	return &discordgo.ApplicationCommandOption{
		Type: kind, Name: name, NameLocalizations: inLocales("name_" + text),
		Description: wordsIn("en").say("does_" + text), DescriptionLocalizations: inLocales("does_" + text),
	}
}
