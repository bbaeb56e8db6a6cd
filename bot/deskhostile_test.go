package bot_test

import (
	"fmt"
	"strings"
	"testing"

	"verbatim/answers"
	"verbatim/bot/fakediscord"
	"verbatim/corpus"
)

// TestForeignTextAtDesks: whatever members and moderators write, nothing of it misleads who
// works on it, and all of it stays within Discord's limits, which the fake Discord enforces.
func TestForeignTextAtDesks(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("𝔖𝔬𝔳𝔦𝔢𝔱 e\u0301 @everyone **👩‍👩‍👧** ", 200)
	upTo := func(text string, most int) string {
		return strings.TrimSpace(string([]rune(text)[:min(most, len([]rune(text)))]))
	}
	for name, text := range map[string]string{"hostile": hostile, "long": long} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{})
			s.put(s.guild.ID, "cours.md", history)
			zoe := s.curator("Zoé", "fr")
			short, term := upTo(text, 450), upTo(text, 20)
			content := answers.Content{Question: short, Answer: upTo(text, 3900), Sources: []answers.Source{{Text: short}}}
			for n := range 30 {
				content.Wordings = append(content.Wordings, fmt.Sprint(n, short))
			}
			for n := range 15 {
				content.Sources = append(content.Sources, answers.Source{Text: fmt.Sprint(n, upTo(text+text+text, 300))})
			}
			curated := s.curate(s.guild.ID, content)
			for n := range 30 {
				content.Answer = fmt.Sprint(n, upTo(content.Answer, 100))
				if _, err := s.curated.Edit(t.Context(), s.guild.ID, curated.ID, 0, short, content); err != nil {
					t.Fatal(err)
				}
			}
			for n := range 12 {
				s.curate(s.guild.ID, answers.Content{Question: fmt.Sprint(n, short), Answer: "x"})
			}
			if _, err := s.curated.Propose(t.Context(), corpus.Everything(s.guild.ID), s.student.ID, content); err != nil {
				t.Fatal(err)
			}
			terms := []string{}
			for n := range 20 {
				terms = append(terms, fmt.Sprintf("mot%d %s", n, term))
			}
			if _, err := s.curated.AddGroup(t.Context(), s.guild.ID, short, terms); err != nil {
				t.Fatal(err)
			}
			asking := answers.Asking{Text: "photosynthèse " + short, Access: corpus.Everything(s.guild.ID), Reason: answers.Unanswered}
			if _, err := s.options.Answerer.Gather(t.Context(), asking); err != nil {
				t.Fatal(err)
			}
			s.start()
			look := func(what string, m fakediscord.Message) fakediscord.Message {
				t.Helper()
				for _, mention := range []string{zoe.Mention(), s.student.Mention()} {
					m.Content = strings.ReplaceAll(m.Content, mention, "")
				}
				if found := misleadsIn(m); found != "" {
					t.Errorf("%s: %s", what, found)
				}
				return m
			}
			slashed := func(command string, values fakediscord.Values) fakediscord.Message {
				m, _ := s.slashed(zoe, s.channel, command, values)
				return look(command, m)
			}
			slashed("curated list", nil)
			slashed("curated list", fakediscord.Values{"words": upTo(text, 60)})
			slashed("curated history", fakediscord.Values{"answer": curated.ID})
			slashed("curated revert", fakediscord.Values{"answer": curated.ID, "revision": "1"})
			slashed("curated revert", fakediscord.Values{"answer": curated.ID, "revision": "-7"})
			slashed("curated remove", fakediscord.Values{"answer": upTo(text, 200)})
			slashed("curated stale", nil)
			group := slashed("glossary", nil)
			groups, err := s.curated.Glossary(t.Context(), corpus.Everything(s.guild.ID))
			if err != nil {
				t.Fatal(err)
			}
			i, err := zoe.Choose(group.ID, customID(group, "Ouvrir un groupe"), groups[0].ID)
			if err != nil {
				t.Fatal(err)
			}
			look("group", s.answer(i))
			for _, queue := range []struct{ command, edit string }{{"questions", "Répondre"}, {"review", "Modifier"}} {
				desk := slashed(queue.command, nil)
				window, edit := s.opens(zoe, desk, queue.edit)
				filled := fakediscord.Values{}
				if values(window)["answer"] == "" {
					filled["answer"] = upTo(text, 3900)
				}
				draft := look("draft of "+queue.command, s.sends(zoe, edit, filled))
				stored, _ := s.press(zoe, draft, "Enregistrer")
				look("stored of "+queue.command, stored)
			}
			for _, c := range s.list() { // no list is cut by going through a window
				if strings.HasPrefix(c.Answer, "29") && (len(c.Wordings) != 30 || len(c.Sources) != 16) {
					t.Errorf("%d wordings and %d sources, want 30 and 16", len(c.Wordings), len(c.Sources))
				}
			}
			_, add := s.commands(zoe, "curated add", nil)
			look("draft that is wrong", s.sends(zoe, add, fakediscord.Values{
				"question": short, "answer": upTo(text, 200), "course": upTo(text, 90), "sources": "> " + upTo(text, 100) + ": x"}))
		})
	}
}
