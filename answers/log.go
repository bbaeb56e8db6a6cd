package answers

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"verbatim/config/database"
	"verbatim/corpus"
)

// A Logged is an entry of the log of what people changed of a guild.
type Logged struct {
	Number int64 // ordinal in the guild; those that went leave gaps
	Made   time.Time
	Who    string // as of database.Actor; FormerMember for who is forgotten
	Via    string
	database.Act
}

// Log returns up to so many entries of the log of a guild that the access shows, the last
// ones first: those of things of a course for who sees it, those of a question for who
// sees the question. What members wrote is shown as long as it is there.
func (s *Store) Log(ctx context.Context, access corpus.Access, most int) ([]Logged, error) {
	return s.readLog(ctx, access, `ORDER BY entry DESC`, most, false)
}

// Untold returns up to so many entries that are not told yet in the channel of the guild,
// as Log does, but the first ones first. Others than moderators may read that channel: a
// question that was asked in private, and only sent to moderators, is not named.
func (s *Store) Untold(ctx context.Context, access corpus.Access, most int) ([]Logged, error) {
	return s.readLog(ctx, access, `AND told = 0 ORDER BY entry`, most, true)
}

func (s *Store) readLog(ctx context.Context, access corpus.Access, rest string, most int, public bool) ([]Logged, error) {
	var found []Logged
	enough := errors.New("enough")
	err := s.db.Read(ctx, func(tx *sql.Tx) error {
		found = nil
		err := each(ctx, tx, func(scan func(...any) error) error {
			var l Logged
			var made int64
			err := scan(&l.Number, &made, &l.Who, &l.Via, &l.Kind, &l.Action, &l.Subject, &l.Name, &l.Detail, &l.Course, &l.Scope)
			l.Made = timeOf(made)
			if sees, failed := seesLogged(access, l); err == nil && failed != nil {
				err = failed
			} else if sees {
				found = append(found, l)
			}
			if err == nil && len(found) == most {
				err = enough
			}
			return err
		}, `SELECT entry, made, actor, via, kind, action, subject, name, detail, course, scope FROM moderation_log WHERE guild = $1 `+rest, access.Guild())
		if err != nil && !errors.Is(err, enough) {
			return err
		}
		return nameLogged(ctx, tx, access, found, public)
	})
	return found, err
}

func seesLogged(access corpus.Access, l Logged) (bool, error) {
	if l.Scope == "" || !access.Sees(l.Course) {
		return access.Sees(l.Course), nil
	}
	asked, err := accessOf(access.Guild(), l.Scope)
	return err == nil && access.Covers(asked), err
}

// nameLogged names questions and proposals by what members wrote of them; with public those
// questions that were asked before all.
func nameLogged(ctx context.Context, tx *sql.Tx, access corpus.Access, all []Logged, public bool) error {
	question := `SELECT text FROM open_question WHERE guild = $1 AND question = $2`
	if public {
		question += ` AND EXISTS (SELECT 1 FROM open_wording w
			WHERE w.guild = open_question.guild AND w.question = open_question.question AND w.text = open_question.text AND w.reason <> 'sent')`
	}
	for i, l := range all {
		statement := map[string]string{
			"question": question,
			"proposal": `SELECT content FROM proposal WHERE guild = $1 AND proposal = $2`,
		}[l.Kind]
		if statement == "" || l.Name != "" {
			continue
		}
		err := tx.QueryRowContext(ctx, statement, access.Guild(), l.Subject).Scan(&all[i].Name)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err == nil && l.Kind == "proposal" {
			var c Content
			c, err = decodeContent(all[i].Name)
			all[i].Name = c.Question
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Told notes that all entries up to one are told in the channel of the guild, or are not to
// be told there.
func (s *Store) Told(ctx context.Context, guild string, upTo int64) error {
	return s.db.Write(ctx, guild, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, `UPDATE moderation_log SET told = 1 WHERE guild = $1 AND entry <= $2 AND told = 0`, guild, upTo)
		return unlessNone(done, err)
	})
}

// noteAnswer notes in the log what was done with a curated answer.
func noteAnswer(ctx context.Context, tx *sql.Tx, guild, id string, action Action, c Content) error {
	return database.Note(ctx, tx, guild, database.Act{Kind: "answer", Action: string(action), Subject: id, Name: c.Question, Course: c.Course})
}

// noteQuestion notes what was done with an open question, whose words are those of members:
// it is named by its answer if it has one.
func noteQuestion(ctx context.Context, tx *sql.Tx, action string, q OpenQuestion, answer Content) error {
	stored, err := scopeOf(q.Asked)
	if err != nil {
		return err
	}
	return database.Note(ctx, tx, q.Asked.Guild(), database.Act{Kind: "question", Action: action, Subject: q.ID, Name: answer.Question, Course: answer.Course, Scope: stored})
}

// noteGroup notes what was done with a group of terms.
func noteGroup(ctx context.Context, tx *sql.Tx, guild, action, id, terms string) error {
	return database.Note(ctx, tx, guild, database.Act{Kind: "glossary", Action: action, Subject: id, Name: terms})
}

// noteProposal notes what moderators decided of a proposal, whose words are a member's.
func noteProposal(ctx context.Context, tx *sql.Tx, guild string, p Proposal) error {
	if p.State == Withdrawn { // by the member
		return nil
	}
	found, err := readProposals(ctx, tx, guild, `proposal = $2`, p.ID)
	if err != nil || len(found) == 0 {
		return err
	}
	return database.Note(ctx, tx, guild, database.Act{Kind: "proposal", Action: string(p.State), Subject: p.ID, Course: found[0].Course})
}
