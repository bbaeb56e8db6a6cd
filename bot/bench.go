package bot

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/bwmarrin/discordgo"

	"verbatim/answers"
	"verbatim/config"
	"verbatim/corpus"
)

// A bench is a desk while an interaction at it is answered.
type bench struct {
	*desk
	bot    *Bot
	turn   *turn
	id     string // of the desk
	at     seat
	guild  string
	access corpus.Access
	words  words
	notes  []string // what is to be said above all else
}

// benchAt returns the use of a desk by an interaction. See admit and look.
func (b *Bot) benchAt(t *turn, id string, d *desk) *bench {
	at := t.seat()
	return &bench{desk: d, bot: b, turn: t, id: id, at: at, guild: b.guild(at.discordGuild), words: t.words()}
}

// say returns a text in the language of who works there.
func (s *bench) say(id string, fill ...any) string { return s.words.say(id, fill...) }

// note says above what the desk shows that something is not as it was wanted.
func (s *bench) note(id string, fill ...any) { s.notes = append(s.notes, "⚠️ "+s.say(id, fill...)) }

// done says that something is stored, which it stays even if that can't be shown.
func (s *bench) done(id string, fill ...any) { s.stored(s.say(id, fill...)) }

// stored is done with a text that is made already.
func (s *bench) stored(text string) {
	s.notes = append(s.notes, "✅ "+text)
	s.turn.done = "desk_done"
}

// explained makes a note of an error that is no fault: what was asked for can't be done,
// for somebody else was faster, or it is not possible.
func (s *bench) explained(err error) error {
	for _, known := range []struct {
		err  error
		text string
	}{
		{answers.ErrNotFound, "desk_gone"}, {answers.ErrNoGroup, "desk_gone"}, {corpus.ErrNotFound, "desk_gone"},
		{answers.ErrSettled, "desk_settled"}, {answers.ErrRemoved, "desk_removed"}, {answers.ErrNotRemoved, "desk_not_removed"},
		{answers.ErrOutdated, "desk_outdated"}, {answers.ErrTooMany, "desk_full"}, {answers.ErrContent, "desk_full"},
		{config.ErrNotAllowed, "value_refused"}, {corpus.ErrLimits, "value_refused"},
	} {
		if errors.Is(err, known.err) {
			s.note(known.text)
			return nil
		}
	}
	return err
}

// showAgain writes the message of the desk as it is now.
func (s *bench) showAgain(ctx context.Context) error {
	s.shows++
	r, err := s.work.show(ctx, s)
	if err != nil {
		return err
	}
	r.content = lines(append(s.notes, r.content)...)
	updates := s.turn.standing == updating
	_, err = s.bot.edit(ctx, s.turn, r)
	if hasStatus(err, 400) { // what is chosen already may be gone from Discord
		r.rows = withoutDefaults(r.rows)
		_, err = s.bot.edit(ctx, s.turn, r)
	}
	if err != nil && updates {
		s.turn.standing = updating // the message stands in any case, and says nothing of what was pressed
	}
	return err
}

// withoutDefaults returns rows with selects of roles and channels in which nothing is chosen.
func withoutDefaults(rows []discordgo.MessageComponent) []discordgo.MessageComponent {
	rows = slices.Clone(rows)
	for i, row := range rows {
		r, _ := row.(discordgo.ActionsRow)
		r.Components = slices.Clone(r.Components)
		for k, c := range r.Components {
			if menu, ok := c.(discordgo.SelectMenu); ok {
				menu.DefaultValues = nil
				r.Components[k] = menu
			}
		}
		rows[i] = r
	}
	return rows
}

// lines writes lines of a message one below the other: see stacked.
func lines(all ...string) string { return stacked(all, maxContent) }

// stacked writes lines one below the other. Where there is no room for all, the last ones
// are left out, and … stands for them.
func stacked(all []string, most int) string {
	text := strings.Join(slices.DeleteFunc(slices.Clone(all), func(line string) bool { return line == "" }), "\n")
	if utf16Len(text) <= most {
		return text
	}
	kept := ""
	for line := range strings.Lines(text) {
		if utf16Len(kept)+utf16Len(line)+1 > most {
			break
		}
		kept += line
	}
	if kept == "" {
		return cut(text, most, utf16.RuneLen)
	}
	return kept + "…"
}

// customID is what a button of the desk is known by.
func (s *bench) customID(action string) string { return customID(action, s.place()) }

// place returns the ID of the desk, with what is shown there now.
func (s *bench) place() string { return s.id + "." + strconv.Itoa(s.shows) }

// isShown reports whether what was shown is what is shown now.
func (s *bench) isShown(shown string) bool { return shown == strconv.Itoa(s.shows) }

// A finished desk has nothing more to do than to say something.
type finished struct {
	plain
	text string
	open bool // to members
}

func (f *finished) forMembers() bool { return f.open }

func (f *finished) show(context.Context, *bench) (reply, error) { return reply{content: f.text}, nil }

// A plain work is for moderators, has no buttons and opens no windows.
type plain struct{}

func (plain) forMembers() bool                                                { return false }
func (plain) window(words, string) *modal                                     { return nil }
func (plain) press(context.Context, *bench, string, press) error              { return nil }
func (plain) submit(context.Context, *bench, string, map[string]string) error { return nil }
