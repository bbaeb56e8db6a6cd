package extract

import "regexp"

// brokenEntity is a quotation mark or an ampersand that was once written as an HTML
// entity; scans break it in ways that no reader of HTML knows.
var brokenEntity = regexp.MustCompile(`\[?&[\]}]?(quot|amp);`)

// findEntities skips entities. Of an ampersand only its name is skipped.
func (l *looker) findEntities() {
	for _, m := range brokenEntity.FindAllStringSubmatchIndex(l.source, -1) {
		r := Range{m[0], m[1]}
		if l.source[m[2]:m[3]] == "amp" && m[2] == m[0]+1 {
			r.Start = m[2]
		}
		l.skipped = append(l.skipped, r)
	}
}
