package cli

import (
	"context"
	"fmt"
	"net"
	"path/filepath"
	"time"

	"verbatim/bot/reader"
	"verbatim/corpus"
)

// readerKey is the file in the data folder with the key that signs links to texts.
const readerKey = "reader.key"

// newReader returns the reader whose links begin with an address.
func (p *program) newReader(l *library, base string, life time.Duration) (*reader.Reader, error) {
	key, err := reader.Key(filepath.Join(p.settings.Data, readerKey))
	if err != nil {
		return nil, err
	}
	return reader.New(reader.Options{
		Base: base, Key: key, Life: life, Texts: l.store,
		Fault: func(err error) { p.log.Error("show a text in the browser", "err", err) },
	})
}

// linker is how the bot gets links of a reader.
func linker(r *reader.Reader) func(string, corpus.Asker, []corpus.Reference) string {
	return func(guild string, asker corpus.Asker, quotes []corpus.Reference) string {
		return r.Link(reader.Ground{Guild: guild, Asker: asker}, quotes)
	}
}

// serveReader serves the texts at the address that is set, in the background until ctx is
// done. The result waits for the end, and returns nil where nothing is set.
func (p *program) serveReader(ctx context.Context, l *library) (r *reader.Reader, wait func() error, err error) {
	set := p.settings.Reader
	if set.URL == "" {
		return nil, func() error { return nil }, nil
	}
	if r, err = p.newReader(l, set.URL, set.Life); err != nil {
		return nil, nil, fmt.Errorf("reader: %w", err)
	}
	listener, err := net.Listen("tcp", set.Listen)
	if err != nil {
		return nil, nil, fmt.Errorf("reader.listen: %w", err)
	}
	ended := make(chan error, 1)
	go func() { ended <- r.Serve(ctx, listener) }()
	p.warn("texts can be read in the browser: %s is served on %s", set.URL, listener.Addr())
	return r, func() error { return <-ended }, nil
}
