package databasetest

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

// A Wire leads to a PostgreSQL server, and can be broken in several ways.
type Wire struct {
	target   *url.URL
	listener net.Listener
	silent   atomic.Bool
	deaf     atomic.Bool

	mutex sync.Mutex
	isCut bool
	open  map[net.Conn]bool
}

// NewWire leads to the server of an address until the test ends.
func NewWire(t *testing.T, address string) *Wire {
	t.Helper()
	target, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &Wire{target: target, listener: listener, open: map[net.Conn]bool{}}
	go w.accept()
	t.Cleanup(func() { listener.Close(); w.Cut(true) })
	return w
}

// Target is the address to which the wire leads.
func (w *Wire) Target() string { return w.target.String() }

// Address is that of the database through the wire.
func (w *Wire) Address() string {
	u, query := *w.target, w.target.Query()
	query.Del("host")
	query.Set("sslmode", "disable")
	u.Host, u.RawQuery = w.listener.Addr().String(), query.Encode()
	return u.String()
}

// Cut cuts the wire, or mends it.
func (w *Wire) Cut(cut bool) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.isCut = cut
	for c := range w.open {
		c.Close()
	}
	w.open = map[net.Conn]bool{}
}

// Silence lets nothing through, and says nothing of it, or lets all through again.
func (w *Wire) Silence(silent bool) { w.silent.Store(silent) }

// Deafen lets no announcements through, or lets them through again.
func (w *Wire) Deafen(deaf bool) { w.deaf.Store(deaf) }

func (w *Wire) accept() {
	for {
		near, err := w.listener.Accept()
		if err != nil {
			return
		}
		far, err := w.dial()
		if w.join(near, far, err) {
			go func() { io.Copy(unlessSilent{w, far}, near); far.Close(); near.Close() }()
			go func() { w.messages(unlessSilent{w, near}, far); far.Close(); near.Close() }()
		}
	}
}

func (w *Wire) dial() (net.Conn, error) {
	if folder := w.target.Query().Get("host"); folder != "" {
		return net.Dial("unix", filepath.Join(folder, ".s.PGSQL.5432"))
	}
	return net.Dial("tcp", w.target.Host)
}

// join reports whether both ends are there and the wire is not cut.
func (w *Wire) join(near, far net.Conn, err error) bool {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if err != nil || w.isCut {
		near.Close()
		if far != nil {
			far.Close()
		}
		return false
	}
	w.open[near], w.open[far] = true, true
	return true
}

// unlessSilent is what is written to one end, which is nothing while the wire is silent.
type unlessSilent struct {
	*Wire
	to io.Writer
}

func (u unlessSilent) Write(p []byte) (int, error) {
	if u.silent.Load() {
		return len(p), nil
	}
	return u.to.Write(p)
}

// messages passes on those of a server: a letter for the kind, and four bytes for the length
// of the rest and themselves.
//
// Source: postgresql.org/docs/current/protocol-message-formats.html
func (w *Wire) messages(to io.Writer, from io.Reader) {
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
		if head[0] == 'A' && w.deaf.Load() {
			continue
		}
		if _, err := to.Write(append(head, rest...)); err != nil {
			return
		}
	}
}
