package extract_test

import (
	"fmt"
	"strings"
	"testing"

	"verbatim/corpus/extract"
)

// TestOwnHyphens: where words are not parted at line ends, a hyphen there is the word's own;
// where they are, or in a short text, it goes unless the text tells otherwise.
func TestOwnHyphens(t *testing.T) {
	const compound = "La frontière gréco-\nturque fut tracée de nouveau.\n"
	for _, test := range []struct {
		name   string
		lines  int
		parted int // of these lines
		want   string
	}{
		{"not parted", 150, 0, "gréco-turque"},
		{"hardly ever parted, at words that stand elsewhere whole", 150, 2, "grécoturque"},
		{"parted", 150, 12, "grécoturque"},
		{"too short to tell", 20, 0, "grécoturque"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var source strings.Builder
			for i := range test.lines {
				if i < test.parted {
					source.WriteString("Le greffier note la somme au re-\ngistre.\n")
				}
				fmt.Fprintf(&source, "Au point %d du registre, le greffier note la somme et signe.\n", i)
			}
			text, err := extract.File("a.txt", []byte(source.String()+compound), nil)
			if err != nil {
				t.Fatal(err)
			}
			if got := shownOf(text); !strings.Contains(got, test.want) {
				t.Errorf("read %q, want %q", got[len(got)-60:], test.want)
			}
		})
	}
}

// shownOf returns a text without what is skipped.
func shownOf(text extract.Text) string {
	var out strings.Builder
	at := 0
	for _, s := range text.Skipped {
		out.WriteString(text.Source[at:s.Start])
		at = s.End
	}
	return out.String() + text.Source[at:]
}
