package answers

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"verbatim/config/database"
	"verbatim/corpus"
)

// A Vote says whether a reply helped a member.
type Vote struct {
	Reply   string // ID that the caller gives to the reply, such as that of its message
	Member  string // ID
	Helpful bool
	Comment string // what the member says of it, may be ""
}

// A Shown is what a reply was to which question.
type Shown struct {
	Asking  Asking             // its Reason does not matter
	Counted bool               // the asking is among the open questions, by Gather
	Curated string             // ID of the curated answer, "" for none
	Quotes  []corpus.Reference // best first
}

// ShownOf returns what a reply shows; private says that nobody but the asker sees it. A
// question that a public reply leaves open is to be given to Gather as well.
func ShownOf(q Question, r Reply, private bool) Shown {
	s := Shown{Asking: AskingOf(q, r, "", private), Counted: r.IsOpen() && !private}
	if r.Curated != nil {
		s.Curated = r.Curated.ID
	}
	for _, e := range r.Quotes {
		s.Quotes = append(s.Quotes, e.Reference)
	}
	return s
}

// Vote stores a member's vote on a reply, in the place of one that they gave before. An
// unhelpful vote on a reply that all see adds the question to the open ones, once
// however many vote, and not if it was counted there when it was asked; when no
// unhelpful vote is left, it goes from there. Ranking does not change.
//
// Of a private question the text is not kept. Shown may be zero if someone voted on the
// reply before; if nobody did, Vote returns ErrNotFound.
func (a *Answerer) Vote(ctx context.Context, guild string, v Vote, shown Shown) error {
	if a.curated == nil {
		return missing("reply", v.Reply)
	}
	s := a.curated
	var reply votedReply
	err := s.db.Read(ctx, func(tx *sql.Tx) (err error) {
		reply, err = readReply(ctx, tx, guild, v.Reply)
		return err
	})
	if isMissing(err) && shown.Asking.Access.Guild() == guild {
		reply, err = newReply(v.Reply, shown)
	}
	if err != nil {
		return err
	}
	g := gathering{guild: guild, scope: reply.scope, text: reply.text, language: reply.language, reason: Unhelpful}
	return a.gather(ctx, g, func(tx *sql.Tx, g *gathering) error {
		now, err := readReply(ctx, tx, guild, v.Reply)
		if isMissing(err) {
			now, err = reply, reply.insert(ctx, tx, guild)
		}
		if err != nil {
			return err
		}
		if err := insertVote(ctx, tx, guild, v, g.now); err != nil {
			return err
		}
		return now.settle(ctx, tx, guild, g)
	})
}

// TakeBack removes a member's vote on a reply, and what came of it; one that is not
// there is passed over.
func (s *Store) TakeBack(ctx context.Context, guild, reply, member string) error {
	return s.db.Write(ctx, guild, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, `DELETE FROM reply_vote WHERE guild = $1 AND reply = $2 AND member = $3`, guild, reply, member)
		if err := unlessNone(done, err); err != nil {
			return err
		}
		r, err := readReply(ctx, tx, guild, reply)
		if err != nil {
			return err
		}
		return r.settle(ctx, tx, guild, nil)
	})
}

// Votes returns how many members found a reply helpful, and how many did not.
func (s *Store) Votes(ctx context.Context, access corpus.Access, reply string) (helpful, unhelpful int, err error) {
	err = s.db.Read(ctx, func(tx *sql.Tx) error {
		r, err := readReply(ctx, tx, access.Guild(), reply)
		if isMissing(err) {
			return nil
		}
		if err != nil {
			return err
		}
		if asked, err := accessOf(access.Guild(), r.scope); err != nil || !access.Covers(asked) {
			return err
		}
		helpful, unhelpful, err = countVotes(ctx, tx, access.Guild(), reply)
		return err
	})
	return helpful, unhelpful, err
}

// maxReplies is how many replies of a guild are kept with their votes; those without a
// vote for longest go out.
const maxReplies = 5000

// A votedReply is a row of its table, but for its ID the guild's.
type votedReply struct {
	id, scope, language, text string
	private                   bool
	curated, quotes           string
	question                  string // the open question that it was added to
	wording                   int64  // of that, or counted
}

// counted stands for the wording of a reply whose question was open when it was asked.
const counted = -1

func newReply(id string, shown Shown) (votedReply, error) {
	r := votedReply{id: id, language: shown.Asking.Language, private: shown.Asking.Private, curated: shown.Curated}
	if shown.Counted {
		r.wording = counted
	}
	if !r.private {
		r.text = cutLine(shown.Asking.Text, maxAsked)
	}
	var err, err2 error
	r.scope, err = scopeOf(shown.Asking.Access)
	r.quotes, err2 = encodeReferences(shown.Quotes)
	return r, errors.Join(err, err2)
}

// encodeReferences writes references as the sources of a curated answer are written:
// [{"document": "…", "revision": "…", "ranges": [[0, 12]]}, …].
func encodeReferences(references []corpus.Reference) (string, error) {
	stored := []storedSource{}
	for _, r := range references {
		stored = append(stored, storedReference(r))
	}
	data, err := json.Marshal(stored)
	return string(data), err
}

func decodeReferences(stored string) ([]corpus.Reference, error) {
	var sources []storedSource
	err := database.Decode(stored, &sources)
	var references []corpus.Reference
	for _, s := range sources {
		references = append(references, s.reference())
	}
	return references, err
}

func readReply(ctx context.Context, tx *sql.Tx, guild, id string) (votedReply, error) {
	r := votedReply{id: id}
	var private int
	err := tx.QueryRowContext(ctx, `SELECT scope, language, text, private, curated, quotes, question, wording FROM voted_reply
		WHERE guild = $1 AND reply = $2`, guild, id).Scan(&r.scope, &r.language, &r.text, &private, &r.curated, &r.quotes, &r.question, &r.wording)
	if errors.Is(err, sql.ErrNoRows) {
		err = missing("reply", id)
	}
	r.private = private != 0
	return r, err
}

func (r votedReply) insert(ctx context.Context, tx *sql.Tx, guild string) error {
	err := dropOldest(ctx, tx, guild, maxReplies-1)
	if err != nil {
		return err
	}
	private := 0
	if r.private {
		private = 1
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO voted_reply (guild, reply, scope, language, text, private, curated, quotes, question, wording, voted)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', $9, 0)`, guild, r.id, r.scope, r.language, r.text, private, r.curated, r.quotes, r.wording)
	return err
}

func insertVote(ctx context.Context, tx *sql.Tx, guild string, v Vote, now int64) error {
	helpful := 0
	if v.Helpful {
		helpful = 1
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO reply_vote (guild, reply, member, helpful, comment, voted) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (guild, reply, member) DO UPDATE SET helpful = excluded.helpful, comment = excluded.comment, voted = excluded.voted`,
		guild, v.Reply, v.Member, helpful, cutLine(v.Comment, maxReason), now)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE voted_reply SET voted = $3 WHERE guild = $1 AND reply = $2`, guild, v.Reply, now)
	return err
}

func countVotes(ctx context.Context, tx *sql.Tx, guild, reply string) (helpful, unhelpful int, err error) {
	err = tx.QueryRowContext(ctx, `SELECT COALESCE(SUM(helpful), 0), COALESCE(SUM(1 - helpful), 0) FROM reply_vote
		WHERE guild = $1 AND reply = $2`, guild, reply).Scan(&helpful, &unhelpful)
	return helpful, unhelpful, err
}

// settle brings a reply and the open questions in line with its votes. Without a
// gathering nothing is added to these, for no vote was.
func (r votedReply) settle(ctx context.Context, tx *sql.Tx, guild string, g *gathering) error {
	helpful, unhelpful, err := countVotes(ctx, tx, guild, r.id)
	if err != nil {
		return err
	}
	switch {
	case unhelpful > 0 && r.question == "" && !r.private && g != nil:
		if r.wording == counted {
			if id, _, err := g.like(ctx, tx); err != nil || id != "" {
				return err
			}
		}
		id, wording, err := g.add(ctx, tx)
		if err != nil || wording == 0 {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE voted_reply SET question = $3, wording = $4 WHERE guild = $1 AND reply = $2`, guild, r.id, id, wording)
		return err
	case unhelpful == 0 && r.question != "":
		if err := takeOut(ctx, tx, guild, r.question, r.wording); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE voted_reply SET question = '', wording = 0 WHERE guild = $1 AND reply = $2`, guild, r.id)
		if err != nil {
			return err
		}
	}
	if helpful+unhelpful == 0 {
		_, err = tx.ExecContext(ctx, `DELETE FROM voted_reply WHERE guild = $1 AND reply = $2`, guild, r.id)
	}
	return err
}

// dropOldest removes replies of a guild with their votes until there are at most so
// many. The open questions stay.
func dropOldest(ctx context.Context, tx *sql.Tx, guild string, most int) error {
	var count int
	err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM voted_reply WHERE guild = $1`, guild).Scan(&count)
	if err != nil || count <= most {
		return err
	}
	const oldest = `(SELECT reply FROM voted_reply WHERE guild = $1 ORDER BY voted, reply LIMIT $2)`
	for _, table := range []string{"reply_vote", "voted_reply"} {
		if _, err := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE guild = $1 AND reply IN `+oldest, guild, count-most); err != nil {
			return err
		}
	}
	return nil
}
