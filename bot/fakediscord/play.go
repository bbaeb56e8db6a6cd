package fakediscord

import (
	"net/http"
	"time"
)

// A Play decides how a request is answered, instead of or around Discord's own handling.
// Besides those of this package a test may write its own.
type Play func(*Exchange)

type play struct {
	method, route string
	play          Play
	always        bool
}

// Next answers the next matching requests with plays, one each, in this order. "" matches
// every method or route. Plays for the same request are taken in the order of the calls.
func (s *Server) Next(method, route string, plays ...Play) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range plays {
		s.plays = append(s.plays, &play{method: method, route: route, play: p})
	}
}

// Always answers all matching requests with a play, until stop is called.
func (s *Server) Always(method, route string, p Play) (stop func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	added := &play{method: method, route: route, play: p, always: true}
	s.plays = append(s.plays, added)
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.removePlay(added)
	}
}

// nextPlay returns what answers a request.
func (s *Server) nextPlay(r *Request) Play {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.plays {
		if r.Matches(p.method, p.route) {
			if !p.always {
				s.removePlay(p)
			}
			return p.play
		}
	}
	return (*Exchange).Handle
}

func (s *Server) removePlay(gone *play) {
	for i, p := range s.plays {
		if p == gone {
			s.plays = append(s.plays[:i:i], s.plays[i+1:]...)
			return
		}
	}
}

// Handled lets a request through, to count it in a row of plays.
func Handled() Play { return (*Exchange).Handle }

// Fails answers with a status, 500 and 502 for example, and does nothing. The body is not
// JSON, as that of Discord's proxies is not.
func Fails(status int) Play {
	return func(x *Exchange) {
		x.Answer(status, http.Header{"Content-Type": {"text/html"}}, []byte("<html><body>"+http.StatusText(status)+"</body></html>"))
	}
}

// RateLimited answers 429 as Discord does.
//
// Source: docs.discord.com/developers/topics/rate-limits#exceeding-a-rate-limit
func RateLimited(after time.Duration, scope Scope) Play {
	return func(x *Exchange) {
		h := rateLimitHeader(after, scope)
		if scope != GlobalScope {
			setBucket(h, bucketName(x.Request.Method, x.Request.Route), 5, 0, x.server.now().Add(after), after)
		}
		x.Answer(http.StatusTooManyRequests, h, rateLimitBody(after, scope))
	}
}

// Cloudflare answers 429 as the proxy before Discord does when an address is banned: with
// HTML, and with Retry-After alone.
//
// Source: docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
func Cloudflare(after time.Duration) Play {
	return func(x *Exchange) {
		h := http.Header{"Content-Type": {"text/html; charset=UTF-8"}, "Server": {"cloudflare"}, "Retry-After": {seconds(after)}}
		x.Answer(http.StatusTooManyRequests, h, []byte("<!doctype html><html><head><title>Access denied</title></head><body>error code: 1015</body></html>"))
	}
}

// LostBefore closes the connection and does nothing.
func LostBefore() Play { return (*Exchange).Drop }

// LostAnswer does what the request asks for, and closes the connection before the answer.
func LostAnswer() Play {
	return func(x *Exchange) {
		x.Handle()
		x.Drop()
	}
}

// Delay handles a request after a time, by the real clock.
func Delay(d time.Duration) Play {
	return func(x *Exchange) {
		late := make(chan struct{})
		timer := time.AfterFunc(d, func() { close(late) })
		defer timer.Stop()
		x.Wait(late)
		x.Handle()
	}
}
