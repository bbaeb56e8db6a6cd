package corpus_test

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"verbatim/corpus"
)

// TestAlike: how much of a text stands in others, and what is too little to speak of.
func TestAlike(t *testing.T) {
	base := prose(1, 60)
	for _, test := range []struct {
		name, file, text string
		want             string // "NAME same covered", in tenths
	}{
		{"the same", "b.txt", base, "a.txt 10 10"},
		{"another format, other line ends, quotation marks and page numbers", "b.html", "<h1>Registres</h1><p>" + strings.ReplaceAll(strings.ReplaceAll(base, "numéro", "NUMÉRO"), "\n\n", "</p>\n<p>") + "</p>", "a.txt 10 10"},
		{"a newer edition", "b.txt", prose(9, 10) + "\n\n" + strings.ReplaceAll(base, "Au point 11", "En son point 11"), "a.txt 9 10"},
		{"a part", "b.txt", prose(1, 30), "a.txt 10 5"},
		{"another text", "b.txt", prose(2, 60), ""},
		{"a small part of a long one", "b.txt", within(t, prose(40, 500), 300, 330), "long.txt 10 1"},
		{"a long one of which another is a small part", "b.txt", prose(50, 250) + "\n\n" + base + prose(51, 250), "a.txt 1 10"},
		{"a quotation of some sentences", "b.txt", prose(2, 60) + prose(1, 5), ""},
		{"a quotation of some sentences in a long one", "b.txt", prose(52, 500) + prose(1, 5), ""},
		{"the text itself", "a.txt", base, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			eachStore(t, func(t *testing.T, s *corpus.Store) {
				put(t, s, guild, draft(t, "a.txt", base), draft(t, "c.txt", prose(3, 60)), draft(t, "long.txt", prose(40, 500)), draft(t, "short.txt", "Un texte."))
				found, err := s.Alike(t.Context(), corpus.Everything(guild), draft(t, test.file, test.text))
				if err != nil {
					t.Fatal(err)
				}
				var got []string
				for _, a := range found {
					got = append(got, fmt.Sprintf("%s %v %v", a.Document.Name, math.Round(10*a.Same), math.Round(10*a.Covered)))
				}
				if strings.Join(got, ", ") != test.want {
					t.Errorf("alike are %q, want %q", got, test.want)
				}
			})
		})
	}
}

// within returns some sentences of a text.
func within(t *testing.T, text string, from, to int) string {
	sentences := strings.SplitAfter(text, "signe. ")
	if len(sentences) < to {
		t.Fatalf("%d sentences, want %d", len(sentences), to)
	}
	return strings.Join(sentences[from:to], "")
}

// TestImportAlike: an import points out what has much in common, each pair once, with what
// was there before too.
func TestImportAlike(t *testing.T) {
	eachStore(t, func(t *testing.T, s *corpus.Store) {
		dir := t.TempDir()
		imports := func(want string) {
			t.Helper()
			folder, err := corpus.OpenFolder(dir)
			if err != nil {
				t.Fatal(err)
			}
			report, err := s.Import(t.Context(), guild, folder, corpus.ImportOptions{Alike: true})
			var got []string
			for _, x := range report.Alike {
				got = append(got, fmt.Sprintf("%s in %s %d", x.Name, x.Other, x.Percent()))
			}
			if err != nil || strings.Join(got, ", ") != want {
				t.Errorf("alike are %q, %v, want %q", got, err, want)
			}
		}
		for i := range 8 {
			write(t, dir, fmt.Sprintf("%d.txt", i), prose(10+i, 40))
		}
		imports("")
		write(t, dir, "copie.html", "<p>"+prose(13, 40))
		imports("copie.html in 3.txt 100")
		imports("")
		write(t, dir, "a.txt", "Un texte.")
		write(t, dir, "b.txt", "Un texte.")
		imports("a.txt in b.txt 100")
		write(t, dir, "livre.txt", prose(30, 500)+prose(15, 40)+prose(31, 500))
		imports("5.txt in livre.txt 100")
		write(t, dir, "extrait.txt", within(t, prose(31, 500), 300, 350))
		imports("extrait.txt in livre.txt 100")
	})
}

// TestAlikeRealTexts: texts on one subject are not alike, and each is like itself however it
// is broken into lines, and with a tenth of its lines corrected.
func TestAlikeRealTexts(t *testing.T) {
	dir := os.Getenv("VERBATIM_TESTDATA")
	if dir == "" {
		t.Skip("VERBATIM_TESTDATA is not set: the folder of texts that are not part of the repository")
	}
	files, err := filepath.Glob(filepath.Join(dir, "corpus", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d texts, %v", len(files), err)
	}
	eachStore(t, func(t *testing.T, s *corpus.Store) {
		texts := map[string]string{}
		for _, name := range files {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			texts[filepath.Base(name)] = string(data)
			put(t, s, guild, draft(t, filepath.Base(name), string(data)))
		}
		for name, text := range texts {
			lines := strings.Split(text, "\n")
			for i := range lines {
				if i%10 == 3 {
					lines[i] = "Une ligne corrigée par l'auteur."
				}
			}
			for edition, changed := range map[string]string{"other lines": wrapped(text), "corrected": strings.Join(lines, "\n")} {
				found, err := s.Alike(t.Context(), corpus.Everything(guild), draft(t, "new.txt", changed))
				if err != nil || len(found) != 1 || found[0].Document.Name != name {
					t.Errorf("%s, %s: alike are %+v, %v, want the text alone", name, edition, found, err)
					continue
				}
				t.Logf("%s, %s: %d %% stand in it, %d %% of it", name, edition, found[0].Percent(), int(100*found[0].Covered))
			}
			found, err := s.Alike(t.Context(), corpus.Everything(guild), draft(t, name, text))
			if err != nil || len(found) > 0 {
				t.Errorf("%s is like another text of the subject: %+v, %v", name, found, err)
			}
		}
	})
}

// wrapped breaks a text into lines of other lengths.
func wrapped(text string) string {
	var out strings.Builder
	for _, paragraph := range strings.Split(text, "\n\n") {
		for i, word := range strings.Fields(paragraph) {
			out.WriteString(word)
			if i%11 == 10 {
				out.WriteString("\n")
			} else {
				out.WriteString(" ")
			}
		}
		out.WriteString("\n\n")
	}
	return out.String()
}
