package extract_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"verbatim/corpus/extract"
)

// TestMadeDocuments reads what word processors made of one text (testdata/made/make.sh)
// and compares it with that text: 99 % of the words in their order, all headings, all
// notes with their calls where they stand.
func TestMadeDocuments(t *testing.T) {
	want := madeSource(t)
	names, err := filepath.Glob("testdata/made/*.*")
	if err != nil || len(names) < 8 {
		t.Fatalf("testdata/made: %v, %d files", err, len(names))
	}
	for _, name := range names {
		name := filepath.Base(name)
		if slices.Contains([]string{".md", ".sh", ".ms", ".pdf"}, filepath.Ext(name)) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			compare(t, readMade(t, name), want)
		})
	}
}

// madeSource is the text from which the documents are made, with its title, author and
// date as its first lines, where word processors write them.
func madeSource(t *testing.T) extract.Text {
	t.Helper()
	data, err := os.ReadFile("testdata/made/source.md")
	if err != nil {
		t.Fatal(err)
	}
	_, body, _ := strings.Cut(string(data[3:]), "---\n")
	text, err := extract.File("source.md", []byte("# Les Écluses de la Sambre\n\nHélène Vasseur\n\n1998\n\n"+body), nil)
	if err != nil {
		t.Fatal(err)
	}
	text.Metadata.Title = "Les Écluses de la Sambre"
	return text
}

func readMade(t *testing.T, name string) extract.Text {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "made", name))
	if err != nil {
		t.Fatal(err)
	}
	text, err := extract.File(name, data, nil)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	checkText(t, text)
	return text
}

// compare fails if less than 99 % of the words of the body or of the notes stand in got
// as they do in want, or notes or headings differ.
func compare(t *testing.T, got, want extract.Text) {
	t.Helper()
	if share := inOrder(afterTitle(bodyWords(got)), afterTitle(bodyWords(want))); share < 0.99 {
		t.Errorf("%.1f %% of the words are the same in the same order, want 99:\n%s", 100*share, render(got))
	}
	if g, w := headingsOf(got, want.Metadata.Title), headingsOf(want, want.Metadata.Title); !slices.Equal(g, w) {
		t.Errorf("headings %q, want %q", g, w)
	}
	if g, w := notesOf(got), notesOf(want); !slices.Equal(g, w) {
		t.Errorf("notes\n%q, want\n%q\n%s", g, w, render(got))
	}
	if got.Metadata.Title != want.Metadata.Title && got.Metadata.Title != "" {
		t.Errorf("title %q, want %q", got.Metadata.Title, want.Metadata.Title)
	}
}

// afterTitle returns the words from the first sentence on. E-books have the title once
// more on a page of its own, and LibreOffice's web pages only as a paragraph.
func afterTitle(words []string) []string { return words[max(0, slices.Index(words, "navigation")):] }

// bodyWords returns the words of a text without its notes and what is skipped.
func bodyWords(text extract.Text) []string {
	var out strings.Builder
	at := 0
	var left []extract.Range
	left = append(left, text.Skipped...)
	for _, n := range text.Notes {
		left = append(left, n.Range)
	}
	for _, c := range text.Calls {
		left = append(left, c.Range)
	}
	slices.SortFunc(left, func(a, b extract.Range) int { return a.Start - b.Start })
	for _, r := range left {
		if r.Start > at {
			out.WriteString(text.Source[at:r.Start])
		}
		if strings.Contains(text.Source[r.Start:r.End], "\n\n") {
			out.WriteString(" ") // as a reader joins what a page or a note parts
		}
		at = max(at, r.End)
	}
	out.WriteString(text.Source[at:])
	return wordsOf(out.String())
}

func wordsOf(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// inOrder returns which share of the words of want stand in got in their order; words
// that only got has count against it.
func inOrder(got, want []string) float64 {
	before := make([]int, len(want)+1)
	for _, g := range got {
		now := make([]int, len(want)+1)
		for j, w := range want {
			if g == w {
				now[j+1] = before[j] + 1
			} else {
				now[j+1] = max(now[j], before[j+1])
			}
		}
		before = now
	}
	return float64(before[len(want)]) / float64(max(len(want), len(got)))
}

// headingsOf returns the headings but for the title.
func headingsOf(text extract.Text, title string) []string {
	var found []string
	for _, h := range text.Headings {
		if s := strings.Join(wordsOf(unskipped(text, h.Range)), " "); s != strings.Join(wordsOf(title), " ") {
			found = append(found, s)
		}
	}
	return found
}

// notesOf returns each note by its label, its words, and the last word before its call.
func notesOf(text extract.Text) []string {
	var found []string
	for _, c := range text.Calls {
		if c.Note < 0 {
			found = append(found, c.Label+" without a note")
			continue
		}
		n := text.Notes[c.Note]
		before := wordsOf(text.Source[max(0, c.Start-40):c.Start])
		found = append(found, before[len(before)-1]+"["+n.Label+"] "+strings.Join(wordsOf(unskipped(text, n.Range)), " "))
	}
	return found
}

// unskipped returns the bytes of a range that are part of the text.
func unskipped(text extract.Text, r extract.Range) string {
	var words strings.Builder
	for _, s := range text.Skipped {
		if s.Start >= r.Start && s.End <= r.End {
			words.WriteString(text.Source[r.Start:s.Start])
			r.Start = s.End
		}
	}
	words.WriteString(text.Source[r.Start:r.End])
	return words.String()
}
