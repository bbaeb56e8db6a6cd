package bot_test

import (
	"strings"
	"testing"
	"time"

	"verbatim/bot"
	"verbatim/bot/fakediscord"
)

// TestShareIsLimited: sharing counts as a question, for all in the channel read it.
func TestShareIsLimited(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "cours.md", history)
	s.options.Now = fakediscord.NewClock(time.Now()).Now
	s.options.Limits = bot.Limits{User: bot.Rate{Burst: 2, Every: time.Minute}}
	s.start()
	private, _ := s.slashed(s.student, s.channel, "ask", fakediscord.Values{"question": "Où siège le soviet ?", "private": true})
	for n, want := range []int{1, 0} {
		panel, _ := s.press(s.student, private, "Plus")
		i, err := s.student.Press(panel.ID, customID(panel, "Partager"))
		if err != nil {
			t.Fatal(err)
		}
		s.waitFor("it is shared or not", func() bool { return len(i.State().Followups) > 0 })
		all := 0
		for _, m := range i.State().Followups {
			if m.For == "" {
				all++
			}
		}
		if all != want {
			t.Errorf("time %d: %d messages to all, want %d", n+1, all, want)
		}
	}
}

// TestDirectMessagesCount: what somebody asks the bot directly counts for the server from
// which it is answered; of who has asked in none, it counts for none.
func TestDirectMessagesCount(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "cours.md", history)
	s.options.Limits = bot.Limits{Guild: bot.Rate{Burst: 1, Every: time.Hour}}
	s.start()
	for _, who := range []*fakediscord.Person{s.student, s.NewPerson("Léo", "fr").Join(s.guild.ID)} {
		m, _ := s.slashed(who, who.Direct().ID, "ask", fakediscord.Values{"question": "Où siège le soviet ?"})
		if got := shown(m); !strings.HasPrefix(got, "Je ne sais pas encore") {
			t.Errorf("in a direct message: %q", got)
		}
	}
	if got := shown(s.ask(s.student, s.channel, "Où siège le soviet ?")); !strings.Contains(got, "Tauride") {
		t.Errorf("in the server: %q", got)
	}
	s.settled(s.guild.ID)
	direct := s.student.Direct().ID
	for command, values := range map[string]fakediscord.Values{"ask": {"question": "Où siège le soviet ?"}, "search": {"words": "soviet"}, "sources": nil} {
		if m, _ := s.slashed(s.student, direct, command, values); !strings.HasPrefix(shown(m), "Beaucoup de questions dans ce serveur") {
			t.Errorf("/%s in a direct message, beyond what the server may ask: %q", command, shown(m))
		}
	}
	s.wrote(s.student, direct, "Où siège le soviet ?")
	if got := s.posts(direct, 1); len(got) == 0 || !strings.HasPrefix(shown(got[len(got)-1]), "Beaucoup de questions") {
		t.Errorf("a direct message beyond what the server may ask: %+v", got)
	}
}
