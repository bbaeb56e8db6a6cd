package bot_test

import (
	"strings"
	"testing"
	"time"

	"verbatim/answers"
	"verbatim/bot/fakediscord"
	"verbatim/corpus"
)

// waitFor waits until something is so.
func (s *stage) waitFor(what string, is func() bool) {
	s.t.Helper()
	for begun := time.Now(); !is(); time.Sleep(10 * time.Millisecond) {
		if time.Since(begun) > patience {
			s.t.Fatalf("%s: not in time\n%s", what, s.log)
		}
	}
}

// openQuestions returns the open questions of the guild.
func (s *stage) openQuestions() []answers.OpenQuestion {
	s.t.Helper()
	open, err := s.curated.OpenQuestions(s.t.Context(), corpus.Everything(s.guild.ID), false)
	if err != nil {
		s.t.Fatal(err)
	}
	return open
}

// TestVotes: a vote counts once a person, can be changed and taken back, and an unhelpful
// one opens the question to the moderators.
func TestVotes(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "cours.md", history)
	reader := s.NewPerson("Léo", "fr").Join(s.guild.ID)
	s.start()
	reply := s.ask(s.student, s.channel, "Où siège le soviet de Petrograd ?")
	for _, step := range []struct {
		who    *fakediscord.Person
		press  string
		says   string
		judged [2]int // helpful, not helpful
		open   int
	}{
		{s.student, "Utile", "Merci\u00a0: noté comme utile.", [2]int{1, 0}, 0},
		{reader, "Pas utile", "Merci\u00a0: noté comme pas utile.", [2]int{1, 1}, 1},
		{s.student, "Pas utile", "Merci\u00a0: noté comme pas utile.", [2]int{0, 2}, 1},
		{s.student, "Pas utile", "Votre vote est retiré.", [2]int{0, 1}, 1},
		{reader, "Utile", "Merci\u00a0: noté comme utile.", [2]int{1, 0}, 0},
	} {
		m, i := s.press(step.who, reply, step.press)
		if shown(m) != step.says || !i.State().Ephemeral {
			t.Errorf("%s says %q, want %q, for who presses alone", step.press, shown(m), step.says)
		}
		feedback, err := s.curated.Feedback(t.Context(), corpus.Everything(s.guild.ID))
		if err != nil {
			t.Fatal(err)
		}
		var got [2]int
		for _, j := range feedback {
			got[0], got[1] = got[0]+j.Helpful, got[1]+j.Unhelpful
		}
		if got != step.judged || len(s.openQuestions()) != step.open {
			t.Errorf("%s: votes %v and %d open questions, want %v and %d", step.press, got, len(s.openQuestions()), step.judged, step.open)
		}
	}
}

// TestOpenQuestions: a question before all that finds no answer is open by itself; one in
// private only once its asker sends it; who wants to be told gets a direct message, once.
func TestOpenQuestions(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "cours.md", history)
	s.start()
	const question = "Comment cuire un rôti de porc ?"
	s.ask(s.student, s.channel, "Comment marche la photosynthèse ?")
	s.waitFor("the public question is open", func() bool { return len(s.openQuestions()) == 1 })
	private, _ := s.slashed(s.student, s.channel, "ask", fakediscord.Values{"question": question, "private": true})
	if got := len(s.openQuestions()); got != 1 {
		t.Errorf("%d open questions, want the private one not among them", got)
	}
	for _, want := range []string{"Votre question est chez les modérateurs.", "Les modérateurs ont déjà cette question."} {
		if m, _ := s.press(s.student, private, "Envoyer aux modérateurs"); !strings.HasPrefix(shown(m), want) {
			t.Errorf("sending says %q, want %q", shown(m), want)
		}
	}
	if m, _ := s.press(s.student, private, "Me prévenir de la réponse"); !strings.HasPrefix(shown(m), "Vous recevrez un message privé") {
		t.Errorf("following says %q", shown(m))
	}
	var id string
	for _, q := range s.openQuestions() {
		if strings.Contains(q.Text, "rôti") {
			id = q.ID
		}
	}
	_, err := s.curated.AnswerOpen(t.Context(), corpus.Everything(s.guild.ID), id, "moderator", answers.Content{Question: question, Answer: "À **feu** doux."})
	if err != nil {
		t.Fatal(err)
	}
	direct := s.student.Direct().ID
	told := s.posts(direct, 1)
	want := "Votre question dans **Cours** a une réponse\u00a0: Comment cuire un rôti de porc ?\nÀ **feu** doux."
	if len(told) != 1 || shown(told[0]) != want {
		t.Errorf("told %+v, want %q", told, want)
	}
	s.waitFor("the wish is forgotten", func() bool {
		notices, err := s.curated.Notices(t.Context(), s.guild.ID, 10)
		return err == nil && len(notices) == 0
	})
}

// TestFollowUps: a question that follows up the one before is read together with it, and
// the reply says so; so is one that answers a reply.
func TestFollowUps(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "a.txt", "Le soviet de Petrograd siège au palais de Tauride en 1917. En 1918, le soviet de Petrograd siège à Smolny.")
	other := s.NewPerson("Léo", "fr").Join(s.guild.ID)
	s.start()
	s.ask(s.student, s.channel, "Où siège le soviet de Petrograd en 1917 ?")
	got := shown(s.ask(s.student, s.channel, "Et en 1918 ?"))
	if !strings.HasPrefix(got, "-# Compris comme\u00a0:") || !strings.Contains(got, "Smolny") {
		t.Errorf("follow-up: %q", got)
	}
	if got := shown(s.ask(other, s.channel, "Et en 1918 ?")); strings.Contains(got, "Compris comme") {
		t.Errorf("somebody else's question: %q", got)
	}
	s.wrote(s.student, s.channel, s.mention()+"Où siège le soviet de Petrograd en 1917 ?")
	first := s.posts(s.channel, 1)
	if _, err := other.Post(s.channel, fakediscord.Post{Content: "Et en 1918 ?", ReplyTo: first[len(first)-1].ID}); err != nil {
		t.Fatal(err)
	}
	posts := s.posts(s.channel, 2)
	if got := shown(posts[len(posts)-1]); !strings.HasPrefix(got, "-# Compris comme\u00a0:") {
		t.Errorf("reply to a reply: %q", got)
	}
}

// TestPrivateNotFollowedUp: a question before all is not read together with one that its
// asker asked in private, for the reply says as what it was read.
func TestPrivateNotFollowedUp(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "a.txt", "Le soviet de Petrograd siège au palais de Tauride en 1917. En 1918, le soviet de Petrograd siège à Smolny.")
	s.start()
	private := func(question string) string {
		m, _ := s.slashed(s.student, s.channel, "ask", fakediscord.Values{"question": question, "private": true})
		return shown(m)
	}
	private("Où siège le soviet de Petrograd en 1917 ?")
	if got := private("Et en 1918 ?"); !strings.Contains(got, "Compris comme") {
		t.Errorf("in private after one in private: %q, want that it follows up", got)
	}
	if got := shown(s.ask(s.student, s.channel, "Et en 1918 ?")); strings.Contains(got, "Compris comme") {
		t.Errorf("before all after one in private: %q", got)
	}
	s.ask(s.student, s.channel, "Où siège le soviet de Petrograd en 1917 ?")
	if got := private("Et en 1918 ?"); !strings.Contains(got, "Compris comme") {
		t.Errorf("in private after one before all: %q, want that it follows up", got)
	}
}

// TestWhyUnhelpful: who finds a reply unhelpful may choose why, which moderators read; it
// goes with the vote, and nobody else can say it for them.
func TestWhyUnhelpful(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "cours.md", history)
	stranger := s.NewPerson("Léo", "fr").Join(s.guild.ID)
	s.start()
	comments := func() []string {
		t.Helper()
		feedback, err := s.curated.Feedback(t.Context(), corpus.Everything(s.guild.ID))
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, j := range feedback {
			all = append(all, j.Comments...)
		}
		return all
	}
	reply := s.ask(s.student, s.channel, "Où siège le soviet de Petrograd ?")
	thanks, _ := s.press(s.student, reply, "Pas utile")
	id := customID(thanks, "Pourquoi\u00a0? Ce n’est pas obligatoire.")
	choose := func(who *fakediscord.Person, reason string) fakediscord.Message {
		t.Helper()
		i, err := who.Raw(s.channel, thanks.ID, fakediscord.ComponentInteraction, []byte(`{"component_type": 3, "custom_id": "`+id+`", "values": ["`+reason+`"]}`))
		if err != nil {
			t.Fatal(err)
		}
		return s.answer(i)
	}
	for _, forged := range []struct {
		who    *fakediscord.Person
		reason string
	}{{stranger, "reason_part"}, {s.student, "reason_forged"}, {s.student, ""}} {
		if got := shown(choose(forged.who, forged.reason)); !strings.HasPrefix(got, "Ce bouton est trop ancien") {
			t.Errorf("forged %q: %q", forged.reason, got)
		}
	}
	if got := comments(); len(got) != 0 {
		t.Errorf("comments before any: %q", got)
	}
	const want = "Une partie seulement de la réponse"
	if got := shown(choose(s.student, "reason_part")); got != "Merci\u00a0: noté comme pas utile. Pourquoi\u00a0: "+want {
		t.Errorf("choosing says %q", got)
	}
	if got := comments(); len(got) != 1 || got[0] != want {
		t.Errorf("comments %q, want %q", got, want)
	}
	s.press(s.student, reply, "Pas utile") // takes it back
	if got := shown(choose(s.student, "reason_wrong")); !strings.HasPrefix(got, "Ce bouton est trop ancien") {
		t.Errorf("without a vote: %q", got)
	}
	if got := comments(); len(got) != 0 {
		t.Errorf("comments without a vote: %q", got)
	}
}

// TestForgottenInMemory: who wants to be forgotten is not remembered by the running bot
// either: what they asked is not followed up, their panels, lists and replies can't be used
// any more, and what they voted on others' replies does not count as theirs.
func TestForgottenInMemory(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "a.txt", "Le soviet de Petrograd siège au palais de Tauride en 1917. En 1918, le soviet de Petrograd siège à Smolny.")
	s.put(s.guild.ID, "cours.md", history)
	other := s.NewPerson("Léo", "fr").Join(s.guild.ID)
	s.start()
	const question = "Où siège le soviet de Petrograd en 1917 ?"
	others := s.ask(other, s.channel, question)
	s.press(s.student, others, "Utile")
	reply := s.ask(s.student, s.channel, question)
	panel, _ := s.press(s.student, reply, "Plus")
	foreign, _ := s.press(other, reply, "Plus")
	privacy, _ := s.slashed(s.student, s.channel, "privacy", nil)
	s.press(s.student, privacy, "M’oublier")
	for name, press := range map[string]struct {
		who   *fakediscord.Person
		m     fakediscord.Message
		label string
	}{
		"reply": {s.student, reply, "Plus"}, "panel": {s.student, panel, "En contexte"}, "another's panel": {other, foreign, "En contexte"},
	} {
		if got, _ := s.press(press.who, press.m, press.label); !strings.HasPrefix(shown(got), "Ce bouton est trop ancien") {
			t.Errorf("%s: %q", name, shown(got))
		}
	}
	if got := shown(s.ask(s.student, s.channel, "Et en 1918 ?")); strings.Contains(got, "Compris comme") {
		t.Errorf("the question before is followed up: %q", got)
	}
	third := s.NewPerson("Eva", "fr").Join(s.guild.ID)
	if _, err := third.Post(s.channel, fakediscord.Post{Content: "Et en 1918 ?", ReplyTo: reply.ID}); err != nil {
		t.Fatal(err)
	}
	if posts := s.posts(s.channel, 1); strings.Contains(shown(posts[len(posts)-1]), "Compris comme") {
		t.Errorf("a reply to the reply is followed up: %q", shown(posts[len(posts)-1]))
	}
	if m, _ := s.press(s.student, others, "Utile"); shown(m) != "Merci\u00a0: noté comme utile." {
		t.Errorf("a vote after that says %q, want that it is new", shown(m))
	}
}
