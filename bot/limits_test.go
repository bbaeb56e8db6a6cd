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

// TestDirectMessagesAreOfNoGuild: those who write to the bot directly do not use up what a
// server may ask, nor each other's.
func TestDirectMessagesAreOfNoGuild(t *testing.T) {
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
}
