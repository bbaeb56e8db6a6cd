package eval

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"verbatim/corpus"
)

// Fold puts all questions of the set into lower case without accents, as they are
// typed in haste: œ, æ and ß become two letters.
func (s *Set) Fold() { s.retype(func(q Query) string { return fold(q.Text) }) }

// AddNoise puts one typing error into each question of the set. Which one depends on
// the seed and the question's id alone, so that the same seed gives the same questions
// in any set that has them. It is one of four, each as likely: two neighbouring letters
// swapped, a letter dropped, doubled, or replaced by one beside it on the keyboard
// (AZERTY for a French question, QWERTZ for a German one, else QWERTY). It falls on a
// word of at least four letters; a question without such a word stays as it is.
func (s *Set) AddNoise(seed uint64) {
	s.retype(func(q Query) string { return mistype(q, seed) })
}

func (s *Set) retype(typed func(Query) string) {
	for _, queries := range [][]Query{s.Queries, s.Unanswerable} {
		for i := range queries {
			queries[i].Text = typed(queries[i])
		}
	}
	for _, c := range s.Curated {
		for kind, texts := range map[string][]string{"ask": c.Asks, "miss": c.Misses} {
			for i := range texts {
				texts[i] = typed(Query{ID: fmt.Sprintf("%s %s %d", c.ID, kind, i), Text: texts[i]})
			}
		}
	}
}

func fold(text string) string {
	text = strings.NewReplacer("œ", "oe", "æ", "ae", "ß", "ss").Replace(strings.ToLower(norm.NFC.String(text)))
	dropMarks := func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}
	return norm.NFC.String(strings.Map(dropMarks, norm.NFD.String(text)))
}

// mistype returns the text of a query with a typing error.
func mistype(q Query, seed uint64) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %s", seed, q.ID))
	random := rand.New(rand.NewPCG(binary.BigEndian.Uint64(sum[:8]), binary.BigEndian.Uint64(sum[8:16])))
	text := []rune(norm.NFC.String(q.Text))
	words := longWords(text)
	if len(words) == 0 {
		return q.Text
	}
	w := words[random.IntN(len(words))]
	keys := keyboardOf(corpus.Language(q.Text))
	for { // until the error shows, also without accents: swapping two like letters does not
		at := w.start + random.IntN(w.end-w.start)
		wrong := slices.Clone(text)
		switch random.IntN(4) {
		case 0:
			if at+1 < w.end {
				wrong[at], wrong[at+1] = wrong[at+1], wrong[at]
			}
		case 1:
			wrong = slices.Delete(wrong, at, at+1)
		case 2:
			wrong = slices.Insert(wrong, at, wrong[at])
		case 3:
			if beside := keys.beside(wrong[at]); len(beside) > 0 {
				wrong[at] = beside[random.IntN(len(beside))]
			}
		}
		if fold(string(wrong)) != fold(string(text)) {
			return string(wrong)
		}
	}
}

// A stretch is the runes of a text from start up to, not including, end.
type stretch struct{ start, end int }

// longWords returns the runs of letters in a text that have at least four and touch no
// digit.
func longWords(text []rune) []stretch {
	var words []stretch
	for start := 0; start < len(text); {
		end := start
		letters := true
		for end < len(text) && isWord(text[end]) {
			letters = letters && unicode.IsLetter(text[end])
			end++
		}
		if letters && end-start >= 4 {
			words = append(words, stretch{start, end})
		}
		start = end + 1
	}
	return words
}

// A keyboard is its rows of letters.
type keyboard [3]string

func keyboardOf(language string) keyboard {
	switch language {
	case "fr":
		return keyboard{"azertyuiop", "qsdfghjklm", "wxcvbn"}
	case "de":
		return keyboard{"qwertzuiop", "asdfghjkl", "yxcvbnm"}
	}
	return keyboard{"qwertyuiop", "asdfghjkl", "zxcvbnm"}
}

// beside returns the letters to the left and right of a letter and those that touch its
// key in the rows above and below, in the letter's case; none if it is on no key.
func (k keyboard) beside(letter rune) []rune {
	lower := unicode.ToLower(letter)
	var found []rune
	for i, row := range k {
		at := strings.IndexRune(row, lower)
		if at < 0 {
			continue
		}
		// Each row stands half a key to the right of the one above.
		for _, near := range [][2]int{{i, at - 1}, {i, at + 1}, {i - 1, at}, {i - 1, at + 1}, {i + 1, at - 1}, {i + 1, at}} {
			if near[0] >= 0 && near[0] < len(k) && near[1] >= 0 && near[1] < len(k[near[0]]) {
				found = append(found, rune(k[near[0]][near[1]]))
			}
		}
	}
	if unicode.IsUpper(letter) {
		for i := range found {
			found[i] = unicode.ToUpper(found[i])
		}
	}
	return found
}
