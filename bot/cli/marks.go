package cli

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"verbatim/corpus"
)

// printMarked prints the text of a document as a reader reads it, with its headings, pages and
// notes between square brackets.
func (l *library) printMarked(ctx context.Context, out io.Writer, d corpus.Document) error {
	const step = 100
	var section, pages []string
	for first := 0; first < d.Passages; first += step {
		var ids []corpus.PassageID
		for i := first; i < min(first+step, d.Passages); i++ {
			ids = append(ids, corpus.PassageID{Document: d.ID, Ordinal: i})
		}
		found, err := l.store.Passages(ctx, corpus.Everything(l.guild), ids)
		if err != nil {
			return err
		}
		for _, p := range found {
			var marks []string
			if !slices.Equal(p.Section, section) && p.Note == "" {
				marks = append(marks, "["+strings.Join(p.Section, " › ")+"]")
			}
			labels := pageLabels(p.Passage)
			if !slices.Equal(labels, pages) && len(labels) > 0 {
				marks = append(marks, "[p. "+strings.Join(labels, ", ")+"]")
			}
			section, pages = p.Section, labels
			if p.Note != "" {
				marks = append(marks, "[note "+p.Note+"]")
			}
			if p.Language != "" {
				marks = append(marks, "["+p.Language+"]")
			}
			if len(marks) > 0 {
				fmt.Fprintln(out, visible(strings.Join(marks, " ")))
			}
			if _, err := fmt.Fprintf(out, "%s\n\n", visible(strings.Join(p.Texts, " "))); err != nil {
				return err
			}
		}
	}
	return nil
}

func pageLabels(p corpus.Passage) []string {
	var labels []string
	for _, page := range p.Pages {
		labels = append(labels, page.Label)
	}
	return labels
}
