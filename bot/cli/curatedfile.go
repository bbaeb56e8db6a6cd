package cli

import (
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"verbatim/answers"
	"verbatim/answers/exchange"
)

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

// read returns a content with what the file and the flags say instead, and the revision
// that the file is of, 0 if it doesn't say.
func (in *contentInput) read(cmd *cobra.Command, l *library, c answers.Content) (answers.Content, int, error) {
	file, err := in.readFile(cmd)
	if err != nil {
		return c, 0, err
	}
	given := cmd.Flags().Changed
	for flag, to := range map[string]struct {
		value *string
		part  **string
	}{
		"question": {&in.question, &file.Question}, "answer": {&in.answer, &file.Answer},
		"language": {&in.language, &file.Language}, "course": {&in.course, &file.Course},
	} {
		if given(flag) {
			*to.part = to.value
		}
	}
	if given("wording") {
		file.Wordings = &in.wordings
	}
	if given("source") || given("quote") {
		sources, err := in.sourcesGiven()
		if err != nil {
			return c, 0, err
		}
		file.Sources = &sources
	}
	c, err = l.exchange().Content(cmd.Context(), l.guild, file, c)
	return c, file.Revision, err
}

func (in *contentInput) sourcesGiven() ([]exchange.Source, error) {
	var sources []exchange.Source
	for _, text := range in.sources {
		sources = append(sources, exchange.Source{Text: text})
	}
	for _, q := range in.quotes {
		document, quote, found := strings.Cut(q, ": ")
		if !found {
			return nil, usage("--quote %q: give the document's name, a colon and a space, and the quote", q)
		}
		sources = append(sources, exchange.Source{Document: document, Quote: quote})
	}
	return sources, nil
}

func (in *contentInput) readFile(cmd *cobra.Command) (exchange.Answer, error) {
	var none exchange.Answer
	if in.file == "" {
		return none, nil
	}
	data, err := readInput(cmd, in.file)
	if err != nil {
		return none, err
	}
	all, _, err := exchange.ReadAnswers(data, exchange.YAML)
	switch {
	case err != nil:
		return none, usage("%s is not an answer in YAML: %w", in.file, err)
	case len(all) > 1:
		return none, usage("%s holds %d answers: verbatim curated import takes several", in.file, len(all))
	case len(all) == 0:
		return none, nil
	}
	return all[0], nil
}

// readInput reads a file that is named on the command line, - for standard input.
func readInput(cmd *cobra.Command, name string) ([]byte, error) {
	from := cmd.InOrStdin()
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, usageError{err}
		}
		defer f.Close()
		from = f
	}
	return io.ReadAll(io.LimitReader(from, exchange.MaxBytes+1))
}

// exchange returns what brings files into the library, and back.
func (l *library) exchange() *exchange.Exchange {
	return &exchange.Exchange{Answers: l.curated, Texts: l.store}
}

// sourceLine returns how a source is shown.
func sourceLine(s exchange.Source) string {
	if s.Document != "" {
		return s.Document + ": " + s.Quote
	}
	return s.Text
}
