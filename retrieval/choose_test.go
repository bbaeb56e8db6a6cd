package retrieval_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"verbatim/corpus"
	"verbatim/retrieval"
)

// askOf asks about texts in English by their names.
func askOf(t *testing.T, texts map[string]string, question string) retrieval.Result {
	t.Helper()
	l := open(t)
	put := map[string]string{}
	for name, text := range texts {
		put[name] = "---\nlanguage: en\n---\n" + text
	}
	l.put(t, guild, put)
	r, err := l.Search(t.Context(), retrieval.Query{Text: question, Access: corpus.Everything(guild)}, l.Store)
	check(t, err)
	return r
}

// TestWordsWeighByTheirBestPlace: that a word stands in the title, before and behind does not
// make up for its missing in the sentence.
func TestWordsWeighByTheirBestPlace(t *testing.T) {
	const holds = "The Lagons came to Lagonia in the tenth century."
	got := askOf(t, map[string]string{
		"a.md": "# The Lagons\n\nThe Lagons had many laws. The customs of Lagonia were written down in 1245. The Lagons kept to them, and the Lagons of the coast did too.\n",
		"b.md": "# Settlers\n\n" + holds + " Some of the ships were found.\n",
	}, "When were the Lagons in Lagonia?")
	if len(got.Excerpts) == 0 || !strings.HasPrefix(got.Excerpts[0].Text, holds) {
		t.Errorf("quoted is %q, want %q first", texts(got), holds)
	}
}

// sentenceOf returns a sentence that begins with a head and has so many characters. It has no
// word of a question besides.
func sentenceOf(head string, runes int) string {
	fill := runes - utf8.RuneCountInString(head) - 1
	return head + strings.Repeat(" burns", fill/6) + strings.Repeat("s", fill%6) + "."
}

// checkQuoted reports what is quoted if that is something else.
func checkQuoted(t *testing.T, name string, got retrieval.Result, want ...string) {
	t.Helper()
	if !slices.Equal(texts(got), want) {
		t.Errorf("%s: quoted is\n\t%q, want\n\t%q", name, texts(got), want)
	}
}

// brill is a question of five words. A sentence with four of them is worth enough to be quoted
// beside one with all, if none of them is a frequent word.
const brill = "copper lantern Brill harbour winter"

// amongOthers adds texts without words of a question, so that its words are rare ones.
func amongOthers(texts map[string]string) map[string]string {
	for i := range 30 {
		texts[fmt.Sprintf("other%d.txt", i)] = "Gulls sit on the rocks."
	}
	return texts
}

// TestAllRoomIsUsed: sentences that fill a reply to its last character are quoted, with what is
// shown between them, and one character more is not.
func TestAllRoomIsUsed(t *testing.T) {
	var sentences []string
	for i, runes := range []int{149, 149, 149, 149, 149, 150} {
		sentences = append(sentences, sentenceOf(fmt.Sprintf("Lantern %c", 'A'+rune(i)), runes))
	}
	all := strings.Join(sentences, " ")
	checkQuoted(t, "neighbours", askOf(t, map[string]string{"a.txt": all}, "lantern"), all)
	got := askOf(t, map[string]string{"a.txt": all[:len(all)-1] + "sss."}, "lantern") // two spaces more could be saved
	if n := utf8.RuneCountInString(strings.Join(texts(got), "")); n == 0 || n > 900 {
		t.Errorf("of %d characters %d are shown", len(all)+3, n)
	}

	best := sentenceOf("The copper lantern of Brill harbour in winter", 200)
	first, second := sentenceOf("A copper lantern of Brill harbour", 300), sentenceOf("Another copper lantern of Brill harbour", 395)
	const gap = "Ships came home."
	for _, more := range []string{"", "s"} {
		second := second[:len(second)-1] + more + "."
		got := askOf(t, amongOthers(map[string]string{"a.txt": best, "b.txt": strings.Join([]string{first, gap, second}, " ")}), brill)
		if want := first + " […] " + second; more == "" {
			checkQuoted(t, "with a jump", got, best, want)
		} else {
			checkQuoted(t, "with a jump, one more", got, best, first+" "+gap)
		}
	}
}

// TestNothingFits: of a sentence that is longer than a reply its beginning is quoted, up to the
// last space that leaves it short enough, and of several that with most words of the question.
func TestNothingFits(t *testing.T) {
	long := sentenceOf("The lantern of Brill", 901)
	long = long[:len(long)-1]
	for _, test := range []struct{ name, text, question, want string }{
		{"to the last character", long + " and is lit again.", "lantern", long},
		{"one more", long + "s and is lit again.", "lantern", long[:strings.LastIndex(long, " ")]},
		{"the second", sentenceOf("The harbour", 905) + " " + long + " and is lit again.", "lantern Brill", long},
		{"the first of equals", long + " and is lit again. " + sentenceOf("A lantern in Brill", 1000), "lantern Brill", long},
	} {
		checkQuoted(t, test.name, askOf(t, map[string]string{"a.txt": test.text}, test.question), test.want)
	}
}

// TestShortIsFirst: of two sentences of about the same value the shorter one comes first.
func TestShortIsFirst(t *testing.T) {
	short, long := "The lantern was lit on the island of Brill.", sentenceOf("A lantern of Brill", 800)
	got := askOf(t, map[string]string{"a.txt": long + " " + short}, "lantern Brill")
	checkQuoted(t, "a short one", got, short, long)
}

// TestShares: an excerpt says which share of all value it has.
func TestShares(t *testing.T) {
	got := askOf(t, map[string]string{"a.txt": "The lantern of Brill burns.", "b.txt": "A lantern burns in Brill too."}, "lantern Brill")
	if len(got.Excerpts) != 2 || math.Abs(got.Excerpts[0].Share+got.Excerpts[1].Share-1) > 1e-9 || got.Excerpts[0].Share <= got.Excerpts[1].Share {
		t.Errorf("shares of all that there is are %v, want two that make one, the first the larger", got.Excerpts)
	}
}

// TestWhoIsMeant: a quote that begins with a pronoun of a person has the sentence before it that
// says who that is, unless that stands in another quote or both are too long.
func TestWhoIsMeant(t *testing.T) {
	const who, taught = "Ada Quill opened a school at Brill.", "She taught the miners to read."
	for name, test := range map[string]struct {
		text string
		want string
	}{
		"a person":    {who + " " + taught, who + " " + taught},
		"a thing":     {who + " It taught the miners to read.", "It taught the miners to read."},
		"head of all": {taught + " " + who, taught + " " + who},
		"too long":    {sentenceOf("Ada Quill opened a school and", 280) + " " + taught, taught},
		"of his":      {who + " Her sister taught the miners to read.", "Her sister taught the miners to read."},
	} {
		got := askOf(t, amongOthers(map[string]string{"a.txt": test.text}), "Who taught the miners to read?")
		if len(got.Excerpts) == 0 || texts(got)[0] != test.want {
			t.Errorf("%s: quoted is %q, want %q", name, texts(got), test.want)
		}
	}
}

// TestOrderOfExcerpts: what is quoted stands in the order in which most is worth reading first.
func TestOrderOfExcerpts(t *testing.T) {
	const before, best = "Ships came home from the north.", "The lantern fell into the sea."
	got := askOf(t, map[string]string{"a.md": "# The lantern\n\n" + before + " " + best}, "lantern")
	checkQuoted(t, "what stands before the best sentence follows it", got, best, before)

	const (
		all   = "The copper lantern of Brill harbour fell that winter."
		one   = "A copper lantern hung over the harbour of Brill."
		two   = "Brill bought another copper lantern for its harbour."
		other = "No harbour but Brill had lit such a copper lantern so far."
	)
	gap := sentenceOf("Ships came home and nobody knew", 150)
	far := sentenceOf(strings.TrimSuffix(other, ".")+" as", 150)
	got = askOf(t, amongOthers(map[string]string{"a.txt": strings.Join([]string{one, gap, two, gap, all}, " "), "b.txt": far}), brill)
	checkQuoted(t, "where another text needs the room, any two of a passage are joined", got, all, one+" […] "+two, far)

	const three = "Brill has a harbour and the copper lantern hangs there still today."
	got = askOf(t, amongOthers(map[string]string{"a.txt": strings.Join([]string{three, gap, one, gap, two, gap, all}, " ")}), brill)
	checkQuoted(t, "where the same text needs it, none are", got, all, one, three+" […] "+two)

	long := sentenceOf("The harbour of Brill had its copper lantern and it", 400)
	got = askOf(t, amongOthers(map[string]string{"a.txt": all, "b.txt": two + " " + long, "c.txt": far}), brill)
	checkQuoted(t, "an excerpt that becomes long goes behind a short one", got, all, far, two+" "+long)

	got = askOf(t, amongOthers(map[string]string{"a.txt": all, "b.md": "# The copper lantern of Brill harbour\n\nShips came home."}), brill)
	checkQuoted(t, "without a word of the question another text is not quoted", got, all)

	got = askOf(t, amongOthers(map[string]string{"a.txt": all, "b.txt": two, "c.txt": one, "d.txt": other}), brill)
	checkQuoted(t, "of four texts three are quoted", got, all, one, two)
}

// TestRoomOfExplanations: an explanation goes on for 450 characters, or begins up to 300 before
// its end. What it leaves comes after it.
func TestRoomOfExplanations(t *testing.T) {
	const other = "An old stone dike of Brill broke because of frost."
	best := sentenceOf("The old stone dike of Brill broke in winter because it", 100)
	for _, test := range []struct {
		name                string
		before, next, after int // characters of the sentences around it
		want                string
	}{
		{"after it to the last character", 350, 200, 148, "best next after"},
		{"one more", 350, 200, 149, "best next"},
		{"before it to the last character", 199, 400, 100, "before best"},
		{"one more", 200, 400, 100, "best"},
	} {
		around := map[string]string{"best": best, "before": sentenceOf("Ships", test.before), "next": sentenceOf("Gulls", test.next), "after": sentenceOf("Boats", test.after)}
		got := askOf(t, map[string]string{
			"a.txt": strings.Join([]string{around["before"], best, around["next"], around["after"]}, " "), "b.txt": other,
		}, "Why did the old stone dike of Brill break in winter?")
		var want []string
		for _, name := range strings.Fields(test.want) {
			want = append(want, around[name])
		}
		if len(got.Excerpts) < 2 || got.Excerpts[0].Text != strings.Join(want, " ") || got.Excerpts[1].Text != other {
			t.Errorf("%s: quoted is %q, want %q and then %q", test.name, texts(got), want, other)
		}
		if all := strings.Join(texts(got), " "); !strings.Contains(all, around["after"]) {
			t.Errorf("%s: quoted is %q, want %q too, as there is room", test.name, texts(got), around["after"])
		}
	}
	long := sentenceOf("The old dike broke because it", retrieval.MaxRunes)
	got := askOf(t, map[string]string{"a.txt": long, "b.txt": "A dike is long."}, "Why did the old dike break?")
	checkQuoted(t, "one that fills the reply", got, long)
	got = askOf(t, map[string]string{"a.txt": long[:len(long)-1] + "s.", "b.txt": "A dike is long."}, "Why did the old dike break?")
	checkQuoted(t, "one that is too long", got, "A dike is long.")
}

// TestListsOfSources: a list of sources is no second excerpt, unless it may be asked for.
func TestListsOfSources(t *testing.T) {
	note := map[string]string{"harbour.md": `# The harbour of Vell

## The frost

The harbour of Vell froze in the winter of 1709, and for six weeks no ship could leave it. Le port de Vell a gelé en 1709.

## Sources

- Ada Kern, *The Harbour of Vell and the Frost*, Northern Press, 1931.
- Jon Rask, *Ships of Vell*, 1950.
- Ada Kern, *Le port de Vell et le gel de l'année 1709*, 1935.
`}
	for _, test := range []struct {
		question string
		want     bool
	}{
		{"When did the harbour of Vell freeze?", false},
		{"Which book treats of the harbour of Vell?", true},
		{"Ada Kern", true},
		{"En quelle année le port de Vell a-t-il gelé ?", false}, // quelle is a source in German
	} {
		got := askOf(t, note, test.question)
		isSources := func(e retrieval.Excerpt) bool { return slices.Contains(e.Section, "Sources") }
		if slices.ContainsFunc(got.Excerpts, isSources) != test.want {
			t.Errorf("%q quotes %q, want the sources: %t", test.question, texts(got), test.want)
		}
	}
}
