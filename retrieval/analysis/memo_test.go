package analysis_test

import (
	"strings"
	"sync"
	"testing"
)

// TestWordsReadAgain: a word has its own terms and no other's, however many others were read
// before, in whatever languages, and by how many at a time.
func TestWordsReadAgain(t *testing.T) {
	var words []string // more than are kept
	syllables := strings.Fields("ba cel di fon gu hau jer kil lom mun nar pes quo rit sol tur van zie tion ment")
	for i := range 24_000 {
		word := ""
		for n := i + len(syllables); n > 0; n /= len(syllables) {
			word += syllables[n%len(syllables)]
		}
		words = append(words, word)
	}
	joined := func(language, word string) string { return strings.Join(terms(language, word), " ") }
	first := map[string][]string{}
	for _, language := range []string{"fr", "de", "none"} {
		for _, w := range words {
			first[language] = append(first[language], joined(language, w))
			if term := first[language][len(first[language])-1]; language == "none" && term != w {
				t.Fatalf("%s is %q in a language without endings", w, term)
			}
		}
	}
	var readers sync.WaitGroup
	for language := range first {
		readers.Go(func() {
			for i := len(words) - 1; i >= 0; i-- {
				if got := joined(language, words[i]); got != first[language][i] {
					t.Errorf("%s in %s is %q, before %q", words[i], language, got, first[language][i])
					return
				}
			}
		})
	}
	readers.Wait()
}
