package bot_test

import (
	"strings"
	"testing"

	"verbatim/answers"
	"verbatim/bot/fakediscord"
	"verbatim/corpus"
)

// TestRename: a moderator corrects the title and the author of a text without its file, by
// options or in a window, and takes it back; replies cite it as it is called then.
func TestRename(t *testing.T) {
	t.Parallel()
	for locale, words := range map[string]struct {
		renamed, undone, here, undo, window string
	}{
		"fr":    {"✅ Corrigé : les réponses le citent désormais ainsi", "✅ Défait", "avec le bouton", "Défaire", "Titre et auteur"},
		"en-US": {"✅ Corrected: answers cite it so from now on", "✅ Undone", "with the button", "Undo", "Title and author"},
		"es-ES": {"✅ Corregido: las respuestas lo citan así", "✅ Deshecho", "con el botón", "Deshacer", "Título y autor"},
	} {
		t.Run(locale, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{})
			s.put(s.guild.ID, "cours.md", history)
			zoe := s.curator("Zoé", locale)
			s.start()
			cited := func(want ...string) {
				t.Helper()
				s.want(s.ask(s.student, s.channel, "Où siège le soviet de Petrograd ?"), want...)
			}
			cited("Rosmer, Cours d'histoire")
			m, _ := s.slashed(zoe, s.channel, "corpus rename", fakediscord.Values{"document": "cours.md", "title": "Le *soviet*"})
			s.want(m, words.renamed, `**Le \*soviet\***`, "Rosmer")
			cited("Rosmer, Le *soviet*")
			m, _ = s.press(zoe, m, words.undo)
			s.want(m, words.undone, "Cours d'histoire")
			if customID(m, words.undo) != "" {
				t.Error("it can be undone twice")
			}
			cited("Rosmer, Cours d'histoire")

			m, _ = s.slashed(zoe, s.channel, "corpus rename", fakediscord.Values{"document": "cours.md"})
			s.want(m, words.here)
			window, opened := s.opens(zoe, m, words.window)
			if got := values(window); got["title"] != "Cours d'histoire" || !strings.Contains(got["author"], "Rosmer") {
				t.Errorf("the window has %q", got)
			}
			m = s.sends(zoe, opened, fakediscord.Values{"title": "Conseils", "author": "Marguerite Thévenet"})
			s.want(m, words.renamed, "**Conseils**", "Marguerite Thévenet")
			cited("Marguerite Thévenet, Conseils")
			s.put(s.guild.ID, "cours.md", history+"\n\nUne phrase de plus.")
			s.want(s.ask(s.student, s.channel, "Où siège le soviet de Petrograd ?"), "Marguerite Thévenet, Conseils")
		})
	}
}

// TestTermTaken: who adds a term that stands in a group already is told in which, and finds in
// the window what they wrote.
func TestTermTaken(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	if _, err := s.curated.AddGroup(t.Context(), s.guild.ID, "x", []string{"clergé", "clero", "*clergy*"}); err != nil {
		t.Fatal(err)
	}
	s.start()
	for locale, test := range map[string]struct{ add, want string }{
		"fr":    {"Nouveau groupe", "« clero » est déjà dans un groupe : clergé = clero = \\*clergy\\*."},
		"en-US": {"New group", "“clero” stands in a group already: clergé = clero = \\*clergy\\*."},
		"es-ES": {"Nuevo grupo", "«clero» ya está en un grupo: clergé = clero = \\*clergy\\*."},
	} {
		zoe := s.curator("Zoé "+locale, locale)
		list, _ := s.slashed(zoe, s.channel, "glossary", nil)
		_, opened := s.opens(zoe, list, test.add)
		m := s.sends(zoe, opened, fakediscord.Values{"terms": "Kirche\nCLERO"})
		s.want(m, test.want)
		if window, _ := s.opens(zoe, m, test.add); values(window)["terms"] != "Kirche\nCLERO" {
			t.Errorf("%s: the window has %q", locale, values(window))
		}
	}
}

// TestDismissedTelling: who dismisses a question is told that those who waited are told, where
// somebody waited, and how many.
func TestDismissedTelling(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "cours.md", history)
	zoe := s.curator("Zoé", "fr")
	eve := s.NewPerson("Ève", "fr").Join(s.guild.ID)
	s.start()
	const question = "Qui a inventé la photosynthèse ?"
	for _, test := range []struct {
		waits []*fakediscord.Person
		want  string
	}{
		{nil, ""},
		{[]*fakediscord.Person{s.student}, " La personne qui attendait une réponse en est avertie."},
		{[]*fakediscord.Person{s.student, eve}, " Les 2 personnes qui attendaient une réponse en sont averties."},
	} {
		s.ask(s.student, s.channel, question)
		for _, who := range test.waits {
			s.press(who, s.ask(who, s.channel, question), "Me prévenir de la réponse")
		}
		s.waitFor("the question is open", func() bool {
			all := s.openQuestions()
			return len(all) == 1 && all[0].Followers == len(test.waits)
		})
		desk, _ := s.slashed(zoe, s.channel, "questions", nil)
		window, opened := s.opens(zoe, desk, "Écarter")
		if alone := strings.Contains(window.Components[0].Description, "Personne n’attend"); alone != (test.want == "") {
			t.Errorf("%d wait, and the window says %q", len(test.waits), window.Components[0].Description)
		}
		desk = s.sends(zoe, opened, nil)
		if got, _, _ := strings.Cut(shown(desk), "\n"); got != "✅ Écartée\u00a0: «\u00a0"+question+"\u00a0»."+test.want {
			t.Errorf("%d wait, and it is said %q", len(test.waits), got)
		}
		s.press(zoe, desk, "Défaire")
	}
}

// TestReplaceTells: who replaces a text is told how many curated answers that quote it followed,
// and how many quote what is gone.
func TestReplaceTells(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "canaux.txt", "Les éclusiers logent au bord de l'eau. Les mariniers attendent que l'eau monte.")
	d := s.named("canaux.txt")
	for question, quote := range map[string]string{"Où logent les éclusiers ?": "Les éclusiers logent au bord de l'eau.", "Qu'attendent les mariniers ?": "Les mariniers attendent que l'eau monte."} {
		s.curate(s.guild.ID, answers.Content{Question: question, Answer: "Voir le texte.", Sources: []answers.Source{{Reference: corpus.Reference{Document: d.ID, Revision: d.Revision}, Quote: quote}}})
	}
	zoe := s.curator("Zoé", "fr")
	s.start()
	for _, test := range []struct{ text, want string }{
		{"Une préface. Les éclusiers logent au bord de l’eau. Les mariniers attendent que l’eau monte.", "✅ 1 texte remplacé.\nLes citations de 2 réponses ont suivi."},
		{"Les éclusiers logent au bord de l'eau. Les mariniers sont partis.", "✅ 1 texte remplacé.\nLes citations d’une réponse ont suivi. 1 réponse cite des mots qui n’y sont plus\u00a0: voyez /réponses périmées."},
		{"Il n'y a plus de canaux.", "✅ 1 texte remplacé.\n2 réponses citent des mots qui n’y sont plus\u00a0: voyez /réponses périmées."},
	} {
		m, _ := s.brings(zoe, "replace", fakediscord.Values{"document": d.ID, "file": file("neuf.html", "<p>"+test.text+"</p>")})
		m, _ = s.press(zoe, m, "Remplacer le texte")
		if got := shown(m); !strings.HasPrefix(got, test.want+"\n") {
			t.Errorf("replaced, it is said %q, want %q", got, test.want)
		}
	}
}
