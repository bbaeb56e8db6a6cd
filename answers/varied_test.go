package answers_test

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"verbatim/answers"
	"verbatim/answers/eval"
	"verbatim/corpus"
)

// variedSets are the sets of questions on which coefficients are varied, with the folder of
// their texts where that is another, and the share of titles that is left out. Folders are below
// the one with test data, or in this repository if they begin with a full stop. The languages
// and xquad_en have some 25 passages, for which the cut is a fixed one.
var variedSets = []struct {
	dir, docs string
	share     float64
}{
	{"./eval/testdata/languages", "", 0},
	{"../corpus/sample/questions", "../corpus/sample/notes", 0},
	{"eval/texts_fr", "corpus", 0},
	{"eval/xquad_en", "", 0.9},
	{"eval/xquad_en", "", 0.5},
}

// TestVaried prints, for each coefficient of the honest no, what half and twice of it do on
// variedSets: those of the cut of small texts, and the weights of the two formulas, which are
// not to be varied but fitted, by TestFit.
//
//	VERBATIM_LONG=1 VERBATIM_TESTDATA=… go test ./answers -run TestVaried -v -timeout 1h
func TestVaried(t *testing.T) {
	data := os.Getenv("VERBATIM_TESTDATA")
	if data == "" || os.Getenv("VERBATIM_LONG") == "" {
		t.Skip("VERBATIM_LONG and VERBATIM_TESTDATA are not set: the latter names the folder with the sets below eval, and texts below corpus")
	}
	in := func(dir string) string {
		if dir == "" || dir[0] == '.' {
			return dir
		}
		return filepath.Join(data, dir)
	}
	coefficients := answers.JudgingCoefficients()
	for _, set := range variedSets {
		target, dir := newTarget(t), in(set.dir)
		if set.docs == "" {
			fill(t, target, dir, set.share)
		} else {
			fillWith(t, target, in(set.docs))
		}
		measure := func() string {
			questions := load(t, dir)
			if set.share > 0 {
				leaveOut(t, target, questions, set.share)
			}
			r, err := eval.Run(t.Context(), questions, target, nil)
			if err != nil {
				t.Fatal(err)
			}
			return fmt.Sprintf("answered %.3f, refused %.3f, foreign %v, near %v", r.Answered.In600, r.Refused, r.FalseAnswers.Foreign, r.FalseAnswers.Near)
		}
		t.Logf("%s, %v left out\nas it is %s", cmp.Or(set.docs, set.dir), set.share, measure())
		for _, name := range slices.Sorted(maps.Keys(coefficients)) {
			c := coefficients[name]
			usual := *c
			for _, factor := range []float64{0.5, 2} {
				*c = usual * factor
				t.Logf("%-25s %.2f %s", name, *c, measure())
			}
			*c = usual
		}
	}
}

// fillWith reads the texts below a folder.
func fillWith(t *testing.T, target eval.Target, dir string) {
	t.Helper()
	folder, err := corpus.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := target.Store.Import(t.Context(), guild, folder, corpus.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
}
