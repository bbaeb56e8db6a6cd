//go:build unix

package cli_test

import (
	"io"
	"os/exec"
	"strings"
	"testing"

	"github.com/creack/pty"
)

// onTerminal runs a command with all its streams on a terminal of 60 columns and
// returns what is shown there.
func onTerminal(t *testing.T, cmd *exec.Cmd) string {
	t.Helper()
	terminal, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 24, Cols: 60})
	if err != nil {
		t.Fatal(err)
	}
	defer terminal.Close()
	shown, _ := io.ReadAll(terminal) // ends with an error when the command does
	cmd.Wait()
	return string(shown)
}

func TestOnTerminal(t *testing.T) {
	home := t.TempDir()
	writeCourse(t, home, 300)
	index := command(t, home, "index", "course")
	index.Env = append(index.Env, "TERM=xterm", "NO_COLOR=")
	if shown := onTerminal(t, index); !strings.Contains(shown, "of 300 files") || !strings.Contains(shown, "300 added") {
		t.Errorf("index shows %q, want a bar", shown)
	}
	ask := command(t, home, "ask", "Que vote le soviet numéro 7 ?")
	ask.Env = append(ask.Env, "TERM=xterm", "NO_COLOR=")
	shown := onTerminal(t, ask)
	if !strings.Contains(shown, "\x1b[1;33msoviet\x1b[0m") {
		t.Errorf("ask shows %q, want soviet marked", shown)
	}
	for line := range strings.Lines(shown) {
		if n := len([]rune(strings.NewReplacer("\x1b[1;33m", "", "\x1b[0m", "", "\x1b[36m", "", "\r", "", "\n", "").Replace(line))); n > 60 {
			t.Errorf("a line of %d columns: %q", n, line)
		}
	}
	for _, variable := range []string{"NO_COLOR=1", "TERM=dumb"} {
		plain := command(t, home, "ask", "Que vote le soviet numéro 7 ?")
		plain.Env = append(plain.Env, "TERM=xterm", variable)
		if shown := onTerminal(t, plain); strings.Contains(shown, "\x1b") {
			t.Errorf("with %s ask shows %q, want it plain", variable, shown)
		}
	}
}

// TestConversationOnTerminal types two questions, the second of which follows up the
// first, calls the second back, and leaves with Ctrl-D.
func TestConversationOnTerminal(t *testing.T) {
	cmd := command(t, t.TempDir(), "ask", "-i")
	cmd.Env = append(cmd.Env, "TERM=xterm", "NO_COLOR=")
	terminal, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 24, Cols: 90})
	if err != nil {
		t.Fatal(err)
	}
	defer terminal.Close()
	const arrowUp, ctrlD = "\x1b[A", "\x04"
	shown := ""
	typeAfter := func(prompts int, keys string) {
		for buffer := make([]byte, 4096); strings.Count(shown, "> ") < prompts; {
			n, err := terminal.Read(buffer)
			if err != nil {
				t.Fatalf("%v after %q", err, shown)
			}
			shown += string(buffer[:n])
		}
		if _, err := io.WriteString(terminal, keys); err != nil {
			t.Fatal(err)
		}
	}
	typeAfter(1, "Qui préside la Haute Autorité de la primaire de 2011 ?\r")
	typeAfter(2, "et en 2016 ?\r")
	typeAfter(3, "/new\r")
	typeAfter(4, arrowUp+arrowUp+"\r")
	typeAfter(5, ctrlD)
	rest, _ := io.ReadAll(terminal) // ends with an error when the command does
	shown += string(rest)
	if err := cmd.Wait(); err != nil {
		t.Errorf("ends with %v, want status 0", err)
	}
	if n := strings.Count(shown, "Compris comme"); n != 1 || !strings.Contains(shown, "Levade") {
		t.Errorf("shows %q, want the second question read with the first, and alone after /new", shown)
	}
	if n := strings.Count(shown, "et en 2016 ?"); n != 2 {
		t.Errorf("shows the second question %d times, want twice: typed and called back", n)
	}
}
