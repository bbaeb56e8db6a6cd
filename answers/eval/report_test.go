package eval_test

import (
	"encoding/json"
	"errors"
	"flag"
	"os"
	"slices"
	"strconv"
	"strings"
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

func query(id, kind string, answers, relevant []string) eval.Query {
	return eval.Query{ID: id, Kind: kind, Answers: answers, Relevant: relevant}
}

// judgedSet is replies from which every measure can be worked out by hand.
func judgedSet() []eval.Judged {
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
		"report-out.json":  divided(),
		"report-bare.json": {{Answerable: true, Outcome: answers.None, Took: time.Second}},
	} {
		got, err := json.MarshalIndent(eval.NewReport("hand", all).WithoutTimes(), "", "\t")
		if err != nil {
			t.Fatal(err)
		}
		golden(t, name, string(got)+"\n")
	}
}

// divided is a set that was divided: of each query its grades, and whether it was left
// out, has an answer, and has it in the reply.
func divided() []eval.Judged {
	judge := func(belongs, confidence float64, leftOut, inReply bool, answers ...string) eval.Judged {
		j := eval.Judged{Query: query("q", "", answers, []string{"a"}), Answerable: !leftOut, Belongs: belongs, Confidence: confidence}
		j.LeftOut, j.InReply[2] = leftOut, inReply
		return j
	}
	unanswerable := eval.Judged{Query: query("u", "", nil, nil), Belongs: 1, Confidence: 1}
	nowhere := judge(0, 0.7, false, true, "x") // which document answers it is not known
	nowhere.Relevant = nil
	return []eval.Judged{
		judge(0.9, 0.8, false, true, "x"),
		judge(0.8, 0.8, false, false, "x"),
		judge(0.8, 0.8, false, false), // without answers
		judge(0.6, 0.1, false, true, "x"),
		nowhere,
		judge(0.8, 0.1, true, false, "x"),
		judge(0.5, 0.3, true, true, "x"), // the words stand there by chance
		judge(0.5, 0.9, true, false),
		unanswerable,
	}
}

func TestLeaveOutMeasures(t *testing.T) {
	got := eval.NewReport("divided", divided()).LeaveOut
	if got == nil {
		t.Fatal("leave out = nil")
	}
	// Indexed: .9 .8 .8 .6 against .8 .5 .5. Of 12 pairs .9 wins 3, each .8 2½, .6 2.
	checkMeasure(t, "AUROC indexed", got.Indexed, (3+2.5+2.5+2)/12)
	// Only the cut at .9 lets pass none that is left out: 1 of 7.
	checkMeasure(t, "coverage at 95", got.Coverage, 1.0/7)
	// In reply: .8 .1 .7 against .8 .1 .3 .9. Of 12 pairs .8 wins 2½, .1 ½, .7 2.
	checkMeasure(t, "AUROC in reply", got.InReply, (2.5+0.5+2)/12)
	if r := eval.NewReport("hand", judgedSet()); r.LeaveOut != nil {
		t.Errorf("leave out = %+v of a set that is not divided, want nil", r.LeaveOut)
	}
}

// TestCoverage: the cut may lie below bad questions, when enough good ones stand above
// and below them, but never between questions of one grade.
func TestCoverage(t *testing.T) {
	for _, c := range []struct {
		what   string
		grades string // from the highest: + a query whose documents are there, - a left-out one; together those of one grade
		want   float64
	}{
		{"all good above", "+ + - -", 2.0 / 4},
		{"a bad one on top", "- + + +", 0},
		{"one bad of twenty", "++++++++++ - +++++++++ -", 20.0 / 21},
		{"one bad of nineteen", "++++++++++ - ++++++++ -", 10.0 / 20},
		{"equal grades", "+- + +", 0},
		{"equal grades, few bad", "+ +++++++++++++++++++-", 1},
	} {
		var all []eval.Judged
		levels := strings.Fields(c.grades)
		for i, level := range levels {
			for _, sign := range level {
				j := eval.Judged{Query: query("q", "", nil, []string{"a"}), Answerable: sign == '+', Belongs: float64(len(levels) - i)}
				j.LeftOut = sign == '-'
				all = append(all, j)
			}
		}
		checkMeasure(t, c.what, eval.NewReport("cut", all).LeaveOut.Coverage, c.want)
	}
}

func TestReportText(t *testing.T) {
	r := eval.NewReport("hand", judgedSet())
	golden(t, "report.txt", r.Text())
	golden(t, "report-untimed.txt", r.WithoutTimes().Text())
	golden(t, "report-out.txt", eval.NewReport("divided", divided()).WithoutTimes().Text())
}
