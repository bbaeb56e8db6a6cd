package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"

	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v3"

	"verbatim/answers"
	"verbatim/corpus"
)

// A curatedFile is a curated answer as people write it.
type curatedFile struct {
	Question string          `yaml:"question,omitempty"`
	Wordings []string        `yaml:"wordings,omitempty"`
	Answer   string          `yaml:"answer,omitempty"`
	Sources  []curatedSource `yaml:"sources,omitempty"`
	Course   *string         `yaml:"course,omitempty"` // nil and "" are not the same: no change, and none
	Language string          `yaml:"language,omitempty"`
	Revision int             `yaml:"revision,omitempty"`
}

// A curatedSource is a text, or a quote of a document by its name.
type curatedSource struct {
	Text     string `yaml:"text,omitempty"`
	Document string `yaml:"document,omitempty"`
	Quote    string `yaml:"quote,omitempty"`
}

// line returns how the source is shown.
func (s curatedSource) line() string {
	if s.Document != "" {
		return s.Document + ": " + s.Quote
	}
	return s.Text
}

// A contentInput is the flags by which a curated answer is written.
type contentInput struct {
	file                               string
	question, answer, course, language string
	wordings, sources, quotes          []string
}

func (in *contentInput) addFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&in.file, "file", "", "read the answer from `FILE`, YAML with question, wordings, answer, sources, course, language; - for standard input")
	cmd.Flags().StringVar(&in.question, "question", "", "the question, as a student asks it")
	cmd.Flags().StringArrayVar(&in.wordings, "wording", nil, "another way to ask it; may be given several times")
	cmd.Flags().StringVar(&in.answer, "answer", "", "the answer, Markdown, at most 4,000 characters")
	cmd.Flags().StringArrayVar(&in.sources, "source", nil, "where the answer comes from, any text; may be given several times")
	cmd.Flags().StringArrayVar(&in.quotes, "quote", nil, "where the answer comes from, `DOCUMENT: QUOTE`; may be given several times")
	cmd.Flags().StringVar(&in.course, "course", "", "the course whose members see it, empty for all")
	cmd.Flags().StringVar(&in.language, "language", "", "its language, such as fr (default that of question and answer)")
}

// maxCuratedFile bounds the file of one answer, in bytes.
const maxCuratedFile = 1 << 20

// read returns a content with what the file and the flags say instead, and the revision
// that the file is of, 0 if it doesn't say.
func (in *contentInput) read(cmd *cobra.Command, l *library, c answers.Content) (answers.Content, int, error) {
	file, err := in.readFile(cmd)
	if err != nil {
		return c, 0, err
	}
	given := cmd.Flags().Changed
	override := func(flag string, to *string, value string) {
		if given(flag) {
			*to = value
		}
	}
	override("question", &file.Question, in.question)
	override("answer", &file.Answer, in.answer)
	override("language", &file.Language, in.language)
	if given("course") {
		file.Course = &in.course
	}
	if given("wording") {
		file.Wordings = in.wordings
	}
	if given("source") || given("quote") {
		file.Sources = nil
		for _, text := range in.sources {
			file.Sources = append(file.Sources, curatedSource{Text: text})
		}
		for _, q := range in.quotes {
			document, quote, found := strings.Cut(q, ": ")
			if !found {
				return c, 0, usage("--quote %q: give the document's name, a colon and a space, and the quote", q)
			}
			file.Sources = append(file.Sources, curatedSource{Document: document, Quote: quote})
		}
	}
	c, err = file.apply(cmd.Context(), l, c)
	return c, file.Revision, err
}

func (in *contentInput) readFile(cmd *cobra.Command) (curatedFile, error) {
	var file curatedFile
	if in.file == "" {
		return file, nil
	}
	from := cmd.InOrStdin()
	if in.file != "-" {
		f, err := os.Open(in.file)
		if err != nil {
			return file, usageError{err}
		}
		defer f.Close()
		from = f
	}
	data, err := io.ReadAll(io.LimitReader(from, maxCuratedFile+1))
	if err != nil {
		return file, err
	}
	if len(data) > maxCuratedFile {
		return file, usage("%s is longer than one answer can be", in.file)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	if err := decoder.Decode(&file); err != nil && !errors.Is(err, io.EOF) {
		return file, usage("%s is not an answer in YAML: %s", in.file, goType.ReplaceAllString(err.Error(), ""))
	}
	return file, nil
}

// goType is what the reader of YAML says of our types, which mean nothing to people.
var goType = regexp.MustCompile(` in type \S+`)

// apply puts what the file says into a content.
func (f curatedFile) apply(ctx context.Context, l *library, c answers.Content) (answers.Content, error) {
	if f.Question != "" {
		c.Question = f.Question
	}
	if f.Wordings != nil {
		c.Wordings = f.Wordings
	}
	if f.Answer != "" {
		c.Answer = f.Answer
	}
	if f.Course != nil {
		c.Course = *f.Course
	}
	if f.Language != "" {
		c.Language = f.Language
	}
	if f.Sources == nil {
		return c, nil
	}
	old := c.Sources
	c.Sources = nil
	for _, s := range f.Sources {
		source := answers.Source{Text: s.Text}
		if s.Document != "" {
			d, err := l.store.DocumentNamed(ctx, corpus.Everything(l.guild), s.Document)
			if err != nil {
				return c, fmt.Errorf("source: %w: verbatim corpus list shows the documents there are", err)
			}
			source = answers.Source{Reference: corpus.Reference{Document: d.ID}, Quote: s.Quote}
		}
		c.Sources = append(c.Sources, keep(old, source))
	}
	return c, nil
}

// keep returns the source of a list that has the document and the words of another, so
// that its ranges stay; else that one.
func keep(list []answers.Source, source answers.Source) answers.Source {
	for _, s := range list {
		if s.IsQuote() && s.Reference.Document == source.Reference.Document && s.Quote == source.Quote {
			return s
		}
	}
	return source
}

// fileOf is the reverse of apply. A document that is not there any more has its ID for
// a name.
func fileOf(ctx context.Context, l *library, c answers.Content) (curatedFile, error) {
	file := curatedFile{Question: c.Question, Wordings: c.Wordings, Answer: c.Answer, Language: c.Language}
	if c.Course != "" {
		file.Course = &c.Course
	}
	for _, s := range c.Sources {
		source := curatedSource{Text: s.Text}
		if s.IsQuote() {
			d, err := l.store.Document(ctx, corpus.Everything(l.guild), s.Reference.Document)
			if err != nil && !errors.Is(err, corpus.ErrNotFound) {
				return file, err
			}
			source.Document, source.Quote = d.Name, s.Quote
			if d.Name == "" {
				source.Document = s.Reference.Document
			}
		}
		file.Sources = append(file.Sources, source)
	}
	return file, nil
}
