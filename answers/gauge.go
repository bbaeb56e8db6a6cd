package answers

import (
	"cmp"
	"math"
	"slices"
)

// A gauge says how well questions can seem to belong to a guild's texts whose subjects
// are not in them: for each caution, what [belongs] gives at most to the share of them
// that it turns away. Texts that are long, many or on everything seem to fit more
// questions than a few notes do, so that no fixed limit means the same everywhere.
type gauge struct {
	Few      float64 `json:"few"`
	Balanced float64 `json:"balanced"`
	Many     float64 `json:"many"`
}

// Shares of foreign questions that each caution turns away.
const (
	turnedAwayFew      = 0.985
	turnedAwayBalanced = 0.95
	turnedAwayMany     = 0.875
)

// cut is what belongs must give for a reply.
func (g gauge) cut(c Caution) float64 {
	cut := g.Balanced
	switch c {
	case Few:
		cut = g.Few
	case Many:
		cut = g.Many
	}
	return min(max(cut, lowest), highest)
}

// usual is the gauge of so few passages that they are not asked foreign questions. With
// each doubling of the texts these seem to fit better by about the same: TestFit finds -1.1
// and -1.4 for balanced at a hundred passages, 0.5 and 0.7 at five hundred.
func usual(passages int) gauge {
	balanced := usualOfHundred + usualStep*math.Log2(float64(min(max(passages, 1), 100))/100)
	balanced = max(balanced, lowest+usualStep) // so that the cautions differ in the fewest too
	return gauge{Few: balanced + usualStep, Balanced: balanced, Many: balanced - usualStep}
}

// TestVaried shows what other values do. From one caution to the next the level changes as with
// each doubling.
var (
	usualOfHundred = -1.2
	usualStep      = 0.7
)

// Bounds of a cut. Below the lower one a quote is by chance even in texts that foreign
// questions have nothing in common with. Above the upper one good questions would be
// turned away: texts on everything answer some of the foreign questions, which only seems
// to make them fit too well.
const (
	lowest  = -3.4
	highest = 0.2
)

// An odd is what belongs gives to a foreign question.
type odd struct {
	subject string
	fits    float64
}

// atHome is the share of a subject's questions above which the texts treat of it. By
// chance it would be a twentieth.
const atHome = 0.2

// newGauge returns the gauge that all foreign questions together give. A subject that
// the texts treat of is left out of it: one more than atHome of whose questions pass at
// the balanced cut. At most half of the questions are left out.
func newGauge(all []odd) gauge {
	kept := all
	for {
		g := levelsOf(kept)
		passing := passing(kept, g.Balanced)
		rest := slices.DeleteFunc(slices.Clone(kept), func(o odd) bool { return passing[o.subject] > atHome })
		if len(rest) == len(kept) || len(rest) < len(all)/2 {
			return g
		}
		kept = rest
	}
}

// passing returns for each subject the share of its questions above a level.
func passing(all []odd, level float64) map[string]float64 {
	pass, of := map[string]float64{}, map[string]float64{}
	for _, o := range all {
		of[o.subject]++
		if o.fits > level {
			pass[o.subject]++
		}
	}
	for subject := range pass {
		pass[subject] /= of[subject]
	}
	return pass
}

func levelsOf(all []odd) gauge {
	sorted := slices.SortedFunc(slices.Values(all), func(x, y odd) int { return cmp.Compare(x.fits, y.fits) })
	level := func(share float64) float64 { return sorted[int(math.Ceil(share*float64(len(sorted))))-1].fits }
	return gauge{Few: level(turnedAwayFew), Balanced: level(turnedAwayBalanced), Many: level(turnedAwayMany)}
}
