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
		e.Document.Title = texts(most).Draw(t, "title")
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
		content, embeds := bot.Message(answers.Reply{Outcome: answers.Excerpts, Hedged: rapid.Bool().Draw(t, "hedged"), Quotes: quotes}, "fr")
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
// for white space, the marked ranges in bold, with nothing in it that Discord would read
// as other markup.
func TestMessageEscapes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := excerpts(60).Draw(t, "quote")
		_, embeds := bot.Message(answers.Reply{Outcome: answers.Excerpts, Quotes: []answers.Excerpt{e}}, "")
		got, bold := readBack(t, embeds[0].Description)
		if want := plain(e.Text); got != want {
			t.Errorf("%q shows %q, want %q", embeds[0].Description, got, want)
		}
		var marked strings.Builder
		for _, m := range e.Marks {
			marked.WriteString(plain(e.Text[m.Start:m.End]))
		}
		if want := marked.String(); withoutJoiners(bold) != withoutJoiners(want) {
			t.Errorf("%q shows %q in bold, want %q", embeds[0].Description, bold, want)
		}
	})
}

// readBack returns what Discord shows of a quote, and what of it in bold.
func readBack(t *rapid.T, description string) (text, bold string) {
	rest, isQuote := strings.CutPrefix(description, "> ")
	if !isQuote || strings.ContainsAny(rest, "\r\n") {
		t.Fatalf("%q is not a quote of one line", description)
	}
	isBold := false
	for len(rest) > 0 {
		r := []rune(rest)
		switch {
		case strings.HasPrefix(rest, "***"):
			t.Fatalf("%q has asterisks that Discord shows", description)
		case strings.HasPrefix(rest, "**"):
			isBold = !isBold
			rest = rest[2:]
			continue
		case r[0] == '\\' && len(r) > 1:
			r = r[1:]
		case strings.ContainsRune("\\*_~`|>#-+[]()<@:/", r[0]):
			t.Fatalf("%q has %q without a backslash", description, r[0])
		}
		text += string(r[0])
		if isBold {
			bold += string(r[0])
		}
		rest = string(r[1:])
	}
	if isBold {
		t.Fatalf("%q has bold without an end", description)
	}
	return text, bold
}

// plain takes out what a quote need not show.
func plain(text string) string {
	text = strings.NewReplacer("\u202e", "", "\u200b", "", "\x00", "", "\u00ad", "").Replace(text)
	return strings.NewReplacer("\t", " ", "\n", " ", "\r", " ", "\u2028", " ").Replace(text)
}

func withoutJoiners(text string) string { return strings.ReplaceAll(text, "\u200d", "") }

// TestBold: each example is a text with its marked words in brackets, and how it is
// written.
func TestBold(t *testing.T) {
	for in, want := range map[string]string{
		"le [soviet] siège":              "> le **soviet** siège",
		"[le][soviet] siège":             "> **lesoviet** siège",
		"[le] [soviet]":                  "> **le** **soviet**",
		"[so]\u00ad[viet]":               "> **soviet**",
		"[so]\u202e\u200b[viet]":         "> **soviet**",
		"[\u00ad]x":                      "> x",
		"[می]\u200c[خواهم] x":            "> **می\u200cخواهم** x",
		"می\u200c[خواهم]":                "> می\u200c**خواهم**",
		"क्\u200dष 👩\u200d👧":             "> क्\u200dष 👩\u200d👧",
		"[a*]*b":                         "> **a\\***\\*b",
		"\u06dd٢ [x]":                    "> \u06dd٢ **x**",
		"\u2066[a]\u2069\u200e[b]\ufeff": "> **ab**",
	} {
		_, embeds := bot.Message(answers.Reply{Outcome: answers.Excerpts, Quotes: []answers.Excerpt{marked(in)}}, "")
		if got := embeds[0].Description; got != want {
			t.Errorf("%q is written %q, want %q", in, got, want)
		}
	}
}

// marked makes an excerpt of a text in which brackets stand around the marks.
func marked(text string) answers.Excerpt {
	var e answers.Excerpt
	for part := range strings.SplitSeq(text, "[") {
		mark, rest, closed := strings.Cut(part, "]")
		if closed {
			e.Marks = append(e.Marks, corpus.Range{Start: len(e.Text), End: len(e.Text) + len(mark)})
		}
		e.Text += mark + rest
	}
	return e
}

// TestCut: a quote that is too long ends at a word, with its bold; one that has no
// words ends at a character that is whole.
func TestCut(t *testing.T) {
	for _, test := range []struct{ text, end string }{
		{"[Lénine] " + strings.Repeat("a [bc] ", 1000), " **bc** a…"},
		{"[Lénine] " + strings.Repeat("[abcdefg] ", 1000), " **abcdefg**…"},
		{"[Lénine] [" + strings.Repeat("abcdefg ", 1000) + "]", "abcdefg**…"},
		{"[Lénine] " + strings.Repeat("中", 5000), "中中…"},
		{"[Lénine] " + strings.Repeat("e\u0301\u0323", 5000), "e\u0301\u0323…"},
		{"[Lénine] " + strings.Repeat("👩\u200d👧,", 5000), "👩\u200d👧,…"},
		{"[Lénine] " + strings.Repeat("👍\U0001F3FD", 5000), "👍\U0001F3FD…"},
	} {
		_, embeds := bot.Message(answers.Reply{Outcome: answers.Excerpts, Quotes: []answers.Excerpt{marked(test.text)}}, "")
		got := embeds[0].Description
		if n := units(got); n < 4040 || n > 4096 || !strings.HasPrefix(got, "> **Lénine** ") || !strings.HasSuffix(got, test.end) {
			t.Errorf("%.20q is cut to %d: %q…%q, want it to end with %q", test.text, n, got[:20], got[len(got)-30:], test.end)
		}
	}
}

// TestHeading: above the quotes stands what they are, in the language of the reply.
func TestHeading(t *testing.T) {
	quote := func(id, title string) answers.Excerpt {
		var e answers.Excerpt
		e.Document.ID, e.Document.Title = id, title
		return e
	}
	one := []answers.Excerpt{quote("1", "L’État & @here *révolution*")}
	two := append(one, one...)
	several := append(two, quote("2", "L’État & @here *révolution*"))
	for _, test := range []struct {
		language string
		reply    answers.Reply
		want     string
	}{
		{"fr", answers.Reply{Quotes: one}, "Un extrait de «\u00a0L’État & \\@here \\*révolution\\*\u00a0»\u00a0:"},
		{"fr", answers.Reply{Quotes: two}, "2 extraits de «\u00a0L’État & \\@here \\*révolution\\*\u00a0»\u00a0:"},
		{"fr", answers.Reply{Quotes: several}, "3 extraits de 2 textes\u00a0:"},
		{"fr", answers.Reply{Quotes: one, Hedged: true}, "Peut-être dans ces passages\u00a0:"},
		{"es-ES", answers.Reply{Quotes: one}, "Un extracto de «L’État & \\@here \\*révolution\\*»:"},
		{"es", answers.Reply{Quotes: two}, "2 extractos de «L’État & \\@here \\*révolution\\*»:"},
		{"es", answers.Reply{Quotes: several}, "3 extractos de 2 textos:"},
		{"en-GB", answers.Reply{Quotes: one}, "One excerpt from “L’État & \\@here \\*révolution\\*”:"},
		{"de", answers.Reply{Quotes: two}, "2 excerpts from “L’État & \\@here \\*révolution\\*”:"},
		{"", answers.Reply{Quotes: several}, "3 excerpts from 2 texts:"},
	} {
		test.reply.Outcome = answers.Excerpts
		if got, _ := bot.Message(test.reply, test.language); got != test.want {
			t.Errorf("%s: %q, want %q", test.language, got, test.want)
		}
	}
	wider := answers.Reply{Outcome: answers.ByHand, Hedged: true, Curated: &answers.CuratedReply{
		Curated:  answers.Curated{Content: answers.Content{Answer: "Au secrétariat."}},
		Likeness: retrieval.Likeness{Beyond: []string{"*Suisse*"}},
	}}
	for language, want := range map[string]string{
		"fr": "Réponse des modérateurs, à une question plus large\u00a0:\n-# Elle ne dit rien de\u00a0: \\*Suisse\\*",
		"es": "Respuesta de los moderadores, a una pregunta más amplia:\n-# No dice nada de: \\*Suisse\\*",
		"en": "Answer of the moderators, to a wider question:\n-# It says nothing of: \\*Suisse\\*",
	} {
		if got, _ := bot.Message(wider, language); got != want {
			t.Errorf("%s: %q, want %q", language, got, want)
		}
	}
}
