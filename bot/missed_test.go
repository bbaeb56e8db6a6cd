package bot_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"verbatim/bot/fakediscord"
)

// dated says in each answer of Discord's that it is some time earlier.
type dated struct{ earlier time.Duration }

func (d dated) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := http.DefaultTransport.RoundTrip(r)
	if err == nil {
		response.Header.Set("Date", time.Now().Add(-d.earlier).UTC().Format(http.TimeFormat))
	}
	return response, err
}

// TestMissed: what was asked between two sessions that do not go on from each other is
// answered once, also when Discord fails at first, and when this machine's clock is wrong.
func TestMissed(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		fails int           // times that a channel can't be read; four are one look
		ahead time.Duration // of Discord's clock
	}{
		"at once":              {0, 0},
		"Discord fails":        {5, 0},
		"the clock is ahead":   {0, time.Hour},
		"the clock is behind":  {0, -time.Hour},
		"ahead, Discord fails": {5, time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{Now: func() time.Time { return time.Now().Add(-test.ahead) }})
			s.put(s.guild.ID, "cours.md", history)
			s.options.Requests = dated{test.ahead}
			b := s.bot()
			b.SetInvalidPause(5 * time.Second) // at least a fifth of it
			s.run(b)
			s.InvalidateSessions(false)
			for range test.fails {
				s.Next("GET", "/channels/{channel_id}/messages", fakediscord.Fails(502))
			}
			asked := s.wrote(s.student, s.channel, s.mention()+"où siège le soviet de Petrograd ?")
			s.posts(s.channel, 1)
			// What it is told of afterwards is answered too, and nothing a second time.
			s.waitSession(nil)
			s.wrote(s.student, s.channel, s.mention()+"Qui fait grève dans la capitale ?")
			got := s.posts(s.channel, 2)
			if len(got) != 2 || got[0].Reference == nil || got[0].Reference.MessageID != asked.ID || !strings.Contains(shown(got[0]), "Tauride") {
				t.Errorf("posts %+v, want a reply to each of two questions", got)
			}
			if n := s.Identifies(); n != 2 {
				t.Errorf("%d sessions, want 2", n)
			}
		})
	}
}
