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

// TestVaried prints, for each coefficient of this package, what none, half and twice of it do. Those
// of ranking, of sentences and of misspelt words are varied on variedSets: the share of questions
// whose passage is found first, also where two letters of a word are swapped, and of those for
// which an answer stands in the first excerpt and in all. Those by which curated answers are
// gathered are varied on stackfaq_en and the sample: the share of questions whose answer is the
// first.
//
//	VERBATIM_LONG=1 VERBATIM_TESTDATA=… go test ./retrieval -run TestVaried -v -timeout 2h
func TestVaried(t *testing.T) {
	data := os.Getenv("VERBATIM_TESTDATA")
	if data == "" || os.Getenv("VERBATIM_LONG") == "" {
		t.Skip("VERBATIM_LONG and VERBATIM_TESTDATA are not set: the latter names the folder with the sets below eval, and texts below corpus")
	}
	for _, set := range variedSets {
		t.Run(filepath.Base(set.dir), func(t *testing.T) {
			if _, err := os.Stat(inData(data, set.dir)); err != nil {
				t.Skip(err)
			}
			s := openSet(t, inData(data, set.dir), inData(data, set.docs))
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

// variedSets are the sets of questions on which coefficients are varied, with the folder of
// their texts where that is another. Folders are below the one with test data, or in this
// repository if they begin with a full stop. Those that are not there are skipped.
var variedSets = []struct{ dir, docs string }{
	{"eval/piaf_fr_dev", ""},
	{"eval/squad_en", ""},
	{"eval/xquad_en", ""},
	{"eval/texts_fr", "corpus"},
	{"../corpus/sample/questions", "../corpus/sample/notes"},
	{"../answers/eval/testdata/languages", ""},
	{"eval/xquad_es", ""},
	{"eval/xquad_de", ""},
	{"eval/faquad_pt", ""},
	{"eval/squad_pt", ""},
	{"eval/squad_it", ""},
	{"eval/squad_es", ""},
}

func inData(data, dir string) string {
	if dir == "" || dir[0] == '.' {
		return dir
	}
	return filepath.Join(data, dir)
}

// vary prints what none, half and twice of each coefficient do.
func vary(t *testing.T, coefficients map[string]*float64, measure func(*testing.T) string) {
	t.Helper()
	t.Logf("as it is %s", measure(t))
	for _, name := range slices.Sorted(maps.Keys(coefficients)) {
		c := coefficients[name]
		usual := *c
		for _, factor := range []float64{0, 0.5, 2} {
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
	document string // its name, "" if the set says none
}

// everyNth question of a set is asked that has many.
const (
	everyNth = 6
	many     = 1000
)

// openSet opens a set, whose texts are its collection, or else those below a folder.
func openSet(t *testing.T, dir, docs string) fitSet {
	t.Helper()
	s := fitSet{library: open(t)}
	folder, err := corpus.OpenFolder(cmp.Or(docs, dir))
	check(t, err)
	about := map[string]string{}
	if docs == "" {
		folder.Names = []string{corpus.CollectionName}
		eachLine(t, filepath.Join(dir, "qrels.tsv"), func(line string) {
			fields := strings.Fields(line)
			about[fields[0]] = fields[1]
		})
	}
	_, err = s.Import(t.Context(), guild, folder, corpus.ImportOptions{})
	check(t, err)
	eachLine(t, filepath.Join(dir, "queries.jsonl"), func(line string) {
		var q fitQuestion
		check(t, json.Unmarshal([]byte(line), &q))
		q.document = about[q.ID]
		s.questions = append(s.questions, q)
	})
	if len(s.questions) >= many {
		var some []fitQuestion
		for i := everyNth - 1; i < len(s.questions); i += everyNth {
			some = append(some, s.questions[i])
		}
		s.questions = some
	}
	return s
}

// measure asks all questions.
func (s fitSet) measure(t *testing.T) string {
	t.Helper()
	access := corpus.Everything(guild)
	var first, misspelt, inFirst, inAll float64
	for _, q := range s.questions {
		isFirst := func(text string) bool {
			hits, err := s.Rank(t.Context(), retrieval.Query{Text: text, Access: access}, 1, nil)
			check(t, err)
			return len(hits) > 0 && s.name(t, access, hits[0].Document) == q.document
		}
		if q.document != "" && isFirst(q.Text) {
			first++
		}
		if q.document != "" && isFirst(swapLetters(q.Text)) {
			misspelt++
		}
		found, err := s.Search(t.Context(), retrieval.Query{Text: q.Text, Access: access}, s.Store)
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
	if s.questions[0].document == "" {
		return fmt.Sprintf("in the first excerpt %.3f, in all %.3f", inFirst/n, inAll/n)
	}
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
