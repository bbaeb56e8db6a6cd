package bot

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/answers"
	"verbatim/corpus"
)

// Subcommands of /corpus, and their options.
const (
	nameCorpus = "corpus"

	nameAdd     = "add"
	nameReplace = "replace"
	nameRename  = "rename"
	nameRemove  = "remove"
	nameList    = "list"
	nameInfo    = "info"
	nameAccess  = "access"
	nameFile    = "file"
)

// fileOptions are the options of /corpus add in which files are given.
var fileOptions = []string{nameFile, "file-2", "file-3", "file-4", "file-5"}

// corpusCommand is /corpus as Discord is to have it.
func corpusCommand() *discordgo.ApplicationCommand {
	sub := func(name string, options ...*discordgo.ApplicationCommandOption) *discordgo.ApplicationCommandOption {
		return curatedSub(nameCorpus, name, options...)
	}
	file := func(name string) *discordgo.ApplicationCommandOption {
		id := nameCorpus + "_file"
		if name != nameFile {
			id += "_more"
		}
		o := describedAs(id, name, discordgo.ApplicationCommandOptionAttachment)
		for locale, text := range o.NameLocalizations {
			o.NameLocalizations[locale] = text + strings.TrimPrefix(name, nameFile)
		}
		return o
	}
	text := func(name, id string) *discordgo.ApplicationCommandOption {
		o := describedAs(nameCorpus+"_"+id, name, discordgo.ApplicationCommandOptionString)
		o.MaxLength, o.Autocomplete = maxName, true
		return o
	}
	cited := func(name string) *discordgo.ApplicationCommandOption {
		o := describedAs(nameCorpus+"_"+name, name, discordgo.ApplicationCommandOptionString)
		o.MaxLength = corpus.MaxCited
		return o
	}
	document := func() *discordgo.ApplicationCommandOption { return required(text(nameDocument, "document")) }
	add := []*discordgo.ApplicationCommandOption{required(file(nameFile)), text(nameCourse, "into")}
	for _, name := range fileOptions[1:] {
		add = append(add, file(name))
	}
	return forModerators(commandNamed(nameCorpus, false,
		sub(nameAdd, add...),
		sub(nameReplace, document(), required(file(nameFile))),
		sub(nameRename, document(), cited("title"), cited("author")),
		sub(nameRemove, document()),
		sub(nameList),
		sub(nameInfo, document()),
		sub(nameCourse, document(), text(nameCourse, "into")),
		sub(nameAccess, text(nameCourse, "which")),
	))
}

// corpus answers /corpus.
func (b *Bot) corpus(ctx context.Context, t *turn, c command) error {
	sub, c := c.sub()
	switch sub {
	case nameList:
		return b.openDesk(ctx, t, &textList{})
	case nameAccess:
		return b.openDesk(ctx, t, &accessPage{course: strings.TrimSpace(c.text(nameCourse))})
	}
	begin := map[string]func(*bench, context.Context, command) error{
		nameAdd: (*bench).add, nameReplace: (*bench).replace, nameRename: (*bench).rename, nameRemove: (*bench).remove, nameInfo: (*bench).info, nameCourse: (*bench).course,
	}[sub]
	if begin == nil {
		return b.stale(ctx, t) // it is forged
	}
	return b.beginDesk(ctx, t, &finished{}, func(ctx context.Context, s *bench) error { return begin(s, ctx, c) })
}

// findText returns the document that is meant by an option: by its ID, title or name. Ok is
// false, and it is said, where there is none.
func (s *bench) findText(ctx context.Context, c command) (d corpus.Document, ok bool, err error) {
	documents, err := s.bot.options.Texts.Documents(ctx, s.access, true)
	if err != nil {
		return d, false, err
	}
	wanted := strings.TrimSpace(c.text(nameDocument))
	for _, is := range []func(corpus.Document) bool{
		func(d corpus.Document) bool { return d.ID == wanted },
		func(d corpus.Document) bool { return d.Removed.IsZero() && alike(d.Name, wanted) },
		func(d corpus.Document) bool { return d.Removed.IsZero() && alike(answers.Title(d), wanted) },
	} {
		if i := slices.IndexFunc(documents, is); i >= 0 {
			return documents[i], true, nil
		}
	}
	s.work = &finished{text: s.say("no_document", "Name", escape(cut(wanted, maxTitle, escapedLen)))}
	return d, false, nil
}

// What is pressed on pages of texts.
const (
	onBring    = deskPrefix + "bring"
	onAside    = deskPrefix + "aside"
	onEveryone = deskPrefix + "everyone"
	onNobody   = deskPrefix + "nobody"
	onRoles    = deskPrefix + "roles"
)

// info shows what is known of a text.
func (s *bench) info(ctx context.Context, c command) error {
	d, ok, err := s.findText(ctx, c)
	if ok {
		s.work = &infoPage{id: d.ID}
	}
	return err
}

// remove takes a text out of all answers.
func (s *bench) remove(ctx context.Context, c command) error {
	d, ok, err := s.findText(ctx, c)
	if err != nil || !ok {
		return err
	}
	s.work = &infoPage{id: d.ID}
	return s.setAside(ctx, d.ID)
}

// course sorts a text into a course.
func (s *bench) course(ctx context.Context, c command) error {
	d, ok, err := s.findText(ctx, c)
	if err != nil || !ok {
		return err
	}
	s.work = &infoPage{id: d.ID}
	if err := s.bot.options.Texts.SetCourse(ctx, s.guild, d.ID, strings.TrimSpace(c.text(nameCourse))); err != nil {
		return err
	}
	s.done("set_done")
	return nil
}

func (s *bench) setAside(ctx context.Context, id string) error {
	err := s.bot.options.Texts.Remove(ctx, s.guild, id)
	if err == nil {
		s.done("corpus_removed")
	}
	return err
}

// day writes a time as Discord shows it to each reader: docs.discord.com/developers/reference#message-formatting.
func day(t time.Time) string {
	return "<t:" + formatUnix(t) + ":d>"
}
