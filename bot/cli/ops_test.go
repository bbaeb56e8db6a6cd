//go:build unix

package cli_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"path"
	"strings"
	"syscall"
	"testing"
	"time"

	"verbatim/bot/fakediscord"
)

// freeAddress returns an address of this machine that nobody listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// get returns a page, and waits until it has a status; 0 for whatever it has.
func (r *running) get(address string, status int) string {
	r.t.Helper()
	var last string
	for begun := time.Now(); time.Since(begun) < patience; time.Sleep(50 * time.Millisecond) {
		response, err := http.Get("http://" + address)
		if err != nil {
			last = err.Error()
			continue
		}
		body, err := io.ReadAll(response.Body)
		response.Body.Close()
		if err == nil && (status == 0 || response.StatusCode == status) {
			return string(body)
		}
		last = fmt.Sprint(response.Status, " ", string(body), err)
	}
	r.t.Fatalf("%s: %s, want status %d\n%s", address, last, status, &r.err)
	return ""
}

// TestOps: a bot that runs tells how it is, and what it did.
func TestOps(t *testing.T) {
	t.Parallel()
	r := newRunning(t)
	address := freeAddress(t)
	r.start("--ops-listen", address)
	r.get(address+"/healthz", 200)
	r.get(address+"/readyz", 200)
	r.asks("Où siège le soviet ?", "palais")
	r.asks("Que décide Kronstadt ?", "ne répondent pas")
	figures := r.get(address+"/metrics", 200)
	for _, want := range []string{
		`verbatim_questions_total{outcome="excerpts"} 1`, `verbatim_questions_total{outcome="none"} 1`,
		`verbatim_stage_seconds_count{stage="ask"} 2`, `verbatim_gateway_connected 1`, `verbatim_tasks_most 64`,
		`verbatim_index_behind 0`, `verbatim_discord_requests_total{status="2xx"}`,
	} {
		if !strings.Contains(figures, want) {
			t.Errorf("no line %s in\n%s", want, figures)
		}
	}
	r.RefuseGateway(true)
	r.CutGateway()
	if got := r.get(address+"/readyz", 503); !strings.Contains(got, "not connected to Discord") {
		t.Errorf("/readyz without Discord: %s", got)
	}
	r.get(address+"/healthz", 200)
	status, _, stderr := run(t, r.command("run", "--data", t.TempDir(), "--ops-listen", address))
	if status != 3 || !strings.Contains(stderr, "ops.listen: listen tcp") {
		t.Errorf("a second bot on the same address: status %d\n%s", status, stderr)
	}
}

// TestNothingLeaks: neither the token nor what people ask, write or are called stands in
// what the bot logs at the lowest level, in its figures, or in what it leaves behind when
// it crashes.
func TestNothingLeaks(t *testing.T) {
	t.Parallel()
	r := newRunning(t)
	canaries := map[string]string{"the token": r.Token(), "a question": "ornithorynque", "a name": "Canarine", "a comment": "perruche", "a text": "palais de Tauride"}
	guild := r.Guilds()[0].ID
	person := r.NewPerson("Canarine", "fr").Join(guild)
	r.student = person
	address := freeAddress(t)
	r.start("--log-level", "debug", "--log-format", "json", "--ops-listen", address)
	canaries["an interaction's token"] = ask(t, r, "L'ornithorynque siège-t-il au palais ?")
	r.asks("Où siège le soviet, et l'ornithorynque ?", "palais")
	// What goes wrong is told, and told without what it was about.
	for _, play := range []fakediscord.Play{fakediscord.Fails(500), fakediscord.Fails(400), echoes, fakediscord.LostBefore()} {
		stop := r.Always("", "", play)
		if i, err := person.Slash(r.channel, "ask", fakediscord.Values{"question": "Un ornithorynque perdu ?"}); err == nil {
			canaries["the token of a lost one, "+i.ID] = i.Token
		}
		r.waitLog(`"level":"ERROR"`, strings.Count(r.err.String(), `"level":"ERROR"`)+1)
		stop()
	}
	if _, err := person.Raw(r.channel, "", 3, json.RawMessage(`{"component_type": 18, "custom_id": "perruche", "values": {"a": "perruche"}}`)); err != nil {
		t.Fatal(err)
	}
	r.CutGateway()
	r.asks("Où siège le soviet ?", "palais")
	figures := r.get(address+"/metrics", 200) + r.get(address+"/readyz", 0)
	r.cmd.Process.Signal(syscall.SIGQUIT) // Go prints every goroutine
	r.wait()
	log := r.err.String()
	if !strings.Contains(log, "goroutine ") || !strings.Contains(log, `"level":"ERROR"`) || !strings.Contains(log, `"level":"DEBUG"`) {
		t.Fatalf("it did not log and crash:\n%s", log)
	}
	for what, canary := range canaries {
		canary = canary[:min(len(canary), 24)] // of tokens a part is too much
		for where, text := range map[string]string{"the log": log, "the figures": figures} {
			if i := strings.Index(text, canary); i >= 0 {
				t.Errorf("%s stands in %s: …%s…", what, where, text[max(0, i-200):min(len(text), i+100)])
			}
		}
	}
	if strings.Contains(figures, guild) || strings.Contains(figures, person.ID) {
		t.Errorf("IDs stand in the figures:\n%s", figures)
	}
}

// ask asks, waits for the answer, and returns the interaction's token.
func ask(t *testing.T, r *running, question string) string {
	t.Helper()
	i, err := r.student.Slash(r.channel, "ask", fakediscord.Values{"question": question})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := i.Answer(t.Context()); err != nil {
		t.Fatal(err)
	}
	return i.Token
}

// echoes refuses a request with what stands in it, as a proxy may.
func echoes(x *fakediscord.Exchange) {
	echo := x.Request.Header.Get("Authorization")
	if strings.HasSuffix(x.Request.Path, "/callback") {
		echo = path.Base(path.Dir(x.Request.Path)) // the interaction's token
	}
	x.Answer(400, http.Header{"Content-Type": {"application/json"}}, []byte(`{"code": 0, "message": "`+echo+`"}`))
}
