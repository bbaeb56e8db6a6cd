package bot

import (
	"context"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/corpus"
)

// A desk is where one person works on what the guild has: a message that they alone see, in
// one place, with buttons, selects and windows. All that moderators do is done at desks, and
// here stands once what holds for all of it:
//   - who may work there is looked at each time that something is pressed or sent;
//   - one thing is done after another, each with what was shown beside its button;
//   - what is written stays at the desk, in memory, until it is stored or thrown away, and
//     is given back where it can't be taken;
//   - what is stored stays stored, and is said to be, though Discord fails to show it.
type desk struct {
	seat  seat
	work  work
	shows int           // how often it was shown: a button does something only with what was shown last
	free  chan struct{} // holds one thing while nobody works; a press takes it until it is answered
}

// A work is what is done at a desk.
type work interface {
	// forMembers reports whether those who do not moderate may do it.
	forMembers() bool
	// window returns the modal that a button opens, nil for one that opens none. It
	// reads nothing: see modal.
	window(w words, action string) *modal
	// press does what a button or a select does. What it changes is shown by show.
	press(ctx context.Context, s *bench, action string, p press) error
	// submit takes what was written in the modal of an action.
	submit(ctx context.Context, s *bench, action string, values map[string]string) error
	// show writes the message as it is now.
	show(ctx context.Context, s *bench) (reply, error)
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

// isOf reports whether a desk is of who uses an interaction, where they use it.
func (d *desk) isOf(at seat) bool {
	return d.seat.user == at.user && d.seat.discordGuild == at.discordGuild && d.seat.channel == at.channel
}

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

// openDesk shows a work to who used a command.
func (b *Bot) openDesk(ctx context.Context, t *turn, w work) error {
	return b.beginDesk(ctx, t, w, func(context.Context, *bench) error { return nil })
}

// beginDesk is openDesk for a command that does something first, which may take time.
func (b *Bot) beginDesk(ctx context.Context, t *turn, w work, begin func(context.Context, *bench) error) error {
	s := b.benchAt(t, "", newDesk(t.seat(), w))
	if refusal, err := s.admit(ctx, b.acknowledgePrivately); err != nil || refusal != "" {
		return b.tellUnless(ctx, t, refusal, err)
	}
	<-s.free
	defer s.leave()
	s.id = b.keepDesk(s.desk)
	if err := s.look(ctx); err != nil {
		return err
	}
	if err := s.explained(begin(ctx, s)); err != nil {
		return err
	}
	return s.showAgain(ctx)
}

// openWindow opens a window of a work to who used a command, before there is a message.
func (b *Bot) openWindow(ctx context.Context, t *turn, w work, action string) error {
	s := b.benchAt(t, "", newDesk(t.seat(), w))
	if refusal, err := s.admit(ctx, nil); err != nil || refusal != "" {
		return b.tellUnless(ctx, t, refusal, err)
	}
	s.id = b.keepDesk(s.desk)
	return b.openModal(ctx, t, s.place(), *w.window(s.words, action))
}

// pressDesk answers a button or a select of a desk. One of what stood there before does
// nothing: who presses twice, or sees an old message since Discord did not take the new one,
// would do it with something that they have not seen.
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
	s := b.benchAt(t, id, d)
	action, _, _ := strings.Cut(p.CustomID, ":")
	current := s.isShown(shown)
	acknowledge, opens := b.acknowledgeUpdate, (*modal)(nil)
	if current {
		opens = d.work.window(s.words, action)
	}
	if opens != nil { // which is a first response itself
		acknowledge = nil
	}
	if refusal, err := s.admit(ctx, acknowledge); err != nil || refusal != "" {
		return b.tellUnless(ctx, t, refusal, err)
	}
	if opens != nil {
		return b.openModal(ctx, t, s.place(), *opens)
	}
	if err := s.look(ctx); err != nil {
		return err
	}
	if !current {
		s.note("desk_before")
	} else if err := s.explained(s.work.press(ctx, s, action, p)); err != nil {
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
	s := b.benchAt(t, id, d)
	refusal, err := s.admit(ctx, nil)
	if err != nil {
		b.options.Log.Warn("who moderates is not known in time", "interaction", t.ID, "err", err)
		refusal = "desk_busy"
	}
	if refusal == "" && !s.isShown(shown) {
		refusal = "desk_before"
	}
	if refusal != "" {
		return b.giveBack(ctx, t, refusal, values)
	}
	acknowledge := b.acknowledgeUpdate
	if len(t.Message) == 0 { // a command has opened the window
		acknowledge = b.acknowledgePrivately
	}
	if err := acknowledge(ctx, t); err != nil {
		return err
	}
	if err := s.look(ctx); err != nil {
		return err
	}
	if err := s.explained(s.work.submit(ctx, s, action, values)); err != nil {
		return err
	}
	return s.showAgain(ctx)
}

func (b *Bot) acknowledgePrivately(ctx context.Context, t *turn) error {
	return b.acknowledge(ctx, t, true)
}

// seatTime bounds the question who moderates before anything is acknowledged.
const seatTime = 1200 * time.Millisecond

// admit finds out whether who uses a desk may do so now, else it returns the text that says
// why they may not. Then it acknowledges, unless acknowledge is nil for a window that is to
// be the first response. Where it takes long to find out, it acknowledges before that.
func (s *bench) admit(ctx context.Context, acknowledge func(context.Context, *turn) error) (refusal string, err error) {
	looking, cancel := context.WithTimeout(ctx, seatTime)
	defer cancel()
	refusal, err = s.bot.refusal(looking, s.at, s.work.forMembers())
	slow := err != nil && looking.Err() != nil && ctx.Err() == nil
	if acknowledge == nil || refusal != "" || err != nil && !slow {
		return refusal, err
	}
	if err := acknowledge(ctx, s.turn); err != nil || !slow {
		return "", err
	}
	return s.bot.refusal(ctx, s.at, s.work.forMembers())
}

// refusal returns the text that says why somebody may not do what moderators do, "" where
// they may. Members may do the rest in a guild.
func (b *Bot) refusal(ctx context.Context, at seat, forMembers bool) (string, error) {
	if at.direct {
		return "not_direct", nil
	}
	if forMembers {
		return "", nil
	}
	moderates, err := b.moderates(ctx, at)
	if err != nil || moderates {
		return "", err
	}
	return "not_moderator", nil
}

// tellUnless says why something may not be done, unless it failed.
func (b *Bot) tellUnless(ctx context.Context, t *turn, refusal string, err error) error {
	if err != nil {
		return err
	}
	return b.tellAnyway(ctx, t, reply{content: t.words().say(refusal)})
}

// look finds out what who works at a desk may see, once the interaction is acknowledged:
// moderators everything, others what is theirs.
func (s *bench) look(ctx context.Context) (err error) {
	s.access = corpus.Everything(s.guild)
	if s.work.forMembers() {
		s.access, err = s.bot.access(ctx, s.at, false)
	}
	return err
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
