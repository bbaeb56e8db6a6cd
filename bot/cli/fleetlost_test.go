//go:build unix

package cli_test

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"verbatim/bot/shards"
)

// A course of events is what went wrong when, and who answered for which shard meanwhile:
// by that a question that was lost can be explained.
type courseOfEvents struct {
	begun  time.Time
	events []event
	owners map[int]string // as they were last seen, with their epochs, by shards
}

// An event is something that happened to a shard, or to all of them.
type event struct {
	at    time.Time
	shard int // -1 for all
	what  string
}

// happens notes that something goes wrong.
func (f *fleet) happens(what string) {
	f.t.Logf("%v: %s", time.Since(f.course.begun).Round(time.Second), what)
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.course.events = append(f.course.events, event{time.Now(), -1, what})
}

// watch notes who answers for which shard, until the test ends.
func (f *fleet) watch() {
	f.course = courseOfEvents{begun: time.Now(), owners: map[int]string{}}
	table := shards.NewTable(f.db)
	go func() {
		for f.t.Context().Err() == nil {
			if o, err := table.Read(f.t.Context()); err == nil {
				f.noteOwners(o)
			}
			time.Sleep(200 * time.Millisecond)
		}
	}()
}

func (f *fleet) noteOwners(o shards.Overview) {
	names := map[string]string{}
	for _, p := range o.Processes {
		names[p.ID] = p.Name
	}
	f.mutex.Lock()
	defer f.mutex.Unlock()
	for _, s := range o.Shards {
		owner := fmt.Sprintf("%s (%.4s)", names[s.Owner], s.Owner)
		switch {
		case s.Free:
			owner = "nobody"
		case s.Deaf:
			owner += " without a session"
		}
		if f.course.owners[s.Shard] != owner {
			f.course.owners[s.Shard] = owner
			f.course.events = append(f.course.events, event{time.Now(), s.Shard, owner})
		}
	}
}

// explain says all that is known of a question that has no reply: when it was asked, what
// went wrong and who had its shard around that time, what is noted of it, and what the logs
// say of it.
func (f *fleet) explain(q question, count int) string {
	shard := shards.Of(q.guild, count)
	since := func(at time.Time) string { return at.Sub(f.course.begun).Round(10 * time.Millisecond).String() }
	lines := []string{fmt.Sprintf("question %s of shard %d, asked at %s: %s", q.id, shard, since(q.at), f.claimOf(q))}
	f.mutex.Lock()
	defer f.mutex.Unlock()
	for _, e := range f.course.events {
		if (e.shard == -1 || e.shard == shard) && e.at.After(q.at.Add(-30*time.Second)) && e.at.Before(q.at.Add(time.Minute)) {
			lines = append(lines, fmt.Sprintf("  %s %s", since(e.at), e.what))
		}
	}
	for _, m := range f.processes {
		for line := range strings.Lines(m.err.String()) {
			if strings.Contains(line, q.id) {
				lines = append(lines, "  "+m.name+": "+strings.TrimSpace(line))
			}
		}
	}
	return strings.Join(lines, "\n")
}

// claimOf says what the processes have noted of a question.
func (f *fleet) claimOf(q question) string {
	var epoch, claimed int64
	var state string
	err := f.db.Live(f.t.Context(), func(tx *sql.Tx, _ int64) error {
		return tx.QueryRow(`SELECT epoch, claimed, state FROM live_question WHERE guild = $1 AND question = $2`, q.guild, q.id).Scan(&epoch, &claimed, &state)
	})
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return "never claimed"
	case err != nil:
		return err.Error()
	}
	return fmt.Sprintf("%s under epoch %d at %s", state, epoch, time.UnixMilli(claimed).Sub(f.course.begun).Round(10*time.Millisecond))
}
