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

// threshold is the probability that the subject belongs to the texts below which a
// reply says no.
func (c Caution) threshold() float64 {
	switch c {
	case Few:
		return 0.6
	case Many:
		return 0.3
	}
	return 0.45
}

// firm is the confidence from which on a reply does not say "perhaps".
const firm = 0.5

// judge sets the outcome of a reply that has quotes.
func (r *Reply) judge(s retrieval.Signals, c Caution) {
	r.Belongs, r.Confidence = belongs(s), answered(s)
	if r.Belongs < c.threshold() {
		return
	}
	r.Outcome = Excerpts
	r.Hedged = r.Confidence < firm
}

// belongs is the probability that the texts speak of what the question is about.
// The coefficients were fitted by logistic regression on English and French
// questions, half of whose articles were left out (docs/quality.md).
func belongs(s retrieval.Signals) float64 {
	return logistic(-3.21 +
		2.36*s.Coverage +
		3.47*s.Sentence +
		1.61*math.Log(0.05+s.Score) +
		-4.42*s.NamesMissing +
		2.88*s.Neighbours +
		2.44*s.SameDocument)
}

// answered is the probability that an answer stands in the first excerpt. Its
// coefficients come from the same questions.
func answered(s retrieval.Signals) float64 {
	return logistic(-2.57 +
		6.60*s.First +
		-5.25*s.Share +
		2.14*math.Log(0.05+s.Score) +
		1.83*s.Gap +
		-4.36*s.NamesMissing +
		1.06*s.Neighbours)
}

func logistic(z float64) float64 { return 1 / (1 + math.Exp(-z)) }
