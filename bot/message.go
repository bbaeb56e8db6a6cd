package bot

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/bwmarrin/discordgo"

	"verbatim/answers"
	"verbatim/corpus"
)

// Lengths that Discord takes, in UTF-16 code units:
// docs.discord.com/developers/resources/message#embed-object-embed-limits. The
// citations are kept far shorter than they may be, to leave the room to the quotes.
const (
	maxEmbeds      = 6000 // over all embeds of a message
	maxDescription = 4096
	maxCitation    = 500
)

// maxTitle is how much of a document's title stands above its excerpts.
const maxTitle = 200

// message is what is shown of a reply: each quote with its citation, in an embed of
// its own, and above them what they are. That is all that a notification shows.
func message(r answers.Reply, words texts) reply {
	out := reply{content: heading(r, words)}
	for _, e := range r.Quotes {
		citation := cut(e.Citation, maxCitation, utf16.RuneLen)
		most := min(maxDescription, maxEmbeds/len(r.Quotes)-utf16Len(citation))
		out.embeds = append(out.embeds, &discordgo.MessageEmbed{
			Description: quote(e.Text, e.Marks, most),
			Footer:      &discordgo.MessageEmbedFooter{Text: citation},
		})
	}
	return out
}

func heading(r answers.Reply, words texts) string {
	switch {
	case r.Empty:
		return words.empty
	case r.Outcome == answers.None && len(r.Quotes) == 0:
		return words.none
	case r.Outcome == answers.None:
		return words.none + " " + words.near
	case r.Hedged:
		return words.hedged
	}
	return sources(r.Quotes, words)
}

// sources says how many excerpts there are, and of what.
func sources(quotes []answers.Excerpt, words texts) string {
	documents := map[string]bool{}
	for _, e := range quotes {
		documents[e.Document.ID] = true
	}
	if len(documents) > 1 {
		return fmt.Sprintf(words.excerptsOfTexts, len(quotes), len(documents))
	}
	title := escape(cut(quotes[0].Document.Title, maxTitle, escapedLen))
	if len(quotes) == 1 {
		return fmt.Sprintf(words.excerpt, title)
	}
	return fmt.Sprintf(words.excerpts, len(quotes), title)
}

// quote writes a text as a quote with the marked ranges in bold, cut if it is longer
// than most.
func quote(text string, marks []corpus.Range, most int) string {
	var out strings.Builder
	out.WriteString(quoteSign)
	bold := false
	embolden := func(on bool) {
		if on != bold {
			out.WriteString(boldSign)
		}
		bold = on
	}
	for _, l := range fit(letters(text, marks), most-len(quoteSign), escapedLen) {
		embolden(l.bold)
		out.WriteString(escaped(l.rune))
	}
	embolden(false)
	return out.String()
}

const (
	quoteSign = "> "
	boldSign  = "**"
)

// A letter is a character as it is shown.
type letter struct {
	rune
	bold bool
}

// letters returns what is visible of a text, with the marked ranges in bold.
func letters(text string, marks []corpus.Range) []letter {
	var all []letter
	for at, r := range text {
		for len(marks) > 0 && marks[0].End <= at {
			marks = marks[1:]
		}
		if r = seen(r); r >= 0 {
			all = append(all, letter{r, len(marks) > 0 && marks[0].Start <= at})
		}
	}
	// A joiner between two marks is part of the one that they become.
	for i := 1; i < len(all)-1; i++ {
		if isJoiner(all[i].rune) {
			all[i].bold = all[i-1].bold && all[i+1].bold
		}
	}
	return all
}

// fit returns the letters whose sizes, with those of the signs of bold, add up to at
// most so much: the first ones and an ellipsis if these are not all. It ends at a word
// where it can.
func fit(all []letter, most int, size func(rune) int) []letter {
	room := most - size(ellipsis)
	n, word, end := 0, 0, 0 // where the last word and the last character end for which there is room
	bold := false
	for i, l := range all {
		if i > 0 && n <= room && !continues(all[i-1].rune, l.rune) {
			end = i
			if l.rune == ' ' {
				word = i
			}
		}
		if l.bold && !bold {
			n += 2 * len(boldSign)
		}
		bold = l.bold
		n += size(l.rune)
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
	for _, l := range fit(letters(text, nil), most, size) {
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
	case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
		return -1
	}
	return r
}

// isJoiner reports whether a character says how those beside it are joined.
func isJoiner(r rune) bool { return r == '\u200C' || r == '\u200D' }

// visible returns what is shown of a text.
func visible(text string) string { return strings.Map(seen, text) }

// escape makes text of others show as it is: no markup, no mention, no link with
// another name. Every character that can mean something in Discord's markdown gets a
// backslash.
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
	return r < unicode.MaxASCII && strings.ContainsRune("\\*_~`|>#-+[]()<@:", r)
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
