package retrieval_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"verbatim/corpus"
	"verbatim/retrieval"
)

// TestLongSentences: of a sentence that fills half a page, the part is quoted that answers.
func TestLongSentences(t *testing.T) {
	const (
		bridge  = "The mason Ilse Brandt built the stone bridge over the river with forty men of the valley in the dry summer of 1612;"
		mill    = "the miller Otto Krahn paid for the water wheel that stands below the town, and for the dam that was added ten years later;"
		tower   = "the widow Clara Moos gave the bell of the tower, which was cast abroad and brought up the river on a barge in spring."
		gardens = "The gardens of the abbey were laid out by four people one after another, the nun Hedwig who planted the old limes along the wall,"
	)
	list := strings.Join([]string{bridge, mill, tower}, " ")
	commas := gardens + strings.Repeat(" then came years of war in which nobody cared for them and the walls fell down,", 6) +
		" and in the end the botanist Ferdinand Aumer brought tulips from the east and had the paths covered with white gravel."
	for _, test := range []struct{ name, text, question, want string }{
		{"the first part", list, "Who built the stone bridge?", bridge},
		{"one in the middle", list, "Who paid for the water wheel?", mill},
		{"the last one", list, "Who gave the bell of the tower?", tower},
		{"a mark in parentheses", strings.Replace(list, "; the widow", " (as is told; nobody knows); the widow", 1), "Who gave the bell of the tower?", tower},
		{"a short sentence", "Brandt built the bridge; Krahn paid for the wheel; Moos gave the bell.", "Who gave the bell?", "Brandt built the bridge; Krahn paid for the wheel; Moos gave the bell."},
		{"a part that would be too short", "In 1610 came the flood; " + list, "When came the flood?", "In 1610 came the flood; " + bridge},
		{"one without semicolons", commas, "Who planted the old limes?", gardens},
	} {
		t.Run(test.name, func(t *testing.T) {
			l := open(t)
			l.put(t, guild, map[string]string{"a.txt": "---\nlanguage: en\n---\n" + test.text})
			r, err := l.Search(t.Context(), retrieval.Query{Text: test.question, Access: corpus.Everything(guild)}, l.Store)
			check(t, err)
			if len(r.Excerpts) == 0 || r.Excerpts[0].Text != test.want {
				t.Fatalf("%q of %d characters is answered by %q, want %q first", test.question, utf8.RuneCountInString(test.text), texts(r), test.want)
			}
			e := r.Excerpts[0]
			if quote, err := l.Quote(t.Context(), corpus.Everything(guild), e.Reference); err != nil || quote != e.Text {
				t.Errorf("its reference shows %q, %v", quote, err)
			}
		})
	}
}

// clause returns some words that begin with a head, end with a mark and have so many characters.
func clause(head string, runes int, mark string) string {
	return strings.TrimSuffix(sentenceOf(head, runes+1-len(mark)), ".") + mark
}

// TestParts: where a long sentence is divided. Its parts are told by what has a value of its own.
func TestParts(t *testing.T) {
	join := func(clauses ...string) string { return strings.Join(clauses, " ") }
	first, second := clause("The lantern", 100, ";"), clause("a boat", 200, ".")
	few := func(runes int, mark string) string { return clause("The lantern", runes, mark) }
	many := func(runes int) string { return clause("and the boat", runes, ".") }
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"of 300 characters", join(first, clause("a boat", 199, ".")), []string{join(first, clause("a boat", 199, "."))}},
		{"of 301", join(first, second), []string{first, second}},
		{"of 301 bytes", join(clause("La lanterne à é", 100, ";"), clause("un bâteau", 199, ".")), []string{join(clause("La lanterne à é", 100, ";"), clause("un bâteau", 199, "."))}},
		{"a first part of 99", join(few(99, ";"), many(300)), []string{join(few(99, ";"), many(300))}},
		{"a last part of 99", join(few(300, ";"), many(99)), []string{few(300, ";"), many(99)}},
		{"a last part of 98", join(few(300, ";"), many(98)), []string{join(few(300, ";"), many(98))}},
		{"a short part goes with the next", join(few(150, ";"), clause("ropes", 50, ";"), many(150)), []string{few(150, ";"), join(clause("ropes", 50, ";"), many(150))}},
		{"a mark without a space", few(150, ";") + many(300), []string{few(150, ";") + many(300)}},
		{"a mark in parentheses", join(few(150, " (old;"), clause("it is said", 20, ")"), many(300)), []string{join(few(150, " (old;"), clause("it is said", 20, ")"), many(300))}},
		{"one behind them", join(few(150, " (old);"), many(300)), []string{few(150, " (old);"), many(300)}},
		{"a parenthesis that was not opened", join("a) "+few(150, " (old;"), clause("it is said", 20, ")"), many(300)), []string{join("a) "+few(150, " (old;"), clause("it is said", 20, ")"), many(300))}},
		{"commas of 600 characters", join(few(200, ","), many(399)), []string{join(few(200, ","), many(399))}},
		{"commas of 601", join(few(200, ","), many(400)), []string{few(200, ","), many(400)}},
		{"colons of 601", join(few(200, ":"), many(400)), []string{few(200, ":"), many(400)}},
		{"commas in a long part between semicolons", join(few(150, ";"), clause("a sail", 300, ","), clause("a mast", 320, ";"), clause("ropes", 120, ","), many(120)),
			[]string{few(150, ";"), clause("a sail", 300, ","), clause("a mast", 320, ";"), join(clause("ropes", 120, ","), many(120))}},
		{"over the end of a page", few(150, ";") + "\n<!-- page 4 -->\n" + many(300), []string{few(150, ";"), many(300)}},
	} {
		values := sentenceValues(t, "en", "lantern", map[string]string{"Notes": test.text})
		want := slices.Sorted(slices.Values(test.want))
		if got := slices.Sorted(maps.Keys(values)); !slices.Equal(got, want) {
			t.Errorf("%s: parts\n\t%q, want\n\t%q", test.name, got, want)
		}
	}
	for _, test := range []struct {
		name, end, begin string // of a page, and of the next
		want             []string
	}{
		{"a page ends in a part", few(150, ";") + " and the sail", "is as old as " + many(200), []string{few(150, ";"), "and the sail is as old as " + many(200)}},
		{"a page ends behind a mark, so that no space is seen", few(150, ";"), many(300), []string{few(150, ";") + " " + many(300)}},
	} {
		values := sentenceValues(t, "en", "lantern", map[string]string{"Notes": printed(test.end, test.begin)})
		for _, part := range test.want {
			if values[part] == 0 {
				t.Errorf("%s: none of %v is %q", test.name, slices.Sorted(maps.Keys(values)), part)
			}
		}
	}
}
