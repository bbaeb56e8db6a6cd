//go:build unix

package cli_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"verbatim/bot/fakediscord"
)

// freePort returns a port that nobody had a moment ago.
func freePort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// opens opens an address, and checks the status and what the page says.
func opens(t *testing.T, address string, status int, want string) {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Error(err)
		return
	}
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != status || !strings.Contains(string(page), want) {
		t.Errorf("status %d, %v, want %d and %q:\n%s", answer.StatusCode, err, status, want, page)
	}
}

// TestReader: where an address is set, a quote leads to its place in the text, as long as it
// may be seen there, also after the bot was started again.
func TestReader(t *testing.T) {
	t.Parallel()
	r := newRunning(t)
	port := freePort(t)
	flags := []string{"--reader-url", "http://127.0.0.1:" + port + "/texts", "--reader-listen", "127.0.0.1:" + port}
	r.start(flags...)
	i, err := r.student.Slash(r.channel, "ask", fakediscord.Values{"question": "Où siège le soviet ?"})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	m, err := i.Answer(ctx)
	if err != nil {
		t.Fatal(err)
	}
	link := regexp.MustCompile(`\]\((http://127\.0\.0\.1:\d+/texts/[^)]+)\)`).FindStringSubmatch(fmt.Sprint(m.Embeds))
	if link == nil {
		t.Fatalf("the reply has no link: %+v\n%s", m.Embeds, &r.err)
	}
	opens(t, link[1], 200, "Le soviet de Petrograd siège au palais de Tauride.</mark>")
	opens(t, link[1][:len(link[1])-12], 404, "no link")

	limit := func(who string) {
		t.Helper()
		if status, _, stderr := run(t, r.command("corpus", "limit", "--guild", i.GuildID, "", who)); status != 0 {
			t.Fatalf("corpus limit: status %d\n%s", status, stderr)
		}
	}
	limit("--nobody")
	opens(t, link[1], 403, "can’t be shown")
	limit("--everybody")
	opens(t, link[1], 200, "Tauride")

	r.cmd.Process.Signal(syscall.SIGTERM)
	if _, status := r.wait(); status != 0 {
		t.Errorf("the bot ends with status %d\n%s", status, &r.err)
	}
	if log := r.err.String(); strings.Contains(log, "127.0.0.1:"+port+"/texts/1.") || !strings.Contains(log, "texts can be read in the browser") {
		t.Errorf("the log holds a link, or not where texts are read:\n%s", log)
	}
	r.ended = make(chan struct{})
	r.start(flags...)
	opens(t, link[1], 200, "Tauride")
}

// TestReaderRefused: an address that can't be had ends the start with what to change.
func TestReaderRefused(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for _, test := range []struct {
		name  string
		flags []string
		want  string
	}{
		{"a port that another has", []string{"--reader-url", "https://texts.example", "--reader-listen", taken.Addr().String()}, "reader.listen"},
		{"no address", []string{"--reader-url", "texts.example"}, "want an address such as https://texts.example.org"},
		{"no port", []string{"--reader-listen", "127.0.0.1"}, "want an address and a port"},
		{"no time", []string{"--reader-life", "week"}, "such as 168h for a week"},
	} {
		cmd := command(t, t.TempDir(), append([]string{"run"}, test.flags...)...)
		cmd.Env = append(cmd.Env, "DISCORD_TOKEN=x.y.z", "VERBATIM_DISCORD_API_URL=http://127.0.0.1:1/api")
		if status, _, stderr := run(t, cmd); status == 0 || !strings.Contains(stderr, test.want) {
			t.Errorf("%s: status %d\n%s, want %q", test.name, status, stderr, test.want)
		}
	}
}
