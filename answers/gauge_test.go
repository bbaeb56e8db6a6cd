package answers

import (
	"fmt"
	"testing"
)

// ladder is a hundred odds on each of so many subjects, from 0.00 to 0.99.
func ladder(subjects int) []odd {
	var all []odd
	for s := range subjects {
		for i := range 100 {
			all = append(all, odd{fmt.Sprint("subject ", s), float64(i) / 100})
		}
	}
	return all
}

func TestGauge(t *testing.T) {
	raised := func(all []odd, subject string, share int) []odd {
		for i := range all {
			if all[i].subject == subject && i%100 < share {
				all[i].fits += 1
			}
		}
		return all
	}
	usual := gauge{Few: 0.98, Balanced: 0.94, Many: 0.87}
	for _, c := range []struct {
		what string
		all  []odd
		want gauge
	}{
		{"one ladder", ladder(1), usual},
		{"ten ladders", ladder(10), usual},
		{"a subject of the texts", raised(ladder(10), "subject 3", 80), usual},
		{"two subjects of the texts", raised(raised(ladder(10), "subject 3", 80), "subject 7", 30), usual},
		// 150 of 1,000 pass 1.00, which is more than balanced turns away.
		{"a few questions of each subject", func() []odd {
			all := ladder(10)
			for s := range 10 {
				raised(all, fmt.Sprint("subject ", s), 15)
			}
			return all
		}(), gauge{Few: 1.13, Balanced: 1.09, Many: 1.02}},
	} {
		got := newGauge(c.all)
		if diff := max(abs(got.Few-c.want.Few), abs(got.Balanced-c.want.Balanced), abs(got.Many-c.want.Many)); diff > 1e-9 {
			t.Errorf("%s: gauge %+v, want %+v", c.what, got, c.want)
		}
	}
}

func abs(x float64) float64 { return max(x, -x) }

// TestGaugeOfTextsOnEverything: subjects are left out, the best known first, only as long
// as half of the questions stay. Here a quarter of each subject's questions fit better
// than all of the subjects before it: 9 and 8 go, then 7, 6 and 5, but not 4.
func TestGaugeOfTextsOnEverything(t *testing.T) {
	all := ladder(10)
	for i := range all {
		if i%100 >= 75 {
			all[i].fits += float64(i / 100)
		}
	}
	if got := newGauge(all); abs(got.Balanced-3.99) > 1e-9 { // the 25 of subject 4 are above
		t.Errorf("gauge %+v, want balanced 3.99", got)
	}
}

func TestCutKeepsToBounds(t *testing.T) {
	for _, c := range []struct{ level, want float64 }{{-9, lowest}, {0, 0}, {9, highest}} {
		g := gauge{c.level, c.level, c.level}
		for _, caution := range []Caution{Few, Balanced, Many, ""} {
			if got := g.cut(caution); got != c.want {
				t.Errorf("cut(%q) of level %v = %v, want %v", caution, c.level, got, c.want)
			}
		}
	}
}
