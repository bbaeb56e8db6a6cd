package extract_test

import (
	"errors"
	"strings"
	"testing"

	"verbatim/corpus/extract"
)

func TestFileErrors(t *testing.T) {
	tests := []struct {
		name, data string
		want       error
	}{
		{"notes.xyz", "Un texte", extract.ErrFormat},
		{"notes.pdf", "Un texte", extract.ErrOther},
		{"image.txt", "GIF89a\x00\x01", extract.ErrImage},
		{"photo.jpg", "", extract.ErrImage},
		{"letter.txt", "{\\rtf1\\ansi Un texte}", extract.ErrRTF},
		{"letter.doc", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", extract.ErrOldOffice},
		{"binary.txt", "\x7FELF\x00\x00\x01\x00", extract.ErrBinary},
		{"greek.txt", "\xEA\xE1\xEB\xE7\xEC\xDD\xF1\xE1 \xF3\xE5 \xFC\xEB\xEF\xF5\xF2", extract.ErrEncoding},
		{"texts.zip", "PK\x03\x04aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", extract.ErrArchive},
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
