package retrieval

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	index "github.com/blevesearch/bleve_index_api"

	"verbatim/retrieval/analysis"
)

// A Worded is something that is found by the wordings of a question, such as a curated
// answer. An index of such things follows a source that gives each as one text, of all
// its wordings.
type Worded struct {
	ID       string
	Language string
	Wordings []string
	Answer   string
}

// Likeness is what speaks for and against a question's being the one that a Worded
// answers. Shares are of weight, where a word weighs its idf among all Wordeds, and one
// that only says that something is asked a fifth of that.
type Likeness struct {
	Question float64  // share of the question that the best wording covers
	Wording  float64  // share of the best wording that the question covers
	Wordings float64  // share of the question that only its other wordings cover
	Answer   float64  // share of the question that no wording covers, but the answer
	Score    float64  // BM25 over the best one's
	OffKind  bool     // it asks who, and all wordings why; or the like
	Differs  bool     // a number or a name of the question stands in the place of another, or it asks what another kind of thing is, or it surely asks who, when, where or how many, and no wording does
	Beyond   []string // words of the question, as typed, that neither wordings nor answer have, where it says all that a wording does: it asks about less
}

// A Match is a Worded that shares a word with a question.
type Match struct {
	ID string
	Likeness
}

// maxMatches is how many Wordeds are looked at.
const maxMatches = 20

// How Wordeds are scored: by BM25 over their wordings, and half as much by the words in
// their answers. TestVaried shows what other values do.
var (
	answerWeight  = 0.5
	hollowWeight  = 0.2
	unseenWordeds = 50.0 // are thought to be there besides, so that no word weighs little where there are few
)

// Match returns the Wordeds that share a word with the question, best first by BM25,
// with the language of the question, "" if it can't be told. Read returns those that can
// be seen of the ones it is asked for, in their order.
func (x *Indexes) Match(ctx context.Context, q Query, read func(ctx context.Context, ids []string) ([]Worded, error)) (matches []Match, language string, err error) {
	err = x.use(ctx, q.Access.Guild(), func(g *guildIndex) error {
		asked, r, err := g.rank(ctx, q, maxMatches, nil)
		if err != nil {
			return err
		}
		language = asked.language
		var ids []string
		for _, s := range r.best {
			id, _, err := splitID(s.id)
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		if len(ids) == 0 {
			return nil
		}
		wordeds, err := read(ctx, ids)
		if err != nil {
			return err
		}
		m := matcher{question: asked, kinds: map[string]map[aim]bool{}, sharp: map[string]bool{}, weights: map[string]float64{}}
		if m.reader, err = g.reader(); err != nil {
			return err
		}
		defer m.reader.Close()
		if m.state, err = readState(m.reader); err != nil {
			return err
		}
		matches, err = m.match(ctx, wordeds)
		return err
	})
	return matches, language, err
}

// A matcher compares one question with Wordeds.
type matcher struct {
	question question
	reader   index.IndexReader
	state    state
	kinds    map[string]map[aim]bool // of the question, by the language in which it is read
	sharp    map[string]bool         // whether these are sharp, likewise
	weights  map[string]float64      // of terms, by their fields and themselves
	names    map[string]bool         // terms that are names in some wording
}

// A wordedTerms is a Worded, analysed.
type wordedTerms struct {
	Worded
	code     string
	wordings []wording
	answer   map[string]int  // how often each term stands in it
	names    map[string]bool // terms that are names in a wording of it
	numbers  map[string]bool // in wordings and answer
	score    float64
}

// A wording is the terms of one.
type wording struct {
	weights map[string]float64 // of each term
	total   float64            // of weights
	numbers map[string]bool    // as they are written
	tokens  int
}

func (m *matcher) match(ctx context.Context, wordeds []Worded) ([]Match, error) {
	m.names = map[string]bool{}
	var all []*wordedTerms
	for _, w := range wordeds {
		t, err := m.analyse(ctx, w)
		if err != nil {
			return nil, err
		}
		for name := range t.names {
			m.names[name] = true
		}
		all = append(all, t)
	}
	best := 0.0
	for _, t := range all {
		if err := m.score(ctx, t); err != nil {
			return nil, err
		}
		best = max(best, t.score)
	}
	slices.SortStableFunc(all, func(x, y *wordedTerms) int {
		return cmp.Or(cmp.Compare(y.score, x.score), strings.Compare(x.ID, y.ID))
	})
	var matches []Match
	for _, t := range all {
		if best > 0 {
			l := m.likeness(t)
			l.Score = t.score / best
			matches = append(matches, Match{t.ID, l})
		}
	}
	return matches, nil
}

func (m *matcher) analyse(ctx context.Context, w Worded) (*wordedTerms, error) {
	t := &wordedTerms{Worded: w, code: languageOf(w.Language).Code(), answer: map[string]int{}, names: map[string]bool{}, numbers: map[string]bool{}}
	for _, text := range w.Wordings {
		text = m.question.inOwnTerms(t.code, text)
		x := wording{weights: map[string]float64{}, numbers: map[string]bool{}}
		for _, token := range Analyze(t.code, text) {
			surface := text[token.Start:token.End]
			weight, err := m.weight(ctx, t.code, token.Term, surface)
			if err != nil {
				return nil, err
			}
			if _, seen := x.weights[token.Term]; !seen {
				x.weights[token.Term] = weight
				x.total += weight
			}
			x.tokens++
			switch {
			case isFigure(surface):
				x.numbers[surface], t.numbers[surface] = true, true
			case analysis.IsName(text, token.Start):
				t.names[token.Term] = true
			}
		}
		t.wordings = append(t.wordings, x)
	}
	answer := m.question.inOwnTerms(t.code, w.Answer)
	for _, token := range Analyze(t.code, answer) {
		t.answer[token.Term]++
		if surface := answer[token.Start:token.End]; isFigure(surface) {
			t.numbers[surface] = true
		}
	}
	return t, nil
}

// isFigure reports whether a word begins with a digit.
func isFigure(word string) bool { return word != "" && word[0] >= '0' && word[0] <= '9' }

// weight returns what a term weighs in a language.
func (m *matcher) weight(ctx context.Context, code, term, surface string) (float64, error) {
	key := textField(code) + " " + term
	w, known := m.weights[key]
	if !known {
		reader, err := m.reader.TermFieldReader(ctx, []byte(term), textField(code), false, false, false)
		if err != nil {
			return 0, err
		}
		w = idf(m.state.Languages[code].Passages+int(unseenWordeds), int(reader.Count()))
		m.weights[key] = w
		if err := reader.Close(); err != nil {
			return 0, err
		}
	}
	if m.isHollow(code, surface) {
		w *= hollowWeight
	}
	return w, nil
}

// isHollow reports whether a word only says that something is asked, in a language or
// in that of the question.
func (m *matcher) isHollow(code, surface string) bool {
	folded := analysis.Fold(strings.ToLower(analysis.Plain(surface)))
	return idioms[code].hollow[folded] || idioms[m.question.language].hollow[folded]
}

// score sets the BM25 score of t.
func (m *matcher) score(ctx context.Context, t *wordedTerms) error {
	sum := m.state.Languages[t.code]
	average := max(1, float64(sum.Tokens)/max(1, float64(sum.Passages)))
	length, frequency := 0, map[string]int{}
	for _, x := range t.wordings {
		length += x.tokens
		for term := range x.weights {
			frequency[term]++
		}
	}
	saturate := func(f int, length float64) float64 {
		return float64(f) * (k1 + 1) / (float64(f) + k1*(1-b+b*length))
	}
	seen := map[string]bool{}
	for _, w := range m.question.meant() {
		term, found := w.terms[t.code]
		if !found || seen[term] {
			continue
		}
		seen[term] = true
		weight, err := m.weight(ctx, t.code, term, w.surface)
		if err != nil {
			return err
		}
		if f := frequency[term]; f > 0 {
			t.score += weight * saturate(f, float64(length)/average)
		}
		if f := t.answer[term]; f > 0 {
			t.score += answerWeight * weight * saturate(f, 1)
		}
	}
	return nil
}

// likeness compares the question with t.
func (m *matcher) likeness(t *wordedTerms) Likeness {
	asked := m.askedIn(t.code)
	var l Likeness
	var best wording
	var covered map[string]bool // terms of the best wording
	for i, x := range t.wordings {
		inQuestion, inWording, used := 0.0, 0.0, map[string]bool{}
		for _, w := range asked.words {
			if term := x.holds(w.term); term != "" {
				inQuestion += w.weight
				used[term] = true
			}
		}
		for term := range used {
			inWording += x.weights[term]
		}
		question, wording := share(inQuestion, asked.total), share(inWording, x.total)
		if i == 0 || question*wording > l.Question*l.Wording {
			l.Question, l.Wording, best, covered = question, wording, x, used
		}
	}
	anywhere, answered := 0.0, 0.0
	strange := false // the question has a name that stands nowhere
	for _, w := range asked.words {
		switch {
		case slices.ContainsFunc(t.wordings, func(x wording) bool { return x.holds(w.term) != "" }):
			anywhere += w.weight
		case holdsLike(t.answer, w.term) != "":
			answered += w.weight
		case w.name || m.names[w.term]:
			strange = strange || !isFigure(w.surface)
		}
	}
	l.Wordings, l.Answer = share(anywhere, asked.total)-l.Question, share(answered, asked.total)
	var isSharp bool
	l.OffKind, isSharp = m.offKind(t)
	l.Beyond = m.beyond(t, asked)
	l.Differs = strange && lacksName(t, best, covered) || m.numbersDiffer(t) || isSharp || m.definesOther(t, asked) || m.narrows(t, asked)
	return l
}

func share(part, total float64) float64 {
	if total == 0 {
		return 0
	}
	return part / total
}

// lacksName reports whether the wording has a name that the question lacks.
func lacksName(t *wordedTerms, x wording, covered map[string]bool) bool {
	for term := range x.weights {
		if t.names[term] && !covered[term] {
			return true
		}
	}
	return false
}

// bigNumber is the length of numbers that are no mere count, such as years.
const bigNumber = 3

// numbersDiffer reports whether the question has a year, or the like, that stands
// nowhere in t, or any number in the place of another.
func (m *matcher) numbersDiffer(t *wordedTerms) bool {
	asked, worded := map[string]bool{}, map[string]bool{}
	for _, w := range m.question.words {
		if isFigure(w.surface) {
			asked[w.surface] = true
		}
	}
	for _, x := range t.wordings {
		for n := range x.numbers {
			worded[n] = true
		}
	}
	extra := false
	for n := range asked {
		if !worded[n] {
			extra = true
			if len(n) >= bigNumber && !t.numbers[n] {
				return true
			}
		}
	}
	if !extra {
		return false
	}
	for n := range worded {
		if !asked[n] {
			return true
		}
	}
	return false
}

// offKind reports whether the kinds of the question and those of t are known and none is
// the same, and if so, whether those of the question are sharp.
func (m *matcher) offKind(t *wordedTerms) (off, isSharp bool) {
	code := m.asksIn(t.code)
	if m.kinds[code] == nil {
		m.kinds[code], m.sharp[code] = aimsOf(code, m.question.text)
	}
	some := false
	for _, text := range t.Wordings {
		kinds, _ := aimsOf(t.code, text)
		for k := range kinds {
			if m.kinds[code][k] {
				return false, false
			}
			some = true
		}
	}
	off = some && len(m.kinds[code]) > 0
	return off, off && m.sharp[code]
}

// asksIn returns the language by whose ways of asking the question is read: its own, or if
// that can't be told that of what it is compared with.
func (m *matcher) asksIn(code string) string {
	if _, known := idioms[m.question.language]; known {
		return m.question.language
	}
	return code
}

// An askedWord is a word of the question, as it counts for a Worded.
type askedWord struct {
	term, surface string
	weight        float64
	name          bool
}

type askedWords struct {
	words []askedWord
	total float64
}

// askedIn returns the words of the question in a language, each term once. Their weights
// are known from the score.
func (m *matcher) askedIn(code string) askedWords {
	var asked askedWords
	seen := map[string]bool{}
	for _, w := range m.question.meant() {
		term, found := w.terms[code]
		if !found || seen[term] {
			continue
		}
		seen[term] = true
		weight := m.weights[textField(code)+" "+term]
		if m.isHollow(code, w.surface) {
			weight *= hollowWeight
		}
		asked.words = append(asked.words, askedWord{term, w.surface, weight, w.name})
		asked.total += weight
	}
	return asked
}

// holds returns the term of x that is a term or like it, "" if there is none.
func (x wording) holds(term string) string { return holdsLike(x.weights, term) }

// holdsLike returns the key that is a term, or else the first in the order of the
// alphabet that is like it, "" if there is none.
func holdsLike[V any](terms map[string]V, term string) string {
	if _, found := terms[term]; found {
		return term
	}
	like := ""
	for other := range terms {
		if (like == "" || other < like) && alike(term, other) {
			like = other
		}
	}
	return like
}

// alike reports whether two terms begin with the same five letters or more and differ
// only in their endings, as forms of a word do that its stemmer does not bring together.
func alike(a, b string) bool {
	const stem, ending = 5, 3
	same := 0
	for same < len(a) && same < len(b) && a[same] == b[same] {
		same++
	}
	if same < len(a) && !utf8.RuneStart(a[same]) || isFigure(a) {
		return false
	}
	longest := max(len(a), len(b))
	return same >= stem && longest-same <= ending && float64(same) >= math.Ceil(float64(longest)/2)
}
