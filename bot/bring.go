package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
	"golang.org/x/text/unicode/norm"

	"verbatim/corpus"
)

// A bringPage shows what is understood of files, and stores them when that is confirmed.
type bringPage struct {
	plain
	pile  string // ID of the drafts that wait
	files []brought
}

// A brought is a file as its moderator is told of it.
type brought struct {
	embed *discordgo.MessageEmbed
	name  string // of the document, "" for a file that is not taken
	there string // revision of the text that it replaces, as far as its moderator was told; "" for none
}

const (
	onConfirm = deskPrefix + "confirm"
	onCancel  = deskPrefix + "cancel"
)

// add reads the files of /corpus add.
func (s *bench) add(ctx context.Context, c command) error {
	var files []bringing
	for _, name := range fileOptions {
		if a, ok := c.Resolved.Attachments[c.text(name)]; ok {
			files = append(files, bringing{attachment: a, name: a.Filename, sidecar: corpus.Metadata{Course: strings.TrimSpace(c.text(nameCourse))}})
		}
	}
	return s.bring(ctx, files)
}

// replace reads the file of /corpus replace. What it does not say of itself stays as it is
// known.
func (s *bench) replace(ctx context.Context, c command) error {
	d, ok, err := s.findText(ctx, c)
	if err != nil || !ok {
		return err
	}
	a, ok := c.Resolved.Attachments[c.text(nameFile)]
	if !ok {
		return corpus.ErrNotFound // it is forged
	}
	return s.bring(ctx, []bringing{{attachment: a, name: d.Name, sidecar: corpus.Metadata{Course: d.Course, Licence: d.Licence, Link: d.Link}}})
}

// bring fetches and reads files one after another, and says meanwhile how far it is.
func (s *bench) bring(ctx context.Context, files []bringing) error {
	ctx, cancel := context.WithTimeout(ctx, s.bot.rhythm.uploads)
	defer cancel()
	b := &bringPage{pile: s.id}
	begun := time.Now()
	var drafts []corpus.Draft
	for i, f := range files {
		progress := func() {
			text := s.say("bring_reading", "Name", escape(cut(f.Filename, maxTitle, escapedLen)), "Number", i+1, "Count", len(files)) +
				" " + s.say("bring_since", "Seconds", seconds(time.Since(begun)))
			if _, err := s.bot.edit(ctx, s.turn, reply{content: text}); err != nil {
				s.bot.options.Log.Info("say how far reading is", "interaction", s.turn.ID, "err", err)
			}
			s.turn.standing = thinking // this was no answer yet
		}
		err := error(errTwice)
		var report corpus.Report
		if !slices.ContainsFunc(b.files, func(other brought) bool { return norm.NFC.String(other.name) == norm.NFC.String(f.name) }) {
			report, err = s.bot.take(ctx, f, progress)
		}
		if err != nil {
			b.files = append(b.files, brought{embed: s.unread(ctx, f, err)})
			continue
		}
		alike, err := s.bot.options.Texts.Alike(ctx, s.access, report.Draft)
		if err != nil {
			return err
		}
		alike = append(alike, report.Draft.Alike(drafts)...)
		report.Warnings = append(corpus.AlikeWarnings(alike), report.Warnings...)
		drafts = append(drafts, report.Draft)
		b.files = append(b.files, brought{embed: s.reported(report, (maxEmbeds-200)/len(files)), name: f.name})
	}
	if len(drafts) > 0 {
		s.bot.pile.put(s.id, drafts)
	}
	s.work = b
	_, err := b.compare(ctx, s)
	return err
}

// compare looks which files would replace a text, and reports whether that is another than
// its moderator was told.
func (b *bringPage) compare(ctx context.Context, s *bench) (changed bool, err error) {
	for i := range b.files {
		f := &b.files[i]
		if f.name == "" {
			continue
		}
		d, err := s.bot.options.Texts.DocumentNamed(ctx, s.access, f.name)
		if err != nil && !errors.Is(err, corpus.ErrNotFound) {
			return false, err
		}
		there := ""
		if err == nil && d.Removed.IsZero() {
			there = d.Revision
		}
		changed = changed || there != f.there
		f.there = there
	}
	return changed, nil
}

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
const maxReplaces = 120

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
	if x.Kind == corpus.AlikeText {
		return w.say("warn_alike", "Percent", x.Percent, "Name", escape(cut(x.Value, maxLabel, escapedLen)))
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

func formatUnix(t time.Time) string { return strconv.FormatInt(t.Unix(), 10) }

func (b *bringPage) show(_ context.Context, s *bench) (reply, error) {
	r := reply{content: s.say("bring_none")}
	readable, replaces := 0, 0
	for _, f := range b.files {
		embed := *f.embed
		if f.name != "" {
			readable++
		}
		if f.there != "" {
			replaces++
			embed.Description = "🔁 " + s.say("bring_replaces") + "\n" + embed.Description
		}
		r.embeds = append(r.embeds, &embed)
	}
	if readable == 0 {
		return r, nil
	}
	r.content = s.words.count("bring_title", readable)
	store := s.button("button_store", onConfirm, discordgo.SuccessButton)
	if replaces == readable {
		store = s.button("button_store_replace", onConfirm, discordgo.DangerButton)
	}
	r.rows = rowOf(nil, store, s.button("button_cancel", onCancel, discordgo.SecondaryButton))
	return r, nil
}

func (b *bringPage) press(ctx context.Context, s *bench, action string, _ press) error {
	if action == onCancel {
		s.bot.pile.take(b.pile)
		s.work = &finished{text: s.say("bring_cancelled")}
		return nil
	}
	changed, err := b.compare(ctx, s)
	if err != nil {
		return err
	}
	if changed { // what is confirmed was another thing
		s.note("bring_changed")
		return nil
	}
	drafts := s.bot.pile.take(b.pile)
	if drafts == nil {
		s.work = &finished{text: s.say("bring_old")}
		return nil
	}
	outcomes, undo, err := s.bot.options.Texts.PutUndoably(ctx, s.guild, drafts)
	if err != nil {
		s.bot.pile.put(b.pile, drafts) // it can be tried again
		return fmt.Errorf("store texts: %w", err)
	}
	s.followTexts(ctx)
	s.stored(s.words.outcomes(outcomes))
	s.work = newStoredPage(s, undo)
	return nil
}

// followTexts gives quotes in curated answers the places where they stand in texts that
// changed. That they could not be given them is no reason not to say that the texts are stored.
func (s *bench) followTexts(ctx context.Context) {
	if _, err := s.bot.options.Curated.FollowTexts(ctx, s.guild); err != nil {
		s.bot.options.Log.Error("follow texts", "guild", s.guild, "err", err)
	}
}

// outcomes says what became of files.
func (w words) outcomes(outcomes []corpus.Outcome) string {
	var lines []string
	for _, kind := range []struct {
		outcome corpus.Outcome
		text    string
	}{{corpus.Added, "stored_added"}, {corpus.Replaced, "stored_replaced"}, {corpus.Unchanged, "stored_unchanged"}} {
		n := len(slices.DeleteFunc(slices.Clone(outcomes), func(o corpus.Outcome) bool { return o != kind.outcome }))
		if n > 0 {
			lines = append(lines, w.count(kind.text, n))
		}
	}
	return strings.Join(lines, " ")
}

// A storedPage is what stands after texts were stored, which can be undone. What stood
// there before waits in the pile, which may come to lack the room for it.
type storedPage struct {
	plain
	undo []corpus.Undo // without what stood there before
	pile string        // "" if nothing stood there
}

func newStoredPage(s *bench, undo []corpus.Undo) *storedPage {
	p := &storedPage{undo: undo}
	var before []corpus.Draft
	for i := range undo {
		if undo[i].Before.Name != "" {
			p.pile = newID()
		}
		before = append(before, undo[i].Before)
		undo[i].Before = corpus.Draft{}
	}
	if p.pile != "" {
		s.bot.pile.put(p.pile, before)
	}
	return p
}

func (p *storedPage) show(_ context.Context, s *bench) (reply, error) {
	r := reply{content: s.say("stored_next")}
	if len(p.undo) > 0 {
		r.rows = rowOf(nil, s.button("button_undo", onUndo, discordgo.SecondaryButton))
	}
	return r, nil
}

func (p *storedPage) press(ctx context.Context, s *bench, action string, _ press) error {
	if action != onUndo || len(p.undo) == 0 {
		return nil
	}
	undo := slices.Clone(p.undo)
	before := s.bot.pile.take(p.pile)
	if p.pile != "" && len(before) != len(undo) {
		s.work = &finished{text: s.say("undo_old")}
		return nil
	}
	for i := range before {
		undo[i].Before = before[i]
	}
	n, err := s.bot.options.Texts.TakeBack(ctx, s.guild, undo)
	if err != nil {
		if p.pile != "" {
			s.bot.pile.put(p.pile, before) // it can be tried again
		}
		return err
	}
	s.followTexts(ctx)
	s.work = &finished{}
	if n == len(undo) {
		s.done("undone")
		return nil
	}
	s.note("undone_not", "Number", len(undo)-n, "Count", len(undo))
	if n > 0 {
		s.turn.done = "desk_done"
	}
	return nil
}
