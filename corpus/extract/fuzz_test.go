package extract_test

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/rogpeppe/go-internal/txtar"

	"verbatim/corpus/extract"
)

// fixtures returns the texts of the archives whose names match a pattern.
func fixtures(t testing.TB, pattern string) []string {
	names, err := filepath.Glob("testdata/" + pattern + ".txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("testdata: %v, %d archives", err, len(names))
	}
	var texts []string
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(unescape(archive.Files[0].Data)))
	}
	return texts
}

// FuzzFile: any bytes give an error, or a text whose marks lie in it.
func FuzzFile(f *testing.F) {
	for _, s := range fixtures(f, "*.txt") {
		f.Add([]byte(s), false)
	}
	for _, s := range fixtures(f, "*.md") {
		f.Add([]byte(s), true)
	}
	f.Add([]byte("a[^1]\u0301\n\n[^1]: \n\n    &#769;e&#769;"), true)
	f.Fuzz(func(t *testing.T, data []byte, isMarkdown bool) {
		name := "a.txt"
		if isMarkdown {
			name = "a.md"
		}
		if text, err := extract.File(name, data, nil); err == nil {
			checkText(t, text)
		}
	})
}

// FuzzPages: a text without digits, Roman numbers, form feeds and page marks has no
// pages; and of no text more is lost than furniture.
func FuzzPages(f *testing.F) {
	addFixtures(f, "*pages-*")
	f.Fuzz(func(t *testing.T, source string) {
		text := readText(t, source)
		checkText(t, text)
		if text.Metadata == (extract.Metadata{}) {
			checkNothingLost(t, text)
		}
		plain := readText(t, strings.Map(func(r rune) rune {
			switch {
			case unicode.IsDigit(r), strings.ContainsRune("ivxlcIVXLC", r):
				return 'o'
			case r == '\f' || r == '<':
				return ' '
			}
			return r
		}, source))
		if len(plain.Pages) > 0 {
			t.Fatalf("pages %+v in a text without numbers", plain.Pages)
		}
	})
}

// FuzzNotes: a text without digits and without the marks of notes has no calls, and no
// notes but those that stand in the middle of a sentence.
func FuzzNotes(f *testing.F) {
	addFixtures(f, "*notes-*")
	f.Fuzz(func(t *testing.T, source string) {
		text := readText(t, source)
		checkText(t, text)
		plain := readText(t, strings.Map(func(r rune) rune {
			if unicode.IsDigit(r) || unicode.Is(unicode.No, r) || strings.ContainsRune("*†‡^", r) {
				return 'o'
			}
			return r
		}, source))
		if len(plain.Calls) > 0 {
			t.Fatalf("calls %+v in a text without numbers", plain.Calls)
		}
		joined := readText(t, strings.Join(strings.Fields(plain.Source), " "))
		if len(joined.Notes) > 0 {
			t.Fatalf("notes %+v in a text of one paragraph", joined.Notes)
		}
	})
}

// FuzzHeadings: headings are whole lines; a text whose lines all end in a comma has
// none.
func FuzzHeadings(f *testing.F) {
	addFixtures(f, "*head*")
	addFixtures(f, "front-*")
	f.Fuzz(func(t *testing.T, source string) {
		text := readText(t, source)
		checkText(t, text)
		for _, h := range text.Headings {
			before, after := text.Source[:h.Start], text.Source[h.End:]
			if !endsLine(before) || !beginsLine(after) || strings.Contains(text.Source[h.Start:h.End], "\n\n") {
				t.Fatalf("heading %q is not made of whole lines", text.Source[h.Start:h.End])
			}
		}
		var lines []string
		for line := range strings.FieldsFuncSeq(text.Source, func(r rune) bool { return r == '\n' || r == '\f' || r == '\r' }) {
			lines = append(lines, strings.TrimRightFunc(line, unicode.IsSpace)+",")
		}
		plain := readText(t, strings.Join(lines, "\n\n"))
		if len(plain.Headings) > 0 {
			t.Fatalf("headings %+v among lines that end in commas", plain.Headings)
		}
	})
}

func endsLine(s string) bool {
	s = strings.TrimRightFunc(s, func(r rune) bool { return (unicode.IsSpace(r) || r == '\uFEFF') && r != '\n' && r != '\f' })
	return s == "" || strings.HasSuffix(s, "\n") || strings.HasSuffix(s, "\f")
}

func beginsLine(s string) bool {
	s = strings.TrimLeftFunc(s, func(r rune) bool { return (unicode.IsSpace(r) || r == '\uFEFF') && r != '\n' && r != '\f' })
	return s == "" || s[0] == '\n' || s[0] == '\f'
}

func addFixtures(f *testing.F, pattern string) {
	for _, s := range fixtures(f, pattern+".txt") {
		f.Add(s)
	}
}

// readText reads a plain text, and skips the test if it is none.
func readText(t *testing.T, source string) extract.Text {
	text, err := extract.File("a.txt", []byte(source), nil)
	if err != nil {
		t.SkipNow()
	}
	return text
}
