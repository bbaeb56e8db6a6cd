package bot

import (
	"context"
	"errors"
	"strings"
	"unicode/utf16"

	"github.com/bwmarrin/discordgo"

	"verbatim/corpus"
)

// An infoPage shows what is known of a text. It can be taken out of the answers there, and
// brought back, and its title and author can be corrected.
type infoPage struct {
	plain
	id     string
	shown  corpus.Cited  // as it was shown last
	before *corpus.Cited // what a correction can be undone to, nil for nothing
}

// onRetitle is what opens the window for title and author.
const onRetitle = deskPrefix + "retitle"

// rename corrects title and author of a text as far as they are given, or shows where that is
// done.
func (s *bench) rename(ctx context.Context, c command) error {
	d, ok, err := s.findText(ctx, c)
	if err != nil || !ok {
		return err
	}
	i := &infoPage{id: d.ID}
	s.work = i
	to := corpus.Cited{Title: d.Title, Author: d.Author}
	if title := strings.TrimSpace(c.text("title")); title != "" {
		to.Title = title
	}
	if author := strings.TrimSpace(c.text("author")); author != "" {
		to.Author = author
	}
	if to == (corpus.Cited{Title: d.Title, Author: d.Author}) {
		s.notes = append(s.notes, s.say("corpus_rename_here"))
		return nil
	}
	return i.retitle(ctx, s, to)
}

// retitle corrects how the text is cited. It can be undone once.
func (i *infoPage) retitle(ctx context.Context, s *bench, to corpus.Cited) error {
	before, err := s.bot.options.Texts.Retitle(ctx, s.guild, i.id, to)
	if errors.Is(err, corpus.ErrName) {
		s.note("value_refused")
		return nil
	}
	if err != nil {
		return err
	}
	i.before = &before
	s.done("corpus_renamed")
	return nil
}

func (i *infoPage) window(w words, action string) *modal {
	if action != onRetitle {
		return nil
	}
	return &modal{title: w.say("form_retitle"), action: onRetitle, fields: []field{
		{name: "title", label: w.say("form_title"), hint: w.say("form_title_hint"), value: cut(i.shown.Title, corpus.MaxCited, utf16.RuneLen), most: corpus.MaxCited},
		{name: "author", label: w.say("form_author"), value: cut(i.shown.Author, corpus.MaxCited, utf16.RuneLen), most: corpus.MaxCited},
	}}
}

func (i *infoPage) submit(ctx context.Context, s *bench, action string, values map[string]string) error {
	if action != onRetitle {
		return nil
	}
	return i.retitle(ctx, s, corpus.Cited{Title: values["title"], Author: values["author"]})
}

func (i *infoPage) press(ctx context.Context, s *bench, action string, _ press) error {
	switch action {
	case onAside:
		return s.setAside(ctx, i.id)
	case onUndo:
		if i.before == nil {
			return nil
		}
		_, err := s.bot.options.Texts.Retitle(ctx, s.guild, i.id, *i.before)
		if err == nil {
			i.before = nil
			s.done("corpus_rename_undone")
		}
		return err
	case onBring:
		err := s.bot.options.Texts.Restore(ctx, s.guild, i.id)
		if err == nil {
			s.done("corpus_restored")
		}
		return err
	}
	return nil
}

func (i *infoPage) show(ctx context.Context, s *bench) (reply, error) {
	d, err := s.bot.options.Texts.Document(ctx, s.access, i.id)
	if errors.Is(err, corpus.ErrNotFound) {
		return reply{content: s.say("corpus_gone")}, nil
	}
	if err != nil {
		return reply{}, err
	}
	i.shown = corpus.Cited{Title: d.Title, Author: d.Author}
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
	buttons := []discordgo.MessageComponent{s.button("button_retitle", onRetitle, discordgo.SecondaryButton), button}
	if i.before != nil {
		buttons = append(buttons, s.button("button_undo", onUndo, discordgo.SecondaryButton))
	}
	return reply{content: strings.Join(lines, "\n"), rows: rowOf(nil, buttons...)}, nil
}
