package answers

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"verbatim/corpus"
)

// A Curated is a moderator's answer to a question.
type Curated struct {
	ID       string // made by the store, unique in the guild
	Revision int    // ordinal of the current revision, from 1
	Content
	Author  string // who added it
	Editor  string // who made the current revision
	Added   time.Time
	Edited  time.Time // when the current revision was made
	Removed time.Time // zero unless it is removed and can be restored
	Uses    int       // how often it was a reply
	Used    time.Time // when it was one last, zero for never
}

// A Content is what moderators write of a curated answer.
type Content struct {
	Question string
	Wordings []string // other ways to ask the same; may be empty
	Answer   string   // Markdown
	Sources  []Source // may be empty
	Course   string   // "" for none
	Language string   // ISO 639-1; where it is left out, that of the question and the answer
}

// A Source is where a curated answer comes from: a quote of a text, or any text.
type Source struct {
	Reference corpus.Reference // the zero one for any text
	Quote     string           // what stands there, as it is shown
	Text      string           // what a moderator wrote instead of a reference
	passage   int              // ordinal of the passage in which the quote begins, as it was then
}

// IsQuote reports whether the source refers to a text.
func (s Source) IsQuote() bool { return s.Reference.Document != "" }

// Limits of a curated answer, in code points.
const (
	MaxAnswer       = 4000
	maxWording      = 500 // of a question
	maxWordings     = 50  // how many
	maxSources      = 20  // how many
	maxSourceText   = 1000
	maxQuote        = 2000
	maxCourse       = 100
	maxLanguageCode = 8
)

// ErrContent is returned for a curated answer that can't be stored as it is. Its text
// names what to change.
var ErrContent = errors.New("not stored")

// tidy brings a content into the form in which it is stored, and returns ErrContent for
// one that can't be stored.
func (c Content) tidy() (Content, error) {
	c.Question = line(c.Question)
	c.Answer = strings.TrimSpace(norm.NFC.String(strings.ReplaceAll(c.Answer, "\r\n", "\n")))
	c.Course, c.Language = line(c.Course), strings.ToLower(line(c.Language))
	var wordings []string
	for _, w := range c.Wordings {
		if w = line(w); w != "" && w != c.Question && !slices.Contains(wordings, w) {
			wordings = append(wordings, w)
		}
	}
	c.Wordings = wordings
	if c.Language == "" {
		c.Language = languageOfMost(append(slices.Clone(wordings), c.Question, c.Answer))
	}
	c.Sources = slices.Clone(c.Sources)
	for i := range c.Sources {
		c.Sources[i].Text = line(c.Sources[i].Text)
	}
	if err := c.check(); err != nil {
		return c, fmt.Errorf("%w: %w", ErrContent, err)
	}
	return c, nil
}

// languageOfMost returns the language that most of some texts are in by themselves, and where
// several have as many, or none can be told, that of all texts together. So one long wording in
// another language does not tell that of a short question and its answer.
func languageOfMost(texts []string) string {
	count, most, language := map[string]int{}, 0, ""
	for _, text := range texts {
		if code := corpus.Language(text); code != "" {
			count[code]++
		}
	}
	for code, n := range count {
		switch {
		case n > most:
			most, language = n, code
		case n == most:
			language = ""
		}
	}
	if language == "" {
		return corpus.Language(strings.Join(texts, "\n"))
	}
	return language
}

// A ContentError says which part of a content can't be stored, in the words of the
// command line (question, wordings, answer, sources, course, language), and why.
type ContentError struct {
	Part string
	Err  error
}

func (e *ContentError) Error() string { return e.Err.Error() }

func (e *ContentError) Unwrap() error { return e.Err }

func (c Content) check() error {
	wrong := func(part, format string, args ...any) error {
		return &ContentError{part, fmt.Errorf(format, args...)}
	}
	switch {
	case c.Question == "":
		return wrong("question", "the question is empty: write it as a student would ask it")
	case c.Answer == "":
		return wrong("answer", "the answer is empty: write one")
	case len(c.Wordings) > maxWordings:
		return wrong("wordings", "%d wordings, and there can be %d: take out those that are most alike", len(c.Wordings), maxWordings)
	case len(c.Sources) > maxSources:
		return wrong("sources", "%d sources, and there can be %d: take some out", len(c.Sources), maxSources)
	}
	type limit struct {
		part, what, text string
		most             int
	}
	limits := []limit{
		{"answer", "the answer", c.Answer, MaxAnswer},
		{"course", "the course", c.Course, maxCourse},
		{"language", "the language", c.Language, maxLanguageCode},
		{"question", fmt.Sprintf("the wording %.40q", c.Question), c.Question, maxWording},
	}
	for _, w := range c.Wordings {
		limits = append(limits, limit{"wordings", fmt.Sprintf("the wording %.40q", w), w, maxWording})
	}
	for _, s := range c.Sources {
		if !s.IsQuote() && s.Text == "" {
			return wrong("sources", "a source is empty: give it a text, or a document and a quote")
		}
		limits = append(limits, limit{"sources", fmt.Sprintf("the source %.40q", s.Text), s.Text, maxSourceText})
	}
	for _, l := range limits {
		if n := utf8.RuneCountInString(l.text); n > l.most {
			return wrong(l.part, "%s has %d characters, and can have %d: shorten it", l.what, n, l.most)
		}
		if !utf8.ValidString(l.text) || strings.ContainsFunc(l.text, isForbidden) {
			return wrong(l.part, "%s holds a character that is not text: take it out", l.what)
		}
	}
	return nil
}

// isForbidden tells characters that not every database can hold or that command a
// terminal.
func isForbidden(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }

// line makes one line of a text.
func line(text string) string {
	return norm.NFC.String(strings.Join(strings.Fields(text), " "))
}

// wordings returns all ways in which the question is asked.
func (c Content) wordings() []string {
	return append([]string{c.Question}, c.Wordings...)
}
