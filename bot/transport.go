package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf16"
)

// A transport carries the requests of the client to Discord. It does what the client
// does not: it sends them to the configured address and API version, waits out rate
// limits of every kind (of a route, shared, global, and those that come as a page of
// HTML), tries again after faults of the server where that can't act twice, and gives
// up when the request's context is done. What the client gets of a refusal is short
// and holds no token, for the client makes errors of the whole of it.
//
// Rate limits: docs.discord.com/developers/topics/rate-limits.
type transport struct {
	base *url.URL          // such as https://discord.com/api
	next http.RoundTripper // does one attempt
	now  func() time.Time
	wait func(context.Context, time.Duration) error

	clock discordsClock
	pace  *pace
	// elsewhere returns until when Discord wants nothing, as it told another process; tell
	// tells the others. Both are nil for a process that is alone.
	elsewhere func() time.Time
	tell      func(time.Duration)

	mutex  sync.Mutex
	paused time.Time // no request of a limited route goes out before, after a global limit
}

const (
	apiVersion     = "v10"
	attempts       = 4
	attemptTimeout = 15 * time.Second
	longestWait    = 60 * time.Second // a rate limit that takes longer is an error
	firstBackoff   = 300 * time.Millisecond
)

// newTransport returns a transport to the API at base.
func newTransport(base string) (*transport, error) {
	u, err := url.Parse(strings.TrimSuffix(base, "/"))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		// What it is instead may hold a password.
		return nil, fmt.Errorf("discord.api_url: want an address such as %s", DefaultAPI)
	}
	unlimited := &pace{perSecond: func() float64 { return 0 }, now: time.Now, wait: sleep}
	return &transport{base: u, next: http.DefaultTransport, now: time.Now, wait: sleep, pace: unlimited}, nil
}

// sleep waits, or returns the context's error.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// RoundTrip sends a request, several times if need be.
func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := readBody(r)
	if err != nil {
		return nil, err
	}
	ctx := r.Context()
	backoff := firstBackoff
	carriedOut := false // perhaps
	for attempt := 1; ; attempt++ {
		if err := t.waitForGlobal(ctx, r); err != nil {
			return nil, err
		}
		if err := fenced(ctx, r.Method == http.MethodGet, isCallback(r)); err != nil {
			return nil, err
		}
		response, err := t.attempt(r, body)
		if carriedOut && isAcknowledged(r, response) {
			return forClient(r, done(r, response)), nil
		}
		carriedOut = carriedOut || err != nil || response.StatusCode >= 500
		pause, again := t.judge(r, response, err, backoff)
		if !again || attempt == attempts || pause > longestWait {
			return forClient(r, response), err
		}
		if err := t.wait(ctx, pause); err != nil {
			return nil, err
		}
		backoff *= 2
	}
}

// forClient returns what the client may see of an answer, nil for none. The client
// would hold back all requests for as long as a 429 says, whatever their contexts, and
// with the limits of one interaction those of the next that has its place.
func forClient(r *http.Request, response *http.Response) *http.Response {
	if response == nil {
		return nil
	}
	if response.StatusCode >= 400 {
		shorten(r, response)
	}
	if response.StatusCode == http.StatusTooManyRequests || isOfInteraction(r) {
		for name := range response.Header {
			if strings.HasPrefix(name, "X-Ratelimit-") || name == "Retry-After" {
				response.Header.Del(name)
			}
		}
	}
	return response
}

// maxMessage is how much is kept of the message of a refusal, so that an error of the
// client stays below 200 characters.
const maxMessage = 120

// shorten leaves of a refusal Discord's code and message, on one line, and how long a
// rate limit takes. A page of HTML has neither.
func shorten(r *http.Request, response *http.Response) {
	var body struct {
		Code       int     `json:"code"`
		Message    string  `json:"message"`
		RetryAfter float64 `json:"retry_after,omitempty"`
	}
	_ = json.Unmarshal(peek(response), &body)
	body.Message = cut(visible(withoutTokens(body.Message, r)), maxMessage, quotedLen)
	if response.StatusCode == http.StatusTooManyRequests {
		body.RetryAfter = readLimit(response).after.Seconds()
	}
	var short bytes.Buffer
	to := json.NewEncoder(&short)
	to.SetEscapeHTML(false)
	_ = to.Encode(body) // numbers and text
	response.Body = io.NopCloser(bytes.NewReader(bytes.TrimSpace(short.Bytes())))
	response.Status = fmt.Sprintf("%d %s", response.StatusCode, http.StatusText(response.StatusCode))
}

// quotedLen returns how many UTF-16 code units a character takes in JSON.
func quotedLen(r rune) int {
	if r == '"' || r == '\\' {
		return 2
	}
	return utf16.RuneLen(r)
}

// withoutTokens takes the tokens of a request out of an answer, in which a proxy may
// repeat them. They are longer than all else in a path.
func withoutTokens(text string, r *http.Request) string {
	parts := strings.Split(r.URL.Path, "/")
	parts = append(parts, strings.Fields(r.Header.Get("Authorization"))...)
	for _, part := range parts {
		if len(part) > 30 {
			text = strings.ReplaceAll(text, part, "…")
		}
	}
	return text
}

func readBody(r *http.Request) ([]byte, error) {
	if r.Body == nil {
		return nil, nil
	}
	defer r.Body.Close()
	return io.ReadAll(r.Body)
}

// attempt sends the request once and reads the whole response. It takes at most half
// of the time that the request has left, so that there is time for another.
func (t *transport) attempt(r *http.Request, body []byte) (*http.Response, error) {
	most := attemptTimeout
	if deadline, ok := r.Context().Deadline(); ok {
		most = min(most, deadline.Sub(t.now())/2)
	}
	ctx, cancel := context.WithTimeout(r.Context(), most)
	defer cancel()
	request := r.Clone(ctx)
	request.URL = t.address(r.URL)
	request.Host = ""
	request.Header.Del(nonceHeader)
	if body != nil {
		request.Body = io.NopCloser(bytes.NewReader(body))
		request.ContentLength = int64(len(body))
	}
	response, err := t.next.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	t.clock.see(response.Header, t.now())
	content, err := io.ReadAll(io.LimitReader(response.Body, 32<<20))
	if err != nil {
		return nil, err
	}
	response.Body = io.NopCloser(bytes.NewReader(content))
	return response, nil
}

// address returns the address of a request of the client, which is for its own idea
// of where Discord is, at the configured base and version.
func (t *transport) address(u *url.URL) *url.URL {
	rest := u.EscapedPath()
	if _, after, found := strings.Cut(rest, "/api/v"); found {
		if i := strings.IndexByte(after, '/'); i >= 0 {
			rest = after[i:]
		}
	}
	to := *t.base
	to.RawPath = to.EscapedPath() + "/" + apiVersion + rest
	to.Path, _ = url.PathUnescape(to.RawPath)
	to.RawQuery = u.RawQuery
	return &to
}

// judge says whether to try again after an attempt, and when.
func (t *transport) judge(r *http.Request, response *http.Response, err error, backoff time.Duration) (pause time.Duration, again bool) {
	switch {
	case err != nil:
		var failed *net.OpError
		sent := !errors.As(err, &failed) || failed.Op != "dial"
		return backoff, r.Context().Err() == nil && (repeatable(r) || !sent)
	case response.StatusCode == http.StatusTooManyRequests:
		limit := readLimit(response)
		if limit.global && !isOfInteraction(r) {
			if news := t.pause(limit.after); news && t.tell != nil {
				t.tell(limit.after)
			}
		}
		return limit.after, true
	case response.StatusCode >= 500:
		return backoff, repeatable(r)
	}
	return 0, false
}

// repeatable reports whether a request that may have been carried out can be sent
// again without acting twice. An acknowledgement that was carried out is refused the
// second time, and a message with an enforced nonce is not posted twice.
func repeatable(r *http.Request) bool {
	return r.Method != http.MethodPost || isCallback(r) || r.Header.Get(nonceHeader) != ""
}

// isCallback reports whether a request acknowledges an interaction.
func isCallback(r *http.Request) bool {
	return r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/callback")
}

// isOfInteraction reports whether a request is part of an interaction.
func isOfInteraction(r *http.Request) bool {
	return strings.Contains(r.URL.Path, "/interactions/") || strings.Contains(r.URL.Path, "/webhooks/")
}

// isAcknowledged reports whether Discord refuses to acknowledge an interaction because
// that was done before.
func isAcknowledged(r *http.Request, response *http.Response) bool {
	if !isCallback(r) || response == nil || response.StatusCode != http.StatusBadRequest {
		return false
	}
	var refused struct{ Code int }
	return json.Unmarshal(peek(response), &refused) == nil && refused.Code == codeAcknowledged
}

// done is the answer to a request that was carried out although its answer was lost.
func done(r *http.Request, response *http.Response) *http.Response {
	return &http.Response{
		Status: "204 No Content", StatusCode: http.StatusNoContent,
		Proto: response.Proto, ProtoMajor: response.ProtoMajor, ProtoMinor: response.ProtoMinor,
		Header: response.Header, Body: http.NoBody, Request: r,
	}
}

// peek returns the body of a response, which can be read again.
func peek(response *http.Response) []byte {
	content, _ := io.ReadAll(response.Body) // of memory
	response.Body = io.NopCloser(bytes.NewReader(content))
	return content
}

// nonceHeader marks a request whose body holds a nonce that Discord enforces. It is
// not sent.
const nonceHeader = "X-Verbatim-Nonce"

// A limit is what an answer 429 says.
type limit struct {
	after  time.Duration
	global bool
}

// readLimit reads an answer 429, in JSON or, from the edge of Discord's network, in
// HTML, of which only the header tells.
func readLimit(response *http.Response) limit {
	var body struct {
		RetryAfter float64 `json:"retry_after"`
		Global     bool    `json:"global"`
	}
	_ = json.Unmarshal(peek(response), &body) // HTML leaves it empty
	seconds := body.RetryAfter
	if header, err := strconv.ParseFloat(response.Header.Get("Retry-After"), 64); err == nil {
		seconds = max(seconds, header)
	}
	if seconds <= 0 {
		seconds = 1
	}
	return limit{
		after:  time.Duration(seconds * float64(time.Second)),
		global: body.Global || response.Header.Get("X-RateLimit-Global") != "" || response.Header.Get("X-RateLimit-Scope") == "global",
	}
}

// pause holds back all requests for a while. It reports whether that was not known.
func (t *transport) pause(d time.Duration) (news bool) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	now := t.now()
	until := now.Add(d)
	news = !now.Before(t.paused) || until.Sub(t.paused) > time.Second
	if until.After(t.paused) {
		t.paused = until
	}
	return news
}

// A limitError is why a request is not sent: a rate limit holds for so long.
type limitError time.Duration

func (e limitError) Error() string { return rateLimited(time.Duration(e)) }

func rateLimited(left time.Duration) string {
	return fmt.Sprintf("rate limited for %s more", left.Round(time.Second))
}

// waitForGlobal waits while a global limit holds, and until this process may send one more;
// a limit that takes longer is an error. Answers to interactions stand outside that limit.
func (t *transport) waitForGlobal(ctx context.Context, r *http.Request) error {
	if isOfInteraction(r) {
		return nil
	}
	for {
		left := t.globalLeft()
		switch {
		case left > longestWait:
			return limitError(left)
		case left <= 0:
			return t.pace.pass(ctx)
		}
		if err := t.wait(ctx, left); err != nil {
			return err
		}
	}
}

// globalLeft returns for how long a global limit holds.
func (t *transport) globalLeft() time.Duration {
	t.mutex.Lock()
	until := t.paused
	t.mutex.Unlock()
	if t.elsewhere != nil {
		if told := t.elsewhere(); told.After(until) {
			until = told
		}
	}
	return until.Sub(t.now())
}
