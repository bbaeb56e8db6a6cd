package database

import (
	"context"
	"database/sql"
	"time"
)

// An Actor is who changes something of a guild.
type Actor struct {
	Who string // ID of a member, or what the command line or a folder calls itself
	Via string // ViaDiscord, ViaCommandLine or ViaFolder
	Now func() time.Time
}

// From where changes come.
const (
	ViaDiscord     = "discord"
	ViaCommandLine = "command line"
	ViaFolder      = "folder" // which is followed
)

type actorKey struct{}

// By returns a context whose changes are written to the log of their guild, as those of
// an actor: see [Note].
func By(ctx context.Context, a Actor) context.Context { return context.WithValue(ctx, actorKey{}, a) }

// An Act is what somebody did with something of a guild.
type Act struct {
	Kind    string // document, course, setting, answer, question, proposal, glossary
	Action  string // added, replaced, edited, removed, …
	Subject string // ID of what was changed
	Name    string // as people call it; "" where that is a member's own words
	Detail  string // what it is now, where that is short; may be ""
	Course  string // who does not see it sees nothing of the act
	Scope   string // of a question, as it is stored with that
}

// Note writes an act to the log of a guild, in the transaction that does it, if the
// context says who does. The transaction must be one of Change or Write for the guild.
//
// The packages that store things call it wherever people, and not the machine itself,
// change something, so that no way to change it is left out.
func Note(ctx context.Context, tx *sql.Tx, guild string, a Act) error {
	by, known := ctx.Value(actorKey{}).(Actor)
	if !known || by.Who == "" {
		return nil
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO moderation_log
		(guild, entry, made, actor, via, kind, action, subject, name, detail, course, scope, told)
		SELECT $1, COALESCE(MAX(entry), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0 FROM moderation_log WHERE guild = $1`,
		guild, by.Now().UnixMilli(), by.Who, by.Via, a.Kind, a.Action, a.Subject, a.Name, a.Detail, a.Course, a.Scope)
	return err
}
