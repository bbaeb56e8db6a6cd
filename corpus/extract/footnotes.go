package extract

import (
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	// markedLabel is the label of a note at the head of a line, marked as one.
	markedLabel = regexp.MustCompile(`^(?:\[\^([^\]\s]{1,20})\]:[ \t]*|\^\{\s*(\d{1,3}|\*{1,3}|[†‡])[\s&}]*(?:quot;)?|([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})\s*)`)
	// plainLabel is one that a number in a list has too.
	plainLabel = regexp.MustCompile(`^(?:(\d{1,3})[.)]?|\[(\d{1,3})\]|\((\d{1,3})\)|(\*{1,3}|[†‡]))[ \t\x{00A0}]+(\S)`)
	// lastLabels are numbers behind the full stop of a note, as scans leave them.
	lastLabels = regexp.MustCompile(`[.)"”»]\s+(\d{1,3}(?:\s+\d{1,3}){0,3})$`)
	loneLabels = regexp.MustCompile(`^(?:\d{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})(?:\s+(?:\d{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}))*$`)

	citedPage  = regexp.MustCompile(`\b(?:pp?|pág|págs|S|s|fol|ff)\.\s?[\dIVXLC]|\bp(?:ages?|áginas?|agine)\s\d`)
	citedWork  = regexp.MustCompile(`(?i)(?:^|[\s("«“])(?:cf\.|voir |v\. |ibid|idem|id\.|op\. ?cit|loc\. ?cit|art\. ?cit|eodem|véase|vid\. |see |siehe |vgl\.|ebd\.|ivi,|cit\.|hrsg\.|éd\.|eds?\.|trad\.|https?://)`)
	citedOther = regexp.MustCompile(`\b(?:1[4-9]|20)\d\d\b|\b(?:[nN]o|n°|nº|N°|vol|tome|tomo|Bd|núm)\b\.?|["«“][^"»”]{4,}["»”],|, [\p{Lu}][\p{L}]+, (?:1[4-9]|20)\d\d`)
)

// looksLikeNote reports whether a block reads like a note that names its sources:
// short, with pages, works and years close together.
func (l *looker) looksLikeNote(i int) bool {
	s := l.text(i)
	if loneLabels.MatchString(s) || markedLabel.MatchString(s) {
		return true
	}
	return looksCited(s)
}

// looksCited reports whether a text is made of references to sources.
func looksCited(s string) bool {
	if len(s) > 2500 {
		return false
	}
	strong := len(citedPage.FindAllStringIndex(s, -1)) + len(citedWork.FindAllStringIndex(s, -1))
	if strong == 0 {
		return false
	}
	signs := strong + len(citedOther.FindAllStringIndex(s, -1))
	return signs >= 2 && len(s)/signs <= 200 || len(s) < 80
}

// isSuperscript reports whether r is a superscript digit.
func isSuperscript(r rune) bool {
	return strings.ContainsRune("⁰¹²³⁴⁵⁶⁷⁸⁹", r) && r != utf8.RuneError
}

// plainDigits returns s with superscript digits as digits.
func plainDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if i := strings.IndexRune("⁰¹²³⁴⁵⁶⁷⁸⁹", r); i >= 0 {
			return '0' + rune(utf8.RuneCountInString("⁰¹²³⁴⁵⁶⁷⁸⁹"[:i]))
		}
		return r
	}, s)
}

// A piece is a note, or what may be several, with what is known of its label.
type piece struct {
	Range        // without its labels
	place int    // pieces of one place stand together, between two of the body
	label string // "" if none stands with it
}

// findNotes finds the bodies of notes, then their calls.
//
// A note is known by a marked label; by a plain one that is called before it; by
// standing between the halves of a sentence; or by looking like one beside one that is
// known.
func (l *looker) findNotes() {
	l.markLabelled()
	l.markBetweenHalves()
	l.markBeside()
	places := l.notePlaces()
	last := 0
	for i, p := range places {
		next := 0 // the first number of the places to come
		for j := i + 1; j < len(places) && next == 0; j++ {
			next = places[j].first()
		}
		last = l.name(p, last, next)
	}
	l.findCalls()
}

// A notePlace is where notes stand together.
type notePlace struct {
	pieces []piece
	loose  []string // labels that stand apart from their notes, in order
}

// first returns the lowest number that a place names, 0 for none.
func (p notePlace) first() int {
	first := 0
	take := func(name string) {
		if n := decimal(name); n > 0 && (first == 0 || n < first) {
			first = n
		}
	}
	for _, x := range p.pieces {
		take(x.label)
	}
	for _, name := range p.loose {
		take(name)
	}
	return first
}

// notePlaces gathers the blocks of notes that stand together.
func (l *looker) notePlaces() []notePlace {
	var places []notePlace
	open := false
	for i := range l.blocks {
		switch l.blocks[i].kind {
		case note, label:
			if !open {
				places = append(places, notePlace{})
			}
			open = true
			l.read(&places[len(places)-1], i)
		case body, heading:
			open = false
		}
	}
	return places
}

// markLabelled marks the blocks that begin with the label of a note.
func (l *looker) markLabelled() {
	called := l.calledNumbers()
	endnotes := false
	next := 1 // number of the next plain label
	for i := range l.blocks {
		b := &l.blocks[i]
		if b.kind == heading {
			endnotes = noteHeadings[keyOf(l.text(i))]
			if endnotes {
				next = 1
			}
			continue
		}
		if b.kind != body || b.after.Len() > 0 {
			continue
		}
		s := l.text(i)
		switch {
		case isSuperscript(firstRune(s)) && loneLabels.MatchString(s):
			b.kind = label
			continue
		case markedLabel.MatchString(s):
			b.kind = note
			continue
		}
		m := plainLabel.FindStringSubmatch(s)
		if m == nil {
			continue
		}
		name := m[1] + m[2] + m[3] + m[4]
		n := decimal(name)
		_, isCalled := called.before(name, b.Start)
		switch {
		case endnotes && n == next:
			b.kind, next = note, next+1
		case isCalled && (n == 0 || n >= next || n == 1):
			b.kind, next = note, n+1
		}
	}
}

// noteHeadings are headings of lists of notes, as keys.
var noteHeadings = wordSet(`notes note notas nota footnotes endnotes anmerkungen fussnoten fußnoten notesdebasdepage notesetréférences notesandreferences`)

// calls are the places of labels that surely are calls, by label.
type callPlaces map[string][]int

// before returns the last place of a label before an offset.
func (c callPlaces) before(name string, at int) (int, bool) {
	places := c[name]
	i, _ := slices.BinarySearch(places, at)
	if i == 0 {
		return 0, false
	}
	return places[i-1], true
}

var sureCall = regexp.MustCompile(`[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\^\{?(\d{1,3})\}?|\[\^?(\d{1,3})\]|[\p{L}»”")](\*{1,3}|[†‡])(?:[\s,.;:)]|$)`)

// calledNumbers returns where the body surely calls notes: superscripts, numbers in
// brackets, asterisks.
func (l *looker) calledNumbers() callPlaces {
	called := callPlaces{}
	for i := range l.blocks {
		b := &l.blocks[i]
		if b.kind != body && b.kind != heading {
			continue
		}
		s := l.text(i)
		for _, m := range sureCall.FindAllStringSubmatchIndex(s, -1) {
			if m[0] == 0 {
				continue
			}
			name := ""
			for g := 2; g < len(m); g += 2 {
				if m[g] >= 0 {
					name = s[m[g]:m[g+1]]
				}
			}
			if name == "" {
				name = plainDigits(s[m[0]:m[1]])
				if isUnit(s[:m[0]]) {
					continue
				}
			}
			called[name] = append(called[name], b.Start+m[0])
		}
	}
	return called
}

// isUnit reports whether a text ends in what a superscript raises to a power.
func isUnit(before string) bool {
	word := before[1+lastNonLetter(before):]
	switch word {
	case "m", "km", "cm", "mm", "dm", "x", "y", "n", "r", "c", "s":
		return true
	}
	return before != "" && unicode.IsDigit(lastRune(before)) && !endsInYear(before)
}

func endsInYear(s string) bool {
	if len(s) < 4 {
		return false
	}
	v := decimal(s[len(s)-4:])
	return v >= 1000 && v <= 2100 && (len(s) == 4 || s[len(s)-5] < '0' || s[len(s)-5] > '9')
}

// markBetweenHalves marks what stands between the halves of a sentence.
func (l *looker) markBetweenHalves() {
	for i := range l.blocks {
		j := l.continuation(i)
		if j < 0 {
			continue
		}
		for k := i + 1; k < j; k++ {
			if l.blocks[k].kind != body {
				continue
			}
			switch {
			case loneLabels.MatchString(l.text(k)):
				l.blocks[k].kind = label
			case l.repeatedNearby(k) && !looksCited(l.text(k)):
				l.blocks[k].kind = idle
				l.skipped = append(l.skipped, l.blocks[k].Range)
			default:
				l.blocks[k].kind = note
			}
		}
	}
}

// markBeside marks blocks beside notes that look like notes or go on with one.
func (l *looker) markBeside() {
	for i := 1; i < len(l.blocks); i++ {
		b := &l.blocks[i]
		before, after := l.besides(i)
		if b.kind != body || before < 0 || l.blocks[before].kind != note {
			continue
		}
		s := l.text(i)
		switch {
		case loneLabels.MatchString(s):
			b.kind = label
		case after >= 0 && l.blocks[after].kind == note && looksCited(s):
			b.kind = note
		case opennessOf(l.text(before)) >= open && unicode.IsLower(firstRune(s)) && looksCited(s):
			b.kind = note
		}
	}
}

// besides returns the blocks before and after i that are neither numbers nor idle.
func (l *looker) besides(i int) (before, after int) {
	before = i - 1
	for before >= 0 && (l.blocks[before].kind == number || l.blocks[before].kind == feed || l.blocks[before].kind == idle) {
		before--
	}
	after = l.next(i + 1)
	if after == len(l.blocks) {
		after = -1
	}
	return before, after
}

// read adds a block to the place where it stands.
func (l *looker) read(place *notePlace, i int) {
	if l.blocks[i].kind == label {
		place.loose = append(place.loose, strings.Fields(plainDigits(l.text(i)))...)
		return
	}
	for _, r := range l.labelledParts(l.blocks[i].Range) {
		p, trailed := l.piece(r)
		place.loose = append(place.loose, trailed...)
		if n := len(place.pieces); n > 0 && p.label == "" && l.continues(place.pieces[n-1], p) {
			l.skipped = append(l.skipped, Range{place.pieces[n-1].End, p.Start})
			place.pieces[n-1].End = p.End
			continue
		}
		place.pieces = append(place.pieces, p)
	}
}

var innerLabel = regexp.MustCompile(`[.,;)"”»]\s+([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\*{2,3}|\^\{\d{1,3}\})\s*\S`)

// labelledParts parts a block before the labels of notes that share its lines.
func (l *looker) labelledParts(r Range) []Range {
	var parts []Range
	at := r.Start
	for _, m := range innerLabel.FindAllStringSubmatchIndex(l.source[r.Start:r.End], -1) {
		if cut := r.Start + m[2]; cut > at {
			parts = append(parts, trim(l.source, Range{at, cut}))
			at = cut
		}
	}
	return append(parts, Range{at, r.End})
}

// piece reads a range as a note; its labels are skipped.
func (l *looker) piece(r Range) (p piece, trailed []string) {
	p = piece{Range: r}
	s := l.source[r.Start:r.End]
	if m := markedLabel.FindStringSubmatch(s); m != nil {
		p.label = plainDigits(m[1] + m[2] + m[3])
		p.Start += len(m[0])
	} else if m := plainLabel.FindStringSubmatchIndex(s); m != nil && l.expects(m, s) {
		for g := 2; g <= 8; g += 2 {
			if m[g] >= 0 {
				p.label = s[m[g]:m[g+1]]
			}
		}
		p.Start += m[10]
	}
	if m := lastLabels.FindStringSubmatchIndex(l.source[p.Start:p.End]); m != nil && looksCited(l.source[p.Start:p.End]) {
		trailed = strings.Fields(l.source[p.Start+m[2] : p.Start+m[3]])
		p.End = p.Start + m[2]
	}
	p.Range = trim(l.source, p.Range)
	l.skipped = append(l.skipped, Range{r.Start, p.Start}, Range{p.End, r.End})
	return p, trailed
}

// expects reports whether the number at the head of a note is its label: "25 José",
// but not "1917 Revolution".
func (l *looker) expects(m []int, s string) bool {
	r := firstRune(s[m[10]:])
	return unicode.IsUpper(r) || strings.ContainsRune(`"«“*<`, r) || m[2] < 0 || s[m[3]] == '.' || s[m[3]] == ')'
}

// continues reports whether a piece goes on with the one before it, over the foot of
// a page.
func (l *looker) continues(before, p piece) bool {
	left, right := l.source[before.Start:before.End], l.source[p.Start:p.End]
	return len(left) > 0 && !strings.ContainsRune(".!?…", lastRune(strings.TrimRight(left, `"'»”’)]`))) && unicode.IsLower(firstRune(right))
}

// name gives the pieces of a place their labels and makes notes of them; it returns the
// number of the last. Last is the number before, next the one after, 0 for none.
//
// Pieces without a label get the numbers that the numbering lacks: one each where the
// counts agree, also after they are divided into their references; else all of them
// together.
func (l *looker) name(place notePlace, last, next int) int {
	pieces := place.pieces
	if first := place.first(); first > 0 && first < last { // the numbering begins anew
		last = first - 1
		if pieces[0].label == "" && len(place.loose) == 0 {
			last = 0
		}
	}
	for i := 0; i < len(pieces); {
		if pieces[i].label != "" {
			l.addNote(pieces[i].Range, pieces[i].label)
			last = lastNumber(pieces[i].label)
			i++
			continue
		}
		end := i
		for end < len(pieces) && pieces[end].label == "" {
			end++
		}
		upTo := next
		if end < len(pieces) {
			upTo = decimal(pieces[end].label)
		}
		last = l.nameRun(pieces[i:end], missing(last, upTo, place.loose))
		i = end
	}
	return last
}

// missing returns the numbers behind last: up to the one before next if that is known
// and near, or else those that stand loose.
func missing(last, next int, loose []string) []string {
	end := next - 1
	if next <= last || end-last > 12 {
		end = 0
		for _, name := range loose {
			end = max(end, decimal(name))
		}
	}
	if end <= last {
		end = last + 1
	}
	var names []string
	for n := last + 1; n <= end; n++ {
		names = append(names, strconv.Itoa(n))
	}
	return names
}

// nameRun makes notes of pieces without labels and returns the number of the last.
func (l *looker) nameRun(pieces []piece, names []string) int {
	var ranges []Range
	for _, p := range pieces {
		ranges = append(ranges, p.Range)
	}
	if len(ranges) != len(names) {
		if divided := l.divide(ranges); len(divided) == len(names) {
			ranges = divided
		}
	}
	joint := names[0]
	if len(names) > 1 {
		joint += "–" + names[len(names)-1]
	}
	for i, r := range ranges {
		if len(ranges) == len(names) {
			l.addNote(r, names[i])
		} else {
			l.addNote(r, joint)
		}
	}
	return decimal(names[len(names)-1])
}

func (l *looker) addNote(r Range, name string) {
	if r.Len() <= 0 || strings.TrimSpace(l.source[r.Start:r.End]) == "" {
		return
	}
	l.t.Notes = append(l.t.Notes, Note{r, name})
}

// lastNumber returns the number in a label, of several the last.
func lastNumber(name string) int {
	if _, after, found := strings.Cut(name, "–"); found {
		name = after
	}
	return decimal(name)
}

var referenceEnd = regexp.MustCompile(`(?:\d|etc|[\p{Ll}]{3}|[)"”»])\.\s+|\d,\s+`)

// divide parts ranges where one reference ends and another begins. What only repeats
// the one before is left out.
func (l *looker) divide(ranges []Range) []Range {
	var out []Range
	add := func(r Range) {
		s := l.source[r.Start:r.End]
		if n := len(out); n > 0 && len(s) > 20 && strings.Contains(l.source[out[n-1].Start:out[n-1].End], s) {
			return
		}
		out = append(out, r)
	}
	for _, r := range ranges {
		s := l.source[r.Start:r.End]
		at := 0
		for _, m := range referenceEnd.FindAllStringIndex(s, -1) {
			rest := s[m[1]:]
			stop := strings.Contains(s[m[0]:m[1]], ".")
			sure := referenceWord.MatchString(rest)
			if !sure && !(stop && startsReference(rest) && (looksCited(s[at:m[1]]) || referenceWord.MatchString(s[at:]))) || m[1]-at < 20 {
				continue
			}
			add(trim(l.source, Range{r.Start + at, r.Start + m[1]}))
			at = m[1]
		}
		add(Range{r.Start + at, r.End})
	}
	return out
}

var (
	referenceWord  = regexp.MustCompile(`^(?:Cf|Voir|Cité|Ibid|Id|Op|See|Véase|Vgl|Siehe|Sur|Citado|Quoted|Outre)(?:[\s.,:]|$)`)
	referenceStart = regexp.MustCompile(`^(?:["«“]|\[?&[\]}]?quot;|\p{Lu}[^.,;(]{2,60}(?:\.\.\.|…)?,\s*(?:["«“\p{Lu}]|pp?\.|\d))`)
)

func startsReference(s string) bool {
	return referenceStart.MatchString(s) || referenceWord.MatchString(s)
}

// findCalls finds where the body calls the notes. Each call stands behind that of the
// note before; superscripts and brackets are sure, of bare numbers only those that
// the next note has and that look like calls are taken.
func (l *looker) findCalls() {
	for i := range l.blocks {
		if l.blocks[i].kind == body || l.blocks[i].kind == heading {
			l.superscripts(i)
		}
	}
	notes := append([]Note(nil), l.t.Notes...)
	slices.SortFunc(notes, func(a, b Note) int { return a.Start - b.Start })
	sure := map[string][]int{} // where the sure calls of a label end
	for _, c := range l.calls {
		sure[c.Label] = append(sure[c.Label], c.End)
	}
	from := 0
	for _, n := range notes {
		for _, name := range n.numbers() {
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

// callReach is how many bytes before a note its call is sought where only a number
// tells it.
const callReach = 15_000

// numbers returns the labels that a note stands for.
func (n Note) numbers() []string {
	first, last, found := strings.Cut(n.Label, "–")
	if !found {
		return []string{n.Label}
	}
	var names []string
	for v := decimal(first); v <= decimal(last) && len(names) < 20; v++ {
		names = append(names, strconv.Itoa(v))
	}
	return names
}

var superscriptCall = regexp.MustCompile(`[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\^\{(\d{1,3}|\*{1,3})\}|\[\^(\d{1,3})\]`)

// superscripts takes the superscripts of a block as calls.
func (l *looker) superscripts(i int) {
	b := &l.blocks[i]
	s := l.text(i)
	for _, m := range superscriptCall.FindAllStringSubmatchIndex(s, -1) {
		name := plainDigits(strings.Trim(s[m[0]:m[1]], "^{}[]"))
		if m[0] == 0 || isUnit(s[:m[0]]) || m[4] >= 0 && !l.isNoted(name) {
			continue
		}
		l.calls = append(l.calls, Call{Range: Range{b.Start + m[0], b.Start + m[1]}, Label: name})
	}
}

// isNoted reports whether a note has a label.
func (l *looker) isNoted(name string) bool {
	return slices.ContainsFunc(l.t.Notes, func(n Note) bool { return n.Label == name })
}

// firstWithin returns the first of ascending offsets that lies between two others.
func firstWithin(offsets []int, from, to int) (int, bool) {
	i, _ := slices.BinarySearch(offsets, from)
	if i < len(offsets) && offsets[i] < to {
		return offsets[i], true
	}
	return 0, false
}

// bareCall finds a call without a sign of its own in the body between two offsets: a
// number in brackets, behind a quotation mark or a word, or between a word and a
// punctuation mark; an asterisk at the end of a word.
func (l *looker) bareCall(name string, from, to int) (Call, bool) {
	first := sort.Search(len(l.blocks), func(i int) bool { return l.blocks[i].End > from })
	for i := first; i < len(l.blocks) && l.blocks[i].Start < to; i++ {
		b := &l.blocks[i]
		if b.kind != body && b.kind != heading {
			continue
		}
		start := max(from, b.Start, b.after.End)
		for start < b.Start || !utf8.RuneStart(l.source[start]) {
			start++
		}
		for at := start; ; {
			k := strings.Index(l.source[at:min(b.End, to)], name)
			if k < 0 {
				break
			}
			at += k
			if r, ok := callAround(l.source[b.Start:b.End], at-b.Start, name); ok {
				return Call{Range: Range{b.Start + r.Start, b.Start + r.End}, Label: name}, true
			}
			at += len(name)
		}
	}
	return Call{}, false
}

// callAround reports whether the number at an offset of a paragraph looks like the call
// of a note, and which bytes make it.
func callAround(s string, at int, name string) (Range, bool) {
	before, after := s[:at], s[at+len(name):]
	next := firstRune(after)
	if before == "" || unicode.IsDigit(next) || unicode.IsLetter(next) || unicode.IsDigit(lastRune(before)) {
		return Range{}, false
	}
	r := Range{at, at + len(name)}
	if strings.Trim(name, "*†‡") == "" {
		return r, unicode.IsLetter(lastRune(before)) && next != '*'
	}
	if b := lastRune(before); (b == '[' && next == ']') || (b == '(' && next == ')' && len(before) > 1) {
		return Range{at - 1, at + len(name) + 1}, len(before) > 1
	}
	spaced := strings.TrimRightFunc(before, unicode.IsSpace)
	mark := lastRune(spaced)
	apart := len(spaced) < len(before)
	closing := strings.ContainsRune(`"”»)]`, mark) || strings.ContainsRune(`".`, mark) && apart && strings.HasSuffix(spaced, `".`)
	ends := after == "" || strings.ContainsRune(".,;:)", next) || unicode.IsSpace(next)
	switch {
	case !apart:
		return r, ends && (unicode.IsLetter(mark) || closing) && !isUnit(spaced)
	case closing:
		return r, ends
	case !unicode.IsLetter(mark):
		return Range{}, false
	}
	word := strings.ToLower(spaced[1+lastNonLetter(spaced):])
	if len(word) < 5 || countedWords[word] {
		return Range{}, false
	}
	if strings.ContainsRune(".,;:", next) {
		return r, true
	}
	follows := strings.ToLower(wordAfter(after, len(after)-len(strings.TrimLeftFunc(after, unicode.IsSpace))))
	return r, unicode.IsSpace(next) && follows != "" && unicode.IsLower(firstRune(strings.TrimSpace(after))) && !countedWords[follows] && !monthOrUnit(follows)
}

// countedWords stand before or behind a number that counts or dates something.
var countedWords = wordSet(`article articles chapitre page pages tome volume titre numéro paragraphe section figure tableau congrès
	siècle année environ depuis jusque après avant entre moins quelque vers louis henri capítulo artículo página tomo sección figura
	número chapter article volume number figure table section about after before until since kapitel seite band artikel capitolo
	pagina capítulos artigo seção lorsque autour millions milliers pour cent`)

func monthOrUnit(word string) bool { return units[word] }

var units = wordSet(`janvier février mars avril mai juin juillet août septembre octobre novembre décembre
	enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre
	january february march april may june july august september october november december
	januar februar märz april mai juni juli august september oktober november dezember
	gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
	janeiro fevereiro março maio junho julho setembro outubro dezembro
	ans années jours mois heures km m francs euros dollars hommes femmes personnes pages fois pour de
	años días meses horas de years days months hours people men women times percent jahre tage monate uhr prozent
	anni giorni mesi ore anos dias horas`)
