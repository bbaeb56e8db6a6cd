package corpus

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/config/database"
)

// A Course is a named set of documents of a guild, and who may see it. Its name counts
// however it is spaced or written large or small.
type Course struct {
	Name      string // as documents write it; "" for those without a course
	Documents int    // that are not removed
	Limits    *Limits
}

// Limits say who sees a course that not everybody may see: in private who has one of the
// roles, and everybody where it is asked in one of the channels. A course limited to
// no role and no channel is seen by moderators only.
type Limits struct {
	Roles, Channels []string // IDs, sorted
}

// An Asker is who asks, and where.
type Asker struct {
	Roles    []string // IDs of the roles that they have now
	Channels []string // ID of the place of the question: the channel; for a thread both the thread and its channel
	Public   bool     // others than the asker see the reply
}

// sees reports whether an asker sees a course with these limits. What a public reply
// shows, everybody in the channel reads: the asker's roles don't count then.
func (l Limits) sees(a Asker) bool {
	return share(l.Channels, a.Channels) || !a.Public && share(l.Roles, a.Roles)
}

func share(x, y []string) bool {
	return slices.ContainsFunc(x, func(id string) bool { return slices.Contains(y, id) })
}

// AccessOf returns what an asker may see now in a guild. It is read anew for each
// question, so that limits and roles take effect at once.
func (s *Store) AccessOf(ctx context.Context, guild string, asker Asker) (Access, error) {
	var limits map[string]Limits
	err := s.db.Read(ctx, func(tx *sql.Tx) (err error) {
		limits, err = readLimits(ctx, tx, guild)
		return err
	})
	if err != nil {
		return Access{}, fmt.Errorf("limits of courses of guild %s: %w", guild, err)
	}
	var closed []string
	for course, l := range limits {
		if !l.sees(asker) {
			closed = append(closed, course)
		}
	}
	return AllBut(guild, closed...), nil
}

// readLimits returns the limits of the courses of a guild that have some, by their keys.
func readLimits(ctx context.Context, tx *sql.Tx, guild string) (map[string]Limits, error) {
	rows, err := tx.QueryContext(ctx, `SELECT course, roles, channels FROM course_limit WHERE guild = $1`, guild)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	limits := map[string]Limits{}
	for rows.Next() {
		var course, roles, channels string
		var l Limits
		if err := rows.Scan(&course, &roles, &channels); err != nil {
			return nil, err
		}
		if err := errors.Join(database.Decode(roles, &l.Roles), database.Decode(channels, &l.Channels)); err != nil {
			return nil, fmt.Errorf("course %q: %w", course, err)
		}
		limits[course] = l
	}
	return limits, rows.Err()
}

// Courses returns the courses that can be seen, those with documents and those with
// limits, in the order of their names.
func (s *Store) Courses(ctx context.Context, access Access) ([]Course, error) {
	var courses []Course
	err := s.db.Read(ctx, func(tx *sql.Tx) error {
		limits, err := readLimits(ctx, tx, access.Guild())
		if err != nil {
			return err
		}
		byKey := map[string]*Course{}
		for key, l := range limits {
			if access.Sees(key) {
				byKey[key] = &Course{Name: key, Limits: &l}
			}
		}
		err = queryDocuments(ctx, tx, access, `AND removed = 0 ORDER BY name`, func(d Document) {
			key := courseKey(d.Course)
			if byKey[key] == nil {
				byKey[key] = &Course{}
			}
			if byKey[key].Documents++; byKey[key].Documents == 1 {
				byKey[key].Name = d.Course
			}
		})
		courses = nil
		for _, c := range byKey {
			courses = append(courses, *c)
		}
		return err
	})
	slices.SortFunc(courses, func(x, y Course) int { return cmp.Compare(x.Name, y.Name) })
	return courses, err
}

// ErrLimits is returned for limits that can't be set. Its text names what to change.
var ErrLimits = errors.New("limits not set")

// Limits of limits.
const (
	maxCourseName = 500 // bytes
	maxPlaces     = 250 // roles or channels; a server of Discord has no more roles
	maxPlaceID    = 64  // bytes
)

// SetLimits limits a course, which need not have documents yet, to who has one of the
// roles and to the channels; nil opens it to everybody. It counts for the next question.
func (s *Store) SetLimits(ctx context.Context, guild, course string, limits *Limits) error {
	return s.ChangeLimits(ctx, guild, course, func(*Limits) *Limits { return limits })
}

// ChangeLimits is SetLimits with what change makes of the limits in force, nil for none.
// Nobody else changes them meanwhile. Change may be called several times.
func (s *Store) ChangeLimits(ctx context.Context, guild, course string, change func(now *Limits) *Limits) error {
	return s.db.Change(ctx, guild, func(tx *sql.Tx, _ int64) error {
		all, err := readLimits(ctx, tx, guild)
		if err != nil {
			return err
		}
		var now *Limits
		if l, ok := all[courseKey(course)]; ok {
			now = &l
		}
		limits := change(now)
		if limits == nil {
			return open(ctx, tx, guild, course)
		}
		if err := checkLimits(course, limits); err != nil {
			return fmt.Errorf("%w: %w", ErrLimits, err)
		}
		return limit(ctx, tx, guild, course, limits)
	})
}

func limit(ctx context.Context, tx *sql.Tx, guild, course string, limits *Limits) error {
	done, err := tx.ExecContext(ctx, `INSERT INTO course_limit (guild, course, roles, channels) VALUES ($1, $2, $3, $4)
		ON CONFLICT (guild, course) DO UPDATE SET roles = excluded.roles, channels = excluded.channels
		WHERE course_limit.roles <> excluded.roles OR course_limit.channels <> excluded.channels`,
		guild, courseKey(course), idsColumn(limits.Roles), idsColumn(limits.Channels))
	if err := changedAny(done, err); err != nil {
		return err
	}
	return noteCourse(ctx, tx, guild, "limited", course, mentions("<@&", limits.Roles)+mentions("<#", limits.Channels))
}

func open(ctx context.Context, tx *sql.Tx, guild, course string) error {
	done, err := tx.ExecContext(ctx, `DELETE FROM course_limit WHERE guild = $1 AND course = $2`, guild, courseKey(course))
	if err := changedAny(done, err); err != nil {
		return err
	}
	return noteCourse(ctx, tx, guild, "opened", course, "")
}

// noteCourse notes in the log who may see a course from now on. The log calls it as it was
// given.
func noteCourse(ctx context.Context, tx *sql.Tx, guild, action, course, detail string) error {
	return database.Note(ctx, tx, guild, database.Act{Kind: "course", Action: action, Subject: courseKey(course), Name: strings.Join(strings.Fields(course), " "), Course: courseKey(course), Detail: detail})
}

// mentions writes IDs of roles or channels as Discord shows them by their names.
func mentions(sign string, ids []string) string {
	text := ""
	for _, id := range ids {
		text += sign + id + "> "
	}
	return text
}

// changedAny returns ErrUnchanged where a statement changed no row.
func changedAny(done sql.Result, err error) error {
	if err != nil {
		return err
	}
	n, err := done.RowsAffected()
	if err == nil && n == 0 {
		err = database.ErrUnchanged
	}
	return err
}

func checkLimits(course string, l *Limits) error {
	if len(course) > maxCourseName || !utf8.ValidString(course) || strings.ContainsFunc(course, unicode.IsControl) {
		return fmt.Errorf("%.80q is no name of a course: it has at most %d bytes, and nothing but text", course, maxCourseName)
	}
	for what, ids := range map[string][]string{"role": l.Roles, "channel": l.Channels} {
		if len(ids) > maxPlaces {
			return fmt.Errorf("%d %ss, and there can be %d: take some out", len(ids), what, maxPlaces)
		}
		for _, id := range ids {
			if id == "" || len(id) > maxPlaceID || strings.ContainsFunc(id, isNoID) {
				return fmt.Errorf("%.80q is no ID of a %s: give a number such as 112233445566778899, which Discord shows as Copy ID in developer mode", id, what)
			}
		}
	}
	return nil
}

func isNoID(r rune) bool {
	return r != '-' && r != '_' && (r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r))
}

// idsColumn returns IDs as they are stored, sorted, each once.
func idsColumn(ids []string) string {
	sorted := slices.Compact(slices.Sorted(slices.Values(ids)))
	if sorted == nil {
		sorted = []string{}
	}
	data, err := json.Marshal(sorted)
	if err != nil {
		panic(err) // strings can always be written
	}
	return string(data)
}
