package answers

import (
	"context"
	"database/sql"
	"time"

	"verbatim/config/database"
	"verbatim/corpus"
)

// Personal is all that is stored of a member in a guild.
type Personal struct {
	Proposals []Proposal
	Followed  []Followed
	Votes     []Cast
	Written   []Written
	Settled   int // how many proposals of others they accepted or declined
	Glossary  int // how many groups of terms they changed last
	Logged    int // how many entries of the log say that they did something
}

// Followed is a question of which a member wants to be told.
type Followed struct {
	Question string // ID
	Text     string
	Place    string
	Asked    []string // IDs of the channels in which they asked
	Since    time.Time
}

// Cast is a vote that a member gave.
type Cast struct {
	Vote
	Voted time.Time
}

// Written is a revision of a curated answer by a member.
type Written struct {
	Curated  string // ID
	Revision int
	Action   Action
	Made     time.Time
	Question string // "" if the access does not show the answer now
}

// Personal returns what is stored of a member. What they wrote themselves is shown
// whatever the access, but for quotes of documents that it does not show; of curated
// answers it shows what the access does.
func (s *Store) Personal(ctx context.Context, access corpus.Access, member string) (Personal, error) {
	var p Personal
	err := s.db.Read(ctx, func(tx *sql.Tx) (err error) {
		p = Personal{}
		guild := access.Guild()
		if p.Proposals, err = readProposals(ctx, tx, guild, `member = $2`, member); err != nil {
			return err
		}
		if err := p.readFollowed(ctx, tx, guild, member); err != nil {
			return err
		}
		if err := p.readVotes(ctx, tx, guild, member); err != nil {
			return err
		}
		if err := p.readWritten(ctx, tx, access, member); err != nil {
			return err
		}
		for statement, count := range map[string]*int{
			`SELECT COUNT(*) FROM proposal WHERE guild = $1 AND moderator = $2`:   &p.Settled,
			`SELECT COUNT(*) FROM glossary WHERE guild = $1 AND author = $2`:      &p.Glossary,
			`SELECT COUNT(*) FROM moderation_log WHERE guild = $1 AND actor = $2`: &p.Logged,
		} {
			if err := tx.QueryRowContext(ctx, statement, guild, member).Scan(count); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		err = s.hideQuotes(ctx, access, p.Proposals)
	}
	return p, err
}

func (p *Personal) readFollowed(ctx context.Context, tx *sql.Tx, guild, member string) error {
	return each(ctx, tx, func(scan func(...any) error) error {
		var f Followed
		var since int64
		var asked string
		err := scan(&f.Question, &f.Text, &f.Place, &since, &asked)
		if err == nil {
			err = database.Decode(asked, &f.Asked)
		}
		f.Since = timeOf(since)
		p.Followed = append(p.Followed, f)
		return err
	}, `SELECT question, text, place, since, asked_in FROM open_follower WHERE guild = $1 AND member = $2 ORDER BY since, question`, guild, member)
}

func (p *Personal) readVotes(ctx context.Context, tx *sql.Tx, guild, member string) error {
	return each(ctx, tx, func(scan func(...any) error) error {
		v := Cast{Vote: Vote{Member: member}}
		var helpful int
		var voted int64
		err := scan(&v.Reply, &helpful, &v.Comment, &voted)
		v.Helpful, v.Voted = helpful != 0, timeOf(voted)
		p.Votes = append(p.Votes, v)
		return err
	}, `SELECT reply, helpful, comment, voted FROM reply_vote WHERE guild = $1 AND member = $2 ORDER BY voted, reply`, guild, member)
}

func (p *Personal) readWritten(ctx context.Context, tx *sql.Tx, access corpus.Access, member string) error {
	err := each(ctx, tx, func(scan func(...any) error) error {
		var w Written
		var made int64
		err := scan(&w.Curated, &w.Revision, &w.Action, &made)
		w.Made = timeOf(made)
		p.Written = append(p.Written, w)
		return err
	}, `SELECT curated, revision, action, made FROM curated_revision WHERE guild = $1 AND author = $2 ORDER BY made, curated, revision`,
		access.Guild(), member)
	if err != nil {
		return err
	}
	for i, w := range p.Written {
		c, err := readSeen(ctx, tx, access, w.Curated)
		if err != nil && !isMissing(err) {
			return err
		}
		p.Written[i].Question = c.Question
	}
	return nil
}
