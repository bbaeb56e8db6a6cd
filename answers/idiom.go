package answers

import (
	"embed"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"verbatim/retrieval"
)

//go:embed followup.txt
var followUpFile embed.FS

// An idiom is how questions follow up another in a language: followup.txt. Words are in
// lower case.
type idiom struct {
	code string

	join       map[string]bool // and, but: at the head of what continues
	about      [][]string      // what about
	tell       map[string]bool // can you tell me: before a word that asks
	ask        map[string]bool // who, when
	counts     [][]string      // how many: they ask together with the noun after them
	which      map[string]bool // likewise
	tail       [][]string      // est-ce que: what belongs to a word that asks after it
	who        map[string]bool // those of ask that ask for a person
	what       map[string]bool // and for what something is
	person     map[string]bool // he, his: what stands for something named before
	impersonal map[string]bool // words beside which it stands for nothing: it is possible
	article    map[string]bool // and other words that only a noun follows
	at         map[string]bool // in, at: before places and times
	by         map[string]bool // other prepositions
	being      map[string]bool // is, was
	aspect     map[string]bool // terms of what there is of something only, and what it does: death, wife, to win
	hollow     map[string]bool // says nothing: exactly, then
	month      map[string]bool
}

var followUps = readIdioms()

// readIdioms reads sections of a language each, with lines of words or, between commas,
// of phrases.
func readIdioms() map[string]*idiom {
	data, err := followUpFile.ReadFile("followup.txt")
	if err != nil {
		panic(err) // it is built in
	}
	idioms := map[string]*idiom{}
	var d *idiom
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if code, isHead := strings.CutPrefix(line, "["); isHead {
			d = &idiom{code: strings.TrimSuffix(code, "]")}
			idioms[d.code] = d
			continue
		}
		if head, rest, found := strings.Cut(line, ":"); found && d != nil {
			d.set(head, rest)
		}
	}
	return idioms
}

func (d *idiom) set(head, rest string) {
	words := map[string]bool{}
	for _, w := range strings.Fields(rest) {
		words[w] = true
	}
	switch head {
	case "join":
		d.join = words
	case "tell":
		d.tell = words
	case "ask":
		d.ask = words
	case "which":
		d.which = words
	case "who":
		d.who = words
	case "what":
		d.what = words
	case "impersonal":
		d.impersonal = words
	case "person":
		d.person = words
	case "article":
		d.article = words
	case "at":
		d.at = words
	case "by":
		d.by = words
	case "being":
		d.being = words
	case "hollow":
		d.hollow = words
	case "month":
		d.month = words
	case "about":
		d.about = phrasesIn(rest)
	case "counts":
		d.counts = phrasesIn(rest)
		if !strings.Contains(rest, ",") {
			d.counts = phrasesIn(strings.ReplaceAll(strings.TrimSpace(rest), " ", ","))
		}
	case "tail":
		d.tail = phrasesIn(rest)
	case "aspect":
		d.aspect = termsOf(d.code, rest)
	}
}

// phrasesIn reads phrases between commas, each in its words.
func phrasesIn(text string) [][]string {
	var phrases [][]string
	for phrase := range strings.SplitSeq(text, ",") {
		if words := strings.FieldsFunc(phrase, isBetweenWords); len(words) > 0 {
			phrases = append(phrases, words)
		}
	}
	return phrases
}

func isBetweenWords(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r)
}

// A saidWord is a word of a question with what it is there.
type saidWord struct {
	start, end int
	lower      string
	content    bool   // it carries meaning
	name       bool   // capitalised and not at the head
	number     bool   // in figures
	term       string // in which it is indexed, if it has one
	aspect     bool
}

// A said is a question in its words, as an idiom understands them.
type said struct {
	*idiom
	text  string
	words []saidWord
}

// hear divides a question into its words.
func (d *idiom) hear(text string) said {
	s := said{idiom: d, text: norm.NFC.String(strings.TrimSpace(text))}
	start := -1
	for i, r := range s.text + " " {
		switch between := isBetweenWords(r); {
		case !between && start < 0:
			start = i
		case between && start >= 0:
			s.words = append(s.words, saidWord{start: start, end: i, lower: strings.ToLower(s.text[start:i])})
			start = -1
		}
	}
	for i := range s.words {
		w := &s.words[i]
		first := []rune(s.text[w.start:w.end])[0]
		w.number = unicode.IsDigit(first)
		w.name = unicode.IsUpper(first) && i > 0 && !strings.ContainsAny(s.text[s.words[i-1].end:w.start], ".?!…")
	}
	for _, t := range retrieval.Analyze(d.code, s.text) {
		for i := range s.words {
			if w := &s.words[i]; !t.Also && w.start < t.End && t.Start < w.end && !d.isSmall(w.lower) {
				w.content, w.term = true, t.Term
				w.aspect = w.aspect || d.aspect[t.Term] && !w.number
			}
		}
	}
	for i := range s.words {
		w := &s.words[i]
		w.name = w.name && w.content && !w.aspect
	}
	return s
}

// isSmall reports whether a word carries no meaning of its own in a question.
func (d *idiom) isSmall(lower string) bool {
	return d.ask[lower] || d.which[lower] || d.hollow[lower] || d.person[lower] || d.join[lower] || d.at[lower] || d.by[lower] || d.article[lower] || d.being[lower]
}

// phraseAt returns how many words one of the phrases has that stands at a word, 0 if none does.
func (s said) phraseAt(i int, phrases [][]string) int {
	longest := 0
	for _, phrase := range phrases {
		n := 0
		for n < len(phrase) && i+n < len(s.words) && s.words[i+n].lower == phrase[n] {
			n++
		}
		if n == len(phrase) {
			longest = max(longest, n)
		}
	}
	return longest
}

// from returns the question without its first words.
func (s said) from(i int) said {
	s.words = s.words[i:]
	return s
}

// rest returns the text of the words without the mark after them.
func (s said) rest() string {
	return s.text[s.words[0].start:s.end()]
}

// end is where the last word ends.
func (s said) end() int { return s.words[len(s.words)-1].end }

// count counts the words for which a function returns true.
func (s said) count(is func(saidWord) bool) int {
	n := 0
	for _, w := range s.words {
		if is(w) {
			n++
		}
	}
	return n
}
