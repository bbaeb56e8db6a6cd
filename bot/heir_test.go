package bot_test

import (
	"database/sql"
	"log/slog"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"verbatim/bot/fakediscord"
	"verbatim/bot/shards"
)

// execute changes the database behind the bot's back, and reports whether anything changed.
func (s *stage) execute(statement string, args ...any) bool {
	s.t.Helper()
	var n int64
	err := s.db.Live(s.t.Context(), func(tx *sql.Tx, _ int64) error {
		done, err := tx.Exec(statement, args...)
		if err == nil {
			n, err = done.RowsAffected()
		}
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return n > 0
}

// TestHeir: what comes to a process to which a shard is about to be handed over waits until
// it is, if it is a question, and is left to the owner, if it is something else. What the owner
// has claimed it leaves to that for as long as that may end.
func TestHeir(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "cours.md", history)
	const ever = 9_000_000_000_000
	s.execute(`INSERT INTO live_process (process, name, started, expires, draining) VALUES ('owner', 'owner', 1, $1, 0)`, ever)
	s.execute(`INSERT INTO live_shard (shard, shards, owner, epoch, expires, heard, claimed, guilds) VALUES (0, 1, 'owner', 3, $1, $1, 1, 1)`, ever)
	s.options.Shards = shards.New(shards.Options{DB: s.db, Name: "heir", Timing: shards.Timing{Life: 30 * time.Second, Margin: time.Second, Beat: 100 * time.Millisecond}, Log: slog.New(slog.DiscardHandler)})
	s.execute(`CREATE TRIGGER named AFTER INSERT ON live_process WHEN new.name = 'heir' BEGIN UPDATE live_shard SET heir = new.process; END`)
	theirs := s.wrote(s.student, s.channel, "où siège le soviet de Petrograd ?")
	s.execute(`INSERT INTO live_question (guild, question, kind, channel, epoch, claimed, state, content) VALUES ($1, $2, 'message', $3, 3, $4, 'claimed', '')`,
		s.guild.ID, theirs.ID, s.channel, time.Now().Add(-time.Second).UnixMilli())
	s.start()
	left, err := s.student.Slash(s.channel, "help", nil)
	if err != nil {
		t.Fatal(err)
	}
	s.logs("left to the owner of the shard\" interaction=" + left.ID)
	mentions := s.wrote(s.student, s.channel, s.mention()+"où siège le soviet de Petrograd ?")
	s.await("the heir says that it hears", func() bool { return s.execute(`UPDATE live_shard SET guilds = 1 WHERE heir_hears > 0`) })
	if !s.options.Shards.Status().Standby {
		t.Error("a process that is nothing but an heir does not stand by")
	}
	s.await("it still hears", func() bool {
		return s.execute(`UPDATE live_shard SET owner = heir, heir = '', epoch = 4, expires = heard WHERE heir_hears > 0`)
	})
	s.posts(s.channel, 2)
	s.claimsAre("answered")
	got := s.posts(s.channel, 2)
	if !slices.ContainsFunc(got, func(m fakediscord.Message) bool { return strings.Contains(shown(m), "Tauride") }) {
		t.Errorf("posts %+v, want the answer", got)
	}
	for _, asked := range []string{theirs.ID, mentions.ID} {
		if !slices.ContainsFunc(got, func(m fakediscord.Message) bool { return m.Reference != nil && m.Reference.MessageID == asked }) {
			t.Errorf("posts %+v, want one in reply to %s", got, asked)
		}
	}
	if strings.Contains(s.log.String(), "looked at again\" question="+theirs.ID) {
		t.Error("what the former owner may still answer is looked at again")
	}
	if m, _ := s.slashed(s.student, s.channel, "help", nil); shown(m) == "" {
		t.Error("the new owner does not answer a command")
	}
	for _, r := range s.Requests("POST", "") {
		if strings.Contains(r.Path, left.ID) {
			t.Errorf("the heir answers %s, which is the owner's", r.Path)
		}
	}
}

// TestReadyHeir: a process that is ready stays so while it is to take a shard over, and when
// it has.
func TestReadyHeir(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{Shards: 2, Concurrency: 2})
	const ever = 9_000_000_000_000
	s.execute(`INSERT INTO live_process (process, name, started, expires, draining) VALUES ('owner', 'owner', 1, $1, 1)`, ever)
	s.execute(`INSERT INTO live_shard (shard, shards, owner, epoch, expires, heard, claimed, guilds) VALUES (0, 2, '', 3, 0, 0, 1, 1), (1, 2, 'owner', 3, $1, $1, 1, 1)`, ever)
	keeper := shards.New(shards.Options{DB: s.db, Name: "heir", Timing: shards.Timing{Life: 30 * time.Second, Margin: time.Second, Beat: 100 * time.Millisecond}, Log: slog.New(slog.DiscardHandler)})
	s.options.Shards = keeper
	var ready, unready atomic.Bool
	s.options.Ready = func(is bool) {
		ready.Store(is)
		unready.CompareAndSwap(false, !is)
	}
	s.start()
	s.await("the bot is ready with a shard of its own", ready.Load)
	s.execute(`UPDATE live_shard SET heir = (SELECT process FROM live_process WHERE name = 'heir') WHERE shard = 1`)
	s.await("the heir hears, and has the other", func() bool {
		return s.execute(`UPDATE live_shard SET owner = heir, heir = '', epoch = 4, expires = heard WHERE heir_hears > 0`)
	})
	s.await("it answers for both", func() bool { held, _ := keeper.Held(); return held == 2 })
	if unready.Load() {
		t.Error("the bot was not ready in between")
	}
}
