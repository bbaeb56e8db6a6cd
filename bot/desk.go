package bot

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/answers"
	"verbatim/corpus"
)

// A desk is where one person works on what the guild answers: a message that they alone
// see, in one place, with buttons and windows. What they write stays at the desk, in
// memory, until it is stored or thrown away, whatever goes wrong on the way.
type desk struct {
	seat  seat
	work  work
	shows int           // how often it was shown: a button does something only with what was shown last
	free  chan struct{} // holds one thing while nobody works; a press takes it until it is answered
}

func newDesk(at seat, w work) *desk {
	d := &desk{seat: at, work: w, free: make(chan struct{}, 1)}
	d.leave()
	return d
}

// take waits a moment until what was pressed before is answered. It reports whether the
// desk is free then.
func (d *desk) take(ctx context.Context) bool {
	waiting, cancel := context.WithTimeout(ctx, seatTime)
	defer cancel()
	select {
	case <-d.free:
		return true
	case <-waiting.Done():
		return false
	}
}

func (d *desk) leave() { d.free <- struct{}{} }

const (
	maxDesks      = 1000
	maxDesksOfOne = 20 // so that nobody opens so many that others lose what they write
	deskLife      = 12 * time.Hour
)

// keepDesk keeps a desk and returns its ID. Whoever has too many loses the one that they have
// not used longest.
func (b *Bot) keepDesk(d *desk) string {
	kept := 0
	b.desks.remove(func(other *desk) bool { // those used last first
		if other.seat.user != d.seat.user {
			return false
		}
		kept++
		return kept >= maxDesksOfOne
	})
	return b.desks.put(d)
}

// A work is what is done at a desk.
type work interface {
	// forMembers reports whether those who do not moderate may do it.
	forMembers() bool
	// window returns the modal that a button opens, nil for one that opens none. It
	// reads nothing: see modal.
	window(w words, action string) *modal
	// press does what a button or a select does. What it changes is shown by show.
	press(ctx context.Context, s *bench, action string, values []string) error
	// submit takes what was written in the modal of an action.
	submit(ctx context.Context, s *bench, action string, values map[string]string) error
	// show writes the message as it is now.
	show(ctx context.Context, s *bench) (reply, error)
}

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

// note says above what the desk shows that something is not as it was wanted.
func (s *bench) note(id string, fill ...any) {
	s.notes = append(s.notes, "⚠️ "+s.words.say(id, fill...))
}

// done says that something is stored, which it stays even if that can't be shown.
func (s *bench) done(id string, fill ...any) {
	s.notes = append(s.notes, "✅ "+s.words.say(id, fill...))
	s.turn.done = "desk_done"
}

// openDesk shows a work to who used a command.
func (b *Bot) openDesk(ctx context.Context, t *turn, w work) error {
	s, refusal, err := b.atDesk(ctx, t, "", newDesk(t.seat(), w))
	if err != nil || refusal != "" {
		return b.tellUnless(ctx, t, refusal, err)
	}
	if err := b.acknowledge(ctx, t, true); err != nil {
		return err
	}
	<-s.free
	defer s.leave()
	s.id = b.keepDesk(s.desk)
	if err := s.look(ctx); err != nil {
		return err
	}
	return s.showAgain(ctx)
}

// openWindow opens a window of a work to who used a command, before there is a message.
func (b *Bot) openWindow(ctx context.Context, t *turn, w work, action string) error {
	s, refusal, err := b.atDesk(ctx, t, "", newDesk(t.seat(), w))
	if err != nil || refusal != "" {
		return b.tellUnless(ctx, t, refusal, err)
	}
	s.id = b.keepDesk(s.desk)
	return b.openModal(ctx, t, s.place(), *w.window(s.words, action))
}

// seatTime bounds the question who moderates, which comes before anything is acknowledged.
const seatTime = 1200 * time.Millisecond

// tellUnless says why something may not be done, unless it failed.
func (b *Bot) tellUnless(ctx context.Context, t *turn, refusal string, err error) error {
	if err != nil {
		return err
	}
	return b.tell(ctx, t, t.words().say(refusal))
}

// atDesk returns a bench for who uses a desk now, or the text that says why they may not.
func (b *Bot) atDesk(ctx context.Context, t *turn, id string, d *desk) (s *bench, refusal string, err error) {
	at := t.seat()
	if at.direct {
		return nil, "desk_direct", nil
	}
	guild := b.guild(at.discordGuild)
	s = &bench{desk: d, bot: b, turn: t, id: id, at: at, guild: guild, words: t.words()}
	if d.work.forMembers() { // who sees what is theirs: see look
		return s, "", nil
	}
	s.access = corpus.Everything(guild)
	looking, cancel := context.WithTimeout(ctx, seatTime)
	defer cancel()
	moderates, err := b.moderates(looking, at)
	if err == nil && !moderates {
		refusal = "desk_not"
	}
	return s, refusal, err
}

// look finds out what who works at a desk may see, once the interaction is acknowledged:
// moderators everything, others what is theirs.
func (s *bench) look(ctx context.Context) (err error) {
	if s.work.forMembers() {
		s.access, err = s.bot.access(ctx, s.at, false)
	}
	return err
}

// isOf reports whether a desk is of who uses an interaction, where they use it.
func (d *desk) isOf(at seat) bool {
	return d.seat.user == at.user && d.seat.discordGuild == at.discordGuild && d.seat.channel == at.channel
}

// pressDesk answers a button of a desk. One of what stood there before does nothing: who
// presses twice, or sees an old message since Discord did not take the new one, would do it
// with something that they have not seen.
func (b *Bot) pressDesk(ctx context.Context, t *turn, place string, p press) error {
	id, shown, _ := strings.Cut(place, ".")
	d, ok := b.desks.get(id)
	if !ok || !d.isOf(t.seat()) {
		return b.tell(ctx, t, t.words().say("desk_old"))
	}
	if !d.take(ctx) {
		return b.tell(ctx, t, t.words().say("desk_busy"))
	}
	defer d.leave()
	s, refusal, err := b.atDesk(ctx, t, id, d)
	if err != nil || refusal != "" {
		return b.tellUnless(ctx, t, refusal, err)
	}
	action, _, _ := strings.Cut(p.CustomID, ":")
	current := s.isShown(shown)
	if m := d.work.window(s.words, action); m != nil && current {
		return b.openModal(ctx, t, s.place(), *m)
	}
	if err := b.acknowledgeUpdate(ctx, t); err != nil {
		return err
	}
	if err := s.look(ctx); err != nil {
		return err
	}
	if !current {
		s.note("desk_before")
	} else if err := s.explained(d.work.press(ctx, s, action, p.Values)); err != nil {
		return err
	}
	return s.showAgain(ctx)
}

// submitDesk takes what was written in a window of a desk. From a window that was opened for
// what stood there before it is given back: see pressDesk.
func (b *Bot) submitDesk(ctx context.Context, t *turn, place, action string, values map[string]string) error {
	id, shown, _ := strings.Cut(place, ".")
	d, ok := b.desks.get(id)
	if !ok || !d.isOf(t.seat()) {
		return b.giveBack(ctx, t, "desk_old", values)
	}
	if !d.take(ctx) {
		return b.giveBack(ctx, t, "desk_busy", values)
	}
	defer d.leave()
	s, refusal, err := b.atDesk(ctx, t, id, d)
	if err != nil {
		return err
	}
	if refusal != "" {
		return b.giveBack(ctx, t, refusal, values)
	}
	if !s.isShown(shown) {
		return b.giveBack(ctx, t, "desk_before", values)
	}
	acknowledge := b.acknowledgeUpdate
	if len(t.Message) == 0 { // a command has opened the window
		acknowledge = func(ctx context.Context, t *turn) error { return b.acknowledge(ctx, t, true) }
	}
	if err := acknowledge(ctx, t); err != nil {
		return err
	}
	if err := s.look(ctx); err != nil {
		return err
	}
	if err := s.explained(d.work.submit(ctx, s, action, values)); err != nil {
		return err
	}
	return s.showAgain(ctx)
}

// explained makes a note of an error that is no fault: what was asked for can't be done,
// for somebody else was faster.
func (s *bench) explained(err error) error {
	switch {
	case errors.Is(err, answers.ErrNotFound), errors.Is(err, answers.ErrNoGroup):
		s.note("desk_gone")
	case errors.Is(err, answers.ErrSettled):
		s.note("desk_settled")
	case errors.Is(err, answers.ErrRemoved):
		s.note("desk_removed")
	case errors.Is(err, answers.ErrNotRemoved):
		s.note("desk_not_removed")
	case errors.Is(err, answers.ErrOutdated):
		s.note("desk_outdated")
	case errors.Is(err, answers.ErrTooMany), errors.Is(err, answers.ErrContent):
		s.note("desk_full")
	default:
		return err
	}
	return nil
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
	if err != nil && updates {
		s.turn.standing = updating // the message stands in any case, and says nothing of what was pressed
	}
	return err
}

// lines writes lines one below the other, as many as there is room for.
func lines(all ...string) string {
	text := ""
	for _, line := range all {
		if line == "" || utf16Len(text)+utf16Len(line)+1 > maxContent {
			continue
		}
		if text != "" {
			text += "\n"
		}
		text += line
	}
	return text
}

// button returns a button of the desk.
func (s *bench) button(text, action string, style discordgo.ButtonStyle) discordgo.MessageComponent {
	return discordgo.Button{Label: s.words.say(text), Style: style, CustomID: s.customID(action)}
}

// customID is what a button of the desk is known by.
func (s *bench) customID(action string) string { return customID(action, s.place()) }

// place returns the ID of the desk, with what is shown there now.
func (s *bench) place() string { return s.id + "." + strconv.Itoa(s.shows) }

// isShown reports whether what was shown is what is shown now.
func (s *bench) isShown(shown string) bool { return shown == strconv.Itoa(s.shows) }

// rowOf returns a row of buttons, nil for none.
func rowOf(rows []discordgo.MessageComponent, buttons ...discordgo.MessageComponent) []discordgo.MessageComponent {
	if len(buttons) == 0 {
		return rows
	}
	return append(rows, discordgo.ActionsRow{Components: buttons})
}

// giveBack gives what was written in a window to who wrote it, where it can't be taken: to
// be copied, or as a file where there is no room for it.
func (b *Bot) giveBack(ctx context.Context, t *turn, text string, values map[string]string) error {
	w := t.words()
	if err := b.acknowledge(ctx, t, true); err != nil {
		return err
	}
	r := reply{content: lines(w.say(text), w.say("desk_written"))}
	room, all := maxEmbeds, ""
	for _, name := range formFields {
		if value := values[name]; value != "" {
			block := codeBlock(value)
			room -= utf16Len(block)
			r.embeds = append(r.embeds, &discordgo.MessageEmbed{Description: block})
			all += value + "\n\n"
			if utf16Len(block) > maxDescription {
				room = -1
			}
		}
	}
	if room < 0 {
		r.embeds, r.file = nil, textFile("verbatim.txt", "text/plain", []byte(all))
	}
	_, err := b.edit(ctx, t, r)
	return err
}
