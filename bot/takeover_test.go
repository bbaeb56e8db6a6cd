package bot_test

import (
	"database/sql"
	"log/slog"
	"strings"
	"testing"
	"time"

	"verbatim/bot/fakediscord"
	"verbatim/bot/shards"
)

// TestTakeOver: what a process has claimed that is gone is answered once by the next, though
// Discord fails at first when that reads it; what was deleted meanwhile is left alone.
func TestTakeOver(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "cours.md", history)
	asked := s.wrote(s.student, s.channel, s.mention()+"où siège le soviet de Petrograd ?")
	states := func() (states string) {
		t.Helper()
		err := s.db.Live(t.Context(), func(tx *sql.Tx, _ int64) error {
			return tx.QueryRow(`SELECT group_concat(state, ' ') FROM (SELECT state FROM live_question ORDER BY claimed)`).Scan(&states)
		})
		if err != nil {
			t.Fatal(err)
		}
		return states
	}
	err := s.db.Live(t.Context(), func(tx *sql.Tx, now int64) error {
		for n, id := range []string{asked.ID, "4194304"} {
			_, err := tx.Exec(`INSERT INTO live_question (guild, question, kind, channel, epoch, claimed, state, content)
				VALUES ($1, $2, 'message', $3, 0, $4, 'claimed', '')`, s.guild.ID, id, s.channel, now+int64(n))
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	stop := s.Always("GET", "/channels/{channel_id}/messages/{message_id}", fakediscord.Fails(500))
	s.options.Shards = shards.New(shards.Options{DB: s.db, Name: "next", Log: slog.New(slog.DiscardHandler)})
	s.start()
	s.logs("a question can't be read yet")
	stop()
	if got := s.posts(s.channel, 1); len(got) != 1 || !strings.Contains(shown(got[0]), "Tauride") {
		t.Errorf("posts %+v, want one reply", got)
	}
	for begun := time.Now(); states() != "answered expired"; time.Sleep(20 * time.Millisecond) {
		if time.Since(begun) > patience {
			t.Fatalf("the questions are %s, want answered and expired", states())
		}
	}
}

// TestSilentOwner: while Discord is silent, though the connection seems to stand, nobody is
// told that all is claimed.
func TestSilentOwner(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	timing := shards.Timing{Life: 30 * time.Second, Margin: time.Second, Beat: 50 * time.Millisecond}
	s.options.Shards = shards.New(shards.Options{DB: s.db, Name: "one", Timing: timing, Log: slog.New(slog.DiscardHandler)})
	s.start()
	var now, heard, claimed int64
	until := func(what string, is func() bool) {
		t.Helper()
		for begun := time.Now(); ; time.Sleep(20 * time.Millisecond) {
			err := s.db.Live(t.Context(), func(tx *sql.Tx, at int64) error {
				now = at
				return tx.QueryRow(`SELECT heard, claimed FROM live_shard`).Scan(&heard, &claimed)
			})
			switch {
			case err != nil:
				t.Fatal(err)
			case is():
				return
			case time.Since(begun) > patience:
				t.Fatalf("not in %v: %s", patience, what)
			}
		}
	}
	until("all is claimed", func() bool { return claimed > 0 })
	s.SilenceGateway(true)
	until("the time is known", func() bool { return true })
	silent := now
	until("the owner goes on", func() bool { return heard > silent+2000 })
	if claimed > silent+1000 {
		t.Errorf("all is said to be claimed until %d ms after Discord fell silent", claimed-silent)
	}
}
