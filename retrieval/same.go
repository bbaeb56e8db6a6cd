package retrieval

import (
	"context"
	"maps"
	"strings"
	"unicode/utf8"
)

// Same reports whether two questions ask the same in other words: the same words that
// carry meaning, in whatever order, form and with whatever typing errors. They differ
// when one has a name, a number or any other such word that the other lacks, when they
// ask for another kind of thing (who, when), or when a word turns the meaning of one
// (not, before).
//
// Both are read in one language. IsWord tells whether a word in lower case without
// accents is one that the texts know: of two that do, none is the other misspelt. It is
// asked only where that decides, and may be nil.
func Same(language, one, other string, isWord func(word string) bool) bool {
	a, b := sketchOf(language, one), sketchOf(language, other)
	if len(a.words) == 0 || len(b.words) == 0 {
		return a.folded == b.folded
	}
	if !maps.Equal(a.turns, b.turns) || offAim(a, b) {
		return false
	}
	left, right := a.without(b), b.without(a)
	if len(left) != len(right) {
		return false
	}
	for _, w := range left {
		i := w.misspeltIn(right, isWord)
		if i < 0 {
			return false
		}
		right = append(right[:i:i], right[i+1:]...)
	}
	return true
}

// A sketch is what of a question says what it asks.
type sketch struct {
	words  []sketched
	terms  map[string]bool // of words, in all their forms
	folded string          // all of it in lower case without accents
	aims   map[aim]bool
	sharp  bool
	turns  map[string]bool // words that turn the meaning
}

// A sketched word is one that carries meaning, with all forms it may have.
type sketched struct {
	terms  []string
	folded string
	name   bool // it is written like one, or a number
}

func sketchOf(language, text string) sketch {
	s := sketch{terms: map[string]bool{}, turns: map[string]bool{}}
	l := languageOf(language)
	for start, end := range words(text) {
		folded := l.fold(strings.ToLower(plain(text[start:end])))
		s.folded += " " + folded
		for _, part := range strings.FieldsFunc(folded, isApostrophe) {
			if turning[part] {
				s.turns[turn(part)] = true
			}
		}
	}
	s.aims, s.sharp = aimsOf(l.code, text)
	kept := false // the last token that is no other form
	for _, t := range Analyze(l.code, text) {
		if t.Also {
			if kept {
				last := &s.words[len(s.words)-1]
				last.terms = append(last.terms, t.Term)
				s.terms[t.Term] = true
			}
			continue
		}
		folded := l.fold(strings.ToLower(plain(text[t.Start:t.End])))
		kept = !idioms[l.code].hollow[folded] && !turning[folded] && !s.terms[t.Term]
		if kept {
			s.words = append(s.words, sketched{[]string{t.Term}, folded, isName(text, t.Start)})
			s.terms[t.Term] = true
		}
	}
	return s
}

// offAim reports whether one question asks for a kind of thing for which the other does
// not.
func offAim(a, b sketch) bool {
	for k := range a.aims {
		if b.aims[k] {
			return false
		}
	}
	return len(a.aims) > 0 && len(b.aims) > 0 || a.sharp || b.sharp
}

// without returns the words of a that b has in no form.
func (a sketch) without(b sketch) []sketched {
	var rest []sketched
	for _, w := range a.words {
		found := false
		for _, term := range w.terms {
			found = found || b.terms[term]
		}
		if !found {
			rest = append(rest, w)
		}
	}
	return rest
}

// Lengths in letters from which on a word may be another misspelt, by one letter and by
// two, and from which on a name may be.
const (
	sameOneWrong  = 5
	sameTwoWrong  = 9
	sameNameWrong = 8
)

// misspeltIn returns which of some words is w misspelt, or the reverse, -1 for none.
func (w sketched) misspeltIn(others []sketched, isWord func(string) bool) int {
	letters := utf8.RuneCountInString(w.folded)
	for i, other := range others {
		shorter := min(letters, utf8.RuneCountInString(other.folded))
		if shorter < sameOneWrong || letters > maxTermRunes || w.name && other.name && shorter < sameNameWrong ||
			isNumber(w.folded) || isNumber(other.folded) {
			continue
		}
		most := 1
		if shorter >= sameTwoWrong {
			most = 2
		}
		if distance([]rune(w.folded), []byte(other.folded), most) > most {
			continue
		}
		if isWord == nil || !isWord(w.folded) || !isWord(other.folded) {
			return i
		}
	}
	return -1
}

// turning are words that turn the meaning of a question, though they are stop words.
var turning = wordSet(`avant apres sans contre jamais non
	before after without against not never until
	antes despues sin contra nunca
	vor nach ohne gegen nicht kein keine nie
	prima dopo senza contro mai
	depois sem nao`)

// turn returns the word by which those that mean the same are known.
func turn(word string) string {
	if word == "keine" {
		return "kein"
	}
	return word
}

// Holds reports whether texts of a guild hold a word, in lower case without accents, in
// just this form.
func (x *Indexes) Holds(ctx context.Context, guild, word string) (bool, error) {
	held := false
	err := x.use(ctx, guild, func(g *guildIndex) error {
		reader, err := g.reader()
		if err != nil {
			return err
		}
		defer reader.Close()
		terms, err := reader.TermFieldReader(ctx, []byte(word), wordField, false, false, false)
		if err != nil {
			return err
		}
		held = terms.Count() > 0
		return terms.Close()
	})
	return held, err
}
