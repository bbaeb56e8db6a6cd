package bot_test

import (
	"context"
	"fmt"
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
	s.SetDirectMessages(s.student.ID, false)
	id := s.openQuestions()[0].ID
	if _, err := s.curated.AnswerOpen(t.Context(), corpus.Everything(s.guild.ID), id, "moderator", answers.Content{Question: "Comment cuire un rôti ?", Answer: "À feu doux."}); err != nil {
		t.Fatal(err)
	}
	s.logs("in=notices")
	if got := shown(s.ask(s.student, s.channel, "Où siège le soviet ?")); !strings.Contains(got, "Tauride") {
		t.Errorf("reply afterwards %q", got)
	}
}

// followed opens a question that the student follows in a channel, and returns its ID.
func (s *stage) followed(channel, question string) string {
	s.t.Helper()
	reply := s.ask(s.student, channel, question)
	s.press(s.student, reply, "Me prévenir de la réponse")
	open := s.openQuestions()
	if len(open) != 1 {
		s.t.Fatalf("%d open questions, want 1", len(open))
	}
	return open[0].ID
}

// answerOpen lets a moderator answer an open question.
func (s *stage) answerOpen(id string, c answers.Content) {
	s.t.Helper()
	if _, err := s.curated.AnswerOpen(s.t.Context(), corpus.Everything(s.guild.ID), id, "moderator", c); err != nil {
		s.t.Fatal(err)
	}
}

// waiting returns how many notices of the guild are not delivered.
func (s *stage) waiting() int {
	s.t.Helper()
	notices, err := s.curated.Notices(s.t.Context(), s.guild.ID, 10)
	if err != nil {
		s.t.Fatal(err)
	}
	return len(notices)
}

// TestNoticesStay: when Discord refuses the token, or something else than Discord answers,
// those who are to be told are told later.
func TestNoticesStay(t *testing.T) {
	t.Parallel()
	for _, status := range []int{401, 403, 404, 502} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{})
			s.put(s.guild.ID, "cours.md", history)
			s.start()
			id := s.followed(s.channel, "Comment cuire un rôti de porc ?")
			route := "/guilds/{guild_id}/members/{user_id}"
			stop := s.Always("GET", route, fakediscord.Fails(status))
			s.answerOpen(id, answers.Content{Question: "Comment cuire un rôti ?", Answer: "À feu doux."})
			s.logs("tell what became of questions")
			if n := s.waiting(); n != 1 {
				t.Fatalf("%d notices wait, want 1", n)
			}
			stop()
			s.waitFor("the student is told", func() bool { return s.waiting() == 0 })
			if told := s.posts(s.student.Direct().ID, 1); len(told) != 1 || !strings.Contains(shown(told[0]), "À feu doux.") {
				t.Errorf("told %+v", told)
			}
		})
	}
}

// TestNoticeOfLimitedCourse: who follows a question whose answer may be shown in a channel
// only is told to look there; who has lost the role that showed it is not told.
func TestNoticeOfLimitedCourse(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		where  func(s *stage, role string) corpus.Limits
		loses  bool
		want   string
		thread bool
	}{
		"limited to the channel":         {where: func(s *stage, _ string) corpus.Limits { return corpus.Limits{Channels: []string{s.channel}} }, want: "La réponse ne peut être montrée que dans <#"},
		"in a thread of the channel":     {where: func(s *stage, _ string) corpus.Limits { return corpus.Limits{Channels: []string{s.channel}} }, want: "La réponse ne peut être montrée que dans <#", thread: true},
		"limited to a role":              {where: func(_ *stage, role string) corpus.Limits { return corpus.Limits{Roles: []string{role}} }, want: "À feu doux."},
		"limited to a role that is gone": {where: func(_ *stage, role string) corpus.Limits { return corpus.Limits{Roles: []string{role}} }, loses: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{})
			role := s.NewRole(s.guild.ID, fakediscord.Role{Name: "Cuisine"}).ID
			if err := s.student.SetRoles(s.guild.ID, role); err != nil {
				t.Fatal(err)
			}
			s.put(s.guild.ID, "cours.md", history)
			s.start()
			channel := s.channel
			if test.thread {
				thread, err := s.student.StartThread(s.wrote(s.student, s.channel, "cuisine").ID, "Cuisine")
				if err != nil {
					t.Fatal(err)
				}
				channel = thread.ID
			}
			id := s.followed(channel, "Comment cuire un rôti de porc ?")
			limits := test.where(s, role)
			if err := s.store.SetLimits(t.Context(), s.guild.ID, "Cuisine", &limits); err != nil {
				t.Fatal(err)
			}
			if test.loses {
				if err := s.student.SetRoles(s.guild.ID); err != nil {
					t.Fatal(err)
				}
			}
			s.answerOpen(id, answers.Content{Question: "Comment cuire un rôti ?", Answer: "À feu doux.", Course: "Cuisine"})
			s.waitFor("the notice is gone", func() bool { return s.waiting() == 0 })
			var told []string
			for _, m := range s.Messages(s.student.Direct().ID) {
				told = append(told, shown(m))
			}
			got := strings.Join(told, "\n")
			if test.want == "" && got != "" || !strings.Contains(got, test.want) || strings.Contains(got, "doux") != strings.Contains(test.want, "doux") {
				t.Errorf("told %q, want %q", got, test.want)
			}
			if strings.HasSuffix(test.want, "<#") && !strings.Contains(got, "<#"+channel+">") {
				t.Errorf("told %q, want the channel %s named", got, channel)
			}
		})
	}
}

// TestNoticeLinks: what the answer rests on can be read from the notice, by who gets it and
// on what they may see there.
func TestNoticeLinks(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	role := s.NewRole(s.guild.ID, fakediscord.Role{Name: "Phares"}).ID
	if err := s.student.SetRoles(s.guild.ID, role); err != nil {
		t.Fatal(err)
	}
	s.put(s.guild.ID, "phare.md", "---\ncourse: Phares\nlanguage: fr\n---\nLe gardien Anselme allume la lampe.\n")
	if err := s.store.SetLimits(t.Context(), s.guild.ID, "Phares", &corpus.Limits{Roles: []string{role}}); err != nil {
		t.Fatal(err)
	}
	document, err := s.store.DocumentNamed(t.Context(), corpus.Everything(s.guild.ID), "phare.md")
	if err != nil {
		t.Fatal(err)
	}
	s.put(s.guild.ID, "cours.md", history)
	l := new(linking)
	s.options.Link = l.link
	s.start()
	s.answerOpen(s.followed(s.channel, "Comment cuire un rôti de porc ?"), answers.Content{
		Question: "Comment cuire un rôti ?", Answer: "Demandez à Anselme.", Course: "Phares",
		Sources: []answers.Source{{Reference: corpus.Reference{Document: document.ID}, Quote: "Le gardien Anselme allume la lampe."}},
	})
	s.waitFor("the student is told", func() bool { return s.waiting() == 0 })
	told := s.posts(s.student.Direct().ID, 1)
	if want := "Demandez à Anselme.\n[Lire dans le texte](https://texts.example/" + document.ID + ")"; len(told) != 1 || !strings.Contains(shown(told[0]), want) {
		t.Fatalf("told %+v, want %q", told, want)
	}
	l.wants(t, "in a notice", s.guild.ID, corpus.Asker{Roles: []string{role}}, 1)
}
