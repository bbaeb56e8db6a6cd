package playground

import (
	"context"
	"iter"
	"sync"
	"time"

	"verbatim/answers"
	"verbatim/bot"
	"verbatim/bot/reader"
	"verbatim/corpus"
)

// A thought says why the bot answered a question as it did.
type thought struct {
	Number     int            `json:"number"` // 1, 2, …
	Time       time.Time      `json:"time"`
	Guild      string         `json:"guild"`
	Question   string         `json:"question"`
	ReadAs     string         `json:"read_as,omitempty"`
	Outcome    string         `json:"outcome"`
	Belongs    float64        `json:"belongs"`
	Confidence float64        `json:"confidence"`
	Hedged     bool           `json:"hedged"`
	Curated    string         `json:"curated,omitempty"` // the question of the moderators' answer
	Error      string         `json:"error,omitempty"`
	Took       float64        `json:"took"` // milliseconds
	Quotes     []thoughtQuote `json:"quotes"`
}

// thoughtQuote is an excerpt with what its score is made of.
type thoughtQuote struct {
	Citation  string             `json:"citation"`
	Link      string             `json:"link,omitempty"` // to its place in the text
	Text      string             `json:"text"`
	Score     float64            `json:"score"`
	Parts     map[string]float64 `json:"parts"`
	Found     []string           `json:"found"`
	Elsewhere []string           `json:"elsewhere"`
	Missing   []string           `json:"missing"`
}

// maxThoughts is how many are kept.
const maxThoughts = 200

// thoughts keeps what the bot thought.
type thoughts struct {
	mutex   sync.Mutex
	all     []thought
	dropped int           // how many went before the first
	changed chan struct{} // closed and replaced at each change
}

func newThoughts() *thoughts { return &thoughts{changed: make(chan struct{})} }

func (t *thoughts) add(one thought) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	one.Number = t.dropped + len(t.all) + 1
	if t.all = append(t.all, one); len(t.all) > maxThoughts {
		t.all = t.all[1:]
		t.dropped++
	}
	close(t.changed)
	t.changed = make(chan struct{})
}

// feed yields all thoughts in their order, and waits for more until ctx is
// done.
func (t *thoughts) feed(ctx context.Context) iter.Seq[thought] {
	return func(yield func(thought) bool) {
		for n := 0; ; {
			t.mutex.Lock()
			n = max(n, t.dropped)
			news, changed := t.all[n-t.dropped:], t.changed
			t.mutex.Unlock()
			for _, one := range news {
				if n++; !yield(one) {
					return
				}
			}
			select {
			case <-changed:
			case <-ctx.Done():
				return
			}
		}
	}
}

// Watch returns an answerer that does what another does, and shows on the page why.
func (p *Playground) Watch(a bot.Answerer) bot.Answerer { return &watched{a, p} }

type watched struct {
	bot.Answerer
	page *Playground
}

// Ask asks the watched answerer.
func (w *watched) Ask(ctx context.Context, q answers.Question) (answers.Reply, error) {
	begun := time.Now()
	r, err := w.Answerer.Ask(ctx, q)
	t := thought{
		Time: begun, Guild: q.Access.Guild(), Question: q.Text, ReadAs: r.ReadAs, Outcome: string(r.Outcome),
		Belongs: r.Belongs, Confidence: r.Confidence, Hedged: r.Hedged,
		Took: float64(time.Since(begun).Microseconds()) / 1000, Quotes: []thoughtQuote{},
	}
	if r.Curated != nil {
		t.Curated = r.Curated.Question
	}
	if err != nil {
		t.Error = err.Error()
	}
	for _, e := range r.Quotes {
		t.Quotes = append(t.Quotes, w.quoteOf(t.Guild, e))
	}
	w.page.thoughts.add(t)
	return r, err
}

// quoteOf describes a quote. Who looks inside may read all of its text.
func (w *watched) quoteOf(guild string, e answers.Excerpt) thoughtQuote {
	x := e.Explanation
	q := thoughtQuote{
		Citation: e.Citation, Text: e.Text, Score: e.Score,
		Parts: map[string]float64{
			"words": x.Words, "words that begin alike": x.Beginnings, "order": x.Order,
			"nearness": x.Nearness, "headings": x.Headings, "names": x.Names, "weight": x.Weight,
		},
		Found: e.Found, Elsewhere: e.Elsewhere, Missing: e.Missing,
	}
	if w.page.texts != nil {
		q.Link = w.page.texts.Link(reader.Ground{Guild: guild, Everything: true}, []corpus.Reference{e.Reference})
	}
	return q
}
