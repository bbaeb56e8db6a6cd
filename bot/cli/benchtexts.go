package cli

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Made-up texts are sentences of French small words and words that there are not, the same
// in each run. How often a word stands there falls with its rank as in natural texts (Zipf),
// and their number grows with the root of the length (Heaps). Each text is on a subject,
// whose words stand in it often. They say nothing about how good answers are, only how long
// they take.
type madeUp struct {
	passages int
	words    []string
	shares   []float64 // how often the words up to each one stand, summed up
}

const (
	madeUpPassages = 20 // of a text; a passage is a paragraph
	madeUpSubject  = 40 // words of a subject
	madeUpWords    = 80 // of a paragraph, about
)

// makeUp returns texts of so many passages.
func makeUp(passages int) *madeUp {
	m := &madeUp{passages: passages}
	syllables := strings.Fields("ba ce di fo gu la mé ni po ra se ti vo lan ter mon vir cra pli sur ment tion eau ais")
	random := rand.New(rand.NewPCG(1, 1))
	known := map[string]bool{}
	sum := 0.0
	for n := int(30 * math.Sqrt(madeUpWords*float64(passages))); len(m.words) < n; {
		var w strings.Builder
		for range 2 + random.IntN(3) {
			w.WriteString(syllables[random.IntN(len(syllables))])
		}
		if known[w.String()] {
			continue
		}
		known[w.String()] = true
		m.words = append(m.words, w.String())
		sum += 1 / (float64(len(m.words)) + 20)
		m.shares = append(m.shares, sum)
	}
	return m
}

// write writes the texts into a folder, a file each.
func (m *madeUp) write(dir string) error {
	for n := 0; n*madeUpPassages < m.passages; n++ {
		f, err := os.Create(filepath.Join(dir, fmt.Sprintf("text-%06d.md", n)))
		if err != nil {
			return err
		}
		_, err = io.WriteString(f, m.text(n))
		if closed := f.Close(); err == nil {
			err = closed
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (m *madeUp) text(n int) string {
	random := rand.New(rand.NewPCG(2, uint64(n)))
	about := m.subject(n)
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: Texte %d\nlanguage: fr\n---\n# De %s et de %s\n", n+1, about[0], about[1])
	for range min(madeUpPassages, m.passages-n*madeUpPassages) {
		b.WriteString("\n")
		for words := 0; words < madeUpWords; {
			sentence := m.sentence(random, about, 10+random.IntN(15))
			words += len(sentence)
			first, size := utf8.DecodeRuneInString(sentence[0])
			sentence[0] = string(unicode.ToUpper(first)) + sentence[0][size:]
			fmt.Fprintf(&b, "%s. ", strings.Join(sentence, " "))
		}
		b.WriteString("\n")
	}
	return b.String()
}

// small are the small words between the others; with them texts are told to be French.
var small = strings.Fields("le la les de des du et en dans pour par sur avec est était une un que qui ne pas ce cette sont à au aux")

func (m *madeUp) sentence(random *rand.Rand, about []string, length int) []string {
	words := make([]string, length)
	for i := range words {
		switch what := random.Float64(); {
		case i%2 == 0 && what < 0.8:
			words[i] = small[int(float64(len(small))*what*random.Float64())]
		case what < 0.3:
			words[i] = about[int(float64(len(about))*random.Float64()*random.Float64())]
		default:
			words[i] = m.word(random)
		}
	}
	return words
}

// subject returns the words that a text has often, none of the most frequent.
func (m *madeUp) subject(n int) []string {
	random := rand.New(rand.NewPCG(3, uint64(n)))
	about := make([]string, madeUpSubject)
	for i := range about {
		about[i] = m.words[len(m.words)/50+random.IntN(len(m.words)*49/50)]
	}
	return about
}

func (m *madeUp) word(random *rand.Rand) string {
	at, _ := slices.BinarySearch(m.shares, random.Float64()*m.shares[len(m.shares)-1])
	return m.words[at]
}

// questions returns questions of words that stand in the texts.
func (m *madeUp) questions(count int) []string {
	random := rand.New(rand.NewPCG(4, 4))
	texts := (m.passages + madeUpPassages - 1) / madeUpPassages
	asked := make([]string, count)
	for i := range asked {
		about := m.subject(random.IntN(texts))
		asked[i] = fmt.Sprintf("Quel est le %s de %s pour %s ?", about[random.IntN(5)], about[5+random.IntN(10)], m.word(random))
	}
	return asked
}
