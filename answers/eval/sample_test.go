package eval_test

import (
	"encoding/json"
	"os"
	"testing"

	"verbatim/answers/eval"
)

const sampleReport = "testdata/sample.json"

// TestSample holds the measures on the built-in notes against the committed report.
func TestSample(t *testing.T) {
	set, err := eval.Load("../../corpus/sample/questions")
	if err != nil {
		t.Fatal(err)
	}
	if len(set.Queries) != 45 || len(set.Unanswerable) != 15 || len(set.Curated) != 10 {
		t.Errorf("%d queries, %d unanswerable, %d curated answers, want 45, 15, 10", len(set.Queries), len(set.Unanswerable), len(set.Curated))
	}
	report, err := eval.Run(t.Context(), set, newTarget(t, "../../corpus/sample/notes"), nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.MarshalIndent(report.WithoutTimes(), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	if *update {
		if err := os.WriteFile(sampleReport, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(sampleReport)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("the measures are not those of %s; if they are better, run the test with -update.\ngot %s\nwant %s", sampleReport, got, want)
	}
}
