package eval_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/answers"
	"verbatim/answers/eval"
)

// The set is made so that what is found does not depend on the weights of the
// ranking: q1 to q3 share words with their one document, q4 with its two, q5 with
// none; q6 with its document and with one that has both its words; q7 with moulin
// too little to be answered. q7 has no relevant document, q6 no answer.
func TestRun(t *testing.T) {
	target := newTarget(t, "testdata/notes")
	clock := time.Unix(0, 0)
	target.Now = func() time.Time { clock = clock.Add(2 * time.Millisecond); return clock }
	var progress []string
	r, err := eval.Run(t.Context(), load(t, "testdata/notes"), target, func(done, of int) {
		progress = append(progress, fmt.Sprint(done, "/", of))
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		measure string
		got     *float64
		want    float64
	}{
		{"recall at 1", r.RecallAt1, (1 + 1 + 1 + 0.5 + 0 + 0) / 6},
		{"recall at 5", r.RecallAt5, (1 + 1 + 1 + 1 + 0 + 1) / 6.0},
		{"recall at 10", r.RecallAt10, (1 + 1 + 1 + 1 + 0 + 1) / 6.0},
		{"MRR", r.MRRAt10, (1 + 1 + 1 + 1 + 0 + 0.5) / 6},
		{"nDCG", r.NDCGAt10, (1 + 1 + 1 + 1 + 0 + 1/math.Log2(3)) / 6},
		{"answer in reply", &r.AnswerInReply.In300, (1 + 1 + 1 + 0 + 0 + 1) / 6.0},
		{"answered", &r.Answered.In300, (1 + 1 + 1 + 0 + 0 + 0) / 6.0},
		{"questions a second", &r.QuestionsASecond, 500},
		{"p50", &r.P50, 2},
	} {
		checkMeasure(t, c.measure, c.got, c.want)
	}
	if r.N != 7 || r.UntrueQuotes != 0 || r.Curated == nil || *r.Curated != (eval.CuratedCounts{Asks: 1, FoundFirst: 1, Misses: 1}) || len(r.Questions) != 10 {
		t.Errorf("n, untrue quotes, curated, questions = %d, %d, %v, %d, want 7, 0, 1 of 1 and 0 of 1, 10",
			r.N, r.UntrueQuotes, r.Curated, len(r.Questions))
	}
	if got, want := r.FalseAnswers, (eval.FalseAnswers{Foreign: eval.FalseCount{0, 0, 1}, Near: eval.FalseCount{0, 0, 1}, Other: eval.FalseCount{0, 0, 1}}); got != want {
		t.Errorf("false answers = %v, want %v", got, want)
	}
	if len(progress) != 10 || progress[0] != "1/10" || progress[9] != "10/10" {
		t.Errorf("progress = %q, want 1/10 to 10/10", progress)
	}
}

func TestRunJudgesEachQuestion(t *testing.T) {
	r, err := eval.Run(t.Context(), load(t, "testdata/notes"), newTarget(t, "testdata/notes"), nil)
	if err != nil {
		t.Fatal(err)
	}
	first, lost, refused, last := r.Questions[0], r.Questions[4], r.Questions[6], r.Questions[9]
	if !first.Answerable || first.ID != "q1" || first.Outcome != answers.Excerpts || first.Confidence == 0 ||
		first.InReply != [3]bool{true, true, true} || first.Answered != first.InReply || !slices.Equal(first.Documents[:1], []string{"moulin"}) {
		t.Errorf("q1 = %+v, want it answered from moulin", first)
	}
	if first.Characters == 0 || first.Took <= 0 {
		t.Errorf("q1 shows %d characters in %v, want more", first.Characters, first.Took)
	}
	if lost.Outcome != answers.None || lost.Characters != 0 || lost.InReply != [3]bool{} || len(lost.Documents) != 0 {
		t.Errorf("q5 = %+v, want nothing found", lost)
	}
	if refused.Outcome != answers.None || refused.Characters != 0 || refused.InReply != [3]bool{true, true, true} || refused.Answered != [3]bool{} {
		t.Errorf("q7 = %+v, want it refused with the answer near", refused)
	}
	if last.ID != "u3" || last.Answerable || last.Documents != nil {
		t.Errorf("the last question = %+v, want u3, unanswerable", last)
	}
}

// The Answerer reads another store than the one that is true, in which the document
// of the same ID has another text. Both what answers and what is near is untrue.
func TestRunFindsUntrueQuotes(t *testing.T) {
	files := map[string]string{
		"queries.jsonl":      `{"id": "q1", "text": "Où est le moulin de Valserre ?"}`,
		"unanswerable.jsonl": `{"id": "u1", "text": "Quel moulin Zébulon Przybylski a-t-il revendu à Krasnoïarsk ou Ouagadougou ?"}`,
		"moulin.txt":         "Le moulin de Valserre est au bord de la rivière.",
	}
	dir := writeSet(t, files)
	target := newTarget(t, dir)
	files["moulin.txt"] += " "
	target.Store = newTarget(t, writeSet(t, files)).Store
	r, err := eval.Run(t.Context(), load(t, dir), target, nil)
	if err != nil {
		t.Fatal(err)
	}
	if r.UntrueQuotes != 2 || len(r.Questions[0].Untrue) != 1 || len(r.Questions[1].Untrue) != 1 || r.Questions[1].Outcome != answers.None {
		t.Errorf("%d untrue quotes, %v and %v, want one in the answer and one near", r.UntrueQuotes, r.Questions[0].Untrue, r.Questions[1].Untrue)
	}
}

// A document with many passages must not hide the others from the ranking.
func TestRunRanksTenDocuments(t *testing.T) {
	line := func(id, text string) string {
		return fmt.Sprintf("{\"id\": %q, \"title\": \"-\", \"language\": \"fr\", \"text\": %q}\n", id, text)
	}
	documents := line("long", strings.Repeat(strings.Repeat("Le phare, le phare, le phare. ", 20)+"\n\n", 90))
	for i := range 12 {
		documents += line(fmt.Sprintf("autre-%02d", i), strings.Repeat("La mer monte. ", 60+i)+"Un phare éclaire la côte.")
	}
	dir := writeSet(t, map[string]string{
		"corpus.jsonl":  documents,
		"queries.jsonl": `{"id": "q1", "text": "phare"}`,
		"qrels.tsv":     "q1\tautre-11\n",
	})
	r, err := eval.Run(t.Context(), load(t, dir), newTarget(t, dir), nil)
	if err != nil {
		t.Fatal(err)
	}
	got := r.Questions[0].Documents
	if len(got) != 10 || got[0] != "long" || got[1] != "autre-00" || got[9] != "autre-08" {
		t.Errorf("documents = %q, want long and the nine shortest others", got)
	}
	checkMeasure(t, "recall at 10 of the thirteenth document", r.RecallAt10, 0)
}

func TestRunWithoutRelevantDocumentsOrAnswers(t *testing.T) {
	dir := writeSet(t, map[string]string{
		"queries.jsonl": `{"id": "q1", "text": "Où est le moulin ?"}`,
		"moulin.txt":    "Le moulin est à Valserre.",
	})
	r, err := eval.Run(t.Context(), load(t, dir), newTarget(t, dir), nil)
	if err != nil {
		t.Fatal(err)
	}
	if r.RecallAt1 != nil || r.NDCGAt10 != nil || r.AnswerInReply != nil || r.Answered != nil || len(r.Kinds) != 0 {
		t.Errorf("report = %+v, want no ranking, no answers, no kinds", r)
	}
}

func TestRunErrors(t *testing.T) {
	for _, c := range []struct {
		what  string
		files map[string]string
		want  string
	}{
		{"empty", map[string]string{"queries.jsonl": `{"id": "q7", "text": " \u200b"}`}, "query q7: the question is empty"},
		{"too long", map[string]string{
			"queries.jsonl":      `{"id": "q1", "text": "Où ?"}`,
			"unanswerable.jsonl": `{"id": "u7", "text": "` + strings.Repeat("é", answers.MaxQuestion+1) + `"}`,
		}, "query u7: the question is longer"},
		{"unknown document", map[string]string{
			"queries.jsonl": `{"id": "q7", "text": "Où ?"}`,
			"qrels.tsv":     "q7\tmer.txt",
		}, `query q7: there is no document "mer.txt"`},
	} {
		c.files["moulin.txt"] = "Le moulin est à Valserre."
		dir := writeSet(t, c.files)
		if _, err := eval.Run(t.Context(), load(t, dir), newTarget(t, dir), nil); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: Run = %v, want an error with %q", c.what, err, c.want)
		}
	}
}

func TestRunIsStopped(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	_, err := eval.Run(ctx, load(t, "testdata/notes"), newTarget(t, "testdata/notes"), func(done, of int) { cancel() })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Run = %v, want %v", err, context.Canceled)
	}
}

func TestRunOutsideSet(t *testing.T) {
	data := os.Getenv("VERBATIM_TESTDATA")
	if data == "" {
		t.Skip("VERBATIM_TESTDATA is not set: it names the folder with eval/xquad_en")
	}
	dir := filepath.Join(data, "eval", "xquad_en")
	r, err := eval.Run(t.Context(), load(t, dir), newTarget(t, dir), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("\n%s", r.Text())
	for _, q := range r.Questions {
		for _, wrong := range q.Untrue {
			t.Errorf("%s: %v", q.ID, wrong)
		}
	}
	if r.UntrueQuotes != 0 || r.N != len(r.Questions) {
		t.Errorf("untrue quotes = %d, want 0; n = %d, want %d", r.UntrueQuotes, r.N, len(r.Questions))
	}
}
