package eval_test

import (
	"encoding/json"
	"errors"
	"flag"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"verbatim/answers"
	"verbatim/answers/eval"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares what a test got with a file in testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := "testdata/" + name
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
	}
}

// judgedSet is replies from which every measure can be worked out by hand.
func judgedSet() []eval.Judged {
	query := func(id, kind string, answers, relevant []string) eval.Query {
		return eval.Query{ID: id, Kind: kind, Answers: answers, Relevant: relevant}
	}
	wrong := errors.New("its text is not what stands there")
	return []eval.Judged{
		{Query: query("q1", "factoid", []string{"1950"}, []string{"a"}), Answerable: true, Outcome: answers.Excerpts,
			InReply: [3]bool{true, true, true}, Answered: [3]bool{true, true, true}, Characters: 400,
			Documents: []string{"a", "b"}, Took: 4 * time.Millisecond},
		{Query: query("q2", "factoid", []string{"50"}, []string{"a", "c"}), Answerable: true, Outcome: answers.None,
			InReply: [3]bool{false, true, true}, Documents: []string{"b", "a", "d", "e", "f", "c"}, Took: time.Millisecond},
		{Query: query("q3", "explain", nil, []string{"z"}), Answerable: true, Outcome: answers.Excerpts, Hedged: true,
			Characters: 200, Documents: []string{"b"}, Untrue: []error{wrong, wrong}, Took: 2 * time.Millisecond},
		{Query: query("q4", "", []string{"rien"}, nil), Answerable: true, Outcome: answers.Excerpts,
			Characters: 800, Took: 1 * time.Millisecond},
		{Query: query("u1", "foreign", nil, nil), Outcome: answers.None, Untrue: []error{wrong}, Took: time.Hour},
		{Query: query("u2", "foreign", nil, nil), Outcome: answers.Excerpts, Hedged: true},
		{Query: query("u3", "foreign", nil, nil), Outcome: answers.Excerpts},
		{Query: query("u4", "near", nil, nil), Outcome: answers.Excerpts},
		{Query: query("u5", "trick", nil, nil), Outcome: answers.Excerpts},
		{Query: query("u6", "", nil, nil), Outcome: answers.None},
	}
}

func TestReport(t *testing.T) {
	r := eval.NewReport("hand", judgedSet())
	for _, c := range []struct {
		measure string
		got     *float64
		want    float64
	}{
		// Of q1, q2 and q3, which have relevant documents.
		{"recall at 1", r.RecallAt1, (1.0 + 0 + 0) / 3},
		{"recall at 5", r.RecallAt5, (1.0 + 0.5 + 0) / 3},
		{"recall at 10", r.RecallAt10, (1.0 + 1 + 0) / 3},
		{"MRR", r.MRRAt10, (1.0 + 0.5 + 0) / 3},
		// q2: 1/log2(3) + 1/log2(7) over 1/log2(2) + 1/log2(3).
		{"nDCG", r.NDCGAt10, (1.0 + (0.6309297535714574+0.3562071871080222)/1.6309297535714574 + 0) / 3},
		// Of q1, q2 and q4, which have answers.
		{"answer in 300", &r.AnswerInReply.In300, 1.0 / 3},
		{"answer in 600", &r.AnswerInReply.In600, 2.0 / 3},
		{"answer in 900", &r.AnswerInReply.In900, 2.0 / 3},
		{"answered in 900", &r.Answered.In900, 1.0 / 3},
		// Of all queries.
		{"characters", &r.CharactersShown, (400.0 + 0 + 200 + 800) / 4},
		{"refused", &r.Refused, 1.0 / 4},
		{"questions a second", &r.QuestionsASecond, 4 / 0.008},
		{"p50", &r.P50, 1},
		{"p99", &r.P99, 4},
	} {
		checkMeasure(t, c.measure, c.got, c.want)
	}
	want := eval.FalseAnswers{Foreign: eval.FalseCount{1, 1, 3}, Near: eval.FalseCount{1, 0, 1}, Other: eval.FalseCount{1, 0, 2}}
	if r.FalseAnswers != want {
		t.Errorf("false answers = %v, want %v", r.FalseAnswers, want)
	}
	if r.N != 4 || r.UntrueQuotes != 3 {
		t.Errorf("n, untrue quotes = %d, %d, want 4, 3", r.N, r.UntrueQuotes)
	}
	if f := r.Kinds["factoid"]; len(r.Kinds) != 2 || f.N != 2 || f.Refused != 0.5 || f.AnswerInReply.In300 != 0.5 || f.Answered.In600 != 0.5 {
		t.Errorf("kinds = %+v, want factoid and explain, half of factoid refused", r.Kinds)
	}
	if r.Kinds["explain"].AnswerInReply != nil {
		t.Errorf("answer in reply of kind explain = %v, want nil: it has no answers", r.Kinds["explain"].AnswerInReply)
	}
}

// The ideal ranking has no more than ten documents.
func TestReportManyRelevantDocuments(t *testing.T) {
	j := eval.Judged{Answerable: true}
	for i := range 12 {
		j.Relevant = append(j.Relevant, strconv.Itoa(i))
	}
	j.Documents = slices.Clone(j.Relevant[:10])
	r := eval.NewReport("many", []eval.Judged{j})
	checkMeasure(t, "nDCG", r.NDCGAt10, 1)
	checkMeasure(t, "recall at 10", r.RecallAt10, 10.0/12)
}

func TestPercentiles(t *testing.T) {
	var all []eval.Judged
	for i := range 200 {
		all = append(all, eval.Judged{Answerable: true, Took: time.Duration(200-i) * time.Millisecond})
	}
	if r := eval.NewReport("times", all); r.P50 != 100 || r.P99 != 198 {
		t.Errorf("p50, p99 of 1 to 200 ms = %v, %v, want 100, 198", r.P50, r.P99)
	}
}

// The keys, their order and their nulls are what other programs read.
func TestReportJSON(t *testing.T) {
	for name, all := range map[string][]eval.Judged{
		"report.json":      judgedSet(),
		"report-bare.json": {{Answerable: true, Outcome: answers.None, Took: time.Second}},
	} {
		got, err := json.MarshalIndent(eval.NewReport("hand", all).WithoutTimes(), "", "\t")
		if err != nil {
			t.Fatal(err)
		}
		golden(t, name, string(got)+"\n")
	}
}

func TestReportText(t *testing.T) {
	r := eval.NewReport("hand", judgedSet())
	golden(t, "report.txt", r.Text())
	golden(t, "report-untimed.txt", r.WithoutTimes().Text())
}
