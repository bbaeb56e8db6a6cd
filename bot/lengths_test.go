package bot_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"verbatim/answers"
	"verbatim/bot/fakediscord"
	"verbatim/corpus"
)

// lengthPieces are what titles, names and notes are made of: signs of Markdown, what has no
// width, what counts as two, and words without an end.
var lengthPieces = []string{
	"*", "_", "`", "|", "~", "# ", "> ", "- ", "[x](https://evil.example)", "<@1234>", "<#12>", "@everyone", "https://evil.example/", "\\", "\u202e", "\u200b",
	" ", "  ", "a", "été ", "e\u0301", "👩\u200d👧", "𝔖", "Soviet de Petrograd ", strings.Repeat("mot ", 25), strings.Repeat("𝔖", 60), strings.Repeat("`", 30),
}

// random returns a text of at most so many characters, the same for the same number.
func random(n, most int) string {
	pieces := rapid.SliceOfN(rapid.SampledFrom(lengthPieces), 0, 30).Example(n)
	text := []rune(strings.Join(pieces, ""))
	return strings.TrimSpace(string(text[:min(most, len(text))]))
}

// notEmpty returns a random text, or a word where there is none that can be seen.
func notEmpty(n, most int) string {
	return strings.TrimSpace(fmt.Sprintf("N%d %s", n, random(n, most-6)))
}

// TestLengths: whatever the lengths of titles, names, notes and answers, all that moderators
// see stays within Discord's limits, which the fake Discord enforces, and misleads nobody.
func TestLengths(t *testing.T) {
	t.Parallel()
	rounds := 4
	if os.Getenv("VERBATIM_LONG") != "" {
		rounds = 100
	}
	for round := range rounds {
		t.Run(fmt.Sprint(round), func(t *testing.T) {
			shownAtLengths(t, 1000*round)
		})
	}
}

func shownAtLengths(t *testing.T, seed int) {
	s := newStage(t, fakediscord.Options{})
	ada := s.curator("Ada", "fr")
	n := seed
	next := func(most int) string { n++; return notEmpty(n, most) }
	file := func(name string) fakediscord.File {
		text := fmt.Sprintf("---\ntitle: %q\nauthor: %q\ncourse: %q\nlicence: %q\n---\n\n", quotable(next(600)), quotable(next(200)), quotable(next(90)), quotable(next(90)))
		for page := range 3 {
			text += fmt.Sprintf("<!-- page %d -->\n\n# %s\n\nLe soviet siège. %s[^%d] Il y reste.[^x%d]\n\n[^%d]: %s\n\n", page, next(100), next(900), page, page, page, next(300))
		}
		return fakediscord.File{Name: name, Data: []byte(text)}
	}
	everything := corpus.Everything(s.guild.ID)
	var wordings []string
	for range n % 8 {
		wordings = append(wordings, next(400))
	}
	curated := s.curate(s.guild.ID, answers.Content{Question: next(500), Answer: next(4000), Wordings: wordings, Sources: []answers.Source{{Text: next(900)}}})
	for range 12 {
		if _, err := s.curated.Edit(t.Context(), s.guild.ID, curated.ID, 0, next(120), answers.Content{Question: next(500), Answer: next(3000)}); err != nil {
			t.Fatal(err)
		}
	}
	for range 3 {
		if _, err := s.curated.Propose(t.Context(), everything, s.student.ID, answers.Content{Question: next(500), Answer: next(4000), Course: next(90)}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.options.Answerer.Gather(t.Context(), answers.Asking{Text: next(900), Access: everything, Reason: answers.Sent}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.curated.AddGroup(t.Context(), s.guild.ID, next(90), []string{fmt.Sprint("mot", n), fmt.Sprint("terme", n)}); err != nil {
			t.Fatal(err)
		}
	}
	s.start()
	look := func(what string, m fakediscord.Message) fakediscord.Message {
		t.Helper()
		shows := m
		for _, mention := range []string{ada.Mention(), s.student.Mention()} {
			shows.Content = strings.ReplaceAll(shows.Content, mention, "")
		}
		if found := misleadsIn(shows); found != "" {
			t.Errorf("%s: %s", what, found)
		}
		if m.Content == "" && len(m.Embeds) == 0 {
			t.Errorf("%s shows nothing", what)
		}
		for _, line := range strings.Split(m.Content, "\n") {
			if opensCode(line) {
				t.Errorf("%s: code without an end in %q", what, line)
			}
		}
		return m
	}
	command := func(name string, values fakediscord.Values) fakediscord.Message {
		m, _ := s.slashed(ada, s.channel, name, values)
		return look(name, s.ended(m))
	}
	report := command("corpus add", fakediscord.Values{
		"file": file(strings.ReplaceAll(fakeName(next(100)), "/", "") + ".md"), "file-2": file("b.md"), "file-3": file("c.md"), "course": cutTo(next(90), 90)})
	m, _ := s.press(ada, report, "Ajouter aux textes")
	look("stored", m)
	m, _ = s.press(ada, command("corpus replace", fakediscord.Values{"document": s.named("b.md").ID, "file": file("d.md")}), "Remplacer le texte")
	look("replaced", m)
	command("corpus info", fakediscord.Values{"document": s.named("c.md").ID})
	command("corpus rename", fakediscord.Values{"document": s.named("c.md").ID, "title": cutTo(next(300), 300), "author": cutTo(next(300), 300)})
	command("corpus list", nil)
	command("corpus info", fakediscord.Values{"document": cutTo(next(90), 100)})
	command("corpus course", fakediscord.Values{"document": s.named("c.md").ID, "course": cutTo(next(90), 100)})
	command("corpus access", fakediscord.Values{"course": cutTo(next(90), 100)})
	settings := command("settings", nil)
	look("quotes", s.choose(ada, settings, "Choisissez ce qu’il faut changer", "quotes"))
	m = s.choose(ada, command("settings", nil), "Choisissez ce qu’il faut changer", "courses")
	look("courses of channels", s.choose(ada, m, "Choisissez un salon", s.channel))
	command("curated list", nil)
	command("curated history", fakediscord.Values{"answer": curated.ID})
	command("glossary", nil)
	for _, queue := range []struct{ command, edit string }{{"questions", "Répondre"}, {"review", "Modifier"}} {
		_, window := s.opens(ada, command(queue.command, nil), queue.edit)
		draft := look("draft of "+queue.command, s.sends(ada, window, fakediscord.Values{"answer": next(3900)}))
		m, _ = s.press(ada, draft, "Enregistrer")
		look("stored of "+queue.command, m)
	}
}

// quotable takes out of a text what YAML or a name of a file can't hold.
func quotable(text string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("\"\\\u202e\u200b", r) {
			return -1
		}
		return r
	}, text)
}

func fakeName(text string) string { return cutTo(quotable(text), 60) }

func cutTo(text string, most int) string {
	for utf8.RuneCountInString(text) > most || units(text) > most {
		_, size := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-size]
	}
	return strings.TrimSpace(text)
}
