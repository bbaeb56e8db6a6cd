package eval_test

import (
	"encoding/json"
	"os"
	"testing"

	"verbatim/answers/eval"
)

// TestSample holds the measures on the built-in notes against the committed report.
func TestSample(t *testing.T) {
	set := load(t, "../../corpus/sample/questions")
	if len(set.Queries) != 45 || len(set.Unanswerable) != 15 || len(set.Curated) != 10 {
		t.Errorf("%d queries, %d unanswerable, %d curated answers, want 45, 15, 10", len(set.Queries), len(set.Unanswerable), len(set.Curated))
	}
	holdAgainst(t, set, "../../corpus/sample/notes", "testdata/sample.json")
}

// TestLanguages holds the measures on few short texts in German, Spanish, Italian and
// Portuguese, together in one guild, against the committed report. A kind is a language.
// Texts and questions can be added to the files in testdata/languages.
func TestLanguages(t *testing.T) {
	const dir = "testdata/languages"
	set := load(t, dir)
	if len(set.Queries) != 56 || len(set.Unanswerable) != 16 {
		t.Errorf("%d queries, %d unanswerable, want 56, 16", len(set.Queries), len(set.Unanswerable))
	}
	holdAgainst(t, set, dir, "testdata/languages.json")
}

// holdAgainst compares the measures of a set, asked of the documents of a folder, with
// those of a committed report.
func holdAgainst(t *testing.T, set *eval.Set, documents, file string) {
	t.Helper()
	report, err := eval.Run(t.Context(), set, newTarget(t, documents), nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.MarshalIndent(report.WithoutTimes(), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("the measures are not those of %s; if they are better, run the test with -update.\ngot %s\nwant %s", file, got, want)
	}
}
