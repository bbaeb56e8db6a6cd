package bot_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"strings"
	"sync/atomic"
	"testing"

	"verbatim/answers"
	"verbatim/bot"
	"verbatim/bot/fakediscord"
	"verbatim/bot/shards"
)

// A faulty answerer fails at first.
type faulty struct {
	bot.Answerer
	err  error
	left *atomic.Int32 // times to fail
}

func (f faulty) Ask(ctx context.Context, q answers.Question) (answers.Reply, error) {
	if f.left.Add(-1) >= 0 {
		return answers.Reply{}, f.err
	}
	return f.Answerer.Ask(ctx, q)
}

// TestForumFaults: a post that is asked while the database is away is answered when it is
// back. One that could not be answered does not count as answered.
func TestForumFaults(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		err   error
		posts int
		state string
	}{
		"the database is away": {driver.ErrBadConn, 1, "answered"},
		"a fault":              {errors.New("the index is damaged"), 0, "claimed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{})
			s.put(s.guild.ID, "cours.md", history)
			forum := s.NewChannel(fakediscord.Channel{GuildID: s.guild.ID, Name: "forum", Type: fakediscord.ForumChannel}).ID
			if err := s.options.Homes.SetForum(t.Context(), s.guild.ID, forum, true); err != nil {
				t.Fatal(err)
			}
			left := new(atomic.Int32)
			left.Store(2)
			s.options.Answerer = faulty{s.options.Answerer, test.err, left}
			s.options.Shards = shards.New(shards.Options{DB: s.db, Name: "one", Log: s.options.Log})
			s.start()
			post, _, err := s.student.PostInForum(forum, "Où siège le soviet de Petrograd ?", fakediscord.Post{Content: "Merci"})
			if err != nil {
				t.Fatal(err)
			}
			if test.posts == 0 {
				s.logs("interaction failed")
			}
			if got := s.posts(post.ID, test.posts); len(got) != test.posts || len(got) == 1 && !strings.Contains(shown(got[0]), "Tauride") {
				t.Errorf("posts %+v, want %d", got, test.posts)
			}
			s.await("the post is "+test.state, func() bool {
				var state string
				err := s.db.Read(t.Context(), func(tx *sql.Tx) error {
					return tx.QueryRowContext(t.Context(), `SELECT state FROM live_question WHERE question = $1`, post.ID).Scan(&state)
				})
				return err == nil && state == test.state
			})
		})
	}
}
