package bot

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"github.com/bwmarrin/discordgo"

	"verbatim/corpus"
)

// unreadTexts say why a file is not read, and what to do instead.
var unreadTexts = map[error]string{
	errTooLarge: "unread_large", errForeignHost: "unread_host", errIncomplete: "unread_incomplete", errTwice: "unread_twice",
	corpus.ErrFormat: "unread_format", corpus.ErrOther: "unread_other", corpus.ErrBinary: "unread_binary", corpus.ErrEncoding: "unread_encoding",
	corpus.ErrEmpty: "unread_empty", corpus.ErrProtected: "unread_protected", corpus.ErrScan: "unread_scan", corpus.ErrImage: "unread_image",
	corpus.ErrOldOffice: "unread_office", corpus.ErrRTF: "unread_rtf", corpus.ErrArchive: "unread_archive", corpus.ErrDamaged: "unread_damaged",
	corpus.ErrTooMuch: "unread_much", corpus.ErrTooDeep: "unread_deep",
}

// unread says why a file is not taken.
func (s *bench) unread(ctx context.Context, f bringing, err error) *discordgo.MessageEmbed {
	why := s.say("unread")
	for reason, text := range unreadTexts {
		if errors.Is(err, reason) {
			why = s.say(text, "Most", maxUpload>>20)
		}
	}
	if ctx.Err() != nil {
		why = s.say("unread_slow")
	}
	s.bot.options.Log.Info("a file is not read", "interaction", s.turn.ID, "why", why)
	return &discordgo.MessageEmbed{Title: fileTitle(f.Filename), Description: "❌ " + why}
}

// reported says what is understood of a file.
func (s *bench) reported(r corpus.Report, most int) *discordgo.MessageEmbed {
	w := s.words
	var lines []string
	add := func(id, value string) {
		if strings.TrimSpace(visible(value)) != "" {
			lines = append(lines, w.say(id, "Value", escape(cut(value, maxTitle/2, escapedLen))))
		}
	}
	add("about_title", r.Title)
	add("about_author", r.Author)
	add("about_date", r.Date)
	add("about_language", w.tongue(r.Language))
	if r.Chosen != nil {
		r.Course = *r.Chosen
	}
	add("about_course", r.Course)
	add("about_licence", r.Licence)
	add("about_pages", pagesOf(r.Pages))
	lines = append(lines, w.say("about_notes", "Notes", len(r.Notes), "Headings", len(r.Headings)),
		w.say("about_size", "Size", w.size(len(r.Source)), "Passages", len(r.Passages)))
	if len(r.Warnings) > 0 {
		lines = append(lines, "⚠️ "+w.count("look_at", len(r.Warnings)))
	}
	for _, x := range r.Warnings[:min(len(r.Warnings), maxShownWarnings)] {
		lines = append(lines, "- "+w.warning(x))
	}
	return &discordgo.MessageEmbed{Title: fileTitle(r.Draft.Name), Description: stacked(lines, min(most-maxLabel-maxReplaces, maxDescription))}
}

// maxReplaces is room for the line which says that a text is replaced.
const maxReplaces = 220

// fileTitle writes the name of a file as the title of an embed, which is never empty.
func fileTitle(name string) string {
	return cmp.Or(escape(cut(strings.TrimSpace(name), maxLabel, escapedLen)), "…")
}

// maxShownWarnings is how many warnings are shown of a file.
const maxShownWarnings = 5

func pagesOf(pages []corpus.ReportedPage) string {
	switch len(pages) {
	case 0:
		return ""
	case 1:
		return pages[0].Label
	}
	return pages[0].Label + "–" + pages[len(pages)-1].Label
}

// warning says what a person should look at in a file.
func (w words) warning(x corpus.Warning) string {
	id := map[corpus.WarningKind]string{
		corpus.NoTitle: "warn_title", corpus.NoLanguage: "warn_language", corpus.VaguePage: "warn_page", corpus.MissingNote: "warn_missing_note",
		corpus.JoinedNotes: "warn_joined_notes", corpus.UncalledNote: "warn_uncalled_note", corpus.LostCharacter: "warn_character",
		corpus.LongSentence: "warn_sentence",
	}[x.Kind]
	text := escape(cut(x.Text, maxTitle, escapedLen))
	if alike := map[corpus.WarningKind]string{corpus.AlikeText: "warn_alike", corpus.PartText: "warn_part", corpus.HeldText: "warn_held"}[x.Kind]; alike != "" {
		return w.say(alike, "Percent", x.Percent, "Name", escape(cut(x.Value, maxLabel, escapedLen)))
	}
	if id != "" {
		text = w.say(id, "Value", escape(cut(x.Value, maxLabel, escapedLen)))
	}
	if x.Line > 0 {
		text = w.say("warn_line", "Line", x.Line, "Text", text)
	}
	return text
}

// size writes a number of bytes.
func (w words) size(bytes int) string {
	switch {
	case bytes >= 1<<20:
		return w.say("size_mega", "Size", w.number(float64(bytes)/(1<<20)))
	case bytes >= 1<<10:
		return w.say("size_kilo", "Size", w.number(float64(bytes)/(1<<10)))
	}
	return w.count("size_bytes", bytes)
}
