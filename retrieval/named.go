package retrieval

import (
	"context"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/retrieval/analysis"
)

// WithCapitals returns the text of a question with a capital on the words that are names in
// texts that can be seen. German texts can't tell.
func (x *Indexes) WithCapitals(ctx context.Context, q Query) (string, error) {
	text := q.Text
	err := x.use(ctx, q.Access.Guild(), func(g *guildIndex) error {
		reader, err := g.reader()
		if err != nil {
			return err
		}
		defer reader.Close()
		r, err := g.understand(ctx, reader, q, nil)
		if err != nil {
			return err
		}
		var names []string
		for _, w := range r.asked.words {
			if w.name && !w.lacking {
				names = append(names, w.folded)
			}
		}
		text = capitals(r.asked.text, names)
		return nil
	})
	return text, err
}

// capitals puts a capital on words of a text, which are given by their forms.
func capitals(text string, names []string) string {
	var out strings.Builder
	at := 0
	for start, end := range analysis.Words(text) {
		if i := strings.LastIndexFunc(text[start:end], analysis.IsApostrophe); i >= 0 {
			_, size := utf8.DecodeRuneInString(text[start+i:])
			start += i + size
		}
		if !slices.Contains(names, formOf(text[start:end])) {
			continue
		}
		first, size := utf8.DecodeRuneInString(text[start:])
		out.WriteString(text[at:start])
		out.WriteRune(unicode.ToUpper(first))
		at = start + size
	}
	return out.String() + text[at:]
}

// name notes whether a word is a name in the texts: whether it stands as one in half of the
// passages that can be seen and hold it, or more. So a question means the same in small
// letters. German texts can't tell.
func (r *repair) name(ctx context.Context, w *questionWord) error {
	if r.asked.language == gluing {
		return nil
	}
	all, err := r.count(ctx, wordField, w.folded, math.MaxInt)
	if err != nil || all == 0 {
		return err
	}
	asName, err := r.count(ctx, nameField, w.folded, math.MaxInt)
	w.name = 2*asName >= all
	return err
}
