package extract_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/text/unicode/norm"

	"verbatim/corpus/extract"
)

func TestFileErrors(t *testing.T) {
	tests := []struct {
		name, data string
		want       error
	}{
		{"scan.pdf", "%PDF-1.4", extract.ErrFormat},
		{"image.txt", "GIF89a\x00\x01", extract.ErrBinary},
		{"latin.txt", "La r\xe9volution", extract.ErrEncoding},
		{"empty.txt", "", extract.ErrEmpty},
		{"blank.md", " \n\t\n", extract.ErrEmpty},
		{"only-front.txt", "---\ntitle: T\n---\n", extract.ErrEmpty},
		{"only-comment.md", "<!-- nothing -->\n", extract.ErrEmpty},
	}
	for _, test := range tests {
		if _, err := extract.File(test.name, []byte(test.data), nil); !errors.Is(err, test.want) {
			t.Errorf("File(%q, %q) = %v, want %v", test.name, test.data, err, test.want)
		}
	}
}

func TestPlainTextStaysItself(t *testing.T) {
	for _, s := range []string{
		"\uFEFFUn texte,\r\navec ses fins de ligne.\r\n",
		"---\ntitle: Essai\n---\nLe texte.\n",
		"  Deux   espaces\u00A0: là\n\n\n\n<!-- page 3 -->\nfin",
	} {
		text, err := extract.File("a.txt", []byte(s), nil)
		if err != nil || text.Source != s {
			t.Errorf("File(a.txt, %q) = %q, %v, want the file itself", s, text.Source, err)
		}
	}
}

func TestNormalisation(t *testing.T) {
	text, err := extract.File("a.txt", []byte("re\u0301volution"), nil)
	if want := "révolution"; err != nil || text.Source != want {
		t.Errorf("File = %q, %v, want %q", text.Source, err, want)
	}
}

// TestHostileMarkdown reads texts on which Markdown readers take very long.
func TestHostileMarkdown(t *testing.T) {
	for name, s := range map[string]string{
		"emphasis": strings.Repeat("*a_", 50_000),
		"links":    strings.Repeat("[a](", 50_000),
		"quotes":   strings.Repeat("> ", 20_000) + "deep",
		"lists":    strings.Repeat("- ", 20_000) + "deep",
		"brackets": strings.Repeat("[", 100_000),
		"ticks":    strings.Repeat("`a ``b ", 30_000),
		"comments": strings.Repeat("<!-- ", 30_000),
		"notes":    strings.Repeat("[^a]: b\n", 20_000),
		"numbers":  strings.Repeat("1. ", 200_000) + "deep",
		"mixed":    strings.Repeat("> 1. - ", 20_000) + "deep",
		"indents":  indented(1_500, "- a"),
		"steps":    indented(1_500, "1. a"),
		"heading":  "# " + strings.Repeat("*a_", 50_000),
		"setext":   strings.Repeat("*a_", 50_000) + "\n===\n",
		"item":     "- " + strings.Repeat("*a_", 50_000),
		"lines":    strings.Repeat("*a_\n", 50_000),
		"fenced":   "- ```\n  ```\n" + strings.Repeat("*a_", 50_000),
		"row":      "|a|b|\n|-|-|\n|" + strings.Repeat("*a_", 50_000) + "|\n",
		"no table": "<!--\n\n|a|b|\n|-|-|\n-->\n" + strings.Repeat("|*a_*a_*a_|\n", 20_000),
		"columns":  strings.Repeat("|a", 2_000) + "\n" + strings.Repeat("|-", 2_000) + "\n" + strings.Repeat("a\n", 50_000),
		"bars":     "|a|\n|-|\n" + strings.Repeat("|`\\|`|\n", 80_000),
		"titles":   strings.Repeat("[a](b \"", 50_000),
		"targets":  strings.Repeat("[a]: b\n", 150_000),
		"many":     strings.Repeat(strings.Repeat("*a_", 660)+"\n\n", 100),
		"tags":     strings.Repeat("<a b='", 50_000),
		"entities": strings.Repeat("&", 200_000),
	} {
		t.Run(name, func(t *testing.T) {
			done := make(chan struct{})
			go func() {
				defer close(done)
				extract.File("a.md", []byte(s), nil)
			}()
			select {
			case <-done:
			case <-time.After(20 * time.Second):
				t.Fatal("not read within 20 s")
			}
		})
	}
}

// TestLongMarkdown: blocks that are long, but that people write, are read as
// Markdown.
func TestLongMarkdown(t *testing.T) {
	row := strings.Repeat("| *a* ", 7) + "|\n"
	rule := strings.Repeat("| --- ", 7) + "|\n"
	code := strings.Repeat("x[i] = *p; // <a>\n\n", 500)
	item := "- [un](https://example.org) *deux*\n"
	tests := []struct{ name, source, want string }{
		{"table", row + rule + strings.Repeat(row, 260), strings.Repeat(strings.Repeat("a | ", 6)+"a\n\n", 261)},
		{"code", "```\n" + code + "```\n\nUne *fin*.\n", strings.TrimRight(code, "\n") + "\n\nUne fin.\n\n"},
		{"line of code", "```\n" + strings.Repeat("a[*p]", 1000) + "\n```\n", strings.Repeat("a[*p]", 1000) + "\n\n"},
		{"list", strings.Repeat(item, 500), strings.Repeat("un deux\n\n", 500)},
	}
	for _, test := range tests {
		text, err := extract.File("a.md", []byte(test.source), nil)
		if err != nil || text.Source != test.want {
			t.Errorf("%s: File = %.200q, %v, want %.200q", test.name, text.Source, err, test.want)
		}
	}
}

// TestTamedMarkdown: of what is too hostile to be read as Markdown no word is lost.
func TestTamedMarkdown(t *testing.T) {
	for _, s := range []string{
		strings.Repeat("*a_", 5_000) + " fin",
		"# " + strings.Repeat("*a_", 5_000) + " fin",
		strings.Repeat("> ", 100) + "fin",
		strings.Repeat("1. ", 100) + "fin",
		indented(100, "- a") + "fin",
		"|a|\n|-|\n|" + strings.Repeat("*a_", 5_000) + " fin|",
		strings.Repeat("[a]: b\n", 5_000) + "fin",
	} {
		if text, err := extract.File("a.md", []byte(s), nil); err != nil || !strings.Contains(text.Source, "fin") {
			t.Errorf("File(%.30q…) = %.60q…, %v, want a text with its last word", s, text.Source, err)
		}
	}
}

// TestDepth: lists are read up to a depth, and what is in deeper ones as text.
func TestDepth(t *testing.T) {
	text, err := extract.File("a.md", []byte(indented(100, "- a")), nil)
	if err != nil || !strings.HasPrefix(text.Source, "a\n\na\n\na\n\na\n\na\n\na\n\na\n\na\n\n") || !strings.Contains(text.Source, "- a") {
		t.Errorf("File = %q, %v, want lists and text", text.Source, err)
	}
}

// indented returns lines that are each indented two spaces more than the one before.
func indented(lines int, text string) string {
	var out strings.Builder
	for i := range lines {
		out.WriteString(strings.Repeat("  ", i) + text + "\n")
	}
	return out.String()
}

// FuzzFile: any bytes give an error, or a text whose marks lie in it.
func FuzzFile(f *testing.F) {
	names, _ := filepath.Glob("testdata/*.txtar")
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(archive.Files[0].Data, strings.HasSuffix(archive.Files[0].Name, ".md"))
	}
	f.Add([]byte("a[^1]\u0301\n\n[^1]: \n\n    &#769;e&#769;"), true)
	f.Fuzz(func(t *testing.T, data []byte, isMarkdown bool) {
		name := "a.txt"
		if isMarkdown {
			name = "a.md"
		}
		text, err := extract.File(name, data, nil)
		if err != nil {
			return
		}
		if !utf8.ValidString(text.Source) || !norm.NFC.IsNormalString(text.Source) {
			t.Fatalf("source text %q is not UTF-8 in NFC", text.Source)
		}
		checkMarks(t, text)
	})
}

// checkMarks fails if a mark lies outside the text or inside a character, or if
// marks of a kind do not ascend.
func checkMarks(t *testing.T, text extract.Text) {
	t.Helper()
	kinds := map[string][]extract.Range{"skipped": text.Skipped}
	for _, h := range text.Headings {
		kinds["heading"] = append(kinds["heading"], h.Range)
	}
	for _, n := range text.Notes {
		kinds["note"] = append(kinds["note"], n.Range)
	}
	for _, c := range text.Calls {
		kinds["call"] = append(kinds["call"], c.Range)
	}
	for _, p := range text.Pages {
		kinds["page"] = append(kinds["page"], extract.Range{Start: p.At, End: p.At})
	}
	for kind, ranges := range kinds {
		at := 0
		for _, r := range ranges {
			if r.Start < at || r.End < r.Start || r.End > len(text.Source) {
				t.Fatalf("%s %v after %d in a text of %d bytes", kind, r, at, len(text.Source))
			}
			for _, offset := range []int{r.Start, r.End} {
				if offset < len(text.Source) && !utf8.RuneStart(text.Source[offset]) {
					t.Fatalf("%s %v begins or ends inside a character", kind, r)
				}
			}
			at = r.End
		}
	}
}
