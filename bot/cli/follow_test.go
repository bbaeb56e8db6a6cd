//go:build unix

package cli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestRunFollowsFolder: while the bot runs, it answers from what is put into a followed folder, and
// from the changed file later.
func TestRunFollowsFolder(t *testing.T) {
	t.Parallel()
	r := newRunning(t)
	folder := filepath.Join(r.home, "followed")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	settings := fmt.Sprintf("follow:\n  folders:\n    - {path: %q, guild: %q}\n  settle: 100ms\n  every: 200ms\n", folder, r.guild)
	if err := os.WriteFile(filepath.Join(r.home, "verbatim.yaml"), []byte(settings), 0o644); err != nil {
		t.Fatal(err)
	}
	put := func(text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, "marins.txt"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("Les marins de Cronstadt élisent un comité de neuf membres.")
	r.start()
	r.comesToHold("marins.txt", "neuf membres")
	r.asks("Combien de membres a le comité de Cronstadt ?", "neuf membres")
	put("Les marins de Cronstadt élisent un comité de quinze membres.")
	r.comesToHold("marins.txt", "quinze membres")
	r.asks("Combien de membres a le comité de Cronstadt ?", "quinze membres")
	if strings.Contains(r.err.String(), "level=WARN") {
		t.Errorf("the log warns of something:\n%s", &r.err)
	}
}

// comesToHold waits until the text of a document has some words.
func (r *running) comesToHold(name, want string) {
	r.t.Helper()
	got := ""
	for begun := time.Now(); time.Since(begun) < patience; time.Sleep(100 * time.Millisecond) {
		_, stdout, stderr := run(r.t, r.command("corpus", "show", "--guild", r.guild, "--text", name))
		if got = stdout + stderr; strings.Contains(got, want) {
			return
		}
	}
	r.t.Fatalf("in the end %s is %q, want %q\n%s", name, got, want, &r.err)
}
