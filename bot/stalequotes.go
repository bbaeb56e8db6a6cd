package bot

import (
	"context"
	"errors"
	"unicode/utf16"

	"github.com/bwmarrin/discordgo"

	"verbatim/answers"
)

// A staleQueue shows one by one the curated answers that quote what has changed since.
type staleQueue struct {
	plain
	queue
	shown *answers.StaleAnswer // nil for none
	form  *form                // of it
}

// What the buttons of the queue do, besides those of the others.
const (
	onMoved   = deskPrefix + "moved"
	onChanged = deskPrefix + "changed"
)

func (q *staleQueue) window(w words, action string) *modal {
	if q.shown == nil || action != onEdit {
		return nil
	}
	return q.form.window(w, "form_edit", onEdit)
}

func (q *staleQueue) submit(ctx context.Context, s *bench, action string, values map[string]string) error {
	if q.shown == nil {
		return nil
	}
	d := &draft{purpose: toEdit, of: q.shown.ID, base: q.shown.Revision, form: q.form, back: q}
	s.work = d
	return d.submit(ctx, s, action, values)
}

func (q *staleQueue) press(ctx context.Context, s *bench, action string, _ press) error {
	q.step(action)
	switch action {
	case onMoved, onChanged:
		if q.shown == nil {
			return nil
		}
		_, err := s.bot.options.Curated.TakeOver(ctx, s.access, q.shown.ID, q.shown.Revision, s.at.user, action == onChanged)
		var outdated *answers.OutdatedError
		if errors.As(err, &outdated) {
			s.note("answer_outdated", "Who", s.words.person(outdated.Current.Editor))
			return nil
		}
		if err != nil {
			return err
		}
		s.done("stale_taken")
	}
	return nil
}

func (q *staleQueue) show(ctx context.Context, s *bench) (reply, error) {
	all, err := s.bot.options.Curated.Stale(ctx, s.access, false)
	if err != nil {
		return reply{}, err
	}
	var ids []string
	for _, a := range all {
		ids = append(ids, a.ID)
	}
	at := q.next(ids)
	if at < 0 {
		q.shown = nil
		return s.queueEnd(len(all), "stale_none", "stale_passed", nil), nil
	}
	a := all[at]
	q.shown, q.last = &a, a.ID
	if q.form, err = s.formOf(ctx, a.Content); err != nil {
		return reply{}, err
	}
	w := s.words
	r := reply{content: lines(
		w.say("stale_title", "Number", at+1, "Of", len(all)),
		"**"+escape(cut(a.Question, maxTitle*2, escapedLen))+"**")}
	moved, changed := false, false
	for _, quoted := range a.Quotes {
		moved = moved || quoted.Fate == answers.MovedQuote
		changed = changed || quoted.Fate == answers.ChangedQuote
	}
	r.embeds = s.staleEmbeds(a.Quotes)
	var buttons []discordgo.MessageComponent
	if moved {
		buttons = append(buttons, s.button("button_moved", onMoved, discordgo.PrimaryButton))
	}
	if changed {
		buttons = append(buttons, s.button("button_changed", onChanged, discordgo.PrimaryButton))
	}
	r.rows = rowOf(nil, append(buttons,
		s.button("button_edit", onEdit, discordgo.SecondaryButton),
		s.button("button_pass", onPass, discordgo.SecondaryButton))...)
	return r, nil
}

// maxStaleShown is how many quotes of an answer are shown: as many embeds as a message has.
const maxStaleShown = 10

// staleEmbeds shows quotes as they were, and what stands there now.
func (s *bench) staleEmbeds(quotes []answers.StaleQuote) []*discordgo.MessageEmbed {
	w := s.words
	var embeds []*discordgo.MessageEmbed
	quotes = quotes[:min(len(quotes), maxStaleShown)]
	for _, q := range quotes {
		room := (maxEmbeds/len(quotes) - maxEmbedTitle - 2*maxEntry) / 2
		text := w.say("stale_was") + "\n" + quote(q.Old, nil, room, 0)
		if q.New != "" {
			text += "\n" + w.say("stale_is") + "\n" + quote(q.New, nil, room, 0)
		}
		e := &discordgo.MessageEmbed{
			Title:       w.say(map[answers.Fate]string{answers.SameQuote: "fate_same", answers.MovedQuote: "fate_moved", answers.ChangedQuote: "fate_changed", answers.GoneQuote: "fate_gone"}[q.Fate]),
			Description: text,
		}
		if name := cut(q.Name, maxEntry, utf16.RuneLen); name != "" {
			e.Footer = &discordgo.MessageEmbedFooter{Text: name}
		}
		embeds = append(embeds, e)
	}
	return embeds
}
