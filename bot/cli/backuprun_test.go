//go:build unix

package cli_test

import (
	"path/filepath"
	"testing"
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
