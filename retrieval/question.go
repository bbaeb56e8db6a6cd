package retrieval

import (
	"math"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"verbatim/corpus"
	"verbatim/retrieval/analysis"
)

// A Query is a question and what its asker may see.
type Query struct {
	Text   string // what stands in quotation marks is looked for as a phrase
	Access corpus.Access
	Filter Filter

	Glossary *Glossary // of the guild; may be nil
}

// maxTerms bounds the different words of a question that are looked up; more than
// that is no question.
const maxTerms = 256

// A question is a Query analysed in the languages of an index.
type question struct {
	text      string   // normalisation form C
	language  string   // ISO 639-1, or "" when it can't be told
	languages []string // of the index
	words     []questionWord
	doubted   []questionWord // that were taken for stop words misspelt
	readings  []reading      // of words that the texts lack
	glossary  *Glossary
	entries   []entry // terms of the glossary in it, in their order
}

// A questionWord is a word of the question that carries meaning, as typed, with its
// term in each language of the index. In one in which it is a stop word it has none.
type questionWord struct {
	surface    string
	start, end int // of surface in the text, where it stands first
	folded     string
	name       bool // a number, or capitalised but not at the head
	terms      map[string]string
	also       map[string][]string // terms that stand for the word as well, see Token

	equal map[string][]string // terms of one or several words that the glossary says are equal, by language

	wholes []string // terms of compounds in German that it is a part of
	parts  []string // terms of its own parts, if it is one

	lacking bool                // the texts lack it
	stands  map[string][]string // terms of the words that it may stand for then, by language
	sure    bool                // that it stands for one of them
	guessed bool                // it is a half of a word that the texts lack, and perhaps none
	strange bool                // what it stands for begins otherwise, or is of another language
	dropped bool                // it carries no meaning after all
}

// trust is how much of a word's weight counts where it is found: less when another word
// stands for it.
func (w questionWord) trust() float64 {
	switch {
	case w.guessed:
		return trustUnsure
	case w.stands == nil:
		return 1
	case w.sure:
		return trustSure
	}
	return trustUnsure
}

// How much of the weight of a word counts where another stands that it may have been meant
// for, surely or perhaps.
var (
	trustSure   = 0.9
	trustUnsure = 0.5
)

// analyseQuestion analyses the text of a query in each language of an index. What is
// a stop word in the question's own language is looked up in no other.
func analyseQuestion(text string, languages []string) question {
	q := question{text: norm.NFC.String(strings.ToValidUTF8(text, " ")), language: languageOfQuestion(text), languages: languages}
	at := map[string]int{} // place in q.words by their folded forms
	if known[q.language] != nil {
		q.add(q.language, at, true)
	}
	native := len(at) > 0
	for _, code := range languages {
		q.add(code, at, !native)
	}
	return q
}

// add analyses the question in a language. Words that are not among its words yet
// are added to them only if asked for.
func (q *question) add(code string, at map[string]int, more bool) {
	tokens := Analyze(code, q.text)
	words := make([]int, len(tokens)) // where the tokens went
	for n, t := range tokens {
		if words[n] = -1; t.Also {
			q.addAlso(code, t, tokens[:n], words)
			continue
		}
		surface := q.text[t.Start:t.End]
		folded := analysis.Fold(strings.ToLower(analysis.Plain(surface)))
		i, found := at[folded]
		if !found {
			if !more || len(at) >= maxTerms {
				continue
			}
			i = len(q.words)
			at[folded] = i
			q.words = append(q.words, questionWord{
				surface: surface,
				start:   t.Start,
				end:     t.End,
				folded:  folded,
				name:    q.isName(t.Start),
				terms:   map[string]string{},
				also:    map[string][]string{},
			})
		}
		words[n] = i
		q.words[i].terms[code] = t.Term
	}
}

// addAlso adds another form to the words that it covers.
func (q *question) addAlso(code string, t analysis.Token, before []analysis.Token, words []int) {
	for n := len(before) - 1; n >= 0 && before[n].Start >= t.Start; n-- {
		if i := words[n]; i >= 0 && !slices.Contains(q.words[i].also[code], t.Term) {
			q.words[i].also[code] = append(q.words[i].also[code], t.Term)
		}
	}
}

// meant returns the words with those that may be stop words misspelt: among few texts, a
// word that none has is more often one than a mistake.
func (q question) meant() []questionWord {
	return append(slices.Clone(q.words), q.doubted...)
}

// newWord returns a word of the question as it would be if this form had been typed.
func (q *question) newWord(surface, form string) questionWord {
	w := questionWord{surface: surface, folded: form, terms: map[string]string{}, also: map[string][]string{}}
	for _, code := range q.languages {
		if l := languageOf(code); !l.IsStop(form) {
			w.terms[code] = l.Term(form)
		}
	}
	return w
}

// isName reports whether the word at an offset is a number or a name. In German, which
// writes all nouns with a capital, only numbers can be told.
func (q *question) isName(start int) bool {
	return analysis.IsName(q.text, start) && (q.language != gluing || isFigure(q.text[start:]))
}

// isDoubtful reports whether a word was perhaps not meant.
func (w questionWord) isDoubtful() bool {
	return w.guessed || w.stands != nil && (!w.sure || w.strange)
}

// terms returns the different terms of the question in a language, in order.
func (q question) terms(code string) []string {
	var terms []string
	for _, w := range q.words {
		t, found := w.terms[code]
		if !found {
			continue
		}
		for _, t := range append([]string{t}, w.also[code]...) {
			if !slices.Contains(terms, t) {
				terms = append(terms, t)
			}
		}
	}
	return terms
}

// idf is the weight of a term that df of n passages hold: ln(1 + (n-df+½)/(df+½)),
// the form of Robertson and Spärck Jones that never is negative. The passages are those
// of all languages: of one text among many in another language, each word is rare.
func idf(n, df int) float64 {
	return math.Log(1 + (float64(max(n-df, 0))+0.5)/(float64(df)+0.5)) // n lags behind in the middle of a long document
}
