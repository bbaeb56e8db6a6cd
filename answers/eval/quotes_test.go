package eval_test

import (
	"slices"
	"strings"
	"testing"

	"verbatim/answers"
	"verbatim/answers/eval"
	"verbatim/corpus"
)

// The source text that is quoted. Its words are told apart by their first letters.
const quoted = "Le phare  de\nSkelby\u00A0: \u00E9teint (1950). Il a 2-\nvies, dit-on; la nuit &c. il luit."

// quote returns an excerpt of the ranges of quoted that the pieces take up, in order.
func quote(t *testing.T, d corpus.Document, text string, pieces ...string) answers.Excerpt {
	t.Helper()
	var e answers.Excerpt
	e.Document, e.Text = d, text
	e.Reference = corpus.Reference{Document: d.ID, Revision: d.Revision}
	at := 0
	for _, piece := range pieces {
		i := strings.Index(quoted[at:], piece)
		if i < 0 {
			t.Fatalf("%q does not stand in the text", piece)
		}
		at += i + len(piece)
		e.Reference.Ranges = append(e.Reference.Ranges, corpus.Range{Start: at - len(piece), End: at})
	}
	return e
}

func newQuoted(t *testing.T) (eval.Target, corpus.Document) {
	t.Helper()
	target := newTarget(t, writeSet(t, map[string]string{"phare.txt": quoted}))
	d, err := target.Store.DocumentNamed(t.Context(), target.Access, "phare.txt")
	if err != nil {
		t.Fatal(err)
	}
	return target, d
}

func TestQuoteIsTrue(t *testing.T) {
	target, d := newQuoted(t)
	for _, c := range []struct {
		what, text string
		pieces     []string
		want       string // in the error; none for a true quote
	}{
		{"runs of white space", "Le phare de Skelby\u00A0: éteint", []string{"Le phare  de\nSkelby\u00A0: éteint"}, ""},
		{"no-break space as a space", "Skelby : éteint", []string{"Skelby\u00A0: éteint"}, ""},
		{"gap with words", "Le phare […] éteint", []string{"Le phare", "éteint"}, ""},
		{"gap without words, as nothing", "Il a 2vies", []string{"Il a 2", "vies"}, ""},
		{"gap without words, as a space", "Il a 2 vies", []string{"Il a 2", "vies"}, ""},
		{"gap of nothing", "dit-on", []string{"dit-", "on"}, ""},
		{"all of it", "Le phare de Skelby : éteint (1950). Il a 2- vies, dit-on; la nuit &c. il luit.", []string{quoted}, ""},
		{"a wrong character", "Le phare de Shelby", []string{"Le phare  de\nSkelby"}, "not what stands there"},
		{"more than stands there", "Le phare de Skelby.", []string{"Le phare  de\nSkelby"}, "not what stands there"},
		{"less than stands there", "Le phare de", []string{"Le phare  de\nSkelby"}, "not what stands there"},
		{"white space dropped", "Le pharede", []string{"Le phare  de"}, "not what stands there"},
		{"white space kept twice", "Le phare  de", []string{"Le phare  de"}, "not what stands there"},
		{"another case", "le phare", []string{"Le phare"}, "not what stands there"},
		{"missing […]", "Le phare éteint", []string{"Le phare", "éteint"}, "not what stands there"},
		{"missing […] for a number", "éteint). Il", []string{"éteint", "). Il"}, "not what stands there"},
		{"[…] for a gap without words", "Il a 2 […] vies", []string{"Il a 2", "vies"}, "not what stands there"},
		{"two spaces for a gap", "Il a 2  vies", []string{"Il a 2", "vies"}, "not what stands there"},
		{"beginning inside a word", "hare de", []string{"hare  de"}, "inside a word"},
		{"ending inside a word", "Le pha", []string{"Le pha"}, "inside a word"},
		{"beginning inside a number", "50", []string{"50"}, "inside a word"},
		{"no range", "", nil, "not whole characters"},
	} {
		wrong, err := eval.Untrue(t.Context(), target.Store, target.Access, []answers.Excerpt{quote(t, d, c.text, c.pieces...)})
		if err != nil {
			t.Fatal(err)
		}
		checkWrong(t, c.what, wrong, c.want)
	}
}

// checkWrong compares what is wrong with one excerpt with what should be.
func checkWrong(t *testing.T, what string, wrong []error, want string) {
	t.Helper()
	switch {
	case want == "" && len(wrong) > 0:
		t.Errorf("%s: %v, want a true quote", what, wrong)
	case want != "" && (len(wrong) != 1 || !strings.Contains(wrong[0].Error(), want)):
		t.Errorf("%s: %v, want one error with %q", what, wrong, want)
	}
}

func TestQuoteRefersToItsDocument(t *testing.T) {
	target, d := newQuoted(t)
	eteint := strings.Index(quoted, "é")
	for _, c := range []struct {
		what  string
		spoil func(*answers.Excerpt)
		want  string
	}{
		{"as it is", func(e *answers.Excerpt) {}, ""},
		{"overlapping ranges", func(e *answers.Excerpt) { e.Reference.Ranges[1].Start = e.Reference.Ranges[0].End - 1 }, "not whole characters"},
		{"descending ranges", func(e *answers.Excerpt) { slices.Reverse(e.Reference.Ranges) }, "not whole characters"},
		{"empty range", func(e *answers.Excerpt) { e.Reference.Ranges[0].End = 0 }, "not whole characters"},
		{"range before the text", func(e *answers.Excerpt) { e.Reference.Ranges[0].Start = -1 }, "not whole characters"},
		{"range beyond the text", func(e *answers.Excerpt) { e.Reference.Ranges[1].End = len(quoted) + 1 }, "not whole characters"},
		{"beginning inside a character", func(e *answers.Excerpt) { e.Reference.Ranges[1].Start = eteint + 1 }, "not whole characters"},
		{"ending inside a character", func(e *answers.Excerpt) { e.Reference.Ranges = []corpus.Range{{End: eteint + 1}} }, "not whole characters"},
		{"another revision", func(e *answers.Excerpt) { e.Reference.Revision = strings.Repeat("0", 64) }, "another hash"},
		{"another document", func(e *answers.Excerpt) { e.Reference.Document = "ffff-0" }, "refers to document"},
		{"unknown document", func(e *answers.Excerpt) { e.Document.ID = "ffff-0" }, "no such document"},
	} {
		e := quote(t, d, "Le phare […] éteint", "Le phare", "éteint")
		c.spoil(&e)
		wrong, err := eval.Untrue(t.Context(), target.Store, target.Access, []answers.Excerpt{e})
		if err != nil {
			t.Fatal(err)
		}
		checkWrong(t, c.what, wrong, c.want)
	}
	hidden := corpus.Only(guild, "another course")
	wrong, err := eval.Untrue(t.Context(), target.Store, hidden, []answers.Excerpt{quote(t, d, "Le phare", "Le phare")})
	if err != nil {
		t.Fatal(err)
	}
	checkWrong(t, "a document that can't be seen", wrong, "no such document")
}

func TestQuotesKeepToLimits(t *testing.T) {
	long := strings.Repeat("é", 450)
	dir := writeSet(t, map[string]string{"long.txt": long + " " + long + " a"})
	target := newTarget(t, dir)
	d, err := target.Store.DocumentNamed(t.Context(), target.Access, "long.txt")
	if err != nil {
		t.Fatal(err)
	}
	excerpt := func(text string, start int) answers.Excerpt {
		e := quote(t, d, text)
		e.Reference.Ranges = []corpus.Range{{Start: start, End: start + len(text)}}
		return e
	}
	first, second, third := excerpt(long, 0), excerpt(long, len(long)+1), excerpt("a", 2*len(long)+2)
	for _, c := range []struct {
		what     string
		excerpts []answers.Excerpt
		want     string
	}{
		{"900 characters", []answers.Excerpt{first, second}, ""},
		{"901 characters", []answers.Excerpt{first, second, third}, "the reply has 901 characters"},
		{"three excerpts", []answers.Excerpt{third, third, third}, ""},
		{"four excerpts", []answers.Excerpt{third, third, third, third}, "it is excerpt 4"},
	} {
		wrong, err := eval.Untrue(t.Context(), target.Store, target.Access, c.excerpts)
		if err != nil {
			t.Fatal(err)
		}
		checkWrong(t, c.what, wrong, c.want)
	}
}
