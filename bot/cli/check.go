package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"verbatim/corpus"
)

// corpusCheck is the command that shows what would be understood of files.
func (p *program) corpusCheck(guild *string) *cobra.Command {
	var all bool
	cmd := &cobra.Command{
		Use:   "check FILE...",
		Short: "Show what is understood of files, before they are indexed",
		Long: `Show what is understood of files before they are indexed: title, author, language,
pages, notes with their calls, headings, passages, what is left out, what a person
should look at, and documents with much the same text. Nothing is stored. Lines are those of the file; of a
Markdown file, those of its source text (corpus show --text).`,
		Args: atLeast(1),
		RunE: func(cmd *cobra.Command, names []string) (err error) {
			l, err := p.openIfThere(cmd.Context(), *guild)
			if err != nil {
				return err
			}
			defer closeInto(&err, l)
			var failed []error
			for i, name := range names {
				report, err := checkFile(cmd.Context(), p.files(), name)
				if err != nil {
					failed = append(failed, err)
					continue
				}
				if i > 0 {
					fmt.Fprintln(p.out)
				}
				printReport(p.out, name, report, all)
				alike, err := l.alike(cmd.Context(), report.Draft)
				if err != nil {
					return err
				}
				if len(alike) > 0 {
					list(p.out, "alike", alikeLines(alike), all)
				}
			}
			return errors.Join(failed...)
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "list all headings, pages and notes of long texts")
	return cmd
}

// checkFile reads a file and its sidecar as a folder would be read.
func checkFile(ctx context.Context, files corpus.Extractor, name string) (corpus.Report, error) {
	folder, err := corpus.OpenFolder(filepath.Dir(name))
	if err != nil {
		return corpus.Report{}, err
	}
	if _, err := os.Stat(name); err != nil {
		return corpus.Report{}, fmt.Errorf("%s: no such file", name)
	}
	file, err := folder.Read(filepath.Base(name))
	if err != nil {
		return corpus.Report{}, err
	}
	return corpus.Check(ctx, files, file)
}

// fewLines is how many lines of a list are shown without --all.
const fewLines = 12

func printReport(out io.Writer, name string, r corpus.Report, all bool) {
	fmt.Fprintf(out, "%s\n", visible(name))
	line := func(label, value string) { fmt.Fprintf(out, "  %-9s %s\n", label, visible(value)) }
	for _, field := range []struct{ name, value string }{
		{"title", r.Title}, {"author", r.Author}, {"date", r.Date}, {"language", r.Language}, {"course", r.Course},
		{"licence", r.Licence}, {"link", r.Link},
	} {
		if field.value != "" {
			line(field.name, field.value+guessed(r, field.name))
		}
	}
	line("size", count(len(r.Source), "byte")+", "+count(len(r.Passages), "passage"))
	line("pages", pagesLine(r.Pages))
	list(out, "notes", noteLines(r.Notes), all)
	list(out, "headings", textLines(r.Headings), all)
	if len(r.Foreign) > 0 {
		list(out, "foreign", textLines(r.Foreign), all)
	}
	list(out, "left out", textLines(r.LeftOut), all)
	var warnings []string
	for _, w := range r.Warnings {
		if w.Line == 0 {
			warnings = append(warnings, w.Text)
		} else {
			warnings = append(warnings, fmt.Sprintf("line %d: %s", w.Line, w.Text))
		}
	}
	list(out, "look at", warnings, all)
}

// guessed says how sure a value is that nothing states.
func guessed(r corpus.Report, field string) string {
	for _, g := range r.Guessed {
		if g.Field == field {
			return fmt.Sprintf("   (from the first lines, confidence %.1f)", g.Confidence)
		}
	}
	return ""
}

func pagesLine(pages []corpus.ReportedPage) string {
	switch len(pages) {
	case 0:
		return "none"
	case 1:
		return pages[0].Label
	}
	return fmt.Sprintf("%s to %s", pages[0].Label, pages[len(pages)-1].Label)
}

func noteLines(notes []corpus.ReportedNote) []string {
	var lines []string
	for _, n := range notes {
		calls := "called nowhere"
		if len(n.Calls) > 0 {
			calls = "called in line " + strings.Join(strings.Fields(strings.Trim(fmt.Sprint(n.Calls), "[]")), ", ")
		}
		lines = append(lines, fmt.Sprintf("%s: line %d, %s: %s", n.Label, n.Line, calls, n.Text))
	}
	return lines
}

func textLines(found []corpus.ReportedLine) []string {
	var lines []string
	for _, l := range found {
		lines = append(lines, fmt.Sprintf("line %d: %s", l.Line, l.Text))
	}
	return lines
}

// list prints the number of lines, then these below each other.
func list(out io.Writer, label string, lines []string, all bool) {
	if len(lines) == 0 {
		fmt.Fprintf(out, "  %-9s none\n", label)
		return
	}
	fmt.Fprintf(out, "  %-9s %d\n", label, len(lines))
	shown := lines
	if !all && len(lines) > fewLines {
		shown = lines[:fewLines]
	}
	for _, l := range shown {
		fmt.Fprintf(out, "    %s\n", visible(l))
	}
	if more := len(lines) - len(shown); more > 0 {
		fmt.Fprintf(out, "    and %d more: --all shows them\n", more)
	}
}
