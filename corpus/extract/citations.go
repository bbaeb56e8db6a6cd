package extract

import "regexp"

// What notes that name their sources hold, in the languages that we read.
var (
	citedPage  = regexp.MustCompile(`\b(?:pp?|pág|págs|S|s|fol|ff)\.\s?[\dIVXLC]|\bp(?:ages?|áginas?|agine)\s\d`)
	citedWork  = regexp.MustCompile(`(?i)(?:^|[\s("«“])(?:cf\.|voir |v\. |ibid|idem|id\.|op\. ?cit|loc\. ?cit|art\. ?cit|eodem|véase|vid\. |see |siehe |vgl\.|ebd\.|ivi,|cit\.|hrsg\.|éd\.|eds?\.|trad\.|https?://)`)
	citedOther = regexp.MustCompile(`\b(?:1[4-9]|20)\d\d\b|\b(?:[nN]o|n°|nº|N°|vol|tome|tomo|Bd|núm)\b\.?|["«“][^"»”]{4,}["»”],|, [\p{Lu}][\p{L}]+, (?:1[4-9]|20)\d\d`)
)

const (
	longestCited  = 2500 // bytes of a text that may be made of references
	bytesPerSign  = 200  // of its length there is a sign of one at least
	shortestCited = 80   // below which a single strong sign is enough
)

// looksCited reports whether a text is made of references to sources: pages, works
// and years stand close together in it.
func looksCited(s string) bool {
	if len(s) > longestCited {
		return false
	}
	strong := len(citedPage.FindAllStringIndex(s, -1)) + len(citedWork.FindAllStringIndex(s, -1))
	if strong == 0 {
		return false
	}
	signs := strong + len(citedOther.FindAllStringIndex(s, -1))
	return signs >= 2 && len(s)/signs <= bytesPerSign || len(s) < shortestCited
}

// looksLikeNote reports whether a block reads like a note, or bears the label of one.
func (l *looker) looksLikeNote(i int) bool {
	s := l.text(i)
	return loneLabels.MatchString(s) || isLabelLine(s) || l.blocks[i].page.value == 0 && looksCited(s)
}

var (
	referenceWord  = regexp.MustCompile(`^(?:Cf|Voir|Cité|Ibid|Id|Op|See|Véase|Vgl|Siehe|Sur|Citado|Quoted|Outre)(?:[\s.,:]|$)`)
	referenceStart = regexp.MustCompile(`^(?:["«“]|\[?&[\]}]?quot;|\p{Lu}[^.,;(]{2,60}(?:\.\.\.|…)?,\s*(?:["«“\p{Lu}]|pp?\.|\d))`)
	referenceEnd   = regexp.MustCompile(`(?:\d|etc|[\p{Ll}]{3}|[)"”»])\.\s+|\d,\s+`)
)

// shortestReference is the length in bytes of the shortest reference that is told
// apart from the next.
const shortestReference = 20

// referencesIn parts a text where one reference to a source ends and another begins.
func referencesIn(source string, r Range) []Range {
	var parts []Range
	s := source[r.Start:r.End]
	at := 0
	for _, m := range referenceEnd.FindAllStringIndex(s, -1) {
		if m[1]-at < shortestReference || !endsReference(s[at:m[1]], s[m[0]:m[1]], s[m[1]:]) {
			continue
		}
		parts = append(parts, trim(source, Range{r.Start + at, r.Start + m[1]}))
		at = m[1]
	}
	return append(parts, Range{r.Start + at, r.End})
}

// endsReference reports whether a reference, which ends in a full stop or a comma, is
// over before the rest of its line.
func endsReference(reference, end, rest string) bool {
	if referenceWord.MatchString(rest) {
		return true
	}
	return end[0] != ',' && end[1] != ',' && referenceStart.MatchString(rest) &&
		(referenceWord.MatchString(reference) || looksCited(reference))
}
