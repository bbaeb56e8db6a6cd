//go:build unix

package cli_test

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"verbatim/bot/playground"
)

// TestPlayground starts the program, opens the page, and ends the program: by default
// nothing of it stays, and the bot's own data is not touched.
func TestPlayground(t *testing.T) {
	tests := []struct {
		name  string
		flags []string
		stays bool
	}{
		{"by itself", nil, false},
		{"with data", []string{"--data"}, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			home, kept := t.TempDir(), t.TempDir()
			args := append([]string{"playground", "--no-browser"}, test.flags...)
			if test.stays {
				args = append(args, kept)
			}
			cmd := command(t, home, args...)
			cmd.Env = append(cmd.Env, "TMPDIR="+home)
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			address, err := bufio.NewReader(out).ReadString('\n')
			if err != nil {
				t.Fatal(err)
			}
			page, err := http.Get(strings.TrimSpace(address) + "api/world?as=1200000000000000001")
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(page.Body)
			page.Body.Close()
			if err != nil || !strings.Contains(string(body), playground.SecondGuild) {
				t.Errorf("the page's world is %s, %v; want the second guild in it", body, err)
			}
			if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
			if err := cmd.Wait(); err != nil {
				t.Errorf("the playground ends with %v, want status 0", err)
			}
			left, err := filepath.Glob(filepath.Join(home, "*"))
			if err != nil || len(left) > 0 {
				t.Errorf("%v, %v stays, want nothing", left, err)
			}
			_, err = os.Stat(filepath.Join(kept, "verbatim.db"))
			if stays := err == nil; stays != test.stays {
				t.Errorf("the data stays: %t, want %t", stays, test.stays)
			}
		})
	}
}
