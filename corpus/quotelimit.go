package corpus

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"

	"verbatim/config/database"
)

// A QuoteLimit says how long a quote of a text may be that is of a licence or a course.
type QuoteLimit struct {
	Licence, Course string // one of them
	Runes           int    // characters of one quote
}

// QuoteLimits are those of a guild.
type QuoteLimits []QuoteLimit

// MinQuote is the least that a limit can allow: less would show nothing.
const MinQuote = 50

// Most returns how many characters a quote of a document may have; 0 for any number.
func (l QuoteLimits) Most(d Document) int {
	most := 0
	for _, limit := range l {
		of := limit.Course != "" && courseKey(limit.Course) == courseKey(d.Course) ||
			limit.Licence != "" && courseKey(limit.Licence) == courseKey(d.Licence)
		if of && (most == 0 || limit.Runes < most) {
			most = limit.Runes
		}
	}
	return most
}

// QuoteLimits returns the limits of licences, and of the courses that can be seen, in the
// order of their names.
func (s *Store) QuoteLimits(ctx context.Context, access Access) (QuoteLimits, error) {
	var limits QuoteLimits
	err := s.db.Read(ctx, func(tx *sql.Tx) error {
		limits = nil
		rows, err := tx.QueryContext(ctx, `SELECT kind, name, runes FROM quote_limit WHERE guild = $1 ORDER BY kind, name`, access.Guild())
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var kind, name string
			var limit QuoteLimit
			if err := rows.Scan(&kind, &name, &limit.Runes); err != nil {
				return err
			}
			switch {
			case kind == "licence":
				limit.Licence = name
			case access.Sees(name):
				limit.Course = name
			default:
				continue
			}
			limits = append(limits, limit)
		}
		return rows.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("limits of quotes: %w", err)
	}
	return limits, nil
}

// SetQuoteLimit limits quotes, from the next one on; 0 runes lift the limit. It returns
// ErrLimits for a limit that can't be set.
func (s *Store) SetQuoteLimit(ctx context.Context, guild string, limit QuoteLimit) error {
	kind, name := "licence", courseKey(limit.Licence)
	if limit.Course != "" {
		kind, name = "course", courseKey(limit.Course)
	}
	switch {
	case name == "" || limit.Course != "" && limit.Licence != "" || len(name) > maxCourseName:
		return fmt.Errorf("%w: name a licence or a course, of at most %d bytes", ErrLimits, maxCourseName)
	case limit.Runes != 0 && limit.Runes < MinQuote:
		return fmt.Errorf("%w: %d characters, and a quote needs %d at least", ErrLimits, limit.Runes, MinQuote)
	}
	called := strings.Join(strings.Fields(limit.Licence+limit.Course), " ") // as the log calls it
	return s.db.Change(ctx, guild, func(tx *sql.Tx, _ int64) error {
		if limit.Runes == 0 {
			done, err := tx.ExecContext(ctx, `DELETE FROM quote_limit WHERE guild = $1 AND kind = $2 AND name = $3`, guild, kind, name)
			if err := changedAny(done, err); err != nil {
				return err
			}
			return database.Note(ctx, tx, guild, database.Act{Kind: kind, Action: "quotes opened", Subject: name, Name: called, Course: courseKey(limit.Course)})
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO quote_limit (guild, kind, name, runes) VALUES ($1, $2, $3, $4)
			ON CONFLICT (guild, kind, name) DO UPDATE SET runes = excluded.runes`, guild, kind, name, limit.Runes)
		if err != nil {
			return err
		}
		return database.Note(ctx, tx, guild, database.Act{
			Kind: kind, Action: "quotes limited", Subject: name, Name: called, Course: courseKey(limit.Course), Detail: strconv.Itoa(limit.Runes),
		})
	})
}
