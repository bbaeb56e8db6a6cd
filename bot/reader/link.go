package reader

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"verbatim/corpus"
)

// A Ground is that on which a reply was given: whose texts, to whom, and where.
type Ground struct {
	Guild string
	corpus.Asker
	// Everything is the ground of who sees all of a guild, whatever its limits.
	Everything bool
}

// Link returns the address at which quotes of one document can be read in it; the first
// one is opened. It is "" if there is none to be had.
func (r *Reader) Link(g Ground, quotes []corpus.Reference) string {
	if len(quotes) == 0 {
		return ""
	}
	life := r.options.Life
	if len(g.Roles) > 0 {
		life = min(life, maxRoleLife)
	}
	l := link{ground: g, document: quotes[0].Document, revision: shortRevision(quotes[0].Revision), end: r.options.Now().Add(life)}
	for _, q := range quotes {
		if q.Document == l.document && shortRevision(q.Revision) == l.revision && len(l.quotes) < maxQuotes {
			l.quotes = append(l.quotes, q.Ranges)
		}
	}
	body, ok := l.write()
	if !ok {
		return ""
	}
	return r.base + "/" + body + "." + r.sign(body) + "#quote"
}

const (
	// maxQuotes is how many quotes a link leads to, and maxLink how long one is, so that
	// there is room for it in a message.
	maxQuotes = 5
	maxLink   = 600

	revisionChars = 12
	version       = "1"
)

// A link is what stands in an address.
type link struct {
	ground             Ground
	document, revision string
	end                time.Time
	quotes             [][]corpus.Range
}

func shortRevision(revision string) string { return revision[:min(len(revision), revisionChars)] }

// The parts of a link are parted by dots. The ground is a letter, for private, public or
// everything, and the IDs of channels and roles, which begin with - and +. Ranges are
// numbers in base 36, each the distance from the last; those of a quote are parted by -,
// quotes by ~.

var plainID = regexp.MustCompile(`^[A-Za-z0-9_]{1,64}$`)

// write returns a link as it is signed. It reports false for one that has no such form.
func (l link) write() (string, bool) {
	ids := []string{l.ground.Guild}
	ground := "p"
	switch {
	case l.ground.Everything:
		ground = "e"
	case l.ground.Public:
		ground = "c"
	}
	if !l.ground.Everything {
		for _, id := range l.ground.Channels {
			ground += "-" + id
			ids = append(ids, id)
		}
	}
	if !l.ground.Everything && !l.ground.Public {
		for _, id := range l.ground.Roles {
			ground += "+" + id
			ids = append(ids, id)
		}
	}
	var quotes []string
	for _, ranges := range l.quotes {
		var numbers []string
		at := 0
		for _, r := range ranges {
			numbers = append(numbers, strconv.FormatInt(int64(r.Start-at), 36), strconv.FormatInt(int64(r.End-r.Start), 36))
			at = r.End
		}
		quotes = append(quotes, strings.Join(numbers, "-"))
	}
	body := strings.Join([]string{
		version, l.ground.Guild, l.document, l.revision, strconv.FormatInt(l.end.Unix(), 36), ground, strings.Join(quotes, "~"),
	}, ".")
	hasForm := !slices.ContainsFunc(ids, func(id string) bool { return !plainID.MatchString(id) }) &&
		!strings.ContainsFunc(l.document+l.revision, func(r rune) bool { return !strings.ContainsRune("0123456789abcdef-", r) })
	return body, hasForm && len(body) <= maxLink
}

// sign returns the signature of what stands before it.
func (r *Reader) sign(body string) string {
	mac := hmac.New(sha256.New, r.options.Key)
	mac.Write([]byte("verbatim reader\n" + body))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:16])
}

// Errors of links.
var (
	errNoLink  = errors.New("no link of this reader")
	errExpired = errors.New("the link has ended")
)

// clockSlack is by how much a clock that made a link may have been ahead.
const clockSlack = time.Hour

// read reads a link that this reader has signed.
func (r *Reader) read(token string) (link, error) {
	cut := strings.LastIndexByte(token, '.')
	if cut < 0 || len(token) > maxLink+64 || !hmac.Equal([]byte(r.sign(token[:cut])), []byte(token[cut+1:])) {
		return link{}, errNoLink
	}
	parts := strings.Split(token[:cut], ".")
	if len(parts) != 7 || parts[0] != version {
		return link{}, errNoLink
	}
	end, err := strconv.ParseInt(parts[4], 36, 64)
	l := link{ground: readGround(parts[1], parts[5]), document: parts[2], revision: parts[3], end: time.Unix(end, 0)}
	for quote := range strings.SplitSeq(parts[6], "~") {
		ranges, bad := readRanges(quote)
		l.quotes, err = append(l.quotes, ranges), errors.Join(err, bad)
	}
	switch {
	case err != nil:
		return link{}, errNoLink
	case !r.options.Now().Before(l.end):
		return link{}, errExpired
	case l.end.After(r.options.Now().Add(r.options.Life + clockSlack)):
		return link{}, errExpired // made by a clock that was ahead, or for a longer life than links have now
	}
	return l, nil
}

func readGround(guild, written string) Ground {
	g := Ground{Guild: guild, Everything: written == "e"}
	g.Public = strings.HasPrefix(written, "c")
	for len(written) > 1 {
		sign, rest := written[0], written[1:]
		end := strings.IndexAny(rest, "-+")
		if end < 0 {
			end = len(rest)
		}
		switch sign {
		case '-':
			g.Channels = append(g.Channels, rest[:end])
		case '+':
			g.Roles = append(g.Roles, rest[:end])
		}
		written = rest[end:]
	}
	return g
}

func readRanges(written string) ([]corpus.Range, error) {
	numbers := strings.Split(written, "-")
	if len(numbers)%2 != 0 {
		return nil, errNoLink
	}
	var ranges []corpus.Range
	at := 0
	for i := 0; i < len(numbers); i += 2 {
		gap, err1 := strconv.ParseUint(numbers[i], 36, 32)
		length, err2 := strconv.ParseUint(numbers[i+1], 36, 32)
		if err1 != nil || err2 != nil {
			return nil, errNoLink
		}
		r := corpus.Range{Start: at + int(gap), End: at + int(gap) + int(length)}
		at = r.End
		ranges = append(ranges, r)
	}
	return ranges, nil
}
