package bot_test

import (
	"context"
	"log/slog"
	"strings"
	"testing"

	"verbatim/answers"
	"verbatim/bot/fakediscord"
	"verbatim/corpus"
)

// A faultyLog panics when it is told of a message.
type faultyLog struct {
	slog.Handler
	message string
}

func (f faultyLog) Enabled(ctx context.Context, level slog.Level) bool { return true }

func (f faultyLog) Handle(ctx context.Context, r slog.Record) error {
	if r.Message == f.message {
		panic("a fault")
	}
	return f.Handler.Handle(ctx, r)
}

// TestPanicInNotices: a panic while somebody is told of an answer ends neither the bot nor
// what others are told.
func TestPanicInNotices(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "cours.md", history)
	s.options.Log = slog.New(faultyLog{s.options.Log.Handler(), "a member takes no direct messages"})
	s.start()
	reply := s.ask(s.student, s.channel, "Comment cuire un rôti de porc ?")
	s.press(s.student, reply, "Me prévenir de la réponse")
	s.Always("POST", "/users/@me/channels", fakediscord.Fails(403))
	id := s.openQuestions()[0].ID
	if _, err := s.curated.AnswerOpen(t.Context(), corpus.Everything(s.guild.ID), id, "moderator", answers.Content{Question: "Comment cuire un rôti ?", Answer: "À feu doux."}); err != nil {
		t.Fatal(err)
	}
	s.logs("in=notices")
	if got := shown(s.ask(s.student, s.channel, "Où siège le soviet ?")); !strings.Contains(got, "Tauride") {
		t.Errorf("reply afterwards %q", got)
	}
}
