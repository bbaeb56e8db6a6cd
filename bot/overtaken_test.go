package bot_test

import (
	"strings"
	"testing"

	"verbatim/answers"
	"verbatim/bot/fakediscord"
	"verbatim/corpus"
)

// TestOvertaken: of two moderators who settle the same question or proposal, the second is
// told what the first did, and nothing is done twice.
func TestOvertaken(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		desk          string
		first, second func(s *stage, who *fakediscord.Person, desk fakediscord.Message) fakediscord.Message
		want          string
	}{
		"dismissed, then dismissed": {"questions", reasons("Écarter"), reasons("Écarter"), " a déjà écarté cette question, <t:"},
		"answered, then dismissed":  {"questions", answersIt, reasons("Écarter"), " y a déjà répondu, <t:"},
		"dismissed, then answered":  {"questions", reasons("Écarter"), answersIt, " a déjà écarté cette question, <t:"},
		"answered, then by another": {"questions", answersIt, chooses, " y a déjà répondu, <t:"},
		"declined, then declined":   {"review", reasons("Refuser"), reasons("Refuser"), " a déjà refusé cette proposition, <t:"},
		"declined, then accepted":   {"review", reasons("Refuser"), presses("Accepter"), " a déjà refusé cette proposition, <t:"},
		"accepted, then declined":   {"review", presses("Accepter"), reasons("Refuser"), " a déjà accepté cette proposition, <t:"},
		"withdrawn, then accepted":  {"review", withdraws, presses("Accepter"), " a retiré sa proposition"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{})
			zoe, max := s.curator("Zoé", "fr"), s.curator("Max", "fr")
			everything := corpus.Everything(s.guild.ID)
			s.curate(s.guild.ID, answers.Content{Question: "Où est Omsk ?", Answer: "En Sibérie."})
			if _, err := s.options.Answerer.Gather(t.Context(), answers.Asking{Text: "Qui est Makhno ?", Access: everything, Reason: answers.Sent}); err != nil {
				t.Fatal(err)
			}
			if _, err := s.curated.Propose(t.Context(), everything, s.student.ID, answers.Content{Question: "Qui est Denikine ?", Answer: "Un général."}); err != nil {
				t.Fatal(err)
			}
			s.start()
			zoes, _ := s.slashed(zoe, s.channel, test.desk, nil)
			maxs, _ := s.slashed(max, s.channel, test.desk, nil)
			test.first(s, zoe, zoes)
			entries := len(s.logged())
			who := zoe.Mention()
			if name == "withdrawn, then accepted" {
				who = s.student.Mention()
			}
			s.want(test.second(s, max, maxs), who+test.want)
			if n := len(s.logged()); n != entries && name != "dismissed, then answered" { // which is done all the same
				t.Errorf("the log has %d entries, want %d: nothing is done twice", n, entries)
			}
		})
	}
}

// logged returns the log of the guild.
func (s *stage) logged() []answers.Logged {
	s.t.Helper()
	all, err := s.curated.Log(s.t.Context(), corpus.Everything(s.guild.ID), 100)
	if err != nil {
		s.t.Fatal(err)
	}
	return all
}

// What a moderator does at a desk.
func presses(label string) func(*stage, *fakediscord.Person, fakediscord.Message) fakediscord.Message {
	return func(s *stage, who *fakediscord.Person, desk fakediscord.Message) fakediscord.Message {
		m, _ := s.press(who, desk, label)
		return m
	}
}

func reasons(label string) func(*stage, *fakediscord.Person, fakediscord.Message) fakediscord.Message {
	return func(s *stage, who *fakediscord.Person, desk fakediscord.Message) fakediscord.Message {
		_, window := s.opens(who, desk, label)
		return s.sends(who, window, fakediscord.Values{"reason": "Hors sujet."})
	}
}

func answersIt(s *stage, who *fakediscord.Person, desk fakediscord.Message) fakediscord.Message {
	_, window := s.opens(who, desk, "Répondre")
	draft := s.sends(who, window, fakediscord.Values{"answer": "Un anarchiste."})
	if strings.Contains(draft.Content, "a déjà") {
		return draft
	}
	m, _ := s.press(who, draft, "Enregistrer")
	return m
}

func chooses(s *stage, who *fakediscord.Person, desk fakediscord.Message) fakediscord.Message {
	for _, c := range s.list() {
		if c.Question == "Où est Omsk ?" {
			return s.choose(who, desk, "Déjà répondu par …", c.ID)
		}
	}
	s.t.Fatal("the answer is gone")
	return fakediscord.Message{}
}

func withdraws(s *stage, _ *fakediscord.Person, _ fakediscord.Message) fakediscord.Message {
	all, err := s.curated.ProposalsOf(s.t.Context(), corpus.Everything(s.guild.ID), s.student.ID)
	if err == nil {
		err = s.curated.Withdraw(s.t.Context(), s.guild.ID, all[0].ID, s.student.ID)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return fakediscord.Message{}
}

// TestStaleProposal: a proposal whose quote does not stand in its text any more can be edited:
// its preview says so, and the quote can be mended or left out.
func TestStaleProposal(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "cours.md", "Le soviet siège au palais de Tauride.")
	zoe := s.curator("Zoé", "fr")
	quote := answers.Source{Reference: corpus.Reference{Document: s.named("cours.md").ID}, Quote: "Le soviet siège au palais de Tauride."}
	c := answers.Content{Question: "Où siège le soviet ?", Answer: "Au palais.", Sources: []answers.Source{quote}}
	if _, err := s.curated.Propose(t.Context(), corpus.Everything(s.guild.ID), s.student.ID, c); err != nil {
		t.Fatal(err)
	}
	s.put(s.guild.ID, "cours.md", "Le soviet siège à l'institut Smolny.")
	s.start()
	desk, _ := s.slashed(zoe, s.channel, "review", nil)
	s.want(desk, "Une citation n’est plus dans son texte")
	_, edit := s.opens(zoe, desk, "Modifier")
	draft := s.sends(zoe, edit, fakediscord.Values{"answer": "À Smolny."})
	s.want(draft, "Aperçu, pour vous seul", "Une citation n’est plus dans son texte", "À Smolny.")
	_, edit = s.opens(zoe, draft, "Modifier")
	draft = s.sends(zoe, edit, fakediscord.Values{"sources": "> cours.md: Le soviet siège à l'institut Smolny."})
	s.want(draft, "Aperçu, pour vous seul", "À Smolny.", "cours")
	if strings.Contains(shown(draft), "n’est plus dans son texte") {
		t.Errorf("mended: %q", shown(draft))
	}
	stored, _ := s.press(zoe, draft, "Enregistrer")
	s.want(stored, "Acceptée", s.student.Mention())
}

// TestHiddenCourseProposed: who proposes an answer for a course learns nothing of courses that
// are hidden from them: they are told the same of one that is not there.
func TestHiddenCourseProposed(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "cours.md", "---\ncourse: Droit\n---\n\nLe soviet siège.")
	s.put(s.guild.ID, "corrige.md", "---\ncourse: Corrigés\n---\n\nLe barème.")
	if err := s.store.SetLimits(t.Context(), s.guild.ID, "Corrigés", &corpus.Limits{}); err != nil {
		t.Fatal(err)
	}
	s.start()
	proposed := func(course string) string {
		_, window := s.commands(s.student, "propose", nil)
		return shown(s.sends(s.student, window, fakediscord.Values{"question": "Combien ?", "answer": "Douze.", "course": course}))
	}
	hidden, unknown := proposed("Corrigés"), proposed("Brouillons")
	if hidden != unknown || !strings.Contains(hidden, "aucun de ce nom que vous puissiez voir") {
		t.Errorf("of a hidden course: %q, of one that is not there: %q, want the same", hidden, unknown)
	}
	if seen := proposed("droit"); !strings.Contains(seen, "Aperçu") {
		t.Errorf("of a course that can be seen: %q", seen)
	}
}
