package cli_test

import (
	"context"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"verbatim/bot/fakediscord"
)

// fill lets the bot's process write nothing more to files, or again all it wants: to a
// program that is as a full disk.
func (r *running) fill(full bool) {
	r.t.Helper()
	var limit unix.Rlimit
	pid := r.cmd.Process.Pid
	err := unix.Prlimit(pid, unix.RLIMIT_FSIZE, nil, &limit)
	if limit.Cur = limit.Max; full {
		limit.Cur = 0
	}
	if err == nil {
		err = unix.Prlimit(pid, unix.RLIMIT_FSIZE, &limit, nil)
	}
	if err != nil {
		r.t.Fatal(err)
	}
}

// votes lets the student vote on a reply to a question, and returns what the bot says.
func (r *running) votes(question string) string {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.t.Context(), patience)
	defer cancel()
	asked, err := r.student.Slash(r.channel, "ask", fakediscord.Values{"question": question})
	if err != nil {
		r.t.Fatal(err)
	}
	reply, err := asked.Answer(ctx)
	if err != nil {
		r.t.Fatalf("no answer: %v\n%s", err, &r.err)
	}
	if len(reply.Components) == 0 {
		r.t.Fatalf("nothing to press on %q", reply.Content)
	}
	pressed, err := r.student.Press(reply.ID, reply.Components[0].Components[0].CustomID)
	if err != nil {
		r.t.Fatal(err)
	}
	thanks, err := pressed.Answer(ctx)
	if err != nil {
		r.t.Fatalf("no answer: %v\n%s", err, &r.err)
	}
	return thanks.Content
}

// TestBotOnFullDisk: while the disk is full the bot answers from what is indexed, says of
// what it can't store that it failed, and goes on by itself once there is room.
func TestBotOnFullDisk(t *testing.T) {
	t.Parallel()
	r := newRunning(t)
	r.start()
	const known, new = "Où siège le soviet ?", "Que décide Kronstadt ?"
	r.asks(known, "palais")
	r.fill(true)
	if said := r.votes(known); strings.Contains(said, "Merci") {
		t.Errorf("for a vote that is not stored the bot thanks: %s", said)
	}
	r.index(r.guild, "b.txt", "Le conseil de Kronstadt décide la grève.")
	r.asks(known, "palais")
	r.asks(new, "ne répondent pas")
	r.asks(known, "palais")
	r.fill(false)
	r.asks(new, "la grève")
	if said := r.votes(known); !strings.Contains(said, "Merci") {
		t.Errorf("for a vote with room again the bot says %s", said)
	}
	if log := r.err.String(); !strings.Contains(log, "disk full: free some space") || strings.Contains(log, "goroutine") {
		t.Errorf("the log does not say that the disk is full, or tells of a panic:\n%s", log)
	}
}
