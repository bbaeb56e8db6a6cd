package bot_test

import (
	"strings"
	"testing"
	"unicode/utf16"

	"pgregory.net/rapid"

	"verbatim/answers"
	"verbatim/bot"
	"verbatim/corpus"
	"verbatim/retrieval"
)

// pieces are what texts of the property tests are made of: words, wide characters,
// emoji, combining marks, white space, and what means something in Discord's markdown.
var pieces = []string{
	"a", "soviet", "é", "e\u0301\u0323\u0308", "中文", "𝔖", "👩‍👩‍👧", "🏳️‍🌈", "مرحبا", "क्षि", "1932. ",
	" ", " ", " ", "\u00a0", "\t", "\n", "\r\n", "\u2028", "\u202e", "\u200b", "\x00", "\u00ad",
	"*", "**", "_", "~~", "`", "```", "||", ">", ">>> ", "# ", "-# ", "- ", "+", "[a](https://b.c)", "\\",
	"@everyone", "@here", "<@123>", "<@&123>", "<#123>", "<t:0:R>", "<:a:1>", "</ask:1>", ":x:", "http://a.b", "…",
}

// texts makes texts of so many pieces at most.
func texts(most int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		n := rapid.IntRange(0, most).Draw(t, "pieces")
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), n, n).Draw(t, "text"), "")
	})
}

// excerpts makes excerpts with any marks between characters.
func excerpts(most int) *rapid.Generator[answers.Excerpt] {
	return rapid.Custom(func(t *rapid.T) answers.Excerpt {
		text := texts(most).Draw(t, "text")
		var e answers.Excerpt
		e.Excerpt = retrieval.Excerpt{Text: text}
		e.Citation = texts(most).Draw(t, "citation")
		at := 0
		for i := range text {
			if at > 0 && rapid.IntRange(0, 3).Draw(t, "mark") == 0 {
				e.Marks = append(e.Marks, corpus.Range{Start: at, End: i})
				at = 0
			} else if at == 0 && i > 0 && rapid.Bool().Draw(t, "begin") {
				at = i
			}
		}
		return e
	})
}

func units(s string) int { return len(utf16.Encode([]rune(s))) }

// TestMessageLimits: whatever the texts, a message keeps to Discord's limits.
func TestMessageLimits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.SampledFrom([]int{5, 100, 2000}).Draw(t, "size")
		quotes := rapid.SliceOfN(excerpts(size), 1, 3).Draw(t, "quotes")
		content, embeds := bot.Message(answers.Reply{Outcome: answers.Excerpts, Hedged: true, Quotes: quotes})
		sum := 0
		for _, e := range embeds {
			if n := units(e.Description); n > 4096 || n < 2 {
				t.Errorf("description of %d", n)
			}
			if n := units(e.Footer); n > 2048 {
				t.Errorf("footer of %d", n)
			}
			sum += units(e.Description) + units(e.Footer)
		}
		if sum > 6000 || units(content) > 2000 || len(embeds) != len(quotes) {
			t.Errorf("%d embeds of %d in all, content of %d", len(embeds), sum, units(content))
		}
	})
}

// TestMessageEscapes: a quote shows the text as it is, but for what has no width and
// for white space, with nothing in it that Discord would read as markup.
func TestMessageEscapes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := excerpts(60).Draw(t, "quote")
		_, embeds := bot.Message(answers.Reply{Outcome: answers.Excerpts, Quotes: []answers.Excerpt{e}})
		got := readBack(t, embeds[0].Description)
		if want := plain(e.Text); plain(got) != want {
			t.Errorf("%q shows %q, want %q", embeds[0].Description, got, want)
		}
	})
}

// readBack returns what Discord shows of a quote.
func readBack(t *rapid.T, description string) string {
	text, isQuote := strings.CutPrefix(description, "> ")
	if !isQuote || strings.ContainsAny(text, "\r\n") {
		t.Fatalf("%q is not a quote of one line", description)
	}
	var out strings.Builder
	for len(text) > 0 {
		r := []rune(text)
		switch {
		case r[0] == '\\' && len(r) > 1:
			out.WriteRune(r[1])
			text = string(r[2:])
		case strings.HasPrefix(text, "**"):
			text = text[2:]
		case strings.ContainsRune("\\*_~`|>#-+[]()<@:", r[0]):
			t.Fatalf("%q has %q without a backslash", description, r[0])
		default:
			out.WriteRune(r[0])
			text = string(r[1:])
		}
	}
	return out.String()
}

// plain takes out what a quote need not show.
func plain(text string) string {
	text = strings.NewReplacer("\u200d", "", "\u202e", "", "\u200b", "", "\x00", "", "\u00ad", "").Replace(text)
	return strings.NewReplacer("\t", " ", "\n", " ", "\r", " ", "\u2028", " ").Replace(text)
}
