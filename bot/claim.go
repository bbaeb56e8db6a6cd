package bot

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/bot/shards"
	"verbatim/config/database"
)

// A question is claimed before it is answered, so that of several processes one does.

// The kinds of what is claimed.
const (
	kindMessage     = "message"
	kindInteraction = "interaction"
	kindPost        = "post"
)

// answerWithin is for how long a message is worth an answer, and Discord knows surely the
// nonce of one.
const answerWithin = 2 * time.Minute

// askedAt returns when Discord made a thing with an ID.
//
// Source: docs.discord.com/developers/reference#snowflakes
func askedAt(id string) time.Time {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMilli(n>>22 + discordEpoch)
}

// idAt returns an ID that is smaller than those of all things made from a time on.
func idAt(t time.Time) string {
	return strconv.FormatInt(max(0, t.UnixMilli()-discordEpoch)<<22, 10)
}

const discordEpoch = 1420070400000 // the first millisecond of 2015

// claim makes a question that of this process. While the database is away, it waits, for as
// long as the question is worth an answer. It reports false for one that is not to be
// answered here.
func (s *shift) claim(ctx context.Context, q shards.Question) (bool, error) {
	mine, again := false, false
	if err := s.lease.Await(ctx); err != nil {
		if errors.Is(err, shards.ErrLost) {
			err = nil
		}
		return false, err
	}
	err := s.bot.untilBack(ctx, func() (err error) {
		if mine, err = s.lease.Claim(ctx, q, again); err != nil && !again {
			again = true
			s.catch.wait(+1)
		}
		return err
	})
	if again && !errors.Is(err, shards.ErrLost) {
		s.catch.wait(-1) // if it is lost, the next owner is to look for it
	}
	if errors.Is(err, shards.ErrLost) {
		s.log.Info("another process answers", "question", q.ID)
		return false, nil
	}
	return mine, err
}

// untilBack does something again, as long as it fails because the database is away, or was
// so long that the lease is to be renewed first.
func (b *Bot) untilBack(ctx context.Context, do func() error) error {
	pause := b.rhythm.firstPause / 4
	for {
		err := do()
		away := database.IsAway(err) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, shards.ErrLapsed)
		if !away || sleep(ctx, pause) != nil {
			return err
		}
		pause = min(2*pause, longestAwayPause)
	}
}

const longestAwayPause = time.Second

// settled notes that a question that was claimed needs no answer any more. If that fails,
// the next owner of the shard finds the answer where it stands.
func (b *Bot) settled(ctx context.Context, l *shards.Lease, server, id string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), claimTime)
	defer cancel()
	if err := l.Answered(ctx, server, id); err != nil {
		b.options.Log.Warn("note that a question is answered", "question", id, "err", err)
	}
}

// leaves reports whether a question that could not be answered is left to another process:
// that has the shard by now, or this one is about to give it away.
func (b *Bot) leaves(ctx context.Context, err error, question string) bool {
	lost := errors.Is(err, shards.ErrLost) || errors.Is(err, context.Canceled) && ctx.Err() != nil && !b.options.Shards.Alone()
	if lost {
		b.options.Log.Info("another process answers", "question", question)
	}
	return lost
}

// claimTime bounds how long a claim may keep an interaction waiting, for which Discord
// waits three seconds.
const claimTime = time.Second

// claim claims an interaction. It reports false if another process has. Without the
// database it is answered all the same: Discord lets one acknowledge it.
func (t *turn) claim(ctx context.Context) bool {
	if t.again || t.claimed {
		return true
	}
	q := shards.Question{Server: t.GuildID, ID: t.ID, Kind: kindInteraction, Channel: t.ChannelID}
	if !t.bot.options.Shards.Alone() {
		content, err := json.Marshal(t.interaction)
		if err != nil {
			return true // unreachable: it was JSON
		}
		q.Content = string(content)
	}
	claiming, cancel := context.WithTimeout(ctx, claimTime)
	defer cancel()
	mine, err := t.shift.lease.Claim(claiming, q, false)
	t.claimed = mine && err == nil
	if err != nil && !errors.Is(err, shards.ErrLost) {
		t.bot.options.Log.Warn("an interaction is answered without being claimed", "interaction", t.ID, "err", err)
	}
	return mine || err != nil
}

// heirTime is for how long an interaction waits for the shard to be handed over: Discord
// waits three seconds, and the former owner answers before.
const heirTime = 2 * time.Second

// inherited reports whether an interaction is to be answered that was heard while another
// process still answered for the shard: a question that that one has not claimed. All else is
// left to it, for nobody claims it, and both might do it: who has just handed over does not
// know when the heir learns of that.
func (t *turn) inherited(ctx context.Context) bool {
	if !t.shift.lease.IsHeirs() {
		return true
	}
	if !t.asks() {
		t.bot.options.Log.Info("an interaction is left to the owner of the shard", "interaction", t.ID)
		return false
	}
	waiting, cancel := context.WithTimeout(ctx, heirTime)
	defer cancel()
	return t.shift.lease.Await(waiting) == nil && t.claim(ctx) && t.claimed
}

// asks reports whether an interaction is a command that asks the texts.
func (t *turn) asks() bool {
	c := read[command](t.Data)
	return t.Type == discordgo.InteractionApplicationCommand && (c.Name == nameAsk || c.Name == nameAskAbout)
}
