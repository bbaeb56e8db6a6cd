package extract

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// decode returns a text in normalisation form C; UTF-8 that is already in it comes back
// byte for byte. The encoding is told by a byte-order mark, else by what the bytes would
// say: UTF-8, UTF-16, Windows-1252 (and so Latin-1), MacRoman. A few broken sequences or
// NUL bytes in a text become replacement characters, of which corpus check warns.
func decode(data []byte) (string, error) {
	if len(data) > MaxBytes {
		return "", ErrTooLarge
	}
	s, err := toUTF8(data)
	if err != nil || norm.NFC.IsNormalString(s) {
		return s, err
	}
	return norm.NFC.String(s), nil
}

func toUTF8(data []byte) (string, error) {
	if order := utf16Order(data); order != nil {
		return decodeUTF16(data, order), nil
	}
	if nul := bytes.Count(data, []byte{0}); nul > 0 {
		if nul > len(data)/rareNUL {
			return "", ErrBinary
		}
		data = bytes.ReplaceAll(data, []byte{0}, []byte("\uFFFD"))
	}
	switch wrong, right := utf8Sequences(data); {
	case wrong == 0:
		return string(data), nil
	case right > damagedUTF8*wrong:
		return strings.ToValidUTF8(string(data), "\uFFFD"), nil
	}
	return decodeSingleByte(data)
}

const (
	rareNUL     = 1000 // of so many bytes of a text one may be NUL
	damagedUTF8 = 10   // so many right sequences to a wrong one are damaged UTF-8
)

// utf8Sequences counts the invalid bytes of data, and the valid sequences of several
// bytes.
func utf8Sequences(data []byte) (wrong, right int) {
	for len(data) > 0 {
		if data[0] < utf8.RuneSelf {
			data = data[1:]
			continue
		}
		r, size := utf8.DecodeRune(data)
		if r == utf8.RuneError && size == 1 {
			wrong++
		} else {
			right++
		}
		data = data[size:]
	}
	return wrong, right
}

// utf16Order returns the byte order of UTF-16, nil for what is not: by its mark, or by
// spaces and line ends, of which texts in any script are full and whose other byte is 0.
func utf16Order(data []byte) binary.ByteOrder {
	switch {
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		return binary.LittleEndian
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		return binary.BigEndian
	case len(data)%2 != 0 || len(data) == 0 || bytes.IndexByte(data, 0) < 0:
		return nil
	}
	const sample = 1 << 16
	var little, big, units int
	for i := 0; i+1 < min(len(data), sample); i += 2 {
		units++
		switch {
		case data[i+1] == 0 && isPlainASCII(data[i]):
			little++
		case data[i] == 0 && isPlainASCII(data[i+1]):
			big++
		case data[i] == 0 && data[i+1] == 0:
			return nil
		}
	}
	const share = 20 // of a text of another script at least each 20th character is a space
	switch {
	case little > units/share && little > 10*big && isSoundUTF16(data[:min(len(data), sample)], binary.LittleEndian):
		return binary.LittleEndian
	case big > units/share && big > 10*little && isSoundUTF16(data[:min(len(data), sample)], binary.BigEndian):
		return binary.BigEndian
	}
	return nil
}

func isPlainASCII(c byte) bool { return c >= ' ' && c < 0x7F || c == '\n' || c == '\r' || c == '\t' }

// isSoundUTF16 reports whether nearly all of data would be characters that texts have.
func isSoundUTF16(data []byte, order binary.ByteOrder) bool {
	odd := 0
	for i := 0; i+1 < len(data); i += 2 {
		r := rune(order.Uint16(data[i:]))
		if !utf16.IsSurrogate(r) && !unicode.IsGraphic(r) && !unicode.IsSpace(r) {
			odd++
		}
	}
	return odd <= len(data)/2/100
}

func decodeUTF16(data []byte, order binary.ByteOrder) string {
	units := make([]uint16, 0, len(data)/2)
	for i := 0; i+1 < len(data); i += 2 {
		units = append(units, order.Uint16(data[i:]))
	}
	if len(units) > 0 && units[0] == 0xFEFF {
		units = units[1:]
	}
	return strings.ReplaceAll(string(utf16.Decode(units)), "\x00", "\uFFFD")
}

// decodeSingleByte reads Windows-1252 or MacRoman, whichever gives the likelier text.
func decodeSingleByte(data []byte) (string, error) {
	windows, windowsScore := readCharmap(charmap.Windows1252, data)
	mac, macScore := readCharmap(charmap.Macintosh, data)
	switch {
	case max(windowsScore, macScore) <= 0:
		return "", ErrEncoding
	case macScore > windowsScore:
		return mac, nil
	}
	return windows, nil
}

func readCharmap(m encoding.Encoding, data []byte) (string, float64) {
	out, err := m.NewDecoder().Bytes(data)
	if err != nil {
		return "", -1
	}
	s := string(out)
	return s, likelihood(s)
}

// Characters beyond ASCII in the languages that are read: those of words, and those
// that stand between them.
const (
	wordCharacters = "éèàùâêîôûçëïüöäßœæñáíóúìòãõåøÿ"
	signCharacters = "«»“”„‘’–—…€°§©·¿¡ºª\u00A0"
)

// likelihood is the mean over the characters beyond ASCII of how well each goes with
// its neighbours: 1 for those that the read languages have, in place, -1 for others.
func likelihood(s string) float64 {
	sum, n, plain := 0.0, 0, 0
	before := ' '
	for i, r := range s {
		if r < utf8.RuneSelf {
			if unicode.IsLetter(r) {
				plain++
			}
			before = r
			continue
		}
		after, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
		inWord := unicode.IsLetter(before) || unicode.IsLetter(after)
		switch low := unicode.ToLower(r); {
		case r == utf8.RuneError:
			sum -= 2
		case strings.ContainsRune(wordCharacters, low) && unicode.IsUpper(r) && unicode.IsLower(before):
			sum--
		case strings.ContainsRune(wordCharacters, low):
			sum += pickScore(inWord || r == 'à' || r == 'À' || r == 'ó', 1, 0.2)
		case strings.ContainsRune(signCharacters, r) && unicode.IsLetter(before) && unicode.IsLetter(after):
			sum += pickScore(r == '’' || r == '—' || r == '–' || r == '·', 0.8, -0.5)
		case strings.ContainsRune(signCharacters, r):
			sum += 0.8
		default:
			sum--
		}
		before = r
		n++
	}
	if n > plain+8 { // a text in another script
		return -1
	}
	return sum / float64(max(n, 1))
}

func pickScore(good bool, yes, no float64) float64 {
	if good {
		return yes
	}
	return no
}
