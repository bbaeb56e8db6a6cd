// Package reader shows a quote in its text, in a browser: the passage with the quote
// marked, the pages, the notes, and the text before and after.
//
// A link is all that it takes, and all that there is: no account, no cookie, no log of who
// reads. It is made for one reply, signed, and ends; it says what the reply was given on,
// and that is judged again each time the link is opened:
//
//	BASE/1.GUILD.DOCUMENT.REVISION.END.GROUND.QUOTES.SIGNATURE   the page
//	BASE/….SIGNATURE?hit=2                                       at the second quote
//	BASE/….SIGNATURE?from=4000, ?to=4000                         the text from or up to a byte
//	BASE/-/NAME                                                  its style and its script
//
// Of a text of which only short quotes are allowed the page shows no more than that around
// the quote. Else it shows a few pages at a time, however long the text is.
//
// The package serves HTTP and nothing more: encryption is left to what stands before it.
package reader

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"verbatim/corpus"
)

// Texts are the documents, and who may see them. A corpus.Store is one.
type Texts interface {
	AccessOf(ctx context.Context, guild string, asker corpus.Asker) (corpus.Access, error)
	QuoteLimits(ctx context.Context, access corpus.Access) (corpus.QuoteLimits, error)
	Window(ctx context.Context, access corpus.Access, document string, r corpus.Range) (corpus.Window, error)
	Passages(ctx context.Context, access corpus.Access, ids []corpus.PassageID) ([]corpus.Found, error)
}

var _ Texts = (*corpus.Store)(nil)

// Options are what a Reader needs.
type Options struct {
	Base  string        // address below which the links are, as browsers reach it
	Key   []byte        // that signs the links; see Key
	Life  time.Duration // of links
	Texts Texts
	Now   func() time.Time // time.Now if nil
	Fault func(error)      // told of faults of the machine; nil for nobody
}

// DefaultLife is how long links live unless something else is set.
const DefaultLife = 7 * 24 * time.Hour

// maxRoleLife is how long a link lives at most that rests on a role, for that the role was
// taken since can't be seen here.
const maxRoleLife = 24 * time.Hour

// A Reader makes links, and serves what they open. It may be used from any goroutine.
type Reader struct {
	options Options
	base    string // without a slash at the end
	path    string // of base
	working chan struct{}
}

// maxWorking is how many pages are made at the same time. More are refused: each holds a
// window of a text.
const maxWorking = 16

// New returns a Reader.
func New(o Options) (*Reader, error) {
	base, err := url.Parse(o.Base)
	if err != nil || base.Host == "" || base.Scheme != "http" && base.Scheme != "https" || base.RawQuery != "" || base.Fragment != "" {
		return nil, errors.New("the address of the reader is none of the web")
	}
	if len(o.Key) < keyBytes {
		return nil, errors.New("the key of the reader is too short")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Fault == nil {
		o.Fault = func(error) {}
	}
	return &Reader{
		options: o, base: strings.TrimRight(o.Base, "/"), path: strings.TrimRight(base.Path, "/"),
		working: make(chan struct{}, maxWorking),
	}, nil
}

var _ http.Handler = (*Reader)(nil)
