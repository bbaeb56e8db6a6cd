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
	if t.seat().direct {
		return b.tell(ctx, t, t.words().say("not_direct"))
	}
	sub, c := c.sub()
	if sub == nameList {
		return b.listCorpus(ctx, t)
	}
	return b.workOnTexts(ctx, t, func(s *sitting) (leaf, error) {
		switch sub {
		case nameAdd:
			return s.add(ctx, c)
		case nameReplace:
			return s.replace(ctx, c)
		case nameRemove:
			return s.remove(ctx, c)
		case nameInfo:
			return s.info(ctx, c)
		case nameCourse:
			return s.course(ctx, c)
		case nameAccess:
			return &accessPage{course: strings.TrimSpace(c.text(nameCourse))}, nil
		}
		return saying{s.say("stale")}, nil // it is forged
	})
}

// workOnTexts opens a board on which a moderator works on texts. The first page may take
// time.
func (b *Bot) workOnTexts(ctx context.Context, t *turn, first func(s *sitting) (leaf, error)) error {
	if err := b.acknowledge(ctx, t, true); err != nil {
		return err
	}
	s, ok, err := b.sit(ctx, t, "")
	if err != nil || !ok {
		return err
	}
	n := &board{seat: s.at}
	n.mutex.Lock()
	defer n.mutex.Unlock()
	s.id = b.boards.put(n)
	if n.page, err = first(s); err != nil {
		return err
	}
	return s.show(ctx, n)
}

// saying is a page on which nothing can be done.
type saying struct{ text string }

func (p saying) press(context.Context, *sitting, string, press) (leaf, error) { return p, nil }
func (p saying) show(context.Context, *sitting) (reply, error) {
	return reply{content: p.text}, nil
}

// find returns the document that is meant by an option: by its ID, title or name.
func (s *sitting) find(ctx context.Context, c command) (d corpus.Document, no leaf, err error) {
	documents, err := s.bot.options.Texts.Documents(ctx, corpus.Everything(s.guild), true)
	if err != nil {
		return d, nil, err
	}
	wanted := strings.TrimSpace(c.text(nameDocument))
	for _, is := range []func(corpus.Document) bool{
		func(d corpus.Document) bool { return d.ID == wanted },
		func(d corpus.Document) bool { return d.Removed.IsZero() && alike(d.Name, wanted) },
		func(d corpus.Document) bool { return d.Removed.IsZero() && alike(answers.Title(d), wanted) },
	} {
		if i := slices.IndexFunc(documents, is); i >= 0 {
			return documents[i], nil, nil
		}
	}
	return d, saying{s.say("no_document", "Name", escape(cut(wanted, maxTitle, escapedLen)))}, nil
}

// What is pressed on pages of texts.
const (
	onUndo     = "undo"
	onRestore  = "restore"
	onAside    = "aside"
	onEveryone = "everyone"
	onNobody   = "nobody"
	onRoles    = "roles"
)

// remove takes a text out of all answers.
func (s *sitting) remove(ctx context.Context, c command) (leaf, error) {
	d, no, err := s.find(ctx, c)
	if err != nil || no != nil {
		return no, err
	}
	return infoPage{d.ID}.aside(ctx, s)
}

// info shows what is known of a text.
func (s *sitting) info(ctx context.Context, c command) (leaf, error) {
	d, no, err := s.find(ctx, c)
	if err != nil || no != nil {
		return no, err
	}
	return infoPage{d.ID}, nil
}

// course sorts a text into a course.
func (s *sitting) course(ctx context.Context, c command) (leaf, error) {
	d, no, err := s.find(ctx, c)
	if err != nil || no != nil {
		return no, err
	}
	err = s.bot.options.Texts.SetCourse(ctx, s.guild, d.ID, strings.TrimSpace(c.text(nameCourse)))
	if errors.Is(err, corpus.ErrLimits) {
		s.note(s.say("value_refused"))
		return infoPage{d.ID}, nil
	}
	if err != nil {
		return nil, err
	}
	s.saved(s.say("set_done"))
	return infoPage{d.ID}, nil
}

// An infoPage shows what is known of a text. It can be taken out of the answers there, and
// brought back.
type infoPage struct{ id string }

func (i infoPage) press(ctx context.Context, s *sitting, action string, _ press) (leaf, error) {
	switch action {
	case onAside:
		return i.aside(ctx, s)
	case onRestore:
		err := s.bot.options.Texts.Restore(ctx, s.guild, i.id)
		if err == nil {
			s.saved(s.say("corpus_restored"))
		}
		return i, err
	}
	return i, nil
}

func (i infoPage) aside(ctx context.Context, s *sitting) (leaf, error) {
	if err := s.bot.options.Texts.Remove(ctx, s.guild, i.id); err != nil {
		return nil, err
	}
	s.saved(s.say("corpus_removed"))
	return i, nil
}

func (i infoPage) show(ctx context.Context, s *sitting) (reply, error) {
	d, err := s.bot.options.Texts.Document(ctx, corpus.Everything(s.guild), i.id)
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
		button = s.button("button_restore", onRestore, discordgo.SuccessButton)
	}
	return reply{content: strings.Join(lines, "\n"), rows: []discordgo.MessageComponent{buttons(button)}}, nil
}

// day writes a time as Discord shows it to each reader: docs.discord.com/developers/reference#message-formatting.
func day(t time.Time) string {
	return "<t:" + formatUnix(t) + ":d>"
}

// corpusPage is how many texts a page of /corpus list shows.
const corpusPage = 8

// listCorpus shows all texts, removed ones among them.
func (b *Bot) listCorpus(ctx context.Context, t *turn) error {
	return b.openList(ctx, t, &paged{seat: t.seat(), size: corpusPage, show: func(ctx context.Context, at seat, w words, from int) (page, error) {
		may, err := b.moderates(ctx, at)
		if err != nil || !may {
			return page{reply: reply{content: w.say("not_moderator")}}, err
		}
		documents, err := b.options.Texts.Documents(ctx, corpus.Everything(b.guild(at.discordGuild)), true)
		if err != nil || len(documents) == 0 {
			return page{reply: reply{content: w.say("corpus_none")}}, err
		}
		slices.SortStableFunc(documents, func(x, y corpus.Document) int {
			return cmp.Or(cmp.Compare(x.Course, y.Course), cmp.Compare(answers.Title(x), answers.Title(y)))
		})
		from = min(from, len(documents)-1)
		to := min(from+corpusPage, len(documents))
		lines := []string{w.count("sources_title", len(documents), "Page", from/corpusPage+1, "Pages", (len(documents)-1)/corpusPage+1)}
		for i, d := range documents[from:to] {
			if i == 0 || d.Course != documents[from+i-1].Course {
				lines = append(lines, "**"+courseHeading(d.Course, w)+"**")
			}
			line := "- " + about(d, w)
			if !d.Removed.IsZero() {
				line += " " + w.say("corpus_aside")
			}
			lines = append(lines, line)
		}
		return page{reply{content: stacked(lines, maxContent)}, from, to < len(documents)}, nil
	}})
}

// An accessPage says who sees a course, and changes it.
type accessPage struct{ course string }

func (a *accessPage) limits(ctx context.Context, s *sitting) (*corpus.Limits, int, error) {
	courses, err := s.bot.options.Texts.Courses(ctx, corpus.Everything(s.guild))
	for _, c := range courses {
		if alike(c.Name, a.course) {
			return c.Limits, c.Documents, err
		}
	}
	return nil, 0, err
}

func (a *accessPage) press(ctx context.Context, s *sitting, action string, p press) (leaf, error) {
	change := func(*corpus.Limits) *corpus.Limits { return nil } // to everybody
	switch action {
	case onEveryone:
	case onNobody:
		change = func(*corpus.Limits) *corpus.Limits { return &corpus.Limits{} }
	case onRoles, onChannel:
		if !p.resolves() {
			s.note(s.say("value_refused"))
			return a, nil
		}
		change = func(now *corpus.Limits) *corpus.Limits {
			var wanted corpus.Limits
			if now != nil {
				wanted = *now // another moderator may have changed the other half
			}
			if action == onRoles {
				wanted.Roles = p.Values
			} else {
				wanted.Channels = p.Values
			}
			return &wanted
		}
	default:
		return a, nil
	}
	err := s.bot.options.Texts.ChangeLimits(ctx, s.guild, a.course, change)
	if errors.Is(err, corpus.ErrLimits) {
		s.note(s.say("value_refused"))
		return a, nil
	}
	if err == nil {
		s.saved(s.say("set_done"))
	}
	return a, err
}

func (a *accessPage) show(ctx context.Context, s *sitting) (reply, error) {
	limits, documents, err := a.limits(ctx, s)
	if err != nil {
		return reply{}, err
	}
	title := s.say("access_without")
	if a.course != "" {
		title = s.say("access_course", "Course", escape(cut(a.course, maxTitle, escapedLen)))
	}
	lines := []string{"**" + title + "** · " + s.words.count("texts", documents)}
	var roles, channels []string
	switch {
	case limits == nil:
		lines = append(lines, s.say("access_everyone"))
	case len(limits.Roles)+len(limits.Channels) == 0:
		lines = append(lines, s.say("access_nobody"))
	default:
		roles, channels = limits.Roles, limits.Channels
		if len(roles) > 0 {
			lines = append(lines, s.say("access_roles", "Roles", s.mentionsOf(someRoles, roles)))
		}
		if len(channels) > 0 {
			lines = append(lines, s.say("access_channels", "Channels", s.mentionsOf(someChannels, channels)))
		}
	}
	return reply{content: strings.Join(lines, "\n"), rows: []discordgo.MessageComponent{
		s.entities(onRoles, s.say("choose_roles"), discordgo.RoleSelectMenu, 0, maxOptions, roles),
		s.entities(onChannel, s.say("choose_channels"), discordgo.ChannelSelectMenu, 0, maxOptions, channels, placesToAsk...),
		buttons(s.button("button_everyone", onEveryone, discordgo.SecondaryButton), s.button("button_nobody", onNobody, discordgo.SecondaryButton)),
	}}, nil
}
