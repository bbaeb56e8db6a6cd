package extract

import (
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// sureCall is what surely calls a note if there is one of its label: a superscript, a
// number in brackets, an asterisk at the end of a word.
var sureCall = regexp.MustCompile(`[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\^\{?(\d{1,3}|\*{1,3})\}?|\[\^?(\d{1,3})\]|[\p{L}»”")] ?\((\d{1,3})\)|[\p{L}»”")](\*{1,3}|[†‡])(?:[\s,.;:)]|$)`)

// callForms are the forms of what the groups of sureCall hold, in their order.
var callForms = []labelForm{raisedForm, squareForm, roundForm, symbolForm}

// callPlaces says where the body surely calls notes, by label.
type callPlaces map[string]*calledLabel

type calledLabel struct {
	places []calledPlace // ascending
	used   int           // offset up to which notes have the calls
}

type calledPlace struct {
	at   int
	form labelForm
}

// unused reports whether a label of a form is called before an offset, by a call that
// no note has. Raised calls go with labels of any form, others with their own.
func (c callPlaces) unused(name string, form labelForm, at int) bool {
	called := c[name]
	if called == nil {
		return false
	}
	i := sort.Search(len(called.places), func(i int) bool { return called.places[i].at >= at })
	for i--; i >= 0 && called.places[i].at >= called.used; i-- {
		if f := called.places[i].form; f == raisedForm || f == form {
			return true
		}
	}
	return false
}

// use takes the calls of a label before an offset for the note that stands there.
func (c callPlaces) use(name string, at int) {
	if called := c[name]; called != nil {
		called.used = max(called.used, at)
	}
}

// calledLabels returns where the body surely calls notes.
func (l *looker) calledLabels() callPlaces {
	called := callPlaces{}
	for i := range l.blocks {
		b := &l.blocks[i]
		if b.kind != body && b.kind != heading {
			continue
		}
		s := l.text(i)
		for _, m := range sureCall.FindAllStringSubmatchIndex(s, -1) {
			name, form := plainDigits(s[m[0]:m[1]]), raisedForm
			for g, f := range callForms {
				if from, to := m[2*g+2], m[2*g+3]; from >= 0 {
					name, form = s[from:to], f
				}
			}
			if m[0] == 0 || form == raisedForm && isUnit(s[:m[0]]) {
				continue
			}
			if called[name] == nil {
				called[name] = &calledLabel{}
			}
			called[name].places = append(called[name].places, calledPlace{b.Start + m[0], form})
		}
	}
	return called
}

// isUnit reports whether a text ends in what a superscript raises to a power: a unit, a
// variable of one letter, a number that is no year, a bracket that closes a formula.
func isUnit(before string) bool {
	word, last := wordBefore(before, len(before)), lastRune(before)
	switch word {
	case "km", "cm", "mm", "dm", "hm", "dam", "µm", "nm", "sin", "cos", "tan", "log":
		return true
	}
	return word != "" && utf8.RuneCountInString(word) == 1 || unicode.IsDigit(last) && !endsInYear(before)
}

func endsInYear(s string) bool {
	if len(s) < 4 {
		return false
	}
	v := decimal(s[len(s)-4:])
	return v >= 1000 && v <= 2100 && (len(s) == 4 || !isDigitByte(s[len(s)-5]))
}

// callReach is how many bytes before a note its call is sought where only a number
// tells it.
const callReach = 15_000

// findCalls finds where the body calls the notes. Each call stands behind that of the
// note before; superscripts and brackets are sure, of bare numbers only those that
// the next note has and that look like calls are taken.
func (l *looker) findCalls() {
	noted := map[string]bool{}
	for _, n := range l.t.Notes {
		noted[n.Label] = true
	}
	for i := range l.blocks {
		if l.blocks[i].kind == body || l.blocks[i].kind == heading {
			l.takeRaised(i, noted)
		}
	}
	sure := map[string][]int{} // where the sure calls of a label end
	for _, c := range l.calls {
		sure[c.Label] = append(sure[c.Label], c.End)
	}
	from := 0
	for _, n := range l.t.Notes {
		for _, name := range n.names() {
			if at, found := firstWithin(sure[name], from, n.Start); found {
				from = at
				continue
			}
			if call, found := l.bareCall(name, max(from, n.Start-callReach), n.Start); found {
				l.calls = append(l.calls, call)
				from = call.End
			}
		}
	}
}

var raisedCall = regexp.MustCompile(`[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\^\{(\d{1,3}|\*{1,3})\}|\[\^(\d{1,3})\]`)

// takeRaised takes the superscripts of a block as calls, and what is written for them
// if there is a note of that label.
func (l *looker) takeRaised(i int, noted map[string]bool) {
	b := &l.blocks[i]
	s := l.text(i)
	for _, m := range raisedCall.FindAllStringSubmatchIndex(s, -1) {
		name := plainDigits(strings.Trim(s[m[0]:m[1]], "^{}[]"))
		written := !isSuperscript(firstRune(s[m[0]:]))
		if m[0] == 0 || isUnit(s[:m[0]]) || written && !noted[name] {
			continue
		}
		l.calls = append(l.calls, Call{Range: Range{b.Start + m[0], b.Start + m[1]}, Label: name})
	}
}

// firstWithin returns the first of ascending offsets that lies between two others.
func firstWithin(offsets []int, from, to int) (int, bool) {
	i, _ := slices.BinarySearch(offsets, from)
	if i < len(offsets) && offsets[i] < to {
		return offsets[i], true
	}
	return 0, false
}

// bareCall finds a call without a sign of its own in the body between two offsets.
func (l *looker) bareCall(name string, from, to int) (Call, bool) {
	first := sort.Search(len(l.blocks), func(i int) bool { return l.blocks[i].End > from })
	for i := first; i < len(l.blocks) && l.blocks[i].Start < to; i++ {
		b := &l.blocks[i]
		if b.kind != body && b.kind != heading {
			continue
		}
		block := l.source[b.Start:b.End]
		for at := max(from, b.glued.End) - b.Start; ; at += len(name) {
			at = max(at, 0)
			k := strings.Index(block[at:min(b.End, to)-b.Start], name)
			if k < 0 {
				break
			}
			at += k
			if r, ok := callAround(block, at, name); ok {
				return Call{Range: Range{b.Start + r.Start, b.Start + r.End}, Label: name}, true
			}
		}
	}
	return Call{}, false
}

// callAround reports whether the label at an offset of a paragraph looks like the call
// of a note, and which bytes make it: an asterisk at the end of a word; a number in
// brackets, behind a quotation mark or a word, or between a word and a punctuation mark.
func callAround(s string, at int, name string) (Range, bool) {
	before, after := s[:at], s[at+len(name):]
	next, last := firstRune(after), lastRune(before)
	r := Range{at, at + len(name)}
	switch {
	case before == "" || unicode.IsDigit(next) || unicode.IsLetter(next) || unicode.IsDigit(last):
		return Range{}, false
	case strings.Trim(name, "*†‡") == "":
		return r, unicode.IsLetter(last) && next != '*'
	case last == '[' && next == ']', last == '(' && next == ')':
		return Range{at - 1, at + len(name) + 1}, len(before) > 1
	}
	spaced := strings.TrimRightFunc(before, unicode.IsSpace)
	mark := lastRune(spaced)
	apart := len(spaced) < len(before)
	closing := strings.ContainsRune(`"”»)]`, mark) || apart && strings.HasSuffix(spaced, `".`)
	ends := after == "" || strings.ContainsRune(".,;:)", next) || unicode.IsSpace(next)
	switch {
	case !apart:
		return r, ends && (unicode.IsLetter(mark) || closing) && !isUnit(spaced)
	case closing:
		return r, ends
	}
	return r, isCallBehindWord(spaced, after)
}

// shortestCaller is the length in bytes of the shortest word behind which a number that
// stands alone is taken for a call.
const shortestCaller = 5

// isCallBehindWord reports whether a number between two texts, behind a space, is a call
// and counts, names or dates nothing.
func isCallBehindWord(before, after string) bool {
	word := strings.ToLower(wordBefore(before, len(before)))
	if len(word) < shortestCaller || countedWords[word] {
		return false
	}
	next := firstRune(after)
	if strings.ContainsRune(".,;:", next) {
		return true
	}
	rest := strings.TrimLeftFunc(after, unicode.IsSpace)
	if strings.HasPrefix(rest, ";") { // as in French
		return true
	}
	follows := wordAfter(rest, 0)
	return unicode.IsSpace(next) && unicode.IsLower(firstRune(follows)) && !countedWords[follows] && !units[follows]
}

// countedWords stand before or behind a number that counts or dates something.
var countedWords = wordSet(`article articles chapitre page pages tome volume titre numéro paragraphe section figure tableau congrès
	siècle année environ depuis jusque après avant entre moins quelque vers louis henri capítulo artículo página tomo sección figura
	número chapter article volume number figure table section about after before until since kapitel seite band artikel capitolo
	pagina capítulos artigo seção lorsque autour millions milliers pour cent`)

// units follow a number that counts them.
var units = wordSet(`janvier février mars avril mai juin juillet août septembre octobre novembre décembre
	enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre
	january february march april may june july august september october november december
	januar februar märz april mai juni juli august september oktober november dezember
	gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
	janeiro fevereiro março maio junho julho setembro outubro dezembro
	ans années jours mois heures km m francs euros dollars hommes femmes personnes pages fois pour de
	años días meses horas de years days months hours people men women times percent jahre tage monate uhr prozent
	anni giorni mesi ore anos dias horas`)
