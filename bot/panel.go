package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strconv"
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
	chosen int  // which of the excerpts
	view   view // of it
	step   int  // of the context: passages after the excerpt's own
	from   int  // of further results: how many come before those shown
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

// openPanel shows the panel of a reply.
func (b *Bot) openPanel(ctx context.Context, t *turn, g *given) error {
	if err := b.acknowledge(ctx, t, true); err != nil {
		return err
	}
	p := &panel{given: g, user: t.seat().user, view: viewExcerpt}
	return b.showPanel(ctx, t, p, b.panels.put(p))
}

// pressPanel answers a button of a panel.
func (b *Bot) pressPanel(ctx context.Context, t *turn, id string, data press) error {
	p, ok := b.panels.get(id)
	at := t.seat()
	if !ok || p.user != at.user || p.given.seat.channel != at.channel {
		return b.stale(ctx, t)
	}
	action, _, _ := strings.Cut(data.CustomID, ":")
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
			if n, err := strconv.Atoi(values[0]); err == nil && n >= 0 {
				p.chosen, p.view, p.step = n, viewExcerpt, 0
			}
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
	access, quotes, err := b.seeing(ctx, t, p.given)
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
	p.chosen = min(p.chosen, max(0, len(quotes)-1))
	s := &sheet{panel: p, id: id, words: w, access: access, quotes: quotes}
	if s.limits, err = b.options.Texts.QuoteLimits(ctx, access); err != nil {
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
	limits corpus.QuoteLimits
	quotes []answers.Excerpt
	reply  reply
}

// fill writes what the view shows.
func (b *Bot) fill(ctx context.Context, s *sheet) error {
	if len(s.quotes) == 0 {
		s.reply.content = s.words.say("panel_nothing")
		return nil
	}
	e := s.quotes[s.chosen]
	switch s.view {
	case viewContext:
		return b.fillContext(ctx, s, e)
	case viewNotes:
		return b.fillNotes(ctx, s, e)
	case viewReference:
		s.fillReference(e)
	case viewFurther:
		return b.fillFurther(ctx, s)
	case viewWhy:
		s.fillWhy(e)
	default:
		s.reply.content = s.words.say("panel_title", "Number", s.chosen+1, "Count", len(s.quotes))
		s.reply.embeds = quoteEmbeds([]answers.Excerpt{e}, s.limits, maxEmbeds)
	}
	return nil
}

// fillContext shows a passage around the excerpt, unless only short quotes are allowed, for
// page by page that would be all of the text.
func (b *Bot) fillContext(ctx context.Context, s *sheet, e answers.Excerpt) error {
	if s.limits.Most(e.Document) > 0 {
		s.reply.content = s.words.say("excerpt_cut")
		return nil
	}
	around, err := b.options.Answerer.Around(ctx, s.access, e, s.step)
	if errors.Is(err, corpus.ErrNotFound) || errors.Is(err, corpus.ErrStale) {
		s.reply.content = s.words.say("panel_gone")
		return nil
	}
	if err != nil {
		return err
	}
	s.step = around.Step
	lines := []string{s.words.say("panel_context")}
	if !around.Before {
		lines = append(lines, smallSign+s.words.say("panel_start"))
	}
	if !around.After {
		lines = append(lines, smallSign+s.words.say("panel_end"))
	}
	s.reply.content = strings.Join(lines, "\n")
	if around.Step == 0 {
		around.Excerpt.Marks = marksOf(around.Text, e.Text)
	}
	s.reply.embeds = quoteEmbeds([]answers.Excerpt{around.Excerpt}, nil, maxEmbeds)
	s.row(s.button("button_previous", pressBefore, !around.Before), s.button("button_next", pressAfter, !around.After))
	return nil
}

// marksOf marks in a passage what was quoted of it, as far as it stands there in one piece.
func marksOf(passage, quoted string) []corpus.Range {
	var marks []corpus.Range
	from := 0
	for piece := range strings.SplitSeq(quoted, "[…]") {
		piece = strings.TrimSpace(piece)
		at := strings.Index(passage[from:], piece)
		if piece == "" || at < 0 {
			continue
		}
		marks = append(marks, corpus.Range{Start: from + at, End: from + at + len(piece)})
		from += at + len(piece)
	}
	return marks
}

// maxNotes is how many notes are shown.
const maxNotes = 5

// fillNotes shows the notes that the excerpt calls.
func (b *Bot) fillNotes(ctx context.Context, s *sheet, e answers.Excerpt) error {
	notes, err := b.options.Answerer.Notes(ctx, s.access, e)
	if err != nil {
		return err
	}
	if len(notes) == 0 {
		s.reply.content = s.words.say("panel_no_notes")
		return nil
	}
	s.reply.content = s.words.say("panel_notes")
	s.reply.embeds = quoteEmbeds(notes[:min(len(notes), maxNotes)], s.limits, maxEmbeds)
	return nil
}

// maxReference is how long a reference may be that is shown.
const maxReference = 550

// fillReference shows the reference in all styles, each in code, from which it can be
// copied as it is.
func (s *sheet) fillReference(e answers.Excerpt) {
	lines := []string{s.words.say("panel_reference")}
	for _, style := range []answers.Style{answers.Plain, answers.ISO690, answers.BibTeX} {
		lines = append(lines, codeBlock(answers.Refer(e, style), maxReference))
	}
	s.reply.content = strings.Join(lines, "\n")
}

// codeBlock shows a text as it is, cut if it is longer than most.
func codeBlock(text string, most int) string {
	var lines []string
	for line := range strings.Lines(text) {
		lines = append(lines, visible(strings.TrimRight(line, "\r\n")))
	}
	text = strings.ReplaceAll(strings.Join(lines, "\n"), "`", "'")
	if utf16Len(text) > most {
		text = cut(text, most, utf16.RuneLen)
	}
	return "```\n" + text + "\n```"
}

// fillFurther shows a page of all passages that bear on the question.
func (b *Bot) fillFurther(ctx context.Context, s *sheet) error {
	listing, err := b.options.Answerer.List(ctx, answers.Question{Text: s.given.question, Access: s.access, Filter: s.given.filter}, s.from, pageSize)
	if err != nil {
		return err
	}
	if len(listing.Quotes) == 0 {
		s.reply.content = s.words.say("panel_no_further")
	} else {
		s.reply.content = s.words.say("panel_further", "From", s.from+1, "To", s.from+len(listing.Quotes))
		s.reply.embeds = quoteEmbeds(listing.Quotes, s.limits, maxEmbeds)
	}
	s.row(s.button("button_earlier_page", pressEarlier, s.from == 0), s.button("button_later_page", pressLater, !listing.More))
	return nil
}

// fillWhy says what speaks for the excerpt.
func (s *sheet) fillWhy(e answers.Excerpt) {
	w, parts := s.words, e.Explanation
	lines := []string{"**" + w.say("panel_why") + "**"}
	if len(e.Found) > 0 {
		lines = append(lines, w.say("why_found", "Words", enumerated(e.Found)))
	}
	if len(e.Missing) > 0 {
		lines = append(lines, w.say("why_missing", "Words", enumerated(e.Missing)))
	}
	lines = append(lines, w.say("why_score", "Score", w.number(e.Score)))
	for _, part := range []struct {
		text  string
		value float64
	}{
		{"why_words", parts.Words}, {"why_beginnings", parts.Beginnings}, {"why_order", parts.Order},
		{"why_nearness", parts.Nearness}, {"why_headings", parts.Headings}, {"why_names", parts.Names},
	} {
		if part.value != 0 {
			lines = append(lines, "- "+w.say(part.text, "Value", w.number(part.value)))
		}
	}
	if parts.Phrases > 0 {
		lines = append(lines, w.say("why_phrases", "Value", parts.Phrases))
	}
	if parts.Weight != 1 && parts.Weight != 0 {
		lines = append(lines, w.say("why_weight", "Value", w.number(parts.Weight)))
	}
	s.reply.content = strings.Join(lines, "\n")
}

// number writes a number as the language does.
func (w words) number(value float64) string {
	text := fmt.Sprintf("%.1f", value)
	if w.language != "en" {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text
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
		e := s.quotes[s.chosen]
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
	if len(s.quotes) > 0 && s.view == viewExcerpt && s.quotes[s.chosen].Score != 0 {
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
			Value:       strconv.Itoa(i),
			Description: label(string(runesOf(first(letters(e.Text, nil), cmp.Or(s.limits.Most(e.Document), maxLabel))))),
			Default:     i == s.chosen,
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
	out, err := b.ask(ctx, asking{seat: at, text: g.question, filter: g.filter})
	if err != nil {
		return err
	}
	if out.given == nil || out.given.reply.Outcome == answers.None {
		_, err := b.edit(ctx, t, reply{content: w.say("not_shareable")})
		return err
	}
	asked := escape(cut(g.question, maxTitle, escapedLen))
	out.show.content = w.say("shared_by", "Question", asked) + "\n" + out.show.content
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
