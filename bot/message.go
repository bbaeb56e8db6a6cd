package bot

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/bwmarrin/discordgo"

	"verbatim/answers"
	"verbatim/corpus"
)

// message is what is shown of a reply: the question, then each quote with its
// citation, in an embed of its own.
func message(question string, r answers.Reply, words texts) reply {
	out := reply{content: heading(r, words)}
	for _, e := range r.Quotes {
		out.embeds = append(out.embeds, &discordgo.MessageEmbed{
			Description: quote(e.Text, e.Marks),
			Footer:      &discordgo.MessageEmbedFooter{Text: cut(clean(e.Citation), maxFooter)},
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

// maxFooter is the length of the longest citation that is shown: three of them and
// the quotes stay within the 6,000 characters that Discord allows over all embeds.
const maxFooter = 500

// quote writes a text as a quote, with the marked ranges in bold.
func quote(text string, marks []corpus.Range) string {
	var out strings.Builder
	out.WriteString("> ")
	at := 0
	for _, m := range marks {
		out.WriteString(escape(text[at:m.Start]))
		fmt.Fprintf(&out, "**%s**", escape(text[m.Start:m.End]))
		at = m.End
	}
	out.WriteString(escape(text[at:]))
	return out.String()
}

// escape makes text of others show as it is: no markup, no mention, no link with
// another name. Every character that can mean something in Discord's markdown gets a
// backslash.
func escape(text string) string {
	var out strings.Builder
	for _, r := range clean(text) {
		if strings.ContainsRune("\\*_~`|>#-+[]()<@:", r) && r < unicode.MaxASCII {
			out.WriteByte('\\')
		}
		out.WriteRune(r)
	}
	return out.String()
}

// clean takes out characters that have no width or turn the direction of writing,
// with which text could mislead.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, text)
}

// cut returns text with at most so many UTF-16 code units, as Discord counts, ending
// at a word.
func cut(text string, most int) string {
	if utf16Len(text) <= most {
		return text
	}
	words := strings.Fields(text)
	for len(words) > 1 && utf16Len(strings.Join(words, " "))+1 > most {
		words = slices.Delete(words, len(words)-1, len(words))
	}
	return strings.Join(words, " ") + "…"
}

func utf16Len(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xffff {
			n++
		}
	}
	return n
}
