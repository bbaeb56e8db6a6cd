package eval_test

import (
	"fmt"
	"strings"
	"testing"

	"verbatim/answers"
	"verbatim/answers/eval"
	"verbatim/corpus"
)

// titled returns documents that are called as their titles, but for a number behind it.
func titled(names ...string) []corpus.Document {
	var documents []corpus.Document
	for _, name := range names {
		documents = append(documents, corpus.Document{Name: name, Metadata: corpus.Metadata{Title: strings.Trim(name, "0123456789")}})
	}
	return documents
}

func names(documents []corpus.Document) string {
	var names []string
	for _, d := range documents {
		names = append(names, d.Name)
	}
	return strings.Join(names, " ")
}

// As `printf Kornilov | sha256sum` shows, the hash of Kornilov begins with 61 (of ff,
// .38), that of Moulin with 78 (.47), Amauta 8b (.55) and Phare f7 (.97).
func TestLeaveOutByTitle(t *testing.T) {
	documents := append(titled("Phare1", "Kornilov1", "Amauta1", "Moulin1", "Kornilov2"), corpus.Document{Name: "Kornilov"})
	for share, want := range map[float64]string{
		0.4: "Kornilov1 Kornilov2 Kornilov",
		0.5: "Kornilov1 Moulin1 Kornilov2 Kornilov",
		0.6: "Kornilov1 Amauta1 Moulin1 Kornilov2 Kornilov",
	} {
		s := eval.Set{Queries: []eval.Query{{ID: "q1", Relevant: []string{"Kornilov1"}}, {ID: "q2", Relevant: []string{"Phare1"}}}}
		out, err := s.LeaveOut(share, documents)
		if err != nil || names(out) != want {
			t.Errorf("LeaveOut(%v) = %s, %v, want %s", share, names(out), err, want)
		}
	}
}

func TestLeaveOutDividesQueries(t *testing.T) {
	s := eval.Set{
		Queries: []eval.Query{
			{ID: "there", Kind: "factoid", Relevant: []string{"Phare1"}},
			{ID: "gone", Kind: "factoid", Relevant: []string{"Kornilov1", "Kornilov2"}},
			{ID: "half", Kind: "factoid", Relevant: []string{"Kornilov1", "Amauta1"}},
			{ID: "unknown", Kind: "factoid"},
		},
		Unanswerable: []eval.Query{{ID: "near", Kind: "near"}},
	}
	if _, err := s.LeaveOut(0.5, titled("Phare1", "Kornilov1", "Kornilov2", "Amauta1")); err != nil {
		t.Fatal(err)
	}
	show := func(queries []eval.Query) string {
		var lines []string
		for _, q := range queries {
			lines = append(lines, fmt.Sprint(q.ID, " is ", q.Kind, " of ", q.Relevant, ", ", q.LeftOut))
		}
		return strings.Join(lines, "; ")
	}
	if got, want := show(s.Queries), "there is factoid of [Phare1], false; half is factoid of [Amauta1], false; unknown is factoid of [], false"; got != want {
		t.Errorf("queries: %s, want %s", got, want)
	}
	if got, want := show(s.Unanswerable), "gone is foreign of [Kornilov1 Kornilov2], true; near is near of [], false"; got != want {
		t.Errorf("unanswerable: %s, want %s", got, want)
	}
}

func TestLeaveOutErrors(t *testing.T) {
	documents := titled("Phare1", "Kornilov1")
	for _, c := range []struct {
		what     string
		relevant []string
		want     string
	}{
		{"no qrels.tsv", nil, "does not divide"},
		{"all left out", []string{"Kornilov1"}, "does not divide"},
		{"none left out", []string{"Phare1"}, "does not divide"},
		{"no such document", []string{"Iskra1"}, `there is no document "Iskra1"`},
	} {
		s := eval.Set{Queries: []eval.Query{{ID: "q1", Text: "?", Relevant: c.relevant}}}
		if _, err := s.LeaveOut(0.5, documents); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: LeaveOut = %v, want an error with %q", c.what, err, c.want)
		}
	}
}

// TestRunLeftOut asks about two documents, one of which is left out. The answer to the
// question about it stands in the other by chance.
func TestRunLeftOut(t *testing.T) {
	dir := writeSet(t, map[string]string{
		"corpus.jsonl": `{"id": "d1", "title": "Phare", "text": "Le phare de Skelby fut construit en 1820 par un horloger."}
{"id": "d2", "title": "Kornilov", "text": "Kornilov marche sur la ville en 1820."}`,
		"queries.jsonl": `{"id": "q1", "text": "Quand fut construit le phare de Skelby ?", "answers": ["1820"]}
{"id": "q2", "text": "Quand Kornilov marche-t-il sur la ville du phare ?", "answers": ["1820"], "kind": "factoid"}`,
		"qrels.tsv":          "q1\td1\nq2\td2\n",
		"unanswerable.jsonl": `{"id": "u1", "text": "phare", "kind": "near"}`,
	})
	target, set := newTarget(t, dir), load(t, dir)
	documents, err := target.Store.Documents(t.Context(), target.Access, false)
	if err != nil {
		t.Fatal(err)
	}
	out, err := set.LeaveOut(0.5, documents)
	if err != nil || names(out) != "d2" {
		t.Fatalf("LeaveOut = %s, %v, want d2", names(out), err)
	}
	if err := target.Store.Remove(t.Context(), guild, out[0].ID); err != nil {
		t.Fatal(err)
	}
	r, err := eval.Run(t.Context(), set, target, nil)
	if err != nil {
		t.Fatal(err)
	}
	if r.N != 1 || len(r.Kinds) != 0 || r.FalseAnswers.Foreign[2] != 1 || r.FalseAnswers.Near[2] != 1 {
		t.Errorf("n %d, kinds %v, false answers %+v, want one query and one question of each kind", r.N, r.Kinds, r.FalseAnswers)
	}
	checkMeasure(t, "recall at 1", r.RecallAt1, 1)
	checkMeasure(t, "AUROC indexed", r.LeaveOut.Indexed, 1)
	checkMeasure(t, "coverage at 95", r.LeaveOut.Coverage, 0.5)
	checkMeasure(t, "AUROC in reply", r.LeaveOut.InReply, 1)
	if q := r.Questions[0]; q.Outcome != answers.Excerpts || q.Belongs <= r.Questions[1].Belongs {
		t.Errorf("belongs = %.2f and %.2f, want the first higher", q.Belongs, r.Questions[1].Belongs)
	}
}
