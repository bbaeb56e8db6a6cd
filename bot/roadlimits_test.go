package bot_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"verbatim/answers"
	"verbatim/bot/fakediscord"
	"verbatim/corpus"
)

// long are texts that take much room, each of which is repeated: characters of two UTF-16
// code units, of several characters, of many bytes, those that are escaped, and words
// without spaces.
var long = map[string]string{
	"words":     "soviet ",
	"wide":      "𝔖𝔬𝔳𝔦𝔢𝔱 ",
	"emoji":     "👩\u200d👩\u200d👧🏳️\u200d🌈",
	"combining": "e\u0301\u0323\u0308 a\u0301\u0323\u0308",
	"escaped":   "*_~`|>#-+[]()<@:/",
	"no space":  "anticonstitutionnellement",
	"Arabic":    "مرحبا بالعالم ",
	"quotes":    `"«»“”'’ `,
}

// fill repeats a text up to so many bytes, cut between characters.
func fill(text string, bytes int) string {
	text = strings.Repeat(text, bytes/len(text)+1)[:bytes]
	for !utf8.ValidString(text) {
		text = text[:len(text)-1]
	}
	return strings.TrimSpace(text)
}

// TestLimitsOfAllRoads: whatever the texts, what is known of them, what people ask and
// moderators write, nothing that the bot sends is longer than Discord takes, which the fake
// Discord enforces. Each kind of text is long, and some are random.
func TestLimitsOfAllRoads(t *testing.T) {
	if raced {
		t.Skip("long texts race in nothing that others do not, and take long")
	}
	t.Parallel()
	kinds := map[string]string{}
	for name, text := range long {
		if name == "wide" || name == "emoji" || name == "escaped" || os.Getenv("VERBATIM_LONG") != "" {
			kinds[name] = text
		}
	}
	random := 1
	if os.Getenv("VERBATIM_LONG") != "" {
		random = 20
	}
	for seed := range random {
		kinds[fmt.Sprint("random ", seed)] = "x " + strings.Join(strings.Fields(strings.ReplaceAll(texts(60).Example(seed), "\x00", "")), " ") + " "
	}
	for name, text := range kinds {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{})
			s.everything(text)
		})
	}
}

// everything shows all that there is to show of a kind of text.
func (s *stage) everything(text string) {
	t := s.t
	guild := s.NewGuild(fakediscord.Guild{Name: strings.TrimSpace("x" + string([]rune(fill(text, 600))[:min(30, len([]rune(fill(text, 600))))]))})
	channel := s.NewChannel(fakediscord.Channel{GuildID: guild.ID, Name: "questions"}).ID
	forum := s.NewChannel(fakediscord.Channel{GuildID: guild.ID, Name: "forum", Type: fakediscord.ForumChannel}).ID
	who := s.student.Join(guild.ID)
	if err := s.options.Homes.SetForum(t.Context(), guild.ID, forum, true); err != nil {
		t.Fatal(err)
	}
	value, course := fill(text, 1900), fill(text, 450)
	for n := range 8 {
		s.put(guild.ID, fmt.Sprintf("%d.md", n), fmt.Sprintf("---\ntitle: %q\nauthor: %q\ndate: %q\ncourse: %q\nlicence: %q\nlink: %q\n---\n\n# %d %s\n\nLa grève numéro %d commence[^1] au palais. %s La grève dure.\n\n[^1]: Une note. %s\n",
			fmt.Sprint(n, " ", value), value, value, course, value, "https://example.org/"+strings.Repeat("x", 1500), n, fill(text, 150), n, fill(text, 1500), value))
	}
	s.curate(guild.ID, answers.Content{Question: "Qu'est-ce qu'un bolchevik ?", Answer: string([]rune(fill(text, 16000))[:min(3900, len([]rune(fill(text, 16000))))]) + " fin", Wordings: []string{"un bolchevik " + fill(text, 80), "bolchevik " + fill(text, 300)}})
	s.start()
	slash := func(channel, command string, values fakediscord.Values) fakediscord.Message {
		t.Helper()
		m, _ := s.slashed(who, channel, command, values)
		return m
	}
	// all presses what is there of some buttons, over and over until it is not there any more.
	all := func(m fakediscord.Message, buttons ...string) (shows int) {
		t.Helper()
		for _, label := range buttons {
			for turns := 0; turns < 4; turns++ {
				enabled := false
				for _, l := range labels(m) {
					enabled = enabled || l == label
				}
				if !enabled {
					break
				}
				m, _ = s.press(who, m, label)
				shows++
			}
		}
		return shows
	}
	reply := slash(channel, "ask", fakediscord.Values{"question": "Quand commence la grève au palais ?"})
	if len(reply.Embeds) == 0 {
		t.Errorf("no answer: %q", shown(reply))
	}
	panel, _ := s.press(who, reply, "Plus")
	if n := all(panel, "En contexte", "Suivant", "Précédent", "Notes", "Copier la référence", "Autres résultats", "Page suivante", "Page précédente", "Retour", "Pourquoi\u00a0?"); n < 8 {
		t.Errorf("%d views of the panel, want more", n)
	}
	all(slash(channel, "search", fakediscord.Values{"words": "grève \"" + fill(text, 200) + "\""}), "Page suivante", "Page précédente")
	all(slash(channel, "search", fakediscord.Values{"words": "grève"}), "Page suivante")
	if n := all(slash(channel, "sources", nil), "Page suivante"); n == 0 {
		t.Error("/sources has one page only")
	}
	question := "Comment cuire un rôti ? " + fill(text, 5000)
	question = string([]rune(question)[:min(5900, len([]rune(question)))])
	for _, ask := range []fakediscord.Values{
		{"question": "Qu'est-ce qu'un bolchevik ?"}, {"question": question}, {"question": "grève ?", "course": fill(text, 250)}, {"question": "grève ?", "document": fill(text, 250)},
	} {
		slash(channel, "ask", ask)
	}
	private := slash(channel, "ask", fakediscord.Values{"question": "Quand commence la grève au palais ? " + fill(text, 400), "private": true})
	if own, _ := s.press(who, private, "Plus"); customID(own, "Partager") != "" {
		s.press(who, own, "Partager")
	}
	no := slash(channel, "ask", fakediscord.Values{"question": "Comment cuire un rôti de porc ?", "private": true})
	s.press(who, no, "Me prévenir de la réponse")
	all(slash(channel, "privacy", nil), "Exporter mes données")
	for _, option := range []string{"question", "course", "document"} {
		s.typed(channel, option)
	}
	slash(channel, "guild", nil)
	slash(who.Direct().ID, "guild", nil)
	open, err := s.curated.OpenQuestions(t.Context(), corpus.Everything(guild.ID), false)
	if err != nil {
		t.Fatal(err)
	}
	for n, q := range open {
		if n%2 == 0 {
			err = s.curated.Dismiss(t.Context(), corpus.Everything(guild.ID), q.ID, fill(text, 450))
		} else {
			_, err = s.curated.AnswerOpen(t.Context(), corpus.Everything(guild.ID), q.ID, "moderator", answers.Content{Question: "Comment cuire ?", Answer: value})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(open) > 0 {
		s.posts(who.Direct().ID, 1)
	}
	before := len(s.Requests("POST", "/channels/{channel_id}/messages"))
	thread, _, err := who.PostInForum(forum, "Quand commence la grève au palais ?", fakediscord.Post{Content: "?"})
	if err != nil {
		t.Fatal(err)
	}
	if got := s.posts(thread.ID, before+1); len(got) != 1 {
		t.Errorf("%d answers below the post", len(got))
	}
}

// typed types nothing in an option of /ask.
func (s *stage) typed(channel, option string) {
	s.t.Helper()
	i, err := s.student.Autocomplete(channel, "ask", option, fakediscord.Values{option: ""})
	if err == nil {
		_, err = i.Choices(s.t.Context())
	}
	if err != nil {
		s.t.Fatal(err)
	}
}
