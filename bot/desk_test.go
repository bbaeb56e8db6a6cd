package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"verbatim/answers"
	"verbatim/bot"
	"verbatim/bot/fakediscord"
	"verbatim/corpus"
)

// TestRolesTakenAway: who moderates no more can't press, open or send anything, and keeps
// what they have written; who never did can't begin.
func TestRolesTakenAway(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "cours.md", history)
	zoe := s.curator("Zoé", "fr")
	s.start()
	s.ask(s.student, s.channel, "Comment cuire un rôti de porc ?")
	s.waitFor("the question is gathered", func() bool { return len(s.openQuestions()) == 1 })
	desk, _ := s.slashed(zoe, s.channel, "questions", nil)
	_, dismiss := s.opens(zoe, desk, "Écarter")
	_, answer := s.opens(zoe, desk, "Répondre")
	if err := zoe.SetRoles(s.guild.ID); err != nil {
		t.Fatal(err)
	}
	const no = "C’est réservé aux modérateurs de ce serveur"
	s.want(s.sends(zoe, dismiss, fakediscord.Values{"reason": "Hors sujet."}), no, "Hors sujet.")
	s.want(s.sends(zoe, answer, fakediscord.Values{"answer": "Une heure au four."}), no, "Une heure au four.")
	for _, label := range []string{"Répondre", "Écarter", "Suivante"} {
		refused, _ := s.press(zoe, desk, label)
		s.want(refused, no)
	}
	for _, name := range []string{"curated", "questions", "review", "glossary"} {
		data := fmt.Sprintf(`{"id": "1", "name": %q, "type": 1, "options": [{"name": "add", "type": 1}]}`, name)
		i, err := s.student.Raw(s.channel, "", fakediscord.CommandInteraction, []byte(data))
		if err != nil {
			t.Fatal(err)
		}
		s.want(s.answer(i), no)
	}
	if got := s.proposedTo(s.student); len(got) != 0 {
		t.Errorf("a student is proposed %q", got)
	}
	if n := len(s.openQuestions()); n != 1 || len(s.list()) != 0 {
		t.Errorf("%d open questions, %d answers, want 1 and none", n, len(s.list()))
	}
}

// proposedTo returns which answers autocomplete proposes to a person, who may not see the command.
func (s *stage) proposedTo(who *fakediscord.Person) []fakediscord.Choice {
	s.t.Helper()
	data := `{"id": "1", "name": "curated", "type": 1, "options": [{"name": "edit", "type": 1, "options": [{"name": "answer", "type": 3, "value": "", "focused": true}]}]}`
	i, err := who.Raw(s.channel, "", fakediscord.AutocompleteInteraction, []byte(data))
	if err != nil {
		s.t.Fatal(err)
	}
	choices, err := i.Choices(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	return choices
}

// TestTwoModerators: of two who work on the same, nobody's work is lost, and each is told
// what the other did.
func TestTwoModerators(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "cours.md", history)
	zoe, max := s.curator("Zoé", "fr"), s.curator("Max", "en-GB")
	s.start()
	s.ask(s.student, s.channel, "Comment cuire un rôti de porc ?")
	s.waitFor("the question is gathered", func() bool { return len(s.openQuestions()) == 1 })

	zoes, _ := s.slashed(zoe, s.channel, "questions", nil)
	maxs, _ := s.slashed(max, s.channel, "questions", nil)
	_, answer := s.opens(zoe, zoes, "Répondre")
	zoes = s.sends(zoe, answer, fakediscord.Values{"answer": "Une heure."})
	s.press(zoe, zoes, "Enregistrer")
	_, answer = s.opens(max, maxs, "Answer")
	maxs = s.sends(max, answer, fakediscord.Values{"question": "How long does a roast take?", "answer": "Two hours."})
	maxs, _ = s.press(max, maxs, "Store")
	s.want(maxs, zoe.Mention()+" has answered it already", "What you wrote is still here", "Two hours.")
	maxs, _ = s.press(max, maxs, "Store")
	s.want(maxs, "Stored: “")
	if n := len(s.list()); n != 2 {
		t.Fatalf("%d answers, want both", n)
	}

	id := ""
	for _, c := range s.list() {
		if c.Answer == "Une heure." {
			id = c.ID
		}
	}
	_, zoesEdit := s.commands(zoe, "curated edit", fakediscord.Values{"answer": id})
	_, maxsEdit := s.commands(max, "curated edit", fakediscord.Values{"answer": id})
	zoes = s.sends(zoe, zoesEdit, fakediscord.Values{"answer": "Une heure et demie."})
	maxs = s.sends(max, maxsEdit, fakediscord.Values{"answer": "One hour."})
	s.want(maxs, "Preview")
	s.press(zoe, zoes, "Enregistrer")
	maxs, _ = s.press(max, maxs, "Store")
	s.want(maxs, zoe.Mention()+" has changed this answer in the meantime (revision 2)", "Une heure et demie.", "One hour.")
	maxs, _ = s.press(max, maxs, "Store mine")
	s.want(maxs, "Stored: “", "One hour.", "revision 3")

	student := corpus.Everything(s.guild.ID)
	if _, err := s.curated.Propose(t.Context(), student, s.student.ID, answers.Content{Question: "Et le riz ?", Answer: "Vingt minutes."}); err != nil {
		t.Fatal(err)
	}
	zoes, _ = s.slashed(zoe, s.channel, "review", nil)
	maxs, _ = s.slashed(max, s.channel, "review", nil)
	_, decline := s.opens(max, maxs, "Decline")
	zoes, _ = s.press(zoe, zoes, "Accepter")
	s.want(zoes, "Acceptée", "Aucune proposition n’attend.")
	s.want(s.sends(max, decline, fakediscord.Values{"reason": "No."}), zoe.Mention()+" has accepted this proposal already", "No proposal waits.")
}

// TestOldWindows: a window that was open too long, or while the bot was started again, gives
// back what was written in it.
func TestOldWindows(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	clock := fakediscord.NewClock(time.Now())
	s.options.Now = clock.Now
	zoe := s.curator("Zoé", "es-ES")
	stop := s.start()
	written := fakediscord.Values{"question": "¿Qué es un sóviet?", "answer": "Un **consejo** @everyone ```x```", "sources": "clase"}
	_, add := s.commands(zoe, "curated add", nil)
	clock.Advance(13 * time.Hour)
	s.want(s.sends(zoe, add, written), "Es demasiado antiguo", "¿Qué es un sóviet?", "Un **consejo** @everyone", "clase")
	_, add = s.commands(zoe, "curated add", nil)
	clock.Advance(13 * time.Hour)
	long := strings.Repeat("é ", 2000)
	m := s.sends(zoe, add, fakediscord.Values{"question": "¿Qué?", "answer": long, "wordings": long, "sources": long})
	if len(m.Attachments) != 1 || m.Attachments[0].Size < 3*len(long) {
		t.Errorf("files %+v, want one with all that was written", m.Attachments)
	}
	_, add = s.commands(zoe, "curated add", nil)
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	s.start()
	s.want(s.sends(zoe, add, written), "Es demasiado antiguo", "Un **consejo**")
	if n := len(s.list()); n != 0 {
		t.Errorf("%d answers are stored, want none", n)
	}
}

// TestStoredOnce: when Discord fails after something is stored, who stored it reads that it
// is, and pressing again stores nothing twice.
func TestStoredOnce(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{Now: fakediscord.NewClock(time.Now()).Now})
	zoe := s.curator("Zoé", "fr")
	s.start()
	_, add := s.commands(zoe, "curated add", nil)
	draft := s.sends(zoe, add, fakediscord.Values{"question": "Qui est Makhno ?", "answer": "Un anarchiste."})
	fails := fakediscord.Fails(502)
	s.Next("PATCH", original, fails, fails, fails, fails)
	i, err := zoe.Press(draft.ID, customID(draft, "Enregistrer"))
	if err != nil {
		t.Fatal(err)
	}
	said, err := i.Followup(t.Context(), 1)
	if err != nil || !strings.HasPrefix(shown(said), "C’est enregistré, mais n’a pas pu être affiché.") || said.For != zoe.ID {
		t.Errorf("told %q for %q, %v, want that it is stored, for who stored it alone", shown(said), said.For, err)
	}
	again, _ := s.press(zoe, draft, "Enregistrer")
	s.want(again, "Qui est Makhno ?", "révision 1")
	if n := len(s.list()); n != 1 {
		t.Errorf("%d answers, want 1", n)
	}
}

// TestPressedTwice: a button does what it says with what was shown beside it, and with nothing
// that came in its place: pressed twice, or while Discord did not take what was to come.
func TestPressedTwice(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{Now: fakediscord.NewClock(time.Now()).Now})
	zoe := s.curator("Zoé", "fr")
	everything := corpus.Everything(s.guild.ID)
	for _, question := range []string{"Qui est Makhno ?", "Qui est Denikine ?", "Qui est Kornilov ?"} {
		if _, err := s.curated.Propose(t.Context(), everything, s.student.ID, answers.Content{Question: question, Answer: "Un général."}); err != nil {
			t.Fatal(err)
		}
	}
	pending := func() int {
		all, err := s.curated.Proposals(t.Context(), everything, false)
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	s.start()
	first, _ := s.slashed(zoe, s.channel, "review", nil)
	accept := customID(first, "Accepter")
	_, decline := s.opens(zoe, first, "Refuser")
	s.press(zoe, first, "Accepter")
	data := fmt.Appendf(nil, `{"component_type": 2, "custom_id": %q}`, accept)
	i, err := zoe.Raw(s.channel, first.ID, fakediscord.ComponentInteraction, data)
	if err != nil {
		t.Fatal(err)
	}
	second := s.answer(i)
	s.want(second, "Rien n’a été fait", "Proposition 1 sur 2")
	s.want(s.sends(zoe, decline, fakediscord.Values{"reason": "Hors sujet."}), "Rien n’a été fait", "Hors sujet.")
	if n := pending(); n != 2 {
		t.Fatalf("%d proposals wait, want 2: only one was accepted", n)
	}

	fails := fakediscord.Fails(502)
	s.Next("PATCH", original, fails, fails, fails, fails)
	if i, err = zoe.Press(second.ID, customID(second, "Accepter")); err != nil {
		t.Fatal(err)
	}
	if said, err := i.Followup(t.Context(), 1); err != nil || !strings.HasPrefix(shown(said), "C’est enregistré") {
		t.Errorf("told %q, %v, want that it is stored", shown(said), err)
	}
	last, _ := s.press(zoe, second, "Accepter")
	s.want(last, "Rien n’a été fait", "Proposition 1 sur 1")
	if n := pending(); n != 1 {
		t.Fatalf("%d proposals wait, want 1", n)
	}
	last, _ = s.press(zoe, last, "Accepter")
	s.want(last, "Acceptée")
}

// TestManyDesks: who opens one window after another loses the oldest of theirs; others lose
// nothing.
func TestManyDesks(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	zoe := s.curator("Zoé", "fr")
	s.start()
	_, add := s.commands(zoe, "curated add", nil)
	_, first := s.commands(s.student, "propose", nil)
	_, second := s.commands(s.student, "propose", nil)
	for range bot.MaxDesksOfOne - 1 {
		s.commands(s.student, "propose", nil)
	}
	written := fakediscord.Values{"question": "Qui est Makhno ?", "answer": "Un anarchiste."}
	s.want(s.sends(s.student, first, written), "C’est trop ancien", "Un anarchiste.")
	s.want(s.sends(s.student, second, written), "Aperçu")
	s.want(s.sends(zoe, add, written), "Aperçu")
}

// TestNoRoomAtDesks: an answer that has no room for the wordings of a question stays as it is,
// and so does the question; who chose it is told why.
func TestNoRoomAtDesks(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	zoe := s.curator("Zoé", "fr")
	full := answers.Content{Question: "Qui est Makhno ?", Answer: "Un anarchiste."}
	for n := range 50 {
		full.Wordings = append(full.Wordings, fmt.Sprint("Makhno ", n))
	}
	curated := s.curate(s.guild.ID, full)
	asking := answers.Asking{Text: "Qui commandait les noirs ?", Access: corpus.Everything(s.guild.ID), Reason: answers.Sent}
	if _, err := s.options.Answerer.Gather(t.Context(), asking); err != nil {
		t.Fatal(err)
	}
	s.start()
	desk, _ := s.slashed(zoe, s.channel, "questions", nil)
	i, err := zoe.Choose(desk.ID, customID(desk, "Déjà répondu par …"), curated.ID)
	if err != nil {
		t.Fatal(err)
	}
	s.want(s.answer(i), "Impossible d’enregistrer cela", "Qui commandait les noirs")
}

// TestDesksOfOthers: a desk is of one person, in one place; what is forged does nothing.
func TestDesksOfOthers(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	zoe, max := s.curator("Zoé", "fr"), s.curator("Max", "fr")
	other := s.NewChannel(fakediscord.Channel{GuildID: s.guild.ID, Name: "autre"}).ID
	s.start()
	_, add := s.commands(zoe, "curated add", nil)
	draft := s.sends(zoe, add, fakediscord.Values{"question": "Qui est Makhno ?", "answer": "Un anarchiste."})
	save := customID(draft, "Enregistrer")
	const old = "C’est trop ancien, ou ce n’est pas pour vous."
	for name, forged := range map[string]struct {
		who         *fakediscord.Person
		channel, id string
		want        string
	}{
		"of somebody else": {max, s.channel, save, old},
		"elsewhere":        {zoe, other, save, old},
		"unknown desk":     {zoe, s.channel, "d-save:AAAAAAAAAAAAAAAAAAAA", old},
		"no desk":          {zoe, s.channel, "d-save", old},
		"unknown action":   {zoe, s.channel, strings.Replace(save, "save", "wipe", 1), "Aperçu"},
	} {
		there, err := s.student.Post(forged.channel, fakediscord.Post{Content: "là"})
		if err != nil {
			t.Fatal(err)
		}
		for kind, data := range map[fakediscord.InteractionType]string{
			fakediscord.ComponentInteraction: `{"component_type": 2, "custom_id": %q}`,
			fakediscord.ModalInteraction:     `{"custom_id": %q, "components": [{"type": 18, "component": {"type": 4, "custom_id": "answer", "value": "x"}}, 7, {"type": 18}]}`,
		} {
			if name == "unknown action" && kind == fakediscord.ModalInteraction {
				continue // what was written at one's own desk is written
			}
			i, err := forged.who.Raw(forged.channel, there.ID, kind, fmt.Appendf(nil, data, forged.id))
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.ReplaceAll(shown(s.answer(i)), "\u00a0", " "); !strings.Contains(got, forged.want) {
				t.Errorf("%s: %q, want %q", name, got, forged.want)
			}
		}
	}
	if n := len(s.list()); n != 0 {
		t.Errorf("%d answers are stored, want none", n)
	}
}
