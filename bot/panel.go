package bot

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf16"

	"github.com/bwmarrin/discordgo"

	"verbatim/answers"
	"verbatim/corpus"
)

// A panel is what "More" below a reply opens, for who pressed it alone: its excerpts, one
// at a time, and what there is to each.
type panel struct {
	given *given
	user  string

	mutex  sync.Mutex
	chosen string // key of the excerpt, "" while the panel opens
	view   view   // of it
	step   int    // of the context: passages after the excerpt's own
	from   int    // of further results: how many come before those shown
}

const (
	maxPanels  = 2000
	panelsLife = time.Hour
)

// A view is what a panel shows.
type view string

// The views, which are also what the buttons that open them do.
const (
	viewExcerpt   view = panelPrefix + "excerpt"
	viewContext   view = panelPrefix + "context"
	viewNotes     view = panelPrefix + "notes"
	viewReference view = panelPrefix + "reference"
	viewFurther   view = panelPrefix + "further"
	viewWhy       view = panelPrefix + "why"
)

// What the other buttons of a panel do.
const (
	pressChoose  = panelPrefix + "choose"
	pressBefore  = panelPrefix + "before"
	pressAfter   = panelPrefix + "after"
	pressEarlier = panelPrefix + "earlier"
	pressLater   = panelPrefix + "later"
	pressShare   = panelPrefix + "share"
	pressRemove  = panelPrefix + "remove"
)

// panelActions are all that the buttons and the select of a panel do.
var panelActions = []string{
	string(viewExcerpt), string(viewContext), string(viewNotes), string(viewReference), string(viewFurther), string(viewWhy),
	pressChoose, pressBefore, pressAfter, pressEarlier, pressLater, pressShare, pressRemove,
}

// openPanel shows the panel of a reply.
func (b *Bot) openPanel(ctx context.Context, t *turn, g *given) error {
	p := &panel{given: g, user: t.seat().user, view: viewExcerpt}
	return b.showPanel(ctx, t, p, b.panels.put(p))
}

// pressPanel answers a button of a panel.
func (b *Bot) pressPanel(ctx context.Context, t *turn, id string, data press) error {
	p, ok := b.panels.get(id)
	at := t.seat()
	action, _, _ := strings.Cut(data.CustomID, ":")
	if !ok || p.user != at.user || p.given.seat.channel != at.channel || !slices.Contains(panelActions, action) {
		return b.stale(ctx, t)
	}
	if err := b.acknowledgeUpdate(ctx, t); err != nil {
		return err
	}
	switch action {
	case pressShare:
		return b.share(ctx, t, p)
	case pressRemove:
		return b.remove(ctx, t, p)
	}
	p.turn(action, data.Values)
	return b.showPanel(ctx, t, p, id)
}

// pageSize is how many further results a page shows.
const pageSize = 3

// turn changes what the panel shows.
func (p *panel) turn(action string, values []string) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	switch action {
	case pressChoose:
		if len(values) == 1 {
			p.chosen, p.view, p.step = values[0], viewExcerpt, 0
		}
	case pressBefore:
		p.step--
	case pressAfter:
		p.step++
	case pressEarlier:
		p.from = max(0, p.from-pageSize)
	case pressLater:
		p.from += pageSize
	default:
		p.view, p.step, p.from = view(action), 0, 0
	}
}

// showPanel writes the panel as it is now, of what may be seen now.
func (b *Bot) showPanel(ctx context.Context, t *turn, p *panel, id string) error {
	w := t.words()
	at, access, quotes, err := b.seeing(ctx, t, p.given)
	if errors.Is(err, errLeft) {
		_, err := b.edit(ctx, t, reply{content: w.say("home_left")})
		return err
	}
	if err != nil {
		return err
	}
	if len(quotes) == 0 && len(p.given.quotes()) > 0 {
		_, err := b.edit(ctx, t, reply{content: w.say("panel_gone")})
		return err
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	s := &sheet{panel: p, id: id, words: w, access: access, quotes: quotes, at: p.find(quotes)}
	if s.limits, err = b.framing(ctx, at, false, access, w); err != nil {
		return err
	}
	if err := b.fill(ctx, s); err != nil {
		return err
	}
	removable, err := b.mayRemove(ctx, p.given, t.seat())
	if err != nil {
		return err
	}
	s.footer(removable)
	_, err = b.edit(ctx, t, s.reply)
	return err
}

// A sheet is a panel while it is written.
type sheet struct {
	*panel
	id     string
	words  words
	access corpus.Access
	limits *framing
	quotes []answers.Excerpt
	at     int // which of the quotes is chosen
	reply  reply
}

// find returns which of the quotes is chosen: the first in a panel that opens, and when
// the one that was can't be seen any more.
func (p *panel) find(quotes []answers.Excerpt) int {
	at := slices.IndexFunc(quotes, func(e answers.Excerpt) bool { return keyOf(e.Reference) == p.chosen })
	if at < 0 && p.chosen != "" {
		p.view, p.step = viewExcerpt, 0
	}
	at = max(at, 0)
	if len(quotes) > 0 {
		p.chosen = keyOf(quotes[at].Reference)
	}
	return at
}

// keyOf returns by what a quote is chosen, whatever stands before and behind it: an ID
// that says nothing.
func keyOf(r corpus.Reference) string {
	sum := sha256.Sum256(fmt.Append(nil, r.Document, "\x00", r.Revision, "\x00", r.Ranges))
	return base64.RawURLEncoding.EncodeToString(sum[:15])
}

// row adds a row of buttons.
func (s *sheet) row(buttons ...discordgo.MessageComponent) {
	s.reply.rows = append(s.reply.rows, discordgo.ActionsRow{Components: buttons})
}

func (s *sheet) button(text, action string, disabled bool) discordgo.Button {
	return discordgo.Button{Label: s.words.say(text), Style: discordgo.SecondaryButton, CustomID: customID(action, s.id), Disabled: disabled}
}

// footer adds the rows that every view has.
func (s *sheet) footer(removable bool) {
	if len(s.quotes) > 1 {
		s.reply.rows = append(s.reply.rows, s.choice())
	}
	if len(s.quotes) > 0 {
		e := s.quotes[s.at]
		views := []discordgo.MessageComponent{}
		add := func(text string, v view) {
			if s.view != v {
				views = append(views, s.button(text, string(v), false))
			}
		}
		if s.view != viewExcerpt {
			views = append(views, s.button("button_back", string(viewExcerpt), false))
		}
		add("button_context", viewContext)
		if len(e.Calls) > 0 {
			add("button_notes", viewNotes)
		}
		add("button_reference", viewReference)
		add("button_further", viewFurther)
		s.row(views[:min(len(views), 5)]...)
	}
	var own []discordgo.MessageComponent
	if len(s.quotes) > 0 && s.view == viewExcerpt && s.quotes[s.at].Score != 0 {
		own = append(own, s.button("button_why", string(viewWhy), false))
	}
	if s.given.private && !s.given.seat.direct {
		own = append(own, s.button("button_share", pressShare, false))
	}
	if removable {
		button := s.button("button_remove", pressRemove, false)
		button.Style = discordgo.DangerButton
		own = append(own, button)
	}
	if own != nil {
		s.row(own...)
	}
}

// choice is the select of the excerpts.
func (s *sheet) choice() discordgo.MessageComponent {
	var options []discordgo.SelectMenuOption
	for i, e := range s.quotes[:min(len(s.quotes), maxOptions)] {
		options = append(options, discordgo.SelectMenuOption{
			Label:       label(fmt.Sprintf("%d. %s", i+1, e.Citation)),
			Value:       keyOf(e.Reference),
			Description: label(string(runesOf(first(letters(e.Text, nil), cmp.Or(s.limits.Most(e.Document), maxLabel))))),
			Default:     i == s.at,
		})
	}
	return selectRow(customID(pressChoose, s.id), s.words.say("panel_choose"), options)
}

func runesOf(all []letter) []rune {
	var runes []rune
	for _, l := range all {
		runes = append(runes, l.rune)
	}
	return runes
}

// Limits of selects: docs.discord.com/developers/components/reference#string-select.
const (
	maxOptions = 25
	maxLabel   = 100
)

// label writes a text where there is no markdown and little room. It is never empty.
func label(text string) string {
	text = strings.TrimSpace(cut(strings.TrimSpace(visible(text)), maxLabel, utf16.RuneLen))
	if text == "" {
		return "…"
	}
	return text
}

func selectRow(id, placeholder string, options []discordgo.SelectMenuOption) discordgo.MessageComponent {
	return discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.SelectMenu{
		MenuType: discordgo.StringSelectMenu, CustomID: id, Placeholder: placeholder, Options: options,
	}}}
}

// share shows a private reply to the channel, as far as all may read it who read there.
func (b *Bot) share(ctx context.Context, t *turn, p *panel) error {
	g, w := p.given, t.words()
	if !g.private || g.seat.direct {
		_, err := b.edit(ctx, t, reply{content: w.say("not_shareable")})
		return err
	}
	at := t.seat()
	if text, wait := b.limits.question(at.user, at.channel, at.discordGuild); wait > 0 { // it is as if asked
		return b.followUp(ctx, t, reply{content: w.say(text, "Seconds", seconds(wait))}, true)
	}
	out, err := b.ask(ctx, asking{seat: at, text: g.question, filter: g.filter, alone: true})
	if err != nil {
		return err
	}
	if out.given == nil || out.given.reply.Outcome == answers.None {
		_, err := b.edit(ctx, t, reply{content: w.say("not_shareable")})
		return err
	}
	asked := escape(cut(g.question, maxTitle, escapedLen))
	out.show.content = out.words.say("shared_by", "Question", asked) + "\n" + out.show.content
	stands, err := b.followUpAt(ctx, t, out.show, false)
	if err != nil {
		return err
	}
	b.shown(ctx, asking{seat: at}, out, stands)
	_, err = b.edit(ctx, t, reply{content: w.say("shared")})
	return err
}

// mayRemove reports whether who sits there may take the reply away.
func (b *Bot) mayRemove(ctx context.Context, g *given, at seat) (bool, error) {
	if g.private && !g.seat.direct {
		return false, nil // only who reads it sees it, and can dismiss it
	}
	if g.seat.user == at.user {
		return true, nil
	}
	return b.moderates(ctx, at)
}

// remove takes the reply away.
func (b *Bot) remove(ctx context.Context, t *turn, p *panel) error {
	w := t.words()
	text := "not_yours_to_remove"
	may, err := b.mayRemove(ctx, p.given, t.seat())
	if err != nil {
		return err
	}
	if may {
		done, err := b.removeReply(ctx, t, p.given)
		if err != nil {
			return err
		}
		text = "not_removed"
		if done {
			text = "removed"
		}
	}
	_, err = b.edit(ctx, t, reply{content: w.say(text)})
	return err
}
