package exchange

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// decode returns the text of a file without a byte-order mark, and a notice if it was
// not in UTF-8. Spreadsheets write UTF-16 and Windows-1252 as well.
func decode(data []byte, f Format) (text, notice string, err error) {
	if len(data) > MaxBytes {
		return "", "", Problems{{Text: fmt.Sprintf("the file has more than %d megabytes: make several of it", MaxBytes>>20)}}
	}
	if bytes.HasPrefix(data, []byte{0xFF, 0xFE}) || bytes.HasPrefix(data, []byte{0xFE, 0xFF}) {
		data, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(data)
		if err != nil {
			return "", "", Problems{{Text: "the file is broken UTF-16: save it as UTF-8"}}
		}
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if !utf8.Valid(data) {
		if f != CSV {
			line := 1 + bytes.Count(data[:firstInvalid(data)], []byte("\n"))
			return "", "", Problems{{Text: fmt.Sprintf("line %d is not UTF-8: save the file as UTF-8", line)}}
		}
		if data, err = charmap.Windows1252.NewDecoder().Bytes(data); err != nil || bytes.ContainsRune(data, utf8.RuneError) {
			return "", "", Problems{{Text: "the file is neither UTF-8 nor Windows-1252: save it as CSV UTF-8"}}
		}
		notice = "the file is not UTF-8 and was read as Windows-1252: see that accents are right, or save it as CSV UTF-8"
	}
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return "", "", Problems{{Text: "the file holds zero bytes: it is no text; export it as CSV, YAML or JSON"}}
	}
	text = strings.ReplaceAll(string(data), "\r\n", "\n")
	if f == CSV { // Excel for Mac ended lines with CR alone
		text = strings.ReplaceAll(text, "\r", "\n")
	}
	return text, notice, nil
}

func firstInvalid(data []byte) int {
	at := 0
	for at < len(data) {
		r, size := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	return at
}
