package extract_test

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"verbatim/corpus/extract"
)

var update = flag.Bool("update", false, "rewrite the expected results")

// TestGolden reads the first file of each archive, with the second as its sidecar
// if there are three, and compares what was read with the file "want".
func TestGolden(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("testdata: %v, %d archives", err, len(names))
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var sidecar []byte
			if len(archive.Files) > 2 {
				sidecar = archive.Files[1].Data
			}
			text, err := extract.File(archive.Files[0].Name, unescape(archive.Files[0].Data), sidecar)
			got := render(text)
			if err != nil {
				got = "error: " + err.Error() + "\n"
			} else {
				checkText(t, text)
			}
			want := &archive.Files[len(archive.Files)-1]
			if *update {
				want.Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if got != string(want.Data) {
				t.Errorf("read\n%s\nwant\n%s", got, want.Data)
			}
		})
	}
}

// Characters that can't be seen are written in the archives as others that can.
var visible = strings.NewReplacer("\f", "␌", "\u00AD", "␣SHY")

// unescape returns the file that an archive means: ␌ is a form feed, ␣SHY a soft
// hyphen, and a backslash at a line end a space that is not lost there.
func unescape(data []byte) []byte {
	return []byte(strings.NewReplacer("␌", "\f", "␣SHY", "\u00AD", "\\\n", " \n").Replace(string(data)))
}

// render writes a text as it is, with its marks in braces where they stand:
//
//	{p 49}           here begins page 49
//	{p 48–49?}       from here on up to {p 49} the text stands on page 48 or 49
//	{h2 …}           a heading of level 2
//	{note 1 …}       the body of note 1
//	{call 1 …}       where note 1 is called; {call 1? …} if there is no such note
//	{skip …}         what is no part of the text; ⏎ is a line end in it
//
// What the text says and seems to say about itself comes first.
func render(text extract.Text) string {
	var out strings.Builder
	if m := text.Metadata; m != (extract.Metadata{}) {
		fmt.Fprintf(&out, "%+v\n", m)
	}
	for _, g := range text.Guessed {
		fmt.Fprintf(&out, "{guess %s %.2f: %s}\n", g.Field, g.Confidence, g.Value)
	}
	at, skipping := 0, false
	for _, m := range marksOf(text) {
		out.WriteString(shown(text.Source[at:m.at], skipping) + m.text)
		at = m.at
		if m.skips {
			skipping = !skipping
		}
	}
	out.WriteString(shown(text.Source[at:], false))
	return strings.TrimRight(out.String(), "\n") + "\n"
}

func shown(s string, skipped bool) string {
	if skipped {
		s = strings.NewReplacer("\n", "⏎", "\r", "").Replace(s)
	}
	return visible.Replace(s)
}

// A mark is what render writes at an offset of the source text.
type mark struct {
	at, order int // of the marks at one offset, those of the lowest order come first
	text      string
	skips     bool // a skipped range begins or ends
}

func marksOf(text extract.Text) []mark {
	var marks []mark
	span := func(r extract.Range, name string, depth int) {
		if r.Len() == 0 {
			marks = append(marks, mark{r.Start, 0, "{" + name + "}", false})
			return
		}
		skips := name == "skip"
		marks = append(marks, mark{r.Start, depth, "{" + name + " ", skips}, mark{r.End, -depth, "}", skips})
	}
	for _, s := range text.Skipped {
		span(s, "skip", 4)
	}
	for _, h := range text.Headings {
		span(h.Range, fmt.Sprintf("h%d", h.Level), 2)
	}
	for _, n := range text.Notes {
		span(n.Range, "note "+n.Label, 2)
	}
	for _, c := range text.Calls {
		name := "call " + c.Label
		if c.Note < 0 {
			name += "?"
		}
		span(c.Range, name, 3)
	}
	marks = append(marks, pageMarks(text.Pages)...)
	slices.SortStableFunc(marks, func(a, b mark) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.order, b.order))
	})
	return marks
}

func pageMarks(pages []extract.Page) []mark {
	var marks []mark
	before := ""
	for _, p := range pages {
		if p.At < p.Sure {
			marks = append(marks, mark{p.At, 1, "{p " + before + "–" + p.Label + "?}", false})
		}
		marks = append(marks, mark{p.Sure, 1, "{p " + p.Label + "}", false})
		before = p.Label
	}
	return marks
}
