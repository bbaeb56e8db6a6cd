package bot

import (
	"cmp"
	"context"
	"errors"
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
	document := func() *discordgo.ApplicationCommandOption { return required(text(nameDocument, "document")) }
	add := []*discordgo.ApplicationCommandOption{required(file(nameFile)), text(nameCourse, "into")}
	for _, name := range fileOptions[1:] {
		add = append(add, file(name))
	}
	return forModerators(commandNamed(nameCorpus, false,
		sub(nameAdd, add...),
		sub(nameReplace, document(), required(file(nameFile))),
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
		nameAdd: (*bench).add, nameReplace: (*bench).replace, nameRemove: (*bench).remove, nameInfo: (*bench).info, nameCourse: (*bench).course,
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
		s.work = infoPage{id: d.ID}
	}
	return err
}

// remove takes a text out of all answers.
func (s *bench) remove(ctx context.Context, c command) error {
	d, ok, err := s.findText(ctx, c)
	if err != nil || !ok {
		return err
	}
	s.work = infoPage{id: d.ID}
	return s.setAside(ctx, d.ID)
}

// course sorts a text into a course.
func (s *bench) course(ctx context.Context, c command) error {
	d, ok, err := s.findText(ctx, c)
	if err != nil || !ok {
		return err
	}
	s.work = infoPage{id: d.ID}
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

// An infoPage shows what is known of a text. It can be taken out of the answers there, and
// brought back.
type infoPage struct {
	plain
	id string
}

func (i infoPage) press(ctx context.Context, s *bench, action string, _ press) error {
	switch action {
	case onAside:
		return s.setAside(ctx, i.id)
	case onBring:
		err := s.bot.options.Texts.Restore(ctx, s.guild, i.id)
		if err == nil {
			s.done("corpus_restored")
		}
		return err
	}
	return nil
}

func (i infoPage) show(ctx context.Context, s *bench) (reply, error) {
	d, err := s.bot.options.Texts.Document(ctx, s.access, i.id)
	if errors.Is(err, corpus.ErrNotFound) {
		return reply{content: s.say("corpus_gone")}, nil
	}
	if err != nil {
		return reply{}, err
	}
	lines := []string{"**" + titleOf(d) + "**"}
	add := func(id, value string) {
		if strings.TrimSpace(visible(value)) != "" {
			lines = append(lines, "- "+s.say(id, "Value", escape(cut(value, maxTitle, escapedLen))))
		}
	}
	add("about_author", d.Author)
	add("about_date", d.Date)
	add("about_language", s.words.tongue(d.Language))
	add("about_course", d.Course)
	add("about_licence", d.Licence)
	add("about_link", d.Link)
	add("about_name", d.Name)
	lines = append(lines, "- "+s.say("about_size", "Size", s.words.size(d.Bytes), "Passages", d.Passages))
	lines = append(lines, "- "+s.say("about_added", "Date", day(d.Added)))
	if !d.Replaced.IsZero() {
		lines = append(lines, "- "+s.say("about_replaced", "Date", day(d.Replaced)))
	}
	button := s.button("button_aside", onAside, discordgo.DangerButton)
	if !d.Removed.IsZero() {
		lines = append(lines, "- "+s.say("about_removed", "Date", day(d.Removed)))
		button = s.button("button_restore", onBring, discordgo.SuccessButton)
	}
	return reply{content: strings.Join(lines, "\n"), rows: rowOf(nil, button)}, nil
}

// day writes a time as Discord shows it to each reader: docs.discord.com/developers/reference#message-formatting.
func day(t time.Time) string {
	return "<t:" + formatUnix(t) + ":d>"
}

// corpusPage is how many texts a page of /corpus list shows.
const corpusPage = 8

// A textList shows all texts, removed ones among them, a page at a time.
type textList struct {
	plain
	pages
}

func (l *textList) press(_ context.Context, _ *bench, action string, _ press) error {
	l.turn(action, corpusPage)
	return nil
}

func (l *textList) show(ctx context.Context, s *bench) (reply, error) {
	w := s.words
	documents, err := s.bot.options.Texts.Documents(ctx, s.access, true)
	if err != nil || len(documents) == 0 {
		return reply{content: w.say("corpus_none")}, err
	}
	slices.SortStableFunc(documents, func(x, y corpus.Document) int {
		return cmp.Or(cmp.Compare(x.Course, y.Course), cmp.Compare(answers.Title(x), answers.Title(y)))
	})
	from, to := l.at(corpusPage, len(documents))
	text := []string{w.count("sources_title", len(documents), "Page", from/corpusPage+1, "Pages", (len(documents)-1)/corpusPage+1)}
	for i, d := range documents[from:to] {
		if i == 0 || d.Course != documents[from+i-1].Course {
			text = append(text, "**"+courseHeading(d.Course, w)+"**")
		}
		line := "- " + about(d, w)
		if !d.Removed.IsZero() {
			line += " " + w.say("corpus_aside")
		}
		text = append(text, line)
	}
	return reply{content: lines(text...), rows: rowOf(nil, l.buttons(s, corpusPage, len(documents))...)}, nil
}

// An accessPage says who sees a course, and changes it.
type accessPage struct {
	plain
	course          string
	roles, channels []string // that were chosen in the selects as they were shown
}

func (a *accessPage) limits(ctx context.Context, s *bench) (*corpus.Limits, int, error) {
	courses, err := s.bot.options.Texts.Courses(ctx, s.access)
	for _, c := range courses {
		if alike(c.Name, a.course) {
			return c.Limits, c.Documents, err
		}
	}
	return nil, 0, err
}

func (a *accessPage) press(ctx context.Context, s *bench, action string, p press) error {
	change := func(*corpus.Limits) *corpus.Limits { return nil } // to everybody
	switch action {
	case onEveryone:
	case onNobody:
		change = func(*corpus.Limits) *corpus.Limits { return &corpus.Limits{} }
	case onRoles, onChannel:
		if !p.resolves() {
			return corpus.ErrLimits
		}
		change = func(now *corpus.Limits) *corpus.Limits {
			var wanted corpus.Limits
			if now != nil {
				wanted = *now // another moderator may have changed the other half
			}
			if action == onRoles {
				wanted.Roles = chosenOf(p.Values, a.roles, wanted.Roles)
			} else {
				wanted.Channels = chosenOf(p.Values, a.channels, wanted.Channels)
			}
			return &wanted
		}
	default:
		return nil
	}
	err := s.bot.options.Texts.ChangeLimits(ctx, s.guild, a.course, change)
	if err == nil {
		s.done("set_done")
	}
	return err
}

func (a *accessPage) show(ctx context.Context, s *bench) (reply, error) {
	limits, documents, err := a.limits(ctx, s)
	if err != nil {
		return reply{}, err
	}
	title := s.say("access_without")
	if a.course != "" {
		title = s.say("access_course", "Course", escape(cut(a.course, maxTitle, escapedLen)))
	}
	text := []string{"**" + title + "** · " + s.words.count("texts", documents)}
	var roles, channels []string
	switch {
	case limits == nil:
		text = append(text, s.say("access_everyone"))
	case len(limits.Roles)+len(limits.Channels) == 0:
		text = append(text, s.say("access_nobody"))
	default:
		roles, channels = limits.Roles, limits.Channels
		if len(roles) > 0 {
			text = append(text, s.say("access_roles", "Roles", s.mentionsOf(someRoles, roles)))
		}
		if len(channels) > 0 {
			text = append(text, s.say("access_channels", "Channels", s.mentionsOf(someChannels, channels)))
		}
	}
	a.roles, a.channels = offered(roles), offered(channels)
	text = append(text, s.beyond(roles), s.beyond(channels))
	rows := []discordgo.MessageComponent{
		s.entities(entitySelect{action: onRoles, placeholder: "choose_roles", kind: someRoles, most: maxOptions, chosen: roles}),
		s.entities(entitySelect{action: onChannel, placeholder: "choose_channels", most: maxOptions, chosen: channels, types: placesToAsk}),
	}
	return reply{content: lines(text...), rows: rowOf(rows,
		s.button("button_everyone", onEveryone, discordgo.SecondaryButton), s.button("button_nobody", onNobody, discordgo.SecondaryButton))}, nil
}
