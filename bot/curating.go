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

	curatedAdd      = "add"
	curatedEdit     = "edit"
	curatedRemove   = "remove"
	curatedRestore  = "restore"
	curatedList     = "list"
	curatedHistory  = "history"
	curatedRevert   = "revert"
	curatedStale    = "stale"
	curatedAnswer   = "answer"
	curatedRevision = "revision"
)

// curatedCommands returns /curated with its subcommands.
func curatedCommands() *discordgo.ApplicationCommand {
	answer := func() *discordgo.ApplicationCommandOption {
		o := required(describedAs("answer_of", curatedAnswer, discordgo.ApplicationCommandOptionString))
		o.MaxLength, o.Autocomplete = maxName, true
		return o
	}
	words := describedAs("answer_words", nameWords, discordgo.ApplicationCommandOptionString)
	words.MaxLength = answers.MaxQuestion
	revision := required(describedAs("answer_revision", curatedRevision, discordgo.ApplicationCommandOptionString))
	revision.MaxLength = maxDate
	return forModerators(commandNamed(nameCurated, false,
		curatedSub(nameCurated, curatedAdd), curatedSub(nameCurated, curatedEdit, answer()), curatedSub(nameCurated, curatedRemove, answer()),
		curatedSub(nameCurated, curatedRestore, answer()), curatedSub(nameCurated, curatedList, words), curatedSub(nameCurated, curatedHistory, answer()),
		curatedSub(nameCurated, curatedRevert, answer(), revision), curatedSub(nameCurated, curatedStale)))
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

// curatedSub returns a curatedSub of a command.
func curatedSub(of, name string, options ...*discordgo.ApplicationCommandOption) *discordgo.ApplicationCommandOption {
	o := describedAs(of+"_"+name, name, discordgo.ApplicationCommandOptionSubCommand)
	o.Options = options
	return o
}

// describedAs is optionNamed with texts of another name.
func describedAs(text, name string, kind discordgo.ApplicationCommandOptionType) *discordgo.ApplicationCommandOption {
	return &discordgo.ApplicationCommandOption{
		Type: kind, Name: name, NameLocalizations: inLocales("name_" + text),
		Description: wordsIn("en").say("does_" + text), DescriptionLocalizations: inLocales("does_" + text),
	}
}
