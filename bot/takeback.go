package bot

import (
	"context"
	"slices"

	"github.com/bwmarrin/discordgo"

	"verbatim/corpus"
)

// A storedPage is what stands after texts were stored, which can be undone. What stood
// there before waits in the pile, which may come to lack the room for it.
type storedPage struct {
	plain
	undo []corpus.Undo // without what stood there before
	pile string        // "" if nothing stood there
}

func newStoredPage(s *bench, undo []corpus.Undo) *storedPage {
	p := &storedPage{undo: undo}
	var before []corpus.Draft
	for i := range undo {
		if undo[i].Before.Name != "" {
			p.pile = newID()
		}
		before = append(before, undo[i].Before)
		undo[i].Before = corpus.Draft{}
	}
	if p.pile != "" {
		s.bot.pile.put(p.pile, before)
	}
	return p
}

func (p *storedPage) show(_ context.Context, s *bench) (reply, error) {
	r := reply{content: s.say("stored_next")}
	if len(p.undo) > 0 {
		r.rows = rowOf(nil, s.button("button_undo", onUndo, discordgo.SecondaryButton))
	}
	return r, nil
}

func (p *storedPage) press(ctx context.Context, s *bench, action string, _ press) error {
	if action != onUndo || len(p.undo) == 0 {
		return nil
	}
	undo := slices.Clone(p.undo)
	before := s.bot.pile.take(p.pile)
	if p.pile != "" && len(before) != len(undo) {
		s.work = &finished{text: s.say("undo_old")}
		return nil
	}
	for i := range before {
		undo[i].Before = before[i]
	}
	n, err := s.bot.options.Texts.TakeBack(ctx, s.guild, undo)
	if err != nil {
		if p.pile != "" {
			s.bot.pile.put(p.pile, before) // it can be tried again
		}
		return err
	}
	s.followTexts(ctx)
	s.work = &finished{}
	if n == len(undo) {
		s.done("undone")
		return nil
	}
	s.note("undone_not", "Number", len(undo)-n, "Count", len(undo))
	if n > 0 {
		s.turn.done = "desk_done"
	}
	return nil
}
