package corpus

import (
	"context"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"verbatim/corpus/extract"
)

// A Report says what is understood of a file, for the person who brings it. Lines are
// those of the source text, counted from 1; for Markdown that is the text as it is
// read, not the file.
type Report struct {
	Draft
	Guessed  []extract.Guess // metadata that nothing states
	Headings []ReportedLine
	Pages    []ReportedPage
	Notes    []ReportedNote
	Foreign  []ReportedLine // passages in another language than the document
	LeftOut  []ReportedLine // furniture of pages and of the web that never is quoted
	Warnings []Warning
}

// A ReportedLine is a piece of the text, shortened, and where it stands.
type ReportedLine struct {
	Line int
	Text string
}

// A ReportedPage is a printed page: it begins between two lines, or where they are the
// same, at that line.
type ReportedPage struct {
	Label    string
	From, To int
}

// A ReportedNote is a note and the lines that call it.
type ReportedNote struct {
	ReportedLine
	Label string
	Calls []int
}

// A Warning is something that a person should look at.
type Warning struct {
	Line  int // 0 where it is about the whole text
	Text  string
	Kind  WarningKind
	Value string // what it is about, such as the label of a note; "" for nothing

	Percent int // of the text that stands in the document that Value names too; for HeldText, of that in the text
}

// A WarningKind says what a warning is about, for who writes it in another language.
type WarningKind string

// The kinds of warnings.
const (
	NoTitle       WarningKind = "no title"
	NoLanguage    WarningKind = "no language"
	VaguePage     WarningKind = "vague page"    // its label
	MissingNote   WarningKind = "missing note"  // its label
	JoinedNotes   WarningKind = "joined notes"  // their labels
	UncalledNote  WarningKind = "uncalled note" // its label
	LostCharacter WarningKind = "lost character"
	LongSentence  WarningKind = "long sentence" // its characters
	AlikeText     WarningKind = "alike"         // the name of the other document
	PartText      WarningKind = "part"          // the name of the document of which it seems to be a part
	HeldText      WarningKind = "held"          // the name of the document that seems to be a part of it
)

// Check reads a file as ReadWith does, and reports what is understood of it.
func Check(ctx context.Context, x Extractor, file File) (Report, error) {
	if err := checkName(file.Name); err != nil {
		return Report{}, fmt.Errorf("%.80q: the path %w", file.Name, err)
	}
	text, err := x.File(ctx, file.Name, file.Data, file.Sidecar)
	if err != nil {
		return Report{}, fmt.Errorf("%s: %w", file.Name, err)
	}
	c := checker{text: text, lines: lineStarts(text.Source)}
	c.report.Draft = newDraft(file, text)
	c.metadata()
	c.structure()
	c.leftOut()
	c.oddities()
	sort.SliceStable(c.report.Warnings, func(i, j int) bool { return c.report.Warnings[i].Line < c.report.Warnings[j].Line })
	return c.report, nil
}

// A checker builds a report.
type checker struct {
	text   extract.Text
	lines  []int // offset at which each line begins
	report Report
}

func lineStarts(s string) []int {
	starts := []int{0}
	for i := range len(s) {
		if s[i] == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

func (c *checker) line(at int) int {
	return sort.SearchInts(c.lines, at+1)
}

func (c *checker) warn(line int, kind WarningKind, value, format string, args ...any) {
	c.report.Warnings = append(c.report.Warnings, Warning{Line: line, Text: fmt.Sprintf(format, args...), Kind: kind, Value: value})
}

// shownBytes is how much of a piece of text a report shows.
const shownBytes = 70

func (c *checker) reported(r Range) ReportedLine {
	words := strings.Join(strings.Fields(c.text.Source[r.Start:r.End]), " ")
	if len(words) > shownBytes {
		cut := shownBytes
		for !utf8.RuneStart(words[cut]) {
			cut--
		}
		words = words[:cut] + "…"
	}
	return ReportedLine{c.line(r.Start), words}
}

func (c *checker) metadata() {
	stated := c.text.Metadata
	for _, g := range c.text.Guessed {
		if g.Field == "title" && stated.Title == "" || g.Field == "author" && stated.Author == "" || g.Field == "date" && stated.Date == "" {
			c.report.Guessed = append(c.report.Guessed, g)
		}
	}
	if stated.Title == "" && titleGuess(c.text) == "" {
		c.warn(0, NoTitle, "", "no title is found: the name of the file stands for it; state one in front matter")
	}
	if c.report.Language == "" {
		c.warn(0, NoLanguage, "", "the language can't be told: state it in front matter, as in language: fr")
	}
}

func titleGuess(text extract.Text) string {
	if len(text.Headings) > 0 && text.Headings[0].Level == 1 {
		return headingText(text, text.Headings[0])
	}
	return ""
}

// structure reports headings, pages, and notes with their calls.
func (c *checker) structure() {
	for _, h := range c.text.Headings {
		c.report.Headings = append(c.report.Headings, c.reported(h.Range))
	}
	for _, p := range c.text.Pages {
		page := ReportedPage{p.Label, c.line(p.At), c.line(p.Sure)}
		c.report.Pages = append(c.report.Pages, page)
		if page.From != page.To {
			c.warn(page.From, VaguePage, p.Label, "page %s begins somewhere up to line %d: what stands between is cited with both pages", p.Label, page.To)
		}
	}
	called := map[int][]int{}
	for _, call := range c.text.Calls {
		if call.Note < 0 {
			c.warn(c.line(call.Start), MissingNote, call.Label, "note %s is called here, and no note of that label is found", call.Label)
			continue
		}
		called[call.Note] = append(called[call.Note], c.line(call.Start))
	}
	for i, n := range c.text.Notes {
		note := ReportedNote{c.reported(n.Range), n.Label, called[i]}
		c.report.Notes = append(c.report.Notes, note)
		switch {
		case strings.Contains(n.Label, "–"):
			c.warn(note.Line, JoinedNotes, n.Label, "notes %s can't be told apart: they are cited together", n.Label)
		case len(note.Calls) == 0:
			c.warn(note.Line, UncalledNote, n.Label, "note %s is called nowhere", n.Label)
		}
	}
}

// leftOut reports what is skipped but for labels of notes, hyphens and front matter.
func (c *checker) leftOut() {
	notes := map[int]bool{}
	for _, n := range c.text.Notes {
		notes[n.Start] = true
	}
	for _, r := range c.text.Skipped {
		if notes[r.End] { // its last line is a label
			r.End = max(r.Start, c.lines[c.line(r.End)-1])
		}
		if words := trimSpace(c.text.Source, r); holdsWord(c.text.Source[words.Start:words.End]) && words.Start > 0 {
			c.report.LeftOut = append(c.report.LeftOut, c.reported(words))
		}
	}
}

// longSentence is the length in bytes from which on a sentence is looked at by a person.
const longSentence = 1500

// oddities warns of characters that a wrong encoding leaves, and of sentences so long
// that their ends seem to be missing.
func (c *checker) oddities() {
	for at := 0; ; {
		i := strings.IndexRune(c.text.Source[at:], utf8.RuneError)
		if i < 0 {
			break
		}
		at += i
		c.warn(c.line(at), LostCharacter, "", "a character was lost (%c): the file was saved in another encoding once", utf8.RuneError)
		if next := strings.IndexByte(c.text.Source[at:], '\n'); next >= 0 {
			at += next
		} else {
			break
		}
	}
	for _, p := range c.report.Passages {
		if p.Language != "" {
			c.report.Foreign = append(c.report.Foreign, c.reported(Range{Start: p.Start(), End: p.End()}))
		}
		for _, s := range p.Sentences {
			if s.Len() > longSentence {
				c.warn(c.line(s.Start()), LongSentence, strconv.Itoa(s.Len()), "a sentence of %d characters: full stops may be missing", s.Len())
			}
		}
	}
}
