package retrieval

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"golang.org/x/text/unicode/norm"
)

// A Token is a word of a text in the form in which it is indexed.
type Token struct {
	Term       string
	Start, End int // byte offsets of the word in the text
	Position   int // number of the word in the text, from 1; stop words count
}

// maxTermRunes bounds the length of terms; longer words are cut.
const maxTermRunes = 64

// Analyze returns the words of a text that carry meaning, as they are indexed for
// a language (ISO 639-1; others than the known ones get neither stop words nor
// stems). Stop words are looked up before accents are folded (né is not ne), stems
// are taken after, so that a word means the same with and without its accents.
// The text may be in any normalisation form; offsets are true to it.
func Analyze(language, text string) []Token {
	l := languageOf(language)
	var tokens []Token
	position := 0
	for start, end := range words(text) {
		for _, w := range l.parts(text, start, end) {
			position++
			word := strings.ToLower(plain(text[w.Start:w.End]))
			if l.stop[word] {
				continue
			}
			tokens = append(tokens, Token{Term: l.term(word), Start: w.Start, End: w.End, Position: position})
		}
	}
	return tokens
}

// plain returns a word without soft hyphens, in normalisation form C.
func plain(word string) string {
	if isASCII(word) {
		return word
	}
	return norm.NFC.String(plainer.Replace(word))
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// plainer takes out soft hyphens and gives all apostrophes one form.
var plainer = strings.NewReplacer("\u00AD", "", "’", "'", "ʼ", "'")

// term folds and stems a word in lower case.
func (l *language) term(word string) string {
	folded := fold(word)
	if utf8.RuneCountInString(folded) > maxTermRunes {
		folded = string([]rune(folded)[:maxTermRunes])
	}
	if l.stem == nil || isNumeral(folded) {
		return folded
	}
	stream := l.stem.Filter(analysis.TokenStream{{Term: []byte(folded)}})
	return string(stream[0].Term)
}

// isNumeral reports whether a word is a roman numeral with a doubled figure, such
// as xviie: stemmers take doubled letters for one.
func isNumeral(word string) bool {
	digits := strings.TrimSuffix(strings.TrimSuffix(word, "eme"), "e")
	return strings.Trim(digits, "ivxlcdm") == "" && (strings.Contains(digits, "ii") || strings.Contains(digits, "xx"))
}

// words yields the offsets of the words of a text: runs of letters, digits and the
// marks on them, held together by apostrophes between letters.
func words(text string) func(yield func(start, end int) bool) {
	return func(yield func(start, end int) bool) {
		start, apostrophe := -1, -1
		for i, r := range text {
			switch {
			case isWordRune(r) || start >= 0 && apostrophe < 0 && (unicode.Is(unicode.Mn, r) || r == '\u00AD'):
				if start < 0 {
					start = i
				}
				apostrophe = -1
			case start >= 0 && isApostrophe(r) && apostrophe < 0:
				apostrophe = i
			case start >= 0:
				if !yield(start, endOfWord(i, apostrophe)) {
					return
				}
				start, apostrophe = -1, -1
			}
		}
		if start >= 0 {
			yield(start, endOfWord(len(text), apostrophe))
		}
	}
}

// endOfWord leaves an apostrophe at the end of a word out of it.
func endOfWord(end, apostrophe int) int {
	if apostrophe >= 0 {
		return apostrophe
	}
	return end
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' }

// A part is a word, or what is left of it without its apostrophes.
type part struct{ Start, End int }

// parts divides a word at its apostrophes, but for those that belong to it, and
// drops what stands for an article or a pronoun (l'État, qu'il) or a genitive
// (Lenin's).
func (l *language) parts(text string, start, end int) []part {
	word := text[start:end]
	at := strings.IndexFunc(word, isApostrophe)
	if at < 0 || whole[strings.ToLower(plainer.Replace(word))] {
		return []part{{start, end}}
	}
	_, size := utf8.DecodeRuneInString(word[at:])
	rest := l.parts(text, start+at+size, end)
	if l.elided[strings.ToLower(word[:at])] {
		return rest
	}
	head := part{start, start + at}
	if l.endings[strings.ToLower(word[at+size:])] {
		return []part{head}
	}
	return append([]part{head}, rest...)
}

// fold returns a word without accents and ligatures.
func fold(word string) string {
	if isASCII(word) {
		return word
	}
	var out strings.Builder
	for _, r := range norm.NFKD.String(word) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case letters[r] != "":
			out.WriteString(letters[r])
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

// letters are those that Unicode does not take apart.
var letters = map[rune]string{
	'œ': "oe", 'æ': "ae", 'ß': "ss", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ı': "i",
}
