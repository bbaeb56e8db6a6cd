package cli

import (
	"bufio"
	"io"
	"strings"

	"verbatim/answers"
)

// Lines reads questions, one a line. A line too long to be a question is cut, so
// that it is refused as one without being kept.
type lines struct{ reader *bufio.Reader }

// maxLine is the bytes of a line that are kept: more than a question can have.
const maxLine = 4*answers.MaxQuestion + 8

func newLines(r io.Reader) lines { return lines{bufio.NewReader(r)} }

// next returns the next line without its end, io.EOF after the last one.
func (l lines) next() (string, error) {
	var line []byte
	for {
		piece, err := l.reader.ReadSlice('\n')
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
