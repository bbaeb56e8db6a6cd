package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"verbatim/answers"
	"verbatim/corpus"
)

// What the views of a panel show.

// fill writes what the view shows.
func (b *Bot) fill(ctx context.Context, s *sheet) error {
	if len(s.quotes) == 0 {
		s.reply.content = s.words.say("panel_nothing")
		return nil
	}
	e := s.quotes[s.at]
	switch s.view {
	case viewContext:
		return b.fillContext(ctx, s, e)
	case viewNotes:
		return b.fillNotes(ctx, s, e)
	case viewReference:
		s.fillReference(e)
	case viewFurther:
		return b.fillFurther(ctx, s)
	case viewWhy:
		s.fillWhy(e)
	default:
		s.reply.content = s.words.say("panel_title", "Number", s.at+1, "Count", len(s.quotes))
		s.reply.embeds = quoteEmbeds([]answers.Excerpt{e}, s.limits, maxEmbeds)
	}
	return nil
}

// fillContext shows a passage around the excerpt, unless only short quotes are allowed, for
// page by page that would be all of the text.
func (b *Bot) fillContext(ctx context.Context, s *sheet, e answers.Excerpt) error {
	if s.limits.Most(e.Document) > 0 {
		s.reply.content = s.words.say("excerpt_cut")
		return nil
	}
	around, err := b.options.Answerer.Around(ctx, s.access, e, s.step)
	if errors.Is(err, corpus.ErrNotFound) || errors.Is(err, corpus.ErrStale) {
		s.reply.content = s.words.say("panel_gone")
		return nil
	}
	if err != nil {
		return err
	}
	s.step = around.Step
	lines := []string{s.words.say("panel_context")}
	if !around.Before {
		lines = append(lines, smallSign+s.words.say("panel_start"))
	}
	if !around.After {
		lines = append(lines, smallSign+s.words.say("panel_end"))
	}
	s.reply.content = strings.Join(lines, "\n")
	if around.Step == 0 {
		around.Excerpt.Marks = marksOf(around.Text, e.Text)
	}
	s.reply.embeds = quoteEmbeds([]answers.Excerpt{around.Excerpt}, s.limits, maxEmbeds)
	s.row(s.button("button_previous", pressBefore, !around.Before), s.button("button_next", pressAfter, !around.After))
	return nil
}

// marksOf marks in a passage what was quoted of it, as far as it stands there in one piece.
func marksOf(passage, quoted string) []corpus.Range {
	var marks []corpus.Range
	from := 0
	for piece := range strings.SplitSeq(quoted, "[…]") {
		piece = strings.TrimSpace(piece)
		at := strings.Index(passage[from:], piece)
		if piece == "" || at < 0 {
			continue
		}
		marks = append(marks, corpus.Range{Start: from + at, End: from + at + len(piece)})
		from += at + len(piece)
	}
	return marks
}

// maxNotes is how many notes are shown.
const maxNotes = 5

// fillNotes shows the notes that the excerpt calls.
func (b *Bot) fillNotes(ctx context.Context, s *sheet, e answers.Excerpt) error {
	notes, err := b.options.Answerer.Notes(ctx, s.access, e)
	if err != nil {
		return err
	}
	if len(notes) == 0 {
		s.reply.content = s.words.say("panel_no_notes")
		return nil
	}
	s.reply.content = s.words.say("panel_notes")
	s.reply.embeds = quoteEmbeds(notes[:min(len(notes), maxNotes)], s.limits, maxEmbeds)
	return nil
}

// fillReference shows the reference in all styles, each in code, from which it can be
// copied as it is. They are never cut: those for which a message has no room are a file.
func (s *sheet) fillReference(e answers.Excerpt) {
	var all, blocks []string
	for _, style := range []answers.Style{answers.Plain, answers.ISO690, answers.BibTeX} {
		text := visibleLines(answers.Refer(e, style))
		all, blocks = append(all, text), append(blocks, codeBlock(text))
	}
	s.reply.content = s.words.say("panel_reference") + "\n" + strings.Join(blocks, "\n")
	if utf16Len(s.reply.content) > maxContent {
		s.reply.content = s.words.say("panel_reference_file")
		s.reply.file = textFile("reference.txt", "text/plain; charset=utf-8", []byte(strings.Join(all, "\n\n")+"\n"))
	}
}

// visibleLines returns what is visible of a text of several lines.
func visibleLines(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		lines = append(lines, visible(strings.TrimRight(line, "\r\n")))
	}
	return strings.Join(lines, "\n")
}

// codeBlock shows a text as it is.
func codeBlock(text string) string {
	return "```\n" + strings.ReplaceAll(visibleLines(text), "`", "'") + "\n```"
}

// fillFurther shows a page of all passages that bear on the question.
func (b *Bot) fillFurther(ctx context.Context, s *sheet) error {
	q := answers.Question{Text: s.given.question, Access: s.access, Filter: s.given.filter}
	listing, from, err := b.listed(ctx, q, s.from, pageSize)
	if err != nil {
		return err
	}
	s.from = from
	if len(listing.Quotes) == 0 {
		s.reply.content = s.words.say("panel_no_further")
	} else {
		s.reply.content = s.words.say("panel_further", "From", s.from+1, "To", s.from+len(listing.Quotes))
		s.reply.embeds = quoteEmbeds(listing.Quotes, s.limits, maxEmbeds)
	}
	s.row(s.button("button_earlier_page", pressEarlier, s.from == 0), s.button("button_later_page", pressLater, !listing.More))
	return nil
}

// fillWhy says what speaks for the excerpt.
func (s *sheet) fillWhy(e answers.Excerpt) {
	w, parts := s.words, e.Explanation
	lines := []string{"**" + w.say("panel_why") + "**"}
	if len(e.Found) > 0 {
		lines = append(lines, w.say("why_found", "Words", enumerated(e.Found)))
	}
	if len(e.Missing) > 0 {
		lines = append(lines, w.say("why_missing", "Words", enumerated(e.Missing)))
	}
	lines = append(lines, w.say("why_score", "Score", w.number(e.Score)))
	for _, part := range []struct {
		text  string
		value float64
	}{
		{"why_words", parts.Words}, {"why_beginnings", parts.Beginnings}, {"why_order", parts.Order},
		{"why_nearness", parts.Nearness}, {"why_headings", parts.Headings}, {"why_names", parts.Names},
	} {
		if part.value != 0 {
			lines = append(lines, "- "+w.say(part.text, "Value", w.number(part.value)))
		}
	}
	if parts.Phrases > 0 {
		lines = append(lines, w.say("why_phrases", "Value", parts.Phrases))
	}
	if parts.Weight != 1 && parts.Weight != 0 {
		lines = append(lines, w.say("why_weight", "Value", w.number(parts.Weight)))
	}
	s.reply.content = strings.Join(lines, "\n")
}

// number writes a number as the language does.
func (w words) number(value float64) string {
	text := fmt.Sprintf("%.1f", value)
	if w.language != "en" {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text
}
