package bot_test

import (
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"verbatim/answers"
	"verbatim/bot"
	"verbatim/bot/fakediscord"
)

// TestGateway: the bot answers again after whatever happens to its connection.
func TestGateway(t *testing.T) {
	t.Parallel()
	for name, event := range map[string]func(s *stage){
		"op 7":         func(s *stage) { s.Reconnect() },
		"op 9, resume": func(s *stage) { s.InvalidateSessions(true) },
		"op 9, anew":   func(s *stage) { s.InvalidateSessions(false) },
		"cut":          func(s *stage) { s.CutGateway() },
		"code 4000":    func(s *stage) { s.CloseGateway(4000, "") },
		"code 4007":    func(s *stage) { s.CloseGateway(4007, "") },
		"code 4009":    func(s *stage) { s.CloseGateway(4009, "") },
		"code 1001":    func(s *stage) { s.CloseGateway(1001, "") },
		"forgotten":    func(s *stage) { s.ForgetSessions(); s.CutGateway() },
		"op 1":         func(s *stage) { s.RequestHeartbeats() },
		"op 7 before RESUMED": func(s *stage) {
			s.NextSession(fakediscord.SaysReconnect())
			s.CutGateway()
		},
		"op 9 before RESUMED": func(s *stage) {
			s.NextSession(fakediscord.SaysInvalid(true))
			s.CutGateway()
		},
		"op 11 before RESUMED": func(s *stage) {
			s.NextSession(fakediscord.SaysText(`{"op":11}`))
			s.CutGateway()
		},
		"down a moment": func(s *stage) {
			s.RefuseGateway(true)
			s.CutGateway()
			time.Sleep(1500 * time.Millisecond)
			s.RefuseGateway(false)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{})
			s.put(s.guild.ID, "a.txt", "Le soviet siège au palais.")
			s.start()
			event(s)
			time.Sleep(200 * time.Millisecond)
			s.waitSession(nil)
			if got := shown(s.ask(s.student, s.channel, "Où siège le soviet ?")); !strings.Contains(got, "palais") {
				t.Errorf("reply %q", got)
			}
		})
	}
}

// background runs a bot until the test ends, or until it is told to stop. The channel
// holds what Run returns.
func (s *stage) background(b *bot.Bot) (stop func(), done <-chan error) {
	s.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	result, ended := make(chan error, 1), make(chan struct{})
	go func() {
		defer close(ended)
		result <- b.Run(ctx)
	}()
	s.t.Cleanup(func() { cancel(); <-ended })
	return cancel, result
}

// waitSession waits for a connected session with a property; nil asks for none.
func (s *stage) waitSession(is func(fakediscord.Session) bool) fakediscord.Session {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), patience)
	defer cancel()
	session, err := s.WaitSession(ctx, is)
	if err != nil {
		s.t.Fatalf("the bot does not connect: %v\n%s", err, s.log)
	}
	return session
}

// TestReconnects: what people ask while Discord has the bot connect again, as often as it
// likes, is answered in time, at the rhythm that Discord wants; so it is when the network
// breaks. Discord lets an interaction fail that is not acknowledged within 3 s.
func TestReconnects(t *testing.T) {
	if !raced {
		t.Parallel()
	}
	for name, again := range map[string]func(*stage){
		"op 7":         (*stage).Reconnect,
		"op 9, resume": func(s *stage) { s.InvalidateSessions(true) },
		"cut":          (*stage).CutGateway,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{})
			s.put(s.guild.ID, "a.txt", "Le soviet siège au palais.")
			b, err := bot.New(s.options)
			if err != nil {
				t.Fatal(err)
			}
			s.run(b)
			for n := range 5 {
				s.waitLog("connected to the gateway", n+1)
				if n%2 == 0 {
					time.Sleep(600 * time.Millisecond)
				}
				again(s)
				time.Sleep(50 * time.Millisecond)
				i, err := s.student.Slash(s.channel, "ask", fakediscord.Values{"question": "Où siège le soviet ?"})
				if err != nil {
					t.Fatal(err)
				}
				s.answer(i)
				if took := i.State().AckAfter; took > discords {
					t.Errorf("acknowledged after %v, want at most %v", took, discords)
				}
			}
			if n := s.Identifies(); n != 1 {
				t.Errorf("identified %d times, want once", n)
			}
			if strings.Contains(s.log.String(), "level=WARN") {
				t.Errorf("the log warns of what is ordinary:\n%s", s.log)
			}
		})
	}
}

// TestReconnectsWithoutEnd: the bot bears a Discord that wants a new connection as soon as
// there is one, without haste.
func TestReconnectsWithoutEnd(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.start()
	s.waitLog("connected to the gateway", 1)
	stop := time.After(3 * time.Second)
	for {
		select {
		case <-stop:
			if _, ever := s.Connections(); ever < 2 || ever > 8 {
				t.Errorf("%d connections in 3 s, want one each half second, fewer on a slow machine", ever)
			}
			return
		default:
			s.Reconnect()
			time.Sleep(10 * time.Millisecond)
		}
	}
}

// TestGatewayVersion: the gateway speaks the version of the API, and is asked for no
// privileged intent, at its own address and where a session goes on.
func TestGatewayVersion(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.start()
	s.waitLog("connected to the gateway", 1)
	const wanted = fakediscord.GuildsIntent | fakediscord.GuildMessagesIntent | fakediscord.DirectMessagesIntent
	if got := s.waitSession(nil); got.Version != "10" || got.Intents != wanted {
		t.Errorf("version %s with intents %d, want 10 and %d, of which none is privileged", got.Version, got.Intents, wanted)
	}
	s.Reconnect()
	if got := s.waitSession(func(session fakediscord.Session) bool { return session.Resumes == 1 }); got.Version != "10" {
		t.Errorf("version %s where the session goes on, want 10", got.Version)
	}
}

// TestTells: whoever starts the bot reads that it is connected, as whom and in how many
// servers, and that it is so again after a loss of which the log warns.
func TestTells(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{Name: "Archive"})
	told := make(chan string, 10)
	s.options.Tell = func(sentence string) { told <- sentence }
	s.start()
	want := func(want string) {
		t.Helper()
		select {
		case got := <-told:
			if got != want {
				t.Errorf("tells %q, want %q", got, want)
			}
		case <-time.After(patience):
			t.Fatalf("does not tell %q\n%s", want, s.log)
		}
	}
	want("connected to Discord as Archive; 1 server; Ctrl-C ends it")
	s.Reconnect() // of which nobody needs to know
	s.waitSession(func(session fakediscord.Session) bool { return session.Resumes == 1 })
	s.waitLog("connected to the gateway", 2)
	s.CloseGateway(4009, "")
	want("connected again")
	if log := s.log.String(); strings.Contains(log, "<nil>") || !strings.Contains(log, "code=4009") || strings.Contains(log, "resume=") {
		t.Errorf("the log, want the code and no session to go on with:\n%s", log)
	}
}

// TestGoodbye: the bot leaves a connection with a code after which its session can go
// on, in the middle as at the start, and with 1000 when it ends.
func TestGoodbye(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.NextSession(fakediscord.SaysReconnect())
	stop := s.start()
	s.waitLog("connected to the gateway", 1)
	s.NextSession(fakediscord.SaysReconnect())
	s.Reconnect()
	s.waitSession(func(session fakediscord.Session) bool { return session.Resumes == 1 })
	s.waitLog("connected to the gateway", 2)
	if err := stop(); err != nil {
		t.Error(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond) // what is to come has come
	defer cancel()
	var codes []int
	for e := range s.Feed(ctx, 0) {
		if e.Kind == fakediscord.FrameReceived && e.Frame.Close != 0 {
			codes = append(codes, e.Frame.Close)
		}
	}
	if want := []int{4000, 4000, 4000, 1000}; !slices.Equal(codes, want) {
		t.Errorf("connections were closed with %d, want %d", codes, want)
	}
}

// TestGatewayAtStart: whatever comes instead of the first READY, the bot connects as
// soon as Discord lets it.
func TestGatewayAtStart(t *testing.T) {
	t.Parallel()
	for name, play := range map[string]fakediscord.GatewayPlay{
		"op 7":            fakediscord.SaysReconnect(),
		"op 9, resume":    fakediscord.SaysInvalid(true),
		"op 9, anew":      fakediscord.SaysInvalid(false),
		"op 11":           fakediscord.SaysText(`{"op":11}`),
		"code 4000":       fakediscord.Closes(4000, ""),
		"cut":             fakediscord.Cuts(),
		"null":            fakediscord.SaysText("null"),
		"READY of null":   fakediscord.SaysText(`{"op":0,"s":1,"t":"READY","d":null}`),
		"READY, no id":    fakediscord.SaysText(`{"op":0,"s":1,"t":"READY","d":{"guilds":[]}}`),
		"READY, no guild": fakediscord.SaysText(`{"op":0,"s":1,"t":"READY","d":{"session_id":"a","guilds":[null]}}`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{FrameSize: 50}) // messages come in several frames
			s.put(s.guild.ID, "a.txt", "Le soviet siège au palais.")
			s.NextSession(play, play)
			s.start()
			if got := shown(s.ask(s.student, s.channel, "Où siège le soviet ?")); !strings.Contains(got, "palais") {
				t.Errorf("reply %q", got)
			}
			if n := s.Identifies(); n != 3 {
				t.Errorf("identified %d times, want 3", n)
			}
		})
	}
}

// TestMalformed: what Discord would never send neither ends the process nor is believed;
// the session goes on with another connection.
func TestMalformed(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"null", " \n null", "", "{", "[]", "1", `"x"`, `{"op":11}x`, `{"op":"x"}`, `{"op":0,"s":"x"}`,
		`{"op":0,"t":"GUILD_CREATE","d":null}`,
		`{"op":0,"t":"GUILD_CREATE"}`,
		`{"op":0,"t":"GUILD_CREATE","d":{}}`,
		`{"op":0,"t":"GUILD_CREATE","d":[]}`,
		`{"op":0,"t":"GUILD_CREATE","d":{"id":"1","channels":[null]}}`,
		`{"op":0,"t":"GUILD_UPDATE","d":{"id":"1","members":[{},null]}}`,
		`{"op":0,"t":"GUILD_UPDATE","d":{"id":"1","voice_states":[null]}}`,
		`{"op":0,"t":"VOICE_STATE_UPDATE","d":{}}`,
		`{"op":0,"t":"READY","d":{"session_id":"a","guilds":[{"id":"1","members":[null]}]}}`,
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{})
			s.start()
			s.waitLog("connected to the gateway", 1) // there is a session to go on with
			s.PlayGateway(fakediscord.SaysText(text))
			s.waitSession(func(session fakediscord.Session) bool { return session.Resumes == 1 })
		})
	}
	t.Run("too long", func(t *testing.T) {
		t.Parallel()
		s := newStage(t, fakediscord.Options{})
		s.start()
		s.waitLog("connected to the gateway", 1)
		s.PlayGateway(fakediscord.SaysText(`{"op":11,"d":"` + strings.Repeat("x", 17<<20) + `"}`))
		s.waitSession(func(session fakediscord.Session) bool { return session.Resumes == 1 })
	})
	t.Run("binary", func(t *testing.T) {
		t.Parallel()
		s := newStage(t, fakediscord.Options{})
		s.start()
		s.waitLog("connected to the gateway", 1)
		var packed bytes.Buffer
		w := zlib.NewWriter(&packed)
		w.Write([]byte("null"))
		w.Close()
		s.PlayGateway(fakediscord.SaysBinary(packed.Bytes()))
		s.waitSession(func(session fakediscord.Session) bool { return session.Resumes == 1 })
	})
}

// TestHarmless: what is unusual but can be borne does not cost the connection.
func TestHarmless(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{FrameSize: 20})
	s.put(s.guild.ID, "a.txt", "Le soviet siège au palais.")
	s.start()
	for _, text := range []string{
		` {"op":11,"d":null} `, `{"op":99}`, `{"op":0,"t":"NEWS","s":3,"d":null}`, `{"op":0,"t":"INTERACTION_CREATE","s":3,"d":null}`,
		`{"op":0,"t":"GUILD_CREATE","s":3,"d":{"id":"1","unavailable":true}}`, `{"op":0,"t":null,"s":null,"d":3}`,
		`{"op":0,"t":"NEWS","s":3,"d":"` + strings.Repeat("x", 100_000) + `"}`,
	} {
		s.PlayGateway(fakediscord.SaysText(text))
	}
	if got := shown(s.ask(s.student, s.channel, "Où siège le soviet ?")); !strings.Contains(got, "palais") {
		t.Errorf("reply %q", got)
	}
	if _, ever := s.Connections(); ever != 1 {
		t.Errorf("%d connections, want 1\n%s", ever, s.log)
	}
}

// TestMalformedAgain: what comes again with a session that goes on ends the session.
func TestMalformedAgain(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.start()
	before := s.waitSession(nil).ID
	s.NextSession(fakediscord.SaysText("null"))
	s.waitLog("connected to the gateway", 1)
	s.PlayGateway(fakediscord.SaysText("null"))
	s.waitSession(func(session fakediscord.Session) bool { return session.ID != before })
}

// TestResumeAddress: a session goes on at the address that READY named for that, and
// where nobody answers there, at the gateway's own.
func TestResumeAddress(t *testing.T) {
	t.Parallel()
	elsewhere := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(elsewhere.Close)
	for name, test := range map[string]struct{ address, want string }{
		"there":          {"", "/resume/"},
		"nobody there":   {"ws://127.0.0.1:1", "/"},
		"another there":  {"ws" + strings.TrimPrefix(elsewhere.URL, "http"), "/"},
		"not an address": {"::", "/"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{ResumeURL: test.address})
			ready := make(chan bool, 100)
			s.options.Ready = func(is bool) { ready <- is }
			s.start()
			for n := range 3 {
				for !<-ready {
				}
				s.CutGateway()
				if got := s.waitSession(func(session fakediscord.Session) bool { return session.Resumes == n+1 }); got.Path != test.want {
					t.Errorf("session goes on at %q, want %q", got.Path, test.want)
				}
			}
			if n := s.Identifies(); n != 1 {
				t.Errorf("identified %d times, want once", n)
			}
		})
	}
}

// TestGrowingPauses: however Discord ends connections as soon as the bot has identified,
// the bot identifies less and less often, and is never ready.
func TestGrowingPauses(t *testing.T) {
	t.Parallel()
	for name, play := range map[string]fakediscord.GatewayPlay{
		"closed": fakediscord.Closes(4000, ""),
		"op 1, closed": func() fakediscord.GatewayPlay {
			// The client takes any packet for the answer to Identify.
			both := []fakediscord.GatewayPlay{fakediscord.SaysText(`{"op":1}`), fakediscord.Closes(4000, "")}
			return fakediscord.Plays(both...)
		}(),
		"op 9":             fakediscord.SaysInvalid(false),
		"ready and closed": fakediscord.Plays(fakediscord.Begins(), fakediscord.Closes(4009, "")),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{})
			var ready atomic.Int32
			s.options.Ready = func(is bool) {
				if is {
					ready.Add(1)
				}
			}
			s.AlwaysSession(play)
			s.background(s.bot())
			time.Sleep(6 * time.Second)
			// Pauses of 100, 200, … ms, of which the first half passes always.
			if n := s.Identifies(); n < 2 || n > 7 {
				t.Errorf("identified %d times in 6 s, want 2 to 7", n)
			}
			if n := ready.Load(); n != 0 && name != "ready and closed" {
				t.Errorf("ready %d times, want never", n)
			}
		})
	}
}

// TestSteady: after a connection that stood for a while, the pauses are short again.
func TestSteady(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	const steady = 500 * time.Millisecond
	b := s.bot()
	b.SetSteady(steady)
	plays := make([]fakediscord.GatewayPlay, 5)
	for i := range plays {
		plays[i] = fakediscord.Closes(4000, "") // after which the pause is 3.2 s at most, and 1.6 s at least
	}
	s.NextSession(plays...)
	s.run(b)
	time.Sleep(2 * steady)
	before := s.waitSession(nil).ID
	begun := time.Now()
	s.CloseGateway(4009, "")
	s.waitSession(func(session fakediscord.Session) bool { return session.ID != before })
	if took := time.Since(begun); took > 1500*time.Millisecond {
		t.Errorf("connected again after %v, want 0.1 s at most, and a bit for the machine", took)
	}
}

// TestFinalCodes: after a final close code the bot ends with a sentence, and does not
// dial again, whether it was connected or not.
func TestFinalCodes(t *testing.T) {
	t.Parallel()
	for _, code := range []int{4004, 4010, 4011, 4012, 4013, 4014} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{})
			_, done := s.background(s.bot())
			s.waitSession(nil)
			time.Sleep(100 * time.Millisecond)
			s.CloseGateway(code, "")
			s.endsWith(done, code)
		})
		t.Run(fmt.Sprint(code, " before READY"), func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{})
			s.NextSession(fakediscord.Closes(code, ""))
			_, done := s.background(s.bot())
			s.endsWith(done, code)
		})
	}
}

// endsWith waits for the bot to end because of a final code, after one connection.
func (s *stage) endsWith(done <-chan error, code int) {
	s.t.Helper()
	select {
	case err := <-done:
		var final *bot.FinalError
		if !errors.As(err, &final) || final.Code != code || len(final.Message) < 20 {
			s.t.Errorf("Run = %v, want a FinalError with code %d and a sentence", err, code)
		}
	case <-time.After(patience):
		s.t.Fatal("the bot does not end")
	}
	if _, ever := s.Connections(); ever != 1 {
		s.t.Errorf("%d connections, want 1", ever)
	}
}

// TestPauseBeforeIdentify: after its session was called invalid, at the start or later,
// the bot waits before it identifies anew, as Discord wants.
func TestPauseBeforeIdentify(t *testing.T) {
	t.Parallel()
	for name, invalidate := range map[string]func(*stage, *bot.Bot){
		"at the start": func(s *stage, b *bot.Bot) { s.NextSession(fakediscord.SaysInvalid(false)); s.background(b) },
		"later":        func(s *stage, b *bot.Bot) { s.run(b); s.InvalidateSessions(false) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{})
			b := s.bot()
			b.SetInvalidPause(15 * time.Second) // at most, a fifth at least
			invalidate(s, b)
			s.waitLog("no connection to the gateway", 1)
			time.Sleep(2 * time.Second)
			if got := s.Identifies(); got != 1 {
				t.Errorf("identified %d times at once, want 1", got)
			}
			for begun := time.Now(); s.Identifies() < 2; time.Sleep(10 * time.Millisecond) {
				if time.Since(begun) > patience {
					t.Fatal("the bot does not identify anew")
				}
			}
		})
	}
}

// TestInvalidButResumable: a session that Discord calls invalid for the moment goes on.
func TestInvalidButResumable(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.start()
	s.waitLog("connected to the gateway", 1)
	s.InvalidateSessions(true)
	s.waitSession(func(session fakediscord.Session) bool { return session.Resumes == 1 })
	if n := s.Identifies(); n != 1 {
		t.Errorf("identified %d times, want once", n)
	}
}

// TestSilence: a connection on which nothing comes is given up, whether it stood or
// not, and the bot answers again as soon as Discord speaks.
func TestSilence(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{HeartbeatInterval: 200 * time.Millisecond})
	s.put(s.guild.ID, "a.txt", "Le soviet siège au palais.")
	s.silence = 2 * time.Second
	ready := make(chan bool, 100)
	s.options.Ready = func(is bool) { ready <- is }
	s.start()
	if !<-ready {
		t.Error("not ready at first")
	}
	time.Sleep(2 * s.silence)
	if _, ever := s.Connections(); ever != 1 {
		t.Errorf("%d connections while heartbeats are acknowledged, want 1", ever)
	}
	s.SilenceGateway(true)
	s.waitConnections(3) // one that stood, one that only said Hello
	if <-ready {
		t.Error("ready in silence")
	}
	s.SilenceGateway(false)
	s.waitConnections(4)
	s.waitSession(nil)
	if got := shown(s.ask(s.student, s.channel, "Où siège le soviet ?")); !strings.Contains(got, "palais") {
		t.Errorf("reply %q", got)
	}
}

// TestSlowHeartbeats: silence is measured by how often Discord wants to be asked, so
// that a connection lives on which little comes.
func TestSlowHeartbeats(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{HeartbeatInterval: 3 * time.Second})
	s.silence = 2 * time.Second
	s.start()
	time.Sleep(7 * time.Second)
	if _, ever := s.Connections(); ever != 1 {
		t.Errorf("%d connections while heartbeats are acknowledged, want 1", ever)
	}
	s.SilenceGateway(true)
	s.waitConnections(2)
}

// TestNoReady: a connection on which heartbeats are acknowledged but READY does not come
// is given up.
func TestNoReady(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{HeartbeatInterval: 500 * time.Millisecond})
	s.silence = time.Second
	s.NextSession(fakediscord.SaysText(`{"op":1}`))
	s.start()
	if n := s.Identifies(); n != 2 {
		t.Errorf("identified %d times, want 2", n)
	}
}

// TestHello: heartbeats that nobody could send are not begun.
func TestHello(t *testing.T) {
	t.Parallel()
	for _, interval := range []time.Duration{-time.Second, time.Microsecond, 1 << 62} {
		s := newStage(t, fakediscord.Options{HeartbeatInterval: interval})
		s.background(s.bot())
		s.waitConnections(2)
		if n := s.Identifies(); n != 0 {
			t.Errorf("identified %d times after a Hello with %v, want not to", n, interval)
		}
	}
}

// TestLateHandshake: a connection that was given up while its handshake was under way is
// over, although the handshake succeeds.
func TestLateHandshake(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{HeartbeatInterval: 200 * time.Millisecond})
	s.silence = time.Second
	behind, err := url.Parse(s.URL())
	if err != nil {
		t.Fatal(err)
	}
	pass := &httputil.ReverseProxy{Rewrite: func(p *httputil.ProxyRequest) { p.SetURL(behind) }}
	var handshakes atomic.Int32
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if handshakes.Add(1) == 1 {
			time.Sleep(2 * s.silence)
		}
		pass.ServeHTTP(w, r)
	}))
	t.Cleanup(proxy.Close)
	s.Always("GET", "/gateway", func(x *fakediscord.Exchange) {
		x.Answer(http.StatusOK, nil, []byte(`{"url": "ws`+strings.TrimPrefix(proxy.URL, "http")+`"}`))
	})
	s.background(s.bot())
	s.waitConnections(2)
	s.waitLog("connected to the gateway", 1)
	for begun := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		open, ever := s.Connections()
		if ever >= 2 && open == 1 { // a slow machine gives up more than the first
			break
		}
		if time.Since(begun) > patience {
			t.Fatalf("of %d connections %d stand, want one of two or more", ever, open)
		}
	}
	if session := s.waitSession(nil); session.Resumes != 0 {
		t.Error("a session had begun with the first connection")
	}
}

// waitConnections waits until so many connections were dialled.
func (s *stage) waitConnections(n int) {
	s.t.Helper()
	for begun := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		if _, ever := s.Connections(); ever >= n {
			return
		}
		if time.Since(begun) > patience {
			s.t.Fatalf("the bot does not dial a connection number %d\n%s", n, s.log)
		}
	}
}

// TestEnds: the bot ends within 5 s whatever state its connection is in, and dials no
// more.
func TestEnds(t *testing.T) {
	t.Parallel()
	const gateway = "/gateway"
	for name, before := range map[string]func(s *stage){
		"connected": func(s *stage) {},
		"cut":       func(s *stage) { s.CutGateway() },
		"op 9":      func(s *stage) { s.InvalidateSessions(false); time.Sleep(100 * time.Millisecond) },
		"refused":   func(s *stage) { s.RefuseGateway(true); s.CutGateway(); time.Sleep(1200 * time.Millisecond) },
		"op 7 before RESUMED": func(s *stage) {
			s.AlwaysSession(fakediscord.SaysReconnect())
			s.CutGateway()
			s.waitConnections(2)
		},
		"no READY": func(s *stage) { s.SilenceGateway(true); s.CutGateway(); s.waitConnections(2) },
		"no answer to /gateway": func(s *stage) {
			hold := fakediscord.NewHold()
			s.Next("GET", gateway, hold.ThenLost())
			s.RefuseGateway(true) // after which the client asks for the address again
			s.CutGateway()
			<-hold.Arrived()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{})
			stop := s.start()
			before(s)
			_, ever := s.Connections()
			begun := time.Now()
			if err := stop(); err != nil {
				t.Errorf("Run = %v, want nil", err)
			}
			if took := time.Since(begun); took > endTime {
				t.Errorf("ended after %v, want at most %v", took, endTime)
			}
			s.RefuseGateway(false)
			time.Sleep(500 * time.Millisecond) // the server may count a dial under way somewhat later
			_, atEnd := s.Connections()
			time.Sleep(1500 * time.Millisecond)
			if open, after := s.Connections(); open != 0 || after != atEnd || atEnd > ever+1 {
				t.Errorf("%d connections open, %d dialled after the end", open, after-ever)
			}
		})
	}
}

// A stuck answerer answers nothing until the context is done, or for ever if it is deaf.
type stuck struct {
	bot.Answerer
	deaf bool
	over chan struct{} // closed when the test has ended
}

func (s stuck) Ask(ctx context.Context, _ answers.Question) (answers.Reply, error) {
	done := ctx.Done()
	if s.deaf {
		done = nil
	}
	select {
	case <-done:
	case <-s.over:
	}
	return answers.Reply{}, context.Canceled
}

// TestEndsStuck: the bot ends in time with as many answers under way as there can be that
// take too long. Who asked is told, unless nothing makes the answer end.
func TestEndsStuck(t *testing.T) {
	t.Parallel()
	for name, deaf := range map[string]bool{"stuck": false, "deaf": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{})
			over := make(chan struct{})
			t.Cleanup(func() { close(over) })
			s.options.Answerer = stuck{s.options.Answerer, deaf, over}
			stop := s.start()
			var all []*fakediscord.Interaction
			for range bot.MaxUnderWay {
				all = append(all, s.begin("Où siège le soviet ?"))
			}
			begun := time.Now()
			if err := stop(); err != nil {
				t.Error(err)
			}
			if took := time.Since(begun); took > endTime {
				t.Errorf("ended after %v, want at most %v", took, endTime)
			}
			for _, i := range all {
				if deaf {
					break
				}
				if got := shown(s.answer(i)); !strings.Contains(got, "pas marché") {
					t.Errorf("reply %q, want that something went wrong", got)
				}
			}
		})
	}
}

// TestEndsWhileAsked: what is asked when the bot is told to end is answered, unless
// it takes too long.
func TestEndsWhileAsked(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "a.txt", "Le soviet siège au palais.")
	asked := make(chan struct{})
	s.before(func(string) { close(asked); time.Sleep(500 * time.Millisecond) })
	stop := s.start()
	i, err := s.student.Slash(s.channel, "ask", fakediscord.Values{"question": "Où siège le soviet ?"})
	if err != nil {
		t.Fatal(err)
	}
	<-asked
	if err := stop(); err != nil {
		t.Error(err)
	}
	if got := shown(s.answer(i)); !strings.Contains(got, "palais") {
		t.Errorf("reply %q", got)
	}
}
