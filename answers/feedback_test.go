package answers_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"verbatim/answers"
	"verbatim/corpus"
)

// shown asks a question, and returns what the reply shows.
func (d desk) shown(t *testing.T, access corpus.Access, text string, private bool) answers.Shown {
	t.Helper()
	q := answers.Question{Text: text, Access: access}
	r, err := d.Ask(t.Context(), q)
	must(t, err)
	return answers.ShownOf(q, r, private)
}

func (d desk) vote(t *testing.T, shown answers.Shown, reply, member string, helpful bool, comment string) {
	t.Helper()
	d.pass(time.Second)
	must(t, d.Vote(t.Context(), guild, answers.Vote{Reply: reply, Member: member, Helpful: helpful, Comment: comment}, shown))
}

func (d desk) wantVotes(t *testing.T, reply string, helpful, unhelpful int) {
	t.Helper()
	h, u, err := d.curated.Votes(t.Context(), everything, reply)
	if err != nil || h != helpful || u != unhelpful {
		t.Errorf("Votes(%s) = %d, %d, %v, want %d, %d", reply, h, u, err, helpful, unhelpful)
	}
}

// judged returns the feedback, a line for each thing.
func (d desk) judged(t *testing.T, access corpus.Access) []string {
	t.Helper()
	all, err := d.curated.Feedback(t.Context(), access)
	must(t, err)
	var lines []string
	for _, j := range all {
		lines = append(lines, fmt.Sprintf("%s %q +%d -%d %q %q", j.Name, j.Text, j.Helpful, j.Unhelpful, j.Questions, j.Comments))
	}
	return lines
}

func TestVote(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		ctx := t.Context()
		putText(t, d.texts, "a.md", "Le traité de Brest fut signé par Sokolnikov.")
		before, err := d.db.Head(ctx, guild)
		must(t, err)
		shown := d.shown(t, everything, "Qui a signé le traité de Brest ?", false)
		d.vote(t, shown, "r1", "ana", true, "")
		d.wantOpen(t)
		d.vote(t, answers.Shown{}, "r1", "ana", false, "trop court")
		d.vote(t, answers.Shown{}, "r1", "ben", false, "")
		d.wantVotes(t, "r1", 0, 2)
		d.wantOpen(t, "1: Qui a signé le traité de Brest ? unhelpful 1")
		want := []string{`a.md "Le traité de Brest fut signé par Sokolnikov." +0 -2 ["Qui a signé le traité de Brest ?"] ["trop court"]`}
		if got := d.judged(t, everything); !slices.Equal(got, want) {
			t.Errorf("Feedback = %q, want %q", got, want)
		}
		must(t, d.curated.TakeBack(ctx, guild, "r1", "ana"))
		d.wantOpen(t, "1: Qui a signé le traité de Brest ? unhelpful 1")
		d.vote(t, answers.Shown{}, "r1", "ben", true, "")
		d.wantOpen(t)
		d.wantVotes(t, "r1", 1, 0)
		must(t, d.curated.TakeBack(ctx, guild, "r1", "ben"))
		must(t, d.curated.TakeBack(ctx, guild, "r1", "ben"))
		if got := d.judged(t, everything); len(got) != 0 {
			t.Errorf("Feedback without votes = %q", got)
		}
		wantMissing(t, "Vote on a reply that nobody knows", d.Vote(ctx, guild, answers.Vote{Reply: "r1", Member: "ana"}, answers.Shown{}))
		wantMissing(t, "Vote in another guild", d.Vote(ctx, "g2", answers.Vote{Reply: "r1", Member: "ana"}, shown))
		if after, err := d.db.Head(ctx, guild); err != nil || after != before {
			t.Errorf("Head = %v, %v, want %v as before: votes change no index", after, err, before)
		}
	})
}

// TestVoteOnOpen: a question that was open when it was asked counts once, also when it is
// voted on.
func TestVoteOnOpen(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		putText(t, d.texts, "a.md", "Le traité de Brest fut signé par Sokolnikov.")
		const asked = "Quel temps fait-il à Riga ?"
		shown := d.shown(t, everything, asked, false)
		if !shown.Counted {
			t.Fatalf("%q is answered", asked)
		}
		q := d.gather(t, everything, asked)
		want := "1: " + asked + " unanswered 1"
		d.vote(t, shown, "r1", "ana", true, "")
		d.vote(t, answers.Shown{}, "r1", "ben", false, "")
		d.vote(t, answers.Shown{}, "r1", "cid", false, "")
		d.wantOpen(t, want)
		d.wantVotes(t, "r1", 1, 2)
		must(t, d.curated.TakeBack(t.Context(), guild, "r1", "ben"))
		must(t, d.curated.TakeBack(t.Context(), guild, "r1", "cid"))
		d.wantOpen(t, want)
		_, err := d.curated.AnswerOpen(t.Context(), everything, q.ID, "mo", content("Riga ?", "Il pleut."))
		must(t, err)
		d.vote(t, answers.Shown{}, "r1", "ben", false, "") // the answer was given, and is asked for anew
		d.wantOpen(t, "1: "+asked+" unhelpful 1")
	})
}

// TestTakeBackDismissed: a dismissed question stays dismissed when the vote by which it
// came is taken back, also because the member is forgotten.
func TestTakeBackDismissed(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		putText(t, d.texts, "a.md", "Le traité de Brest fut signé par Sokolnikov.")
		const asked = "Qui a signé le traité de Brest ?"
		shown := d.shown(t, everything, asked, false)
		d.vote(t, shown, "r1", "ana", false, "")
		d.vote(t, shown, "r2", "ben", false, "")
		q, err := d.curated.OpenQuestions(t.Context(), everything, false)
		must(t, err)
		must(t, d.curated.Dismiss(t.Context(), everything, q[0].ID, "hors sujet"))
		must(t, d.curated.TakeBack(t.Context(), guild, "r1", "ana"))
		_, err = d.curated.Forget(t.Context(), guild, "ben")
		must(t, err)
		d.gather(t, everything, asked)
		d.wantOpen(t)
		must(t, second(d.curated.OpenQuestion(t.Context(), everything, q[0].ID)))
	})
}

// TestReplyLimit: of replies with votes the one without a vote for longest goes out.
func TestReplyLimit(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		asking := answers.Asking{Text: "Où ?", Access: everything, Private: true}
		d.vote(t, answers.Shown{Asking: asking}, "first", "ana", true, "")
		d.vote(t, answers.Shown{Asking: asking}, "second", "ana", true, "")
		must(t, d.db.Write(t.Context(), guild, answers.VotedRepliesForTest(t.Context(), guild, answers.MaxReplies-2, d.clock.UnixMilli()+1)))
		d.vote(t, answers.Shown{}, "first", "ben", true, "")
		d.vote(t, answers.Shown{Asking: asking}, "last", "ana", true, "")
		d.wantVotes(t, "first", 2, 0)
		d.wantVotes(t, "second", 0, 0)
		d.wantVotes(t, "reply 1", 0, 1)
		d.wantVotes(t, "last", 1, 0)
	})
}

// TestVoteAfterAnswer: a vote on a reply of old doesn't open again what was answered or
// dismissed meanwhile, and taking it back doesn't touch what was asked since.
func TestVoteAfterAnswer(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		shown := d.shown(t, everything, "Qui a signé le traité de Brest ?", false)
		d.vote(t, shown, "r1", "ana", false, "")
		q, err := d.curated.OpenQuestions(t.Context(), everything, false)
		must(t, err)
		_, err = d.curated.AnswerOpen(t.Context(), everything, q[0].ID, "mo", content("Qui a signé ?", "Lui."))
		must(t, err)
		d.vote(t, shown, "r1", "ben", false, "")
		d.wantOpen(t)
		d.gather(t, everything, "Qui a signé le traité de Brest ?")
		must(t, d.curated.TakeBack(t.Context(), guild, "r1", "ana"))
		must(t, d.curated.TakeBack(t.Context(), guild, "r1", "ben"))
		d.wantOpen(t, "1: Qui a signé le traité de Brest ? unanswered 1")
	})
}

// TestPrivateVote: of what was asked in private only the vote is kept.
func TestPrivateVote(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		putText(t, d.texts, "a.md", "Le traité de Brest fut signé par Sokolnikov.")
		d.vote(t, d.shown(t, everything, "Qui a signé le traité de Brest ?", true), "r1", "ana", false, "non")
		d.wantOpen(t)
		want := []string{`a.md "Le traité de Brest fut signé par Sokolnikov." +0 -1 [] ["non"]`}
		if got := d.judged(t, everything); !slices.Equal(got, want) {
			t.Errorf("Feedback = %q, want %q", got, want)
		}
	})
}

// TestFeedbackAccess: who doesn't see the place, the answer or the text sees no vote.
func TestFeedbackAccess(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		a := corpus.Only(guild, "a")
		putText(t, d.texts, "a.md", "---\ncourse: a\n---\nLe traité de Brest fut signé par Sokolnikov.")
		c := content("Où est Riga ?", "Au nord.")
		c.Course = "a"
		add(t, d.curated, guild, c)
		d.vote(t, d.shown(t, a, "Qui a signé le traité de Brest ?", false), "r1", "ana", false, "")
		d.vote(t, d.shown(t, a, "Où est Riga ?", false), "r2", "ana", true, "")
		putText(t, d.texts, "open.md", "La douma siège au palais de Tauride.")
		d.vote(t, d.shown(t, everything, "Où siège la douma ?", false), "r3", "ana", true, "")
		if got := d.judged(t, corpus.Only(guild, "")); len(got) != 0 {
			t.Errorf("who sees the text, but not all of the place, sees %q", got)
		}
		must(t, d.curated.TakeBack(t.Context(), guild, "r3", "ana"))
		for _, test := range []struct {
			access corpus.Access
			want   int
		}{{everything, 2}, {a, 2}, {corpus.Only(guild, "b"), 0}, {corpus.Everything("g2"), 0}} {
			if got := d.judged(t, test.access); len(got) != test.want {
				t.Errorf("%+v sees %q, want %d", test.access, got, test.want)
			}
			h, u, err := d.curated.Votes(t.Context(), test.access, "r1")
			if err != nil || h+u != test.want/2 {
				t.Errorf("%+v: Votes = %d, %d, %v, want %d", test.access, h, u, err, test.want/2)
			}
		}
		if got, want := d.judged(t, everything)[1], `Où est Riga ? "" +1 -0 [] []`; got != want {
			t.Errorf("the curated answer's feedback = %s, want %s", got, want)
		}
	})
}
