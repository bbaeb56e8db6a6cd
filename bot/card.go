package bot

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"verbatim/answers"
)

// A card shows one curated answer, or what it was, with what can be done with it.
type card struct {
	plain
	of       string // ID
	back     work   // where it was opened, nil for nowhere
	view     view
	revision int // that is shown, in its view

	seen answers.Curated // as it was shown last
	form *form           // of that
}

// The views of a card; "" is that of the answer as it is.
const (
	cardHistory  view = deskPrefix + "history"
	cardRevision view = deskPrefix + "revision"
)

// What the buttons of a card do.
const (
	onEdit    = deskPrefix + "edit"
	onDelete  = deskPrefix + "remove"
	onRestore = deskPrefix + "restore"
	onRevert  = deskPrefix + "revert"
	onCard    = deskPrefix + "card"
)

func (c *card) window(w words, action string) *modal {
	if action != onEdit || c.form == nil || !c.seen.Removed.IsZero() {
		return nil
	}
	return c.form.window(w, "form_edit", onEdit)
}

func (c *card) submit(ctx context.Context, s *bench, action string, values map[string]string) error {
	if c.form == nil {
		return nil
	}
	d := c.draft()
	s.work = d
	return d.submit(ctx, s, action, values)
}

// draft returns a draft for another content of the answer.
func (c *card) draft() *draft {
	return &draft{purpose: toEdit, of: c.of, base: c.seen.Revision, form: c.form, back: c}
}

func (c *card) press(ctx context.Context, s *bench, action string, p press) error {
	switch action {
	case onCard:
		c.view = ""
	case string(cardHistory):
		c.view = cardHistory
	case string(cardRevision):
		c.view = cardRevision
		c.revision, _ = strconv.Atoi(p.one())
	case onBack:
		if c.back != nil {
			s.work = c.back
		}
	case onDelete:
		return c.remove(ctx, s)
	case onRestore:
		return c.restore(ctx, s)
	case onRevert:
		if c.view == cardRevision {
			return c.revert(ctx, s)
		}
	}
	return nil
}

// load reads the answer as it is, and writes it into a form.
func (c *card) load(ctx context.Context, s *bench) (err error) {
	if c.seen, err = s.bot.options.Curated.Curated(ctx, s.access, c.of); err != nil {
		return err
	}
	c.form, err = s.formOf(ctx, c.seen.Content)
	return err
}

func (c *card) remove(ctx context.Context, s *bench) error {
	if _, err := s.bot.options.Curated.Remove(ctx, s.guild, c.of, c.seen.Revision, s.at.user); err != nil {
		return c.outdated(s, err)
	}
	c.view = ""
	s.done("answer_removed")
	return nil
}

func (c *card) restore(ctx context.Context, s *bench) error {
	if _, err := s.bot.options.Curated.Restore(ctx, s.guild, c.of, c.seen.Revision, s.at.user); err != nil {
		return c.outdated(s, err)
	}
	c.view = ""
	s.done("answer_restored")
	return nil
}

func (c *card) revert(ctx context.Context, s *bench) error {
	if _, err := s.bot.options.Curated.Revert(ctx, s.guild, c.of, c.seen.Revision, c.revision, s.at.user); err != nil {
		return c.outdated(s, err)
	}
	c.view = ""
	s.done("answer_reverted", "Revision", c.revision)
	return nil
}

// outdated says who has changed the answer since it was shown; it is shown anew.
func (c *card) outdated(s *bench, err error) error {
	var outdated *answers.OutdatedError
	if !errors.As(err, &outdated) {
		return err
	}
	c.view = ""
	s.note("answer_outdated", "Who", s.words.person(outdated.Current.Editor))
	return nil
}

func (c *card) show(ctx context.Context, s *bench) (reply, error) {
	err := c.load(ctx, s)
	if errors.Is(err, answers.ErrNotFound) {
		return reply{content: s.say("answer_unknown"), rows: c.backRow(s, nil)}, nil
	}
	if err != nil {
		return reply{}, err
	}
	switch c.view {
	case cardHistory:
		return c.showHistory(ctx, s)
	case cardRevision:
		return c.showRevision(ctx, s)
	}
	r, err := s.answerShown(ctx, c.seen)
	if err != nil {
		return r, err
	}
	w := s.words
	r.content = lines(r.content, smallSign+w.count("answer_by", c.seen.Uses, "Who", s.words.person(c.seen.Editor), "When", moment(c.seen.Edited), "Revision", c.seen.Revision))
	buttons := []discordgo.MessageComponent{}
	if c.seen.Removed.IsZero() {
		buttons = append(buttons, s.button("button_edit", onEdit, discordgo.PrimaryButton), s.button("button_delete", onDelete, discordgo.DangerButton))
	} else {
		r.content = lines("**"+w.say("answer_is_removed")+"**", r.content)
		buttons = append(buttons, s.button("button_restore_answer", onRestore, discordgo.PrimaryButton))
	}
	buttons = append(buttons, s.button("button_history", string(cardHistory), discordgo.SecondaryButton))
	r.rows = c.backRow(s, buttons)
	return r, nil
}

// backRow returns a row of buttons with the one that leads back, if there is where to.
func (c *card) backRow(s *bench, buttons []discordgo.MessageComponent) []discordgo.MessageComponent {
	if c.back != nil {
		buttons = append(buttons, s.button("button_back", onBack, discordgo.SecondaryButton))
	}
	return rowOf(nil, buttons...)
}

// showHistory lists the revisions, the last first, as many as a select takes.
func (c *card) showHistory(ctx context.Context, s *bench) (reply, error) {
	all, err := s.bot.options.Curated.History(ctx, s.access, c.of)
	if err != nil {
		return reply{}, err
	}
	w := s.words
	text := []string{"**" + w.say("history_title", "Question", escape(cut(c.seen.Question, maxTitle, escapedLen))) + "**"}
	var options []discordgo.SelectMenuOption
	for i := len(all) - 1; i >= 0 && len(options) < maxOptions; i-- {
		r := all[i]
		var before answers.Revision
		if i > 0 {
			before = all[i-1]
		}
		text = append(text, w.say("history_entry", "Number", r.Number, "Action", w.say(actions[r.Action]), "Who", s.words.person(r.Author), "When", moment(r.Made), "Parts", changedParts(w, r, before)))
		options = append(options, discordgo.SelectMenuOption{
			Label: label(fmt.Sprintf("%d. %s", r.Number, r.Question)), Value: strconv.Itoa(r.Number), Description: label(r.Answer),
		})
	}
	rows := []discordgo.MessageComponent{s.choose(string(cardRevision), "history_choose", options)}
	return reply{content: lines(text...), rows: rowOf(rows, s.button("button_back", onCard, discordgo.SecondaryButton))}, nil
}

// actions are what revisions are called, and parts what is in them.
var (
	actions = map[answers.Action]string{
		answers.Added: "action_added", answers.Edited: "action_edited", answers.Removed: "action_removed",
		answers.Restored: "action_restored", answers.Reverted: "action_reverted",
	}
	parts = map[string]string{
		"question": "part_question", "wordings": "part_wordings", "answer": "part_answer",
		"sources": "part_sources", "course": "part_course", "language": "part_language",
	}
)

// changedParts names what an edited revision changed, after a sign; "" for another revision.
func changedParts(w words, r, before answers.Revision) string {
	if r.Action != answers.Edited || before.Number == 0 {
		return ""
	}
	var names []string
	for _, part := range r.Changed(before) {
		names = append(names, w.say(parts[part]))
	}
	return "· " + strings.Join(names, ", ")
}

// showRevision shows what the answer was.
func (c *card) showRevision(ctx context.Context, s *bench) (reply, error) {
	all, err := s.bot.options.Curated.History(ctx, s.access, c.of)
	if err != nil {
		return reply{}, err
	}
	back := s.button("button_back", string(cardHistory), discordgo.SecondaryButton)
	for _, r := range all {
		if r.Number != c.revision {
			continue
		}
		old := c.seen
		old.Content = r.Content
		out, err := s.answerShown(ctx, old)
		if err != nil {
			return out, err
		}
		out.content = lines(s.say("revision_title", "Number", r.Number, "Who", s.words.person(r.Author), "When", moment(r.Made)), out.content)
		if r.Number == c.seen.Revision {
			out.rows = rowOf(nil, back)
		} else {
			out.rows = rowOf(nil, s.button("button_revert", onRevert, discordgo.PrimaryButton), back)
		}
		return out, nil
	}
	return reply{content: s.say("revision_none"), rows: rowOf(nil, back)}, nil
}
