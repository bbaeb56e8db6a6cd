package extract

import (
	"strconv"
	"strings"
	"unicode"
)

// A piece is a note, or what may be several, with what is known of its label.
type piece struct {
	Range            // without its labels
	label   string   // "" if none stands with it
	trailed []string // labels behind its end
}

// A notePlace is where notes stand together, between two blocks of the body.
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

// read adds a block to the place where it stands. The labels in it are skipped.
func (l *looker) read(place *notePlace, i int) {
	if l.blocks[i].kind == label {
		place.loose = append(place.loose, strings.Fields(plainDigits(l.text(i)))...)
		return
	}
	for _, r := range labelledParts(l.source, l.blocks[i].Range) {
		p := pieceOf(l.source, r)
		l.skipped = append(l.skipped, Range{r.Start, p.Start}, Range{p.End, r.End})
		place.loose = append(place.loose, p.trailed...)
		if n := len(place.pieces); n > 0 && p.label == "" && l.continues(place.pieces[n-1].Range, p.Range) {
			l.skipped = append(l.skipped, Range{place.pieces[n-1].End, p.Start})
			place.pieces[n-1].End = p.End
			continue
		}
		place.pieces = append(place.pieces, p)
	}
}

// pieceOf reads a range as a note.
func pieceOf(source string, r Range) piece {
	p := piece{Range: r}
	s := source[r.Start:r.End]
	if m := markedLabel.FindStringSubmatch(s); m != nil {
		p.label = plainDigits(m[1] + m[2] + m[3])
		p.Start += len(m[0])
	} else if name, form := plainLabelOf(s); form != noForm && isLabelOfNote(s, form) {
		p.label = name
		p.Start += plainLabel.FindStringSubmatchIndex(s)[2*labelGroups+2]
	}
	if s = source[p.Start:p.End]; looksCited(s) {
		if m := lastLabels.FindStringSubmatchIndex(s); m != nil {
			p.trailed = strings.Fields(s[m[2]:m[3]])
			p.End = p.Start + m[2]
		}
	}
	p.Range = trim(source, p.Range)
	return p
}

// continues reports whether a note goes on with another, over the foot of a page.
func (l *looker) continues(before, r Range) bool {
	left := strings.TrimRight(l.source[before.Start:before.End], `"'»”’)]`)
	return left != "" && !strings.ContainsRune(".!?…", lastRune(left)) && unicode.IsLower(firstRune(l.source[r.Start:r.End]))
}

// name gives the pieces of a place their labels and makes notes of them; it returns the
// number of the last. Last is the number before, next the one after, 0 for none.
//
// Pieces without a label get the numbers that the numbering lacks: one each where the
// counts agree, also after they are divided into their references; else all of them
// together. A piece that goes on with the note before, on the page before, has its label.
func (l *looker) name(place notePlace, last, next int) int {
	pieces := place.pieces
	if n := len(l.t.Notes); n > 0 && len(pieces) > 0 && pieces[0].label == "" && l.continues(l.t.Notes[n-1].Range, pieces[0].Range) {
		l.addNote(pieces[0].Range, l.t.Notes[n-1].Label)
		pieces = pieces[1:]
	}
	if first := place.first(); first > 0 && first < last && len(pieces) > 0 { // the numbering begins anew
		last = first - 1
		if pieces[0].label == "" && len(place.loose) == 0 {
			last = 0
		}
	}
	for i := 0; i < len(pieces); {
		if pieces[i].label != "" {
			l.addNote(pieces[i].Range, pieces[i].label)
			last = decimal(pieces[i].label)
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

// mostMissing is how many numbers may be missing between two that are known.
const mostMissing = 12

// missing returns the numbers behind last: up to the one before next if that is known
// and near, or else those that stand loose.
func missing(last, next int, loose []string) []string {
	end := next - 1
	if next <= last || end-last > mostMissing {
		end = 0
		for _, name := range loose {
			end = max(end, decimal(name))
		}
	}
	if end <= last || end-last > mostMissing {
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

// divide parts ranges into references. What only repeats the one before is left out.
func (l *looker) divide(ranges []Range) []Range {
	var out []Range
	for _, r := range ranges {
		for _, part := range referencesIn(l.source, r) {
			s := l.source[part.Start:part.End]
			if n := len(out); n > 0 && len(s) > shortestReference && strings.Contains(l.source[out[n-1].Start:out[n-1].End], s) {
				continue
			}
			out = append(out, part)
		}
	}
	return out
}

func (l *looker) addNote(r Range, name string) {
	if strings.TrimSpace(l.source[r.Start:max(r.Start, r.End)]) != "" {
		l.t.Notes = append(l.t.Notes, Note{r, name})
	}
}

// names returns the labels that a note stands for.
func (n Note) names() []string {
	first, last, found := strings.Cut(n.Label, "–")
	if !found {
		return []string{n.Label}
	}
	var names []string
	for v := decimal(first); v <= min(decimal(last), decimal(first)+mostMissing); v++ {
		names = append(names, strconv.Itoa(v))
	}
	return names
}
