package bot

import (
	"math"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limits say how much may be asked of the bot. Each is a number of questions that can
// come at once, and after how long there is room for one more. The zero Rate has no limit.
type Limits struct {
	User, Channel, Guild Rate
	Presses              Rate // of commands and buttons, and autocomplete, by a user
}

// A Rate allows some at once, and one more each time that Every has passed.
type Rate struct {
	Burst int
	Every time.Duration
}

// DefaultLimits bear a class that asks at the same time.
var DefaultLimits = Limits{
	User:    Rate{8, 4 * time.Second},
	Channel: Rate{40, time.Second},
	Guild:   Rate{120, 250 * time.Millisecond},
	Presses: Rate{40, 250 * time.Millisecond},
}

// maxLimited is how many users, channels and guilds are counted at a time.
const maxLimited = 20_000

// limiters count what is asked, by who asks or where.
type limiters struct {
	limits Limits
	now    func() time.Time
	mutex  sync.Mutex
	by     map[string]*rate.Limiter
	tidied time.Time // when those went last of whom nothing is to be known
}

func newLimiters(l Limits, now func() time.Time) *limiters {
	return &limiters{limits: l, now: now, by: map[string]*rate.Limiter{}}
}

// question counts a question. If there is no room for it, it returns the name of the text
// that says so, and how long until there is.
func (l *limiters) question(user, channel, guild string) (text string, wait time.Duration) {
	for _, limit := range []struct {
		text, kind, id string
		rate           Rate
	}{
		{"limited_user", "user ", user, l.limits.User},
		{"limited_channel", "channel ", channel, l.limits.Channel},
		{"limited_guild", "guild ", guild, l.limits.Guild},
	} {
		if limit.id == "" {
			continue // of a direct message: see direct
		}
		if wait := l.take(limit.kind+limit.id, limit.rate); wait > 0 {
			return limit.text, wait
		}
	}
	return "", 0
}

// direct counts a question in a direct message for the guild from whose texts it is
// answered, which is known only when the question has been counted for its asker.
func (l *limiters) direct(guild string) (text string, wait time.Duration) {
	return "limited_home", l.take("guild "+guild, l.limits.Guild)
}

// press counts a command, a press of a button, or a proposal while somebody types.
func (l *limiters) press(user string) (text string, wait time.Duration) {
	return "limited_presses", l.take("presses "+user, l.limits.Presses)
}

// mayTell reports whether a user is to be told of a limit, who is not told each time.
func (l *limiters) mayTell(user string) bool {
	return l.take("told "+user, Rate{1, tellAgain}) == 0
}

const tellAgain = 30 * time.Second

// take returns 0 if there is room for one more, else how long until there is.
func (l *limiters) take(key string, r Rate) time.Duration {
	if r.Burst <= 0 {
		return 0
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	now := l.now()
	if now.Sub(l.tidied) > tidyAgain {
		l.drop(now)
	}
	limiter := l.by[key]
	if limiter == nil {
		if len(l.by) >= maxLimited {
			l.forget()
		}
		limiter = rate.NewLimiter(rate.Every(r.Every), r.Burst)
		l.by[key] = limiter
	}
	reservation := limiter.ReserveN(now, 1)
	wait := reservation.DelayFrom(now)
	if wait > 0 {
		reservation.CancelAt(now)
	}
	return wait
}

// tidyAgain is how often those go of whom nothing is to be known any more.
const tidyAgain = time.Minute

// tidy forgets who has not asked for so long that they can ask as much as anybody.
func (l *limiters) tidy() {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.drop(l.now())
}

func (l *limiters) drop(now time.Time) {
	l.tidied = now
	for key, limiter := range l.by {
		if limiter.TokensAt(now) >= float64(limiter.Burst()) {
			delete(l.by, key)
		}
	}
}

// forget makes room: those go of whom nothing is to be known any more, and if that is not
// enough, any.
func (l *limiters) forget() {
	l.drop(l.now())
	for key := range l.by {
		if len(l.by) <= maxLimited/2 {
			return
		}
		delete(l.by, key)
	}
}

// seconds returns a time to wait in whole seconds, at least 1.
func seconds(d time.Duration) int { return max(1, int(math.Ceil(d.Seconds()))) }
