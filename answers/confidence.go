package answers

import (
	"math"

	"verbatim/retrieval"
)

// A Caution is how sure a reply must be, as a guild sets it.
type Caution string

// The cautions. The zero Caution is Balanced.
const (
	Few      Caution = "few" // fewer answers, surer
	Balanced Caution = "balanced"
	Many     Caution = "many" // more answers, less sure
)

// firm is the confidence from which on a reply does not say "perhaps", unless it was asked
// about a year of which the quotes are not, a word was read as one that perhaps was not meant, or for a phrase in quotation marks that the
// best passage lacks.
const firm = 0.6

// From sure on, a third quote that has less than slight of the value of all sentences is
// left out (docs/quality.md): a question that one sentence answers gets one quote or two.
const (
	sure           = 0.9
	slight         = 0.03
	quotesWhenSure = 2
)

// withoutSlight leaves out the last quotes after the first ones, so far as they are slight.
func withoutSlight(quotes []Excerpt) []Excerpt {
	for len(quotes) > quotesWhenSure && quotes[len(quotes)-1].Share < slight {
		quotes = quotes[:len(quotes)-1]
	}
	return quotes
}

// judge sets the outcome of a reply that has quotes. The gauge is of the guild's texts,
// for the language of the question.
func (r *Reply) judge(s retrieval.Signals, g gauge, c Caution) {
	fits := belongs.of(s, 0)
	r.Signals = s
	r.Belongs = logistic(fits)
	r.Confidence = logistic(answered.of(s, g.Balanced))
	if fits <= g.cut(c) {
		return
	}
	r.Outcome = Excerpts
	r.Hedged = r.Confidence < firm || s.YearMissing || s.Doubtful || s.Phrases < 1
}

// A formula gives the logarithm of the odds for something, as a sum.
type formula []term

// A term is a signal with its weight. Usual is the balanced level of the texts' gauge.
type term struct {
	name   string
	weight float64
	value  func(s retrieval.Signals, usual float64) float64
}

func (f formula) of(s retrieval.Signals, usual float64) float64 {
	sum := 0.0
	for _, t := range f {
		sum += t.weight * t.value(s, usual)
	}
	return sum
}

func logistic(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

// Both formulas were fitted by logistic regression on English and French questions,
// some of whose articles were left out. TestFit prints them anew (docs/quality.md).

// belongs says whether the texts speak of what the question is about. What it gives can
// be compared between questions to one guild in one language only: hence the gauge.
var belongs = formula{
	{"one", -2.86, func(retrieval.Signals, float64) float64 { return 1 }},
	{"found", 1.92, func(s retrieval.Signals, _ float64) float64 { return found(s.Coverage+s.Sentence, s) }},
	{"score", 2.09, func(s retrieval.Signals, _ float64) float64 { return math.Log(0.05 + s.Score) }},
	{"names missing", -4.95, func(s retrieval.Signals, _ float64) float64 { return s.NamesMissing }},
}

// answered says whether an answer stands in the reply.
var answered = formula{
	{"one", -3.22, func(retrieval.Signals, float64) float64 { return 1 }},
	{"found", 2.05, func(s retrieval.Signals, _ float64) float64 { return found(s.First, s) }},
	{"score", 2.00, func(s retrieval.Signals, _ float64) float64 { return math.Log(0.05 + s.Score) }},
	{"gap", 2.68, func(s retrieval.Signals, _ float64) float64 { return s.Gap }},
	{"names missing", -4.67, func(s retrieval.Signals, _ float64) float64 { return s.NamesMissing }},
	{"usual", -0.41, func(_ retrieval.Signals, usual float64) float64 { return min(max(usual, -1.5), 0.7) }}, // as in the fitting
}

// found is how much of a question is found: what is covered of it, and what speaks for
// that being no chance, as that words stand there in the form in which they were typed.
// Weights of its own for each part tell no better (docs/quality.md).
func found(covered float64, s retrieval.Signals) float64 {
	return covered + s.Exact + s.Begins + s.Neighbours + s.Title
}
