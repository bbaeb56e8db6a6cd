package shards

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// evenPart is the part of what the bot may send that is divided evenly among the processes,
// also those that answer for nothing yet. The rest goes with the shards.
const evenPart = 0.1

// startShare is the share of a process that does not know the others yet.
const startShare = evenPart / 2

// Share returns which part of what Discord lets the bot send is this process's: with the
// parts of the others it is no more than 1. While the database is away it stays as it was.
func (k *Keeper) Share() float64 {
	if k.Alone() {
		return 1
	}
	k.mutex.Lock()
	defer k.mutex.Unlock()
	if k.share == 0 {
		return startShare
	}
	return k.share
}

// part returns the share of a process.
func (v view) part(process string) float64 {
	if len(v.shards) == 0 || len(v.processes) == 0 {
		return 0
	}
	mine := 0
	for _, x := range v.shards {
		if x.Owner == process && !x.Free {
			mine++
		}
	}
	return (1-evenPart)*float64(mine)/float64(len(v.shards)) + evenPart/float64(len(v.processes))
}

// Pause tells all processes that Discord wants nothing of the bot for a while. The others
// know it with their next beat.
func (k *Keeper) Pause(ctx context.Context, d time.Duration) error {
	if k.Alone() {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	return k.store.pause(ctx, d)
}

// Paused returns until when Discord wants nothing of the bot, as some process was told; a
// time that is over if it does.
func (k *Keeper) Paused() time.Time {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	return k.paused
}

func (s *store) pause(ctx context.Context, d time.Duration) error {
	return s.db.Live(ctx, func(tx *sql.Tx, now int64) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO live_pause (what, until) VALUES ('requests', $1)
			ON CONFLICT (what) DO UPDATE SET until = CASE WHEN excluded.until > live_pause.until THEN excluded.until ELSE live_pause.until END`,
			now+d.Milliseconds())
		return err
	})
}

// readPause returns for how long Discord wants nothing of the bot.
func readPause(ctx context.Context, tx *sql.Tx, now int64) (time.Duration, error) {
	var until int64
	err := tx.QueryRowContext(ctx, `SELECT until FROM live_pause WHERE what = 'requests'`).Scan(&until)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return max(0, time.Duration(until-now)*time.Millisecond), err
}
