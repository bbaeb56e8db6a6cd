package bot

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/bot/shards"
)

// What was asked while nobody listened: a session began that does not go on from the last
// one, of this process or of another that had the shard. Discord does not tell again what
// happened meanwhile, but it tells which is the last message of each channel. Interactions
// it has told their askers itself that nobody responded.

// catchingUp says from when on a shift may have missed something.
type catchingUp struct {
	places chan int // for what is asked of Discord at a time

	mutex   sync.Mutex
	session int             // counts those that did not go on from the one before
	since   time.Time       // by Discord's clock; zero: nothing
	isReady bool            // READY has come, and what former owners left is taken up
	left    map[string]bool // servers in which is still to be looked; false for those done before READY
	waiting int             // messages that could not be claimed yet, because the database is away
}

// overlap is how much earlier than Discord was heard last is looked: clocks differ, and
// what came last may not have been claimed.
const overlap = 10 * time.Second

func newCatchingUp() catchingUp { return catchingUp{places: numbers(0, 4), left: map[string]bool{}} }

// from begins a session, and sets from when on, by Discord's clock, is to be looked. What was
// not looked through until then is looked through again.
func (c *catchingUp) from(heard time.Time) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.session++
	unfinished := !c.since.IsZero() && !c.done()
	c.isReady, c.left = false, map[string]bool{}
	if unfinished {
		return
	}
	c.since = time.Time{}
	if !heard.IsZero() {
		c.since = heard.Add(-overlap)
	}
}

// current returns the number of the session. What is found out in one says nothing of the
// next.
func (c *catchingUp) current() int {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.session
}

// ready notes the servers in which is to be looked.
func (c *catchingUp) ready(session int, servers []channel) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if session != c.session {
		return
	}
	c.isReady = true
	for _, g := range servers {
		if _, looked := c.left[g.ID]; !looked {
			c.left[g.ID] = true
		}
	}
}

// looked notes that one is looked through.
func (c *catchingUp) looked(session int, server string) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if session == c.session {
		c.left[server] = false
	}
}

func (c *catchingUp) wait(more int) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.waiting += more
}

func (c *catchingUp) done() bool {
	for _, left := range c.left {
		if left {
			return false
		}
	}
	return c.isReady
}

// isComplete reports whether all that was asked until now is claimed. A server that Discord
// says nothing of, in an outage, leaves it open, so that more is looked through next time.
func (c *catchingUp) isComplete() bool {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.done() && c.waiting == 0
}

// start returns from when on is to be looked, all by Discord's clock; ok is false for never.
func (c *catchingUp) start(now time.Time) (since time.Time, ok bool) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if oldest := now.Add(-answerWithin); c.since.Before(oldest) {
		return oldest, !c.since.IsZero()
	}
	return c.since, true
}

// takeUp answers what former owners of the shard have claimed and not answered, and what
// was asked in direct messages. It reports whether it could.
func (s *shift) takeUp(ctx context.Context, session int) bool {
	if !s.takesOver(ctx) {
		return false
	}
	var left []shards.Unanswered
	err := s.bot.untilBack(ctx, func() (err error) {
		left, err = s.lease.Unanswered(ctx, false)
		return err
	})
	if err != nil && ctx.Err() == nil {
		s.log.Warn("read what was left unanswered", "err", err)
	}
	var taking sync.WaitGroup // at once: one that can't be read keeps none of the others waiting
	for _, u := range left {
		done := s.workOn(u.ID)
		taking.Go(func() {
			defer done()
			s.takeOver(ctx, u)
		})
	}
	s.taken.Do(func() { close(s.took) })
	if err != nil {
		return false
	}
	taking.Wait()
	if _, missed := s.catch.start(s.bot.discordNow()); !missed || !s.lease.Owns("") {
		return true
	}
	var talks []string
	err = s.bot.untilBack(ctx, func() (err error) {
		talks, err = s.lease.Correspondents(ctx, maxCorrespondents)
		return err
	})
	if err != nil {
		s.log.Warn("read where direct messages came from", "err", err)
		return false
	}
	return s.lookThrough(ctx, session, "", talks, nil)
}

// takesOver waits until the shard is the process's own, and what a former owner has under way
// that has handed it over is answered, or left.
func (s *shift) takesOver(ctx context.Context) bool {
	heir := s.lease.IsHeirs()
	return s.lease.Await(ctx) == nil && (!heir || sleep(ctx, drainTime+cancelTime) == nil)
}

// maxCorrespondents is in how many direct conversations is looked for what was missed.
const maxCorrespondents = 100

// longestTurn is for how long Discord takes the answer to an interaction, less some.
const longestTurn = 14 * time.Minute

// takeOver answers a question that was claimed, by a former owner or here, and not answered.
// It is read first: one that can't be read stays that of whose it is, and is looked at again.
func (s *shift) takeOver(ctx context.Context, u shards.Unanswered) {
	defer s.workOn(u.ID)()
	b := s.bot
	most := answerWithin
	if u.Kind == kindInteraction {
		most = longestTurn
	}
	var t task
	err := context.DeadlineExceeded
	if u.Age < most {
		t, err = s.readUntil(ctx, u, most-u.Age)
	}
	if errors.Is(err, context.DeadlineExceeded) || refused(err) || err == nil && t == nil {
		s.log.Info("a question can't be answered any more", "question", u.ID, "err", err)
		if err := s.lease.Expire(ctx, u.Server, u.ID); err != nil {
			s.log.Warn("note that a question is too late", "err", err)
		}
		return
	}
	mine, again := false, false
	if err == nil {
		err = b.untilBack(ctx, func() (err error) {
			mine, err = s.lease.Reclaim(ctx, u, again)
			again = true
			return err
		})
	}
	if err != nil || !mine {
		s.log.Info("a question is not taken over", "question", u.ID, "err", err)
		return
	}
	s.log.Info("a question is taken over", "question", u.ID)
	b.dispatcher.patiently(ctx, &s.crew, t)
}

// readUntil reads a question that was claimed, for so long at most as long as Discord fails.
func (s *shift) readUntil(ctx context.Context, u shards.Unanswered, most time.Duration) (task, error) {
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	pause := s.bot.rhythm.firstPause / 4
	for {
		t, err := s.readClaimed(ctx, u)
		if err == nil || refused(err) {
			return t, err
		}
		s.log.Info("a question can't be read yet", "question", u.ID, "err", err)
		if err := sleep(ctx, pause); err != nil {
			return nil, err
		}
		pause = min(2*pause, longestAwayPause)
	}
}

// readClaimed reads a question that was claimed, as something to answer: nil for what is
// none any more.
func (s *shift) readClaimed(ctx context.Context, u shards.Unanswered) (task, error) {
	b := s.bot
	switch u.Kind {
	case kindInteraction:
		t := &turn{bot: b, shift: s, again: true, claimed: true}
		_ = json.Unmarshal([]byte(u.Content), &t.interaction) // which was made of one
		return t, nil
	case kindPost:
		body, err := b.fetch(ctx, "GET", discordgo.EndpointChannel(url.PathEscape(u.ID)), nil)
		if err != nil {
			return nil, err
		}
		c := read[channel](body)
		if c.ID == "" {
			return nil, nil
		}
		return &opened{channel: c, bot: b, shift: s, claimed: true, counted: true}, nil
	}
	body, err := b.fetch(ctx, "GET", discordgo.EndpointChannelMessage(url.PathEscape(u.Channel), url.PathEscape(u.ID)), nil)
	if err != nil {
		return nil, err
	}
	m := readMessage(body)
	if m == nil {
		return nil, nil
	}
	m.GuildID = u.Server
	return &posted{message: *m, bot: b, shift: s, read: true, mine: true, counted: true}, nil
}

// missedIn looks for what was missed in the channels of a server. It reports whether it
// could.
func (s *shift) missedIn(ctx context.Context, session int, data json.RawMessage) bool {
	since, missed := s.catch.start(s.bot.discordNow())
	if !missed {
		return true
	}
	var g struct {
		ID       string `json:"id"`
		Channels []struct {
			ID   string `json:"id"`
			Last string `json:"last_message_id"`
		} `json:"channels"`
		Threads []struct {
			channel
			Last string `json:"last_message_id"`
		} `json:"threads"`
	}
	_ = json.Unmarshal(data, &g) // parts that can't be read are not looked at
	var channels []string
	var posts []channel
	for _, c := range g.Channels {
		if askedAt(c.Last).After(since) {
			channels = append(channels, c.ID)
		}
	}
	for _, c := range g.Threads {
		c.GuildID = g.ID
		if c.Type == channelPublicThread && askedAt(c.ID).After(since) {
			posts = append(posts, c.channel)
		}
		if askedAt(c.Last).After(since) {
			channels = append(channels, c.ID)
		}
	}
	return s.lookThrough(ctx, session, g.ID, channels, posts)
}

// lookThrough answers what was missed in channels of a server, and new posts that may have
// been. Where Discord or the database fails, it looks again, as long as what was asked before
// the session is worth an answer. It returns false if it has ended before that.
func (s *shift) lookThrough(ctx context.Context, session int, server string, channels []string, posts []channel) bool {
	begun := s.bot.options.Now()
	for pause := s.bot.rhythm.firstPause; ; pause = min(2*pause, longestLookPause) {
		now := s.bot.options.Now()
		since, missed := s.catch.start(s.bot.discordNow())
		if now.Sub(begun) > answerWithin || !missed {
			return true
		}
		posts = slices.DeleteFunc(posts, func(c channel) bool {
			return s.bot.dispatcher.patiently(ctx, &s.crew, &opened{channel: c, bot: s.bot, shift: s}) == nil
		})
		channels = slices.DeleteFunc(channels, func(c string) bool {
			err := s.missedAt(ctx, server, c, since)
			if err != nil {
				s.log.Info("what was missed in a channel can't be read", "channel", c, "err", err)
			}
			return err == nil || refused(err)
		})
		if len(channels)+len(posts) == 0 {
			return true
		}
		if sleep(ctx, pause) != nil || s.catch.current() != session {
			return false
		}
	}
}

// longestLookPause is for how long at most a channel that can't be read is left alone.
const longestLookPause = 10 * time.Second

// messagesAtOnce is how many messages Discord gives at a time.
const messagesAtOnce = 100

// missedAt answers the messages to the bot in a channel since a time that nobody has
// claimed. It returns an error if it could not read or claim them all.
func (s *shift) missedAt(ctx context.Context, server, channel string, since time.Time) error {
	place := <-s.catch.places
	defer func() { s.catch.places <- place }()
	after := idAt(since)
	var unclaimed error
	for {
		query := url.Values{"after": {after}, "limit": {"100"}}
		body, err := s.bot.fetch(ctx, "GET", discordgo.EndpointChannelMessages(url.PathEscape(channel))+"?"+query.Encode(), nil)
		if err != nil {
			return err
		}
		all := read[[]json.RawMessage](body) // the last ones first
		for _, data := range slices.Backward(all) {
			after = read[spot](data).ID
			m := readMessage(data)
			if m == nil {
				continue
			}
			m.GuildID = server
			if err := s.bot.dispatcher.patiently(ctx, &s.crew, &posted{message: *m, bot: s.bot, shift: s, read: true}); err != nil {
				unclaimed = err
			}
		}
		if len(all) < messagesAtOnce || after == "" {
			return unclaimed
		}
	}
}
