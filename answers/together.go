package answers

import (
	"slices"
	"strings"

	"verbatim/corpus"
)

// ReadTogether returns a question read together with the previous one, "" if it stands
// alone, and whether it surely means nothing by itself.
//
// A question follows up another if it names nothing: it is a word that asks (why?), what
// is left of a question (and in 2006?), or it speaks of someone without a name (when did
// she die?) or of what there is of something only (who won?). What it names takes the
// place of what is of the same kind in the previous question, where that can be told;
// else both are there.
func ReadTogether(previous, text string) (read string, sure bool) {
	if strings.TrimSpace(previous) == "" {
		return "", false
	}
	before := corpus.Language(previous)
	for _, code := range slices.Compact([]string{corpus.Language(text), before}) {
		d := followUps[code]
		if d == nil {
			continue
		}
		earlier := d.hear(previous)
		if followUps[before] != nil {
			earlier = followUps[before].hear(previous)
		}
		if read, sure := d.hear(text).after(earlier); read != "" {
			return read, sure
		}
	}
	return "", false
}

// Limits of what is left of a question.
const (
	fragmentWords   = 7
	fragmentContent = 4
)

// after is ReadTogether for questions in their words.
func (s said) after(previous said) (read string, sure bool) {
	rest, continues := s.opening()
	if len(rest.words) == 0 || rest.isSaidToUs() {
		return "", false
	}
	asks, noun := rest.asking()
	content := rest.count(func(w saidWord) bool { return w.content })
	numbers := rest.count(func(w saidWord) bool { return w.number })
	named := numbers + rest.count(func(w saidWord) bool { return w.name })
	person := rest.personAt()
	switch {
	case content == 0 && !asks.found:
		return "", false
	case asks.found && person < 0 && (content == 0 || noun && named == 0 && asks.to == len(rest.words)-1):
		return previous.askedInstead(rest.text[rest.words[asks.from].start:rest.end()]), true
	case person >= 0 && (continues || named == 0 || content < fragmentContent) && content <= fragmentContent:
		return rest.about(previous, true), content == rest.aspects()
	case asks.found && named == 0 && (rest.isOfSomething(content) || continues && rest.aspects() == content):
		return rest.about(previous, false), false
	case asks.found && continues && rest.aspects() > 0 && rest.aspects()+numbers == content:
		return rest.about(previous, false), true
	case asks.found || content > fragmentContent || len(rest.words) > fragmentWords:
		return "", false
	case continues && rest.aspects() == content:
		return rest.about(previous, false), true
	case content == 1 && rest.aspects() == 1 && len(rest.words) <= 2: // date?
		return rest.about(previous, false), false
	case continues && s.thanksBefore(rest):
		return "", false
	case continues, named == content && len(rest.words) <= 3 && rest.at[rest.words[0].lower]:
		return previous.with(rest), true
	}
	return "", false
}

// isSaidToUs reports whether a question is put to who answers, as small talk is.
func (s said) isSaidToUs() bool {
	text := " " + strings.Join(typedWords(s.rest()), " ") + " "
	for _, phrase := range talk.phrases {
		if strings.Contains(text, phrase.text) {
			return true
		}
	}
	for _, w := range s.words {
		if !s.person[w.lower] && slices.ContainsFunc(typedWords(w.lower), func(word string) bool { return talk.marks[word] != nil }) {
			return true
		}
	}
	return false
}

// thanksBefore reports whether a message ends in thanks and what goes with them (thanks a lot),
// rest being what stands behind the last word that joins it to the previous one.
func (s said) thanksBefore(rest said) bool {
	before := len(s.words) - len(rest.words) - 1
	if before < 0 || talk.marks[s.words[before].lower] == nil && s.words[before].lower != "ok" {
		return false
	}
	for _, word := range typedWords(rest.rest()) {
		if talk.others[word] == nil && !talk.isAll(word) {
			return false
		}
	}
	return true
}

// opening returns the question without what joins it to the previous one, and whether
// anything does.
func (s said) opening() (rest said, continues bool) {
	i := 0
	for i < len(s.words) {
		switch n := s.phraseAt(i, s.idiom.about); {
		case n > 0:
			i += n
		case s.join[s.words[i].lower] && i+1 < len(s.words):
			i++
		default:
			return s.from(s.told(i)), i > 0
		}
	}
	return s.from(i), i > 0
}

// told returns where a word asks, or a preposition before it, that has nothing but what
// asks to be told before it from a place on (can you explain why); else that place.
func (s said) told(from int) int {
	i := from
	for i < len(s.words) && s.tell[s.words[i].lower] {
		i++
	}
	asks := i
	for asks < len(s.words) && (s.at[s.words[asks].lower] || s.by[s.words[asks].lower]) {
		asks++
	}
	if asks < len(s.words) && (s.ask[s.words[asks].lower] || s.which[s.words[asks].lower] || s.phraseAt(asks, s.counts) > 0) {
		return i
	}
	return from
}

// A span is some words of a question.
type span struct {
	from, to int
	found    bool
}

// asking returns the words that ask, with the preposition before them, and whether they
// take a noun with them (how many votes).
func (s said) asking() (asks span, noun bool) {
	for i, w := range s.words {
		n := s.phraseAt(i, s.counts)
		noun = n > 0 || s.which[w.lower] && !s.ask[w.lower]
		if n == 0 && (s.ask[w.lower] || s.which[w.lower]) {
			n = 1
		}
		if n == 0 {
			continue
		}
		if i > 2 && i+n < len(s.words) { // it joins clauses
			return span{}, false
		}
		from := i
		for from > 0 && (s.at[s.words[from-1].lower] || s.by[s.words[from-1].lower]) {
			from--
		}
		return span{from, i + n, true}, noun
	}
	return span{}, false
}

func (s said) slice(at span) string {
	return s.text[s.words[at.from].start:s.words[at.to-1].end]
}

// aspects counts the words of what there is of something only.
func (s said) aspects() int { return s.count(func(w saidWord) bool { return w.aspect }) }

// personAt returns where a word stands for something that was named before the question,
// -1 if none does: what stands before it in the question is nothing that it could stand
// for.
func (s said) personAt() int {
	for i, w := range s.words {
		after := i > 0 && s.article[s.words[i-1].lower]
		switch {
		case s.impersonal[w.lower]:
			return -1
		case s.person[w.lower] && !after:
			if s.isNamedAfter(i) {
				return -1
			}
			return i
		case !w.content:
		case w.aspect && !(after && !s.continuesBy(i+1)) && !s.isOfWho(i):
		case w.name, w.number, after, i > 0 && s.which[s.words[i-1].lower], !s.personAfter(i):
			return -1
		}
	}
	return -1
}

// personAfter reports whether a word that stands for someone comes right after a verb
// (who supported him, quel rôle joue-t-il), and is not his in who lost his land.
func (s said) personAfter(verb int) bool {
	i := verb + 1
	if i < len(s.words) && s.words[i].lower == "t" { // joue-t-il
		i++
	}
	if i >= len(s.words) || !s.person[s.words[i].lower] {
		return false
	}
	return verb > 0 && !s.isOfWho(verb)
}

// isOfWho reports whether his comes right after a verb and means who is asked for.
func (s said) isOfWho(verb int) bool {
	his := verb+2 < len(s.words) && s.person[s.words[verb+1].lower] && s.words[verb+2].content
	return his && (s.who[s.words[max(0, verb-1)].lower] || s.who[s.words[max(0, verb-2)].lower])
}

// continuesBy reports whether a preposition stands at a place, as in the date of.
func (s said) continuesBy(i int) bool { return i < len(s.words) && s.by[s.words[i].lower] }

// isNamedAfter reports whether someone is named at the end (il est né où, lénine), or is
// not what the word stands for (it is possible).
func (s said) isNamedAfter(person int) bool {
	asked := false
	for i := person + 1; i < len(s.words); i++ {
		w := s.words[i]
		if s.impersonal[w.lower] || asked && w.content && !w.aspect {
			return true
		}
		asked = asked || s.ask[w.lower] && !s.at[s.words[i-1].lower]
	}
	return false
}

// isOfSomething reports whether all that a question says is what there is of something
// only, or one verb.
func (s said) isOfSomething(content int) bool {
	if s.aspects() == content {
		return content <= 2
	}
	if content > 1 || s.words[len(s.words)-1].number {
		return false
	}
	if s.who[s.words[0].lower] && s.count(func(w saidWord) bool { return s.being[w.lower] }) == 0 {
		return s.words[len(s.words)-1].content
	}
	for i, w := range s.words {
		if w.content && i > 0 {
			before := s.words[i-1].lower
			_, noun := s.asking()
			return !noun && !s.article[before] && !s.being[before] && !s.at[before] && !s.by[before] && s.ask[before]
		}
	}
	return false
}

// askedInstead returns the question asked with other words that ask.
func (s said) askedInstead(asks string) string {
	at, noun := s.asking()
	if !at.found {
		return asks + " : " + s.text
	}
	to := at.to
	if noun { // what year goes, how many delegates leaves the delegates
		n := to
		for n < len(s.words) && n < at.to+1 && !s.words[n].content {
			n++
		}
		if n < len(s.words) && (s.words[n].aspect || s.which[s.words[at.to-1].lower]) {
			to = n + 1
		}
	}
	to += s.phraseAt(to, s.tail)
	rest := strings.TrimLeft(s.text[s.words[to-1].end:], "'’ \u00A0-")
	return strings.TrimSpace(s.text[:s.words[at.from].start] + asks + " " + rest)
}

// about returns the question with what the previous one is about: the names, if a
// person is meant and there are any.
func (s said) about(previous said, person bool) string {
	mark := s.text[s.end():]
	topic := previous.topic(person, s)
	if topic == "" {
		return ""
	}
	return s.rest() + " (" + topic + ")" + mark
}

// topic returns what a question is about, in its words. What the next question says, and
// numbers where that has some, are left out.
func (s said) topic(person bool, next said) string {
	numbers := next.count(func(w saidWord) bool { return w.number }) > 0
	asks, noun := s.asking()
	verb := -1 // who proposed the name
	if asks.found && !noun && asks.to < len(s.words) && s.who[s.words[asks.to-1].lower] && !s.words[asks.to].name {
		verb = asks.to
	}
	isTopic := func(i int) bool {
		if i == verb {
			return false
		}
		w := s.words[i]
		counted := asks.found && noun && i == asks.to && w.aspect
		return w.content && !w.aspect && !counted && !(w.number && numbers) &&
			!slices.ContainsFunc(next.words, func(n saidWord) bool { return n.lower == w.lower })
	}
	if person {
		free := func(i int) bool { return s.words[i].name && isTopic(i) && !s.at[s.before(i)] }
		name := func(i int) bool { return s.words[i].name && isTopic(i) }
		for _, is := range []func(int) bool{free, name} {
			if found := s.runs(is); found != "" {
				return found
			}
		}
	}
	return s.runs(isTopic)
}

// before returns the small word before the name that a word belongs to.
func (s said) before(i int) string {
	for i > 0 && s.words[i-1].name && s.adjoins(i) {
		i--
	}
	if i == 0 {
		return ""
	}
	return s.words[i-1].lower
}

// adjoins reports whether nothing but a space or a hyphen stands before a word.
func (s said) adjoins(i int) bool {
	return len(strings.Trim(s.text[s.words[i-1].end:s.words[i].start], " \u00A0-'’")) == 0
}

// runs returns the words for which a function returns true, with the small words between
// them where there are one or two.
func (s said) runs(is func(int) bool) string {
	var runs []string
	from, to := -1, -1
	for i := range s.words {
		if !is(i) {
			continue
		}
		if from >= 0 && i-to <= 2 && s.joined(to, i) {
			to = i
			continue
		}
		if from >= 0 {
			runs = append(runs, s.slice(span{from, to + 1, true}))
		}
		from, to = i, i
	}
	if from >= 0 {
		runs = append(runs, s.slice(span{from, to + 1, true}))
	}
	return strings.Join(runs, ", ")
}

// joined reports whether nothing but prepositions and articles stands between two words.
func (s said) joined(from, to int) bool {
	for i := from + 1; i <= to; i++ {
		if !s.adjoins(i) || i < to && !s.by[s.words[i].lower] && !s.article[s.words[i].lower] && !s.at[s.words[i].lower] {
			return false
		}
	}
	return true
}
