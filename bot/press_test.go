package bot_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"verbatim/bot/fakediscord"
	"verbatim/corpus"
)

// customID returns the custom id of what has a label on a message, "" if nothing has. That of
// a select is its placeholder.
func customID(m fakediscord.Message, label string) string {
	for _, row := range m.Components {
		for _, c := range row.Components {
			if c.Label == label || c.Placeholder == label {
				return c.CustomID
			}
		}
	}
	return ""
}

// labels returns what can be pressed on a message.
func labels(m fakediscord.Message) []string {
	var all []string
	for _, row := range m.Components {
		for _, c := range row.Components {
			if !c.Disabled && c.Label != "" {
				all = append(all, c.Label)
			}
		}
	}
	return all
}

// press lets a person press a button with a label, and returns what it shows.
func (s *stage) press(who *fakediscord.Person, m fakediscord.Message, label string) (fakediscord.Message, *fakediscord.Interaction) {
	s.t.Helper()
	id := customID(m, label)
	if id == "" {
		s.t.Fatalf("no button %q among %q", label, labels(m))
	}
	i, err := who.Press(m.ID, id)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.answer(i), i
}

// slashed lets a person use a command and returns the reply.
func (s *stage) slashed(who *fakediscord.Person, channel, command string, values fakediscord.Values) (fakediscord.Message, *fakediscord.Interaction) {
	s.t.Helper()
	i, err := who.Slash(channel, command, values)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.answer(i), i
}

// posts waits for so many messages of the bot in a channel.
func (s *stage) posts(channel string, n int) []fakediscord.Message {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), patience)
	defer cancel()
	if _, err := s.WaitRequests(ctx, n, "POST", "/channels/{channel_id}/messages"); err != nil {
		s.t.Fatalf("%v\n%s", err, s.log)
	}
	var found []fakediscord.Message
	for _, m := range s.Messages(channel) {
		if m.Author.ID == s.Bot().ID {
			found = append(found, m)
		}
	}
	return found
}

const history = `---
title: Cours d'histoire
author: Alfred Rosmer
date: 1932
licence: CC BY
link: https://example.org/cours
---

<!-- page 11 -->

La révolution commence en février dans la capitale. Les ouvriers font grève.

# Le soviet

<!-- page 12 -->

Le soviet de Petrograd siège au palais de Tauride.[^1] Il réunit des ouvriers et des soldats.

# La suite

<!-- page 13 -->

En octobre, les bolcheviks prennent le palais d'Hiver à Petrograd.

[^1]: Il siège ensuite à l'institut Smolny.
`

// TestPanel: "More" opens a panel for who pressed it alone, from which an excerpt is read
// in context, with its notes and references, and further results.
func TestPanel(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "cours.md", history)
	s.start()
	reply := s.ask(s.student, s.channel, "Où siège le soviet de Petrograd ?")
	reader := s.NewPerson("Léo", "es-ES").Join(s.guild.ID)
	panel, opened := s.press(reader, reply, "Plus")
	if got := shown(panel); !opened.State().Ephemeral || !strings.Contains(got, "solo para ti") || !strings.Contains(got, "palais de Tauride") {
		t.Fatalf("panel %q, want the excerpt, in the language of who pressed, for them alone", got)
	}
	for _, step := range []struct{ press, want, not string }{
		{"En contexto", "Il réunit des ouvriers et des soldats", "En octobre"},
		{"Siguiente", "En octobre", "Tauride"},
		{"Anterior", "Tauride", "En octobre"},
		{"Anterior", "La révolution commence", "Tauride"},
		{"Notas", "Smolny", "octobre"},
		{"Copiar la referencia", "ROSMER, Alfred. Cours d'histoire. 1932, Le soviet, p.\u00a012. https://example.org/cours.", "Tauride"},
		{"Otros resultados", "Otros resultados, 1–", ""},
		{"Volver", "solo para ti", ""},
		{"¿Por qué?", "Palabras encontradas: siège, soviet, Petrograd", ""},
	} {
		panel, _ = s.press(reader, panel, step.press)
		got := strings.ReplaceAll(shown(panel), "*", "")
		if !strings.Contains(got, step.want) || step.not != "" && strings.Contains(got, step.not) {
			t.Fatalf("%s shows %q, want %q and not %q", step.press, got, step.want, step.not)
		}
	}
	if got := shown(panel); !regexp.MustCompile(`Puntuación: \d+,\d\n`).MatchString(got) {
		t.Errorf("why: %q, want the score with a comma, as Spanish writes it", got)
	}
	if m, _ := s.Message(reply.ID); shown(m) != shown(reply) {
		t.Errorf("the reply is %q now, want it unchanged", shown(m))
	}
}

// TestButtonsOfOthers: a button that is forged, of another guild, of somebody else's panel
// or on another message gets a private refusal, and does nothing.
func TestButtonsOfOthers(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "cours.md", history)
	other := s.NewGuild(fakediscord.Guild{Name: "Autre"})
	elsewhere := s.NewChannel(fakediscord.Channel{GuildID: other.ID, Name: "questions"}).ID
	s.put(other.ID, "a.txt", "Le soviet siège.")
	stranger := s.NewPerson("Léo", "fr").Join(s.guild.ID).Join(other.ID)
	s.start()
	reply := s.ask(s.student, s.channel, "Où siège le soviet de Petrograd ?")
	second := s.ask(s.student, s.channel, "Qui fait grève dans la capitale ?")
	there := s.ask(stranger, elsewhere, "Où siège le soviet ?")
	private, _ := s.slashed(s.student, s.channel, "ask", fakediscord.Values{"question": "Où siège le soviet ?", "private": true})
	panel, _ := s.press(s.student, reply, "Plus")
	for name, forged := range map[string]struct{ channel, message, id string }{
		"unknown id":          {s.channel, reply.ID, "r-more:AAAAAAAAAAAAAAAAAAAA"},
		"no id":               {s.channel, reply.ID, "r-more"},
		"unknown action":      {s.channel, reply.ID, strings.Replace(customID(reply, "Plus"), "more", "wipe", 1)},
		"on another message":  {s.channel, second.ID, customID(reply, "Plus")},
		"in another guild":    {elsewhere, there.ID, customID(reply, "Plus")},
		"of somebody's panel": {s.channel, reply.ID, customID(panel, "En contexte")},
		"of a private reply":  {s.channel, reply.ID, customID(private, "Plus")},
	} {
		t.Run(name, func(t *testing.T) {
			i, err := stranger.Raw(forged.channel, forged.message, fakediscord.ComponentInteraction,
				[]byte(`{"component_type": 2, "custom_id": "`+forged.id+`"}`))
			if err != nil {
				t.Fatal(err)
			}
			if got := shown(s.answer(i)); !strings.HasPrefix(got, "Ce bouton est trop ancien") || !i.State().Ephemeral {
				t.Errorf("reply %q, want a refusal for who presses alone", got)
			}
		})
	}
}

// TestLimitedCourse: what only tutors may see never shows to others: not in a public reply
// of a tutor, not in autocomplete, lists, near words or the context of a page; and a panel
// that shows it closes when the role is gone.
func TestLimitedCourse(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	tutors := s.NewRole(s.guild.ID, fakediscord.Role{Name: "Tutorat"}).ID
	tutor := s.NewPerson("Zoé", "fr").Join(s.guild.ID, tutors)
	room := s.NewChannel(fakediscord.Channel{GuildID: s.guild.ID, Name: "tutorat"}).ID
	s.put(s.guild.ID, "cours.md", history)
	s.put(s.guild.ID, "corrige.md", "---\ntitle: Corrigé secret\ncourse: Corrigés\n---\n\nLe barème attribue douze points à la question sur Zinoviev.")
	limits := corpus.Limits{Roles: []string{tutors}, Channels: []string{room}}
	if err := s.store.SetLimits(t.Context(), s.guild.ID, "Corrigés", &limits); err != nil {
		t.Fatal(err)
	}
	s.start()
	const question = "Combien de points pour la question sur Zinoviev ?"
	private := func(who *fakediscord.Person) fakediscord.Message {
		m, _ := s.slashed(who, s.channel, "ask", fakediscord.Values{"question": question, "private": true})
		return m
	}
	command := func(who *fakediscord.Person, name string, values fakediscord.Values) fakediscord.Message {
		m, _ := s.slashed(who, s.channel, name, values)
		return m
	}
	for _, test := range []struct {
		name  string
		reply fakediscord.Message
		sees  bool
	}{
		{"a tutor in private", private(tutor), true},
		{"a tutor before all", s.ask(tutor, s.channel, question), false},
		{"a student in private", private(s.student), false},
		{"a student in the tutors' room", s.ask(s.student, room, question), true},
		{"a word misspelt", s.ask(s.student, s.channel, "Zinovief ?"), false},
		{"search of a student", command(s.student, "search", fakediscord.Values{"words": "barème points"}), false},
		{"search of a tutor", command(tutor, "search", fakediscord.Values{"words": "barème points"}), true},
		{"sources of a student", command(s.student, "sources", nil), false},
		{"the course named", command(s.student, "ask", fakediscord.Values{"question": "points ?", "course": "corrigés"}), false},
	} {
		got := strings.ReplaceAll(shown(test.reply), "*", "")
		for _, secret := range []string{"barème", "secret", "Zinoviev"} {
			if secret == "Zinoviev" && test.name != "a word misspelt" {
				continue // who asks names it
			}
			if seen := strings.Contains(got, secret); seen && !test.sees {
				t.Errorf("%s: the reply %q shows %s", test.name, got, secret)
			}
		}
		if test.sees && !strings.Contains(got, "barème") {
			t.Errorf("%s: the reply %q does not show what may be seen", test.name, got)
		}
	}
	for option, want := range map[string]int{"course": 0, "document": 1} {
		if got := s.proposed(s.student, "ask", option, fakediscord.Values{option: ""}); len(got) != want {
			t.Errorf("%s proposes %v to a student, want %d", option, got, want)
		}
		if got := s.proposed(tutor, "ask", option, fakediscord.Values{option: "", "private": true}); len(got) != want+1 {
			t.Errorf("%s proposes %v to a tutor in private, want %d", option, got, want+1)
		}
		if got := s.proposed(tutor, "ask", option, fakediscord.Values{option: ""}); len(got) != want {
			t.Errorf("%s proposes %v to a tutor before all, want %d", option, got, want)
		}
	}

	reply := private(tutor)
	panel, _ := s.press(tutor, reply, "Plus")
	shared, _ := s.press(tutor, panel, "Partager")
	if got := shown(shared); !strings.HasPrefix(got, "Ces passages ne peuvent pas être montrés") {
		t.Errorf("sharing says %q, want that it may not be shown", got)
	}
	panel, _ = s.press(tutor, reply, "Plus")
	if err := tutor.SetRoles(s.guild.ID); err != nil {
		t.Fatal(err)
	}
	closed, _ := s.press(tutor, panel, "En contexte")
	if got := shown(closed); !strings.HasPrefix(got, "Aucun de ces passages ne peut plus être montré") {
		t.Errorf("the panel shows %q to who is no tutor any more", got)
	}
}

// proposed returns what is proposed to a person who types in an option.
func (s *stage) proposed(who *fakediscord.Person, command, option string, values fakediscord.Values) []string {
	s.t.Helper()
	i, err := who.Autocomplete(s.channel, command, option, values)
	if err != nil {
		s.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(s.t.Context(), patience)
	defer cancel()
	choices, err := i.Choices(ctx)
	if err != nil {
		s.t.Fatalf("%v\n%s", err, s.log)
	}
	var names []string
	for _, c := range choices {
		names = append(names, c.Name)
	}
	slices.Sort(names)
	return names
}

// TestChosenExcerpt: a panel shows the excerpt that was chosen, however many before it can't
// be seen any more; when it can't be seen itself, the panel shows another one from its
// beginning.
func TestChosenExcerpt(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	tutors := s.NewRole(s.guild.ID, fakediscord.Role{Name: "Tutorat"}).ID
	tutor := s.NewPerson("Zoé", "fr").Join(s.guild.ID, tutors)
	for _, name := range []string{"a", "b", "c"} {
		s.put(s.guild.ID, name+".md", "---\ntitle: Texte "+name+"\ncourse: Cours "+name+"\n---\n\nLe barème "+name+" attribue douze points à la question.")
	}
	s.start()
	limit := func(title string) {
		t.Helper()
		limits := corpus.Limits{Roles: []string{tutors}}
		if err := s.store.SetLimits(t.Context(), s.guild.ID, strings.Replace(title, "Texte", "Cours", 1), &limits); err != nil {
			t.Fatal(err)
		}
	}
	reply, _ := s.slashed(tutor, s.channel, "ask", fakediscord.Values{"question": "Combien de points attribue le barème ?", "private": true})
	panel, _ := s.press(tutor, reply, "Plus")
	options := panel.Components[0].Components[0].Options
	if len(options) != 3 {
		t.Fatalf("%d excerpts to choose from, want 3", len(options))
	}
	title := func(n int) string { return strings.TrimSpace(options[n].Label[3:]) }
	chosen, err := tutor.Choose(panel.ID, panel.Components[0].Components[0].CustomID, options[1].Value)
	if err != nil {
		t.Fatal(err)
	}
	panel = s.answer(chosen)
	limit(title(0))
	if err := tutor.SetRoles(s.guild.ID); err != nil {
		t.Fatal(err)
	}
	panel, _ = s.press(tutor, panel, "Copier la référence")
	if got := shown(panel); !strings.Contains(got, title(1)) {
		t.Errorf("without the first one, the panel shows %q, want %s", got, title(1))
	}
	limit(title(1))
	panel, _ = s.press(tutor, panel, "En contexte")
	if got := shown(panel); !strings.HasPrefix(got, "Extrait 1 sur 1") || !strings.Contains(got, title(2)) {
		t.Errorf("without the one chosen, the panel shows %q, want %s", got, title(2))
	}
}

// TestPagesPressedAtOnce: however often "next page" is pressed before it has come, the last
// page is shown, and the one before it is one press away.
func TestPagesPressedAtOnce(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	for n := range 8 {
		s.put(s.guild.ID, fmt.Sprintf("%d.md", n), fmt.Sprintf("---\ntitle: Texte %d\n---\n\nLa grève numéro %d commence.", n, n))
	}
	s.start()
	reply := s.ask(s.student, s.channel, "Quand commence la grève ?")
	panel, _ := s.press(s.student, reply, "Plus")
	panel, _ = s.press(s.student, panel, "Autres résultats")
	found, _ := s.slashed(s.student, s.channel, "search", fakediscord.Values{"words": "grève"})
	listed, _ := s.slashed(s.student, s.channel, "sources", nil)
	for _, test := range []struct {
		name         string
		page         fakediscord.Message
		last, before string
	}{
		{"panel", panel, "Autres résultats, 7–8", "Autres résultats, 4–6"},
		{"search", found, "Passages 5–8", "Passages 1–4"},
		{"sources", listed, "8 textes, page 2 sur 2", "8 textes, page 1 sur 2"},
	} {
		id := customID(test.page, "Page suivante")
		for range 5 {
			i, err := s.student.Raw(s.channel, test.page.ID, fakediscord.ComponentInteraction, []byte(`{"component_type": 2, "custom_id": "`+id+`"}`))
			if err != nil {
				t.Fatal(err)
			}
			s.answer(i)
		}
		now, _ := s.Message(test.page.ID)
		if !strings.HasPrefix(shown(now), test.last) {
			t.Errorf("%s: %q, want %s", test.name, shown(now), test.last)
		}
		if page, _ := s.press(s.student, now, "Page précédente"); !strings.HasPrefix(shown(page), test.before) {
			t.Errorf("%s, then back: %q, want %s", test.name, shown(page), test.before)
		}
	}
}

// TestReferenceWhole: however long a reference is, it can be copied whole: from the message,
// or where that has no room, from a file, which goes with the next view.
func TestReferenceWhole(t *testing.T) {
	t.Parallel()
	for _, length := range []int{20, 400, 700, 1900} {
		t.Run(fmt.Sprint(length), func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{})
			title := strings.TrimSpace(strings.Repeat("mot ", length/4)) + " fin"
			s.put(s.guild.ID, "a.md", "---\ntitle: "+title+"\nauthor: Alfred Rosmer\ndate: 1932\nlink: https://example.org/cours\n---\n\nLe soviet siège au palais.")
			s.start()
			panel, _ := s.press(s.student, s.ask(s.student, s.channel, "Où siège le soviet ?"), "Plus")
			panel, _ = s.press(s.student, panel, "Copier la référence")
			got := shown(panel)
			for _, a := range panel.Attachments {
				got += s.file(a)
			}
			for _, want := range []string{
				"Alfred Rosmer, " + title + ", 1932",
				"ROSMER, Alfred. " + title + ". 1932. https://example.org/cours.",
				"@misc{rosmer1932,\n  author = {Alfred Rosmer},\n  title = {" + title + "},\n  year = {1932},\n  url = {https://example.org/cours}\n}",
			} {
				if !strings.Contains(got, want) {
					t.Errorf("shown\n%s\nwant\n%s", got, want)
				}
			}
			if panel, _ = s.press(s.student, panel, "Retour"); len(panel.Attachments) != 0 {
				t.Errorf("the next view still has %+v", panel.Attachments)
			}
		})
	}
}

// file returns what stands in an attachment.
func (s *stage) file(a fakediscord.Attachment) string {
	s.t.Helper()
	answer, err := http.Get(a.URL)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return string(data)
}
