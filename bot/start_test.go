package bot_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"verbatim/bot"
	"verbatim/bot/fakediscord"
)

const (
	application        = "/applications/@me"
	registeredCommands = "/applications/{application_id}/commands"
)

// TestStartUnreachable: a bot that can't reach Discord when it starts goes on trying,
// says so, and answers as soon as it can.
func TestStartUnreachable(t *testing.T) {
	t.Parallel()
	for name, play := range map[string]fakediscord.Play{
		"lost":              fakediscord.LostBefore(),
		"500":               fakediscord.Fails(500),
		"banned":            fakediscord.Cloudflare(time.Hour),
		"forbidden":         fakediscord.Fails(403),
		"something else":    func(x *fakediscord.Exchange) { x.Answer(200, nil, []byte("<html>")) },
		"an empty object":   func(x *fakediscord.Exchange) { x.Answer(200, nil, []byte("{}")) },
		"no such addresses": func(x *fakediscord.Exchange) { x.Answer(404, http.Header{}, []byte("{}")) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{})
			s.put(s.guild.ID, "a.txt", "Le soviet siège au palais.")
			reachable := s.Always("", "", play)
			s.background(s.bot())
			s.waitLog("no connection to the gateway", 2)
			if n := strings.Count(s.log.String(), "commands are not registered"); n != 1 {
				t.Errorf("the log tells %d times of the commands before the bot is connected, want once\n%s", n, s.log)
			}
			reachable()
			s.waitSession(nil)
			s.waitLog("commands registered", 1)
			if got := shown(s.ask(s.student, s.channel, "Où siège le soviet ?")); !strings.Contains(got, "palais") {
				t.Errorf("reply %q", got)
			}
		})
	}
}

// TestUnreached: why Discord can't be reached is a sentence with the address that was
// configured, for who asks for the invitation as for the log.
func TestUnreached(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		play fakediscord.Play
		want string
	}{
		"lost":           {fakediscord.LostBefore(), "can't reach Discord at BASE: EOF"},
		"not found":      {fakediscord.Fails(404), "no Discord API at BASE: check discord.api_url"},
		"something else": {func(x *fakediscord.Exchange) { x.Answer(200, nil, []byte("<html>")) }, "something else than Discord's API answers at BASE: check discord.api_url"},
		"forbidden":      {fakediscord.Fails(403), "refused by Discord at BASE: HTTP 403 Forbidden"},
		"limited":        {fakediscord.RateLimited(2*time.Minute, "global"), "can't reach Discord at BASE: rate limited for 2m0s more"},
		"sent on": {func(x *fakediscord.Exchange) {
			x.Answer(301, http.Header{"Location": {"https://discord.com/api/v10" + x.Request.Path}}, nil)
		}, "BASE sends requests on to another address, to which the token does not go: set discord.api_url to that of Discord's API itself"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{})
			s.Always("", "", test.play)
			want := strings.ReplaceAll(test.want, "BASE", s.options.API)
			if _, err := bot.Application(t.Context(), s.options.API, s.Token()); err == nil || !strings.HasPrefix(err.Error(), want) {
				t.Errorf("Application: %v, want %s", err, want)
			}
			if name == "sent on" && len(s.Requests("", "")) != 1 {
				t.Errorf("%d requests, want 1", len(s.Requests("", "")))
			}
			s.background(s.bot())
			s.waitLog("no connection to the gateway", 1)
			if log := s.log.String(); strings.Contains(log, "discord.com") || !strings.Contains(log, s.options.API) || strings.Contains(log, "resume=") || strings.Contains(log, "code=") {
				t.Errorf("the log, want %s and nothing of connections that were not:\n%s", s.options.API, log)
			}
		})
	}
}

// TestLongGlobalLimit: while a global limit holds that is long, the bot says so, and sends
// nothing.
func TestLongGlobalLimit(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.Next("GET", application, fakediscord.RateLimited(2*time.Minute, "global"))
	s.background(s.bot())
	s.waitLog("no connection to the gateway", 2)
	if n := strings.Count(s.log.String(), "rate limited for "); n < 3 {
		t.Errorf("the log tells %d times of the limit, want 3 at least:\n%s", n, s.log)
	}
	if sent := s.Requests("", ""); len(sent) != 1 {
		t.Errorf("%d requests, want only that which was limited", len(sent))
	}
}

// TestStartWithoutRegistration: a bot whose commands can't be registered connects all
// the same, answers those who have the commands from before, and registers them later.
func TestStartWithoutRegistration(t *testing.T) {
	t.Parallel()
	hold := fakediscord.NewHold()
	t.Cleanup(hold.Release)
	for name, test := range map[string]struct {
		method, route string
		play          fakediscord.Play
	}{
		"no application": {"GET", application, fakediscord.Fails(503)},
		"no list":        {"GET", registeredCommands, fakediscord.Fails(500)},
		"forbidden":      {"PUT", registeredCommands, fakediscord.Fails(403)},
		"limited":        {"PUT", registeredCommands, fakediscord.RateLimited(time.Hour, "user")},
		"no answer":      {"PUT", registeredCommands, hold.ThenLost()},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{})
			s.put(s.guild.ID, "a.txt", "Le soviet siège au palais.")
			possible := s.Always(test.method, test.route, test.play)
			s.start()
			s.waitLog("connected to the gateway", 1)
			if n := len(s.Commands("")); n != 0 {
				t.Fatalf("%d commands are registered, want none yet", n)
			}
			possible()
			s.waitLog("commands registered", 1)
			if got := shown(s.ask(s.student, s.channel, "Où siège le soviet ?")); !strings.Contains(got, "palais") {
				t.Errorf("reply %q", got)
			}
		})
	}
}

// TestStartEnds: a bot that is told to end while it starts does so at once.
func TestStartEnds(t *testing.T) {
	t.Parallel()
	for name, prepare := range map[string]func(s *stage) (reached func()){
		"no answer to the first request": func(s *stage) func() {
			hold := fakediscord.NewHold()
			s.t.Cleanup(hold.Release)
			s.Always("GET", application, hold.ThenLost())
			return func() { <-hold.Arrived() }
		},
		"unreachable": func(s *stage) func() {
			s.Always("", "", fakediscord.LostBefore())
			return func() { s.waitLog("no connection to the gateway", 1) }
		},
		"limited": func(s *stage) func() {
			s.Always("PUT", registeredCommands, fakediscord.RateLimited(20*time.Second, "user"))
			return func() { s.waitLog("connected to the gateway", 1); time.Sleep(time.Second) }
		},
		"no READY": func(s *stage) func() {
			s.AlwaysSession(fakediscord.SaysNothing())
			return func() { s.waitConnections(1); time.Sleep(200 * time.Millisecond) }
		},
		"op 7 instead of READY": func(s *stage) func() {
			s.AlwaysSession(fakediscord.SaysReconnect())
			return func() { s.waitConnections(1); time.Sleep(200 * time.Millisecond) }
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{})
			reached := prepare(s)
			stop, done := s.background(s.bot())
			reached()
			begun := time.Now()
			stop()
			if err := <-done; err != nil || time.Since(begun) > endTime {
				t.Errorf("ended after %v with %v, want within %v without an error", time.Since(begun), err, endTime)
			}
		})
	}
}

// waitLog waits until the log holds something so often.
func (s *stage) waitLog(text string, times int) {
	s.t.Helper()
	for begun := time.Now(); strings.Count(s.log.String(), text) < times; time.Sleep(20 * time.Millisecond) {
		if time.Since(begun) > 2*patience {
			s.t.Fatalf("the log does not hold %q %d times:\n%s", text, times, s.log)
		}
	}
}
