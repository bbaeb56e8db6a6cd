package bot

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"sync"
	"time"
)

// A connection is a connection to the gateway, as the client reads and writes it. It
// stands between the client and the network for three reasons: the way to Discord is
// that of the requests, with its proxies and certificates; a session goes on with it
// that the client does not know; and what comes in is looked at before the client reads
// it, for there is much that the client can't bear.
type connection struct {
	handshake func(*http.Request) (*http.Response, error)
	written   []byte // of the client's handshake
	answer    []byte // to the handshake, what is not read of it
	resume    []byte // to be sent instead of Identify; nil to let that go out
	frames    frames
	packets   int   // that have come
	refused   error // what is read after all that came before the refused packet

	ready   chan struct{} // closed when READY or RESUMED has come
	over    chan struct{} // closed when nothing comes any more
	ending  sync.Once
	closed  chan struct{} // closed when the client has closed the connection
	closing sync.Once

	mutex  sync.Mutex
	stream io.ReadWriteCloser // of frames; nil before the handshake is over
	cutOff bool
	facts  facts
}

// facts are what is known of a connection, which the client keeps to itself.
type facts struct {
	begun     time.Time // zero if there was no connection
	heard     time.Time // when something came last
	heartbeat time.Duration
	readyAt   time.Time // zero before READY or RESUMED
	sessionID string    // that READY names, "" before
	resumeAt  *url.URL  // where READY says that the session goes on, nil if it does not say
	seq       int64     // of the last event
	name      string    // of the bot, as READY says
	servers   int       // that READY lists
	closeCode int       // of Discord; 0 if it did not close the connection
	reason    error     // why the connection was given up; nil if it was not
}

// Reasons to give a connection up.
var (
	errReconnect = errors.New("a new connection is asked for")
	errInvalid   = errors.New("the session is called invalid")
	errMalformed = errors.New("something else than the gateway's protocol comes")
	errSilent    = errors.New("nothing comes from the gateway")
	errClosed    = errors.New("closed by Discord")
	errCut       = errors.New("the connection has broken")
)

func newConnection(handshake func(*http.Request) (*http.Response, error), resume []byte) *connection {
	now := time.Now()
	return &connection{
		handshake: handshake,
		resume:    resume,
		ready:     make(chan struct{}),
		over:      make(chan struct{}),
		closed:    make(chan struct{}),
		facts:     facts{begun: now, heard: now},
	}
}

// known returns what is known of the connection, nothing if it is nil.
func (c *connection) known() facts {
	if c == nil {
		return facts{}
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.facts
}

// learn changes what is known of the connection.
func (c *connection) learn(change func(*facts)) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	change(&c.facts)
}

// opened returns the stream of frames, nil before the handshake is over.
func (c *connection) opened() io.ReadWriteCloser {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.stream
}

// handshakeEnd is the empty line at the end of the client's handshake.
const handshakeEnd = "\r\n\r\n"

// Write writes to the stream; what comes first is the handshake, which takes another
// way, and then Identify, in one piece, in whose place a session may go on.
func (c *connection) Write(p []byte) (int, error) {
	if stream := c.opened(); stream != nil {
		if c.resume == nil || p[0]&0x0f != opText {
			return stream.Write(p)
		}
		_, err := stream.Write(clientFrame(opText, c.resume))
		c.resume = nil
		return len(p), err
	}
	c.written = append(c.written, p...)
	if !bytes.HasSuffix(c.written, []byte(handshakeEnd)) {
		return len(p), nil
	}
	request, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(c.written)))
	if err != nil {
		return 0, err
	}
	response, err := c.handshake(request)
	if err != nil {
		return 0, err
	}
	return len(p), c.begin(response)
}

// begin takes the answer to the handshake.
func (c *connection) begin(response *http.Response) error {
	var err error
	if c.answer, err = httputil.DumpResponse(response, false); err != nil {
		response.Body.Close()
		return err
	}
	stream, ok := response.Body.(io.ReadWriteCloser) // so it is after 101
	if !ok {
		return response.Body.Close()
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.stream = stream
	if c.cutOff {
		return stream.Close()
	}
	return nil
}

// Read reads the answer to the handshake, and then the stream, as far as the client
// can bear it.
func (c *connection) Read(p []byte) (int, error) {
	if len(c.answer) > 0 {
		n := copy(p, c.answer)
		c.answer = c.answer[n:]
		return n, nil
	}
	stream := c.opened()
	if stream == nil {
		return 0, io.EOF // Discord has refused the handshake
	}
	if c.refused != nil {
		return 0, c.refused
	}
	n, err := stream.Read(p)
	if n == 0 {
		c.cut()
		return 0, err
	}
	c.learn(func(f *facts) { f.heard = time.Now() })
	bearable, refused := c.look(p[:n])
	if refused == nil {
		if err != nil || c.known().closeCode != 0 {
			c.cut()
		}
		return n, err
	}
	c.refused = refused
	c.learn(func(f *facts) { f.reason = refused })
	c.hangUp(closeResumable)
	if bearable > 0 {
		return bearable, nil
	}
	return 0, refused
}

// look looks at a piece of the stream. If something in it is not for the client, it
// returns an error, and how much comes before the end of that.
func (c *connection) look(data []byte) (bearable int, err error) {
	for at := 0; at < len(data); {
		n, whole := c.frames.take(data[at:])
		if whole || c.frames.tooLong {
			if err := c.frame(); err != nil {
				return at, err
			}
		}
		at += n
	}
	return len(data), nil
}

// closeResumable is a code to close a connection with after which its session can go on;
// after 1000 it can't.
const closeResumable = 4000

// goodbyeTime is how long closing may take when Discord does not read any more.
const goodbyeTime = time.Second

// hangUp closes the connection with a code.
func (c *connection) hangUp(code uint16) {
	if stream := c.opened(); stream != nil {
		late := time.AfterFunc(goodbyeTime, func() { stream.Close() })
		// Where writing fails, the connection is over anyway.
		stream.Write(clientFrame(opClose, binary.BigEndian.AppendUint16(nil, code)))
		late.Stop()
	}
	c.cut()
}

// cut ends the connection, if there is one, without a word, so that its session can go
// on. The client reads that it has ended, and closes it then.
func (c *connection) cut() {
	if c == nil {
		return
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.cutOff = true
	if c.stream != nil {
		c.stream.Close()
	}
	c.ending.Do(func() { close(c.over) })
}

// Close closes the connection, as the client does when it has done with it.
func (c *connection) Close() error {
	c.cut()
	c.closing.Do(func() { close(c.closed) })
	return nil
}

// The client asks for no addresses, and sets no deadline but one for the handshake,
// which has a context.

func (c *connection) LocalAddr() net.Addr              { return &net.TCPAddr{} }
func (c *connection) RemoteAddr() net.Addr             { return &net.TCPAddr{} }
func (c *connection) SetDeadline(time.Time) error      { return nil }
func (c *connection) SetReadDeadline(time.Time) error  { return nil }
func (c *connection) SetWriteDeadline(time.Time) error { return nil }
