package retrieval_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"verbatim/corpus"
	"verbatim/retrieval"
)

// TestVaried prints, for each coefficient of this package, what half and twice of it do on two
// sets. Those of ranking, of sentences and of misspelt words are varied on a part of
// piaf_fr_dev and squad_en: the share of questions whose passage is found first, also where
// two letters of a word are swapped, and of those for which an answer stands in the first
// excerpt and in all. Those by which curated answers are gathered are varied on stackfaq_en and
// the sample: the share of questions whose answer is the first.
//
//	VERBATIM_LONG=1 VERBATIM_TESTDATA=… go test ./retrieval -run TestVaried -v -timeout 2h
func TestVaried(t *testing.T) {
	data := os.Getenv("VERBATIM_TESTDATA")
	if data == "" || os.Getenv("VERBATIM_LONG") == "" {
		t.Skip("VERBATIM_LONG and VERBATIM_TESTDATA are not set: the latter names the folder with eval/piaf_fr_dev, eval/squad_en and eval/stackfaq_en")
	}
	for _, set := range []string{"piaf_fr_dev", "squad_en"} {
		t.Run(set, func(t *testing.T) {
			s := openSet(t, filepath.Join(data, "eval", set))
			vary(t, retrieval.Coefficients, s.measure)
		})
	}
	t.Run("stackfaq_en", func(t *testing.T) {
		vary(t, retrieval.MatchCoefficients, openAnswers(t, filepath.Join(data, "eval", "stackfaq_en")).measure)
	})
	t.Run("sample", func(t *testing.T) {
		vary(t, retrieval.MatchCoefficients, openSampleAnswers(t).measure)
	})
}

// vary prints what half and twice of each coefficient do.
func vary(t *testing.T, coefficients map[string]*float64, measure func(*testing.T) string) {
	t.Helper()
	t.Logf("as it is %s", measure(t))
	for _, name := range slices.Sorted(maps.Keys(coefficients)) {
		c := coefficients[name]
		usual := *c
		for _, factor := range []float64{0.5, 2} {
			*c = usual * factor
			t.Logf("%-15s %.2f %s", name, *c, measure(t))
		}
		*c = usual
	}
}

// A fitSet is questions with the passages that they are about.
type fitSet struct {
	*library
	questions []fitQuestion
}

type fitQuestion struct {
	ID, Text string
	Answers  []string
	document string // its name
}

// everyNth question of a set is asked.
const everyNth = 6

func openSet(t *testing.T, dir string) fitSet {
	t.Helper()
	s := fitSet{library: open(t)}
	folder, err := corpus.OpenFolder(dir)
	check(t, err)
	folder.Names = []string{corpus.CollectionName}
	_, err = s.Import(t.Context(), guild, folder, corpus.ImportOptions{})
	check(t, err)
	about := map[string]string{}
	relevant, err := os.ReadFile(filepath.Join(dir, "qrels.tsv"))
	check(t, err)
	for line := range strings.Lines(string(relevant)) {
		fields := strings.Fields(line)
		about[fields[0]] = fields[1]
	}
	queries, err := os.ReadFile(filepath.Join(dir, "queries.jsonl"))
	check(t, err)
	n := 0
	for line := range strings.Lines(string(queries)) {
		if n++; n%everyNth != 0 {
			continue
		}
		var q fitQuestion
		check(t, json.Unmarshal([]byte(line), &q))
		q.document = about[q.ID]
		s.questions = append(s.questions, q)
	}
	return s
}

// measure asks all questions.
func (s fitSet) measure(t *testing.T) string {
	t.Helper()
	access := corpus.Everything(guild)
	var first, misspelt, inFirst, inAll float64
	for _, q := range s.questions {
		query := retrieval.Query{Text: q.Text, Access: access}
		hits, err := s.Rank(t.Context(), query, 1)
		check(t, err)
		if len(hits) > 0 && s.name(t, access, hits[0].Document) == q.document {
			first++
		}
		hits, err = s.Rank(t.Context(), retrieval.Query{Text: swapLetters(q.Text), Access: access}, 1)
		check(t, err)
		if len(hits) > 0 && s.name(t, access, hits[0].Document) == q.document {
			misspelt++
		}
		found, err := s.Search(t.Context(), query, s.Store)
		check(t, err)
		for i, e := range found.Excerpts {
			if slices.ContainsFunc(q.Answers, func(a string) bool { return strings.Contains(strings.ToLower(e.Text), strings.ToLower(a)) }) {
				if inAll++; i == 0 {
					inFirst++
				}
				break
			}
		}
	}
	n := float64(len(s.questions))
	return fmt.Sprintf("found first %.3f, misspelt %.3f, in the first excerpt %.3f, in all %.3f", first/n, misspelt/n, inFirst/n, inAll/n)
}

// swapLetters swaps two letters in the middle of the longest word.
func swapLetters(text string) string {
	longest := slices.MaxFunc(strings.Fields(text), func(x, y string) int { return cmp.Compare(len(x), len(y)) })
	letters := []rune(longest)
	if i := len(letters) / 2; i > 0 {
		letters[i-1], letters[i] = letters[i], letters[i-1]
	}
	return strings.Replace(text, longest, string(letters), 1)
}
