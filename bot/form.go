package bot

import (
	"slices"
	"strings"

	"verbatim/answers"
	"verbatim/answers/exchange"
	"verbatim/corpus"
)

// A form is a curated answer as it stands in the fields of a modal: wordings and sources
// one a line. Of lists that are too long for a field, those for which there is no room are
// kept beside it.
type form struct {
	question, wordings, answer, sources, course string

	before       answers.Content // what the form was made of
	sourceLines  []string        // of the sources before, as they stand in the field
	moreWordings []string
	moreSources  []answers.Source
}

// formFields are the fields of all windows, in the order in which they are given back.
var formFields = []string{"question", "answer", "wordings", "sources", "course", "reason", "terms", "title", "author"}

// Lengths of the fields, in characters.
const (
	maxFormQuestion = 500
	maxFormCourse   = 100
	maxFormReason   = 500
)

// newForm writes a content into a form. Names are those of the documents, by their IDs.
func newForm(c answers.Content, names map[string]string) *form {
	f := &form{question: c.Question, answer: c.Answer, course: c.Course, before: c}
	n := fittingLines(c.Wordings)
	f.wordings, f.moreWordings = strings.Join(c.Wordings[:n], "\n"), c.Wordings[n:]
	for _, source := range c.Sources {
		f.sourceLines = append(f.sourceLines, sourceLine(source, names))
	}
	n = fittingLines(f.sourceLines)
	f.sources, f.moreSources = strings.Join(f.sourceLines[:n], "\n"), c.Sources[n:]
	return f
}

// fittingLines returns how many lines there is room for in a field.
func fittingLines(all []string) int {
	room := maxField
	for i, line := range all {
		if room -= utf16Len(line) + 1; room < 0 {
			return i
		}
	}
	return len(all)
}

// sourceLine writes a source on one line.
func sourceLine(source answers.Source, names map[string]string) string {
	if !source.IsQuote() {
		return exchange.Source{Text: oneLine(source.Text)}.String()
	}
	name := names[source.Reference.Document]
	if name == "" { // the document is gone, the quote stays
		name = source.Reference.Document
	}
	return exchange.Source{Document: name, Quote: oneLine(source.Quote)}.String()
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// window returns the modal in which a form is written.
func (f *form) window(w words, title, action string) *modal {
	return &modal{title: w.say(title), action: action, fields: []field{
		{name: "question", label: w.say("form_question"), value: f.question, most: maxFormQuestion, required: true},
		{name: "answer", label: w.say("form_answer"), hint: w.say("form_answer_hint"), value: f.answer, most: maxField, lines: true, required: true},
		{name: "wordings", label: w.say("form_wordings"), hint: f.hint(w, "form_wordings_hint", len(f.moreWordings)), value: f.wordings, most: maxField, lines: true},
		{name: "sources", label: w.say("form_sources"), hint: f.hint(w, "form_sources_hint", len(f.moreSources)), value: f.sources, most: maxField, lines: true},
		{name: "course", label: w.say("form_course"), hint: w.say("form_course_hint"), value: f.course, most: maxFormCourse},
	}}
}

// hint says what goes into a field, or that some of it has no room there.
func (f *form) hint(w words, text string, more int) string {
	if more > 0 {
		return w.count("form_more", more)
	}
	return w.say(text)
}

// take takes what was written.
func (f *form) take(values map[string]string) {
	f.question, f.answer, f.wordings = values["question"], values["answer"], values["wordings"]
	f.sources, f.course = values["sources"], values["course"]
}

// An unknownSource is a source that names no document that can be seen.
type unknownSource struct{ name string }

func (e *unknownSource) Error() string { return "no such document: " + e.name }

// content reads the form. Documents are those that who writes it can see.
func (f *form) content(documents []corpus.Document) (answers.Content, error) {
	c := answers.Content{Question: f.question, Answer: f.answer, Course: f.course, Wordings: append(fieldLines(f.wordings), f.moreWordings...)}
	if oneLine(f.question) == f.before.Question {
		c.Language = f.before.Language
	}
	for _, line := range fieldLines(f.sources) {
		source, err := f.source(line, documents)
		if err != nil {
			return c, err
		}
		c.Sources = append(c.Sources, source)
	}
	c.Sources = append(c.Sources, f.moreSources...)
	return c, nil
}

// source reads a line: a source that stood there before as it was; after ">", or where the
// line begins with the name of a document and a colon, a quote of that; else any text.
func (f *form) source(line string, documents []corpus.Document) (answers.Source, error) {
	if i := slices.Index(f.sourceLines, line); i >= 0 {
		return f.before.Sources[i], nil
	}
	marked := strings.HasPrefix(line, ">")
	read, err := exchange.ParseSource(line)
	if !marked || err != nil {
		name, quote, _ := strings.Cut(strings.TrimPrefix(line, ">"), ": ")
		read.Document, read.Quote = name, quote
	}
	for _, d := range documents {
		if alike(d.Name, read.Document) || alike(answers.Title(d), read.Document) {
			return answers.Source{Reference: corpus.Reference{Document: d.ID}, Quote: unquoted(read.Quote)}, nil
		}
	}
	if marked {
		return answers.Source{}, &unknownSource{read.Document}
	}
	return answers.Source{Text: read.Text}, nil
}

// unquoted takes off the quotation marks that people put around a quote.
func unquoted(text string) string {
	text = strings.TrimSpace(text)
	for _, marks := range []string{`""`, "«»", "“”", "„“"} {
		pair := []rune(marks)
		if inner, ok := strings.CutPrefix(text, string(pair[0])); ok {
			if inner, ok = strings.CutSuffix(inner, string(pair[1])); ok && !strings.Contains(inner, string(pair[1])) {
				return strings.TrimSpace(inner)
			}
		}
	}
	return text
}

// fieldLines returns the lines of a field that say something.
func fieldLines(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		if line = oneLine(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}
