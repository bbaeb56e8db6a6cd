package answers_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"verbatim/answers"
)

// mostChanged is the largest share of questions of a set that may be taken for what
// follows up the one before: those that stand alone must not be. In some sets one in a
// hundred does not stand alone (when was she murdered?).
const mostChanged = 0.02

// TestQuestionsStandAlone reads each question of a set after the one before it, which
// it does not follow up.
func TestQuestionsStandAlone(t *testing.T) {
	sets := []string{"../corpus/sample/questions/queries.jsonl", "../corpus/sample/questions/unanswerable.jsonl"}
	if data := os.Getenv("VERBATIM_TESTDATA"); data == "" {
		t.Log("without VERBATIM_TESTDATA only the questions on the sample notes are read")
	} else {
		outside, err := filepath.Glob(filepath.Join(data, "eval", "*", "*.jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range outside {
			if name := filepath.Base(path); name == "queries.jsonl" || name == "unanswerable.jsonl" {
				sets = append(sets, path)
			}
		}
	}
	for _, path := range sets {
		questions := questionsOf(t, path)
		previous, changed := "", 0
		for _, q := range questions {
			if read, _ := answers.ReadTogether(previous, q); read != "" {
				changed++
				t.Logf("%q is read as %q", q, read)
			}
			previous = q
		}
		t.Logf("%s: %d of %d", path, changed, len(questions))
		if float64(changed) > 1+mostChanged*float64(len(questions)) {
			t.Errorf("%s: %d of %d questions are taken for follow-ups", path, changed, len(questions))
		}
	}
}

func questionsOf(t *testing.T, path string) []string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var questions []string
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		var q struct{ Text string }
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			t.Fatal(err)
		}
		questions = append(questions, q.Text)
	}
	return questions
}
