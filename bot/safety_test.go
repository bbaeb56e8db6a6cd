package bot_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"verbatim/answers"
	"verbatim/bot"
	"verbatim/bot/fakediscord"
)

const (
	callback = "/interactions/{interaction_id}/{interaction_token}/callback"
	original = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
)

// TestBusy: as many questions as there are places are answered, and whoever asks one
// more is told at once that the bot is busy.
func TestBusy(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "a.txt", "Le soviet siège au palais.")
	release := make(chan struct{})
	s.before(func(string) { <-release })
	s.start()
	var held []*fakediscord.Interaction
	for range bot.MaxUnderWay {
		held = append(held, s.begin("Où siège le soviet ?"))
	}
	one := s.begin("Où siège le soviet ?")
	if got := shown(s.answer(one)); !strings.HasPrefix(got, "Trop de questions à la fois") || !one.State().Ephemeral {
		t.Errorf("reply %q, want that the bot is busy, for the asker alone", got)
	}
	close(release)
	for _, i := range held {
		if got := shown(s.answer(i)); !strings.Contains(got, "palais") {
			t.Errorf("reply %q", got)
		}
	}
	if got := shown(s.ask(s.student, s.channel, "Où siège le soviet ?")); !strings.Contains(got, "palais") {
		t.Errorf("reply afterwards %q", got)
	}
}

// TestTooBusy: whoever asks while all places are taken, and all those to say so, gets no
// reply; the bot does not run out of anything, and answers when there is room again.
func TestTooBusy(t *testing.T) {
	if !raced {
		t.Parallel()
	}
	s := newStage(t, fakediscord.Options{Now: fakediscord.NewClock(time.Now()).Now})
	s.put(s.guild.ID, "a.txt", "Le soviet siège au palais.")
	release := make(chan struct{})
	s.before(func(string) { <-release })
	b := s.bot()
	s.run(b)
	var held []*fakediscord.Interaction
	for range bot.MaxUnderWay {
		held = append(held, s.begin("Où siège le soviet ?"))
	}
	hold := fakediscord.NewHold()
	stop := s.Always("POST", callback, hold.ThenHandled())
	for range bot.MaxRefusals {
		s.slash("Où siège le soviet ?")
	}
	for n := range bot.MaxRefusals {
		select {
		case <-hold.Arrived():
		case <-time.After(patience):
			t.Fatalf("%d are told that the bot is busy at a time, want %d", n, bot.MaxRefusals)
		}
	}
	one := s.slash("Où siège le soviet ?")
	s.logs("too many interactions to say so")
	hold.Release()
	stop()
	close(release)
	for _, i := range held {
		s.answer(i)
	}
	for begun := time.Now(); b.Free() == 0 && time.Since(begun) < patience; time.Sleep(10 * time.Millisecond) {
	}
	if got := shown(s.ask(s.student, s.channel, "Où siège le soviet ?")); !strings.Contains(got, "palais") {
		t.Errorf("reply afterwards %q", got)
	}
	if state := one.State(); state.Callback != 0 {
		t.Errorf("the last was acknowledged with %d, want nothing", state.Callback)
	}
}

// slash lets the student ask.
func (s *stage) slash(question string) *fakediscord.Interaction {
	s.t.Helper()
	i, err := s.student.Slash(s.channel, "ask", fakediscord.Values{"question": question})
	if err != nil {
		s.t.Fatal(err)
	}
	return i
}

// begin lets the student ask, and returns when the bot has acknowledged that.
func (s *stage) begin(question string) *fakediscord.Interaction {
	s.t.Helper()
	i := s.slash(question)
	ctx, cancel := context.WithTimeout(s.t.Context(), patience)
	defer cancel()
	if _, err := i.Acknowledged(ctx); err != nil {
		s.t.Fatalf("%v\n%s", err, s.log)
	}
	return i
}

// TestPanic: a panic costs one reply, which holds the number under which the log
// tells of it.
func TestPanic(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "a.txt", "Le soviet siège au palais.")
	s.before(func(question string) {
		if strings.Contains(question, "panique") {
			panic("a fault")
		}
	})
	s.start()
	i, err := s.student.Slash(s.channel, "ask", fakediscord.Values{"question": "La panique ?"})
	if err != nil {
		t.Fatal(err)
	}
	got := shown(s.answer(i))
	if !strings.Contains(got, "Quelque chose n’a pas marché") || !strings.Contains(got, i.ID) {
		t.Errorf("reply %q, want that something went wrong, with %s", got, i.ID)
	}
	if log := s.log.String(); !strings.Contains(log, "interaction="+i.ID) || !strings.Contains(log, "a fault") || strings.Contains(log, "panique") {
		t.Errorf("log, want %s and the fault, and not the question:\n%s", i.ID, log)
	}
	if got := shown(s.ask(s.student, s.channel, "Où siège le soviet ?")); !strings.Contains(got, "palais") {
		t.Errorf("reply afterwards %q", got)
	}
}

// TestSlowAnswer: however long the answer takes, the question is acknowledged at once.
func TestSlowAnswer(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "a.txt", "Le soviet siège au palais.")
	s.before(func(string) { time.Sleep(3500 * time.Millisecond) })
	s.start()
	i, err := s.student.Slash(s.channel, "ask", fakediscord.Values{"question": "Où siège le soviet ?"})
	if err != nil {
		t.Fatal(err)
	}
	if got := shown(s.answer(i)); !strings.Contains(got, "palais") {
		t.Errorf("reply %q", got)
	}
	if state := i.State(); state.Callback != fakediscord.AnswerLater || state.AckAfter > discords {
		t.Errorf("acknowledged with %d after %v, want %d at once", state.Callback, state.AckAfter, fakediscord.AnswerLater)
	}
}

// TestSlowDiscord: the reply comes when Discord takes its time, or never tells that
// it has taken the acknowledgement.
func TestSlowDiscord(t *testing.T) {
	t.Parallel()
	hold := fakediscord.NewHold()
	t.Cleanup(hold.Release)
	for name, slow := range map[string]func(s *stage){
		"the callback takes 1 s":  func(s *stage) { s.Next("POST", callback, fakediscord.Delay(time.Second)) },
		"the first callback ends": func(s *stage) { s.Next("POST", callback, hold.ThenLost()) },
		"no answer ever":          func(s *stage) { s.Always("POST", callback, hold.HandledThenLost()) },
		"the edit takes 2 s":      func(s *stage) { s.Next("PATCH", original, fakediscord.Delay(2*time.Second)) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{})
			s.put(s.guild.ID, "a.txt", "Le soviet siège au palais.")
			s.start()
			slow(s)
			if got := shown(s.ask(s.student, s.channel, "Où siège le soviet ?")); !strings.Contains(got, "palais") {
				t.Errorf("reply %q\n%s", got, s.log)
			}
			if n := len(s.Messages(s.channel)); n != 1 {
				t.Errorf("%d messages in the channel, want 1", n)
			}
		})
	}
}

// TestAcknowledgedBySomebodyElse: to an interaction that another bot with the token has
// acknowledged the bot says nothing, and the log says why.
func TestAcknowledgedBySomebodyElse(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{Now: fakediscord.NewClock(time.Now()).Now})
	s.put(s.guild.ID, "a.txt", "Le soviet siège au palais.")
	b := s.bot()
	b.SetAcknowledges(patience) // a callback sent again would be taken for the bot's own
	s.run(b)
	s.Next("POST", callback, func(x *fakediscord.Exchange) { x.Handle(); x.Handle() })
	s.begin("Où siège le soviet ?")
	s.logs("another bot answers with this token")
	time.Sleep(200 * time.Millisecond)
	if sent := s.Requests("PATCH", original); len(sent) != 0 {
		t.Errorf("the reply of the other becomes %s", sent[0].Payload)
	}
}

// TestTwoBots: whoever asks where two bots run with one token gets one good reply.
func TestTwoBots(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "a.txt", "Le soviet siège au palais.")
	s.start()
	s.background(s.bot())
	s.waitLog("connected to the gateway", 2)
	for n := range 10 {
		m := s.ask(s.student, s.channel, "Où siège le soviet ?")
		s.waitLog("another bot answers with this token", n+1)
		if last, _ := s.Message(m.ID); !strings.Contains(shown(last), "palais") {
			t.Errorf("the reply is %q in the end", shown(last))
		}
	}
	if n := strings.Count(s.log.String(), "another bot answers with this token"); n != 10 {
		t.Errorf("the log tells %d times of the other bot, want 10\n%s", n, s.log)
	}
}

// TestWhereAndWhat: questions in direct messages of who has asked nowhere, empty ones and those that are too
// long are refused with a sentence, which only the asker sees.
func TestWhereAndWhat(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "a.txt", "Le soviet siège au palais.")
	s.start()
	for _, test := range []struct{ channel, question, want string }{
		{s.student.Direct().ID, "Où siège le soviet ?", "Je ne sais pas encore dans les textes de quel serveur vous répondre."},
		{s.channel, " \u200b\u00a0", "La question est vide"},
		{s.channel, strings.Repeat("é", answers.MaxQuestion+1), "La question est trop longue\u00a0: elle peut avoir 6\u00a0000 caractères."},
	} {
		data, err := json.Marshal(map[string]any{
			"id": "1", "name": "ask", "type": 1,
			"options": []any{map[string]any{"name": "question", "type": 3, "value": test.question}},
		})
		if err != nil {
			t.Fatal(err)
		}
		i, err := s.student.Raw(test.channel, "", fakediscord.CommandInteraction, data)
		if err != nil {
			t.Fatal(err)
		}
		if got := shown(s.answer(i)); !strings.HasPrefix(got, test.want) || !i.State().Ephemeral {
			t.Errorf("reply to %.20q is %q, want %q, for the asker alone", test.question, got, test.want)
		}
	}
}

// TestLongTexts: what has long names and long sentences is shown within Discord's
// limits, which the fake Discord enforces.
func TestLongTexts(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	long := strings.Repeat("𝔖𝔬𝔳𝔦𝔢𝔱 e\u0301 @everyone **👩‍👩‍👧** ", 25)
	for n := range 3 {
		text := fmt.Sprintf("---\nauthor: %s\ntitle: %s\ndate: 1932\n---\n\nLe soviet %d siège au palais %s.", long, long, n, long)
		s.put(s.guild.ID, fmt.Sprintf("%d.md", n), text)
	}
	s.start()
	if got := shown(s.ask(s.student, s.channel, "Où siège le soviet au palais ?")); !strings.Contains(got, "…") || !strings.Contains(got, "> Le") {
		t.Errorf("reply %q, want quotes with long names cut", got)
	}
}

// TestFailureIsTold: whatever gets lost on the way, who asked reads that something went
// wrong. The clock stands still, for it takes the bot nearly the 3 s in which it must
// respond.
func TestFailureIsTold(t *testing.T) {
	t.Parallel()
	fails, lost := fakediscord.Fails(502), fakediscord.LostBefore()
	carriedOut := func(x *fakediscord.Exchange) { x.Handle(); fails(x) }
	for name, test := range map[string]struct {
		play     func(s *stage)
		response bool // is how it is told, else an edit
	}{
		// A response would be refused, and that taken for the answer to one that was lost.
		"acknowledged, the next would fail": {func(s *stage) {
			s.Next("POST", callback, fakediscord.Handled(), fails)
		}, false},
		"acknowledged, but Discord says 502": {func(s *stage) {
			s.Always("POST", callback, carriedOut)
		}, false},
		"not acknowledged": {func(s *stage) {
			s.Next("POST", callback, fails, fails, fails, fails)
		}, true},
		"the edit is lost": {func(s *stage) {
			s.Next("PATCH", original, lost, lost, lost, lost)
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{Now: fakediscord.NewClock(time.Now()).Now})
			s.put(s.guild.ID, "a.txt", "Le soviet siège au palais.")
			if name != "the edit is lost" {
				s.before(func(string) { panic("a fault") })
			}
			s.start()
			test.play(s)
			if got := shown(s.ask(s.student, s.channel, "Où siège le soviet ?")); !strings.HasPrefix(got, "Quelque chose n’a pas marché") {
				t.Errorf("reply %q, want that something went wrong\n%s", got, s.log)
			}
			responded := slices.ContainsFunc(s.Requests("POST", callback), func(r fakediscord.Request) bool {
				return strings.Contains(string(r.Payload), "pas marché")
			})
			if responded != test.response {
				t.Errorf("told by a response: %v, want %v", responded, test.response)
			}
		})
	}
}

// TestReplyStands: a reply that Discord has shown, without the bot hearing so, is not
// replaced by word of a failure.
func TestReplyStands(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ method, route, question, want string }{
		"edit":     {"PATCH", original, "Où siège le soviet ?", "palais"},
		"response": {"POST", callback, " \u00a0", "La question est vide"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{Now: fakediscord.NewClock(time.Now()).Now})
			s.put(s.guild.ID, "a.txt", "Le soviet siège au palais.")
			s.start()
			s.Always(test.method, test.route, fakediscord.LostAnswer())
			m := s.ask(s.student, s.channel, test.question)
			s.logs("the reply stands")
			for _, version := range s.Revisions(m.ID) {
				if strings.Contains(shown(version), "pas marché") {
					t.Errorf("the reply became %q", shown(version))
				}
			}
			if last, _ := s.Message(m.ID); !strings.Contains(shown(last), test.want) {
				t.Errorf("the reply is %q, want %q", shown(last), test.want)
			}
		})
	}
}

// TestPlaces: as many interactions as there are places do not wait for each other, those
// that follow do not wait for their limits, and what the client keeps does not grow.
func TestPlaces(t *testing.T) {
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "a.txt", "Le soviet siège au palais.")
	b := s.bot()
	s.run(b)
	for range 2 {
		hold := fakediscord.NewHold()
		release := sync.OnceFunc(hold.Release)
		defer release()
		stop := s.Always("PATCH", original, func(x *fakediscord.Exchange) {
			hold.ThenHandled()(x)
			x.Answer(200, http.Header{"X-Ratelimit-Remaining": {"0"}, "X-Ratelimit-Reset-After": {"3600"}}, []byte(`{}`))
		})
		var asked []*fakediscord.Interaction
		for range bot.MaxUnderWay {
			asked = append(asked, s.begin("Où siège le soviet ?"))
		}
		for n := range asked {
			select {
			case <-hold.Arrived():
			case <-time.After(patience):
				t.Fatalf("of %d edits %d are sent at a time", len(asked), n)
			}
		}
		stop()
		release()
		for _, i := range asked {
			s.answer(i)
		}
		for begun := time.Now(); b.Free() < bot.MaxUnderWay; time.Sleep(10 * time.Millisecond) {
			if time.Since(begun) > patience {
				t.Fatalf("%d places are free after all is answered", b.Free())
			}
		}
	}
	if n := b.Buckets(); n > bot.MaxUnderWay+10 {
		t.Errorf("%d rate-limit buckets after %d interactions", n, 2*bot.MaxUnderWay)
	}
}

// TestNothingSecretTold: neither a log nor an error holds a token, whatever goes wrong,
// even with a server in between that repeats what it was sent.
func TestNothingSecretTold(t *testing.T) {
	t.Parallel()
	const canary = "canary-of-the-address"
	for name, play := range map[string]fakediscord.Play{
		"lost":      fakediscord.LostBefore(),
		"500":       repeats(500, "text/html"),
		"502":       repeats(502, "application/json"),
		"403":       repeats(403, "application/json"),
		"long 429":  fakediscord.RateLimited(time.Hour, "user"),
		"HTML 429":  fakediscord.Cloudflare(time.Hour),
		"wrong 200": repeats(200, "text/html"),
	} {
		for _, at := range []struct{ method, route, failure string }{
			{"POST", callback, "interaction failed"},
			{"PATCH", original, "interaction failed"},
			{"GET", "/applications/@me", "commands are not registered"},
			{"GET", "/applications/{application_id}/commands", "commands are not registered"},
		} {
			if name == "wrong 200" && at.method != "GET" {
				continue // it is taken for success
			}
			t.Run(name+" "+at.method+" "+at.route, func(t *testing.T) {
				t.Parallel()
				s := newStage(t, fakediscord.Options{})
				s.options.API = strings.Replace(s.options.API, "://", "://user:"+canary+"@", 1)
				s.put(s.guild.ID, "a.txt", "Le soviet siège au palais.")
				s.Always(at.method, at.route, play)
				s.start()
				if _, err := s.student.Raw(s.channel, "", fakediscord.CommandInteraction, json.RawMessage(
					`{"id": "1", "name": "ask", "type": 1, "options": [{"name": "question", "type": 3, "value": "Où siège le soviet ?"}]}`)); err != nil {
					t.Fatal(err)
				}
				s.logs(at.failure)
				// The stage looks for the other tokens in the log.
				if strings.Contains(s.log.String(), canary) {
					t.Errorf("the log holds the password of the address:\n%s", s.log)
				}
				for line := range strings.Lines(s.log.String()) {
					if _, told, found := strings.Cut(line, " err="); found && !isShort(told) {
						t.Errorf("a long error: %s", told)
					}
				}
			})
		}
	}
}

// isShort reports whether an error as the log writes it says no more than where and why.
func isShort(told string) bool {
	told = strings.TrimSpace(told)
	return len(told) < 300 && !strings.Contains(told, `\n`) && !strings.Contains(told, "POST /") && !strings.Contains(told, "https://discord.com")
}

// repeats answers with a status and, many times and on many lines, with all that is
// secret in the request.
func repeats(status int, kind string) fakediscord.Play {
	return func(x *fakediscord.Exchange) {
		text := strings.Repeat(x.Request.Path+"\n"+x.Request.Header.Get("Authorization")+" <html>\"\\\n", 20)
		body := []byte(text)
		if kind == "application/json" {
			body, _ = json.Marshal(map[string]any{"code": 50013, "message": text})
		}
		x.Answer(status, http.Header{"Content-Type": {kind}}, body)
	}
}
