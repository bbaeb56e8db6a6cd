package answers

import (
	"slices"
	"strings"
)

// with returns the question with what is left of the next one. A year takes the place of
// the only year, with its day and month if it has them; a number of the only number of as
// many figures, and an ordinal of the only ordinal; a name of the only name behind the like
// of what stands before it; and what stands beside a word that both have (the second
// round) of what stands beside it there. Where it was asked who or what something is, another
// takes its place. What finds no such place is added.
func (s said) with(next said) string {
	fresh := next.fresh()
	if fresh.from >= fresh.to {
		return ""
	}
	last := next.words[fresh.to-1]
	first := next.words[fresh.from]
	var old span
	switch {
	case first.number || first.isOrdinal():
		old = s.likeNumber(first)
	case next.month[first.lower] && last.number:
		old = s.likeNumber(last)
	}
	if !old.found {
		old = s.beside(next, &fresh)
	}
	if !old.found && !first.isOrdinal() {
		if old = s.allAskedAbout(next); old.found {
			fresh.from = 0
		}
	}
	if !old.found && !first.number {
		old = s.likeName(next, fresh)
	}
	if !old.found {
		mark := s.text[s.end():]
		if strings.HasPrefix(mark, ")") {
			return s.text[:s.end()] + ", " + next.rest() + mark
		}
		return s.text[:s.end()] + " (" + next.rest() + ")" + mark
	}
	return s.text[:s.words[old.from].start] + next.slice(fresh) + s.text[s.words[old.to-1].end:]
}

// allAskedAbout returns what a question asks about that says nothing else than who or what it
// is (who was X), with the article before it, and next names another by itself.
func (s said) allAskedAbout(next said) span {
	asks, _ := s.asking()
	what := asks.found && (s.who[s.words[asks.to-1].lower] || s.what[s.words[asks.to-1].lower])
	head := next.words[0].lower
	isPlaced := (next.at[head] || next.by[head]) && !(head == "a" && next.article[head]) // a is also the Portuguese article
	if !what || isPlaced || next.count(func(w saidWord) bool { return w.number }) > 0 {
		return span{}
	}
	isAsked, about := false, span{}
	for i, w := range s.words {
		switch {
		case s.being[w.lower]:
			isAsked = true
		case !w.content:
		case w.aspect || w.number || about.found && (about.to != i || !s.adjoins(i)):
			return span{}
		case about.found:
			about.to++
		default:
			about = span{i, i + 1, true}
		}
	}
	if !isAsked {
		return span{}
	}
	for about.found && about.from > 0 && s.article[s.words[about.from-1].lower] {
		about.from--
	}
	return about
}

// beside returns the word that stands beside a word of both questions where the next one
// has another, and makes that other what is fresh. A number may stand anywhere.
func (s said) beside(next said, fresh *span) span {
	shared, other := -1, -1
	for i := fresh.from; i < fresh.to; i++ {
		if w := next.words[i]; !w.content {
			continue
		} else if s.place(w) >= 0 && shared < 0 {
			shared = i
		} else if other < 0 {
			other = i
		} else {
			return span{}
		}
	}
	if shared < 0 || other < 0 {
		return span{}
	}
	old := span{}
	if w := next.words[other]; w.number {
		old = s.likeNumber(w)
	} else if at := s.place(next.words[shared]) + other - shared; at >= 0 && at < len(s.words) && s.words[at].content {
		old = span{at, at + 1, true}
	}
	if old.found {
		*fresh = span{other, other + 1, true}
	}
	return old
}

// place returns where a word of another question stands, -1 if it does not.
func (s said) place(w saidWord) int {
	return slices.IndexFunc(s.words, func(own saidWord) bool { return own.content && own.term == w.term })
}

// fresh returns the words that the next question puts in a place: without the small words
// at its head.
func (s said) fresh() span {
	from, to := 0, len(s.words)
	for from < to && !s.words[from].content {
		from++
	}
	for to > from && !s.words[to-1].content {
		to--
	}
	return span{from, to, true}
}

// likeNumber returns the only number that is of the kind of another.
func (s said) likeNumber(other saidWord) span {
	figures := func(w saidWord) int {
		return strings.IndexFunc(w.lower+".", func(r rune) bool { return r < '0' || r > '9' })
	}
	var like span
	for i, w := range s.words {
		if !w.number || figures(w) != figures(other) {
			continue
		}
		if like.found {
			return span{}
		}
		like = span{i, i + 1, true}
	}
	if like.found && figures(other) == 4 {
		like.from = s.dateBefore(like.from)
	}
	return like
}

// isOrdinal reports whether a word is an ordinal, in figures or not: see retrieval.Analyze.
func (w saidWord) isOrdinal() bool {
	figures, isOrdinal := strings.CutSuffix(w.term, ".")
	return isOrdinal && strings.Trim(figures, "0123456789") == ""
}

// dateBefore returns where the date begins that a year ends.
func (s said) dateBefore(year int) int {
	i := year - 1
	for i > 0 && (s.by[s.words[i].lower] || s.article[s.words[i].lower]) {
		i--
	}
	if i < 0 || !s.month[s.words[i].lower] {
		return year
	}
	from := i
	for i--; i > 0 && (s.by[s.words[i].lower] || s.article[s.words[i].lower]); i-- {
	}
	if i >= 0 && s.words[i].number {
		from = i
	}
	return from
}

// likeName returns the only name that stands behind the like of what stands before some
// words of another question: an article, a preposition of place, another, or none. Where
// these have nothing before them, the only name is meant.
func (s said) likeName(next said, fresh span) span {
	kind := ""
	if fresh.from > 0 {
		kind = next.role(next.words[fresh.from-1].lower)
	}
	var like []span
	var all []span
	for i := 0; i < len(s.words); i++ {
		if !s.words[i].name {
			continue
		}
		name := span{i, i + 1, true}
		for name.to < len(s.words) && s.words[name.to].name && s.adjoins(name.to) {
			name.to++
		}
		if all = append(all, name); s.role(s.before(i)) == kind {
			like = append(like, name)
		}
		i = name.to - 1
	}
	switch {
	case len(like) == 1:
		return like[0]
	case len(all) == 1 && kind == "":
		return all[0]
	}
	return span{}
}

// role returns what a small word before a name says of it.
func (s said) role(small string) string {
	switch {
	case s.at[small]:
		return "at"
	case s.by[small]:
		return "by"
	case s.article[small]:
		return "the"
	}
	return ""
}
