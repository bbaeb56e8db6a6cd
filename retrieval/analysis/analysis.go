package analysis

import (
	"strings"
	"unicode/utf8"
)

// A Token is a word of a text in the form in which it is indexed.
//
// Some words have more than one form: a compound is its parts and the whole in one
// piece, a chapter III is a third one and a chapter 3. The further forms are tokens of
// their own that are marked Also. They follow the token or tokens that they stand
// beside, cover their bytes, and repeat the position of the first. In the length of a
// passage they count like words, in the passage and in the average alike.
type Token struct {
	Term       string
	Start, End int  // byte offsets of the word in the text
	Position   int  // number of the word in the text, from 1; stop words count
	Also       bool // another form of what the tokens before it stand for
}

// MaxTermRunes bounds the length of terms; longer words are cut.
const MaxTermRunes = 64

// Analyze returns the words of a text that carry meaning, as they are indexed, in the
// order of the text. Stop words are looked up before accents are folded (né is not ne), stems
// are taken after, so that a word means the same with and without its accents.
// Numbers, numerals, initials and compounds get one form however they are written.
// The text may be in any normalisation form; offsets are true to it.
func (l *Language) Analyze(text string) []Token {
	a := analyzer{Language: l, text: text}
	a.split()
	a.tokens = make([]Token, 0, len(a.words))
	for i := 0; i < len(a.words); {
		i += a.read(i)
	}
	return a.tokens
}

// An analyzer is at work on one text.
type analyzer struct {
	*Language
	text     string
	words    []word
	tokens   []Token
	position int

	afterDecade int // the word after the decade that was read last
}

// read reads what begins at a word, and returns how many words that has.
func (a *analyzer) read(i int) int {
	if n := a.period(i); n > 0 {
		return n
	}
	if n := a.duration(i); n > 0 {
		return n
	}
	if n := a.compound(i); n > 0 {
		return n
	}
	return a.next(i)
}

// next reads what begins at a word, however many words it has, and returns how many.
func (a *analyzer) next(i int) int {
	a.position++
	if w := a.words[i]; w.usual {
		if !w.silent {
			a.emit(w.term, i, i)
		}
		return 1
	}
	first := a.words[i].folded[0]
	if '0' <= first && first <= '9' {
		if n := a.digits(i); n > 0 {
			return n
		}
	} else {
		if n := a.initials(i); n > 0 {
			return n
		}
		if n := a.spelledNumber(i); n > 0 {
			return n
		}
		if a.roman(i) {
			return max(1, a.ordinalMark(i))
		}
		if n := a.percent(i); n > 0 {
			return n
		}
	}
	a.plain(i)
	return 1
}

// plain reads a word that is nothing else.
func (a *analyzer) plain(i int) {
	w := &a.words[i]
	switch meant := a.unaccented(i); {
	case a.isShortCentury(i):
		a.emit(a.stemmed(a.century), i, i)
	case meant != "":
		a.emit(a.term(meant, a.Fold(meant)), i, i)
	case a.isName(i):
		a.emit(a.stemmed(w.folded), i, i)
	case a.isAuxiliary(i):
	case !a.stop[w.lower] || a.isElidedNoun(i):
		a.emit(w.term, i, i)
	}
}

// emit adds the token of some words.
func (a *analyzer) emit(term string, first, last int) {
	a.tokens = append(a.tokens, Token{Term: term, Start: a.words[first].start, End: a.words[last].end, Position: a.position})
}

// also adds another form of the last token.
func (a *analyzer) also(term string) {
	t := a.tokens[len(a.tokens)-1]
	t.Term, t.Also = term, true
	a.tokens = append(a.tokens, t)
}

// term returns the form of a word that all its forms share: that of the irregular
// ones from a table, that of others by taking off their endings.
func (a *analyzer) term(lower, folded string) string {
	if form, found := a.forms[lower]; found {
		return form
	}
	if form, found := a.forms[folded]; found && a.umlauts {
		return form
	}
	return a.stemmed(folded)
}

// Term returns the term of a word in lower case without accents, by itself.
func (l *Language) Term(folded string) string {
	a := analyzer{Language: l}
	return a.term(folded, l.Fold(folded))
}

// stemmed takes its ending off a word.
func (a *analyzer) stemmed(folded string) string {
	if utf8.RuneCountInString(folded) > MaxTermRunes {
		folded = string([]rune(folded)[:MaxTermRunes])
	}
	if a.base.Stem == nil || !startsWithLetter(folded) {
		return folded
	}
	if a.code == "fr" {
		folded = frenchInfinitive(folded)
	}
	if a.code == "de" {
		folded = germanRoot(folded)
	}
	folded = a.inflection.withoutAdverb(folded)
	if root, found := a.inflection.root(folded); found {
		if term := a.roots[conjugated(root, folded)]; term != "" {
			return term
		}
		return root
	}
	return a.base.Stem(folded)
}

// initials reads letters with full stops after them, written together or apart
// (P.C., P. C., J.-C.), as one word.
func (a *analyzer) initials(i int) int {
	if !a.isInitial(i) || i+1 >= len(a.words) {
		return 0
	}
	last := i
	if apart := a.gap(i); isApart(apart) {
		for a.isInitial(last+1) && a.gap(last) == apart && a.isCapital(last) && a.isCapital(last+1) {
			last++
		}
	} else {
		for a.isLetter(last+1) && (a.gap(last) == "." || a.gap(last) == ".-") {
			last++
		}
	}
	if last == i {
		return 0
	}
	joined := ""
	for _, w := range a.words[i : last+1] {
		joined += w.folded
	}
	a.emit(a.term(joined, joined), i, last)
	return last - i + 1
}

// isApart reports whether initials with this between them are written apart.
func isApart(gap string) bool { return gap == ". " || gap == ".\u00A0" || gap == ".\u202F" }

// isInitial reports whether there is a letter with a full stop after it.
func (a *analyzer) isInitial(i int) bool {
	return a.isLetter(i) && strings.HasPrefix(a.text[a.words[i].end:], ".")
}

func (a *analyzer) isLetter(i int) bool {
	return i < len(a.words) && len(a.words[i].folded) == 1 && startsWithLetter(a.words[i].folded)
}
