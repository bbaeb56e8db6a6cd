package bot

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"math"
	"net"
	"sync"
	"time"
)

// A connection is the gateway connection of a session as the client reads it. It
// watches what comes in, which the client keeps to itself: when something came last,
// the code with which Discord closed, and whether the session is no longer valid.
//
// It understands as much of RFC 6455 as that takes: the answer to the handshake ends
// with an empty line, frames of the server are not masked, and Discord's control
// messages are short and not fragmented.
type connection struct {
	net.Conn
	watch    *watch
	ended    chan struct{} // closed when the client closes the connection
	ending   sync.Once
	upgraded bool   // the handshake is over, frames follow
	buffer   []byte // the end of the handshake, or bytes of a frame's head that have not all come
	payload  []byte // the beginning of the frame's payload
	left     uint64 // bytes of the payload that have not come
	opcode   byte
}

// Close closes the connection, as the client does when it has done with it.
func (c *connection) Close() error {
	c.ending.Do(func() { close(c.ended) })
	return c.Conn.Close()
}

// A watch is what is known of the connection of a session.
type watch struct {
	delay func() error // called before an invalid session is told to the client

	mutex     sync.Mutex
	conn      *connection // nil before one is dialled
	heard     time.Time
	closeCode int // 0: not closed by Discord
	invalid   bool
}

// wrap watches a connection.
func (w *watch) wrap(conn net.Conn) *connection {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.conn = &connection{Conn: conn, watch: w, ended: make(chan struct{})}
	w.heard, w.closeCode, w.invalid = time.Now(), 0, false
	return w.conn
}

// current returns the connection, nil before one is dialled.
func (w *watch) current() *connection {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return w.conn
}

// silentFor returns how long nothing has come in, 0 before a connection is dialled.
func (w *watch) silentFor() time.Duration {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if w.conn == nil {
		return 0
	}
	return time.Since(w.heard)
}

// cut ends the connection, if there is one, without a word, so that the session can
// be resumed. The client reads that it has ended, and closes it then.
func (w *watch) cut() {
	if c := w.current(); c != nil {
		c.Conn.Close()
	}
}

// code returns the code with which Discord closed the connection, 0 if it did not.
func (w *watch) code() int {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return w.closeCode
}

// reset returns how the last connection ended, and forgets it.
func (w *watch) reset() (code int, invalid bool) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	code, invalid = w.closeCode, w.invalid
	w.conn, w.closeCode, w.invalid = nil, 0, false
	return code, invalid
}

// Opcodes of RFC 6455, section 5.2.
const (
	opText  = 1
	opClose = 8
)

// gatewayInvalidSession is the opcode of Discord for a session that can't go on:
// docs.discord.com/developers/topics/opcodes-and-status-codes.
const gatewayInvalidSession = 9

// peeked is how much of a frame is kept to see what it is.
const peeked = 256

func (c *connection) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if n > 0 {
		c.watch.hear()
		if seen := c.see(p[:n]); seen != nil {
			return 0, seen
		}
	}
	return n, err
}

// handshakeEnd is the empty line at the end of the answer to the handshake.
const handshakeEnd = "\r\n\r\n"

// see follows the frames in a piece of the stream. It returns an error if the client
// is not to read the piece.
func (c *connection) see(data []byte) error {
	for len(data) > 0 {
		if c.left > 0 {
			n := min(c.left, uint64(len(data)))
			c.keep(data[:n])
			data = data[n:]
			if c.left -= n; c.left == 0 {
				if err := c.frame(); err != nil {
					return err
				}
			}
			continue
		}
		if !c.upgraded {
			c.buffer = append(c.buffer, data[0])
			data = data[1:]
			if c.upgraded = bytes.HasSuffix(c.buffer, []byte(handshakeEnd)); c.upgraded {
				if !bytes.HasPrefix(c.buffer, []byte("HTTP/1.1 101 ")) {
					c.left = math.MaxUint64 // no frames follow a refusal
				}
				c.buffer = nil
			}
			continue
		}
		c.buffer = append(c.buffer, data[0])
		data = data[1:]
		if opcode, length, whole := parseHead(c.buffer); whole {
			c.opcode, c.left, c.buffer, c.payload = opcode, length, c.buffer[:0], c.payload[:0]
			if length == 0 {
				if err := c.frame(); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// parseHead reads the head of a frame that is not masked; whole is false while bytes
// of it are missing.
func parseHead(b []byte) (opcode byte, length uint64, whole bool) {
	if len(b) < 2 {
		return 0, 0, false
	}
	opcode = b[0] & 0x0f
	switch size := b[1] & 0x7f; {
	case size < 126:
		return opcode, uint64(size), true
	case size == 126 && len(b) >= 4:
		return opcode, uint64(binary.BigEndian.Uint16(b[2:])), true
	case size == 127 && len(b) >= 10:
		return opcode, binary.BigEndian.Uint64(b[2:]), true
	}
	return 0, 0, false
}

func (c *connection) keep(data []byte) {
	if room := peeked - len(c.payload); room > 0 {
		c.payload = append(c.payload, data[:min(room, len(data))]...)
	}
}

// frame looks at a frame that has come.
func (c *connection) frame() error {
	switch c.opcode {
	case opClose:
		if len(c.payload) >= 2 {
			c.watch.close(int(binary.BigEndian.Uint16(c.payload)))
		}
	case opText:
		var message struct {
			Op int             `json:"op"`
			D  json.RawMessage `json:"d"`
		}
		if json.Unmarshal(c.payload, &message) == nil && message.Op == gatewayInvalidSession {
			return c.watch.invalidate(string(message.D) == "true")
		}
	}
	return nil
}

func (w *watch) hear() {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.heard = time.Now()
}

func (w *watch) close(code int) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.closeCode = code
}

// invalidate notes that the session is invalid. The client identifies anew as soon
// as it reads so, which Discord wants done after a pause of 1 to 5 seconds.
func (w *watch) invalidate(resumable bool) error {
	w.mutex.Lock()
	w.invalid = !resumable
	w.mutex.Unlock()
	return w.delay()
}
