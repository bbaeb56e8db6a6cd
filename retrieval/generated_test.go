package retrieval_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"verbatim/config/database"
)

// A generated corpus has texts of made-up words, the same in each run. How often a word
// stands in it falls with its rank as in natural texts (Zipf): the first hundred are the
// small words of a language, most others are rare. Each document is on a subject, whose
// words stand in it often. It is a Source, of the one guild.
type generated struct {
	passages int
	words    []string
	shares   []float64 // how often the words up to each one stand, summed up
}

const (
	perDocument = 20   // passages of a document
	perRevision = 100  // documents that change in one call of Changes
	aboutWords  = 60   // words of a subject
	aboutShare  = 0.25 // of the words of a passage, that are on its subject
	smallWords  = 100  // ranks that the small words have
)

// generate returns a corpus of so many passages, of about 75 words each.
func generate(passages int) *generated {
	g := &generated{passages: passages}
	// The vocabulary grows with the root of the length of the texts (Heaps).
	n := int(60 * math.Sqrt(75*float64(passages)))
	syllables := strings.Fields("ba ce di fo gu la me ni po ra se ti vo lan ter mon vir cra pli sur kem dro")
	random := rand.New(rand.NewPCG(1, 1))
	known := map[string]bool{}
	sum := 0.0
	for rank := 1; len(g.words) < n; {
		var word strings.Builder
		for range 1 + min(3, rank/smallWords) + random.IntN(3) {
			word.WriteString(syllables[random.IntN(len(syllables))])
		}
		w := word.String() + string(rune('a'+random.IntN(26)))
		if known[w] {
			continue
		}
		known[w] = true
		g.words = append(g.words, w)
		sum += 1 / (float64(rank) + 2.7) // Mandelbrot's form
		g.shares = append(g.shares, sum)
		rank++
	}
	return g
}

// word draws a word.
func (g *generated) word(random *rand.Rand) int {
	at, _ := slices.BinarySearch(g.shares, random.Float64()*g.shares[len(g.shares)-1])
	return at
}

// passage returns the words of a passage, by their ranks.
func (g *generated) passage(number int) []int {
	document := rand.New(rand.NewPCG(2, uint64(number/perDocument)))
	about := make([]int, aboutWords)
	for i := range about {
		about[i] = smallWords + document.IntN(len(g.words)/20)
	}
	random := rand.New(rand.NewPCG(3, uint64(number)))
	words := make([]int, max(10, int(75*math.Exp(0.4*random.NormFloat64()-0.08))))
	for i := range words {
		if words[i] = g.word(random); words[i] >= smallWords && random.Float64() < 2*aboutShare {
			words[i] = about[int(aboutWords*random.Float64()*random.Float64())]
		}
	}
	return words
}

func (g *generated) text(words []int) string {
	typed := make([]string, len(words))
	for i, w := range words {
		typed[i] = g.words[w]
	}
	return strings.Join(typed, " ")
}

func (g *generated) documents() int { return (g.passages + perDocument - 1) / perDocument }

func (g *generated) Head(context.Context, string) (database.Head, error) {
	return database.Head{Revision: int64(g.documents()), Stamp: "generated"}, nil
}

func (g *generated) Stamp(context.Context, string, int64) (string, error) { return "generated", nil }

func (g *generated) Changes(_ context.Context, _ string, since int64) (changes []database.Change, err error) {
	for i := int(since); i < g.documents() && len(changes) < perRevision; i++ {
		c := database.Change{Revision: int64(i + 1), ID: fmt.Sprint(i), Name: fmt.Sprint(i)}
		for n := i * perDocument; n < min((i+1)*perDocument, g.passages); n++ {
			c.Texts = append(c.Texts, database.Text{Ordinal: n % perDocument, Body: g.text(g.passage(n))})
		}
		changes = append(changes, c)
	}
	return changes, nil
}

// questions returns questions that each sample a passage, of three kinds in turn: two or
// three of its words, without the small ones; four to six of those; and eight to ten words
// that follow each other, with the small ones. One word in thirty is from elsewhere.
func (g *generated) questions(n int) []string {
	random := rand.New(rand.NewPCG(4, 4))
	var asked []string
	for i := range n {
		words := g.passage(random.IntN(g.passages))
		count := []int{2 + random.IntN(2), 4 + random.IntN(3), 8 + random.IntN(3)}[i%3]
		if i%3 < 2 {
			words = slices.DeleteFunc(words, func(w int) bool { return w < smallWords })
			random.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
			words = words[:min(count, len(words))]
		} else {
			at := random.IntN(max(1, len(words)-count))
			words = words[at:min(at+count, len(words))]
		}
		for i := range words {
			if random.IntN(30) == 0 {
				words[i] = g.word(random)
			}
		}
		asked = append(asked, g.text(words))
	}
	return asked
}
