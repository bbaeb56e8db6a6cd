package bot_test

import (
	"encoding/json"
	"fmt"
	"strings"
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
	slash := func() *fakediscord.Interaction {
		t.Helper()
		i, err := s.student.Slash(s.channel, "ask", fakediscord.Values{"question": "Où siège le soviet ?"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := i.Acknowledged(t.Context()); err != nil {
			t.Fatal(err)
		}
		return i
	}
	var held []*fakediscord.Interaction
	for range bot.MaxUnderWay {
		held = append(held, slash())
	}
	one := slash()
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
	if state := i.State(); state.Callback != fakediscord.AnswerLater || state.AckAfter > time.Second {
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

// TestAcknowledgedBySomebodyElse: that an interaction is acknowledged already is an
// error where the bot has not done so itself.
func TestAcknowledgedBySomebodyElse(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "a.txt", "Le soviet siège au palais.")
	s.start()
	s.Next("POST", callback, func(x *fakediscord.Exchange) { x.Handle(); x.Handle() })
	if got := shown(s.ask(s.student, s.channel, "Où siège le soviet ?")); !strings.Contains(got, "Quelque chose n’a pas marché") {
		t.Errorf("reply %q, want that something went wrong", got)
	}
	if !strings.Contains(s.log.String(), "40060") {
		t.Errorf("the log does not tell of error 40060:\n%s", s.log)
	}
}

// TestWhereAndWhat: questions in direct messages, empty ones and those that are too
// long are refused with a sentence, which only the asker sees.
func TestWhereAndWhat(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "a.txt", "Le soviet siège au palais.")
	s.start()
	for _, test := range []struct{ channel, question, want string }{
		{s.student.Direct().ID, "Où siège le soviet ?", "Posez votre question dans un serveur"},
		{s.channel, " \u200b\u00a0", "La question est vide"},
		{s.channel, strings.Repeat("é", answers.MaxQuestion+1), "La question est trop longue"},
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

// TestErrorsWithoutToken: an error of a request does not tell the interaction's token.
func TestErrorsWithoutToken(t *testing.T) {
	t.Parallel()
	for name, play := range map[string]fakediscord.Play{
		"lost":      fakediscord.LostBefore(),
		"500":       fakediscord.Fails(500),
		"429":       fakediscord.RateLimited(50*time.Millisecond, "user"),
		"long 429":  fakediscord.RateLimited(time.Hour, "user"),
		"HTML 429":  fakediscord.Cloudflare(time.Hour),
		"forbidden": fakediscord.Fails(403),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{})
			s.put(s.guild.ID, "a.txt", "Le soviet siège au palais.")
			s.start()
			s.Always("PATCH", original, play)
			i, err := s.student.Slash(s.channel, "ask", fakediscord.Values{"question": "Où siège le soviet ?"})
			if err != nil {
				t.Fatal(err)
			}
			for begun := time.Now(); !strings.Contains(s.log.String(), "interaction failed"); time.Sleep(20 * time.Millisecond) {
				if time.Since(begun) > patience {
					t.Fatalf("interaction %s does not fail:\n%s", i.ID, s.log)
				}
			}
			// The stage looks for tokens in the log.
		})
	}
}
