package bot_test

import (
	"database/sql"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"

	"verbatim/bot/fakediscord"
	"verbatim/bot/shards"
)

// claimsAre waits until all questions that were claimed are in a state.
func (s *stage) claimsAre(want string) {
	s.t.Helper()
	s.await("all claims are "+want, func() bool {
		others := -1
		err := s.db.Live(s.t.Context(), func(tx *sql.Tx, _ int64) error {
			return tx.QueryRow(`SELECT count(*) FROM live_question WHERE state <> $1`, want).Scan(&others)
		})
		if err != nil {
			s.t.Fatal(err)
		}
		return others == 0
	})
}

// TestLeftUnanswered: a question that failed, and of which the bot could not say so either,
// is answered by the same process as soon as it can be.
func TestLeftUnanswered(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]func(){
		"Discord refuses the answer": func() {},
		"the bot panics":             func() { panic("a fault of the test") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{})
			s.put(s.guild.ID, "cours.md", history)
			var asked atomic.Int32
			s.before(func(string) {
				if asked.Add(1) == 1 {
					fault()
				}
			})
			s.options.Shards = shards.New(shards.Options{DB: s.db, Name: "one", Log: slog.New(slog.DiscardHandler)})
			s.start()
			stop := s.Always("POST", "/channels/{channel_id}/messages", fakediscord.Fails(400))
			s.wrote(s.student, s.channel, s.mention()+"où siège le soviet de Petrograd ?")
			s.logs("say that an answer failed")
			stop()
			s.claimsAre("answered")
			if got := s.posts(s.channel, 1); len(got) != 1 || !strings.Contains(shown(got[0]), "Tauride") {
				t.Errorf("posts %+v, want the answer", got)
			}
		})
	}
}

// TestUnderWay: questions that take long to be answered are not looked at again meanwhile,
// not even when the bot looks just as they are claimed.
func TestUnderWay(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "cours.md", history)
	var asked atomic.Int32
	release := make(chan struct{})
	s.before(func(string) { asked.Add(1); <-release })
	s.options.Shards = shards.New(shards.Options{DB: s.db, Name: "one", Log: slog.New(slog.DiscardHandler)})
	b := s.bot()
	b.LookAllTheTime()
	s.run(b)
	const slow = 16
	for n := range int32(slow) {
		who := s.NewPerson("Ali", "fr").Join(s.guild.ID) // each may ask so much
		s.wrote(who, s.channel, s.mention()+"où siège le soviet de Petrograd ?")
		s.await("it is asked", func() bool { return asked.Load() > n })
	}
	// What is left is looked at: this one is of nobody's making any more.
	left := s.NewPerson("Zoé", "fr").Join(s.guild.ID)
	m := s.wrote(left, s.channel, "où siège le soviet de Petrograd ?")
	err := s.db.Live(t.Context(), func(tx *sql.Tx, now int64) error {
		_, err := tx.Exec(`INSERT INTO live_question (guild, question, kind, channel, epoch, claimed, state, content)
			SELECT $1, $2, 'message', $3, epoch, $4, 'claimed', '' FROM live_shard`, s.guild.ID, m.ID, s.channel, now)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	s.logs("looked at again\" question=" + m.ID)
	close(release)
	s.posts(s.channel, slow)
	s.claimsAre("answered")
	for line := range strings.Lines(s.log.String()) {
		if strings.Contains(line, "looked at again") && !strings.Contains(line, m.ID) {
			t.Errorf("a question that was worked on is looked at again: %s", line)
		}
	}
}
