package answers

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"verbatim/config/database"
	"verbatim/corpus"
)

// Accept makes a curated answer of a proposal: as it is, where edited is nil, by its
// member, or as a moderator edited it, by them. Quotes that the proposal had are kept as
// they are, others are checked as by Add; those that the access does not show, which the
// moderator can't have edited, stay. What the member may see now is not asked: see
// [Store.Unseen]. It returns ErrNotFound where Proposal does.
func (s *Store) Accept(ctx context.Context, access corpus.Access, id, moderator string, edited *Content) (Curated, error) {
	p, err := s.wholeProposal(ctx, access, id)
	if err != nil {
		return Curated{}, err
	}
	author, content := p.Member, p.Content
	if edited != nil {
		author, content, err = s.editedProposal(ctx, access, p, moderator, *edited)
		if err != nil {
			return Curated{}, err
		}
	}
	var added Curated
	err = s.db.Change(ctx, access.Guild(), func(tx *sql.Tx, revision int64) (err error) {
		added, err = s.insert(ctx, tx, access.Guild(), newID(access.Guild(), revision, 0), revision, author, content)
		if err != nil {
			return err
		}
		return s.settleProposal(ctx, tx, access.Guild(), Proposal{ID: id, State: Accepted, Moderator: moderator, Curated: added.ID})
	})
	return s.shown(ctx, access, added, err)
}

// editedProposal returns what becomes of a proposal that a moderator has edited, and whose it
// is then.
func (s *Store) editedProposal(ctx context.Context, access corpus.Access, p Proposal, moderator string, edited Content) (author string, c Content, err error) {
	shown := p.Content
	if shown.Sources, err = s.seenSources(ctx, access, p.Sources); err != nil {
		return "", c, err
	}
	if same(edited, shown) || same(edited, p.Content) {
		return p.Member, p.Content, nil
	}
	edited.Sources = slices.Clone(edited.Sources)
	for _, source := range p.Sources {
		if !slices.ContainsFunc(shown.Sources, source.equals) && !slices.ContainsFunc(edited.Sources, source.equals) {
			edited.Sources = append(edited.Sources, source)
		}
	}
	c, err = s.prepare(ctx, corpus.Everything(access.Guild()), edited, p.Sources)
	return moderator, c, err
}

// Acceptable returns what Accept would make of a pending proposal as a moderator has edited
// it, and makes nothing: quotes that the proposal had are kept here too, also those that do
// not stand in their texts any more. It returns ErrSettled for one that is not pending, and
// else the errors of Accept.
func (s *Store) Acceptable(ctx context.Context, access corpus.Access, id, moderator string, edited Content) (Curated, error) {
	p, err := s.wholeProposal(ctx, access, id)
	if err == nil && p.State != Pending {
		err = fmt.Errorf("%q: %w", id, ErrSettled)
	}
	if err != nil {
		return Curated{}, err
	}
	_, c, err := s.editedProposal(ctx, access, p, moderator, edited)
	return s.shown(ctx, access, Curated{Content: c}, err)
}

// Decline settles a proposal that becomes no answer; the member sees the reason. It
// returns ErrNotFound where Proposal does.
func (s *Store) Decline(ctx context.Context, access corpus.Access, id, moderator, reason string) error {
	if _, err := s.Proposal(ctx, access, id); err != nil {
		return err
	}
	return s.db.Write(ctx, access.Guild(), func(tx *sql.Tx) error {
		return s.settleProposal(ctx, tx, access.Guild(), Proposal{ID: id, State: Declined, Moderator: moderator, Reason: cutLine(reason, maxReason)})
	})
}

// Withdraw takes a member's pending proposal back. It returns ErrNotFound for one of
// another member.
func (s *Store) Withdraw(ctx context.Context, guild, id, member string) error {
	return s.db.Write(ctx, guild, func(tx *sql.Tx) error {
		var n int
		err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM proposal WHERE guild = $1 AND proposal = $2 AND member = $3`, guild, id, member).Scan(&n)
		if err == nil && n == 0 {
			err = missing("proposal", id)
		}
		if err != nil {
			return err
		}
		return s.settleProposal(ctx, tx, guild, Proposal{ID: id, State: Withdrawn})
	})
}

// settleProposal gives a pending proposal its state, or returns ErrSettled.
func (s *Store) settleProposal(ctx context.Context, tx *sql.Tx, guild string, p Proposal) error {
	done, err := tx.ExecContext(ctx, `UPDATE proposal SET state = $3, settled = $4, moderator = $5, reason = $6, curated = $7
		WHERE guild = $1 AND proposal = $2 AND state = 'pending'`,
		guild, p.ID, string(p.State), s.now().UnixMilli(), p.Moderator, p.Reason, p.Curated)
	if err = unlessNone(done, err); errors.Is(err, database.ErrUnchanged) {
		return fmt.Errorf("%q: %w", p.ID, ErrSettled)
	}
	if err != nil {
		return err
	}
	if err := noteProposal(ctx, tx, guild, p); err != nil {
		return err
	}
	return tellProposer(ctx, tx, guild, p)
}

// An Unseen is what of a proposal its member can't see now.
type Unseen struct {
	Course    bool     // the course of the proposal
	Documents []string // names of those that it quotes and that can't be seen
}

// Unseen returns what of a proposal can't be seen with the access that its member has
// now, for they may have lost what they had when they made it. It does not keep a
// moderator from accepting it, who is to be told. It returns ErrNotFound where Proposal
// does, and names only documents that the moderator's access shows.
func (s *Store) Unseen(ctx context.Context, access corpus.Access, id string, member corpus.Access) (Unseen, error) {
	p, err := s.Proposal(ctx, access, id)
	if err != nil {
		return Unseen{}, err
	}
	unseen := Unseen{Course: !member.Sees(p.Course)}
	for _, source := range p.Sources {
		if !source.IsQuote() {
			continue
		}
		d, err := s.corpus.Document(ctx, access, source.Reference.Document)
		if errors.Is(err, corpus.ErrNotFound) {
			continue // it is gone for the moderator too
		}
		if err != nil {
			return Unseen{}, err
		}
		if !member.Sees(d.Course) && !slices.Contains(unseen.Documents, d.Name) {
			unseen.Documents = append(unseen.Documents, d.Name)
		}
	}
	return unseen, nil
}
