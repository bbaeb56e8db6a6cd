package retrieval

import (
	"slices"
	"strings"

	"verbatim/corpus"
)

// A candidate is a ranked passage, analysed so that sentences of it can be chosen.
type candidate struct {
	corpus.Found
	score     float64
	language  string     // it is analysed in
	weights   []float64  // of each content word of the question, in the passage's language
	total     float64    // of weights
	context   []bool     // which content words stand in the title or the headings
	terms     []string   // of all sentences, in order, for the neighbourhood of words
	wanted    []string   // term of each content word, "" where it is a stop word
	also      [][]string // terms of the words that each may stand for
	trust     []float64  // how much of the weight of each counts where it is found
	sentences []sentence
}

// A sentence is one that may be quoted.
type sentence struct {
	text    string
	runes   int
	has     []bool // which content words of the question stand in it
	exact   []bool // which stand in it in the form in which they were typed
	pronoun bool   // begins with one
}

func newCandidate(q question, found corpus.Found, score float64, code string, weight map[string]float64) candidate {
	c := candidate{Found: found, score: score, language: code}
	content := q.words
	for _, w := range content {
		term, isTerm := w.terms[code]
		c.wanted = append(c.wanted, term)
		c.also = append(c.also, w.also[code])
		c.trust = append(c.trust, w.trust())
		c.weights = append(c.weights, 0)
		if isTerm {
			c.weights[len(c.weights)-1] = weight[term]
			c.total += weight[term]
		}
	}
	heading := strings.Join(append([]string{found.Document.Title}, found.Section...), "\n")
	_, c.context, _ = c.analyse(content, code, heading)
	for _, text := range found.Texts {
		s := sentence{text: text, runes: len([]rune(text)), pronoun: startsWithPronoun(text)}
		var tokens []Token
		tokens, s.has, s.exact = c.analyse(content, code, text)
		for _, t := range tokens {
			c.terms = append(c.terms, t.Term)
		}
		c.sentences = append(c.sentences, s)
	}
	return c
}

// analyse tells which content words of the question stand in a text.
func (c *candidate) analyse(content []questionWord, code, text string) (tokens []Token, has, exact []bool) {
	tokens = Analyze(code, text)
	terms, forms := map[string]bool{}, map[string]bool{}
	for _, t := range tokens {
		terms[t.Term] = true
		forms[fold(strings.ToLower(text[t.Start:t.End]))] = true
	}
	has, exact = make([]bool, len(content)), make([]bool, len(content))
	for i, w := range content {
		has[i] = c.wanted[i] != "" && terms[c.wanted[i]] ||
			slices.ContainsFunc(c.also[i], func(t string) bool { return terms[t] })
		exact[i] = has[i] && forms[w.folded]
	}
	return tokens, has, exact
}

// coverage is the share of the question's weight that the marked words have.
func (c *candidate) coverage(marks ...[]bool) float64 {
	if c.total == 0 {
		return 0
	}
	sum := 0.0
	for i, w := range c.weights {
		for _, m := range marks {
			if m[i] {
				sum += w * c.trust[i]
				break
			}
		}
	}
	return sum / c.total
}

// pronouns open sentences that speak of what the sentence before named.
var pronouns = wordSet(`il elle ils elles ce cela celui celle ceux celles cet cette ces leur leurs lui y
	él ella ellos ellas este esta esto estos estas ese esa eso
	he she it they this that these those his her their its`)

func startsWithPronoun(text string) bool {
	for start, end := range words(text) {
		first, _, _ := strings.Cut(strings.ToLower(text[start:end]), "'")
		return pronouns[first]
	}
	return false
}
