package bot

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"

	"verbatim/corpus"
)

// Text of others is shown as it is, whatever it holds: it is cut between characters, what
// has no width is left out, and what means something in Discord's markdown is escaped.

// quote writes a text as a quote with the marked ranges in bold, cut if it is longer
// than most, or has more than so many characters; 0 is any number of these.
func quote(text string, marks []corpus.Range, most, characters int) string {
	all := letters(text, marks)
	if characters > 0 {
		all = first(all, characters)
	}
	return quoteSign + written(fit(all, most-len(quoteSign), letter.length))
}

// first returns at most so many letters, an ellipsis included if these are not all.
func first(all []letter, most int) []letter {
	plain := slices.Clone(all)
	for i := range plain {
		plain[i].style = ordinary
	}
	kept := len(fit(plain, most, func(letter) int { return 1 }))
	if kept == len(all) && len(all) <= most {
		return all
	}
	return append(slices.Clone(all[:kept-1]), letter{rune: ellipsis})
}

const quoteSign = "> "

// A style is how letters are set.
type style int

// The styles, as far as the bot uses them. Those that can't be told apart where one
// follows the other are not used.
const (
	ordinary style = iota
	bold
	italic
	struck
	code
)

// sign stands before and after letters of a style.
func (s style) sign() string { return [...]string{"", "**", "*", "~~", "`"}[s] }

// A letter is a character as it is shown.
type letter struct {
	rune
	style style
}

// length returns how many UTF-16 code units a letter takes, without the signs of its style.
func (l letter) length() int {
	if l.style == code {
		return utf16.RuneLen(l.rune)
	}
	return escapedLen(l.rune)
}

// written returns letters in Discord's markdown.
func written(all []letter) string {
	var out strings.Builder
	set := ordinary
	for _, l := range all {
		if l.style != set {
			out.WriteString(set.sign())
			out.WriteString(l.style.sign())
			set = l.style
		}
		if set == code {
			out.WriteRune(l.rune)
		} else {
			out.WriteString(escaped(l.rune))
		}
	}
	out.WriteString(set.sign())
	return out.String()
}

// letters returns what is visible of a text, with the marked ranges in bold.
func letters(text string, marks []corpus.Range) []letter {
	var all []letter
	for at, r := range text {
		for len(marks) > 0 && marks[0].End <= at {
			marks = marks[1:]
		}
		if r = seen(r); r >= 0 {
			l := letter{r, ordinary}
			if len(marks) > 0 && marks[0].Start <= at {
				l.style = bold
			}
			all = append(all, l)
		}
	}
	// A joiner between two marks is part of the one that they become.
	for i := 1; i < len(all)-1; i++ {
		if isJoiner(all[i].rune) {
			all[i].style = all[i-1].style
			if all[i+1].style == ordinary {
				all[i].style = ordinary
			}
		}
	}
	return all
}

// fit returns the letters whose sizes, with those of the signs of their styles, add up to
// at most so much: the first ones and an ellipsis if these are not all. It ends at a word
// where it can.
func fit(all []letter, most int, size func(letter) int) []letter {
	room := most - size(letter{rune: ellipsis})
	n, word, end := 0, 0, 0 // where the last word and the last character end for which there is room
	set := ordinary
	for i, l := range all {
		if i > 0 && n <= room && !continues(all[i-1].rune, l.rune) {
			end = i
			if l.rune == ' ' {
				word = i
			}
		}
		if l.style != set {
			n += 2 * len(l.style.sign())
		}
		set = l.style
		n += size(l)
	}
	if n <= most {
		return all
	}
	if word > end-longestWord {
		end = word
	}
	return append(slices.Clone(all[:end]), letter{rune: ellipsis})
}

const (
	ellipsis    = '…'
	longestWord = 40 // of what has no spaces, words are not looked for
)

// cut returns what is visible of a text, in which the sizes of the characters add up to at most so much.
func cut(text string, most int, size func(rune) int) string {
	var out strings.Builder
	for _, l := range fit(letters(text, nil), most, func(l letter) int { return size(l.rune) }) {
		out.WriteRune(l.rune)
	}
	return out.String()
}

// continues reports whether a character is shown as one with that before it.
func continues(before, r rune) bool {
	return isJoiner(before) || isJoiner(r) || unicode.Is(unicode.M, r) || r >= '\U0001F3FB' && r <= '\U0001F3FF' // the skin of emoji
}

// seen returns how a character is shown, -1 for not at all. Those that have no width
// or turn the direction of writing are not, for text could mislead with them, but for
// joiners, which words of Persian and Hindi and many emoji need. All is on one line.
func seen(r rune) rune {
	switch {
	case strings.ContainsRune("\t\n\v\f\r\u0085\u2028\u2029", r):
		return ' '
	case isJoiner(r) || unicode.Is(unicode.Prepended_Concatenation_Mark, r):
		return r
	case unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point),
		unicode.Is(unicode.Variation_Selector, r) && r != textStyle && r != emojiStyle:
		return -1
	case r == brailleBlank:
		return ' '
	}
	return r
}

const (
	textStyle    = '\uFE0E' // after what is to be shown as text
	emojiStyle   = '\uFE0F' // or as an emoji
	brailleBlank = '\u2800' // of which nothing is seen
)

// isJoiner reports whether a character says how those beside it are joined.
func isJoiner(r rune) bool { return r == '\u200C' || r == '\u200D' }

// visible returns what is shown of a text.
func visible(text string) string { return strings.Map(seen, text) }

// escape makes text of others show as it is: no markup, no mention, no link with
// another name, no invitation. Every character that can mean something in Discord's
// markdown or in an address gets a backslash.
func escape(text string) string {
	var out strings.Builder
	for _, l := range letters(text, nil) {
		out.WriteString(escaped(l.rune))
	}
	return out.String()
}

func escaped(r rune) string {
	if isSpecial(r) {
		return `\` + string(r)
	}
	return string(r)
}

func isSpecial(r rune) bool {
	return r < unicode.MaxASCII && strings.ContainsRune("\\*_~`|>#-+[]()<@:/", r)
}

// escapedLen returns how many UTF-16 code units a character takes in escaped text.
func escapedLen(r rune) int {
	if isSpecial(r) {
		return 2
	}
	return utf16.RuneLen(r)
}

func utf16Len(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}
