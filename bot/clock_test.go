package bot_test

import (
	"strings"
	"testing"
	"time"

	"verbatim/answers"
	"verbatim/bot"
	"verbatim/bot/fakediscord"
	"verbatim/corpus"
)

const year = 365 * 24 * time.Hour

// TestClockJumps: a clock that is set back or forth by a year keeps nobody waiting for a
// year, follows up no question of a year ago, and the next digest comes.
func TestClockJumps(t *testing.T) {
	for name, jump := range map[string]time.Duration{"back": -year, "forth": year} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{})
			clock := fakediscord.NewClock(time.Now())
			s.options.Now = clock.Now
			s.options.Limits = bot.Limits{User: bot.Rate{Burst: 2, Every: time.Minute}}
			room := s.NewChannel(fakediscord.Channel{GuildID: s.guild.ID, Name: "moderation"}).ID
			for name, value := range map[string]string{"digest": "daily", "digest_channel": room, "language": "fr"} {
				if err := s.options.Settings.Set(t.Context(), s.guild.ID, name, value); err != nil {
					t.Fatal(err)
				}
			}
			s.put(s.guild.ID, "a.txt", "Le soviet de Petrograd siège au palais de Tauride en 1917. En 1918, le soviet de Petrograd siège à Smolny.")
			s.start()
			const question, next = "Où siège le soviet de Petrograd en 1917 ?", "Et en 1918 ?"
			s.ask(s.student, s.channel, question)
			s.ask(s.student, s.channel, question)
			if got := shown(s.ask(s.student, s.channel, question)); strings.Contains(got, "Tauride") {
				t.Fatalf("a third question in a minute is answered: %q", got)
			}
			clock.Advance(jump)
			clock.Advance(2 * time.Minute)
			if got := shown(s.ask(s.student, s.channel, next)); jump > 0 && strings.Contains(got, "Compris comme") {
				t.Errorf("a question of a year ago is followed up: %q", got)
			} else if strings.Contains(got, "secondes") {
				t.Errorf("two minutes later the limit still holds: %q", got)
			}
			clock.Advance(2 * time.Minute)
			if got := shown(s.ask(s.student, s.channel, question)); !strings.Contains(got, "Tauride") {
				t.Errorf("reply %q", got)
			}

			s.waitFor("the bot knows that it is there", func() bool {
				there, err := s.options.Homes.Present(t.Context())
				return err == nil && len(there) > 0
			})
			if _, err := s.curated.Propose(t.Context(), corpus.Everything(s.guild.ID), s.student.ID, answers.Content{Question: "Où ?", Answer: "Là."}); err != nil {
				t.Fatal(err)
			}
			s.waitFor("the last digest was written by the other clock", func() bool { // the bot may just write one
				last, err := s.options.Homes.Digested(t.Context(), s.guild.ID)
				if err != nil {
					t.Fatal(err)
				}
				set, err := s.options.Homes.SetDigested(t.Context(), s.guild.ID, last, clock.Now().Add(-jump))
				return set && err == nil
			})
			s.waitFor("the digest stands", func() bool { return len(s.Messages(room)) > 0 })
		})
	}
}
