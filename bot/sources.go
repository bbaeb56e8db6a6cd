package bot

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"verbatim/answers"
	"verbatim/corpus"
)

// sources answers /sources: the texts that the asker sees, by their courses.
func (b *Bot) sources(ctx context.Context, t *turn, c command) error {
	at, w := t.seat(), t.words()
	if text, wait := b.limits.question(at.user, at.channel, at.discordGuild); wait > 0 {
		return b.tell(ctx, t, w.say(text, "Seconds", seconds(wait)))
	}
	q := asking{seat: at, course: c.text(nameCourse), private: true}
	return b.openList(ctx, t, &paged{seat: at, size: sourcesPage, show: func(ctx context.Context, s seat, w words, from int) (page, error) {
		q.seat = s
		return b.sourcesPage(ctx, q, w, from)
	}})
}

// sourcesPage is how many texts a page of /sources shows.
const sourcesPage = 7

// maxSource is how long what is said of a text may be, so that a page fits.
const maxSource = 180

func (b *Bot) sourcesPage(ctx context.Context, q asking, w words, from int) (page, error) {
	access, err := b.access(ctx, q.seat, false)
	if err != nil {
		return page{}, err
	}
	settings, err := b.options.Settings.Get(ctx, b.guild(q.seat.discordGuild))
	if err != nil {
		return page{}, err
	}
	if text := elsewhere(settings, q.seat, w); text != "" {
		return page{reply: reply{content: text}}, nil
	}
	narrowed, r, err := b.narrowed(ctx, access, q, w)
	if err != nil || r != nil {
		return page{reply: orEmpty(r)}, err
	}
	documents, err := b.options.Texts.Documents(ctx, access, false)
	if err != nil {
		return page{}, err
	}
	documents = slices.DeleteFunc(documents, func(d corpus.Document) bool {
		return narrowed.filter.Courses != nil && !slices.Contains(narrowed.filter.Courses, d.Course)
	})
	if len(documents) == 0 {
		return page{reply: b.noTexts(q.seat, w)}, nil
	}
	slices.SortStableFunc(documents, func(x, y corpus.Document) int {
		return cmp.Or(cmp.Compare(x.Course, y.Course), cmp.Compare(answers.Title(x), answers.Title(y)))
	})
	from = min(from, (len(documents)-1)/sourcesPage*sourcesPage)
	to := min(from+sourcesPage, len(documents))
	lines := []string{w.count("sources_title", len(documents), "Page", from/sourcesPage+1, "Pages", (len(documents)-1)/sourcesPage+1)}
	for i, d := range documents[from:to] {
		if i == 0 || d.Course != documents[from+i-1].Course {
			lines = append(lines, "**"+courseHeading(d.Course, w)+"**")
		}
		lines = append(lines, "- "+about(d, w))
	}
	return page{reply{content: strings.Join(lines, "\n")}, from, to < len(documents)}, nil
}

func courseHeading(course string, w words) string {
	if course == "" {
		return w.say("sources_no_course")
	}
	return w.say("sources_course", "Course", escape(cut(course, 50, escapedLen)))
}

// about says what is known of a text.
func about(d corpus.Document, w words) string {
	parts := []string{d.Author, answers.Title(d), d.Date, w.tongue(d.Language)}
	if d.Licence != "" {
		parts = append(parts, w.say("sources_licence", "Licence", d.Licence))
	}
	parts = slices.DeleteFunc(parts, func(part string) bool { return strings.TrimSpace(visible(part)) == "" })
	return escape(cut(strings.Join(parts, ", "), maxSource, escapedLen))
}

// tongue returns the name of a language, or its code where there is none.
func (w words) tongue(code string) string {
	if slices.Contains(tongues, code) {
		return w.say("language_" + code)
	}
	return code
}

// tongues are the languages that texts can be narrowed to.
var tongues = []string{"fr", "es", "en", "de", "it", "pt"}
