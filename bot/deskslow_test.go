package bot_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"verbatim/answers"
	"verbatim/bot/fakediscord"
	"verbatim/corpus"
)

// TestSlowDatabaseAtDesks: however long the database takes, each thing that is done at a desk
// is acknowledged or opens its window at once, and nothing fails but what came too late. See
// TestSlowDatabase.
func TestSlowDatabaseAtDesks(t *testing.T) {
	t.Parallel()
	clock := fakediscord.NewClock(time.Now())
	s := newStage(t, fakediscord.Options{Now: clock.Now})
	s.put(s.guild.ID, "cours.md", history)
	zoe := s.curator("Zoé", "fr")
	curated := s.curate(s.guild.ID, answers.Content{Question: "Qui est Makhno ?", Answer: "Un anarchiste."})
	everything := corpus.Everything(s.guild.ID)
	for _, question := range []string{"Comment cuire un rôti de porc ?", "Où est Omsk ?"} {
		if _, err := s.options.Answerer.Gather(t.Context(), answers.Asking{Text: question, Access: everything, Reason: answers.Sent}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.curated.Propose(t.Context(), everything, s.student.ID, answers.Content{Question: question, Answer: "Non."}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.curated.AddGroup(t.Context(), s.guild.ID, "x", []string{"soviet", "conseil"}); err != nil {
		t.Fatal(err)
	}
	s.start()
	wrote := s.wrote(s.student, s.channel, "Le soviet siège.")
	opened := func(command string) fakediscord.Message {
		m, _ := s.slashed(zoe, s.channel, command, nil)
		return m
	}
	slash := func(who *fakediscord.Person, command string, values fakediscord.Values) func() (*fakediscord.Interaction, error) {
		return func() (*fakediscord.Interaction, error) { return who.Slash(s.channel, command, values) }
	}
	press := func(m fakediscord.Message, label string) func() (*fakediscord.Interaction, error) {
		return func() (*fakediscord.Interaction, error) { return zoe.Press(m.ID, customID(m, label)) }
	}
	choose := func(m fakediscord.Message, placeholder string) func() (*fakediscord.Interaction, error) {
		for _, row := range m.Components {
			for _, c := range row.Components {
				if c.Placeholder == placeholder {
					return func() (*fakediscord.Interaction, error) { return zoe.Choose(m.ID, c.CustomID, c.Options[0].Value) }
				}
			}
		}
		t.Fatalf("no select %q", placeholder)
		return nil
	}
	submit := func(who *fakediscord.Person, window *fakediscord.Interaction, values fakediscord.Values) func() (*fakediscord.Interaction, error) {
		return func() (*fakediscord.Interaction, error) { return who.Submit(window, values) }
	}
	of := fakediscord.Values{"answer": curated.ID}
	_, add := s.commands(zoe, "curated add", nil)
	_, propose := s.commands(s.student, "propose", nil)
	written := fakediscord.Values{"question": "Q ?", "answer": "R."}
	_, reason := s.opens(zoe, opened("questions"), "Écarter")
	_, adds := s.commands(zoe, "curated add", nil)
	draft := s.sends(zoe, adds, written)
	roads := []struct {
		name string
		do   func() (*fakediscord.Interaction, error)
		late bool // it needs the database, and is dropped
	}{
		{"/curated add", slash(zoe, "curated add", nil), false},
		{"/curated edit", slash(zoe, "curated edit", of), true},
		{"/curated remove", slash(zoe, "curated remove", of), true},
		{"/curated list", slash(zoe, "curated list", nil), true},
		{"/curated stale", slash(zoe, "curated stale", nil), true},
		{"/questions", slash(zoe, "questions", nil), true},
		{"/review", slash(zoe, "review", nil), true},
		{"/glossary", slash(zoe, "glossary", nil), true},
		{"/propose", slash(s.student, "propose", nil), false},
		{"save as", func() (*fakediscord.Interaction, error) {
			return zoe.MessageCommand(wrote.ID, "Save as curated answer")
		}, false},
		{"propose as", func() (*fakediscord.Interaction, error) {
			return s.student.MessageCommand(wrote.ID, "Propose as answer")
		}, false},
		{"answer", press(opened("questions"), "Répondre"), false},
		{"next", press(opened("questions"), "Suivante"), true},
		{"answered already", choose(opened("questions"), "Déjà répondu par …"), true},
		{"dismissed", submit(zoe, reason, nil), true},
		{"accept", press(opened("review"), "Accepter"), true},
		{"decline", press(opened("review"), "Refuser"), false},
		{"open an answer", choose(opened("curated list"), "Ouvrir une réponse"), true},
		{"open a group", choose(opened("glossary"), "Ouvrir un groupe"), true},
		{"new group", press(opened("glossary"), "Nouveau groupe"), false},
		{"written", submit(zoe, add, written), true},
		{"proposed", submit(s.student, propose, written), true},
		{"stored", press(draft, "Enregistrer"), true},
	}
	release := s.jam()
	began := make([]*fakediscord.Interaction, len(roads))
	for n, road := range roads {
		i, err := road.do()
		if err != nil {
			t.Fatalf("%s: %v", road.name, err)
		}
		began[n] = i
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for n, road := range roads {
		if state, err := began[n].Acknowledged(ctx); err != nil || state.Failed || !road.late && state.Modal == nil {
			t.Errorf("%s: not acknowledged, or without its window, while the database takes its time: %+v, %v", road.name, state, err)
		}
	}
	clock.Advance(16 * time.Minute)
	release()
	for n, road := range roads {
		if road.late {
			s.waitFor(road.name+" is dropped", func() bool {
				return strings.Contains(s.log.String(), `msg="a reply is dropped: it came too late" interaction=`+began[n].ID)
			})
		}
	}
}
