package answers_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"verbatim/answers"
	"verbatim/corpus"
)

func (d desk) propose(t *testing.T, member string, c answers.Content) answers.Proposal {
	t.Helper()
	d.pass(time.Minute)
	p, err := d.curated.Propose(t.Context(), everything, member, c)
	must(t, err)
	return p
}

func TestProposals(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		ctx, s := t.Context(), d.curated
		asIs := d.propose(t, "ana", content("Où est Riga ?", "Au nord."))
		edited := d.propose(t, "ana", content("Où est Kiev ?", "Au sud."))
		declined := d.propose(t, "ben", content("Où est Bakou ?", "Loin."))
		withdrawn := d.propose(t, "ben", content("Où est Omsk ?", "À l'est."))
		if list, err := s.Proposals(ctx, everything, false); err != nil || len(list) != 4 || list[0].ID != asIs.ID {
			t.Fatalf("Proposals = %v, %v, want four, the oldest first", list, err)
		}
		a, err := s.Accept(ctx, everything, asIs.ID, "mo", nil)
		if err != nil || a.Author != "ana" || a.Answer != "Au nord." {
			t.Errorf("Accept = %+v, %v, want the answer by ana", a, err)
		}
		if got := d.found(t, everything, "où est riga"); got != "Où est Riga ?" {
			t.Errorf("the question is answered by %q", got)
		}
		better := content("Où est Kiev ?", "Sur le Dniepr.")
		b, err := s.Accept(ctx, everything, edited.ID, "mo", &better)
		if err != nil || b.Author != "mo" || b.Answer != "Sur le Dniepr." {
			t.Errorf("Accept edited = %+v, %v, want the moderator's answer", b, err)
		}
		must(t, s.Decline(ctx, everything, declined.ID, "mo", "trop vague"))
		wantMissing(t, "Withdraw of another's", s.Withdraw(ctx, guild, withdrawn.ID, "ana"))
		must(t, s.Withdraw(ctx, guild, withdrawn.ID, "ben"))
		for id, err := range map[string]error{
			"accept":   second(s.Accept(ctx, everything, asIs.ID, "mo", nil)),
			"decline":  s.Decline(ctx, everything, asIs.ID, "mo", ""),
			"withdraw": s.Withdraw(ctx, guild, asIs.ID, "ana"),
		} {
			if !errors.Is(err, answers.ErrSettled) {
				t.Errorf("%s of a settled proposal = %v, want %v", id, err, answers.ErrSettled)
			}
		}
		if list, err := s.List(ctx, everything, true); err != nil || len(list) != 2 {
			t.Errorf("curated answers = %v, %v, want two", list, err)
		}
		mine, err := s.ProposalsOf(ctx, everything, "ben")
		if err != nil || len(mine) != 2 || mine[0].State != answers.Withdrawn || mine[1].State != answers.Declined || mine[1].Reason != "trop vague" {
			t.Errorf("ProposalsOf = %+v, %v, want one withdrawn and one declined with the reason", mine, err)
		}
		if list, err := s.Proposals(ctx, everything, true); err != nil || len(list) != 3 {
			t.Errorf("settled proposals = %v, %v, want three", list, err)
		}
	})
}

func second[T any](_ T, err error) error { return err }

func TestProposalAccess(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		ctx, s := t.Context(), d.curated
		hidden := putText(t, d.texts, "a.md", "---\ncourse: a\n---\nLe mot de passe est sésame.")
		b := corpus.Only(guild, "b")
		c := content("Quel mot ?", "Celui-ci.")
		c.Sources = []answers.Source{quoteOf(hidden, "Le mot de passe est sésame.")}
		right := second(s.Propose(ctx, b, "ana", c))
		c.Sources[0].Quote = "Le mot de passe est autre."
		wrong := second(s.Propose(ctx, b, "ana", c))
		if !errors.Is(right, answers.ErrContent) || right.Error() != wrong.Error() {
			t.Errorf("a quote of a hidden text is told from a wrong one: %v, %v", right, wrong)
		}
		c = content("Quel mot ?", "Celui-ci.")
		c.Course = "a"
		if _, err := s.Propose(ctx, b, "ana", c); !errors.Is(err, answers.ErrContent) {
			t.Errorf("Propose for a hidden course = %v, want %v", err, answers.ErrContent)
		}
		p := d.propose(t, "ana", c)
		for _, access := range []corpus.Access{b, corpus.Everything("g2")} {
			if list, err := s.Proposals(ctx, access, false); err != nil || len(list) != 0 {
				t.Errorf("Proposals = %v, %v, want none", list, err)
			}
			wantMissing(t, "Proposal", second(s.Proposal(ctx, access, p.ID)))
			wantMissing(t, "Accept", second(s.Accept(ctx, access, p.ID, "mo", nil)))
			wantMissing(t, "Decline", s.Decline(ctx, access, p.ID, "mo", ""))
		}
		wantMissing(t, "Withdraw in another guild", s.Withdraw(ctx, "g2", p.ID, "ana"))
	})
}

// TestProposalQuotes: a proposal for everybody does not show its quote of a text to who
// can't see that; who accepts it keeps the quote.
func TestProposalQuotes(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		ctx, s := t.Context(), d.curated
		hidden := putText(t, d.texts, "a.md", "---\ncourse: a\n---\nLe mot de passe est sésame.")
		c := content("Quel mot ?", "Celui-ci.")
		c.Sources = []answers.Source{quoteOf(hidden, "Le mot de passe est sésame.")}
		p := d.propose(t, "ana", c)
		others := corpus.AllBut(guild, "a")
		one, err1 := s.Proposal(ctx, others, p.ID)
		list, err2 := s.Proposals(ctx, others, false)
		mine, err3 := s.ProposalsOf(ctx, others, "ana")
		personal, err4 := s.Personal(ctx, others, "ana")
		must(t, err4)
		for _, proposal := range slices.Concat(list, mine, personal.Proposals, []answers.Proposal{one}) {
			if len(proposal.Sources) != 0 {
				t.Errorf("who can't see a text is shown %q of it", proposal.Sources[0].Quote)
			}
		}
		if err1 != nil || err2 != nil || err3 != nil || len(list) != 1 || len(mine) != 1 {
			t.Errorf("Proposal, Proposals, ProposalsOf = %v, %v, %v, %v, %v", list, mine, err1, err2, err3)
		}
		a, err := s.Accept(ctx, others, p.ID, "mo", nil)
		if err != nil || len(a.Sources) != 0 {
			t.Errorf("Accept by who can't see a text = %+v, %v, want none of its quotes", a, err)
		}
		if a, err = s.Curated(ctx, everything, a.ID); err != nil || len(a.Sources) != 1 {
			t.Errorf("the answer = %+v, %v, want the quote kept", a, err)
		}
	})
}

// TestProposalEdited: a moderator who can't see a quote of a proposal does not take it out by
// editing the rest, and is not its author by storing what they were shown.
func TestProposalEdited(t *testing.T) {
	for _, test := range []struct{ answer, author string }{{"Celui-ci.", "ana"}, {"Celui-là.", "mo"}} {
		eachDesk(t, func(t *testing.T, d desk) {
			ctx, s := t.Context(), d.curated
			hidden := putText(t, d.texts, "a.md", "---\ncourse: a\n---\nLe mot de passe est sésame.")
			open := putText(t, d.texts, "b.md", "Le traité de Brest fut signé par Sokolnikov.")
			c := content("Quel mot ?", "Celui-ci.")
			c.Sources = []answers.Source{quoteOf(hidden, "Le mot de passe est sésame."), quoteOf(open, "Le traité de Brest fut signé par Sokolnikov.")}
			p := d.propose(t, "ana", c)
			others := corpus.AllBut(guild, "a")
			seen, err := s.Proposal(ctx, others, p.ID)
			must(t, err)
			seen.Answer = test.answer
			a, err := s.Accept(ctx, others, p.ID, "mo", &seen.Content)
			if err != nil || len(a.Sources) != 1 || a.Author != test.author || a.Answer != test.answer {
				t.Errorf("Accept = %+v, %v, want %q by %s", a, err, test.answer, test.author)
			}
			if a, err = s.Curated(ctx, everything, a.ID); err != nil || len(a.Sources) != 2 {
				t.Errorf("the answer = %+v, %v, want both quotes kept", a, err)
			}
		})
	}
}

func TestProposalLimits(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		ctx, s := t.Context(), d.curated
		c := content("Où ?", "Là.")
		for range 2 {
			for range 5 {
				d.propose(t, "ana", c)
			}
			if _, err := s.Propose(ctx, everything, "ana", c); !errors.Is(err, answers.ErrTooMany) {
				t.Errorf("a sixth pending proposal: %v, want %v", err, answers.ErrTooMany)
			}
			mine, err := s.ProposalsOf(ctx, everything, "ana")
			must(t, err)
			for _, p := range mine {
				if p.State == answers.Pending {
					must(t, s.Withdraw(ctx, guild, p.ID, "ana"))
				}
			}
		}
		if _, err := s.Propose(ctx, everything, "ana", c); !errors.Is(err, answers.ErrTooMany) {
			t.Errorf("an eleventh proposal on a day: %v, want %v", err, answers.ErrTooMany)
		}
		d.propose(t, "ben", c)
		d.pass(24 * time.Hour)
		d.propose(t, "ana", c)
	})
}

// TestUnseen: what a member has lost sight of since is told of their proposal.
func TestUnseen(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		ctx := t.Context()
		secret := putText(t, d.texts, "secret.md", "---\ncourse: tutors\n---\nLe barème vaut vingt points.")
		open := putText(t, d.texts, "open.md", "Le traité de Brest fut signé par Sokolnikov.")
		c := content("Quel barème ?", "Vingt.")
		c.Course = "Tutors"
		c.Sources = []answers.Source{quoteOf(secret, "Le barème vaut vingt points."), quoteOf(open, "Le traité de Brest fut signé par Sokolnikov.")}
		p := d.propose(t, "ana", c)
		for _, test := range []struct {
			name   string
			member corpus.Access
			want   string
		}{
			{"as before", everything, "{false []}"},
			{"the course is lost", corpus.AllBut(guild, "tutors"), "{true [secret.md]}"},
			{"only that is left", corpus.Only(guild, "tutors"), "{false [open.md]}"},
			{"who left the guild", corpus.Access{}, "{true [secret.md open.md]}"},
		} {
			got, err := d.curated.Unseen(ctx, everything, p.ID, test.member)
			if err != nil || fmt.Sprint(got) != test.want {
				t.Errorf("%s: Unseen = %v, %v, want %s", test.name, got, err, test.want)
			}
		}
		wantMissing(t, "Unseen of what the moderator can't see", second(d.curated.Unseen(ctx, corpus.AllBut(guild, "tutors"), p.ID, everything)))
		must(t, d.texts.Remove(ctx, guild, secret.ID))
		must(t, second(d.curated.Unseen(ctx, everything, p.ID, corpus.Access{})))
		must(t, second(d.curated.Accept(ctx, everything, p.ID, "mo", nil)))
	})
}
