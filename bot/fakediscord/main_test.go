package fakediscord_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"testing"
	"time"

	"go.uber.org/goleak"

	"verbatim/bot/fakediscord"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// world is a guild with a channel, a student and a moderator.
type world struct {
	t       *testing.T
	srv     *fakediscord.Server
	clock   *fakediscord.Clock
	guild   fakediscord.Guild
	channel fakediscord.Channel
	mods    fakediscord.Role
	ana     *fakediscord.Person // a student, in Spanish
	zoe     *fakediscord.Person // a moderator
}

func newWorld(t *testing.T, options ...func(*fakediscord.Options)) *world {
	t.Helper()
	clock := fakediscord.NewClock(time.Date(2026, 9, 1, 8, 0, 0, 0, time.UTC))
	o := fakediscord.Options{Now: clock.Now}
	for _, change := range options {
		change(&o)
	}
	srv, err := fakediscord.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := srv.Close(); err != nil {
			t.Error(err)
		}
		http.DefaultClient.CloseIdleConnections()
	})
	w := &world{t: t, srv: srv, clock: clock}
	w.guild = srv.NewGuild(fakediscord.Guild{Name: "Histoire", PreferredLocale: "fr"})
	w.channel = srv.NewChannel(fakediscord.Channel{GuildID: w.guild.ID, Name: "questions"})
	w.mods = srv.NewRole(w.guild.ID, fakediscord.Role{Name: "moderators", Permissions: fakediscord.ManageMessages})
	w.ana = srv.NewPerson("ana", "es-ES").Join(w.guild.ID)
	w.zoe = srv.NewPerson("zoe", "fr").Join(w.guild.ID, w.mods.ID)
	return w
}

// reply is an answer of the REST API.
type reply struct {
	t      *testing.T
	Status int
	Header http.Header
	Body   []byte
}

// do sends a request as the bot. The body is JSON, nil for none.
func (w *world) do(method, path string, body any) reply {
	w.t.Helper()
	var content []byte
	if body != nil {
		var err error
		if content, err = json.Marshal(body); err != nil {
			w.t.Fatal(err)
		}
	}
	return w.send(method, path, "application/json", content)
}

func (w *world) send(method, path, contentType string, body []byte) reply {
	w.t.Helper()
	req, err := http.NewRequestWithContext(w.t.Context(), method, w.srv.URL()+"/api/v10"+path, bytes.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bot "+w.srv.Token())
	req.Header.Set("Content-Type", contentType)
	return w.roundTrip(req)
}

func (w *world) roundTrip(req *http.Request) reply {
	w.t.Helper()
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		w.t.Fatal(err)
	}
	defer res.Body.Close()
	content, err := io.ReadAll(res.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return reply{w.t, res.StatusCode, res.Header, content}
}

// want fails the test unless the answer has a status and, if it is an error, a code.
func (r reply) want(status, code int) reply {
	r.t.Helper()
	var refusal struct {
		Code int `json:"code"`
	}
	if status >= 400 {
		if err := json.Unmarshal(r.Body, &refusal); err != nil {
			r.t.Fatalf("the answer %d %s is not JSON", r.Status, r.Body)
		}
	}
	if r.Status != status || refusal.Code != code {
		r.t.Fatalf("answer = %d %s, want status %d, code %d", r.Status, r.Body, status, code)
	}
	return r
}

// wantError fails the test unless the body was refused with a code at a path.
func (r reply) wantError(code string, path ...string) {
	r.t.Helper()
	var refusal struct {
		Code   int            `json:"code"`
		Errors map[string]any `json:"errors"`
	}
	if err := json.Unmarshal(r.Body, &refusal); err != nil || r.Status != 400 || refusal.Code != 50035 {
		r.t.Errorf("answer = %d %s, want 50035 with %s at %v", r.Status, r.Body, code, path)
		return
	}
	node := refusal.Errors
	for _, name := range path {
		node, _ = node[name].(map[string]any)
	}
	list, _ := node["_errors"].([]any)
	for _, e := range list {
		if e.(map[string]any)["code"] == code {
			return
		}
	}
	r.t.Errorf("errors = %s, want %s at %v", r.Body, code, path)
}

func (r reply) into(v any) {
	r.t.Helper()
	if err := json.Unmarshal(r.Body, v); err != nil {
		r.t.Fatalf("answer %d %s: %v", r.Status, r.Body, err)
	}
}

// object is JSON in the tests.
type object = map[string]any

// soon is a context for what should happen at once.
func soon(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// register registers commands for all guilds.
func (w *world) register(commands ...object) {
	w.t.Helper()
	w.do("PUT", "/applications/"+w.srv.ApplicationID()+"/commands", commands).want(200, 0)
}

var askCommand = object{"name": "ask", "description": "Ask the notes", "options": []object{
	{"type": 3, "name": "question", "description": "Your question", "required": true, "max_length": 300},
	{"type": 3, "name": "course", "description": "Which course", "autocomplete": true},
	{"type": 5, "name": "private", "description": "Only for you"},
}}

// ask lets ana ask.
func (w *world) ask() *fakediscord.Interaction {
	w.t.Helper()
	w.register(askCommand)
	i, err := w.ana.Slash(w.channel.ID, "ask", fakediscord.Values{"question": "Who was Charlemagne?"})
	if err != nil {
		w.t.Fatal(err)
	}
	return i
}

// callback acknowledges an interaction.
func (w *world) callback(i *fakediscord.Interaction, kind fakediscord.CallbackType, data any) reply {
	w.t.Helper()
	return w.do("POST", "/interactions/"+i.ID+"/"+i.Token+"/callback", object{"type": kind, "data": data})
}

// webhook is the path for further messages of an interaction.
func (w *world) webhook(i *fakediscord.Interaction, rest string) string {
	return "/webhooks/" + w.srv.ApplicationID() + "/" + i.Token + rest
}
