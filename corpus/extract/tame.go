package extract

import "strings"

// Limits of one block of Markdown, within which goldmark's time stays small: it
// grows with the square of the number of delimiters in a block and of the depth of
// nested blocks (50,000 times "*a_" take a minute).
const (
	maxDelimiters = 2000
	maxDepth      = 40
)

const delimiters = "*_[]!<>`~|&\\"

// tame escapes the markup of blocks that goldmark could not read in reasonable
// time. They are read as plain text then. No such block was ever written by hand.
func tame(source string) string {
	var out strings.Builder
	for at := 0; at < len(source); {
		end := blockEnd(source, at)
		block := source[at:end]
		if countAny(block, delimiters) > maxDelimiters {
			escape(&out, block)
		} else {
			for line := range strings.Lines(block) {
				out.WriteString(shallow(line))
			}
		}
		at = end
	}
	return out.String()
}

// blockEnd returns the offset behind the first empty line after at.
func blockEnd(source string, at int) int {
	for at < len(source) {
		line, rest := cutLine(source[at:])
		at = len(source) - len(rest)
		if line == "" {
			break
		}
	}
	return at
}

func countAny(s, chars string) int {
	n := 0
	for i := range len(s) {
		if strings.IndexByte(chars, s[i]) >= 0 {
			n++
		}
	}
	return n
}

func escape(out *strings.Builder, block string) {
	for i := range len(block) {
		if strings.IndexByte(delimiters, block[i]) >= 0 {
			out.WriteByte('\\')
		}
		out.WriteByte(block[i])
	}
}

// shallow returns line, or if it opens too many nested blocks, what stands in them.
func shallow(line string) string {
	content := strings.TrimLeft(line, " \t>-+*")
	if content != "" && countAny(line[:len(line)-len(content)], ">-+*") > maxDepth {
		return content
	}
	return line
}
