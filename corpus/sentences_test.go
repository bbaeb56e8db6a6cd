package corpus_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"verbatim/corpus"
)

// TestSentences reads testdata/sentences, one file a language; the README there
// tells how its lines are written.
func TestSentences(t *testing.T) {
	names, err := filepath.Glob("testdata/sentences/*.txt")
	if err != nil || len(names) < 6 {
		t.Fatalf("testdata/sentences: %v, %d files", err, len(names))
	}
	for _, name := range names {
		language := strings.TrimSuffix(filepath.Base(name), ".txt")
		t.Run(language, func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for l := range strings.Lines(string(data)) {
				l = strings.TrimSpace(l)
				if l == "" || strings.HasPrefix(l, "#") {
					continue
				}
				l, known := strings.CutPrefix(l, "= ")
				checkSentences(t, l, language)
				if !known {
					checkSentences(t, l, "")
				}
				checkSplit(t, l, corpus.SplitSentences(l, language))
			}
		})
	}
}

// checkSentences splits a line of testdata/sentences, where | is a space and a border,
// || a border.
func checkSentences(t *testing.T, line, language string) {
	t.Helper()
	line = strings.ReplaceAll(line, `\n`, "\n")
	text := strings.NewReplacer("||", "", "|\n", "\n", "|", " ").Replace(line)
	want := strings.ReplaceAll(line, "||", "|")
	var got strings.Builder
	end := 0
	for i, r := range corpus.SplitSentences(text, language) {
		if between := text[end:r.Start]; i > 0 {
			got.WriteString("|" + strings.TrimPrefix(between, " "))
		}
		got.WriteString(text[r.Start:r.End])
		end = r.End
	}
	if got.String() != want {
		t.Errorf("in %q\n got %q\nwant %q", language, got.String(), want)
	}
}

// TestHostileSentences reads long lines on which parting sentences could
// take very long.
func TestHostileSentences(t *testing.T) {
	size := 1 << 18 // bytes; what grows with their square takes minutes
	if testing.Short() {
		size = 1 << 14
	}
	for name, piece := range map[string]string{
		"initials":    "$-M.",
		"full stops":  ".",
		"closers":     ")",
		"guillemets":  "» ",
		"quotes":      `"'`,
		"stop, quote": `."`,
		"spaces":      "\u00A0",
		"digits":      "1",
		"numbers":     "1. ",
		"marks":       "\u0301",
		"joiners":     "\u200D",
		"small":       "a. b",
		"capitals":    "A. B",
		"unbroken":    "x",
		"questions":   "? ",
		"brackets":    "a (",
		"closed":      "a (b. c) ",
		"items":       "\n- a",
		"numbered":    "\n12. a",
		"verse":       "\nAb Cd",
		"rows":        "\n|a|",
		"chains":      "a. b. ",
		"calls":       "mots.[1] Il",
		"glued":       "mots.Puis",
		"spaced dots": ". ",
		"ellipses":    "[...] A",
	} {
		t.Run(name, func(t *testing.T) {
			for _, head := range []string{"", "a. ("} {
				text := head + strings.Repeat(piece, size/len(piece)) + "z"
				done := make(chan struct{})
				go func() {
					defer close(done)
					corpus.Read(corpus.File{Name: "a.txt", Data: []byte(text)})
				}()
				select {
				case <-done:
				case <-time.After(time.Minute):
					t.Fatalf("not read within a minute after %q", head)
				}
			}
		})
	}
}

// TestSentencesLinear splits long texts, which takes much longer where
// anything is read again for each stop.
func TestSentencesLinear(t *testing.T) {
	for _, piece := range []string{
		".", ". ", "a.", "a. ", "A. b", "(", "a (", "a (b. ", ")", ".)", ".[1]", "\"", ".\" ", "« . » ", "1. ", "\n- a", "\n3. a",
		"\nAb", "|", "\n|", "a.b.", "Mots.Puis", "...", "[...]", "\u00A0", "\u3002", "\u0301.", "a. \n",
	} {
		text := "Mot " + strings.Repeat(piece, 1<<18/len(piece))
		began := time.Now()
		corpus.SplitSentences(text, "")
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("%q: %v", piece, took)
		}
	}
}

// FuzzSentences checks that ranges ascend, do not overlap, lie on the edges of
// characters and cover all that is not white space.
func FuzzSentences(f *testing.F) {
	for _, text := range []string{
		"Il naît en 1894.¹ « Il meurt. » M. Puis\n- un\n- deux", "1. a (b. c) . . [...] D.", "\uFEFF \u00A0.\u0301", "|a|\n|b|",
		"fin.Puis \xff. A", "»\u2003.\u2029A", "a (b !) C", "\n12. \n13. ", "a.\" \" B", "[1].^2 (3", "。」A", "A\nB\nC\nD",
	} {
		f.Add(text, "fr")
		f.Add(text, "")
	}
	f.Fuzz(func(t *testing.T, text, language string) {
		checkSplit(t, text, corpus.SplitSentences(text, language))
	})
}

func checkSplit(t *testing.T, text string, sentences []corpus.Range) {
	t.Helper()
	at := 0
	for i, r := range append(sentences, corpus.Range{Start: len(text), End: len(text)}) {
		if r.Start < at || r.End < r.Start || r.End > len(text) || i < len(sentences) && r.End == r.Start {
			t.Fatalf("range %d of %q is %v after %d", i, text, r, at)
		}
		if between := text[at:r.Start]; strings.ContainsFunc(between, func(c rune) bool { return !unicode.IsSpace(c) && c != '\uFEFF' }) {
			t.Fatalf("%q of %q is in no sentence", between, text)
		}
		if r.Start < len(text) && utf8.ValidString(text) && !utf8.RuneStart(text[r.Start]) || r.End < len(text) && utf8.ValidString(text) && !utf8.RuneStart(text[r.End]) {
			t.Fatalf("range %v of %q cuts a character", r, text)
		}
		at = r.End
	}
}
