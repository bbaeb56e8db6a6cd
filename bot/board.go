package bot

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
)

// A board is a message on which a moderator arranges something of the guild, and which
// nobody else sees. It shows one page at a time.
type board struct {
	seat  seat // who opened it, and where
	mutex sync.Mutex
	page  leaf
}

const (
	maxBoards  = 1000
	boardsLife = time.Hour
)

// A leaf is what a board shows, a page of it.
type leaf interface {
	// press does what a button or a select of the page does, and returns the page that
	// is shown then.
	press(ctx context.Context, s *sitting, action string, p press) (leaf, error)
	// show writes the page as things are now.
	show(ctx context.Context, s *sitting) (reply, error)
}

// A sitting is the use of a board by one interaction.
type sitting struct {
	bot   *Bot
	turn  *turn
	id    string // of the board
	at    seat   // who sits there now
	guild string
	words words
	notes []string // what is to be said above the page
}

// note says something above the page.
func (s *sitting) note(text string) { s.notes = append(s.notes, text) }

// saved says that something is stored. It stays so, and is said, if the page can't be shown.
func (s *sitting) saved(text string) {
	s.note(text)
	s.turn.done = "saved_unseen"
}

// say returns a text in the language of who sits there.
func (s *sitting) say(id string, fill ...any) string { return s.words.say(id, fill...) }

// sit returns the use of a board by an interaction that is acknowledged. Ok is false, and
// it is said, for who does not moderate the guild now.
func (b *Bot) sit(ctx context.Context, t *turn, id string) (s *sitting, ok bool, err error) {
	at := t.seat()
	s = &sitting{bot: b, turn: t, id: id, at: at, guild: b.guild(at.discordGuild), words: t.words()}
	may, err := b.moderates(ctx, at)
	if err != nil {
		return nil, false, err
	}
	if !may {
		_, err := b.edit(ctx, t, reply{content: s.say("not_moderator")})
		return nil, false, err
	}
	return s, true, nil
}

// openBoard shows the first page of a board to who used a command.
func (b *Bot) openBoard(ctx context.Context, t *turn, first leaf) error {
	if t.seat().direct {
		return b.tell(ctx, t, t.words().say("not_direct"))
	}
	if err := b.acknowledge(ctx, t, true); err != nil {
		return err
	}
	s, ok, err := b.sit(ctx, t, "")
	if err != nil || !ok {
		return err
	}
	n := &board{seat: s.at, page: first}
	s.id = b.boards.put(n)
	n.mutex.Lock()
	defer n.mutex.Unlock()
	return s.show(ctx, n)
}

// pressBoard answers what is pressed or chosen on a board. One press after another is
// answered: the second sees what the first did.
func (b *Bot) pressBoard(ctx context.Context, t *turn, id string, p press) error {
	n, ok := b.boards.get(id)
	at := t.seat()
	if !ok || n.seat.user != at.user || n.seat.channel != at.channel || n.seat.discordGuild != at.discordGuild {
		return b.stale(ctx, t)
	}
	if err := b.acknowledgeUpdate(ctx, t); err != nil {
		return err
	}
	s, ok, err := b.sit(ctx, t, id)
	if err != nil || !ok {
		return err
	}
	n.mutex.Lock()
	defer n.mutex.Unlock()
	action, _, _ := strings.Cut(p.CustomID, ":")
	next, err := n.page.press(ctx, s, strings.TrimPrefix(action, boardPrefix), p)
	if err != nil {
		return err
	}
	n.page = next
	return s.show(ctx, n)
}

// show writes a board, with what is to be said above it.
func (s *sitting) show(ctx context.Context, n *board) error {
	r, err := n.page.show(ctx, s)
	if err != nil {
		return err
	}
	r.content = stacked(append(s.notes, r.content), maxContent)
	_, err = s.bot.edit(ctx, s.turn, r)
	if hasStatus(err, 400) { // what is chosen already may be gone from Discord
		r.rows = slices.Clone(r.rows)
		for i, row := range r.rows {
			r.rows[i] = withoutDefaults(row)
		}
		_, err = s.bot.edit(ctx, s.turn, r)
	}
	return err
}

// withoutDefaults returns a row with a select of roles or channels in which nothing is
// chosen.
func withoutDefaults(row discordgo.MessageComponent) discordgo.MessageComponent {
	r, ok := row.(discordgo.ActionsRow)
	if !ok {
		return row
	}
	var all []discordgo.MessageComponent
	for _, c := range r.Components {
		if menu, ok := c.(discordgo.SelectMenu); ok {
			menu.DefaultValues = nil
			c = menu
		}
		all = append(all, c)
	}
	return discordgo.ActionsRow{Components: all}
}

// stacked writes lines one below the other, as many as there is room for.
func stacked(lines []string, most int) string {
	text := ""
	for _, line := range lines {
		if line == "" {
			continue
		}
		if text != "" {
			line = "\n" + line
		}
		if utf16Len(text)+utf16Len(line) > most {
			break
		}
		text += line
	}
	return text
}

// button returns a button of the board.
func (s *sitting) button(text, action string, style discordgo.ButtonStyle) discordgo.MessageComponent {
	return discordgo.Button{Label: s.say(text), Style: style, CustomID: customID(boardPrefix+action, s.id)}
}

// buttons returns a row of buttons.
func buttons(all ...discordgo.MessageComponent) discordgo.MessageComponent {
	return discordgo.ActionsRow{Components: all}
}

// choose returns a row with a select of texts.
func (s *sitting) choose(action, placeholder string, options []discordgo.SelectMenuOption) discordgo.MessageComponent {
	return selectRow(customID(boardPrefix+action, s.id), placeholder, options)
}

// entities returns a row with a select of roles or channels, of which those with the IDs
// are chosen.
func (s *sitting) entities(action, placeholder string, kind discordgo.SelectMenuType, least, most int, ids []string, types ...discordgo.ChannelType) discordgo.MessageComponent {
	menu := discordgo.SelectMenu{
		MenuType: kind, CustomID: customID(boardPrefix+action, s.id), Placeholder: placeholder,
		MinValues: &least, MaxValues: most, ChannelTypes: types,
	}
	of := discordgo.SelectMenuDefaultValueChannel
	if kind == discordgo.RoleSelectMenu {
		of = discordgo.SelectMenuDefaultValueRole
	}
	for _, id := range ids[:min(len(ids), most)] {
		menu.DefaultValues = append(menu.DefaultValues, discordgo.SelectMenuDefaultValue{ID: id, Type: of})
	}
	return discordgo.ActionsRow{Components: []discordgo.MessageComponent{menu}}
}
