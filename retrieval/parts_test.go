package retrieval_test

import (
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
