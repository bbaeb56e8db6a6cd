package answers

import (
	"strings"
)

// with returns the question with what is left of the next one. A year takes the place of
// the only year, with its day and month if it has them; a number of the only number of as
// many figures; a name of the only name behind the like of what stands before it. What
// finds no such place is added.
func (s said) with(next said) string {
	fresh := next.fresh()
	if fresh.from >= fresh.to {
		return ""
	}
	var old span
	if first := next.words[fresh.from]; first.number {
		old = s.likeNumber(first)
	} else {
		old = s.likeName(next, fresh)
	}
	if !old.found {
		last := s.words[len(s.words)-1].end
		tail := s.text[last:]
		if strings.HasPrefix(tail, ")") {
			return s.text[:last] + ", " + next.rest() + tail
		}
		return s.text[:last] + " (" + next.rest() + ")" + tail
	}
	return s.text[:s.words[old.from].start] + next.slice(fresh) + s.text[s.words[old.to-1].end:]
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
