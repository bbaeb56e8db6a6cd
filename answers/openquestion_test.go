package answers_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"verbatim/answers"
	"verbatim/corpus"
)

func TestGather(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		putText(t, d.texts, "a.md", "Martin et Marvin écrivent.")
		d.gather(t, everything, "Qui a signé  le traité de Brest ?")
		d.gather(t, everything, "le traité de brest signé par qui")
		d.gather(t, everything, "Qui a signé le traité de Brest ?")
		d.gather(t, everything, "Qui a signé le traité de Riga ?")
		d.gather(t, everything, "que dit martin de la grève")
		d.gather(t, everything, "que dit marvin de la grève")
		d.gather(t, everything, "que dit martin de la grèvee")
		d.wantOpen(t,
			"3: Qui a signé le traité de Brest ? unanswered 2 | le traité de brest signé par qui unanswered 1",
			"2: que dit martin de la grèvee unanswered 1 | que dit martin de la grève unanswered 1",
			"1: que dit marvin de la grève unanswered 1",
			"1: Qui a signé le traité de Riga ? unanswered 1")
		q, err := d.Gather(t.Context(), answers.Asking{Text: "Quoi ?", Access: everything, Reason: answers.Unanswered, Private: true})
		if err != nil || q.ID != "" {
			t.Errorf("Gather of a private question = %+v, %v, want nothing", q, err)
		}
		q, err = d.Gather(t.Context(), answers.Asking{Text: "Quelle est la thèse de Martov ?", Access: everything, Reason: answers.Sent, Private: true})
		if err != nil || q.Times != 1 {
			t.Errorf("Gather of a private question that was sent = %+v, %v, want it", q, err)
		}
		if _, err := d.Gather(t.Context(), answers.Asking{Text: " ", Access: everything}); !errors.Is(err, answers.ErrEmpty) {
			t.Errorf("Gather of nothing = %v, want %v", err, answers.ErrEmpty)
		}
		if got := d.open(t, corpus.Everything("g2")); len(got) != 0 {
			t.Errorf("another guild sees %q", got)
		}
	})
}

// TestGatherAtOnce: of questions asked at the same moment none is lost, and alike ones
// come together.
func TestGatherAtOnce(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				_, err := d.Gather(t.Context(), answers.Asking{Text: "Où est Brest ?", Access: everything, Language: "fr", Reason: answers.Unanswered})
				if err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		d.wantOpen(t, "8: Où est Brest ? unanswered 8")
	})
}

// TestOpenAccess: a question is for those who see all courses that could be seen where
// it was asked.
func TestOpenAccess(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		both := corpus.Only(guild, "a", "b")
		q := d.gather(t, both, "Qui a signé ?")
		d.gather(t, corpus.Only(guild, "a"), "Qui a signé ?")
		d.gather(t, everything, "Qui a signé ?")
		d.gather(t, corpus.Only(guild), "Qui a signé ?")
		d.gather(t, corpus.AllBut(guild, "c"), "Qui a signé ?")
		for _, test := range []struct {
			access corpus.Access
			want   int
		}{
			{everything, 4}, {both, 2}, {corpus.Only(guild, "a"), 1}, {corpus.Only(guild, "b"), 0},
			{corpus.Only(guild, "a", "b", "c"), 2}, {corpus.AllBut(guild, "c"), 3}, {corpus.AllBut(guild, "b"), 1}, {corpus.Only(guild), 0}, {corpus.Everything("g2"), 0},
		} {
			if got := d.open(t, test.access); len(got) != test.want {
				t.Errorf("%+v sees %q, want %d questions", test.access, got, test.want)
			}
		}
		for _, access := range []corpus.Access{corpus.Only(guild, "b"), corpus.Everything("g2")} {
			_, err := d.curated.OpenQuestion(t.Context(), access, q.ID)
			wantMissing(t, "OpenQuestion", err)
			_, err = d.curated.AnswerOpen(t.Context(), access, q.ID, "mo", content("Qui ?", "Lui."))
			wantMissing(t, "AnswerOpen", err)
			wantMissing(t, "Dismiss", d.curated.Dismiss(t.Context(), access, q.ID, ""))
			wantMissing(t, "Reopen", d.curated.Reopen(t.Context(), access, q.ID))
			wantMissing(t, "Follow", d.curated.Follow(t.Context(), access, q.ID, answers.Follower{Member: "m"}))
		}
		if list, err := d.curated.List(t.Context(), everything, true); err != nil || len(list) != 0 {
			t.Errorf("refused answers left %v, %v", list, err)
		}
	})
}

func TestAnswerOpen(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		ctx := t.Context()
		q := d.gather(t, corpus.Only(guild, "a"), "Qui a signé le traité de Brest ?")
		q = d.gather(t, corpus.Only(guild, "a"), "traité de brest signé par qui")
		must(t, d.curated.Follow(ctx, everything, q.ID, answers.Follower{Member: "ana", Place: "c1", Text: "qui a signé"}))
		must(t, d.curated.Follow(ctx, everything, q.ID, answers.Follower{Member: "ana", Place: "c2", Text: "qui a signé", Asked: []string{"thread", "c2"}}))
		must(t, d.curated.Follow(ctx, everything, q.ID, answers.Follower{Member: "ben"}))
		must(t, d.curated.Unfollow(ctx, guild, q.ID, "ben"))
		if q, err := d.curated.OpenQuestion(ctx, everything, q.ID); err != nil || q.Followers != 1 {
			t.Errorf("OpenQuestion = %+v, %v, want one follower", q, err)
		}
		if notices, err := d.curated.Notices(ctx, guild, 10); err != nil || len(notices) != 0 {
			t.Errorf("Notices before the answer = %v, %v", notices, err)
		}
		c := q.Content()
		c.Answer = "Sokolnikov."
		a, err := d.curated.AnswerOpen(ctx, everything, q.ID, "mo", c)
		if err != nil || a.Course != "a" || a.Author != "mo" || !slices.Equal(a.Wordings, []string{"traité de brest signé par qui"}) {
			t.Errorf("AnswerOpen = %+v, %v", a, err)
		}
		d.wantOpen(t)
		if got := d.found(t, everything, "brest signé par qui ?"); got != a.Question {
			t.Errorf("the question is answered by %q, want the new answer", got)
		}
		notices, err := d.curated.Notices(ctx, guild, 10)
		if err != nil || len(notices) != 1 || notices[0].Curated != a.ID || notices[0].Place != "c2" || notices[0].Text != "qui a signé" || !slices.Equal(notices[0].Asked, []string{"thread", "c2"}) || notices[0].Outcome != answers.FollowAnswered {
			t.Fatalf("Notices = %+v, %v, want one of the answer", notices, err)
		}
		must(t, d.curated.Delivered(ctx, guild, notices[0]))
		must(t, d.curated.Delivered(ctx, guild, notices[0]))
		if p, err := d.curated.Personal(ctx, everything, "ana"); err != nil || len(p.Followed) != 0 {
			t.Errorf("after the delivery %+v, %v is kept of the follower", p, err)
		}
	})
}

func TestAnswerOpenWith(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		a := add(t, d.curated, guild, content("Qui a signé le traité de Brest ?", "Sokolnikov."))
		q := d.gather(t, everything, "les signataires de brest-litovsk")
		b, err := d.curated.AnswerOpenWith(t.Context(), everything, q.ID, a.ID, "mo")
		if err != nil || !slices.Equal(b.Wordings, []string{"les signataires de brest-litovsk"}) || b.Editor != "mo" {
			t.Errorf("AnswerOpenWith = %+v, %v, want the question as a wording", b, err)
		}
		d.wantOpen(t)
		q = d.gather(t, everything, "autre chose")
		_, err = d.curated.AnswerOpenWith(t.Context(), everything, q.ID, "nothing", "mo")
		wantMissing(t, "AnswerOpenWith nothing", err)
		d.wantOpen(t, "1: autre chose unanswered 1")
	})
}

func TestDismiss(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		ctx := t.Context()
		q := d.gather(t, everything, "Quel temps fait-il à Moscou ?")
		must(t, d.curated.Follow(ctx, everything, q.ID, answers.Follower{Member: "ana"}))
		must(t, d.curated.Dismiss(ctx, everything, q.ID, "hors\nsujet"))
		d.wantOpen(t)
		notices, err := d.curated.Notices(ctx, guild, 10)
		if err != nil || len(notices) != 1 || notices[0].Outcome != answers.FollowDismissed || notices[0].Reason != "hors sujet" {
			t.Errorf("Notices = %+v, %v, want the reason", notices, err)
		}
		again := d.gather(t, everything, "quel temps à moscou fait il")
		if again.ID != q.ID || again.Dismissed.IsZero() || again.Why != "hors sujet" || again.Times != 1 {
			t.Errorf("asked again = %+v, want the dismissed question as it was", again)
		}
		wantMissing(t, "Follow of a dismissed question", d.curated.Follow(ctx, everything, q.ID, answers.Follower{Member: "ben"}))
		if list, err := d.curated.OpenQuestions(ctx, everything, true); err != nil || len(list) != 1 {
			t.Errorf("dismissed questions = %v, %v, want one", list, err)
		}
		must(t, d.curated.Reopen(ctx, everything, q.ID))
		d.wantOpen(t, "1: Quel temps fait-il à Moscou ? unanswered 1")
	})
}

// TestAnswerOpenWithKeeps: giving a question to an answer loses none of its quotes, changes
// nothing where the question is gone, and says so where there is no room for it.
func TestAnswerOpenWithKeeps(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		ctx := t.Context()
		hidden := putText(t, d.texts, "a.md", "---\ncourse: a\n---\nSokolnikov signe à Brest.")
		c := content("Qui a signé le traité de Brest ?", "Sokolnikov.")
		c.Sources = []answers.Source{quoteOf(hidden, "Sokolnikov signe à Brest.")}
		a := add(t, d.curated, guild, c)
		seesB := corpus.AllBut(guild, "a")
		q := d.gather(t, corpus.Only(guild, "b"), "les signataires de brest-litovsk")
		b, err := d.curated.AnswerOpenWith(ctx, seesB, q.ID, a.ID, "mo")
		if err != nil || len(b.Sources) != 0 || len(b.Wordings) != 1 {
			t.Errorf("AnswerOpenWith by who can't see a quote = %+v, %v, want the wording and no quote", b, err)
		}
		if b, err = d.curated.Curated(ctx, everything, a.ID); err != nil || len(b.Sources) != 1 {
			t.Errorf("the answer = %+v, %v, want its quote kept", b, err)
		}
		_, err = d.curated.AnswerOpenWith(ctx, everything, q.ID, a.ID, "mo")
		wantMissing(t, "AnswerOpenWith again", err)

		full := content("Où est Riga ?", "Au nord.")
		for i := range 50 {
			full.Wordings = append(full.Wordings, fmt.Sprint("Riga ", i))
		}
		a = add(t, d.curated, guild, full)
		q = d.gather(t, everything, "dans quel pays se trouve riga")
		if _, err := d.curated.AnswerOpenWith(ctx, everything, q.ID, a.ID, "mo"); !errors.Is(err, answers.ErrContent) {
			t.Errorf("AnswerOpenWith where there is no room = %v, want %v", err, answers.ErrContent)
		}
		d.wantOpen(t, "1: dans quel pays se trouve riga unanswered 1")
	})
}

// TestReopenBeforeDelivery: who was not told yet that a question was dismissed waits again
// when it is reopened, and is told of the answer.
func TestReopenBeforeDelivery(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		ctx := t.Context()
		q := d.gather(t, everything, "Quel temps fait-il à Moscou ?")
		must(t, d.curated.Follow(ctx, everything, q.ID, answers.Follower{Member: "ana"}))
		must(t, d.curated.Dismiss(ctx, everything, q.ID, "hors sujet"))
		must(t, d.curated.Reopen(ctx, everything, q.ID))
		if notices, err := d.curated.Notices(ctx, guild, 10); err != nil || len(notices) != 0 {
			t.Errorf("Notices of a reopened question = %+v, %v, want none", notices, err)
		}
		must(t, second(d.curated.AnswerOpen(ctx, everything, q.ID, "mo", content(q.Text, "Froid."))))
		notices, err := d.curated.Notices(ctx, guild, 10)
		if err != nil || len(notices) != 1 || notices[0].Outcome != answers.FollowAnswered || notices[0].Reason != "" {
			t.Errorf("Notices = %+v, %v, want one of the answer", notices, err)
		}
	})
}

// TestFollowerLimit: a question has a hundred followers; one of them can still change
// where they are told.
func TestFollowerLimit(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		ctx := t.Context()
		q := d.gather(t, everything, "Quel temps fait-il à Moscou ?")
		for i := range 100 {
			must(t, d.curated.Follow(ctx, everything, q.ID, answers.Follower{Member: fmt.Sprint(i)}))
		}
		if err := d.curated.Follow(ctx, everything, q.ID, answers.Follower{Member: "ana"}); !errors.Is(err, answers.ErrTooMany) {
			t.Errorf("Follow by one more = %v, want %v", err, answers.ErrTooMany)
		}
		must(t, d.curated.Follow(ctx, everything, q.ID, answers.Follower{Member: "7", Place: "hall"}))
	})
}

// TestOpenLimits: the questions and wordings of a guild are bounded; what is rare and
// long ago goes first.
func TestOpenLimits(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		d.gather(t, everything, "Question fréquente ?")
		d.gather(t, everything, "Question fréquente ?")
		old := d.gather(t, everything, "Question rare ?")
		must(t, d.curated.Follow(t.Context(), everything, old.ID, answers.Follower{Member: "ana"}))
		for i := range answers.MaxOpenQuestions - 1 {
			must(t, d.db.Write(t.Context(), guild, answers.OpenQuestionForTest(t.Context(), guild, i, d.clock.UnixMilli()+1)))
		}
		d.gather(t, everything, "Encore une ?")
		list, err := d.curated.OpenQuestions(t.Context(), everything, false)
		if err != nil || len(list) != answers.MaxOpenQuestions || list[0].Text != "Question fréquente ?" {
			t.Errorf("%d questions, first %+v, %v, want %d with the frequent one first", len(list), list[0], err, answers.MaxOpenQuestions)
		}
		_, err = d.curated.OpenQuestion(t.Context(), everything, old.ID)
		wantMissing(t, "the oldest rare question", err)
		if p, err := d.curated.Personal(t.Context(), everything, "ana"); err != nil || len(p.Followed) != 0 {
			t.Errorf("who followed it is kept: %+v, %v", p, err)
		}
	})
}

func TestWordingLimits(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		var q answers.OpenQuestion
		for i := range 35 {
			q = d.gather(t, everything, "Le traité de Brest"+strings.Repeat(" ?", i))
		}
		if len(q.Wordings) != 30 || q.Times != 35 {
			t.Errorf("%d wordings asked %d times, want 30 and 35", len(q.Wordings), q.Times)
		}
		q = d.gather(t, everything, strings.Repeat("œuvre ", 900))
		if n := len([]rune(q.Text)); n > 500 {
			t.Errorf("a question of %d characters is kept", n)
		}
	})
}

// TestAskingOf: a follow-up is gathered as it was read, with what it follows.
func TestAskingOf(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		putText(t, d.texts, "a.md", "Le traité de Brest fut signé par Sokolnikov.")
		q := answers.Question{Text: "et celui de Riga ?", Previous: "Qui a signé le traité de Brest ?", Access: everything}
		r, err := d.Ask(t.Context(), q)
		must(t, err)
		if r.ReadAs == "" {
			t.Fatalf("the follow-up stands alone: %+v", r)
		}
		if got := answers.AskingOf(q, r, answers.Sent, true); got.Text != r.ReadAs || got.Reason != answers.Sent || !got.Private {
			t.Errorf("AskingOf = %+v, want the text %q", got, r.ReadAs)
		}
		if got := answers.ShownOf(q, r, false); got.Asking.Text != r.ReadAs {
			t.Errorf("ShownOf = %+v, want the text %q", got, r.ReadAs)
		}
		q.Previous = ""
		r, err = d.Ask(t.Context(), q)
		must(t, err)
		if got := answers.AskingOf(q, r, answers.Unanswered, false); got.Text != q.Text {
			t.Errorf("AskingOf = %+v, want the text as typed", got)
		}
	})
}
