package answers

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"slices"
	"sync"
	"time"

	"verbatim/answers/foreign"
	"verbatim/corpus"
	"verbatim/retrieval"
)

// gauges keeps the gauges of all guilds, each made when it is first needed and again
// when the texts have changed much. It takes about a second on a thousand passages;
// whoever asks meanwhile in the same guild waits. A gauge is kept as a note in the
// guild's index.
type gauges struct {
	answerer *Answerer
	mutex    sync.Mutex
	made     map[string]*gauging // by guild and language
}

// A gauging is a gauge with what it was made from.
type gauging struct {
	mutex    sync.Mutex // held while it is made
	Passages int        `json:"passages"` // in the index then
	Formula  uint32     `json:"formula"`
	Levels   gauge      `json:"levels"`
	earlier  bool       // made of an index of an earlier version
}

// fewPassages is the number of passages below which the usual gauge serves as well.
const fewPassages = 50

// searched is the share of the foreign questions that are searched for: those that rank
// best. The others would come out below all levels.
const searched = 0.2

// GaugeNote begins the name of the note in a guild's index that keeps what foreign questions
// gave; behind it stands their language. Guilds with the same texts have the same notes.
const GaugeNote = "foreign questions/"

// Ready makes what the first question in a language to a guild's texts would have to wait
// for: the index, and the answers to foreign questions.
func (a *Answerer) Ready(ctx context.Context, guild, language string) error {
	questions := foreign.Questions(language)
	if len(questions) == 0 {
		return nil
	}
	asked := retrieval.Query{Text: questions[0].Text, Access: corpus.Everything(guild)}
	found, err := a.indexes.Search(ctx, asked, a.store)
	if err != nil {
		return err
	}
	_, err = a.gauges.of(ctx, guild, language, found.Passages, found.Earlier)
	return err
}

// of returns the gauge of a guild for questions in a language. It knows the index to
// have so many passages. A gauge of an earlier version's index serves that alone.
func (g *gauges) of(ctx context.Context, guild, language string, passages int, earlier bool) (gauge, error) {
	if passages < fewPassages || !slices.Contains(foreign.Languages, language) {
		return usual(passages), nil
	}
	m := g.entry(guild + "/" + language)
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if m.earlier == earlier && m.fits(passages) {
		return m.Levels, nil
	}
	name := GaugeNote + language
	note, err := g.answerer.indexes.Note(ctx, guild, name)
	if err != nil {
		return gauge{}, err
	}
	m.earlier, m.Passages = earlier, 0 // nothing yet
	if json.Unmarshal(note, m) == nil && m.fits(passages) {
		return m.Levels, nil
	}
	start := time.Now()
	levels, err := g.answerer.askForeign(ctx, corpus.Everything(guild), language)
	if err != nil {
		return gauge{}, fmt.Errorf("ask foreign questions: %w", err)
	}
	g.answerer.log.Info("foreign questions asked", "guild", guild, "language", language, "passages", passages, "took", time.Since(start))
	m.Passages, m.Formula, m.Levels = passages, formulaSum(), levels
	if earlier { // the new index may be there by now
		return levels, nil
	}
	if note, err = json.Marshal(m); err == nil {
		err = g.answerer.indexes.SetNote(ctx, guild, name, note)
	}
	if err != nil { // it will be made once more
		g.answerer.log.Warn("keep what foreign questions gave", "guild", guild, "err", err)
	}
	return levels, nil
}

func (g *gauges) entry(key string) *gauging {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	if g.made == nil {
		g.made = map[string]*gauging{}
	}
	if g.made[key] == nil {
		g.made[key] = &gauging{}
	}
	return g.made[key]
}

// fits reports whether the gauge serves an index with so many passages: a quarter more
// or less than when it was made.
func (m *gauging) fits(passages int) bool {
	return m.Formula == formulaSum() && 4*passages <= 5*m.Passages && 4*m.Passages <= 5*passages
}

// formulaSum tells one formula from another.
func formulaSum() uint32 {
	var weights []float64
	for _, t := range belongs {
		weights = append(weights, t.weight)
	}
	return crc32.ChecksumIEEE(fmt.Append(nil, weights))
}

// askForeign asks a guild's texts the foreign questions in a language.
func (a *Answerer) askForeign(ctx context.Context, all corpus.Access, language string) (gauge, error) {
	type promising struct {
		foreign.Question
		promise float64
	}
	var questions []promising
	for _, q := range foreign.Questions(language) {
		promise, err := a.indexes.Promise(ctx, retrieval.Query{Text: q.Text, Access: all})
		if err != nil {
			return gauge{}, err
		}
		questions = append(questions, promising{q, promise})
	}
	slices.SortStableFunc(questions, func(x, y promising) int { return cmp.Compare(y.promise, x.promise) })
	var odds []odd
	for i, q := range questions {
		fits := belongs.of(retrieval.Signals{}, 0)
		if float64(i) < searched*float64(len(questions)) && q.promise > 0 {
			found, err := a.indexes.Search(ctx, retrieval.Query{Text: q.Text, Access: all}, a.store)
			if err != nil {
				return gauge{}, err
			}
			fits = belongs.of(found.Signals, 0)
		}
		odds = append(odds, odd{q.Subject, fits})
	}
	return newGauge(odds), nil
}
