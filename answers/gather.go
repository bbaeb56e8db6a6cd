package answers

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"

	"verbatim/retrieval"
)

// Gather adds a question to the open ones of its guild, to those that ask the same if
// there are any, and returns what it is now a part of. Questions that ask the same have
// the same words that carry meaning, in whatever order, form and with whatever typing
// errors; see [retrieval.Same].
//
// A private question is not gathered unless its asker sent it; then, and where there
// are no curated answers, the OpenQuestion is zero. One that moderators dismissed is
// returned as it is.
func (a *Answerer) Gather(ctx context.Context, asking Asking) (OpenQuestion, error) {
	if a.curated == nil || asking.Private && asking.Reason != Sent {
		return OpenQuestion{}, nil
	}
	if err := Check(asking.Text); err != nil {
		return OpenQuestion{}, err
	}
	stored, err := scopeOf(asking.Access)
	if err != nil {
		return OpenQuestion{}, err
	}
	g := gathering{
		guild: asking.Access.Guild(), scope: stored, text: cutLine(asking.Text, maxAsked),
		language: asking.Language, reason: asking.Reason,
	}
	var gathered OpenQuestion
	err = a.gather(ctx, g, func(tx *sql.Tx, g *gathering) error {
		id, _, err := g.add(ctx, tx)
		if err != nil {
			return err
		}
		gathered, err = readOpen(ctx, tx, g.guild, id)
		return err
	})
	return gathered, err
}

// A gathering adds one asking to the open questions.
type gathering struct {
	guild, scope, text, language string
	reason                       Reason
	now                          int64
	isWord                       func(string) bool
	same                         map[string]bool // whether it asks the same, by language and text
}

// gather calls fn in a transaction that writes. The index is asked before; what it knows
// of words then stands.
func (a *Answerer) gather(ctx context.Context, g gathering, fn func(*sql.Tx, *gathering) error) error {
	known := map[string]bool{}
	var failed error
	g.now, g.same = a.curated.now().UnixMilli(), map[string]bool{}
	g.isWord = func(word string) bool {
		if _, asked := known[word]; !asked && failed == nil {
			known[word], failed = a.indexes.Holds(ctx, g.guild, word)
		}
		return known[word]
	}
	err := a.curated.db.Read(ctx, func(tx *sql.Tx) error {
		_, _, err := g.like(ctx, tx)
		return err
	})
	if err == nil {
		err = failed
	}
	if err != nil {
		return err
	}
	g.isWord = func(word string) bool { return known[word] }
	return a.curated.db.Write(ctx, g.guild, func(tx *sql.Tx) error { return fn(tx, &g) })
}

// like returns the question that asks the same, "" for none.
func (g *gathering) like(ctx context.Context, tx *sql.Tx) (id string, dismissed bool, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT question, language, text, dismissed FROM open_question
		WHERE guild = $1 AND scope = $2 ORDER BY first`, g.guild, g.scope)
	if err != nil {
		return "", false, err
	}
	defer rows.Close()
	for rows.Next() {
		var question, language, text string
		var at int64
		if err := rows.Scan(&question, &language, &text, &at); err != nil {
			return "", false, err
		}
		if id == "" && g.asks(language, text) {
			id, dismissed = question, at != 0
		}
	}
	return id, dismissed, rows.Err()
}

// asks reports whether the asking asks the same as a text. What was compared before is
// not compared again, so that a transaction that writes is short.
func (g *gathering) asks(language, text string) bool {
	key := language + "\n" + text
	same, compared := g.same[key]
	if !compared {
		same = text == g.text || retrieval.Same(language, text, g.text, g.isWord)
		g.same[key] = same
	}
	return same
}

// add adds the asking, and returns the question and its wording that it counts for. To
// a dismissed question it adds nothing, and the wording is 0.
func (g *gathering) add(ctx context.Context, tx *sql.Tx) (id string, wording int64, err error) {
	id, dismissed, err := g.like(ctx, tx)
	if err != nil || dismissed {
		return id, 0, err
	}
	if id == "" {
		if err := makeRoom(ctx, tx, g.guild, MaxOpenQuestions-1); err != nil {
			return "", 0, err
		}
		id = randomID()
		_, err = tx.ExecContext(ctx, `INSERT INTO open_question (guild, question, scope, language, text, first, dismissed, reason)
			VALUES ($1, $2, $3, $4, $5, $6, 0, '')`, g.guild, id, g.scope, g.language, g.text, g.now)
		if err != nil {
			return "", 0, err
		}
	}
	wording, err = g.addWording(ctx, tx, id)
	return id, wording, err
}

// addWording counts the asking for the wording that it has, or a new one, or if there
// are too many for the most frequent one with its reason.
func (g *gathering) addWording(ctx context.Context, tx *sql.Tx, id string) (int64, error) {
	rows, err := tx.QueryContext(ctx, `SELECT wording, text, reason, times FROM open_wording
		WHERE guild = $1 AND question = $2 ORDER BY wording`, g.guild, id)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var same, frequent int64
	count, most := 0, 0
	for rows.Next() {
		var times int
		var wording int64
		var text, reason string
		if err := rows.Scan(&wording, &text, &reason, &times); err != nil {
			return 0, err
		}
		count++
		if reason == string(g.reason) && text == g.text {
			same = wording
		}
		if reason == string(g.reason) && times > most {
			frequent, most = wording, times
		}
	}
	if err := rows.Err(); err != nil {
		return 0, err
	}
	if same == 0 && count >= maxOpenWordings {
		same = frequent
	}
	if same == 0 {
		same = rand.Int64N(maxWordingID) + 1 // not used again for another wording, of which a vote may know
		_, err = tx.ExecContext(ctx, `INSERT INTO open_wording (guild, question, wording, text, reason, times, asked)
			VALUES ($1, $2, $3, $4, $5, 1, $6)`, g.guild, id, same, g.text, string(g.reason), g.now)
		return same, err
	}
	_, err = tx.ExecContext(ctx, `UPDATE open_wording SET times = times + 1, asked = $4
		WHERE guild = $1 AND question = $2 AND wording = $3`, g.guild, id, same, g.now)
	return same, err
}

const maxWordingID = 1 << 53

// takeOut takes one asking out of an open question, and the question if it was the only
// one. What is not there any more is passed over, and a dismissed question stays as it
// is: else it would come back when it is asked again.
func takeOut(ctx context.Context, tx *sql.Tx, guild, id string, wording int64) error {
	q, err := readOpen(ctx, tx, guild, id)
	if isMissing(err) || err == nil && !q.Dismissed.IsZero() {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE open_wording SET times = times - 1
		WHERE guild = $1 AND question = $2 AND wording = $3`, guild, id, wording)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM open_wording WHERE guild = $1 AND question = $2 AND times <= 0`, guild, id)
	if err != nil {
		return err
	}
	return tidyOpen(ctx, tx, guild, id)
}

// tidyOpen removes a question without wordings, and gives one whose text is none of its
// wordings any more the text of the most frequent one.
func tidyOpen(ctx context.Context, tx *sql.Tx, guild, id string) error {
	q, err := readOpen(ctx, tx, guild, id)
	if isMissing(err) {
		return nil
	}
	if err != nil {
		return err
	}
	if len(q.Wordings) == 0 {
		return closeOpen(ctx, tx, guild, id)
	}
	for _, w := range q.Wordings {
		if w.Text == q.Text {
			return nil
		}
	}
	_, err = tx.ExecContext(ctx, `UPDATE open_question SET text = $3 WHERE guild = $1 AND question = $2`, guild, id, q.Wordings[0].Text)
	return err
}

// closeOpen removes a question. Who waits to be told of it must have been given an
// outcome before, or is forgotten.
func closeOpen(ctx context.Context, tx *sql.Tx, guild, id string) error {
	for _, statement := range []string{
		`DELETE FROM open_follower WHERE guild = $1 AND question = $2 AND outcome = ''`,
		`DELETE FROM open_wording WHERE guild = $1 AND question = $2`,
		`DELETE FROM open_question WHERE guild = $1 AND question = $2`,
	} {
		if _, err := tx.ExecContext(ctx, statement, guild, id); err != nil {
			return err
		}
	}
	return nil
}

// makeRoom removes questions of a guild until there are at most so many.
func makeRoom(ctx context.Context, tx *sql.Tx, guild string, most int) error {
	var count int
	err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM open_question WHERE guild = $1`, guild).Scan(&count)
	if err != nil || count <= most {
		return err
	}
	all, err := readAllOpen(ctx, tx, guild)
	if err != nil {
		return err
	}
	sortByWorth(all)
	for _, q := range all[most:] {
		if err := closeOpen(ctx, tx, guild, q.ID); err != nil {
			return fmt.Errorf("remove open question %s: %w", q.ID, err)
		}
	}
	return nil
}
