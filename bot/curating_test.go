package bot_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/answers"
	"verbatim/bot/fakediscord"
	"verbatim/config/database"
	"verbatim/corpus"
)

// curator returns somebody who may manage messages, besides those there are already.
func (s *stage) curator(name, locale string) *fakediscord.Person {
	s.t.Helper()
	role := s.NewRole(s.guild.ID, fakediscord.Role{Name: "Modération " + name, Permissions: fakediscord.ManageMessages}).ID
	return s.NewPerson(name, locale).Join(s.guild.ID, role)
}

// opens lets a person press a button that opens a window.
func (s *stage) opens(who *fakediscord.Person, m fakediscord.Message, label string) (fakediscord.Modal, *fakediscord.Interaction) {
	s.t.Helper()
	id := customID(m, label)
	if id == "" {
		s.t.Fatalf("no button %q among %q below %q", label, labels(m), shown(m))
	}
	i, err := who.Press(m.ID, id)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.window(i), i
}

// window waits for the window that an interaction opens.
func (s *stage) window(i *fakediscord.Interaction) fakediscord.Modal {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), patience)
	defer cancel()
	m, err := i.Modal(ctx)
	if err != nil {
		s.t.Fatalf("no window: %v\n%s", err, s.log)
	}
	return m
}

// commands lets a person use a command that opens a window.
func (s *stage) commands(who *fakediscord.Person, command string, values fakediscord.Values) (fakediscord.Modal, *fakediscord.Interaction) {
	s.t.Helper()
	i, err := who.Slash(s.channel, command, values)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.window(i), i
}

// sends lets a person send a window, and returns what the bot makes of it.
func (s *stage) sends(who *fakediscord.Person, window *fakediscord.Interaction, values fakediscord.Values) fakediscord.Message {
	s.t.Helper()
	i, err := who.Submit(window, values)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.answer(i)
}

// values returns what stands in the fields of a window.
func values(m fakediscord.Modal) map[string]string {
	all := map[string]string{}
	for _, c := range m.Components {
		if c.Component != nil {
			all[c.Component.CustomID] = c.Component.Value
		}
	}
	return all
}

// want fails unless a message shows all of the texts.
func (s *stage) want(m fakediscord.Message, texts ...string) {
	s.t.Helper()
	got := strings.ReplaceAll(shown(m), "\u00a0", " ")
	for _, text := range texts {
		if !strings.Contains(got, text) {
			s.t.Errorf("message\n%s\nwant %q\n%s", got, text, s.log)
		}
	}
}

// list returns the curated answers of the guild.
func (s *stage) list() []answers.Curated {
	s.t.Helper()
	all, err := s.curated.List(s.t.Context(), corpus.Everything(s.guild.ID), true)
	if err != nil {
		s.t.Fatal(err)
	}
	return all
}

// TestCuratedByHand: an answer is written in a window, looked at, changed, stored; found,
// edited, removed, restored, and brought back to what it was.
func TestCuratedByHand(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "cours.md", history)
	zoe := s.curator("Zoé", "fr")
	s.start()
	_, add := s.commands(zoe, "curated add", nil)
	draft := s.sends(zoe, add, fakediscord.Values{
		"question": "Où siège le soviet ?", "answer": "Au **palais** de Tauride.", "wordings": "siège du soviet\n\n adresse  du soviet ",
		"sources": "> cours.md: Le soviet de Petrograd siège à Moscou\ncours du 3 mars",
	})
	s.want(draft, "Les sources : une citation doit être mot pour mot", "Pas encore enregistré", "Au **palais** de Tauride.")
	written, change := s.opens(zoe, draft, "Modifier")
	if got := values(written); got["wordings"] != "siège du soviet\n\n adresse  du soviet " || got["question"] != "Où siège le soviet ?" {
		t.Errorf("the window has %q, want what was written", got)
	}
	draft = s.sends(zoe, change, fakediscord.Values{"sources": "Cours d'histoire: « Le soviet de Petrograd siège au palais de Tauride »\ncours du 3 mars"})
	s.want(draft, "Aperçu, pour vous seul", "Aussi : siège du soviet · adresse du soviet", "Rosmer, Cours d'histoire, 1932, Le soviet, p. 12; cours du 3 mars")
	if n := len(s.list()); n != 0 {
		t.Fatalf("%d answers before the draft is stored", n)
	}
	card, _ := s.press(zoe, draft, "Enregistrer")
	s.want(card, "Enregistré : « Où siège le soviet ? ». Le bot répond ainsi désormais.", "révision 1")
	id := s.list()[0].ID
	if got := s.list()[0].Wordings; !slices.Equal(got, []string{"siège du soviet", "adresse du soviet"}) {
		t.Errorf("wordings %q", got)
	}

	if got := s.proposed(zoe, "curated edit", "answer", fakediscord.Values{"answer": "siege"}); !slices.Equal(got, []string{"Où siège le soviet ?"}) {
		t.Errorf("proposed %q", got)
	}
	window, edit := s.commands(zoe, "curated edit", fakediscord.Values{"answer": id})
	if got := values(window)["sources"]; got != "> cours.md: Le soviet de Petrograd siège au palais de Tauride\ncours du 3 mars" {
		t.Errorf("sources %q", got)
	}
	draft = s.sends(zoe, edit, fakediscord.Values{"answer": "Au palais, salle 3."})
	card, _ = s.press(zoe, draft, "Enregistrer")
	s.want(card, "révision 2", "salle 3", "p. 12; cours du 3 mars")

	card, _ = s.slashed(zoe, s.channel, "curated history", fakediscord.Values{"answer": "où siège le soviet ?"})
	s.want(card, "2. modifiée · "+zoe.Mention(), "réponse", "1. ajoutée")
	i, err := zoe.Choose(card.ID, customID(card, "Voir une révision"), "1")
	if err != nil {
		t.Fatal(err)
	}
	card = s.answer(i)
	s.want(card, "Révision 1", "**palais** de Tauride")
	card, _ = s.press(zoe, card, "Revenir à celle-ci")
	s.want(card, "De nouveau comme dans la révision 1", "révision 3")
	card, _ = s.press(zoe, card, "Retirer")
	s.want(card, "Retirée : le bot ne la donne pas.")
	if got := s.proposed(zoe, "curated restore", "answer", fakediscord.Values{"answer": ""}); len(got) != 1 {
		t.Errorf("proposed to be restored %q", got)
	}
	card, _ = s.slashed(zoe, s.channel, "curated restore", fakediscord.Values{"answer": id})
	s.want(card, "Rétablie.", "révision 5")
	list, _ := s.slashed(zoe, s.channel, "curated list", nil)
	s.want(list, "Une réponse :", "1. Où siège le soviet ?")
}

// TestQuestions: the open questions are answered, dismissed and passed over one by one, and
// who waits is told.
func TestQuestions(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "cours.md", history)
	zoe := s.curator("Zoé", "es-ES")
	s.start()
	for _, question := range []string{"Comment cuire un rôti de porc ?", "Qui a inventé la photosynthèse ?", "Comment cuire un rôti de porc ?", "Comment cuire un rôti de porc ?"} {
		s.ask(s.student, s.channel, question)
	}
	reply := s.ask(s.student, s.channel, "Quelle est la capitale du Pérou ?")
	s.press(s.student, reply, "Me prévenir de la réponse")
	s.waitFor("the questions are gathered", func() bool { return len(s.openQuestions()) == 3 })
	desk, opened := s.slashed(zoe, s.channel, "questions", nil)
	s.want(desk, "Pregunta 1 de 3", "Comment cuire un rôti de porc", "hecha 3 veces")
	if !opened.State().Ephemeral {
		t.Error("all see the questions")
	}
	for _, number := range []string{"2", "3"} {
		desk, _ = s.press(zoe, desk, "Siguiente")
		s.want(desk, "Pregunta "+number+" de 3")
	}
	desk, _ = s.press(zoe, desk, "Siguiente")
	s.want(desk, "Quedan 3 preguntas")
	desk, _ = s.press(zoe, desk, "Desde el principio")
	s.want(desk, "Pregunta 1 de 3", "Comment cuire un rôti de porc")
	desk, _ = s.press(zoe, desk, "Siguiente")
	_, reason := s.opens(zoe, desk, "Descartar")
	first := shown(desk)
	desk = s.sends(zoe, reason, fakediscord.Values{"reason": "Fuera del curso."})
	s.want(desk, "Descartada: «Quelle est la capitale du Pérou ?».", "Pregunta")
	desk, _ = s.press(zoe, desk, "Deshacer")
	s.want(desk, "Está abierta de nuevo.", strings.Split(first, "\n")[1])
	for len(s.openQuestions()) > 0 {
		if strings.Contains(shown(desk), "Depuis") || customID(desk, "Desde el principio") != "" {
			desk, _ = s.press(zoe, desk, "Desde el principio")
		}
		window, answer := s.opens(zoe, desk, "Responder")
		if values(window)["question"] == "" {
			t.Errorf("the window has %q, want the question", values(window))
		}
		draft := s.sends(zoe, answer, fakediscord.Values{"answer": "No es del curso, pero: Lima."})
		desk, _ = s.press(zoe, draft, "Guardar")
		s.want(desk, "Guardado: «")
	}
	s.want(desk, "No espera ninguna pregunta.")
	list, _ := s.slashed(zoe, s.channel, "curated list", fakediscord.Values{"words": "cocodrilo *rojo*"})
	s.want(list, "Ninguna respuesta contiene todas estas palabras: cocodrilo \\*rojo\\*.")
	if n := len(s.list()); n != 3 {
		t.Errorf("%d answers, want 3", n)
	}
	s.posts(s.student.Direct().ID, 1)
}

// TestLogHidden: what may not be seen in the channel of the log is not told there later
// either, when it may be.
func TestLogHidden(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	room := s.NewChannel(fakediscord.Channel{GuildID: s.guild.ID, Name: "journal"}).ID
	if err := s.options.Settings.Set(t.Context(), s.guild.ID, "log_channel", room); err != nil {
		t.Fatal(err)
	}
	command := database.By(t.Context(), database.Actor{Who: database.ViaCommandLine, Via: database.ViaCommandLine, Now: time.Now})
	if err := s.store.SetLimits(t.Context(), s.guild.ID, "Corrigés", &corpus.Limits{}); err != nil {
		t.Fatal(err)
	}
	add := func(question, course string) {
		t.Helper()
		if _, err := s.curated.Add(command, s.guild.ID, "x", answers.Content{Question: question, Answer: "Douze.", Course: course}); err != nil {
			t.Fatal(err)
		}
	}
	add("Qui est Denikine ?", "")
	add("Combien de points ?", "Corrigés")
	s.start()
	s.waitFor("nothing is left to be told", func() bool {
		left, err := s.curated.Untold(t.Context(), corpus.Everything(s.guild.ID), 1)
		return err == nil && len(left) == 0
	})
	if err := s.store.SetLimits(t.Context(), s.guild.ID, "Corrigés", nil); err != nil {
		t.Fatal(err)
	}
	add("Qui est Kornilov ?", "")
	got := ""
	s.waitFor("the log is written", func() bool {
		got = ""
		for _, m := range s.Messages(room) {
			got += m.Content + "\n"
		}
		return strings.Contains(got, "Kornilov")
	})
	if !strings.Contains(got, "Denikine") || strings.Contains(got, "points") {
		t.Errorf("the log is\n%swant nothing of the limited course", got)
	}
}

// TestLogChannel: what moderators do stands in the channel that is set, with who did it, and
// nothing of a course that is not seen there.
func TestLogChannel(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "cours.md", history)
	zoe := s.curator("Zoé", "fr")
	room := s.NewChannel(fakediscord.Channel{GuildID: s.guild.ID, Name: "journal"}).ID
	command := database.By(t.Context(), database.Actor{Who: database.ViaCommandLine, Via: database.ViaCommandLine, Now: time.Now})
	for name, value := range map[string]string{"log_channel": room, "language": "fr"} {
		if err := s.options.Settings.Set(t.Context(), s.guild.ID, name, value); err != nil {
			t.Fatal(err)
		}
	}
	tutors := s.NewRole(s.guild.ID, fakediscord.Role{Name: "Tutorat"}).ID
	if err := s.store.SetLimits(command, s.guild.ID, "Corrigés", &corpus.Limits{Roles: []string{tutors}}); err != nil {
		t.Fatal(err)
	}
	for _, set := range [][2]string{{"moderator_roles", tutors}, {"digest", "daily"}, {"retention", "30"}, {"channels", room}, {"channels", ""}} {
		if err := s.options.Settings.Set(command, s.guild.ID, set[0], set[1]); err != nil {
			t.Fatal(err)
		}
	}
	for _, runes := range []int{200, 0} {
		if err := s.store.SetQuoteLimit(command, s.guild.ID, corpus.QuoteLimit{Licence: "CC BY, Éditions du Parc", Runes: runes}); err != nil {
			t.Fatal(err)
		}
	}
	for _, question := range []string{"Qui est *Makhno* ?", "Qui est Denikine ?"} {
		if _, err := s.curated.Add(command, s.guild.ID, "x", answers.Content{Question: question, Answer: "Un général."}); err != nil {
			t.Fatal(err)
		}
	}
	s.start()
	_, add := s.commands(zoe, "curated add", nil)
	draft := s.sends(zoe, add, fakediscord.Values{"question": "Combien de points ?", "answer": "Douze.", "course": "Corrigés"})
	s.press(zoe, draft, "Enregistrer")
	_, add = s.commands(zoe, "curated add", nil)
	draft = s.sends(zoe, add, fakediscord.Values{"question": "Qui est Kornilov ?", "answer": "Un général."})
	s.press(zoe, draft, "Enregistrer")
	got := ""
	s.waitFor("the log is written", func() bool {
		got = ""
		for _, m := range s.Messages(room) {
			got += m.Content + "\n"
		}
		return strings.Contains(got, "Kornilov")
	})
	line := "La ligne de commande"
	want := line + " a changé 5 réglages. Rôles de modération\u00a0: <@&" + tutors + "> · Résumé\u00a0: chaque jour · Durée de conservation\u00a0: 30 jours · " +
		"Salons où je réponds\u00a0: <#" + room + "> · Salons où je réponds\u00a0: partout\n" +
		line + " a limité la longueur des citations. Licence CC BY, Éditions du Parc\u00a0: 200 caractères\n" +
		line + " a levé la limite des citations. Licence CC BY, Éditions du Parc\n" +
		line + " a ajouté 2 réponses\u00a0: Qui est \\*Makhno\\* ?, Qui est Denikine ?\n" + zoe.Mention() + " a ajouté la réponse «\u00a0Qui est Kornilov ?\u00a0»\n"
	if got != want {
		t.Errorf("the log is\n%swant\n%s", got, want)
	}
	all, err := s.curated.Log(t.Context(), corpus.Everything(s.guild.ID), 100)
	if err != nil || len(all) != 12 || all[0].Name != "Qui est Kornilov ?" || all[0].Who != zoe.ID || all[11].Kind != "course" {
		t.Errorf("Log = %+v, %v", all, err)
	}
}
