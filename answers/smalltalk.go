package answers

import (
	"embed"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"verbatim/retrieval"
)

//go:embed smalltalk.txt
var smallTalkFile embed.FS

// Small talk is what is said to the bot rather than asked of the texts: greetings,
// thanks, questions about itself. A message is small talk if it holds a mark of it, and
// beside it nothing but words that go with it, or words that the texts do not have.
//
// The words stand in smalltalk.txt, folded. All languages are looked at together, for short
// messages often do not show in which one they are. But a mark of one can be an ordinary
// word of another, as the German "du" in French: it counts only if no other language has
// more words of the message.
type smallTalk struct {
	marks   map[string]tongues // salut, thanks, tu, your
	phrases []phrase           // marks of several words
	praise  []phrase           // what is one if nothing else is said: super, got it
	others  map[string]tongues // what goes with a mark: robot, bien, how
	plain   map[string]bool    // what is no misspelt mark: notre, than
	asks    map[string]bool    // what asks, also without a question mark: what, pourquoi
}

// A phrase is a mark of several words: "guten tag", with a space on each side.
type phrase struct{ text, language string }

// Tongues are the languages that have a word.
type tongues []string

var talk = readSmallTalk()

// readSmallTalk reads lines of words, at their head "plain" or "asks", or "phrase", "praise", "mark" or
// "with" and a language.
func readSmallTalk() smallTalk {
	data, err := smallTalkFile.ReadFile("smalltalk.txt")
	if err != nil {
		panic(err) // it is built in
	}
	t := smallTalk{marks: map[string]tongues{}, others: map[string]tongues{}, plain: map[string]bool{}, asks: map[string]bool{}}
	for line := range strings.Lines(string(data)) {
		head, rest, _ := strings.Cut(strings.TrimSpace(line), ": ")
		head, language, _ := strings.Cut(head, " ")
		switch head {
		case "mark":
			for _, w := range strings.Fields(rest) {
				t.marks[w] = append(t.marks[w], language)
			}
		case "phrase":
			t.phrases = append(t.phrases, phrases(rest, language)...)
		case "praise":
			t.praise = append(t.praise, phrases(rest, language)...)
		case "with":
			for _, w := range strings.Fields(rest) {
				t.others[w] = append(t.others[w], language)
			}
		case "asks":
			for _, w := range strings.Fields(rest) {
				t.asks[w] = true
			}
		case "plain":
			for _, w := range strings.Fields(rest) {
				t.plain[w] = true
			}
		}
	}
	// The longest first, so that no part of it is taken for another.
	slices.SortStableFunc(t.phrases, func(x, y phrase) int { return len(y.text) - len(x.text) })
	return t
}

// phrases reads those of a language, between commas.
func phrases(text, language string) (read []phrase) {
	for p := range strings.SplitSeq(text, ", ") {
		read = append(read, phrase{" " + p + " ", language})
	}
	return read
}

// isSmallTalk reports whether a message is small talk. The texts have the words of it
// that stand in the excerpts that were found. One that was read as another counts only
// if it is long and no misspelt mark.
func isSmallTalk(text string, found retrieval.Result) bool {
	if talk.isAll(text) {
		return true
	}
	known := map[string]bool{}
	for _, e := range found.Excerpts {
		for _, word := range typedWords(strings.Join(e.Found, " ")) {
			known[word] = true
		}
	}
	for _, r := range found.SearchedAlso {
		for _, word := range typedWords(r.Typed) {
			if utf8.RuneCountInString(word) < longWord || talk.misspelt(word) {
				delete(known, word)
			}
		}
	}
	words := typedWords(text)
	speaks := talk.tonguesOf(words)
	rest := " " + strings.Join(words, " ") + " "
	marked := false
	for _, phrase := range talk.phrases {
		for strings.Contains(rest, phrase.text) {
			rest, marked = strings.Replace(rest, phrase.text, " ", 1), true
		}
	}
	for _, word := range strings.Fields(rest) {
		switch {
		case speaks(talk.marks[word]), speaks(talk.marks[undoubled(word)]):
			marked = true
		case talk.others[word] != nil:
		case known[word]:
			return false
		case talk.misspelt(word):
			marked = true
		}
	}
	return marked
}

// isAll reports whether a message is nothing but small talk, whatever the texts hold: phrases
// of it, and where nothing is asked praise, with words that go with them.
func (t smallTalk) isAll(text string) bool {
	rest := " " + strings.Join(typedWords(text), " ") + " "
	said := t.phrases
	asks := slices.ContainsFunc(strings.Fields(rest), func(word string) bool { return t.asks[word] })
	if !strings.Contains(text, "?") && !asks {
		said = slices.Concat(said, t.praise)
	}
	marked := false
	for _, p := range said {
		for strings.Contains(rest, p.text) {
			rest, marked = strings.Replace(rest, p.text, " ", 1), true
		}
	}
	for _, word := range strings.Fields(rest) {
		if t.marks[word] == nil && t.others[word] == nil {
			return false
		}
	}
	return marked
}

// tonguesOf returns a function that reports whether a message may be in one of some
// languages: none has more of its words, as far as they are known here.
func (t smallTalk) tonguesOf(message []string) func(tongues) bool {
	likely := t.likely(message)
	return func(languages tongues) bool {
		return len(languages) > 0 && (len(likely) == 0 ||
			slices.ContainsFunc(languages, func(language string) bool { return slices.Contains(likely, language) }))
	}
}

// likely returns the languages that have the most words of a message.
func (t smallTalk) likely(message []string) tongues {
	count := map[string]int{}
	for _, word := range message {
		has := map[string]bool{}
		for _, language := range slices.Concat(t.marks[word], t.others[word]) {
			has[language] = true
		}
		for language := range has {
			count[language]++
		}
	}
	most := 0
	for _, n := range count {
		most = max(most, n)
	}
	var likely tongues
	for language, n := range count {
		if n == most {
			likely = append(likely, language)
		}
	}
	return likely
}

// languageOf returns the language of small talk, "" where its words are of several.
func (t smallTalk) languageOf(text string) string {
	words := typedWords(text)
	message := " " + strings.Join(words, " ") + " "
	for _, p := range t.phrases { // the longest first
		if strings.Contains(message, p.text) {
			return p.language
		}
	}
	for i, word := range words {
		words[i] = undoubled(word)
	}
	if likely := t.likely(words); len(likely) == 1 {
		return likely[0]
	}
	return ""
}

// longWord is the length from which on a word that was read as another is hardly small
// talk that happens to be near it.
const longWord = 6

// undoubled returns a word with its last letter once, where it stands twice (mercii).
func undoubled(word string) string {
	if n := len(word); n > 2 && word[n-1] == word[n-2] {
		return word[:n-1]
	}
	return word
}

// misspelt reports whether a word is one typing error away from a mark of five letters
// or more.
func (t smallTalk) misspelt(word string) bool {
	if utf8.RuneCountInString(word) < 4 || t.plain[word] {
		return false
	}
	for mark := range t.marks {
		if len(mark) >= 5 && oneErrorApart(mark, word) {
			return true
		}
	}
	return false
}

// oneErrorApart reports whether a letter dropped, added or replaced, or two neighbours
// swapped, make one word of the other.
func oneErrorApart(a, b string) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	at := 0
	for at < len(b) && a[at] == b[at] {
		at++
	}
	switch len(a) - len(b) {
	case 0:
		swapped := at+1 < len(a) && a[at] == b[at+1] && a[at+1] == b[at] && a[at+2:] == b[at+2:]
		return at < len(a) && (swapped || a[at+1:] == b[at+1:])
	case 1:
		return a[at+1:] == b[at:]
	}
	return false
}

// typedWords returns the words of a text in lower case without accents, those that are
// joined by apostrophes apart, and letters that are drawn out (saluuut) once.
func typedWords(text string) []string {
	var out strings.Builder
	letters := []rune(strings.Map(dropMarks, norm.NFD.String(strings.ToLower(text))))
	for i := 0; i < len(letters); {
		run := i
		for run < len(letters) && letters[run] == letters[i] {
			run++
		}
		if run-i > 2 {
			out.WriteRune(letters[i])
		} else {
			out.WriteString(string(letters[i:run]))
		}
		i = run
	}
	return strings.FieldsFunc(out.String(), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

func dropMarks(r rune) rune {
	if unicode.Is(unicode.Mn, r) {
		return -1
	}
	return r
}
