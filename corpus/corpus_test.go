package corpus_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"
	"pgregory.net/rapid"

	"verbatim/config/database"
	"verbatim/corpus"
)

var update = flag.Bool("update", false, "rewrite the expected results")

// TestGolden cuts the first file of each archive into passages and compares them
// with the file "want".
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
			file := archive.Files[0]
			draft, err := corpus.Read(corpus.File{Name: file.Name, Data: file.Data})
			if err != nil {
				t.Fatal(err)
			}
			got := render(draft)
			want := &archive.Files[len(archive.Files)-1]
			if *update {
				want.Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if got != string(want.Data) {
				t.Errorf("cut into\n%s\nwant\n%s", got, want.Data)
			}
		})
	}
}

// render writes each passage with what is known of it and its sentences, a line
// each.
func render(d corpus.Draft) string {
	var out strings.Builder
	fmt.Fprintf(&out, "%q by %q in %s\n", d.Title, d.Author, d.Language)
	for _, p := range d.Passages {
		fmt.Fprintf(&out, "\npassage %d", p.Ordinal)
		if len(p.Section) > 0 {
			fmt.Fprintf(&out, " under %s", strings.Join(p.Section, " › "))
		}
		for _, page := range p.Pages {
			fmt.Fprintf(&out, ", p. %s", page.Label)
			if page.Sure > page.At {
				out.WriteByte('?')
			}
		}
		if p.Language != "" {
			fmt.Fprintf(&out, ", in %s", p.Language)
		}
		if p.Note != "" {
			fmt.Fprintf(&out, ", note %s", p.Note)
		}
		for _, call := range p.Calls {
			fmt.Fprintf(&out, ", calls %s", call.Label)
			if call.Note >= 0 {
				fmt.Fprintf(&out, " in passage %d", call.Note)
			}
		}
		out.WriteByte('\n')
		for _, s := range p.Sentences {
			for i, r := range s {
				if i > 0 {
					out.WriteString(" /")
				} else {
					out.WriteByte(' ')
				}
				fmt.Fprintf(&out, " %s", strings.Join(strings.Fields(d.Source[r.Start:r.End]), " "))
			}
			out.WriteByte('\n')
		}
	}
	return out.String()
}

// TestPassagesCover: whatever the text, passages lie on character boundaries, do
// not overlap, and leave nothing out but white space, headings and what is skipped.
func TestPassagesCover(t *testing.T) {
	piece := rapid.SampledFrom([]string{
		"Le parti est né en 1928. ", "M. Leguia part. ", "Oui ! Non ? ", "mot ", "\n", "\n\n", "\r\n\r\n", "é", "’", "«\u00A0", "\u00A0»",
		"# Titre\n\n", "## Sous-titre\n", "<!-- page 3 -->\n", "[^1]", "\n[^1]: Une note.\n", "- ", "1. ", "| a | b |\n| - | - |\n", "…", "\uFEFF",
		strings.Repeat("long ", 400), strings.Repeat("x", 3000), strings.Repeat("日本語", 500), "😀",
	})
	rapid.Check(t, func(t *rapid.T) {
		source := strings.Join(rapid.SliceOfN(piece, 1, 60).Draw(t, "text"), "")
		name := rapid.SampledFrom([]string{"a.txt", "a.md"}).Draw(t, "name")
		d, err := corpus.Read(corpus.File{Name: name, Data: []byte(source)})
		if err != nil {
			return
		}
		checkCover(t, d)
	})
}

// TestLongHeading: passages and titles bear a long heading shortened, and the whole
// of it is a passage.
func TestLongHeading(t *testing.T) {
	heading := strings.TrimSpace(strings.Repeat("mot ", 10_000)) + " dernier"
	d := draft(t, "a.md", "# "+heading+"\n\n"+strings.Repeat("Une phrase.\n\n## Court\n\nUne autre.\n\n", 100))
	last := ""
	for _, p := range d.Passages {
		for _, h := range p.Section {
			if n := utf8.RuneCountInString(h); n > 201 || n > 10 && !strings.HasSuffix(h, "mot…") {
				t.Fatalf("passage %d stands under a heading of %d characters, %q", p.Ordinal, n, h)
			}
		}
		if strings.Contains(d.Source[p.Start():p.End()], "dernier") {
			last = d.Source[p.Start():p.End()]
		}
	}
	if !strings.HasSuffix(last, "dernier") {
		t.Errorf("the last word of the heading stands in passage %q", last)
	}
	if n := utf8.RuneCountInString(d.Title); n > 201 {
		t.Errorf("title has %d characters, want 201 at most", n)
	}
}

// TestHeadingsAndNotes: a heading with nothing but notes under it is a passage, for
// they stand under the headings of their calls; a heading in a note is part of it.
func TestHeadingsAndNotes(t *testing.T) {
	tests := []struct {
		text string
		want []string
	}{
		{"Un texte[^1].\n\n# Fin\n\n[^1]: Une note.\n", []string{"Un texte.", "Fin", "Une note."}},
		{"Un texte[^1].\n\n[^1]: Une note.\n- ", []string{"Un texte.", "Une note."}},
	}
	for _, test := range tests {
		d := draft(t, "a.md", test.text)
		var got []string
		for _, p := range d.Passages {
			got = append(got, d.Source[p.Start():p.End()])
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%q has passages %q, want %q", test.text, got, test.want)
		}
	}
}

// TestCutUnbroken: text without spaces is cut at the edges of words where it has
// any, and never between a letter and its mark.
func TestCutUnbroken(t *testing.T) {
	for _, piece := range []string{"mot/", "fin,", "\u304B\u3099、か", "x\u0323", "日本語", "👍🏽"} {
		d := draft(t, "a.txt", strings.Repeat(piece, 2000))
		if len(d.Passages) < 2 {
			t.Fatalf("%q × 2000 is one passage", piece)
		}
		for _, p := range d.Passages[1:] {
			before, _ := utf8.DecodeLastRuneInString(d.Source[:p.Start()])
			after, _ := utf8.DecodeRuneInString(d.Source[p.Start():])
			if unicode.IsMark(after) || strings.ContainsAny(piece, "/,、") && unicode.IsLetter(before) && unicode.IsLetter(after) {
				t.Errorf("%q × 2000 is cut between %q and %q", piece, before, after)
			}
		}
	}
}

// TestRealTextsCover does the same with texts as they are found in the world.
func TestRealTextsCover(t *testing.T) {
	folder, err := corpus.OpenFolder(filepath.Join(testdata(t), "corpus"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range folder.Names {
		file, err := folder.Read(name)
		if err != nil {
			t.Fatal(err)
		}
		d, err := corpus.Read(file)
		if err != nil {
			t.Fatal(err)
		}
		if d.Source != string(file.Data) {
			t.Errorf("the source text of %s is not the file", name)
		}
		checkCover(t, d)
	}
}

// testdata returns the folder of texts that are not part of the repository.
func testdata(t *testing.T) string {
	dir := os.Getenv("VERBATIM_TESTDATA")
	if dir == "" {
		t.Skip("VERBATIM_TESTDATA names no folder of texts")
	}
	return dir
}

// longest is how many bytes a passage can have: a sentence more than it was meant
// to have.
const longest = 2500

func checkCover(t rapid.TB, d corpus.Draft) {
	covered := make([]bool, len(d.Source))
	for i, p := range d.Passages {
		if p.Ordinal != i {
			t.Fatalf("passage %d has ordinal %d", i, p.Ordinal)
		}
		n := 0
		for _, sentence := range p.Sentences {
			n += sentence.Len()
		}
		if n > longest {
			t.Fatalf("passage %d has %d bytes, want at most %d", i, n, longest)
		}
		for _, sentence := range p.Sentences {
			for _, r := range sentence {
				checkRange(t, d.Source, r)
				for at := r.Start; at < r.End; at++ {
					if covered[at] {
						t.Fatalf("byte %d stands in two passages", at)
					}
					covered[at] = true
				}
			}
		}
	}
	checkLeftOut(t, d, covered)
}

func checkRange(t rapid.TB, source string, r corpus.Range) {
	if r.Start < 0 || r.End <= r.Start || r.End > len(source) {
		t.Fatalf("range %v in a text of %d bytes", r, len(source))
	}
	if !utf8.RuneStart(source[r.Start]) || r.End < len(source) && !utf8.RuneStart(source[r.End]) {
		t.Fatalf("range %v cuts a character", r)
	}
}

// checkLeftOut fails if anything but white space stands in no passage, in no heading
// and in nothing that is quiet.
func checkLeftOut(t rapid.TB, d corpus.Draft, covered []bool) {
	for _, r := range d.Quiet {
		for at := r.Start; at < r.End; at++ {
			covered[at] = true
		}
	}
	headings := ""
	for _, p := range d.Passages {
		headings += unspaced(strings.Join(p.Section, "|")) + "|"
	}
	at := 0
	for line := range strings.Lines(d.Source) {
		missing := ""
		for i, r := range line {
			if !covered[at+i] && !unicode.IsSpace(r) && r != '\uFEFF' {
				missing += string(r)
			}
		}
		at += len(line)
		if missing == "" || strings.Contains(headings, unspaced(line)) {
			continue
		}
		t.Fatalf("%q of line %q stands in no passage", missing, line)
	}
}

// unspaced keeps the letters and digits of a line: headings stand in a section with
// single spaces, or none between the letters of a word that are set apart, and without
// the calls of notes.
func unspaced(line string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, line)
}

// openStore returns a store in an empty database.
func openStore(t *testing.T, db *database.DB) *corpus.Store {
	t.Helper()
	now := time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)
	return corpus.NewStore(db, func() time.Time { return now })
}

func draft(t *testing.T, name, text string) corpus.Draft {
	t.Helper()
	d, err := corpus.Read(corpus.File{Name: name, Origin: "/course", Data: []byte(text)})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func put(t *testing.T, s *corpus.Store, guild string, drafts ...corpus.Draft) []corpus.Outcome {
	t.Helper()
	outcomes, err := s.Put(context.Background(), guild, drafts, false)
	if err != nil {
		t.Fatal(err)
	}
	return outcomes
}
