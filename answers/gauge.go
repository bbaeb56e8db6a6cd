package answers

import (
	"cmp"
	"math"
	"slices"
)

// A share of foreign questions is turned away below each level of a gauge.
const (
	share85 = iota
	share90
	share92
	share95
	share98
	share99
	levels
)

var shares = [levels]float64{0.85, 0.90, 0.92, 0.95, 0.98, 0.99}

// A gauge says how well questions can seem to belong to a guild's texts whose subjects
// are not in them: for each of the shares, what [belongs] gives at most to so many of
// them. Texts that are long, many or on everything seem to fit more questions than a few
// notes do, so that no fixed limit means the same everywhere.
type gauge [levels]float64

// hedged is the level below which a reply says no.
func (c Caution) hedged() int {
	switch c {
	case Few:
		return share98
	case Many:
		return share85
	}
	return share92
}

// firm is the level below which a reply says "perhaps" at least.
func (c Caution) firm() int {
	switch c {
	case Few:
		return share99
	case Many:
		return share90
	}
	return share95
}

// usual is the gauge of texts that are not asked foreign questions: the middle of those
// in docs/quality.md.
var usual = gauge{-1.1, -0.7, -0.5, 0, 0.7, 1.2}

// Bounds of a level. Below the lower one a quote is by chance even in texts that foreign
// questions have nothing in common with; above the upper one good questions would be
// turned away because of texts that treat of everything.
const (
	lowest  = -1.7
	highest = 1.5
)

func (g gauge) at(level int) float64 { return min(max(g[level], lowest), highest) }

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
// the level of 95 %. At most half of the questions are left out.
func newGauge(all []odd) gauge {
	kept := all
	for {
		g := levelsOf(kept)
		rest := slices.DeleteFunc(slices.Clone(kept), func(o odd) bool {
			return passing(kept, o.subject, g[share95]) > atHome
		})
		if len(rest) == len(kept) || len(rest) < len(all)/2 {
			return g
		}
		kept = rest
	}
}

// passing is the share of the questions of a subject at or above a level.
func passing(all []odd, subject string, level float64) float64 {
	pass, of := 0, 0
	for _, o := range all {
		if o.subject != subject {
			continue
		}
		of++
		if o.fits > level {
			pass++
		}
	}
	return float64(pass) / float64(of)
}

func levelsOf(all []odd) gauge {
	sorted := slices.SortedFunc(slices.Values(all), func(x, y odd) int { return cmp.Compare(x.fits, y.fits) })
	var g gauge
	for i, share := range shares {
		g[i] = sorted[int(math.Ceil(share*float64(len(sorted))))-1].fits
	}
	return g
}
