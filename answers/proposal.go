package answers

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"verbatim/corpus"
)

// A Proposal is an answer that a member suggests.
type Proposal struct {
	ID     string
	Member string // ID of who made it
	Content
	State     ProposalState
	Made      time.Time
	Settled   time.Time // zero while it is pending
	Moderator string    // who accepted or declined it
	Reason    string    // why it was declined
	Curated   string    // ID of the answer that it became, "" for none
}

// A ProposalState is what became of a proposal.
type ProposalState string

// The states.
const (
	Pending   ProposalState = "pending"
	Accepted  ProposalState = "accepted"
	Declined  ProposalState = "declined"
	Withdrawn ProposalState = "withdrawn" // by the member
)

// ErrSettled is returned for a proposal that is not pending any more.
var ErrSettled = errors.New("the proposal is settled already")

// Limits of proposals.
const (
	maxPending       = 5   // of a member
	maxPendingGuild  = 300 // of a guild
	maxProposalsADay = 10  // of a member, in any 24 hours
)

// Propose stores an answer for moderators to accept or decline. The content is as for
// Add; its course and the texts of its quotes must be such as the access shows. It
// returns ErrTooMany for a member who has too many pending or made too many in a day.
func (s *Store) Propose(ctx context.Context, access corpus.Access, member string, c Content) (Proposal, error) {
	guild := access.Guild()
	if c, err := s.prepare(ctx, access, c, nil); err != nil {
		return Proposal{}, err
	} else if !access.Sees(c.Course) {
		return Proposal{}, fmt.Errorf("%w: there is no course %q that you can see", ErrContent, c.Course)
	} else {
		return s.insertProposal(ctx, guild, Proposal{ID: randomID(), Member: member, Content: c, State: Pending, Made: s.now()})
	}
}

func (s *Store) insertProposal(ctx context.Context, guild string, p Proposal) (Proposal, error) {
	content, err := p.encode()
	if err != nil {
		return Proposal{}, err
	}
	p.Made = timeOf(p.Made.UnixMilli())
	return p, s.db.Write(ctx, guild, func(tx *sql.Tx) error {
		if err := checkLimits(ctx, tx, guild, p); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO proposal (guild, proposal, member, state, content, made, settled, moderator, reason, curated)
			VALUES ($1, $2, $3, $4, $5, $6, 0, '', '', '')`, guild, p.ID, p.Member, string(p.State), content, p.Made.UnixMilli())
		return err
	})
}

// checkLimits returns ErrTooMany if there is no room for one more.
func checkLimits(ctx context.Context, tx *sql.Tx, guild string, p Proposal) error {
	for _, limit := range []struct {
		condition string
		args      []any
		most      int
		says      string
	}{
		{`member = $2 AND state = 'pending'`, []any{p.Member}, maxPending, "%d of your proposals are pending: wait until moderators have looked at one, or withdraw one"},
		{`member = $2 AND made > $3`, []any{p.Member, p.Made.Add(-24 * time.Hour).UnixMilli()}, maxProposalsADay, "you made %d proposals within a day: go on tomorrow"},
		{`state = 'pending'`, nil, maxPendingGuild, "%d proposals are pending: wait until moderators have looked at some"},
	} {
		var n int
		err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM proposal WHERE guild = $1 AND `+limit.condition, append([]any{guild}, limit.args...)...).Scan(&n)
		if err != nil {
			return err
		}
		if n >= limit.most {
			return fmt.Errorf("%w: "+limit.says, ErrTooMany, n)
		}
	}
	return nil
}

// Proposals returns the pending proposals that can be seen, the oldest first, or with
// settled those that are not pending, the last settled first. As in all functions that
// read them, they have no quotes of documents that can't be seen.
func (s *Store) Proposals(ctx context.Context, access corpus.Access, settled bool) ([]Proposal, error) {
	found, err := s.queryProposals(ctx, access.Guild(), `state <> 'withdrawn'`)
	var seen []Proposal
	for _, p := range found {
		if access.Sees(p.Course) && (p.State != Pending) == settled {
			seen = append(seen, p)
		}
	}
	if err != nil {
		return nil, err
	}
	return sortProposals(seen), s.hideQuotes(ctx, access, seen)
}

// hideQuotes takes the quotes of documents that can't be seen out of proposals.
func (s *Store) hideQuotes(ctx context.Context, access corpus.Access, proposals []Proposal) (err error) {
	for i := range proposals {
		if proposals[i].Sources, err = s.seenSources(ctx, access, proposals[i].Sources); err != nil {
			return err
		}
	}
	return nil
}

func sortProposals(all []Proposal) []Proposal {
	slices.SortStableFunc(all, func(x, y Proposal) int {
		if !x.Settled.Equal(y.Settled) {
			return y.Settled.Compare(x.Settled)
		}
		return x.Made.Compare(y.Made)
	})
	return all
}

// ProposalsOf returns the proposals of a member, whatever became of them, the pending
// ones first. They are the member's own words, so that it hides none for its course, but
// quotes of documents that the member can't see any more.
func (s *Store) ProposalsOf(ctx context.Context, access corpus.Access, member string) ([]Proposal, error) {
	found, err := s.queryProposals(ctx, access.Guild(), `member = $2`, member)
	slices.SortStableFunc(found, func(x, y Proposal) int {
		if (x.State == Pending) != (y.State == Pending) {
			if x.State == Pending {
				return -1
			}
			return 1
		}
		return y.Made.Compare(x.Made)
	})
	if err != nil {
		return nil, err
	}
	return found, s.hideQuotes(ctx, access, found)
}

// Proposal returns a proposal by its ID, or ErrNotFound.
func (s *Store) Proposal(ctx context.Context, access corpus.Access, id string) (Proposal, error) {
	p, err := s.wholeProposal(ctx, access, id)
	if err == nil {
		p.Sources, err = s.seenSources(ctx, access, p.Sources)
	}
	return p, err
}

// wholeProposal is Proposal with all quotes.
func (s *Store) wholeProposal(ctx context.Context, access corpus.Access, id string) (Proposal, error) {
	found, err := s.queryProposals(ctx, access.Guild(), `proposal = $2`, id)
	if err == nil && (len(found) == 0 || !access.Sees(found[0].Course)) {
		err = missing("proposal", id)
	}
	if err != nil {
		return Proposal{}, err
	}
	return found[0], nil
}

func (s *Store) queryProposals(ctx context.Context, guild, condition string, args ...any) ([]Proposal, error) {
	var found []Proposal
	err := s.db.Read(ctx, func(tx *sql.Tx) (err error) {
		found, err = readProposals(ctx, tx, guild, condition, args...)
		return err
	})
	return found, err
}

func readProposals(ctx context.Context, tx *sql.Tx, guild, condition string, args ...any) ([]Proposal, error) {
	var found []Proposal
	err := each(ctx, tx, func(scan func(...any) error) error {
		var p Proposal
		var content string
		var made, settled int64
		err := scan(&p.ID, &p.Member, &p.State, &content, &made, &settled, &p.Moderator, &p.Reason, &p.Curated)
		if err != nil {
			return err
		}
		if p.Content, err = decodeContent(content); err != nil {
			return fmt.Errorf("proposal %s: %w", p.ID, err)
		}
		p.Made, p.Settled = timeOf(made), timeOf(settled)
		found = append(found, p)
		return nil
	}, `SELECT proposal, member, state, content, made, settled, moderator, reason, curated FROM proposal
		WHERE guild = $1 AND `+condition+` ORDER BY made, proposal`, append([]any{guild}, args...)...)
	return found, err
}
