package bot_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	"pgregory.net/rapid"

	"verbatim/answers"
	"verbatim/bot"
	"verbatim/bot/fakediscord"
	"verbatim/corpus"
	"verbatim/retrieval"
)

// hostile is text that misleads where it is not taken as text: markup, a link behind other
// words, mentions, an invitation, what turns the direction of writing, and what has no width.
const hostile = "**x** [banque](https://evil.example/x) <@1234> <#12> @everyone discord.gg/evil ```code``` `b` ||spoiler|| # Titre > cite \u202eesrever\u2066 z\u200bw\u00ad\ufeff\u034f\u3164\u2800\U000E0101 https://evil.example/y"

// code finds what Discord shows as code, where nothing else means anything, and what is
// escaped, which begins no code.
var code = regexp.MustCompile("(?s)\\\\.|```.*?```|`[^`\n]*`")

// withoutCode takes code out of a text.
func withoutCode(text string) string {
	return code.ReplaceAllStringFunc(text, func(found string) string {
		if found[0] == '\\' {
			return found
		}
		return ""
	})
}

// misleads returns what of a text with markdown misleads, "" for nothing. Bold, quotes and
// mentions of the bot's own are not looked for: see TestMessageEscapes.
func misleads(text string) string {
	for _, r := range text {
		if (unicode.Is(unicode.Cf, r) || unicode.IsControl(r) || isBlank(r)) && r != '\n' && r != '\u200d' && r != '\u200c' {
			return fmt.Sprintf("%U", r)
		}
	}
	text = withoutCode(text)
	for _, sign := range []string{"](", "<@", "<#", "||", "```", "://"} {
		if strings.Contains(text, sign) {
			return sign
		}
	}
	for _, word := range []string{"@everyone", "gg/evil"} {
		if at := strings.Index(text, word); at > 0 && text[at-1] != '\\' || at == 0 {
			return word
		}
	}
	return ""
}

// misleadsIn looks at all that a message shows.
func misleadsIn(m fakediscord.Message) string {
	parts := []string{m.Content}
	for _, e := range m.Embeds {
		parts = append(parts, e.Title, e.Description)
		if e.Footer != nil {
			if r := unseen(e.Footer.Text); r != "" {
				return "in a footer: " + r
			}
		}
	}
	for _, part := range parts {
		if found := misleads(part); found != "" {
			return found + " in " + part
		}
	}
	for _, row := range m.Components {
		for _, c := range row.Components {
			for _, o := range c.Options {
				if r := unseen(o.Label + o.Description); r != "" {
					return "in a choice: " + r
				}
			}
		}
	}
	return ""
}

// unseen returns what a text without markdown holds that can't be seen.
func unseen(text string) string {
	for _, r := range text {
		if (unicode.Is(unicode.Cf, r) || unicode.IsControl(r) || isBlank(r)) && r != '\u200d' && r != '\u200c' {
			return fmt.Sprintf("%U", r)
		}
	}
	return ""
}

// isBlank reports whether a character is one of those, neither spaces nor signs of format,
// of which nothing is seen either.
func isBlank(r rune) bool {
	return strings.ContainsRune("\u034f\u115f\u1160\u2800\u3164\uffa0\U000E0101", r)
}

// TestForeignText: whatever stands in the texts, in what is known of them, in curated
// answers and in questions, nothing of it misleads in any place in which it is shown.
func TestForeignText(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	quoted := strings.ReplaceAll(hostile, `"`, "")
	for n := range 3 {
		meta := fmt.Sprintf("---\ntitle: %q\nauthor: %q\ncourse: %q\nlicence: %q\nlink: https://example.org/%d\n---\n\n", quoted, quoted, "Cours "+quoted, quoted, n)
		s.put(s.guild.ID, fmt.Sprintf("%d.txt", n), meta+fmt.Sprintf("Le soviet numéro %d siège au palais. %s\n\nIl y reste.", n, quoted))
	}
	s.curate(s.guild.ID, answers.Content{
		Question: "Qu'est-ce qu'un bolchevik " + strings.ReplaceAll(quoted, "\ufeff", "") + " ?", Answer: "Un membre du parti. " + hostile, Sources: []answers.Source{{Text: "cours"}},
	})
	s.start()
	show := map[string]fakediscord.Message{}
	show["reply"] = s.ask(s.student, s.channel, "Où siège le soviet au palais ?")
	show["curated"] = s.ask(s.student, s.channel, "Qu'est-ce qu'un bolchevik ?")
	show["no"] = s.ask(s.student, s.channel, "photosynthèse "+hostile)
	show["course"], _ = s.slashed(s.student, s.channel, "ask", fakediscord.Values{"question": "soviet ?", "course": strings.Repeat(hostile, 1)})
	panel, _ := s.press(s.student, show["reply"], "Plus")
	show["panel"] = panel
	for _, label := range []string{"En contexte", "Copier la référence", "Autres résultats", "Retour", "Pourquoi\u00a0?"} {
		panel, _ = s.press(s.student, panel, label)
		show[label] = panel
	}
	show["search"], _ = s.slashed(s.student, s.channel, "search", fakediscord.Values{"words": "soviet \"" + hostile + "\""})
	show["sources"], _ = s.slashed(s.student, s.channel, "sources", nil)
	private, _ := s.slashed(s.student, s.channel, "ask", fakediscord.Values{"question": "Où siège le soviet ? " + hostile, "private": true})
	panel, _ = s.press(s.student, private, "Plus")
	_, pressed := s.press(s.student, panel, "Partager")
	for _, m := range pressed.State().Followups {
		show["shared"] = m
	}
	for name, m := range show {
		if found := misleadsIn(m); found != "" {
			t.Errorf("%s: %s", name, found)
		}
	}
	for _, option := range []string{"course", "document", "question"} {
		for _, name := range s.proposed(s.student, "ask", option, fakediscord.Values{option: ""}) {
			if r := unseen(name); r != "" {
				t.Errorf("a proposal for %s holds %s", option, r)
			}
		}
	}
	if show["shared"].ID == "" || len(show["curated"].Embeds) == 0 || len(show["sources"].Content) < 200 {
		t.Errorf("not all is shown: %+v", show["sources"].Content)
	}
}

// markdownPieces are what curated answers are made of in properties: signs of Markdown, in
// whatever order, and long words.
var markdownPieces = []string{
	"**", "*", "_", "~~", "`", "```\n", "# ", "> ", "- ", "1. ", "\n", "\n\n", "[", "](https://evil.example)", "<@1>", "||", "@everyone",
	" ", "a", "été", "e\u0301", "👩\u200d👧", "𝔖", "\u202e", "\u200b", "\\", "<b>", "![", "| a | b |\n|---|---|\n", strings.Repeat("mot ", 300), strings.Repeat("𝔖", 1500),
}

// TestMarkdown: whatever a moderator writes, it stays within Discord's limits, misleads
// nobody, and its code has an end.
func TestMarkdown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		source := strings.Join(rapid.SliceOfN(rapid.SampledFrom(markdownPieces), 0, 30).Draw(t, "pieces"), "")
		most := rapid.SampledFrom([]int{100, 2000, 6000}).Draw(t, "most")
		sum := 0
		for _, part := range bot.Markdown(source, most) {
			if n := units(part); n > 4096 || n == 0 {
				t.Errorf("a part of %d", n)
			}
			sum += units(part)
			if found := misleads(part); found != "" {
				t.Errorf("%q is shown as %q, with %s", source, part, found)
			}
			for line := range strings.SplitSeq(part, "\n") {
				if opensCode(line) {
					t.Errorf("%q has code without an end in %q", source, line)
				}
			}
		}
		if sum > most {
			t.Errorf("%d in all, want at most %d", sum, most)
		}
	})
}

// opensCode reports whether code begins in a line that has no end there.
func opensCode(line string) bool {
	open, escaped := false, false
	for _, r := range line {
		if r == '`' && (open || !escaped) {
			open = !open
		}
		escaped = r == '\\' && !escaped && !open
	}
	return open
}

// TestMarkdownShown: each is what a moderator writes, and what is sent.
func TestMarkdownShown(t *testing.T) {
	for source, want := range map[string]string{
		"Un **conseil** *élu*, ~~nommé~~ `révocable`.": "Un **conseil** *élu*, ~~nommé~~ `révocable`.",
		"# Titre\n\nTexte":                "**Titre**\nTexte",
		"- un\n- deux\n  - trois":         "- un\n- deux\n  - trois",
		"3. un\n4. deux":                  "3. un\n4. deux",
		"> cité\n> encore":                "> cité encore",
		"```go\nx := 1\n```":              "`x := 1`",
		"[le cours](https://example.org)": "le cours \\(https\\:\\/\\/example.org\\)",
		"1917 \\* et <b>gras</b>":         "1917 \\* et \\<b\\>gras\\<\\/b\\>",
	} {
		if got := strings.Join(bot.Markdown(source, 4000), "|"); got != want {
			t.Errorf("%q is sent as %q, want %q", source, got, want)
		}
	}
}

// TestNoLimits: above a no stands what the texts lack, however long, within the limits.
func TestNoLimits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(texts(300), 0, 8)
		r := answers.Reply{Outcome: answers.None, Lacking: words.Draw(t, "lacking"), DidYouMean: words.Draw(t, "meant"), ReadAs: texts(500).Draw(t, "read")}
		for _, w := range words.Draw(t, "read") {
			r.SearchedAlso = append(r.SearchedAlso, retrieval.Reading{Typed: w, Read: []string{w, w}})
		}
		for _, language := range []string{"fr", "es", "en"} {
			if got := bot.Heading(r, language); units(got) > 2000 || misleads(got) != "" {
				t.Errorf("%d characters, %s: %q", units(got), misleads(got), got)
			}
		}
		for _, w := range r.Lacking {
			if n := units(bot.Label(w)); n < 1 || n > 100 || unseen(bot.Label(w)) != "" {
				t.Errorf("a label of %d: %q", n, bot.Label(w))
			}
			if block := bot.CodeBlock(w); strings.Count(block, "`") != 6 {
				t.Errorf("a block of %d: %q", units(block), block)
			}
		}
	})
}

// TestShelf: what is kept has an ID that nobody can guess, goes after its time, and makes
// room for what is newer.
func TestShelf(t *testing.T) {
	clock := fakediscord.NewClock(time.Now())
	shelf := bot.NewShelf(3, time.Hour, clock.Now)
	ids := map[string]string{}
	for _, text := range []string{"a", "b", "c"} {
		ids[text] = shelf.Put(text)
	}
	shelf.Get(ids["a"])
	ids["d"] = shelf.Put("d")
	for text, there := range map[string]bool{"a": true, "b": false, "c": true, "d": true} {
		if got, ok := shelf.Get(ids[text]); ok != there || ok && got != text {
			t.Errorf("%s: %q, %v, want it there: %v", text, got, ok, there)
		}
		if len(ids[text]) != 20 {
			t.Errorf("the ID %q has %d characters, want 20", ids[text], len(ids[text]))
		}
	}
	clock.Advance(61 * time.Minute)
	if _, ok := shelf.Get(ids["a"]); ok {
		t.Error("what is too old is still there")
	}
}

// TestForeignTextElsewhere: nor does what members write mislead in what they get back of it
// later and elsewhere: in notices, the names of servers, exports, and below posts of forums.
func TestForeignTextElsewhere(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	const name = "**x** [b](https://evil.example/x) <@1234> @everyone discord.gg/evil `b` \u202eesrever z\u200bw"
	const hidden = "**gras** <@987> @here `k` ||caché|| \u202e"
	guild := s.NewGuild(fakediscord.Guild{Name: name})
	channel := s.NewChannel(fakediscord.Channel{GuildID: guild.ID, Name: "questions"}).ID
	forum := s.NewChannel(fakediscord.Channel{GuildID: guild.ID, Name: "forum", Type: fakediscord.ForumChannel}).ID
	s.student.Join(guild.ID)
	s.put(guild.ID, "cours.md", fmt.Sprintf("---\ntitle: %q\n---\n\nLe soviet de Petrograd siège au palais de Tauride. %s", hidden, hidden))
	if err := s.options.Homes.SetForum(t.Context(), guild.ID, forum, true); err != nil {
		t.Fatal(err)
	}
	s.start()
	direct := s.student.Direct().ID
	show := map[string]fakediscord.Message{}
	for _, subject := range []string{"le rôti de porc", "la photosynthèse"} {
		no, _ := s.slashed(s.student, channel, "ask", fakediscord.Values{"question": "Comment expliquer " + subject + " ? " + hostile})
		show["no, "+subject] = no
		show["following, "+subject], _ = s.press(s.student, no, "Me prévenir de la réponse")
	}
	show["export"], _ = s.press(s.student, func() fakediscord.Message { m, _ := s.slashed(s.student, channel, "privacy", nil); return m }(), "Exporter mes données")
	open, err := s.curated.OpenQuestions(t.Context(), corpus.Everything(guild.ID), false)
	if err != nil || len(open) != 2 {
		t.Fatalf("%d open questions, %v, want 2", len(open), err)
	}
	if _, err := s.curated.AnswerOpen(t.Context(), corpus.Everything(guild.ID), open[0].ID, "moderator", answers.Content{
		Question: "Comment cuire ?", Answer: hostile, Sources: []answers.Source{{Text: strings.ReplaceAll(hostile, "\ufeff", "")}},
	}); err != nil {
		t.Fatal(err)
	}
	if err := s.curated.Dismiss(t.Context(), corpus.Everything(guild.ID), open[1].ID, hostile); err != nil {
		t.Fatal(err)
	}
	for n, m := range s.posts(direct, 2) {
		show[fmt.Sprintf("notice %d", n)] = m
	}
	thread, _, err := s.student.PostInForum(forum, "**Où** siège le soviet de `Petrograd` ?", fakediscord.Post{Content: hostile})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range s.posts(thread.ID, 3) {
		show["forum"] = m
	}
	show["server chosen"], _ = s.slashed(s.student, channel, "guild", nil)
	show["servers to choose from"], _ = s.slashed(s.student, direct, "guild", nil)
	for name, m := range show {
		if found := misleadsIn(m); found != "" {
			t.Errorf("%s: %s", name, found)
		}
	}
	for name, want := range map[string]string{
		"notice 0": "\\@everyone", "notice 1": "\\@everyone", "forum": "Tauride", "server chosen": "\\*\\*x\\*\\*",
		"export": "evil", "no, le rôti de porc": "Absent",
	} {
		got := shown(show[name])
		for _, a := range show[name].Attachments {
			got += s.file(a)
		}
		if !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %s in it", name, got, want)
		}
	}
	if options := show["servers to choose from"].Components; len(options) == 0 || !strings.Contains(options[0].Components[0].Options[0].Label, "@everyone") {
		t.Errorf("servers to choose from: %+v", options)
	}
}
