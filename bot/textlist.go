package bot

import (
	"cmp"
	"context"
	"slices"

	"verbatim/answers"
	"verbatim/corpus"
)

// corpusPage is how many texts a page of /corpus list shows.
const corpusPage = 8

// A textList shows all texts, removed ones among them, a page at a time.
type textList struct {
	plain
	pages
}

func (l *textList) press(_ context.Context, _ *bench, action string, _ press) error {
	l.turn(action, corpusPage)
	return nil
}

func (l *textList) show(ctx context.Context, s *bench) (reply, error) {
	w := s.words
	documents, err := s.bot.options.Texts.Documents(ctx, s.access, true)
	if err != nil || len(documents) == 0 {
		return reply{content: w.say("corpus_none")}, err
	}
	slices.SortStableFunc(documents, func(x, y corpus.Document) int {
		return cmp.Or(cmp.Compare(x.Course, y.Course), cmp.Compare(answers.Title(x), answers.Title(y)))
	})
	from, to := l.at(corpusPage, len(documents))
	text := []string{w.count("sources_title", len(documents), "Page", from/corpusPage+1, "Pages", (len(documents)-1)/corpusPage+1)}
	for i, d := range documents[from:to] {
		if i == 0 || d.Course != documents[from+i-1].Course {
			text = append(text, "**"+courseHeading(d.Course, w)+"**")
		}
		line := "- " + about(d, w)
		if !d.Removed.IsZero() {
			line += " " + w.say("corpus_aside")
		}
		text = append(text, line)
	}
	return reply{content: lines(text...), rows: rowOf(nil, l.buttons(s, corpusPage, len(documents))...)}, nil
}
