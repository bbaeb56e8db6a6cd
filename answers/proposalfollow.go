package answers

import (
	"context"
	"database/sql"
	"fmt"
)

// The outcomes of a proposal that its member follows, in a [Notice] whose Question is the
// ID of the proposal.
const (
	FollowAccepted FollowOutcome = "accepted"
	FollowDeclined FollowOutcome = "declined"
)

// FollowProposal keeps that the member who made a proposal wants to be told, in a direct
// message, what becomes of it. It returns ErrNotFound for one of another member, and
// ErrSettled for one that is settled.
func (s *Store) FollowProposal(ctx context.Context, guild, id, member string) error {
	return s.db.Write(ctx, guild, func(tx *sql.Tx) error {
		found, err := readProposals(ctx, tx, guild, `proposal = $2 AND member = $3`, id, member)
		switch {
		case err != nil:
			return err
		case len(found) == 0:
			return missing("proposal", id)
		case found[0].State != Pending:
			return fmt.Errorf("%q: %w", id, ErrSettled)
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO open_follower (guild, question, member, place, text, since, outcome, curated, reason)
			VALUES ($1, $2, $3, '', $4, $5, '', '', '')
			ON CONFLICT (guild, question, member) DO NOTHING`,
			guild, id, member, cutLine(found[0].Question, maxAsked), s.now().UnixMilli())
		return err
	})
}

// tellProposer makes a notice of what became of a proposal, for its member if they follow
// it. Who has withdrawn it themself is told nothing.
func tellProposer(ctx context.Context, tx *sql.Tx, guild string, p Proposal) error {
	outcome := map[ProposalState]FollowOutcome{Accepted: FollowAccepted, Declined: FollowDeclined}[p.State]
	if outcome == "" {
		_, err := tx.ExecContext(ctx, `DELETE FROM open_follower WHERE guild = $1 AND question = $2`, guild, p.ID)
		return err
	}
	_, err := tx.ExecContext(ctx, `UPDATE open_follower SET outcome = $3, curated = $4, reason = $5
		WHERE guild = $1 AND question = $2 AND outcome = ''`, guild, p.ID, string(outcome), p.Curated, p.Reason)
	return err
}
