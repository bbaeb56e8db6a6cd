package analysis

import "strings"

// MaxParts bounds how many words with hyphens between them are also read as one.
const MaxParts = 4

// compound reads words with hyphens between them, or a prefix with a space after it
// (anti impérialiste): each for itself, and all as one word, so that Welt-Krieg and
// Weltkrieg meet. A pronoun put to a verb (vend-il, a-t-elle) is dropped. It returns
// how many words there are, 0 if there is no compound.
func (a *analyzer) compound(i int) int {
	if i+1 >= len(a.words) {
		return 0
	}
	last := i
	for a.hyphenated(last) {
		last++
	}
	if last == i && a.isPrefix(i) {
		last++
	}
	if last == i {
		return 0
	}
	if n := a.hyphenatedWhole(i, last); n > 0 {
		return n
	}
	end := a.withoutClitics(i, last)
	first := len(a.tokens)
	at := i
	for at <= end {
		at += a.next(at)
	}
	if first < len(a.tokens) && at == end+1 && end > i && end-i < MaxParts && a.isGluable(first) {
		a.glue(i, end, a.tokens[first].Position)
	}
	if at <= last {
		a.position += last - at + 1
		at = last + 1
	}
	return at - i
}

// isPrefix reports whether a word is a prefix, set apart from the word that it belongs to.
func (a *analyzer) isPrefix(i int) bool {
	if !prefixes[a.words[i].folded] || !a.adjoins(i) {
		return false
	}
	next := a.words[i+1]
	return len(next.folded) > 2 && startsWithLetter(next.folded) && !a.stop[next.lower]
}

// prefixes are those that are no words by themselves.
var prefixes = SetOf(`anti contra socio neo pseudo ultra semi post pre auto multi micro macro franco germano austro
	judeo anglo italo hispano luso afro euro counter sino russo indo electro radio tele hydro geo bio psycho`)

// hyphenatedWhole reads a word that is not what its parts are (peut-être). Some carry
// no meaning.
func (a *analyzer) hyphenatedWhole(i, last int) int {
	if last-i > 2 || a.hyphenWords == nil || !a.hyphenHeads[a.words[i].folded] {
		return 0
	}
	key := ""
	for k := i; k <= last; k++ {
		key += a.words[k].folded
		if k < last {
			key += "-"
		}
	}
	stop, found := a.hyphenWords[key]
	if !found {
		return 0
	}
	a.position++
	if !stop {
		joined := strings.ReplaceAll(key, "-", "")
		a.emit(a.term(joined, joined), i, last)
	}
	return last - i + 1
}

// withoutClitics returns the last word of a compound that is not a pronoun put to it.
func (a *analyzer) withoutClitics(i, last int) int {
	for last > i && a.clitics[a.words[last].folded] && !a.adjoins(last-1) {
		last--
	}
	return last
}

// isGluable reports whether the tokens from first on are words, or a name and a short
// number after it (Covid-19).
func (a *analyzer) isGluable(first int) bool {
	for n, t := range a.tokens[first:] {
		if !startsWithLetter(t.Term) && (n == 0 || len(t.Term) > 2 || t.Also) {
			return false
		}
	}
	return true
}

// glue adds the words of a compound as one.
func (a *analyzer) glue(first, last, position int) {
	var joined strings.Builder
	for _, w := range a.words[first : last+1] {
		joined.WriteString(w.folded)
	}
	a.tokens = append(a.tokens, Token{
		Term:     a.term(joined.String(), joined.String()),
		Start:    a.words[first].start,
		End:      a.words[last].end,
		Position: position,
		Also:     true,
	})
}
