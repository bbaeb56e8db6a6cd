package eval_test

import (
	"context"
	"crypto/sha256"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"verbatim/answers"
	"verbatim/corpus"
	"verbatim/retrieval"
)

var fit = flag.Bool("fit", false, "fit the coefficients of the choice of a curated answer")

// A fitted question is one with its matches, of which one may be right.
type fitted struct {
	set     string
	key     string // what it is about: all questions about the same are in one half
	want    string // "" for a question without an answer
	matches []retrieval.Match
}

func (f fitted) learned() bool { return sha256.Sum256([]byte(f.set + f.key))[0]%2 == 0 }

// TestFit fits the two formulas of answers/match.go on one half of the answers of each
// set, and shows what they would do on both. Each set weighs the same. Each question of
// stackfaq_en is also asked while its own answer is away.
func TestFit(t *testing.T) {
	data := os.Getenv("VERBATIM_TESTDATA")
	if !*fit || data == "" {
		t.Skip("run with -fit, and with VERBATIM_TESTDATA set to the folder of the sets")
	}
	var all []fitted
	all = append(all, fittedOf(t, filepath.Join(data, "eval/texts_fr"), filepath.Join(data, "corpus"))...)
	all = append(all, fittedOf(t, "../../corpus/sample/questions", "../../corpus/sample/notes")...)
	all = append(all, fittedOf(t, filepath.Join(data, "eval/stackfaq_en"), "")...)

	var x [][]float64
	var y, set []string
	for _, f := range all {
		for _, m := range f.matches[:min(6, len(f.matches))] {
			if f.learned() {
				x, y, set = append(x, likenessOf(m)), append(y, yes(m.ID == f.want)), append(set, f.set)
			}
		}
	}
	pair := logistic(x, y, set)
	t.Logf("likeness: 1, Question, Wording, √(Question·Wording), Wordings, Answer, Score, OffKind = %.2f", pair)
	x, y, set = nil, nil, nil
	for _, f := range all {
		if best, features := decide(pair, f.matches); f.learned() && best != nil && !best.Differs {
			x, y, set = append(x, features), append(y, yes(best.ID == f.want)), append(set, f.set)
		}
	}
	choice := logistic(x, y, set)
	t.Logf("asked: 1, z, lead = %.2f", choice)
	for _, cut := range []float64{0.5, 0.6, 0.7, 0.8} {
		for _, learned := range []bool{true, false} {
			counts := map[string]*[4]int{} // asks, found, misses, answered
			for _, f := range all {
				if f.learned() != learned {
					continue
				}
				if counts[f.set] == nil {
					counts[f.set] = &[4]int{}
				}
				best, features := decide(pair, f.matches)
				answered := best != nil && !best.Differs && 1/(1+math.Exp(-dot(choice, features))) >= cut
				c := counts[f.set]
				if f.want != "" {
					c[0]++
					c[1] += count(answered && best.ID == f.want)
				} else {
					c[2]++
					c[3] += count(answered)
				}
			}
			for name, c := range counts {
				t.Logf("from %.1f on, learned %t, %s: %d of %d asks found, %d of %d misses answered", cut, learned, name, c[1], c[0], c[3], c[2])
			}
		}
	}
}

func yes(b bool) string { return fmt.Sprint(b) }

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

func likenessOf(m retrieval.Match) []float64 {
	return []float64{1, m.Question, m.Wording, math.Sqrt(m.Question * m.Wording), m.Wordings, m.Answer, m.Score, float64(count(m.OffKind))}
}

// decide returns the best match and what its choice depends on.
func decide(pair []float64, matches []retrieval.Match) (*retrieval.Match, []float64) {
	var best *retrieval.Match
	first, second := math.Inf(-1), -6.0
	for i, m := range matches {
		if z := dot(pair, likenessOf(m)); z > first {
			first, second, best = z, max(first, second), &matches[i]
		} else {
			second = max(second, z)
		}
	}
	return best, []float64{1, first, min(2, first-second)}
}

// fittedOf asks the questions of a set for its curated answers.
func fittedOf(t *testing.T, dir, docs string) []fitted {
	t.Helper()
	set := load(t, dir)
	if docs == "" {
		docs = dir
	}
	target := newTarget(t, docs)
	own := set.Curated == nil
	if own {
		if err := set.Curate(t.Context(), target.Store, target.Access); err != nil {
			t.Fatal(err)
		}
	}
	ids, wordeds := map[string]string{}, map[string]retrieval.Worded{}
	for _, c := range set.Curated {
		a, err := target.Curated.Add(t.Context(), guild, "fit", answers.Content{Question: c.Question, Wordings: c.Alternatives, Answer: c.Answer})
		if err != nil {
			t.Fatal(err)
		}
		ids[c.ID] = a.ID
		wordeds[a.ID] = retrieval.Worded{ID: a.ID, Language: a.Language, Wordings: append([]string{a.Question}, a.Wordings...), Answer: a.Answer}
	}
	read := func(_ context.Context, found []string) (list []retrieval.Worded, err error) {
		for _, id := range found {
			list = append(list, wordeds[id])
		}
		return list, nil
	}
	var all []fitted
	ask := func(text, key, want string) {
		matches, _, err := target.CuratedIndexes.Match(t.Context(), retrieval.Query{Text: text, Access: corpus.Everything(guild)}, read)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, fitted{set.Name, key, want, matches})
		if own {
			all = append(all, fitted{set.Name, key, "", without(matches, want)})
		}
	}
	for _, c := range set.Curated {
		for _, text := range c.Asks {
			ask(text, c.ID, ids[c.ID])
		}
		for _, text := range c.Misses {
			ask(text, c.ID, "")
		}
	}
	if own {
		for _, q := range set.Queries {
			ask(q.Text, q.Relevant[0], ids[q.Relevant[0]])
		}
	}
	return all
}

// without returns the matches as they would be without one.
func without(matches []retrieval.Match, id string) []retrieval.Match {
	left := slices.DeleteFunc(slices.Clone(matches), func(m retrieval.Match) bool { return m.ID == id })
	for i := len(left) - 1; i >= 0; i-- {
		left[i].Score /= left[0].Score
	}
	return left
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

// logistic fits a logistic regression by Newton's method, with a little ridge. Each set
// weighs the same.
func logistic(x [][]float64, y, set []string) []float64 {
	sizes := map[string]float64{}
	for _, s := range set {
		sizes[s]++
	}
	n := len(x[0])
	w := make([]float64, n)
	for range 15 {
		m := make([][]float64, n) // Hessian, and the gradient behind it
		for a := range m {
			m[a] = make([]float64, n+1)
			if a > 0 {
				m[a][a], m[a][n] = 0.03, -0.03*w[a]
			}
		}
		for i, row := range x {
			p := 1 / (1 + math.Exp(-dot(w, row)))
			weight := 300 / sizes[set[i]]
			for a := range n {
				m[a][n] += weight * (float64(count(y[i] == "true")) - p) * row[a]
				for b := range n {
					m[a][b] += weight * p * (1 - p) * row[a] * row[b]
				}
			}
		}
		for a, step := range solve(m) {
			w[a] += step
		}
	}
	return w
}

// solve solves linear equations, whose right sides stand behind, by elimination.
func solve(m [][]float64) []float64 {
	n := len(m)
	for a := range n {
		for r := range n {
			if r != a {
				f := m[r][a] / m[a][a]
				for c := a; c <= n; c++ {
					m[r][c] -= f * m[a][c]
				}
			}
		}
	}
	out := make([]float64, n)
	for a := range n {
		out[a] = m[a][n] / m[a][a]
	}
	return out
}
