package extract

import (
	"strings"
	"unicode"
)

// isLineByLine reports whether the paragraphs of a document without markup are the lines
// of a text that was typed or pasted so: it is parted by empty ones, as plain text is by
// empty lines, and most of the others stand between two of these or end within a sentence.
func isLineByLine(paragraphs []string) bool {
	empty, apart, together, cut := 0, 0, 0, 0
	for i, p := range paragraphs {
		if i+1 == len(paragraphs) {
			break
		}
		p, next := strings.TrimSpace(p), strings.TrimSpace(paragraphs[i+1])
		switch {
		case p == "":
			empty++
		case next == "":
			apart++
		default:
			together++
			if r := lastRune(p); unicode.IsLetter(r) || unicode.IsDigit(r) || r == ',' || r == '-' {
				cut++
			}
		}
	}
	const enough = 3
	return empty >= enough && (apart >= together || 2*cut > together)
}
