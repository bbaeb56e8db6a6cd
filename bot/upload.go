package bot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"go.yaml.in/yaml/v3"

	"verbatim/corpus"
)

// An attachment is a file that somebody gives with a command.
//
// Source: docs.discord.com/developers/resources/message#attachment-object
type attachment struct {
	Filename string `json:"filename"`
	Size     int64  `json:"size"`
	URL      string `json:"url"`
}

// Limits of files that are taken from Discord.
const (
	maxUpload    = 20 << 20 // bytes of a file
	maxUploading = 2        // files that are fetched and read at a time, for all servers
)

// Why a file is not taken. Package corpus has more reasons.
var (
	errForeignHost = errors.New("not an attachment of Discord's")
	errTooLarge    = errors.New("too large")
	errIncomplete  = errors.New("it did not come whole")
	errTwice       = errors.New("another file of the same name was given with it")
	errUnreadable  = errors.New("it can't be read")
)

// discordsHosts are those from which Discord serves what people attach:
// docs.discord.com/developers/reference#signed-attachment-cdn-urls.
var discordsHosts = []string{"cdn.discordapp.com", "media.discordapp.net"}

// isAttachment reports whether an address is of a file that somebody attached. Where
// discord.api_url names another place, that is one of Discord's, too.
func (t *transport) isAttachment(u *url.URL) bool {
	ours := u.Scheme == "https" && slices.Contains(discordsHosts, u.Host)
	standIn := t.base.Host != "discord.com" && u.Host == t.base.Host && u.Scheme == t.base.Scheme
	path := strings.HasPrefix(u.Path, "/attachments/") || strings.HasPrefix(u.Path, "/ephemeral-attachments/")
	return (ours || standIn) && path && u.User == nil && !strings.Contains(u.Path, "..")
}

// download fetches a file that somebody attached: from Discord alone, without the bot's
// token, and no more than Discord has said that there is.
func (t *transport) download(ctx context.Context, a attachment) ([]byte, error) {
	u, err := url.Parse(a.URL)
	switch {
	case err != nil || !t.isAttachment(u):
		return nil, errForeignHost
	case a.Size > maxUpload:
		return nil, errTooLarge
	}
	request, err := http.NewRequestWithContext(ctx, "GET", u.String(), nil)
	if err != nil {
		return nil, errForeignHost
	}
	client := http.Client{Transport: t.next, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(request)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errIncomplete, withoutAddress(err))
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%w: HTTP status %d", errIncomplete, response.StatusCode)
	}
	data, err := io.ReadAll(io.LimitReader(response.Body, maxUpload+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", errIncomplete, withoutAddress(err))
	case len(data) > maxUpload:
		return nil, errTooLarge
	case int64(len(data)) != a.Size:
		return nil, fmt.Errorf("%w: %d bytes of %d", errIncomplete, len(data), a.Size)
	}
	return data, nil
}

// A bringing is a file that a moderator gives.
type bringing struct {
	attachment
	name    string          // of the document
	instead bool            // it is to replace the document of that name
	course  string          // that it is sorted into, "" for the one that the file states
	sidecar corpus.Metadata // what is known of it besides, and goes before what it says itself
}

// take fetches a file and reads it, and says meanwhile at intervals how far it is. Where
// reading does not end in time, its place stays taken until it does, so that hostile files
// can't fill the machine.
func (b *Bot) take(ctx context.Context, f bringing, progress func()) (corpus.Report, error) {
	if err := corpus.Refusal(f.Filename); err != nil {
		return corpus.Report{}, err
	}
	if f.Size > maxUpload {
		return corpus.Report{}, errTooLarge
	}
	type result struct {
		report corpus.Report
		err    error
	}
	taken := make(chan result, 1)
	go func() {
		report, err := b.takeInTurn(ctx, f)
		taken <- result{report, err}
	}()
	tick := time.NewTicker(b.rhythm.progress)
	defer tick.Stop()
	for {
		select {
		case r := <-taken:
			return r.report, r.err
		case <-tick.C:
			progress()
		case <-ctx.Done():
			return corpus.Report{}, ctx.Err()
		}
	}
}

// takeInTurn fetches and reads a file as soon as there is a place for it.
func (b *Bot) takeInTurn(ctx context.Context, f bringing) (report corpus.Report, err error) {
	select {
	case place := <-b.uploading:
		defer func() { b.uploading <- place }()
	case <-ctx.Done():
		return report, ctx.Err()
	}
	defer func() {
		if recover() != nil { // its value may hold what stands in the file
			b.options.Log.Error("panic", "in", "reading a file", "stack", string(debug.Stack()))
			err = errUnreadable
		}
	}()
	data, err := b.rest.download(ctx, f.attachment)
	if err != nil {
		return report, err
	}
	return f.read(ctx, data, b.check)
}

// read reads the file into a draft of the document.
func (f bringing) read(ctx context.Context, data []byte, check func(context.Context, corpus.File) (corpus.Report, error)) (corpus.Report, error) {
	file := corpus.File{Name: f.Filename, Origin: originDiscord, Data: data}
	if f.sidecar.Licence+f.sidecar.Link != "" {
		beside := map[string]string{}
		for name, value := range map[string]string{"licence": f.sidecar.Licence, "link": f.sidecar.Link} {
			if value != "" {
				beside[name] = value
			}
		}
		sidecar, err := yaml.Marshal(beside)
		if err != nil {
			return corpus.Report{}, err
		}
		file.Sidecar = sidecar
	}
	report, err := check(ctx, file)
	report.Draft.Name = f.name
	if f.course != "" {
		report.Draft.Chosen = &f.course
	}
	return report, err
}

// originDiscord is the origin of texts that moderators have given on Discord.
const originDiscord = "discord"

// A pile keeps the drafts that wait to be confirmed, for a while. It holds so many bytes;
// the oldest go to make room.
type pile struct {
	most  int
	now   func() time.Time
	mutex sync.Mutex
	order []string
	held  map[string]waiting
}

type waiting struct {
	drafts []corpus.Draft
	since  time.Time
}

// maxPiled is how many bytes of text wait at a time, for all servers.
const maxPiled = 128 << 20

// pileLife is how long they wait.
const pileLife = time.Hour

func newPile(most int, now func() time.Time) *pile {
	return &pile{most: most, now: now, held: map[string]waiting{}}
}

// put keeps drafts under an ID.
func (p *pile) put(id string, drafts []corpus.Draft) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.order, p.held[id] = append(p.order, id), waiting{drafts, p.now()}
	for p.bytes() > p.most && len(p.order) > 1 {
		p.drop(p.order[0])
	}
}

// take returns the drafts with an ID, and keeps them no longer; none if they are gone.
func (p *pile) take(id string) []corpus.Draft {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	drafts := p.held[id].drafts
	p.drop(id)
	return drafts
}

// expire forgets what waits for too long.
func (p *pile) expire() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	for len(p.order) > 0 && p.now().Sub(p.held[p.order[0]].since) > pileLife {
		p.drop(p.order[0])
	}
}

func (p *pile) drop(id string) {
	delete(p.held, id)
	p.order = slices.DeleteFunc(p.order, func(other string) bool { return other == id })
}

func (p *pile) bytes() int {
	sum := 0
	for _, w := range p.held {
		for _, d := range w.drafts {
			sum += len(d.Source)
		}
	}
	return sum
}
