package analysis

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Plain returns a word without soft hyphens and what else can't be seen, in
// normalisation form C.
func Plain(word string) string {
	if IsASCII(word) {
		return word
	}
	if strings.ContainsFunc(word, isInvisible) {
		word = visible.Replace(word)
	}
	return norm.NFC.String(word)
}

// IsASCII reports whether all bytes of a text are of ASCII.
func IsASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// isInvisible reports whether a character only says where a line may be broken.
func isInvisible(r rune) bool {
	return r == '\u00AD' || '\u200B' <= r && r <= '\u200D' || r == '\u2060' || r == '\uFEFF'
}

var (
	visible          = strings.NewReplacer("\u00AD", "", "\u200B", "", "\u200C", "", "\u200D", "", "\u2060", "", "\uFEFF", "")
	plainApostrophes = strings.NewReplacer("’", "'", "‘", "'", "‛", "'", "ʼ", "'", "ʹ", "'", "′", "'", "´", "'", "`", "'", "＇", "'")
)

// PlainApostrophes returns a text with the apostrophe of ASCII in the place of all others.
func PlainApostrophes(text string) string { return plainApostrophes.Replace(text) }

// Fold returns a word, which is in lower case, without accents and ligatures, and in German with
// one form for what is written ä or ae.
func (l *Language) Fold(word string) string {
	word = Fold(word)
	if l.umlauts {
		word = withoutUmlauts(word)
	}
	return word
}

// Fold returns a word, which is in lower case, without accents and ligatures.
func Fold(word string) string {
	if IsASCII(word) {
		return word
	}
	var out strings.Builder
	out.Grow(len(word))
	for _, r := range word {
		switch {
		case r < utf8.RuneSelf:
			out.WriteByte(byte(r))
		case int(r) < len(folded):
			out.WriteString(folded[r])
		default:
			out.WriteString(foldRune(r))
		}
	}
	return out.String()
}

// folded has what the letters of European languages become.
var folded = func() (table [0x250]string) {
	for r := range rune(len(table)) {
		table[r] = foldRune(r)
	}
	return table
}()

func foldRune(r rune) string {
	if s := letters[r]; s != "" {
		return s
	}
	var out strings.Builder
	for _, part := range norm.NFKD.String(string(r)) {
		switch {
		case unicode.Is(unicode.Mn, part):
		case letters[part] != "":
			out.WriteString(letters[part])
		default:
			out.WriteRune(unicode.ToLower(part))
		}
	}
	return out.String()
}

// letters are those that Unicode does not take apart.
var letters = map[rune]string{
	'œ': "oe", 'æ': "ae", 'ß': "ss", 'ẞ': "ss", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ı': "i",
}

// withoutUmlauts gives the two ways to write an umlaut one form: Müller, folded to
// muller, and Mueller. The e stays after a vowel, and ue after q: neue, Quelle.
func withoutUmlauts(word string) string {
	if !strings.Contains(word, "ae") && !strings.Contains(word, "oe") && !strings.Contains(word, "ue") {
		return word
	}
	out := make([]byte, 0, len(word))
	for i := range len(word) {
		if word[i] == 'e' && i > 0 && strings.IndexByte("aou", word[i-1]) >= 0 &&
			(i == 1 || strings.IndexByte("aeiouq", word[i-2]) < 0) {
			continue
		}
		out = append(out, word[i])
	}
	return string(out)
}

func startsWithLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}
