package retrieval

import (
	"context"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"verbatim/retrieval/analysis"
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
	l := languageOf(language)
	one = correct(l, one, other, func(word string) bool {
		return l.IsStop(word) || idioms[l.Code()].hollow[word] || isWord != nil && isWord(word)
	})
	a, b := sketchOf(language, one), sketchOf(language, other)
	if len(a.words) == 0 || len(b.words) == 0 {
		return a.folded == b.folded
	}
	if !maps.Equal(a.turns, b.turns) || offAim(a, b) {
		return false
	}
	return a.within(b) && b.within(a)
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
	terms []string
}

func sketchOf(language, text string) sketch {
	s := sketch{terms: map[string]bool{}, turns: map[string]bool{}}
	l := languageOf(language)
	for start, end := range analysis.Words(text) {
		folded := l.Fold(strings.ToLower(analysis.Plain(text[start:end])))
		s.folded += " " + folded
		for _, part := range strings.FieldsFunc(folded, analysis.IsApostrophe) {
			if turning[part] {
				s.turns[turn(part)] = true
			}
		}
	}
	s.aims, s.sharp = aimsOf(l.Code(), text)
	kept := false // the last token that is no other form
	for _, t := range l.Analyze(text) {
		if t.Also {
			if kept {
				last := &s.words[len(s.words)-1]
				last.terms = append(last.terms, t.Term)
				s.terms[t.Term] = true
			}
			continue
		}
		folded := l.Fold(strings.ToLower(analysis.Plain(text[t.Start:t.End])))
		kept = !idioms[l.Code()].hollow[folded] && !turning[folded] && !s.terms[t.Term]
		if kept {
			s.words = append(s.words, sketched{[]string{t.Term}})
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

// within reports whether b has all words of a, in some form.
func (a sketch) within(b sketch) bool {
	for _, w := range a.words {
		if !slices.ContainsFunc(w.terms, func(term string) bool { return b.terms[term] }) {
			return false
		}
	}
	return true
}

// Lengths in letters from which on a word may be another misspelt: by one letter where
// one of them is known, by one where none is, and by two; and from which on a name may
// be. Letters that changed places need only the first.
const (
	sameOneWrong     = 4
	sameUnknownWrong = 5
	sameTwoWrong     = 9
	sameNameWrong    = 8
)

// correct returns a question with those words that are words of another misspelt, or the
// reverse, as they stand in the other.
func correct(l *analysis.Language, text, other string, isKnown func(string) bool) string {
	mine, others := written(l, text), written(l, other)
	var out strings.Builder
	at := 0
	for _, w := range mine {
		if slices.ContainsFunc(others, w.is) {
			continue
		}
		i := slices.IndexFunc(others, func(o writtenWord) bool {
			return !slices.ContainsFunc(mine, o.is) && w.mayBe(o, isKnown)
		})
		if i < 0 {
			continue
		}
		out.WriteString(text[at:w.start] + other[others[i].start:others[i].end])
		at = w.end
		others = slices.Delete(others, i, i+1)
	}
	return out.String() + text[at:]
}

// A writtenWord is a word as it is written in a question.
type writtenWord struct {
	start, end int
	folded     string
	name       bool
}

// written returns the words of a text, those that an apostrophe joins apart.
func written(l *analysis.Language, text string) []writtenWord {
	var all []writtenWord
	for start, end := range analysis.Words(text) {
		for start < end {
			size := strings.IndexFunc(text[start:end], analysis.IsApostrophe)
			if size < 0 {
				size = end - start
			}
			if size > 0 {
				folded := l.Fold(strings.ToLower(analysis.Plain(text[start : start+size])))
				all = append(all, writtenWord{start, start + size, folded, analysis.IsName(text, start)})
			}
			_, apostrophe := utf8.DecodeRuneInString(text[start+size : end])
			start += size + apostrophe
		}
	}
	return all
}

func (w writtenWord) is(other writtenWord) bool { return w.folded == other.folded }

// mayBe reports whether one of two words is the other misspelt.
func (w writtenWord) mayBe(other writtenWord, isKnown func(string) bool) bool {
	letters, otherLetters := []rune(w.folded), []rune(other.folded)
	shorter := min(len(letters), len(otherLetters))
	if shorter < sameOneWrong || len(letters) > analysis.MaxTermRunes || isNumber(w.folded) || isNumber(other.folded) {
		return false
	}
	most := 1
	if shorter >= sameTwoWrong {
		most = 2
	}
	if newPattern(w.folded).distance([]byte(other.folded)) > most {
		return false
	}
	slices.Sort(letters)
	slices.Sort(otherLetters)
	swapped := slices.Equal(letters, otherLetters)
	if w.name && other.name && shorter < sameNameWrong && !swapped {
		return false
	}
	known, otherKnown := isKnown(w.folded), isKnown(other.folded)
	return known != otherKnown || !known && (shorter >= sameUnknownWrong || swapped)
}

// turning are words that turn the meaning of a question, though they are stop words.
var turning = analysis.SetOf(`avant apres sans contre jamais non
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
		passages, err := reader.lists(term{wordField, word})
		held = passages.n > 0
		return err
	})
	return held, err
}
