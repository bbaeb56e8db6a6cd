//go:build unix

package cli_test

import (
	"bufio"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

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

// TestPlaygroundKeeps: with --data, what was said is there again after a new start, with
// links that lead to the new page.
func TestPlaygroundKeeps(t *testing.T) {
	t.Parallel()
	home, data := t.TempDir(), t.TempDir()
	const discussion = "1400000000000000102"
	first := ""
	keeping := []string{"--data", data}
	play(t, home, keeping, func(address string) {
		first = address
		do(t, address, `{"do": "post", "channel": "`+discussion+`", "content": "Gardez-moi, et `+address+`texts/x", "files": [{"name": "a.txt", "type": "text/plain", "data": "YQ=="}]}`)
	})
	play(t, home, keeping, func(address string) {
		got := said(t, address, discussion)
		if !strings.Contains(got, "Gardez-moi, et "+address+"texts/x") || strings.Contains(got, first) || !strings.Contains(got, "a.txt") {
			t.Errorf("after a new start there is %s", got)
		}
		if n := strings.Count(said(t, address, "1400000000000000101"), "Welcome!"); n != 1 {
			t.Errorf("the greeting stands there %d times, want once", n)
		}
	})
}

// play runs the playground while it is used at its address.
func play(t *testing.T, home string, flags []string, use func(address string)) {
	t.Helper()
	cmd := command(t, home, append([]string{"playground", "--no-browser"}, flags...)...)
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
	use(strings.TrimSpace(address))
	if err := errors.Join(cmd.Process.Signal(syscall.SIGTERM), cmd.Wait()); err != nil {
		t.Errorf("the playground ends with %v", err)
	}
}

// do does something as the student, and reports whether that could be done.
func do(t *testing.T, address, action string) bool {
	t.Helper()
	answer, err := http.Post(address+"api/do?as=1200000000000000001", "application/json", strings.NewReader(action))
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}

// said returns the messages of a channel, as the student sees them.
func said(t *testing.T, address, channel string) string {
	t.Helper()
	answer, err := http.Get(address + "api/messages?as=1200000000000000001&channel=" + channel)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// TestPlaygroundDocs: with --docs, the bot answers from these texts, too, on the first server
// only, and the quote opens in its text.
func TestPlaygroundDocs(t *testing.T) {
	t.Parallel()
	home, docs := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(docs, "phare.md"), []byte("---\nlanguage: fr\n---\nLe gardien Anselme allume la lampe du phare à la tombée de la nuit.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	play(t, home, []string{"--docs", docs}, func(address string) {
		wait := func(channel, want string) string {
			for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
				if got := said(t, address, channel); strings.Contains(got, want) {
					return got
				}
			}
			t.Fatalf("no answer holds %q: %s", want, said(t, address, channel))
			return ""
		}
		ask := func(channel string) {
			asking := `{"do": "slash", "channel": "` + channel + `", "name": "ask", "values": {"question": "Qui allume la lampe du phare ?"}}`
			for end := time.Now().Add(patience); !do(t, address, asking); time.Sleep(50 * time.Millisecond) { // until there are commands
				if time.Now().After(end) {
					t.Fatal("nobody can ask")
				}
			}
		}
		const first, second = "1400000000000000101", "1400000000000000201"
		ask(first)
		link := regexp.MustCompile(`\]\((` + regexp.QuoteMeta(address) + `texts/[^)]+)\)`).FindStringSubmatch(strings.ReplaceAll(wait(first, "Anselme"), "*", ""))
		if link == nil {
			t.Fatal("the answer has no link")
		}
		opens(t, link[1], 200, "Le gardien Anselme allume la lampe du phare à la tombée de la nuit.</mark>")
		ask(second)
		if got := wait(second, `"flags":0,"interaction_metadata"`); strings.Contains(got, "Anselme") {
			t.Errorf("the second server has the text, too: %s", got)
		}
	})
}
