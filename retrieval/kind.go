package retrieval

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/retrieval/analysis"
)

// A kind is what a question wants to know.
type kind string

// The kinds of questions; "" when it can't be told.
const (
	date       kind = "date"
	number     kind = "number"
	person     kind = "person"
	place      kind = "place"
	cause      kind = "cause"
	manner     kind = "manner"
	definition kind = "definition"
)

// kinds are in the order in which a question is tried for them.
var kinds = [...]kind{date, number, place, cause, person, definition, manner}

// expressions match questions of a kind in a language.
type expressions struct {
	asks    *regexp.Regexp // words that ask, or a noun behind a word such as which
	noun    *regexp.Regexp // the latter, captured
	keyword *regexp.Regexp // a noun at the head or the end of some words, captured
	other   *regexp.Regexp // something else is asked for
}

// asksAt returns where in a question it is asked for the kind, -1 if it is not.
func (e expressions) asksAt(question string) int {
	if e.other.MatchString(question) {
		return -1
	}
	at := -1
	for i, start := range e.asks.FindStringSubmatchIndex(question) {
		if i > 1 && i%2 == 0 && start >= 0 && (at < 0 || start < at) {
			at = start
		}
	}
	return at
}

// compile makes the expressions of a kind. Words that ask by themselves do so near the
// beginning of a question, after a comma or at its end.
func (w askWords) compile(k kind) expressions {
	const never = `[^\s\S]`
	noun, keyword := never, never
	if nouns := w.nouns[k]; nouns != "" {
		noun = `\b(?:` + w.which + `) ?(?:(?:` + w.be + `) )?(?:` + w.article + `)?(` + nouns + `)\b`
		keyword = `^(` + nouns + `)\b|\b(` + nouns + `)$`
	}
	ways := []string{`(` + noun + `)`}
	if alone := w.alone[k]; alone != "" {
		ways = append(ways, `(?:^(?:\S+ ){0,3}?(?:\S*')?|[,;:] (?:\S+ )?)(`+alone+`)\b`, `\b(`+alone+`)$`)
	}
	if whole := w.whole[k]; whole != "" {
		ways = append(ways, `(`+whole+`)`)
	}
	other := w.other[k]
	if other == "" {
		other = never
	}
	return expressions{
		asks:    regexp.MustCompile(strings.Join(ways, "|")),
		other:   regexp.MustCompile(other),
		noun:    regexp.MustCompile(noun),
		keyword: regexp.MustCompile(keyword),
	}
}

// compiled has the expressions of each kind by language.
var compiled = func() map[string]map[kind]expressions {
	all := map[string]map[kind]expressions{}
	for code, words := range asking {
		all[code] = map[kind]expressions{}
		for _, k := range kinds {
			all[code][k] = words.compile(k)
		}
	}
	return all
}()

// codes are the known languages, in the order in which a question of none that can be told
// is tried for them.
var codes = slices.Sorted(maps.Keys(known))

// kindOf tells what a question in a language wants to know, and by which noun, if by one: a
// date, by the year in "in which year", in lower case without accents. Of several kinds it is
// the one that is asked for first: how many were left when. In Spanish a question may begin
// behind other words.
func kindOf(language, text string) (is kind, by string) {
	folded := analysis.Fold(strings.ToLower(analysis.PlainApostrophes(analysis.Plain(text))))
	folded = strings.Join(strings.Fields(strings.Trim(folded, "?!. \u00A0¿¡«\"“")), " ")
	if _, question, found := cutLast(folded, "¿"); found && strings.Contains(question, " ") {
		folded = strings.TrimSpace(question)
	}
	first := -1
	for _, k := range kinds {
		for _, code := range languagesOf(language) {
			e := compiled[code][k]
			if k == place && ouIsOr(text) || k == person && whatInFrench.MatchString(folded) {
				continue
			}
			if at := e.asksAt(folded); at >= 0 && (first < 0 || at < first) {
				is, by, first = k, captured(e.noun, folded), at
			}
		}
	}
	if first >= 0 {
		return is, by
	}
	if strings.Contains(text, "?") {
		return "", ""
	}
	head, _, _ := strings.Cut(folded, " ")
	for _, k := range kinds { // some words, and no question
		for _, code := range languagesOf(language) {
			if e := compiled[code][k]; !known[code].IsStop(head) && e.keyword.MatchString(folded) {
				return k, captured(e.keyword, folded)
			}
		}
	}
	return "", ""
}

// cutLast divides a text at the last of some separators.
func cutLast(text, separator string) (before, after string, found bool) {
	i := strings.LastIndex(text, separator)
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+len(separator):], true
}

// captured returns what the first group that matches captures.
func captured(e *regexp.Regexp, text string) string {
	for i, group := range e.FindStringSubmatch(text) {
		if i > 0 && group != "" {
			return group
		}
	}
	return ""
}

var whatInFrench = regexp.MustCompile(`^(?:\S+ )?qu'?est[ -]ce qu`)

// ouIsOr reports whether a French question holds ou, which means or, and not où.
func ouIsOr(text string) bool {
	lower := strings.ToLower(text)
	return wordOu.MatchString(lower) && !strings.Contains(lower, "où") && !wordOuFirst.MatchString(lower)
}

var (
	wordOu      = regexp.MustCompile(`\bou\b`)
	wordOuFirst = regexp.MustCompile(`^\W*(?:d'|par |vers |jusqu')?ou\b`)
)

// explains reports whether an answer needs several sentences that follow each other.
func (k kind) explains() bool { return k == cause || k == manner }

// holds reports whether a sentence in a language holds what a question of the kind wants
// and does not say itself; asked are the words of the question, in lower case and folded.
func (k kind) holds(language, text string, asked map[string]bool) bool {
	before, end := "", 0
	for start, at := range analysis.Words(text) {
		word := text[start:at]
		folded := analysis.Fold(strings.ToLower(word))
		if !asked[folded] && k.isTold(language, before, text[end:start], word, folded) {
			return true
		}
		before, end = word, at
	}
	return false
}

// isTold reports whether a word tells what the kind wants. Before is the word before it,
// "" if there is none, and gap what stands between them.
func (k kind) isTold(language, before, gap, word, folded string) bool {
	switch k {
	case date:
		return isYear(folded) || isCentury(language, folded) || isMonth(language, word, folded)
	case number:
		return folded[0] >= '0' && folded[0] <= '9' || tells(language, folded, func(w tellWords) analysis.Set { return w.numbers })
	case person, place:
		initial, _ := utf8.DecodeRuneInString(word[strings.LastIndexFunc(word, analysis.IsApostrophe)+1:])
		return unicode.IsUpper(initial) && before != "" && (language != gluing || isGermanName(before, gap))
	case cause:
		return tells(language, folded, func(w tellWords) analysis.Set { return w.causes })
	}
	return false
}

// isYear reports whether a word is a number of four digits up to 2100, perhaps with an
// ending (1920s).
func isYear(word string) bool {
	digits := strings.TrimRight(word, "s")
	return len(digits) == 4 && digits >= "1000" && digits <= "2100" && strings.Trim(digits, "0123456789") == ""
}

// isCentury reports whether a word means one.
func isCentury(language, folded string) bool {
	return slices.ContainsFunc(languagesOf(language), func(code string) bool { return known[code].IsCentury(folded) })
}

// isMonth reports whether a word is the name of a month. In English it has a capital: may
// and march are other words without.
func isMonth(language, word, folded string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	for _, code := range languagesOf(language) {
		if known[code].IsMonth(folded) && (code != "en" || unicode.IsUpper(first)) {
			return true
		}
	}
	return false
}

// tells reports whether a word is in a list of a language, of any if it is not known.
func tells(language, folded string, list func(tellWords) analysis.Set) bool {
	return slices.ContainsFunc(languagesOf(language), func(code string) bool { return list(telling[code])[folded] })
}

// languagesOf returns the language if it is known, else all.
func languagesOf(language string) []string {
	if i := slices.Index(codes, language); i >= 0 {
		return codes[i : i+1]
	}
	return codes
}

// isGermanName reports whether a word with a capital in German is more likely a name than
// another noun: behind another word with a capital, or behind a preposition without an
// article.
func isGermanName(before, gap string) bool {
	first, _ := utf8.DecodeRuneInString(before)
	return gap == " " && (unicode.IsUpper(first) && !germanArticles[strings.ToLower(before)] || beforeGermanName[before])
}

var (
	germanArticles   = analysis.SetOf("der die das den dem des ein eine einen einem einer eines sein seine ihr ihre im am zum zur vom beim")
	beforeGermanName = analysis.SetOf("in aus nach bei von durch")
)

// A wanting is what a question wants.
type wanting struct {
	kind    kind
	asked   map[string]bool // all its words in lower case and folded, stop words too
	sources bool            // a list of sources may answer it
	phrases []Phrase        // in quotation marks
}

// longestDefined is how many content words what is to be defined has at most; a longer
// question (what is the name of …) does not ask for a definition.
const longestDefined = 3

func wantingOf(q question, phrases []Phrase) wanting {
	w := wanting{asked: map[string]bool{}, phrases: phrases}
	w.kind, _ = kindOf(q.language, q.text)
	if w.kind == definition && len(q.words) > longestDefined {
		w.kind = ""
	}
	for start, end := range analysis.Words(q.text) {
		word := analysis.Fold(strings.ToLower(q.text[start:end]))
		w.asked[word] = true
		for _, part := range strings.FieldsFunc(word, analysis.IsApostrophe) {
			w.asked[part] = true
		}
	}
	w.sources = asksForSources(q.language, w.asked)
	return w
}
