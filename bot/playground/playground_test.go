package playground_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"verbatim/bot/fakediscord"
	"verbatim/bot/playground"
)

// TestGuard asks for the page as others than the page would.
func TestGuard(t *testing.T) {
	s := newStage(t)
	root := s.Address()[:strings.Index(s.Address(), "/"+secretOf(s))]
	tests := []struct {
		name, method, url, host, site string
		want                          int
	}{
		{"the page", "GET", s.Address(), "", "", 200},
		{"by its name", "GET", s.Address(), "localhost:7337", "", 200},
		{"a script", "GET", s.Address() + "page/app.js", "", "", 200},
		{"no secret", "GET", root + "/", "", "", 404},
		{"a wrong secret", "GET", root + "/AAAAAAAAAAAAAAAAAAAAAAAAAA/", "", "", 404},
		{"a part of the secret", "GET", root + "/" + secretOf(s)[:10] + "/", "", "", 404},
		{"a name that points here", "GET", s.Address(), "evil.example:7337", "", 404},
		{"a form of another page", "POST", s.Address() + "api/do?as=" + student, "", "cross-site", 404},
		{"a page of another port", "POST", s.Address() + "api/do?as=" + student, "", "same-site", 404},
		{"outside the files", "GET", s.Address() + "page/../../serve.go", "", "", 404},
		{"no link to a text", "GET", s.Address() + "texts/1.x", "", "", 404},
		{"an unknown person", "GET", s.Address() + "api/world?as=1", "", "", 404},
		{"the bot", "GET", s.Address() + "api/world?as=1000000000000000001", "", "", 404},
	}
	for _, test := range tests {
		request, err := http.NewRequestWithContext(t.Context(), test.method, test.url, strings.NewReader("{}"))
		if err != nil {
			t.Fatal(err)
		}
		request.Host = test.host
		if test.site != "" {
			request.Header.Set("Sec-Fetch-Site", test.site)
		}
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != test.want {
			t.Errorf("%s: status %d, want %d", test.name, answer.StatusCode, test.want)
		}
		policy := answer.Header.Get("Content-Security-Policy")
		for _, part := range []string{"default-src 'none'", "script-src 'self';", "frame-ancestors 'none'", "require-trusted-types-for 'script'"} {
			if !strings.Contains(policy, part) {
				t.Errorf("%s: the policy %q lacks %s", test.name, policy, part)
			}
		}
	}
}

func secretOf(s *stage) string {
	parts := strings.Split(strings.TrimSuffix(s.Address(), "/"), "/")
	return parts[len(parts)-1]
}

// TestPorts takes the usual port, and asks for it by name.
func TestPorts(t *testing.T) {
	taken, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(playground.DefaultPort)))
	if err == nil { // else another has it, which serves as well
		defer taken.Close()
	}
	p, err := playground.New(playground.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if !strings.HasPrefix(p.Address(), "http://127.0.0.1:") || strings.Contains(p.Address(), ":"+strconv.Itoa(playground.DefaultPort)+"/") {
		t.Errorf("the address is %s, want another port of the loopback interface", p.Address())
	}
	if p, err := playground.New(playground.Options{Port: playground.DefaultPort}); err == nil {
		p.Close()
		t.Error("a port that is asked for is another's, and no error")
	}
}

// TestPeople looks at what each person sees.
func TestPeople(t *testing.T) {
	s := newStage(t)
	tests := []struct {
		person  string
		guilds  int
		channel bool // sees the moderators'
	}{{student, 2, false}, {moderator, 2, true}, {newcomer, 1, false}}
	for _, test := range tests {
		var world struct {
			Me     string
			Guilds []struct {
				Name     string
				Channels []struct {
					ID   string
					Type int
				}
			}
			Direct struct{ Type int }
		}
		if err := json.Unmarshal(s.get("api/world?as="+test.person, 200), &world); err != nil {
			t.Fatal(err)
		}
		kinds, sees := map[int]bool{}, false
		for _, ch := range world.Guilds[0].Channels {
			kinds[ch.Type] = true
			sees = sees || ch.ID == closed
		}
		if world.Me != test.person || len(world.Guilds) != test.guilds || sees != test.channel || world.Direct.Type != 1 {
			t.Errorf("%s sees %+v", test.person, world)
		}
		if !kinds[0] || !kinds[11] || !kinds[15] {
			t.Errorf("there are channels of types %v, want texts, a thread and a forum", kinds)
		}
		status := map[bool]int{true: 200, false: 422}[test.channel]
		s.get("api/commands?as="+test.person+"&channel="+closed, status)
	}
}

// feed follows the events of a person until one fits.
func (s *stage) feed(person string, fits func(string) bool) string {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), patience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, "GET", s.Address()+"api/events?as="+person, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	lines := bufio.NewScanner(answer.Body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok && fits(data) {
			return data
		}
	}
	s.t.Fatalf("the events end: %v", lines.Err())
	return ""
}

// TestGuildsAreApart asks in both guilds what only the first can answer.
func TestGuildsAreApart(t *testing.T) {
	s := newStage(t)
	asking := map[string]any{"do": "slash", "channel": questions, "name": "ask", "values": map[string]any{"question": "Qui allume la lampe du phare ?"}}
	s.act(student, asking, 200)
	s.feed(student, func(e string) bool { return strings.Contains(e, "message") && strings.Contains(e, "Anselme") })
	asking["channel"] = strings.Replace(questions, "000101", "000201", 1) // the same channel of the second guild
	s.act(student, asking, 200)
	answer := s.feed(student, func(e string) bool {
		return strings.Contains(e, "message edited") && strings.Contains(e, playground.SecondGuild)
	})
	if strings.Contains(answer, "Anselme") {
		t.Errorf("the second guild reads texts of the first: %s", answer)
	}
}

// TestRefusals does what Discord's client would not let a person do.
func TestRefusals(t *testing.T) {
	s := newStage(t)
	tests := []struct {
		name   string
		action map[string]any
		want   string
	}{
		{"nothing", map[string]any{}, "nobody can do"},
		{"an option that is required", map[string]any{"do": "slash", "channel": questions, "name": "ask"}, "required"},
		{"an unknown command", map[string]any{"do": "slash", "channel": questions, "name": "dance"}, "no command"},
		{"a hidden channel", map[string]any{"do": "post", "channel": closed, "content": "Hello"}, "sees no channel"},
		{"a long message", map[string]any{"do": "post", "channel": questions, "content": strings.Repeat("a", 2001)}, "2000"},
		{"a button that is not there", map[string]any{"do": "press", "message": "1", "custom_id": "x"}, "sees no message"},
		{"a modal that is not there", map[string]any{"do": "submit", "interaction": "1"}, "no such modal"},
		{"an option of a wrong form", map[string]any{"do": "slash", "channel": questions, "name": "ask", "values": map[string]any{"question": []any{1}}}, "list of texts"},
	}
	for _, test := range tests {
		var refusal struct{ Error string }
		if err := json.Unmarshal(s.act(student, test.action, 422), &refusal); err != nil || !strings.Contains(refusal.Error, test.want) {
			t.Errorf("%s: %q, want %q", test.name, refusal.Error, test.want)
		}
	}
}

// TestFiles uploads what a browser would run if it showed it.
func TestFiles(t *testing.T) {
	s := newStage(t)
	page := []byte("<script>alert(1)</script>")
	dot := []byte("\x89PNG\r\n\x1a\n")
	s.act(student, map[string]any{"do": "post", "channel": discussion, "files": []map[string]any{
		{"name": "a.html", "type": "text/html", "data": page}, {"name": "dot.png", "type": "image/png", "data": dot},
	}}, 200)
	var messages []fakediscord.Message
	if err := json.Unmarshal(s.get("api/messages?as="+student+"&channel="+discussion, 200), &messages); err != nil {
		t.Fatal(err)
	}
	sent := messages[len(messages)-1].Attachments
	for i, want := range []struct {
		kind  string
		saved bool
		data  []byte
	}{{"application/octet-stream", true, page}, {"image/png", false, dot}} {
		answer, err := http.Get(s.Address() + "files/" + sent[i].ID + "/" + sent[i].Filename)
		if err != nil {
			t.Fatal(err)
		}
		var body bytes.Buffer
		_, err = body.ReadFrom(answer.Body)
		answer.Body.Close()
		saved := strings.HasPrefix(answer.Header.Get("Content-Disposition"), "attachment")
		if err != nil || answer.Header.Get("Content-Type") != want.kind || saved != want.saved || !bytes.Equal(body.Bytes(), want.data) {
			t.Errorf("%s comes as %s, saved %t, with %q, %v", sent[i].Filename, answer.Header.Get("Content-Type"), saved, body.Bytes(), err)
		}
	}
}

// TestEnd ends a playground while a page looks at it.
func TestEnd(t *testing.T) {
	p, err := playground.New(playground.Options{Port: playground.AnyPort, Log: quiet})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- p.Run(ctx) }()
	answer, err := http.Get(p.Address() + "api/events?as=" + student)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	cancel()
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(patience):
		t.Error("the playground does not end")
	}
	if err := p.Close(); err != nil {
		t.Error(err)
	}
}
