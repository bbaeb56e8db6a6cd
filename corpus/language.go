package corpus

import (
	"strings"
	"unicode"

	"github.com/abadojack/whatlanggo"
)

// functionWords are frequent words that mark a language; words that two of these
// languages share are left out of both.
var functionWords = map[string]map[string]bool{
	"fr": set("le", "les", "des", "du", "est", "et", "une", "dans", "pour", "qui", "que", "quoi", "pas", "sur", "avec", "sont", "été", "ses", "ces", "aux", "quel", "quelle", "quels", "quelles", "où", "pourquoi", "comment", "combien", "quand", "était", "ce", "cette", "leur", "nous", "vous", "ils", "elle", "à", "pk", "qd", "donne", "fait"),
	"es": set("el", "los", "las", "del", "y", "una", "por", "qué", "cuándo", "cuál", "cuáles", "dónde", "quién", "quiénes", "cómo", "cuántos", "cuántas", "cuanto", "para", "con", "fue", "son", "su", "sus", "se", "no", "es", "al", "lo", "como", "cual", "cuando", "donde", "quien", "porque", "era", "más", "pero", "este", "esta", "cuanta", "cuantos"),
	"en": set("the", "of", "and", "is", "was", "were", "what", "who", "when", "where", "why", "how", "which", "did", "does", "do", "in", "to", "for", "with", "are", "that", "this", "be", "by", "from", "has", "have", "had", "an", "it", "his", "their", "whom", "whose", "many", "much", "can", "at", "not", "its"),
	"de": set("der", "die", "das", "und", "ist", "wer", "wann", "warum", "wie", "ein", "eine", "von", "mit", "nicht", "den", "dem", "wurde", "auf", "für", "welche", "welcher", "sind", "zu", "im", "wo", "bei"),
	"it": set("il", "gli", "di", "che", "è", "sono", "della", "delle", "dei", "nel", "perché", "quando", "quale", "chi", "dove", "come", "uno", "nella", "degli", "stato", "cosa", "alla", "più"),
	"pt": set("o", "os", "do", "da", "dos", "das", "e", "é", "um", "uma", "não", "foi", "são", "quem", "onde", "quais", "em", "no", "na", "ao", "com", "seu", "sua", "mais"),
}

// sampleBytes is how much of a text is looked at for its language.
const sampleBytes = 20_000

// Language returns the ISO 639-1 code of the language that most of a text is in,
// or "" when it can't be told, as for one word. It is meant for questions as well
// as for documents.
func Language(text string) string {
	if len(text) > sampleBytes {
		text = strings.ToValidUTF8(text[:sampleBytes], "")
	}
	if code, sure := byFunctionWords(text); sure {
		return code
	}
	info := whatlanggo.Detect(text)
	if !info.IsReliable() {
		return ""
	}
	return info.Lang.Iso6391()
}

// byFunctionWords returns the language with the most function words in text; it is
// sure of it when no other language has as many.
func byFunctionWords(text string) (code string, sure bool) {
	counts := map[string]int{}
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		for lang, words := range functionWords {
			if words[w] {
				counts[lang]++
			}
		}
	}
	best, second := 0, 0
	for lang, n := range counts {
		if n > best {
			code, best, second = lang, n, best
		} else if n > second {
			second = n
		}
	}
	return code, best > second
}
