package extract

import (
	"slices"
	"strings"
	"unicode"
)

// findNotes finds the bodies of notes, then their calls.
//
// A note is known by a marked label; by a plain one that is called before it; by
// standing between the halves of a sentence; or by looking like one beside one that is
// known. In a bibliography nothing is.
func (l *looker) findNotes() {
	l.markLabelled()
	l.markBetweenHalves()
	l.markBeside()
	places := l.notePlaces()
	upcoming := make([]int, len(places)+1) // the first number of the places from each on
	for i := len(places) - 1; i >= 0; i-- {
		if upcoming[i] = places[i].first(); upcoming[i] == 0 {
			upcoming[i] = upcoming[i+1]
		}
	}
	last := 0
	for i, p := range places {
		last = l.name(p, last, upcoming[i+1])
	}
	l.findCalls()
}

// Headings of lists, as keys.
var (
	noteHeadings = wordSet(`notes note notas nota footnotes endnotes anmerkungen fussnoten fußnoten notesdebasdepage
		notesetréférences notesandreferences notedechiusura notefinali`)
	bibliographyHeadings = wordSet(`bibliographie bibliography bibliografía bibliografia literatur literaturverzeichnis
		quellen quellenverzeichnis références référencesbibliographiques references referencias referenciasbibliográficas
		referências referênciasbibliográficas riferimenti riferimentibibliografici sources workscited obrascitadas ouvragescités`)
)

// A listing says which list a heading opens.
type listing int

const (
	noListing listing = iota
	notesListing
	bibliographyListing
)

const longestListHeading = 40 // bytes

// listingAt returns the list that block i opens by its heading.
func (l *looker) listingAt(i int) (found listing, isHeading bool) {
	b := &l.blocks[i]
	key := ""
	if b.Len() <= longestListHeading && (b.kind == heading || b.kind == body) {
		key = keyOf(l.text(i))
	}
	switch {
	case noteHeadings[key]:
		return notesListing, true
	case bibliographyHeadings[key]:
		return bibliographyListing, true
	}
	return noListing, b.kind == heading
}

// markLabelled marks the blocks that begin with the label of a note.
func (l *looker) markLabelled() {
	called := l.calledLabels()
	list := noListing
	listed := 0 // the last number in a list of notes
	for i := 0; i < len(l.blocks); i++ {
		b := &l.blocks[i]
		if found, isHeading := l.listingAt(i); isHeading {
			list, listed = found, 0
			continue
		}
		if b.kind != body || b.glued.Len() > 0 || list == bibliographyListing {
			continue
		}
		s := l.text(i)
		switch {
		case isSuperscript(firstRune(s)) && loneLabels.MatchString(s):
			b.kind = label
			continue
		case isLabelLine(s):
			b.kind = note
			called.use(pieceOf(l.source, b.Range).label, b.Start)
			continue
		}
		run := l.labelledRun(i)
		if run.blocks == nil {
			continue
		}
		if list == notesListing && decimal(run.names[0]) == listed+1 || l.isCalledRun(run, called) {
			for _, j := range run.blocks {
				l.blocks[j].kind = note
			}
			listed = decimal(run.names[len(run.names)-1])
		}
		i = run.blocks[len(run.blocks)-1]
	}
}

// A labelledRun is blocks one after the other whose plain labels count on.
type labelledRun struct {
	blocks []int
	names  []string
	form   labelForm
}

// labelledRun returns the run that begins with block i; it has no blocks if block i has
// no plain label.
func (l *looker) labelledRun(i int) labelledRun {
	var run labelledRun
	for ; i < len(l.blocks); i = l.next(i + 1) {
		if l.blocks[i].kind != body {
			break
		}
		names, form := labelsOf(l.text(i))
		if form == noForm || !isLabelOfNote(l.text(i), form) {
			break
		}
		if n := len(run.names); n > 0 && (form != run.form || !isNextLabel(run.names[n-1], names[0])) {
			if form == symbolForm && names[0] == run.names[n-1] { // entries of a list have the same mark
				return labelledRun{}
			}
			break
		}
		run.blocks, run.names, run.form = append(run.blocks, i), append(run.names, names...), form
	}
	return run
}

// isCalledRun reports whether the body calls the labels of a run before it, so that it
// is made of notes and is no list. Of three or more, one call may be unreadable.
func (l *looker) isCalledRun(run labelledRun, called callPlaces) bool {
	first := run.blocks[0]
	if before := l.previous(first - 1); before >= 0 && l.blocks[before].kind == body && strings.HasSuffix(l.text(before), ":") {
		return false
	}
	at := l.blocks[first].Start
	missed := 0
	for _, name := range run.names {
		if !called.unused(name, run.form, at) {
			missed++
		}
	}
	if missed > 0 && !(missed == 1 && len(run.names) > 2) && !l.isBarelyCalled(run) {
		return false
	}
	for _, name := range run.names {
		called.use(name, at)
	}
	return true
}

// isBarelyCalled reports whether bare numbers call all notes of a run that names
// sources.
func (l *looker) isBarelyCalled(run labelledRun) bool {
	first := run.blocks[0]
	if run.form == symbolForm || !slices.ContainsFunc(run.blocks, func(i int) bool { return looksCited(l.text(i)) }) {
		return false
	}
	from := l.blocks[first].Start - callReach
	for _, name := range run.names {
		call, found := l.bareCall(name, max(0, from), l.blocks[first].Start)
		if !found {
			return false
		}
		from = call.End
	}
	return true
}

// markBetweenHalves marks what stands between the halves of a sentence.
func (l *looker) markBetweenHalves() {
	for i := range l.blocks {
		j := l.continuation(i)
		for k := i + 1; k < j; k++ {
			if l.blocks[k].kind != body {
				continue
			}
			switch {
			case loneLabels.MatchString(l.text(k)):
				l.blocks[k].kind = label
			case l.isFragment(i, k) && l.standsIn(k, k+1, k+1+againBlocks):
				l.skip(k)
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
		if b.kind != body {
			continue
		}
		before, after := l.previous(i-1), l.next(i+1)
		if before < 0 || l.blocks[before].kind != note {
			continue
		}
		s := l.text(i)
		switch {
		case loneLabels.MatchString(s):
			b.kind = label
		case after < len(l.blocks) && l.blocks[after].kind == note && looksCited(s):
			b.kind = note
		case l.blocks[before].ends >= open && unicode.IsLower(firstRune(s)) && looksCited(s):
			b.kind = note
		}
	}
}
