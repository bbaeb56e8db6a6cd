//go:build unix

package cli_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"verbatim/bot/fakediscord"
)

// TestRestoreBesideBot: a backup is made while the bot runs, and a bot that runs goes on
// with what is restored.
func TestRestoreBesideBot(t *testing.T) {
	t.Parallel()
	r := newRunning(t)
	r.start()
	r.asks("Où siège le soviet ?", "palais")
	file := filepath.Join(r.home, "all.backup")
	do := func(args ...string) {
		t.Helper()
		if status, stdout, stderr := run(t, r.command(args...)); status != 0 {
			t.Fatalf("verbatim %q: status %d\n%s%s", args, status, stdout, stderr)
		}
	}
	do("backup", file)
	r.index(r.Guilds()[0].ID, "b.txt", "Le conseil de Kronstadt décide la grève.")
	r.asks("Que décide Kronstadt ?", "la grève")
	do("restore", file)
	r.asks("Que décide Kronstadt ?", "ne répondent pas")
	r.asks("Où siège le soviet ?", "palais")
}

// TestForgetBesideBot: whom verbatim forget forgets while the bot runs, the bot does not
// remember either: their buttons are too old, and their last question is not followed up.
func TestForgetBesideBot(t *testing.T) {
	t.Parallel()
	r := newRunning(t)
	r.index(r.guild, "b.txt", "Le soviet de Petrograd siège au palais de Tauride en 1917. En 1918, le soviet de Petrograd siège à Smolny.")
	r.start()
	other := r.NewPerson("Léo", "fr").Join(r.guild)
	answer := func(i *fakediscord.Interaction, err error) fakediscord.Message {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		defer cancel()
		m, err := i.Answer(ctx)
		if err != nil {
			t.Fatalf("no answer: %v\n%s", err, &r.err)
		}
		return m
	}
	ask := func(who *fakediscord.Person, question string) fakediscord.Message {
		t.Helper()
		return answer(who.Slash(r.channel, "ask", fakediscord.Values{"question": question}))
	}
	const question, next = "Où siège le soviet de Petrograd en 1917 ?", "Et en 1918 ?"
	theirs, others := ask(r.student, question), ask(other, question)
	if status, stdout, stderr := run(t, r.command("forget", r.student.ID)); status != 0 {
		t.Fatalf("status %d\n%s%s", status, stdout, stderr)
	}
	more := func(m fakediscord.Message) string {
		buttons := m.Components[0].Components
		return answer(r.student.Press(m.ID, buttons[len(buttons)-1].CustomID)).Content
	}
	for begun := time.Now(); !strings.HasPrefix(more(theirs), "Ce bouton est trop ancien"); time.Sleep(200 * time.Millisecond) {
		if time.Since(begun) > patience {
			t.Fatal("the bot still knows a reply of who was forgotten")
		}
	}
	if got := fmt.Sprint(ask(r.student, next)); strings.Contains(got, "Compris comme") {
		t.Errorf("the question of who was forgotten is followed up: %s", got)
	}
	if got := fmt.Sprint(ask(other, next)); !strings.Contains(got, "Compris comme") {
		t.Errorf("the question of another is not followed up: %s", got)
	}
	if strings.HasPrefix(more(others), "Ce bouton") {
		t.Error("the reply of another can't be used any more")
	}
}
