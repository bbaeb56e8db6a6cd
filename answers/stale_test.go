package answers_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"verbatim/answers"
	"verbatim/corpus"
)

// fates returns what is stale, a line for each quote.
func (d desk) fates(t *testing.T, access corpus.Access, same bool) []string {
	t.Helper()
	list, err := d.curated.Stale(t.Context(), access, same)
	must(t, err)
	var lines []string
	for _, a := range list {
		for _, q := range a.Quotes {
			lines = append(lines, fmt.Sprintf("%s %d %s: %s", a.Question, q.Source, q.Fate, q.New))
		}
	}
	return lines
}

// shownOf returns the texts of the sources that a reply shows.
func (d desk) shownOf(t *testing.T, a answers.Curated) []string {
	t.Helper()
	shown, err := d.curated.Sources(t.Context(), everything, a)
	must(t, err)
	var texts []string
	for _, e := range shown {
		texts = append(texts, e.Text)
	}
	return texts
}

const before = `# Cours

Le soviet est un conseil de délégués ouvriers élus. Il siège à Petrograd.

La douma est dissoute par le tsar en 1907.

Le congrès adopte une longue résolu-
tion sur la question agraire et se sépare.
`

// TestStale: what becomes of a quote when its text changes, what a reply shows of it, and
// what is shown once the new place is taken over.
func TestStale(t *testing.T) {
	const quote = "Il siège à Petrograd."
	const hyphenated = "Le congrès adopte une longue résolution sur la question agraire et se sépare."
	insert := "# Cours\n\nUne introduction nouvelle précède.\n\n"
	head := "# Cours\n\n"
	for _, test := range []struct {
		name, quote, text string
		fate              answers.Fate
		now               string // that is shown of it
		afterTaking       string // with changed ones
	}{
		{"nothing changed", quote, before, "", quote, quote},
		{"changed after it", quote, before + "\nFin.\n", answers.SameQuote, quote, quote},
		{"moved", quote, strings.Replace(before, head, insert, 1), answers.MovedQuote, "", quote},
		{"moved with a hyphen", hyphenated, strings.Replace(before, head, insert, 1), answers.MovedQuote, "", hyphenated},
		{"changed", "Le soviet est un conseil de délégués ouvriers élus.",
			strings.Replace(before, "de délégués ouvriers élus", "de délégués des ouvriers et soldats", 1),
			answers.ChangedQuote, "", "Le soviet est un conseil de délégués des ouvriers et soldats."},
		{"gone", "La douma est dissoute par le tsar en 1907.",
			strings.Replace(before, "La douma est dissoute par le tsar en 1907.", "Rien ne reste.", 1), answers.GoneQuote, "", ""},
		{"all gone", quote, "# Autre\n\nTout autre chose.\n", answers.GoneQuote, "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			eachDesk(t, func(t *testing.T, d desk) {
				doc := putText(t, d.texts, "a.md", before)
				c := content("Où siège le soviet ?", "Là.")
				c.Sources = []answers.Source{{Text: "cours du 3 mars"}, quoteOf(doc, test.quote)}
				if test.quote == hyphenated { // it is given by its place
					source, err := d.texts.Text(t.Context(), everything, doc.ID, corpus.Range{End: doc.Bytes})
					must(t, err)
					at, hyphen, end := strings.Index(source, "Le congrès"), strings.Index(source, "-\ntion"), strings.Index(source, "sépare.")+len("sépare.")
					c.Sources[1] = answers.Source{Reference: corpus.Reference{Document: doc.ID, Revision: doc.Revision,
						Ranges: []corpus.Range{{Start: at, End: hyphen}, {Start: hyphen + len("-\n"), End: end}}}}
				}
				a := add(t, d.curated, guild, c)
				if a.Sources[1].Quote != test.quote {
					t.Fatalf("the quote is %q, want %q", a.Sources[1].Quote, test.quote)
				}
				putText(t, d.texts, "a.md", test.text)
				var want []string
				if test.fate != "" {
					want = []string{fmt.Sprintf("Où siège le soviet ? 1 %s: %s", test.fate, test.afterTaking)}
				}
				if got := d.fates(t, everything, true); !slices.Equal(got, want) {
					t.Errorf("Stale = %q, want %q", got, want)
				}
				if got := d.fates(t, everything, false); (test.fate == "" || test.fate == answers.SameQuote) != (len(got) == 0) {
					t.Errorf("Stale without same ones = %q", got)
				}
				if got := d.shownOf(t, a); slices.Contains(got, test.quote) != (test.now != "") {
					t.Errorf("a reply shows %q, want %q", got, test.now)
				}
				taken, err := d.curated.TakeOver(t.Context(), everything, a.ID, 0, "mo", false)
				must(t, err)
				if got := d.shownOf(t, taken); slices.Contains(got, test.quote) != (test.afterTaking == test.quote) {
					t.Errorf("after taking over what moved a reply shows %q", got)
				}
				taken, err = d.curated.TakeOver(t.Context(), everything, a.ID, taken.Revision, "mo", true)
				must(t, err)
				if got := d.shownOf(t, taken); test.afterTaking != "" && !slices.Contains(got, test.afterTaking) {
					t.Errorf("after taking over all a reply shows %q, want %q", got, test.afterTaking)
				}
				if got := d.fates(t, everything, true); (len(got) == 0) != (test.fate != answers.GoneQuote) {
					t.Errorf("after taking over all Stale = %q", got)
				}
			})
		})
	}
}

// TestStaleDocument: a document that is removed is gone, one that can't be seen is not
// spoken of.
func TestStaleDocument(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		doc := putText(t, d.texts, "a.md", "---\ncourse: a\n---\n"+before)
		c := content("Où siège le soviet ?", "Là.")
		c.Sources = []answers.Source{quoteOf(doc, "Il siège à Petrograd.")}
		a := add(t, d.curated, guild, c)
		must(t, d.texts.Remove(t.Context(), guild, doc.ID))
		want := []string{"Où siège le soviet ? 0 gone: "}
		if got := d.fates(t, everything, false); !slices.Equal(got, want) {
			t.Errorf("Stale = %q, want %q", got, want)
		}
		for _, access := range []corpus.Access{corpus.Only(guild, ""), corpus.Everything("g2")} {
			if got := d.fates(t, access, true); len(got) != 0 {
				t.Errorf("who may not see the text is told of %q", got)
			}
		}
		wantMissing(t, "TakeOver in another guild", second(d.curated.TakeOver(t.Context(), corpus.Everything("g2"), a.ID, 0, "mo", true)))
		must(t, d.texts.Restore(t.Context(), guild, doc.ID))
		if got := d.fates(t, everything, true); len(got) != 0 {
			t.Errorf("of a document that came back Stale = %q", got)
		}
	})
}

// TestTakeOverKeeps: who takes quotes over loses none of a text that they can't see.
func TestTakeOverKeeps(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		hidden := putText(t, d.texts, "a.md", "---\ncourse: a\n---\nLe mot de passe est sésame.")
		text := putText(t, d.texts, "b.md", "Sokolnikov signe à Brest.")
		c := content("Qui signe ?", "Sokolnikov.")
		c.Sources = []answers.Source{quoteOf(hidden, "Le mot de passe est sésame."), quoteOf(text, "Sokolnikov signe à Brest.")}
		a := add(t, d.curated, guild, c)
		putText(t, d.texts, "b.md", "En mars. Sokolnikov signe à Brest.")
		b, err := d.curated.TakeOver(t.Context(), corpus.AllBut(guild, "a"), a.ID, 0, "mo", false)
		if err != nil || b.Revision != 2 || len(b.Sources) != 1 {
			t.Errorf("TakeOver = revision %d with %d sources, %v, want revision 2 with the one that can be seen", b.Revision, len(b.Sources), err)
		}
		if b, err = d.curated.Curated(t.Context(), everything, a.ID); err != nil || len(b.Sources) != 2 {
			t.Errorf("the answer has %d sources, %v, want both", len(b.Sources), err)
		}
	})
}
