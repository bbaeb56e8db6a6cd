package cli

import (
	"bufio"
	"context"
	"io"
	"strings"

	"verbatim/answers"
)

// Lines reads questions, one a line. A line too long to be a question is cut, so
// that it is refused as one without being kept.
type lines struct{ read chan line }

type line struct {
	text string
	err  error
}

// maxLine is the bytes of a line that are kept: more than a question can have.
const maxLine = 4*answers.MaxQuestion + 8

// newLines reads in a goroutine, which a read that never ends keeps until the process
// ends.
func newLines(r io.Reader) lines {
	l := lines{make(chan line)}
	go func() {
		reader := bufio.NewReader(r)
		for {
			text, err := readLine(reader)
			l.read <- line{text, err}
			if err != nil {
				return
			}
		}
	}()
	return l
}

// next returns the next line without its end, io.EOF after the last one.
func (l lines) next(ctx context.Context) (string, error) {
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case read := <-l.read:
		return read.text, read.err
	}
}

func readLine(r *bufio.Reader) (string, error) {
	var line []byte
	for {
		piece, err := r.ReadSlice('\n')
		line = append(line, piece[:min(len(piece), maxLine-len(line))]...)
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case err == io.EOF && len(line) == 0:
			return "", io.EOF
		case err != nil && err != io.EOF:
			return "", err
		}
		return strings.TrimRight(string(line), "\r\n"), nil
	}
}
