package fakediscord

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Scope is the scope of a rate limit.
type Scope string

// The scopes of rate limits.
//
// Source: docs.discord.com/developers/topics/rate-limits#header-format
const (
	UserScope   Scope = "user"   // this route
	SharedScope Scope = "shared" // this resource, whoever uses it
	GlobalScope Scope = "global" // all routes
)

// A RateLimit allows a number of requests in a time, for each route and main resource.
// Discord's own numbers differ by route, change, and are not written down.
//
// Source: docs.discord.com/developers/topics/rate-limits
type RateLimit struct {
	Requests int
	Per      time.Duration
}

// errLimited says that the answer is written already.
var errLimited = errors.New("rate limited")

// window counts the requests of one bucket.
type window struct {
	used  int
	reset time.Time
}

// limit counts a request, sets the headers and refuses what is too much. Interactions are
// outside the global limit, but have buckets of their own like all routes.
func (s *Server) limit(x *Exchange, route *route, params map[string]string) error {
	if err := s.limitAll(x, params); err != nil {
		return err
	}
	rule := s.options.RateLimit
	if rule == nil {
		return nil
	}
	bucket := bucketName(route.method, route.template)
	key := bucket + "/" + mainResource(params)
	w := s.limits[key]
	if w == nil || !s.now().Before(w.reset) {
		w = &window{reset: s.now().Add(rule.Per)}
		s.limits[key] = w
	}
	after := w.reset.Sub(s.now())
	w.used++
	setBucket(x.header, bucket, rule.Requests, max(0, rule.Requests-w.used), w.reset, after)
	if w.used <= rule.Requests {
		return nil
	}
	x.Answer(http.StatusTooManyRequests, rateLimitHeader(after, UserScope), rateLimitBody(after, UserScope))
	return errLimited
}

// limitAll counts a request for the global limit: of those in any second.
func (s *Server) limitAll(x *Exchange, params map[string]string) error {
	if s.options.GlobalLimit == 0 || params["webhook_token"] != "" || params["interaction_token"] != "" {
		return nil
	}
	now := s.now()
	s.taken = slices.DeleteFunc(s.taken, func(at time.Time) bool { return now.Sub(at) >= time.Second })
	if len(s.taken) < s.options.GlobalLimit {
		s.taken = append(s.taken, now)
		return nil
	}
	after := s.taken[0].Add(time.Second).Sub(now)
	x.Answer(http.StatusTooManyRequests, rateLimitHeader(after, GlobalScope), rateLimitBody(after, GlobalScope))
	return errLimited
}

// mainResource is the channel, guild or webhook in a path, which has limits of its own.
func mainResource(params map[string]string) string {
	var parts []string
	for _, name := range []string{"channel_id", "guild_id", "webhook_id", "webhook_token", "interaction_id"} {
		if v := params[name]; v != "" {
			parts = append(parts, v)
		}
	}
	return strings.Join(parts, "/")
}

// bucketName is the opaque name of a route's bucket.
func bucketName(method, template string) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(method + " " + template)) // never fails
	return fmt.Sprintf("%016x", h.Sum64())
}

func setBucket(h http.Header, bucket string, limit, remaining int, reset time.Time, after time.Duration) {
	h.Set("X-RateLimit-Limit", strconv.Itoa(limit))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(remaining))
	h.Set("X-RateLimit-Reset", strconv.FormatFloat(float64(reset.UnixMilli())/1000, 'f', 3, 64))
	h.Set("X-RateLimit-Reset-After", strconv.FormatFloat(after.Seconds(), 'f', 3, 64))
	h.Set("X-RateLimit-Bucket", bucket)
}

func rateLimitHeader(after time.Duration, scope Scope) http.Header {
	h := http.Header{}
	h.Set("Content-Type", "application/json")
	h.Set("Retry-After", seconds(after))
	h.Set("X-RateLimit-Scope", string(scope))
	if scope == GlobalScope {
		h.Set("X-RateLimit-Global", "true")
	}
	return h
}

func rateLimitBody(after time.Duration, scope Scope) []byte {
	message := "You are being rate limited."
	if scope == SharedScope {
		message = "The resource is being rate limited."
	}
	body, err := json.Marshal(map[string]any{"message": message, "retry_after": after.Seconds(), "global": scope == GlobalScope})
	if err != nil {
		panic(fmt.Sprintf("a map of plain values is always JSON: %v", err))
	}
	return body
}

// seconds writes Retry-After, which has whole seconds, rounded up.
func seconds(d time.Duration) string {
	return strconv.Itoa(int((d + time.Second - 1) / time.Second))
}
