package answers_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"verbatim/answers"
	"verbatim/answers/eval"
)

// TestVaried prints, for each coefficient of the cut of small texts, what half and twice of it
// do on two sets of some 25 passages: the languages, and xquad_en with nine tenths of the titles
// left out.
//
//	VERBATIM_LONG=1 VERBATIM_TESTDATA=… go test ./answers -run TestVaried -v -timeout 1h
func TestVaried(t *testing.T) {
	data := os.Getenv("VERBATIM_TESTDATA")
	if data == "" || os.Getenv("VERBATIM_LONG") == "" {
		t.Skip("VERBATIM_LONG and VERBATIM_TESTDATA are not set: the latter names the folder with eval/xquad_en")
	}
	for _, set := range []struct {
		dir   string
		share float64 // of the titles that are left out
	}{{"eval/testdata/languages", 0}, {filepath.Join(data, "eval", "xquad_en"), 0.9}} {
		target := newTarget(t)
		fill(t, target, set.dir, set.share)
		measure := func() string {
			questions := load(t, set.dir)
			if set.share > 0 {
				leaveOut(t, target, questions, set.share)
			}
			r, err := eval.Run(t.Context(), questions, target, nil)
			if err != nil {
				t.Fatal(err)
			}
			return fmt.Sprintf("refused %.3f, foreign %v, near %v", r.Refused, r.FalseAnswers.Foreign, r.FalseAnswers.Near)
		}
		t.Logf("%s\nas it is %s", set.dir, measure())
		for _, name := range slices.Sorted(maps.Keys(answers.UsualCoefficients)) {
			c := answers.UsualCoefficients[name]
			usual := *c
			for _, factor := range []float64{0.5, 2} {
				*c = usual * factor
				t.Logf("%-15s %.2f %s", name, *c, measure())
			}
			*c = usual
		}
	}
}
