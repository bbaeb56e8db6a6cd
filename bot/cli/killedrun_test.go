//go:build unix

package cli_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"verbatim/bot/fakediscord"
)

// TestBotKilled kills a bot at random moments while members vote. Each vote for which the
// bot has thanked is stored, once, and the next bot starts and answers without anything to
// be put right.
func TestBotKilled(t *testing.T) {
	t.Parallel()
	kills := 3
	if os.Getenv("VERBATIM_LONG") != "" {
		kills = 60
	}
	r := newRunning(t)
	v := voters{running: r, thanked: map[string]bool{}}
	for n := range kills {
		r.ended = make(chan struct{})
		r.start()
		process := r.cmd.Process
		v.vote(8, func(votes int) {
			if votes == 1+rand.IntN(5) {
				time.AfterFunc(rand.N(20*time.Millisecond), func() { process.Kill() })
			}
		})
		r.cmd.Process.Kill()
		<-r.ended
		v.check()
		if t.Failed() {
			t.Fatalf("after kill %d\n%s", n+1, &r.err)
		}
	}
	if len(v.thanked) < kills {
		t.Errorf("%d were thanked for a vote in %d runs", len(v.thanked), kills)
	}
}

// Voters vote on a reply of the bot, each once.
type voters struct {
	*running
	mutex   sync.Mutex
	thanked map[string]bool // IDs of those whose vote the bot has said to have
}

// vote lets so many new members vote at the same time on a new reply, until the bot is
// killed. It calls done with the number of each vote for which the bot thanks.
func (v *voters) vote(members int, done func(int)) {
	ctx, cancel := context.WithTimeout(v.t.Context(), patience)
	defer cancel()
	ended := v.ended
	go func() { <-ended; cancel() }()
	asked, err := v.student.Slash(v.channel, "ask", fakediscord.Values{"question": "Où siège le soviet ?"})
	if err != nil {
		v.t.Fatal(err)
	}
	reply, err := asked.Answer(ctx)
	if err != nil {
		v.t.Fatalf("no answer: %v\n%s", err, &v.err)
	}
	var group sync.WaitGroup
	thanked := 0
	for n := range members {
		group.Go(func() {
			who := v.NewPerson(fmt.Sprint("Membre ", n), "fr").Join(v.guild)
			pressed, err := who.Press(reply.ID, reply.Components[0].Components[0].CustomID)
			if err != nil {
				v.t.Error(err)
				return
			}
			m, err := pressed.Answer(ctx)
			if err != nil {
				return // killed before
			}
			if !strings.HasPrefix(m.Content, "Merci") {
				v.t.Errorf("the reply to a vote is %q", m.Content)
			}
			v.mutex.Lock()
			defer v.mutex.Unlock()
			v.thanked[who.ID] = true
			thanked++
			done(thanked)
		})
	}
	group.Wait()
}

// check compares the votes that are stored with those for which the bot has thanked.
func (v *voters) check() {
	status, stdout, stderr := run(v.t, v.command("export"))
	if status != 0 {
		v.t.Fatalf("export: status %d\n%s", status, stderr)
	}
	stored := map[string]int{}
	for line := range strings.Lines(stdout) {
		if strings.HasPrefix(line, `{"table":"reply_vote",`) {
			_, rest, _ := strings.Cut(line, `"member":"`)
			member, _, _ := strings.Cut(rest, `"`)
			stored[member]++
		}
	}
	for member := range v.thanked {
		if stored[member] != 1 {
			v.t.Errorf("member %s was thanked for a vote, and %d are stored", member, stored[member])
		}
	}
}
