package answers_test

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"verbatim/answers"
	"verbatim/answers/eval"
	"verbatim/config/database"
	"verbatim/corpus"
	"verbatim/retrieval"
)

// fitted are the question sets that the formulas are fitted on, with their languages.
var fitted = []struct{ set, language string }{{"piaf_fr_dev", "fr"}, {"squad_en", "en"}}

// A sample is a question with its reply.
type sample struct {
	eval.Judged
	usual float64
	held  bool    // out of the fitting, for the measures
	share float64 // of the documents that are left out
	set   string
	typed string
}

// TestFit prints weights for both formulas, fitted on one half of the questions of two
// sets, and how well they do on the other half. Half of the titles are left out, or nine
// of ten, for texts of several sizes; questions are asked as they are written, and in
// lower case without accents.
//
//	VERBATIM_LONG=1 VERBATIM_TESTDATA=… go test ./answers -run TestFit -v -timeout 1h
func TestFit(t *testing.T) {
	data := os.Getenv("VERBATIM_TESTDATA")
	if data == "" || os.Getenv("VERBATIM_LONG") == "" {
		t.Skip("VERBATIM_LONG and VERBATIM_TESTDATA are not set: the latter names the folder with eval/piaf_fr_dev and eval/squad_en")
	}
	var samples []sample
	type corner struct {
		target   eval.Target
		language string
		from, to int // of its samples
	}
	var corners []corner
	for _, f := range fitted {
		for _, share := range []float64{0.5, 0.9} {
			c := corner{newTarget(t), f.language, len(samples), 0}
			dir := filepath.Join(data, "eval", f.set)
			fill(t, c.target, dir, share)
			for _, typed := range []string{"written", "folded"} {
				for _, j := range judged(t, c.target, dir, share, typed) {
					samples = append(samples, sample{j, 0, half(j.ID), share, f.set, typed})
				}
			}
			c.to = len(samples)
			corners = append(corners, c)
		}
	}
	fit(answers.Belongs, samples, func(s sample) bool { return !s.LeftOut })
	for _, c := range corners { // what is usual depends on the formula
		usual, err := c.target.Answerer.Usual(t.Context(), guild, c.language)
		if err != nil {
			t.Fatal(err)
		}
		for i := range samples[c.from:c.to] {
			samples[c.from+i].usual = usual
		}
		t.Logf("%s, %d samples: usual %.2f", c.language, c.to-c.from, usual)
	}
	fit(answers.Answered, samples, inReply)
	t.Logf("belongs\n%sanswered\n%s", answers.Belongs, answers.Answered)
	for _, f := range fitted {
		report(t, samples, f.set)
	}
}

// A model is one of the formulas.
type model interface {
	Values(s retrieval.Signals, usual float64) []float64
	Set(weights []float64)
}

func inReply(s sample) bool { return !s.LeftOut && s.InReply[2] }

// half tells one half of the questions from the other.
func half(id string) bool {
	h := fnv.New32a()
	h.Write([]byte(id))
	return h.Sum32()%2 == 0
}

func newTarget(t *testing.T) eval.Target {
	t.Helper()
	db, err := database.Open(t.Context(), filepath.Join(t.TempDir(), "fit.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	store := corpus.NewStore(db, time.Now)
	log := slog.New(slog.DiscardHandler)
	indexes, err := retrieval.OpenIndexes(t.TempDir(), store, log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { indexes.Close() })
	return eval.Target{Store: store, Indexes: indexes, Answerer: answers.New(store, indexes, log), Access: corpus.Everything(guild), Now: time.Now}
}

// fill reads the documents of a set, but for the share that is left out.
func fill(t *testing.T, target eval.Target, dir string, share float64) {
	t.Helper()
	folder, err := corpus.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	folder.Names = []string{corpus.CollectionName}
	if _, err := target.Store.Import(t.Context(), guild, folder, corpus.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	if share == 0 {
		return
	}
	for _, d := range leaveOut(t, target, load(t, dir), share) {
		if err := target.Store.Remove(t.Context(), guild, d.ID); err != nil {
			t.Fatal(err)
		}
	}
}

func load(t *testing.T, dir string) *eval.Set {
	t.Helper()
	s, err := eval.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// leaveOut divides a set by all documents that there ever were.
func leaveOut(t *testing.T, target eval.Target, s *eval.Set, share float64) []corpus.Document {
	t.Helper()
	documents, err := target.Store.Documents(t.Context(), target.Access, true)
	if err != nil {
		t.Fatal(err)
	}
	out, err := s.LeaveOut(share, documents)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// judged asks the questions, as many on left-out documents as on others.
func judged(t *testing.T, target eval.Target, dir string, share float64, typed string) []eval.Judged {
	t.Helper()
	s := load(t, dir)
	leaveOut(t, target, s, share)
	s.Unanswerable = slices.DeleteFunc(s.Unanswerable, func(q eval.Query) bool { return !q.LeftOut })
	s.Unanswerable = s.Unanswerable[:min(len(s.Unanswerable), len(s.Queries))]
	if typed == "folded" {
		s.Fold()
	}
	r, err := eval.Run(t.Context(), s, target, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r.Questions
}

// fit sets the weights of a model by logistic regression on the samples that are not
// held out, by Newton's method. A weak prior holds the weights near 0.
func fit(m model, samples []sample, good func(sample) bool) {
	const prior, steps = 1.0, 15
	n := len(m.Values(retrieval.Signals{}, 0))
	weights := make([]float64, n)
	for range steps {
		gradient, hessian := make([]float64, n), make([][]float64, n)
		for i := range n {
			hessian[i] = make([]float64, n)
			if i > 0 {
				gradient[i], hessian[i][i] = -prior*weights[i], prior
			}
		}
		for _, s := range samples {
			if s.held || s.Signals == (retrieval.Signals{}) {
				continue
			}
			values := m.Values(s.Signals, s.usual)
			p := probability(weights, values)
			for i, x := range values {
				gradient[i] += (oneIf(good(s)) - p) * x
				for j, y := range values {
					hessian[i][j] += p * (1 - p) * x * y
				}
			}
		}
		for i, step := range solve(hessian, gradient) {
			weights[i] += step
		}
	}
	m.Set(weights)
}

func probability(weights, values []float64) float64 {
	z := 0.0
	for i, x := range values {
		z += weights[i] * x
	}
	return 1 / (1 + math.Exp(-z))
}

func oneIf(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// solve solves a system of linear equations by elimination. A is positive definite.
func solve(a [][]float64, b []float64) []float64 {
	for i := range a {
		for j := range a {
			if i == j {
				continue
			}
			factor := a[j][i] / a[i][i]
			for k := range a {
				a[j][k] -= factor * a[i][k]
			}
			b[j] -= factor * b[i]
		}
	}
	for i := range b {
		b[i] /= a[i][i]
	}
	return b
}

// report prints how well the formulas do on the samples of a set that were held out.
func report(t *testing.T, samples []sample, set string) {
	for _, share := range []float64{0.5, 0.9} {
		for _, typed := range []string{"written", "folded"} {
			var fits, confidence []float64
			var known, right []bool
			for _, s := range samples {
				if !s.held || s.set != set || s.share != share || s.typed != typed {
					continue
				}
				fits = append(fits, at(answers.Belongs, s))
				confidence = append(confidence, at(answers.Answered, s))
				known, right = append(known, !s.LeftOut), append(right, inReply(s))
			}
			t.Logf("%s, %v left out, %s: AUROC indexed %.3f, in reply %.3f\n%s", set, share, typed,
				auroc(fits, known), auroc(confidence, right), calibration(confidence, right))
		}
	}
}

// at is the probability that a model gives; nothing is found without signals.
func at(m interface {
	model
	Weights() []float64
}, s sample) float64 {
	if s.Signals == (retrieval.Signals{}) {
		return 0
	}
	return probability(m.Weights(), m.Values(s.Signals, s.usual))
}

// auroc is the share of pairs of a good and a bad one in which the good one has more.
func auroc(grades []float64, good []bool) float64 {
	pairs, won := 0.0, 0.0
	for i, x := range grades {
		for j, y := range grades {
			if good[i] && !good[j] {
				pairs++
				won += (1 + float64(cmp.Compare(x, y))) / 2
			}
		}
	}
	return won / pairs
}

// calibration is a table of how often replies are right, by their confidence.
func calibration(confidence []float64, right []bool) string {
	var n, good [10]int
	var sum [10]float64
	for i, p := range confidence {
		bin := min(9, int(10*p))
		n[bin]++
		sum[bin] += p
		if right[i] {
			good[bin]++
		}
	}
	out, off := "", 0.0
	for i := range n {
		out += fmt.Sprintf("| .%d | %d | %.2f | %.2f |\n", i, n[i], sum[i]/float64(n[i]), float64(good[i])/float64(n[i]))
		off += math.Abs(sum[i] - float64(good[i]))
	}
	return out + fmt.Sprintf("calibration error %.3f\n", off/float64(len(confidence)))
}
