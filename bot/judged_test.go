package bot_test

import (
	"strings"
	"testing"

	"verbatim/bot/fakediscord"
	"verbatim/corpus"
)

// TestDirectMessageJudgedAgain: what is shown in a direct message from the texts of a guild
// is judged at each press by what the presser is there now: with the role it goes on, and
// without it, or out of the guild, it does not.
func TestDirectMessageJudgedAgain(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	tutors := s.NewRole(s.guild.ID, fakediscord.Role{Name: "Tutorat"}).ID
	tutor := s.NewPerson("Zoé", "fr").Join(s.guild.ID, tutors)
	for _, name := range []string{"a", "b", "c", "d", "e", "f", "g", "h", "i"} {
		s.put(s.guild.ID, name+".md", "---\ntitle: Texte "+name+"\ncourse: Corrigés\n---\n\nLe barème "+name+" attribue douze points à la question.")
	}
	s.put(s.guild.ID, "cours.md", history)
	limits := corpus.Limits{Roles: []string{tutors}}
	if err := s.store.SetLimits(t.Context(), s.guild.ID, "Corrigés", &limits); err != nil {
		t.Fatal(err)
	}
	s.start()
	s.slashed(tutor, s.channel, "guild", nil)
	direct := tutor.Direct().ID
	use := func(command string, values fakediscord.Values) fakediscord.Message {
		m, _ := s.slashed(tutor, direct, command, values)
		return m
	}
	opened := func(m fakediscord.Message) fakediscord.Message {
		m, _ = s.press(tutor, m, "Plus")
		return m
	}
	reply := use("ask", fakediscord.Values{"question": "Combien de points attribue le barème ?"})
	public := use("ask", fakediscord.Values{"question": "Où siège le soviet de Petrograd ?"})
	found, listed, again := use("search", fakediscord.Values{"words": "barème"}), use("sources", nil), use("sources", nil)
	panel, open := opened(reply), opened(public)
	const gone, left = "Aucun de ces passages ne peut plus", "Vous n’êtes plus dans le serveur"
	for _, step := range []struct {
		name   string
		change func()
		press  string
		on     fakediscord.Message
		want   string
	}{
		{"a tutor", func() {}, "En contexte", panel, "barème"},
		{"a tutor", func() {}, "Page suivante", found, "barème"},
		{"no tutor any more", func() { tutor.SetRoles(s.guild.ID) }, "Copier la référence", panel, gone},
		{"no tutor any more", func() {}, "Page précédente", found, "Aucun passage"},
		{"no tutor any more", func() {}, "Page suivante", listed, "1 texte, page 1 sur 1"},
		{"no tutor any more", func() {}, "En contexte", open, "Tauride"},
		{"no member any more", func() { tutor.Leave(s.guild.ID) }, "Copier la référence", open, left},
		{"no member any more", func() {}, "Plus", public, left},
		{"no member any more", func() {}, "Page suivante", again, left},
	} {
		step.change()
		m := step.on
		if now, ok := s.Message(m.ID); ok && customID(now, step.press) != "" {
			m = now
		}
		shows, _ := s.press(tutor, m, step.press)
		got := strings.ReplaceAll(shown(shows), "*", "")
		if !strings.Contains(got, step.want) || step.want != "barème" && strings.Contains(got, "barème") {
			t.Errorf("%s: %s shows %q, want %q", step.name, step.press, got, step.want)
		}
	}
}
