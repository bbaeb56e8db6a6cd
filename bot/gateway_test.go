package bot_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

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
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			defer cancel()
			if _, err := s.WaitSession(ctx, nil); err != nil {
				t.Fatalf("does not connect again: %v\n%s", err, s.log)
			}
			if got := shown(s.ask(s.student, s.channel, "Où siège le soviet ?")); !strings.Contains(got, "palais") {
				t.Errorf("reply %q", got)
			}
		})
	}
}

// TestFinalCodes: after a final close code the bot ends with a sentence, and does not
// dial again.
func TestFinalCodes(t *testing.T) {
	t.Parallel()
	for _, code := range []int{4004, 4010, 4011, 4012, 4013, 4014} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{})
			b := s.bot()
			done := make(chan error, 1)
			go func() { done <- b.Run(context.Background()) }()
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			defer cancel()
			if _, err := s.WaitSession(ctx, nil); err != nil {
				t.Fatal(err)
			}
			time.Sleep(100 * time.Millisecond)
			_, before := s.Connections()
			s.CloseGateway(code, "")
			select {
			case err := <-done:
				var final *bot.FinalError
				if !errors.As(err, &final) || final.Code != code || len(final.Message) < 20 {
					t.Errorf("Run = %v, want a FinalError with code %d and a sentence", err, code)
				}
			case <-ctx.Done():
				t.Fatal("the bot does not end")
			}
			if _, after := s.Connections(); after != before {
				t.Errorf("%d connections after the final code, want %d", after, before)
			}
		})
	}
}

// TestPauseBeforeIdentify: after its session was called invalid, the bot waits before it
// identifies anew, as Discord wants.
func TestPauseBeforeIdentify(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.start()
	s.InvalidateSessions(false)
	time.Sleep(80 * time.Millisecond) // the quickened bot waits from 100 ms to 500 ms
	if got := s.Identifies(); got != 1 {
		t.Errorf("identified %d times at once, want 1", got)
	}
	for begun := time.Now(); s.Identifies() < 2; time.Sleep(10 * time.Millisecond) {
		if time.Since(begun) > patience {
			t.Fatal("the bot does not identify anew")
		}
	}
}

// TestSilence: a connection on which nothing comes is given up, whether it stood or
// not, and the bot answers again as soon as Discord speaks.
func TestSilence(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{HeartbeatInterval: 200 * time.Millisecond})
	s.put(s.guild.ID, "a.txt", "Le soviet siège au palais.")
	s.silence = time.Second
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
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if _, err := s.WaitSession(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if got := shown(s.ask(s.student, s.channel, "Où siège le soviet ?")); !strings.Contains(got, "palais") {
		t.Errorf("reply %q", got)
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
		"no READY":  func(s *stage) { s.SilenceGateway(true); s.CutGateway(); s.waitConnections(2) },
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
			if took := time.Since(begun); took > 4*time.Second {
				t.Errorf("ended after %v, want at most 4 s", took)
			}
			s.RefuseGateway(false)
			_, atEnd := s.Connections()
			time.Sleep(1500 * time.Millisecond)
			if open, after := s.Connections(); open != 0 || after != atEnd || atEnd > ever+1 {
				t.Errorf("%d connections open, %d dialled after the end", open, after-ever)
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
	s.before(func(string) { close(asked); time.Sleep(1500 * time.Millisecond) })
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
