package bot

import "encoding/binary"

// opClose is the opcode of a frame that closes. All from it on are of control frames:
// RFC 6455, section 5.2.
const opClose = 8

// longestMessage bounds what a message may hold, which in Discord's is some kilobytes,
// with large guilds perhaps megabytes.
const longestMessage = 16 << 20

// frames follows the frames in a stream of a server: RFC 6455 as far as it takes to
// know the messages. What does not obey it otherwise, the client refuses itself.
type frames struct {
	head    []byte // bytes of a frame's head that have not all come
	opcode  byte
	final   bool   // the frame is the last of its message
	left    uint64 // bytes of the frame's payload that have not come
	control []byte // the payload of a control frame
	message []byte // the payloads of a message so far, which control frames may interrupt
	tooLong bool   // the message is, and its end is not kept
}

// take follows some bytes at the beginning of data, at least one, and tells whether a
// frame ends with them.
func (f *frames) take(data []byte) (n int, whole bool) {
	if f.left > 0 {
		n = int(min(f.left, uint64(len(data))))
		f.keep(data[:n])
		f.left -= uint64(n)
		return n, f.left == 0
	}
	f.head = append(f.head, data[0])
	length, known := payloadLength(f.head)
	if !known {
		return 1, false
	}
	f.opcode, f.final, f.left = f.head[0]&0x0f, f.head[0]&0x80 != 0, length
	f.head = f.head[:0]
	if f.isControl() {
		f.control = f.control[:0]
	}
	return 1, length == 0
}

func (f *frames) isControl() bool { return f.opcode >= opClose }

// payloadLength reads from the head of a frame, which is not masked, how long the
// payload is; known is false while bytes of the head are missing.
func payloadLength(head []byte) (length uint64, known bool) {
	if len(head) < 2 {
		return 0, false
	}
	switch size := head[1] & 0x7f; {
	case size < 126:
		return uint64(size), true
	case size == 126 && len(head) == 4:
		return uint64(binary.BigEndian.Uint16(head[2:])), true
	case size == 127 && len(head) == 10:
		return binary.BigEndian.Uint64(head[2:]), true
	}
	return 0, false
}

func (f *frames) keep(payload []byte) {
	to := &f.message
	if f.isControl() {
		to = &f.control
	}
	if len(*to)+len(payload) > longestMessage {
		f.tooLong = true
		return
	}
	*to = append(*to, payload...)
}

// end returns the message that ends with the frame that has come, and forgets it.
func (f *frames) end() []byte {
	m := f.message
	f.message = nil
	return m
}
