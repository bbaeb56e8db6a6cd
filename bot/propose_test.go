package bot_test

import (
	"strings"
	"testing"

	"verbatim/answers"
	"verbatim/bot/fakediscord"
	"verbatim/corpus"
)

// TestProposalUnseen: who reviews a proposal is told what its member does not see any more.
func TestProposalUnseen(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	tutors := s.NewRole(s.guild.ID, fakediscord.Role{Name: "Tutorat"}).ID
	if err := s.store.SetLimits(t.Context(), s.guild.ID, "Corrigés", &corpus.Limits{Roles: []string{tutors}}); err != nil {
		t.Fatal(err)
	}
	tutor := s.NewPerson("Tom", "fr").Join(s.guild.ID, tutors)
	zoe := s.curator("Zoé", "fr")
	c := answers.Content{Question: "Combien de points ?", Answer: "Douze.", Course: "Corrigés"}
	if _, err := s.curated.Propose(t.Context(), corpus.Everything(s.guild.ID), tutor.ID, c); err != nil {
		t.Fatal(err)
	}
	s.start()
	desk, _ := s.slashed(zoe, s.channel, "review", nil)
	if strings.Contains(shown(desk), "ne voit pas") {
		t.Errorf("of who sees all of it is said\n%s", shown(desk))
	}
	if err := tutor.SetRoles(s.guild.ID); err != nil {
		t.Fatal(err)
	}
	desk, _ = s.slashed(zoe, s.channel, "review", nil)
	s.want(desk, "Avec ses rôles actuels, "+tutor.Mention()+" ne voit pas : Corrigés.", "Combien de points ?")
	fails := fakediscord.Fails(500)
	s.Next("GET", "/guilds/{guild_id}/members/{user_id}", fails, fails, fails, fails, fails, fails)
	desk, _ = s.slashed(zoe, s.channel, "review", nil)
	s.want(desk, "Sans rôle, "+tutor.Mention()+" ne voit pas : Corrigés.", "Combien de points ?")
}

// TestProposing: a member proposes an answer, from nothing or from a message; a moderator
// accepts, edits or declines it; who wants to be told is told.
func TestProposing(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "cours.md", history)
	s.put(s.guild.ID, "corrige.md", "---\ntitle: Corrigé\ncourse: Corrigés\n---\n\nLe barème attribue douze points.")
	tutors := s.NewRole(s.guild.ID, fakediscord.Role{Name: "Tutorat"}).ID
	if err := s.store.SetLimits(t.Context(), s.guild.ID, "Corrigés", &corpus.Limits{Roles: []string{tutors}}); err != nil {
		t.Fatal(err)
	}
	zoe := s.curator("Zoé", "fr")
	s.start()
	_, propose := s.commands(s.student, "propose", nil)
	draft := s.sends(s.student, propose, fakediscord.Values{"question": "Combien de points ?", "answer": "Douze.", "sources": "> corrige.md: Le barème attribue douze points"})
	s.want(draft, "Il n’y a pas de texte « corrige.md »")
	_, change := s.opens(s.student, draft, "Modifier")
	draft = s.sends(s.student, change, fakediscord.Values{"sources": "", "course": "Corrigés"})
	s.want(draft, "Le cours : aucun de ce nom que vous puissiez voir.")
	_, change = s.opens(s.student, draft, "Modifier")
	draft = s.sends(s.student, change, fakediscord.Values{"course": "", "sources": "> cours.md: Le soviet de Petrograd siège au palais de Tauride"})
	waiting, _ := s.press(s.student, draft, "Envoyer aux modérateurs")
	s.want(waiting, "Merci : les modérateurs ont votre proposition.")
	waiting, _ = s.press(s.student, waiting, "Me dire ce qu’elle devient")
	s.want(waiting, "Vous recevrez un message privé")

	post, err := s.student.Post(s.channel, fakediscord.Post{Content: "Le soviet <@1234567890123456> siège à Smolny."})
	if err != nil {
		t.Fatal(err)
	}
	i, err := s.student.MessageCommand(post.ID, "Propose as answer")
	if err != nil {
		t.Fatal(err)
	}
	got := values(s.window(i))
	link := "https://discord.com/channels/" + s.guild.ID + "/" + s.channel + "/" + post.ID
	if got["answer"] != "Le soviet siège à Smolny." || got["sources"] != link {
		t.Errorf("the window has %q, want the message without its mention, and its link", got)
	}
	draft = s.sends(s.student, i, fakediscord.Values{"question": "Où siège-t-il ensuite ?"})
	waiting, _ = s.press(s.student, draft, "Envoyer aux modérateurs")
	s.press(s.student, waiting, "Me dire ce qu’elle devient")
	_, third := s.commands(s.student, "propose", nil)
	draft = s.sends(s.student, third, fakediscord.Values{"question": "Et après ?", "answer": "Rien."})
	waiting, _ = s.press(s.student, draft, "Envoyer aux modérateurs")
	s.want(func() fakediscord.Message { m, _ := s.press(s.student, waiting, "Retirer ma proposition"); return m }(), "Retirée.")

	desk, _ := s.slashed(zoe, s.channel, "review", nil)
	s.want(desk, "Proposition 1 sur 2, de "+s.student.Mention(), "Combien de points ?", "Rosmer")
	window, edit := s.opens(zoe, desk, "Modifier")
	if values(window)["answer"] != "Douze." {
		t.Errorf("the window has %q", values(window))
	}
	draft = s.sends(zoe, edit, fakediscord.Values{"answer": "Douze points."})
	desk, _ = s.press(zoe, draft, "Enregistrer")
	s.want(desk, "Acceptée : le bot répond désormais ainsi à « Combien de points ? »", "Proposition 1 sur 1", "Où siège\\-t\\-il ensuite ?")
	_, decline := s.opens(zoe, desk, "Refuser")
	desk = s.sends(zoe, decline, fakediscord.Values{"reason": "C’est plus tard."})
	s.want(desk, "Refusée : «", "Aucune proposition n’attend.")
	told := ""
	for _, m := range s.posts(s.student.Direct().ID, 2) {
		told += strings.ReplaceAll(shown(m), "\u00a0", " ") + "\n"
	}
	for _, want := range []string{"Votre proposition dans **Cours** est acceptée : Combien de points ?", "Douze points.", "est refusée : Où siège\\-t\\-il ensuite ?", "> C’est plus tard."} {
		if !strings.Contains(told, want) {
			t.Errorf("told\n%s\nwant %q", told, want)
		}
	}
	if all := s.list(); len(all) != 1 || all[0].Author != zoe.ID {
		t.Errorf("answers %+v, want the one that Zoé edited", all)
	}
}

// TestSaveAs: a message becomes a curated answer, with its link as the source.
func TestSaveAs(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	zoe := s.curator("Zoé", "en-GB")
	s.start()
	for text, opens := range map[string]bool{"The soviet sits in the palace.": true, "<@1234567890123456> ": false} {
		post, err := s.student.Post(s.channel, fakediscord.Post{Content: text})
		if err != nil {
			t.Fatal(err)
		}
		i, err := zoe.MessageCommand(post.ID, "Save as curated answer")
		if err != nil {
			t.Fatal(err)
		}
		if !opens {
			s.want(s.answer(i), "This message has no text")
			continue
		}
		s.window(i)
		draft := s.sends(zoe, i, fakediscord.Values{"question": "Where does it sit?"})
		s.want(draft, "Preview, for you alone", "The soviet sits in the palace.", post.ID)
		card, _ := s.press(zoe, draft, "Store")
		s.want(card, "Stored: “")
	}
	if n := len(s.list()); n != 1 {
		t.Errorf("%d answers, want 1", n)
	}
}

// TestGlossaryOnDiscord: groups of terms are added, changed and removed; what can't be
// stored stands in the window again.
func TestGlossaryOnDiscord(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	zoe, max := s.curator("Zoé", "fr"), s.curator("Max", "en-GB")
	s.start()
	desk, _ := s.slashed(zoe, s.channel, "glossary", nil)
	s.want(desk, "Le glossaire est vide.")
	_, group := s.opens(zoe, desk, "Nouveau groupe")
	desk = s.sends(zoe, group, fakediscord.Values{"terms": "clergé\n\n"})
	s.want(desk, "Un groupe a de 2 à 20 termes")
	window, group := s.opens(zoe, desk, "Nouveau groupe")
	if values(window)["terms"] != "clergé\n\n" {
		t.Errorf("the window has %q, want what was written", values(window))
	}
	desk = s.sends(zoe, group, fakediscord.Values{"terms": "clergé\nclero\nclergy"})
	s.want(desk, "Enregistré.", "clergé = clero = clergy")
	open := func(who *fakediscord.Person, m fakediscord.Message, placeholder string) fakediscord.Message {
		groups, err := s.curated.Glossary(t.Context(), corpus.Everything(s.guild.ID))
		if err != nil || len(groups) != 1 {
			t.Fatalf("%+v, %v, want one group", groups, err)
		}
		i, err := who.Choose(m.ID, customID(m, placeholder), groups[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		return s.answer(i)
	}
	desk = open(zoe, desk, "Ouvrir un groupe")
	maxs, _ := s.slashed(max, s.channel, "glossary", nil)
	maxs = open(max, maxs, "Open a group")
	_, edit := s.opens(zoe, desk, "Modifier")
	_, edits := s.opens(max, maxs, "Edit")
	s.want(s.sends(zoe, edit, fakediscord.Values{"terms": "clergé\nclergy"}), "Enregistré.")
	maxs = s.sends(max, edits, fakediscord.Values{"terms": "clergé\nKlerus"})
	s.want(maxs, zoe.Mention()+" has changed this in the meantime")
	window, edits = s.opens(max, maxs, "Edit")
	if values(window)["terms"] != "clergé\nKlerus" {
		t.Errorf("the window has %q, want what was written", values(window))
	}
	maxs = s.sends(max, edits, nil)
	s.want(maxs, "Stored.", "Klerus")
	maxs, _ = s.press(max, maxs, "Remove")
	s.want(maxs, "Removed: clergé, Klerus", "The glossary is empty.")
}

// TestStaleOnDiscord: quotes of texts that changed are shown as they were and are, and taken
// over.
func TestStaleOnDiscord(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "a.md", "---\nlanguage: fr\n---\nLe soviet siège au palais. Il réunit des ouvriers.")
	document, err := s.store.DocumentNamed(t.Context(), corpus.Everything(s.guild.ID), "a.md")
	if err != nil {
		t.Fatal(err)
	}
	for question, quote := range map[string]string{"Où siège le soviet ?": "Le soviet siège au palais.", "Qui réunit-il ?": "Il réunit des ouvriers."} {
		s.curate(s.guild.ID, answers.Content{Question: question, Answer: "Cela.", Sources: []answers.Source{{Reference: corpus.Reference{Document: document.ID}, Quote: quote}}})
	}
	s.put(s.guild.ID, "a.md", "---\nlanguage: fr\n---\nEn 1917, le soviet siège au grand palais. Il réunit des ouvriers.")
	zoe := s.curator("Zoé", "fr")
	s.start()
	desk, _ := s.slashed(zoe, s.channel, "curated stale", nil)
	for _, label := range []string{"Prendre les nouveaux mots", "Prendre les nouvelles places"} {
		if customID(desk, label) == "" {
			desk, _ = s.press(zoe, desk, "Suivante")
		}
		s.want(desk, "qui cite des textes changés", "C’était :")
		desk, _ = s.press(zoe, desk, label)
		s.want(desk, "Repris.")
		if customID(desk, "Depuis le début") != "" {
			desk, _ = s.press(zoe, desk, "Depuis le début")
		}
	}
	s.want(desk, "Toutes les citations sont à leur place.")
}
