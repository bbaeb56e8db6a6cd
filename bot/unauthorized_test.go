package bot_test

import (
	"strings"
	"testing"
	"time"

	"verbatim/answers"
	"verbatim/bot/fakediscord"
	"verbatim/config/database"
	"verbatim/corpus"
)

// TestUnauthorizedPosts: when Discord refuses the token, the bot asks once a round, not for each
// server, of those that have something to be told; what was to be told is told when it can be.
func TestUnauthorizedPosts(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		settings map[string]string // "ROOM" stands for a channel of the server
		warning  string
	}{
		"log":    {map[string]string{"log_channel": "ROOM"}, "write to the channels of the log"},
		"digest": {map[string]string{"digest_channel": "ROOM", "digest": "daily"}, "write digests"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{})
			command := database.By(t.Context(), database.Actor{Who: database.ViaCommandLine, Via: database.ViaCommandLine, Now: time.Now})
			var rooms []string
			for range 3 {
				guild := s.NewGuild(fakediscord.Guild{Name: "Zut"}).ID
				s.AddBot(guild)
				room := s.NewChannel(fakediscord.Channel{GuildID: guild, Name: "journal"}).ID
				rooms = append(rooms, room)
				for key, value := range test.settings {
					if err := s.options.Settings.Set(t.Context(), guild, key, strings.ReplaceAll(value, "ROOM", room)); err != nil {
						t.Fatal(err)
					}
				}
				if _, err := s.curated.Add(command, guild, "x", answers.Content{Question: "Qui est Makhno ?", Answer: "Un anarchiste."}); err != nil {
					t.Fatal(err)
				}
				if _, err := s.curated.Propose(t.Context(), corpus.Everything(guild), "1", answers.Content{Question: "Qui est Denikine ?", Answer: "Un général."}); err != nil {
					t.Fatal(err)
				}
			}
			const posting = "/channels/{channel_id}/messages"
			possible := s.Always("POST", posting, fakediscord.Fails(401))
			s.start()
			s.waitLog(test.warning, 3)
			posts := len(s.Requests("POST", posting))
			if rounds := strings.Count(s.log.String(), test.warning); posts > rounds+1 {
				t.Errorf("%d requests in %d rounds, want one in each", posts, rounds)
			}
			possible()
			s.waitFor("all are told", func() bool {
				for _, room := range rooms {
					if len(s.Messages(room)) == 0 {
						return false
					}
				}
				return true
			})
		})
	}
}
