package corpus

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/abadojack/whatlanggo"
)

// sampleBytes is how much of a text is looked at for its language.
const sampleBytes = 20_000

// longBytes is the length from which trigrams of letters tell a language; in shorter
// texts they take names for words of any.
const longBytes = 200

// Language returns the ISO 639-1 code of the language that most of a text is in, or
// "" when it can't be told, as for a name. It is meant for questions as well as for
// documents, and rather says nothing than the wrong thing.
//
// In Latin and Cyrillic letters, the small words of languages decide (functionwords.go), else the
// script and, in a long text, trigrams of letters.
func Language(text string) string {
	if len(text) > sampleBytes {
		text = text[:floor(text, sampleBytes)]
	}
	script := whatlanggo.DetectScript(text)
	if script == unicode.Latin || script == unicode.Cyrillic {
		if code, sure := bySmallWords(text); sure {
			return code
		}
	}
	if len(text) < longBytes && ofManyLanguages[script] {
		return ""
	}
	info := whatlanggo.Detect(text)
	code := info.Lang.Iso6391()
	if !info.IsReliable() || functionWords[code] != nil { // its small words would have told
		return ""
	}
	return code
}

// likelyLanguage returns the language of a document also where Language can't be sure,
// as of a line: to be read in a language close by is better than in none. It is "" for
// texts without a word of the languages that we know.
func likelyLanguage(text string) string {
	if code := Language(text); code != "" || whatlanggo.DetectScript(text) != unicode.Latin {
		return code
	}
	counts, _ := countWords(text[:floor(text, sampleBytes)])
	best, second := counts.best(functionWords)
	rival, _ := counts.best(rivals)
	switch {
	case counts[best] <= 0 || counts[rival] > counts[best]:
		return ""
	case counts[best] > counts[second]:
		return best
	}
	tied := map[whatlanggo.Lang]bool{}
	for lang := range whatlanggo.Langs {
		if code := lang.Iso6391(); functionWords[code] != nil && counts[code] == counts[best] {
			tied[lang] = true
		}
	}
	return whatlanggo.DetectWithOptions(text, whatlanggo.Options{Whitelist: tied}).Lang.Iso6391()
}

// ofManyLanguages are the scripts in which a short text can be in many languages.
var ofManyLanguages = map[*unicode.RangeTable]bool{
	unicode.Latin: true, unicode.Cyrillic: true, unicode.Arabic: true, unicode.Devanagari: true,
}

// What a word says for a language, in points.
const (
	smallWord  = 4 // a function word
	commonWord = 4 // another frequent one
	longEnd    = 4 // an ending of one language alone, of four bytes or more
	shortEnd   = 2 // a shorter one
	sharedEnd  = 1 // an ending of several
	foreign    = 4 // a letter that the language does not have, to subtract
)

// minLead is how many points a language needs more than any other.
const minLead = 2

// bySmallWords returns the language for which the words of a text say most. It is sure
// of it when they say enough for the length of the text, and clearly more than for
// any other. A rival needs a greater lead, as these are rarely met.
func bySmallWords(text string) (code string, sure bool) {
	counts, n := countWords(text)
	best, second := counts.best(functionWords)
	rival, next := counts.best(rivals)
	if counts[rival] >= counts[best]+2*minLead {
		best, second = rival, counts.more(best, next)
	}
	lead := counts[best] - counts[second]
	return best, lead >= minLead && 10*lead >= counts[best] && counts[best] >= smallWord && 2*counts[best] >= n
}

// points are what the words of a text say for each language.
type points map[string]int

// best returns the languages of lists with the most points and the next most, "" where
// they have none.
func (p points) best(lists map[string]map[string]bool) (best, second string) {
	for code := range lists {
		switch {
		case p.more(code, best) == code:
			best, second = code, best
		default:
			second = p.more(code, second)
		}
	}
	return best, second
}

// more returns the language with more points, of two with the same the first in the
// alphabet.
func (p points) more(a, b string) string {
	if p[a] > p[b] || p[a] == p[b] && a < b {
		return a
	}
	return b
}

// countWords returns what the words of a text say and how many they are.
func countWords(text string) (points, int) {
	p, n := points{}, 0
	if isName(text) {
		return p, n
	}
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		p.add(word, n == 0)
		n++
	}
	return p, n
}

// isName reports whether a text is two or three words with capitals: Los Angeles, Das
// Kapital.
func isName(text string) bool {
	words := strings.Fields(text[:floor(text, 100)])
	small := strings.ContainsFunc(text, func(r rune) bool { return strings.ContainsRune("?¿.!,", r) }) ||
		slices.ContainsFunc(words, func(w string) bool { return !isCapitalised(w) })
	return !small && (len(words) == 2 || len(words) == 3)
}

// add adds what a word says. A capital inside a text makes names of small words: Los
// Angeles, Le Monde.
func (p points) add(word string, first bool) {
	lower := strings.ToLower(word)
	name := !first && lower != word && word != strings.ToUpper(word)
	if !name || utf8.RuneCountInString(word) > 3 {
		p.addSmall(lower)
	}
	for code, list := range commonWords {
		if list[lower] && !functionWords[code][lower] {
			p[code] += commonWord
		}
	}
	p.addEnding(lower, word != lower)
	if word == lower {
		for code, letters := range alphabets {
			if strings.ContainsFunc(word, func(r rune) bool { return r > unicode.MaxASCII && !strings.ContainsRune(letters, r) }) {
				p[code] -= foreign
			}
		}
	}
}

func (p points) addSmall(word string) {
	weight := smallWord
	if utf8.RuneCountInString(word) == 1 {
		weight /= 2
	}
	for _, lists := range []map[string]map[string]bool{functionWords, rivals} {
		for code, list := range lists {
			if list[word] {
				p[code] += weight
			}
		}
	}
}

// addEnding adds what the ending of a long word says. Names have endings too, German
// nouns capitals.
func (p points) addEnding(word string, capital bool) {
	if utf8.RuneCountInString(word) < 6 {
		return
	}
	longest := map[string]int{}
	top, with := 0, 0
	for code, list := range endings {
		for _, e := range list {
			if strings.HasSuffix(word, e) || e == "ungs" && strings.Contains(word, e) {
				longest[code] = max(longest[code], len(e))
			}
		}
		top = max(top, longest[code])
	}
	for _, n := range longest {
		if n == top {
			with++
		}
	}
	for code, n := range longest {
		switch {
		case n < top:
		case with > 1 || capital && code != "de":
			p[code] += sharedEnd
		case n > 3:
			p[code] += longEnd
		default:
			p[code] += shortEnd
		}
	}
}
