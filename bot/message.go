package bot

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

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

// message is what is shown of a reply: each quote with its citation, in an embed of
// its own.
func message(r answers.Reply, words texts) reply {
	out := reply{content: heading(r, words)}
	for _, e := range r.Quotes {
		citation := cut(visible(e.Citation), maxCitation, utf16.RuneLen)
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
	return ""
}

// quote writes a text as a quote with the marked ranges in bold. One that is longer
// than most then is shown without marks and, if it must be, cut.
func quote(text string, marks []corpus.Range, most int) string {
	var out strings.Builder
	out.WriteString(quoteSign)
	at := 0
	for _, m := range marks {
		out.WriteString(escape(text[at:m.Start]))
		fmt.Fprintf(&out, "**%s**", escape(text[m.Start:m.End]))
		at = m.End
	}
	out.WriteString(escape(text[at:]))
	if utf16Len(out.String()) <= most {
		return out.String()
	}
	return quoteSign + escape(cut(visible(text), most-len(quoteSign), escapedLen))
}

const quoteSign = "> "

// escape makes text of others show as it is: no markup, no mention, no link with
// another name. Every character that can mean something in Discord's markdown gets a
// backslash.
func escape(text string) string {
	var out strings.Builder
	for _, r := range visible(text) {
		if isSpecial(r) {
			out.WriteByte('\\')
		}
		out.WriteRune(r)
	}
	return out.String()
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

// visible takes out characters that have no width or turn the direction of writing,
// with which text could mislead, and makes one line of what remains.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune("\t\n\v\f\r\u0085\u2028\u2029", r):
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, text)
}

// cut returns text in which the sizes of the characters add up to at most so much. It
// ends at a word where it can.
func cut(text string, most int, size func(rune) int) string {
	room := most - size('…')
	n, word, character := 0, 0, 0 // where the last word and the last character end for which there is room
	for i, r := range text {
		if r == ' ' && n <= room {
			word = i
		}
		if n += size(r); n <= room {
			character = i + utf8.RuneLen(r)
		}
	}
	switch {
	case n <= most:
		return text
	case word > 0:
		return text[:word] + "…"
	}
	return text[:character] + "…"
}

func utf16Len(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}
