package bot_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"verbatim/answers"
	"verbatim/bot/fakediscord"
	"verbatim/config/database"
	"verbatim/corpus"
)

// TestLogSilenced: where the bot may not write the log it stops trying, and the settings say
// so; what was to be told is told once a moderator has chosen a channel again.
func TestLogSilenced(t *testing.T) {
	t.Parallel()
	for name, status := range map[string]int{"forbidden": 403, "gone": 404} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{})
			ada := s.curator("Ada", "fr")
			room := s.NewChannel(fakediscord.Channel{GuildID: s.guild.ID, Name: "journal"}).ID
			if err := s.options.Settings.Set(t.Context(), s.guild.ID, "log_channel", room); err != nil {
				t.Fatal(err)
			}
			command := database.By(t.Context(), database.Actor{Who: database.ViaCommandLine, Via: database.ViaCommandLine, Now: time.Now})
			if _, err := s.curated.Add(command, s.guild.ID, "x", answers.Content{Question: "Qui est Makhno ?", Answer: "Un anarchiste."}); err != nil {
				t.Fatal(err)
			}
			const posting = "/channels/{channel_id}/messages"
			possible := s.Always("POST", posting, fakediscord.Fails(status))
			s.start()
			s.waitLog("the bot may not write in the log's channel", 1)
			tried := len(s.Requests("POST", posting))
			m, _ := s.slashed(ada, s.channel, "settings", nil)
			s.want(m, "Changé ici :", "- Salon du journal : <#"+room+"> ⚠️ je ne peux pas y écrire.")
			if _, err := s.curated.Add(command, s.guild.ID, "x", answers.Content{Question: "Qui est Denikine ?", Answer: "Un général."}); err != nil {
				t.Fatal(err)
			}
			s.rounds(command)
			if n := len(s.Requests("POST", posting)); n != tried {
				t.Errorf("%d attempts, want none after the first %d", n, tried)
			}
			possible()
			m = s.setting(ada, "log_channel", "Choisissez un salon", room)
			s.want(m, "Enregistré")
			if strings.Contains(shown(m), "je ne peux pas y écrire") {
				t.Errorf("chosen again: %q", shown(m))
			}
			s.waitFor("the log is written", func() bool {
				all := ""
				for _, m := range s.Messages(room) {
					all += m.Content
				}
				return strings.Contains(all, "Makhno") && strings.Contains(all, "Denikine")
			})
		})
	}
}

// rounds waits until the bot has looked at the logs of all guilds at least twice more: in a
// guild that has no channel for its log, what waits there is noted as told.
func (s *stage) rounds(command context.Context) {
	s.t.Helper()
	other := s.NewGuild(fakediscord.Guild{Name: "Zut"}).ID
	for _, question := range []string{"Un ?", "Deux ?"} {
		if _, err := s.curated.Add(command, other, "x", answers.Content{Question: question, Answer: "Oui."}); err != nil {
			s.t.Fatal(err)
		}
		s.waitFor("the bot has looked at the logs", func() bool {
			left, err := s.curated.Untold(s.t.Context(), corpus.Everything(other), 1)
			return err == nil && len(left) == 0
		})
	}
}

// TestGreetingSurely: a greeting that Discord does not take at first, or whose taking it does
// not confirm, stands there in the end, once.
func TestGreetingSurely(t *testing.T) {
	t.Parallel()
	for name, play := range map[string]fakediscord.Play{
		"fails": fakediscord.Fails(502), "lost": fakediscord.LostBefore(), "taken, and the answer is lost": fakediscord.LostAnswer(),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{})
			g, channel := s.toJoin("fr")
			s.start()
			possible := s.Always("POST", "/channels/{channel_id}/messages", play)
			s.AddBot(g.ID)
			s.waitLog("a server is not greeted", 1)
			possible()
			s.waitLog("a server is greeted", 1)
			hello := s.Messages(channel)
			if len(hello) != 1 || !strings.HasPrefix(shown(hello[0]), "👋 Bonjour") {
				t.Errorf("there stands %+v, want the greeting once", hello)
			}
		})
	}
}
