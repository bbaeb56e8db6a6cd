package bot_test

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/bot"
	"verbatim/bot/fakediscord"
)

// TestTwin lets the bot register, be asked and answer by an edit on a Discord that
// others wrote: discord-digital-twin, which is a package of npm. It wants node and npm,
// and the first time the network, so that it runs only in CI and where VERBATIM_TWIN is 1.
func TestTwin(t *testing.T) {
	t.Parallel()
	if os.Getenv("CI") != "true" && os.Getenv("VERBATIM_TWIN") != "1" {
		t.Skip("VERBATIM_TWIN is not 1")
	}
	twin := startTwin(t, "token-of-the-twin")
	s := newStage(t, fakediscord.Options{}) // for its texts
	s.put(twin.Guild, "a.txt", "Le soviet de Petrograd siège au palais de Tauride.")
	s.options.Token, s.options.API = "token-of-the-twin", stubbed(t, twin)
	ready := make(chan bool, 10)
	s.options.Ready = func(is bool) { ready <- is }
	b, err := bot.New(s.options)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- b.Run(ctx) }()
	select {
	case <-ready:
	case err := <-done:
		t.Fatalf("Run = %v\n%s", err, s.log)
	case <-time.After(patience):
		t.Fatalf("the bot does not connect\n%s", s.log)
	}
	got := twin.ask("Où siège le soviet ?")
	cancel()
	if err := <-done; err != nil {
		t.Errorf("Run = %v", err)
	}
	if !slices.Contains(got.Commands, "ask") || got.Acknowledgement != int(fakediscord.AnswerLater) {
		t.Errorf("commands %q, acknowledged with %d", got.Commands, got.Acknowledgement)
	}
	if embeds := got.Message.Embeds; len(embeds) != 1 || !strings.Contains(embeds[0].Description, "palais de Tauride") {
		t.Errorf("reply %+v", got.Message)
	}
}

// A twin is a running discord-digital-twin.
type twin struct {
	URL, Gateway, Guild string

	t   *testing.T
	in  io.Writer
	out *bufio.Scanner
	err *lockedBuffer
}

// An asked is what came of a question.
type asked struct {
	Commands        []string // registered
	Acknowledgement int
	Message         struct {
		Content string
		Embeds  []struct{ Description string }
	}
}

func (w *twin) ask(question string) asked {
	w.t.Helper()
	fmt.Fprintln(w.in, question)
	var a asked
	w.read(&a)
	return a
}

func (w *twin) read(into any) {
	w.t.Helper()
	if !w.out.Scan() {
		w.t.Fatalf("the twin says nothing: %v\n%s", w.out.Err(), w.err)
	}
	if err := json.Unmarshal(w.out.Bytes(), into); err != nil {
		w.t.Fatalf("the twin says %s: %v\n%s", w.out.Text(), err, w.err)
	}
}

func startTwin(t *testing.T, token string) *twin {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	dir, err := installTwin(ctx)
	if err != nil {
		cancel()
		t.Fatal(err)
	}
	cmd := exec.CommandContext(ctx, "node", "twin.mjs")
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "TWIN_TOKEN="+token)
	w := &twin{t: t, err: new(lockedBuffer)}
	cmd.Stderr = w.err
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close(); cancel(); cmd.Wait() })
	w.in, w.out = in, bufio.NewScanner(out)
	w.read(w)
	return w
}

// installTwin installs the twin into the user's cache, if it is not there, and returns
// the folder.
func installTwin(ctx context.Context) (string, error) {
	for _, program := range []string{"node", "npm"} {
		if _, err := exec.LookPath(program); err != nil {
			return "", fmt.Errorf("%s is not installed: %w", program, err)
		}
	}
	hash := sha256.New()
	files := map[string][]byte{}
	for _, name := range []string{"package.json", "package-lock.json", "twin.mjs"} {
		data, err := os.ReadFile(filepath.Join("testdata", "twin", name))
		if err != nil {
			return "", err
		}
		hash.Write(data)
		files[name] = data
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(cache, "verbatim-tests", fmt.Sprintf("twin-%x", hash.Sum(nil)[:8]))
	if _, err := os.Stat(dir); err == nil {
		return dir, nil
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return "", err
	}
	// Another process may do the same; the first whose folder is whole has it.
	part, err := os.MkdirTemp(filepath.Dir(dir), "part-*")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(part)
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(part, name), data, 0o644); err != nil {
			return "", err
		}
	}
	cmd := exec.CommandContext(ctx, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
	cmd.Dir = part
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("npm ci: %w\n%s", err, out)
	}
	if err := os.Rename(part, dir); err != nil {
		if _, there := os.Stat(dir); there != nil {
			return "", err
		}
	}
	return dir, nil
}

// stubbed returns the address of a proxy before the twin, for what the twin lacks: the
// address of the gateway, and the list of commands.
func stubbed(t *testing.T, w *twin) string {
	t.Helper()
	to, err := url.Parse(strings.TrimSuffix(w.URL, "/api"))
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/", httputil.NewSingleHostReverseProxy(to))
	mux.HandleFunc("GET /api/v10/gateway", func(rw http.ResponseWriter, _ *http.Request) {
		json.NewEncoder(rw).Encode(map[string]string{"url": w.Gateway})
	})
	mux.HandleFunc("GET /api/v10/applications/{id}/commands", func(rw http.ResponseWriter, _ *http.Request) {
		io.WriteString(rw, "[]")
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL + "/api"
}
