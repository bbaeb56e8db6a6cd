//go:build unix

package database_test

import (
	"bufio"
	"encoding/binary"
	"io"
	"net"
	"net/url"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
)

// A wire leads to a PostgreSQL server, and can be broken in several ways.
type wire struct {
	target   *url.URL
	listener net.Listener
	unheard  atomic.Bool // it passes on all but announcements
	silent   atomic.Bool // it passes on nothing

	mutex sync.Mutex
	isCut bool
	open  map[net.Conn]bool
}

func newWire(t *testing.T, address string) *wire {
	t.Helper()
	target, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{target: target, listener: listener, open: map[net.Conn]bool{}}
	go w.accept()
	t.Cleanup(func() { listener.Close(); w.cut(true) })
	return w
}

// address is that of the server through the wire.
func (w *wire) address() string {
	u, query := *w.target, w.target.Query()
	query.Del("host")
	query.Set("sslmode", "disable")
	u.Host, u.RawQuery = w.listener.Addr().String(), query.Encode()
	return u.String()
}

// cut cuts the wire, or mends it.
func (w *wire) cut(cut bool) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.isCut = cut
	for c := range w.open {
		c.Close()
	}
	w.open = map[net.Conn]bool{}
}

// silence lets nothing through any more, and says nothing of it.
func (w *wire) silence() { w.silent.Store(true) }

func (w *wire) accept() {
	for {
		near, err := w.listener.Accept()
		if err != nil {
			return
		}
		far, err := net.Dial("unix", filepath.Join(w.target.Query().Get("host"), ".s.PGSQL.5432"))
		if err != nil {
			near.Close()
			continue
		}
		w.mutex.Lock()
		w.open[near], w.open[far] = true, true
		if w.isCut {
			near.Close()
			far.Close()
		}
		w.mutex.Unlock()
		go func() { io.Copy(quiet{w, far}, near); far.Close() }()
		go func() { w.messages(quiet{w, near}, far); near.Close() }()
	}
}

// quiet is what is written to one end, which is nothing while the wire is silent.
type quiet struct {
	*wire
	to io.Writer
}

func (q quiet) Write(p []byte) (int, error) {
	if q.silent.Load() {
		return len(p), nil
	}
	return q.to.Write(p)
}

// messages passes on those of a server: a letter for the kind, and four bytes for the length
// of the rest and themselves.
//
// Source: postgresql.org/docs/current/protocol-message-formats.html
func (w *wire) messages(to io.Writer, from io.Reader) {
	in := bufio.NewReader(from)
	for {
		head := make([]byte, 5)
		if _, err := io.ReadFull(in, head); err != nil {
			return
		}
		rest := make([]byte, binary.BigEndian.Uint32(head[1:])-4)
		if _, err := io.ReadFull(in, rest); err != nil {
			return
		}
		if head[0] == 'A' && w.unheard.Load() {
			continue
		}
		if _, err := to.Write(append(head, rest...)); err != nil {
			return
		}
	}
}
