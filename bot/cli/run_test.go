//go:build unix

package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"verbatim/bot/fakediscord"
	"verbatim/bot/fakediscord/contract"
	"verbatim/config/database"
)

// patience bounds what tests of running processes wait for.
const patience = time.Minute

// A running bot is a process of its own on a Discord in this one.
type running struct {
	*fakediscord.Server
	t       *testing.T
	home    string
	guild   string
	channel string
	student *fakediscord.Person
	cmd     *exec.Cmd
	err     lockedBuffer
	ended   chan struct{} // closed when the process has ended
}

type lockedBuffer struct {
	mutex  sync.Mutex
	buffer bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.buffer.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.buffer.String()
}

// database opens the bot's database, which is closed with the test.
func (r *running) database() *database.DB {
	r.t.Helper()
	files, err := filepath.Glob(filepath.Join(r.home, "*", "verbatim", "verbatim.db"))
	if err != nil || len(files) != 1 {
		r.t.Fatalf("databases below %s: %v, %v, want one", r.home, files, err)
	}
	db, err := database.Open(r.t.Context(), files[0])
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { db.Close() })
	return db
}

// newRunning makes a Discord with a guild, which has a text, and a bot that is not
// started.
func newRunning(t *testing.T) *running {
	t.Helper()
	return newRunningWith(t, fakediscord.Options{})
}

var checker = sync.OnceValues(contract.New)

// newRunningWith is newRunning with options. Every request is checked against Discord's
// own description of its API.
func newRunningWith(t *testing.T, o fakediscord.Options) *running {
	t.Helper()
	check, err := checker()
	if err != nil {
		t.Fatal(err)
	}
	o.Check = func(r fakediscord.Request) error {
		u := url.URL{Path: "/api/v10" + r.Path, RawQuery: r.Query.Encode()}
		return errors.Join(check.Check(contract.Request{Method: r.Method, Path: u.String(), Header: r.Header, Body: r.Body})...)
	}
	server, err := fakediscord.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, fault := range server.Faults() {
			t.Errorf("a request that Discord does not take: %v", fault)
		}
		server.Close()
	})
	r := &running{Server: server, t: t, home: t.TempDir(), ended: make(chan struct{})}
	guild := r.NewGuild(fakediscord.Guild{Name: "Cours"})
	r.guild = guild.ID
	r.channel = r.NewChannel(fakediscord.Channel{GuildID: guild.ID, Name: "questions"}).ID
	r.student = r.NewPerson("Inès", "fr").Join(guild.ID)
	r.index(guild.ID, "a.txt", "Le soviet de Petrograd siège au palais de Tauride.")
	return r
}

// index stores a text with a command of its own.
func (r *running) index(guild, name, text string) {
	r.t.Helper()
	folder := filepath.Join(r.home, "course")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
		r.t.Fatal(err)
	}
	if status, stdout, stderr := run(r.t, r.command("index", "--guild", guild, folder)); status != 0 {
		r.t.Fatalf("index: status %d\n%s%s", status, stdout, stderr)
	}
}

func (r *running) command(args ...string) *exec.Cmd {
	cmd := command(r.t, r.home, args...)
	cmd.Env = append(cmd.Env, "DISCORD_TOKEN="+r.Token(), "VERBATIM_DISCORD_API_URL="+r.URL()+"/api")
	return cmd
}

// start starts the bot and waits until it is connected.
func (r *running) start(flags ...string) {
	r.t.Helper()
	r.begin(r.command(append([]string{"run"}, flags...)...))
	ctx, cancel := context.WithTimeout(r.t.Context(), patience)
	defer cancel()
	if _, err := r.WaitSession(ctx, nil); err != nil {
		r.t.Fatalf("the bot does not connect: %v\n%s", err, &r.err)
	}
}

// begin starts the bot.
func (r *running) begin(cmd *exec.Cmd) {
	r.t.Helper()
	r.cmd = cmd
	r.cmd.Stderr = &r.err
	if err := r.cmd.Start(); err != nil {
		r.t.Fatal(err)
	}
	go func() {
		defer close(r.ended)
		r.cmd.Wait()
	}()
	r.t.Cleanup(func() { r.cmd.Process.Kill(); <-r.ended })
}

// waitLog waits until what the bot prints holds something so often.
func (r *running) waitLog(text string, times int) {
	r.t.Helper()
	for begun := time.Now(); strings.Count(r.err.String(), text) < times; time.Sleep(50 * time.Millisecond) {
		if time.Since(begun) > patience {
			r.t.Fatalf("the log does not hold %q %d times:\n%s", text, times, &r.err)
		}
	}
}

// wait waits for the end of the process, and returns how long it took and with what
// status it ended, -1 for a signal.
func (r *running) wait() (took time.Duration, status int) {
	r.t.Helper()
	begun := time.Now()
	select {
	case <-r.ended:
	case <-time.After(patience):
		r.t.Fatalf("the bot does not end\n%s", &r.err)
	}
	if strings.Contains(r.err.String(), r.Token()) {
		r.t.Errorf("the token stands in the log:\n%s", &r.err)
	}
	return time.Since(begun), r.cmd.ProcessState.ExitCode()
}

// asks lets the student ask, and looks for words in the reply.
func (r *running) asks(question, want string) {
	r.t.Helper()
	i, err := r.student.Slash(r.channel, "ask", fakediscord.Values{"question": question})
	if err != nil {
		r.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(r.t.Context(), patience)
	defer cancel()
	m, err := i.Answer(ctx)
	if err != nil {
		r.t.Fatalf("no answer: %v\n%s", err, &r.err)
	}
	if got := strings.ReplaceAll(fmt.Sprint(m.Content, m.Embeds), "*", ""); !strings.Contains(got, want) {
		r.t.Errorf("reply to %q is %s, want %q", question, got, want)
	}
}

// TestRun is a bot's life: it answers, follows what is indexed beside it, is well, has
// the directory for itself, and ends when it is told to.
func TestRun(t *testing.T) {
	t.Parallel()
	r := newRunning(t)
	if status, _, stderr := run(t, r.command("health")); status != 3 || !strings.Contains(stderr, "no bot runs on this data folder") {
		t.Errorf("health without a bot: status %d\n%s", status, stderr)
	}
	r.start()
	r.asks("Où siège le soviet ?", "palais")
	if status, stdout, stderr := run(t, r.command("health")); status != 0 || stdout != "connected\n" {
		t.Errorf("health: status %d\n%s%s", status, stdout, stderr)
	}
	begun := time.Now()
	status, _, stderr := run(t, r.command("run"))
	if status != 3 || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, "another verbatim runs on the data in") || time.Since(begun) > 3*time.Second {
		t.Errorf("a second run: status %d after %v\n%s", status, time.Since(begun), stderr)
	}
	r.cmd.Process.Signal(syscall.SIGTERM)
	if took, status := r.wait(); status != 0 || took > 5*time.Second {
		t.Errorf("ended after %v with status %d, want 0 within 5 s\n%s", took, status, &r.err)
	}
	if status, _, stderr := run(t, r.command("health")); status != 3 || !strings.Contains(stderr, "no bot runs on this data folder") {
		t.Errorf("health afterwards: status %d\n%s", status, stderr)
	}
}

// TestRunManyShards: a process that answers for many shards ends as quickly as another.
func TestRunManyShards(t *testing.T) {
	t.Parallel()
	const shards = 12
	r := newRunningWith(t, fakediscord.Options{Shards: shards, Concurrency: shards})
	r.start()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for shard := range shards {
		if _, err := r.WaitSession(ctx, func(s fakediscord.Session) bool { return s.Shard == shard && s.Connected }); err != nil {
			t.Fatalf("shard %d: %v\n%s", shard, err, &r.err)
		}
	}
	r.cmd.Process.Signal(syscall.SIGTERM)
	if took, status := r.wait(); status != 0 {
		t.Errorf("ended after %v with status %d, want 0\n%s", took, status, &r.err)
	}
}

// TestRunLog: the log tells of what went wrong, also inside the client, and holds
// neither questions nor names nor the payloads of the client.
func TestRunLog(t *testing.T) {
	t.Parallel()
	r := newRunning(t)
	r.start("--log-level", "debug")
	r.asks("Où siège le soviet ?", "palais")
	i, err := r.student.Raw(r.channel, "", 3, json.RawMessage(`{"component_type": 18, "custom_id": "secret", "values": {"a": "secret"}}`))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if _, err := i.Answer(ctx); err != nil {
		t.Fatal(err)
	}
	r.cmd.Process.Signal(syscall.SIGTERM)
	r.wait()
	log := r.err.String()
	if !strings.Contains(log, `msg=discordgo says="error unmarshalling`) || !strings.Contains(log, `msg="connected to the gateway"`) {
		t.Errorf("the log does not tell what happened:\n%s", log)
	}
	for _, not := range []string{"[DG", "Inès", "siège", "secret", i.Token} {
		if strings.Contains(log, not) {
			t.Errorf("the log holds %q:\n%s", not, log)
		}
	}
}

// TestRunTells: without a wish for more, whoever starts the bot reads that it is connected,
// and that it is so again, and nothing of what is ordinary.
func TestRunTells(t *testing.T) {
	t.Parallel()
	r := newRunning(t)
	r.start()
	r.waitLog("verbatim: connected to Discord as Bot; 1 server; Ctrl-C ends it\n", 1)
	r.Reconnect()
	r.asks("Où siège le soviet ?", "palais")
	r.CloseGateway(4009, "")
	r.waitLog("verbatim: connected again\n", 1)
	if lines := strings.Count(r.err.String(), "\n"); lines != 3 { // the third warns of the loss
		t.Errorf("%d lines, want 3:\n%s", lines, &r.err)
	}
}

// TestHealthOfKilled: a bot that was killed is not well, at once.
func TestHealthOfKilled(t *testing.T) {
	t.Parallel()
	r := newRunning(t)
	r.start()
	r.waitLog("verbatim: connected", 1)
	r.cmd.Process.Kill()
	r.wait()
	if status, stdout, stderr := run(t, r.command("health")); status != 3 || !strings.Contains(stderr, "the bot has ended without a word") {
		t.Errorf("health: status %d\n%s%s", status, stdout, stderr)
	}
}

// TestRunFollows indexes beside the bot.
func TestRunFollows(t *testing.T) {
	t.Parallel()
	r := newRunning(t)
	r.start()
	r.asks("Que décide Kronstadt ?", "ne répondent pas")
	r.index(r.Guilds()[0].ID, "b.txt", "Le conseil de Kronstadt décide la grève.")
	r.asks("Que décide Kronstadt ?", "la grève")
}

func TestRunInterrupted(t *testing.T) {
	t.Parallel()
	r := newRunning(t)
	r.start()
	r.cmd.Process.Signal(os.Interrupt)
	if took, status := r.wait(); status != 0 || took > 5*time.Second {
		t.Errorf("ended after %v with status %d, want 0 within 5 s\n%s", took, status, &r.err)
	}
}

// TestSecondSignal: to close a connection that stands takes the client a second; a
// second signal ends the bot at once.
func TestSecondSignal(t *testing.T) {
	r := newRunning(t)
	r.start()
	r.asks("Où siège le soviet ?", "palais")
	r.cmd.Process.Signal(syscall.SIGTERM)
	time.Sleep(200 * time.Millisecond)
	r.cmd.Process.Signal(syscall.SIGTERM)
	if took, status := r.wait(); status != -1 || took > 500*time.Millisecond {
		t.Errorf("ended after %v with status %d, want to be ended by the signal at once\n%s", took, status, &r.err)
	}
}

// TestRunRefused: a wrong token, and an end that Discord puts to the conversation,
// are one sentence and status 3.
func TestRunRefused(t *testing.T) {
	t.Parallel()
	r := newRunning(t)
	for _, name := range []string{"run", "invite"} {
		cmd := r.command(name)
		cmd.Env = append(cmd.Env, "DISCORD_TOKEN=not-the-token")
		status, stdout, stderr := run(t, cmd)
		if status != 3 || stdout != "" || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, "Discord refuses the token") || strings.Contains(stderr, "not-the-token") {
			t.Errorf("%s with a wrong token: status %d\n%s%s", name, status, stdout, stderr)
		}
	}
	r.start()
	r.CloseGateway(4014, "")
	if _, status := r.wait(); status != 3 || !strings.Contains(r.err.String(), "verbatim: Discord refuses an intent") {
		t.Errorf("status %d after close code 4014\n%s", status, &r.err)
	}
	for code, sentence := range map[int]string{
		4004: "verbatim: Discord refuses the token: ",
		4013: "verbatim: Discord does not know the intents that were asked for: ",
		4014: "verbatim: Discord refuses an intent: ",
	} {
		r.NextSession(fakediscord.Closes(code, ""))
		status, stdout, stderr := run(t, r.command("run", "--log-level", "warn"))
		if status != 3 || stdout != "" || strings.Count(stderr, "\n") != 1 || !strings.HasPrefix(stderr, sentence) {
			t.Errorf("code %d instead of READY: status %d\n%s%s", code, status, stdout, stderr)
		}
	}
}

// TestRunUnreachable: a bot that can't reach Discord goes on trying, tells so with one
// line for each try, and ends when it is told to.
func TestRunUnreachable(t *testing.T) {
	t.Parallel()
	r := newRunning(t)
	cmd := r.command("run")
	cmd.Env = append(cmd.Env, "VERBATIM_DISCORD_API_URL=http://127.0.0.1:1/api")
	r.begin(cmd)
	r.waitLog("no connection to the gateway", 2)
	if n := strings.Count(r.err.String(), "\n"); n != 3 {
		t.Errorf("%d lines for three tries:\n%s", n, &r.err)
	}
	if status, _, stderr := run(t, r.command("health")); status != 3 || !strings.Contains(stderr, "not connected to Discord") {
		t.Errorf("health: status %d\n%s", status, stderr)
	}
	r.cmd.Process.Signal(syscall.SIGTERM)
	if took, status := r.wait(); status != 0 || took > 5*time.Second {
		t.Errorf("ended after %v with status %d, want 0 within 5 s\n%s", took, status, &r.err)
	}
}

// TestHealthWithoutDiscord: a bot that has lost Discord is not well until it has it
// again.
func TestHealthWithoutDiscord(t *testing.T) {
	t.Parallel()
	r := newRunning(t)
	r.start()
	becomes := func(want int, sentence string) {
		t.Helper()
		var status int
		var out string
		for begun := time.Now(); time.Since(begun) < patience; time.Sleep(100 * time.Millisecond) {
			var stdout, stderr string
			status, stdout, stderr = run(t, r.command("health"))
			if out = stdout + stderr; status == want && strings.Contains(out, sentence) {
				return
			}
		}
		t.Errorf("health: status %d, want %d: %s", status, want, out)
	}
	becomes(0, "connected")
	r.RefuseGateway(true)
	r.CutGateway()
	becomes(3, "not connected to Discord")
	r.RefuseGateway(false)
	becomes(0, "connected")
}

func TestInvite(t *testing.T) {
	t.Parallel()
	r := newRunning(t)
	status, stdout, stderr := run(t, r.command("invite"))
	want := "https://discord.com/oauth2/authorize?client_id=" + r.ApplicationID() + "&scope=bot+applications.commands&permissions=274877991936\n"
	if status != 0 || stdout != want {
		t.Errorf("invite: status %d, %q, want %q\n%s", status, stdout, want, stderr)
	}
}

// TestInviteWithoutDiscord: what stands between the program and Discord is one sentence.
func TestInviteWithoutDiscord(t *testing.T) {
	t.Parallel()
	r := newRunning(t)
	for name, test := range map[string]struct {
		play fakediscord.Play
		want string
	}{
		"unreachable": {fakediscord.LostBefore(), "verbatim: can't reach Discord at BASE: EOF\n"},
		"no API":      {fakediscord.Fails(404), "verbatim: no Discord API at BASE: check discord.api_url\n"},
		"sent on": {func(x *fakediscord.Exchange) {
			x.Answer(302, http.Header{"Location": {"https://example.com/"}}, nil)
		}, "verbatim: BASE sends requests on to another address, to which the token does not go: set discord.api_url to that of Discord's API itself\n"},
	} {
		stop := r.Always("", "", test.play)
		status, stdout, stderr := run(t, r.command("invite"))
		if want := strings.ReplaceAll(test.want, "BASE", r.URL()+"/api"); status != 3 || stdout != "" || stderr != want {
			t.Errorf("%s: status %d\n%s%swant %s", name, status, stdout, stderr, want)
		}
		stop()
	}
}
