package bot

import (
	"context"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/answers"
	"verbatim/retrieval"
)

// A paged is a list that is shown page by page, for one person alone.
type paged struct {
	seat seat
	// show writes the page that begins after so many things, or the last one if that is
	// behind the end.
	show func(ctx context.Context, s seat, w words, from int) (page, error)
	size int // of a page

	mutex sync.Mutex
	from  int
}

// A page is one of a list.
type page struct {
	reply
	from int  // how many things come before it
	more bool // there are others behind it
}

const (
	maxPaged  = 2000
	pagedLife = time.Hour
)

// What the buttons of a list do.
const (
	pressPrevious = listPrefix + "previous"
	pressNext     = listPrefix + "next"
)

// openList shows the first page of a list.
func (b *Bot) openList(ctx context.Context, t *turn, p *paged) error {
	if err := b.acknowledge(ctx, t, true); err != nil {
		return err
	}
	if p.seat.direct {
		home, text, err := b.askedAtHome(ctx, p.seat, t.words())
		if err != nil {
			return err
		}
		if text != "" {
			_, err := b.edit(ctx, t, reply{content: text})
			return err
		}
		p.seat = home
	}
	return b.showList(ctx, t, p, b.lists.put(p))
}

// pressList turns a page.
func (b *Bot) pressList(ctx context.Context, t *turn, id string, data press) error {
	p, ok := b.lists.get(id)
	at := t.seat()
	step := map[string]int{customID(pressPrevious, id): -1, customID(pressNext, id): 1}[data.CustomID]
	if !ok || p.seat.user != at.user || p.seat.channel != at.channel || step == 0 {
		return b.stale(ctx, t)
	}
	if err := b.acknowledgeUpdate(ctx, t); err != nil {
		return err
	}
	p.mutex.Lock()
	p.from = max(0, p.from+step*p.size)
	p.mutex.Unlock()
	return b.showList(ctx, t, p, id)
}

func (b *Bot) showList(ctx context.Context, t *turn, p *paged, id string) error {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	w := t.words()
	at, found, err := b.seatNow(ctx, t, p.seat.discordGuild)
	if err != nil {
		return err
	}
	if !found {
		_, err := b.edit(ctx, t, reply{content: w.say("home_left")})
		return err
	}
	shown, err := p.show(ctx, at, w, p.from)
	if err != nil {
		return err
	}
	p.from = shown.from
	if p.from > 0 || shown.more {
		button := func(text, action string, disabled bool) discordgo.Button {
			return discordgo.Button{Label: w.say(text), Style: discordgo.SecondaryButton, CustomID: customID(action, id), Disabled: disabled}
		}
		shown.rows = []discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{
			button("button_earlier_page", pressPrevious, p.from == 0), button("button_later_page", pressNext, !shown.more),
		}}}
	}
	_, err = b.edit(ctx, t, shown.reply)
	return err
}

var dates = regexp.MustCompile(`^[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?$`)

// search answers /search.
func (b *Bot) search(ctx context.Context, t *turn, c command) error {
	at, w := t.seat(), t.words()
	q := asking{seat: at, text: c.text(nameWords), course: c.text(nameCourse), document: c.text(nameDocument), private: true}
	if err := answers.Check(q.text); err != nil {
		return b.tell(ctx, t, w.refusal(err))
	}
	from, to := strings.TrimSpace(c.text(nameFrom)), strings.TrimSpace(c.text(nameTo))
	for _, date := range []string{from, to} {
		if date != "" && !dates.MatchString(date) {
			return b.tell(ctx, t, w.say("search_date", "Date", escape(cut(date, maxTitle, escapedLen))))
		}
	}
	if text, wait := b.limits.question(at.user, at.channel, at.discordGuild); wait > 0 {
		return b.tell(ctx, t, w.say(text, "Seconds", seconds(wait)))
	}
	q.filter = retrieval.Filter{Author: c.text(nameAuthor), Language: c.text(nameLanguage), From: from, To: to}
	return b.openList(ctx, t, &paged{seat: at, size: searchPage, show: func(ctx context.Context, s seat, w words, from int) (page, error) {
		q.seat = s
		return b.searchPage(ctx, q, w, from)
	}})
}

// searchPage is how many passages a page of /search shows.
const searchPage = 4

func (b *Bot) searchPage(ctx context.Context, q asking, w words, from int) (page, error) {
	access, err := b.access(ctx, q.seat, false)
	if err != nil {
		return page{}, err
	}
	settings, err := b.options.Settings.Get(ctx, b.guild(q.seat.discordGuild))
	if err != nil {
		return page{}, err
	}
	if text := elsewhere(settings, q.seat, w); text != "" {
		return page{reply: reply{content: text}}, nil
	}
	if q, err = b.atCourse(ctx, access, q, settings); err != nil {
		return page{}, err
	}
	narrowed, r, err := b.narrowed(ctx, access, q, w)
	if err != nil || r != nil {
		return page{reply: orEmpty(r)}, err
	}
	listing, from, err := b.listed(ctx, answers.Question{Text: q.text, Access: access, Filter: narrowed.filter}, from, searchPage)
	if err != nil {
		return page{}, err
	}
	frame, err := b.framing(ctx, q.seat, false, access, w)
	if err != nil {
		return page{}, err
	}
	var absent []string
	for _, p := range listing.Phrases {
		if !p.Found {
			absent = append(absent, p.Text)
		}
	}
	var lines []string
	if len(listing.Quotes) == 0 {
		lines = append(lines, w.say("search_none"))
	} else {
		lines = append(lines, w.say("search_found", "From", from+1, "To", from+len(listing.Quotes)))
	}
	if absent != nil {
		lines = append(lines, w.say("search_absent", "Phrases", enumerated(absent)))
	}
	r = &reply{content: strings.Join(lines, "\n"), embeds: quoteEmbeds(listing.Quotes, frame, maxEmbeds)}
	return page{*r, from, listing.More}, nil
}

// listed returns passages after so many, and how many come before them: fewer where there
// are none, for pages can be pressed twice at a time, and texts go.
func (b *Bot) listed(ctx context.Context, q answers.Question, from, size int) (answers.Listing, int, error) {
	for {
		listing, err := b.options.Answerer.List(ctx, q, from, size)
		if err != nil || len(listing.Quotes) > 0 || from == 0 {
			return listing, from, err
		}
		from = max(0, from-size)
	}
}

func orEmpty(r *reply) reply {
	if r == nil {
		return reply{}
	}
	return *r
}
