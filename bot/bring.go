package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
	"golang.org/x/text/unicode/norm"

	"verbatim/answers"
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
	file  string // its own name, where its moderator said which text it is to replace
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
			files = append(files, bringing{attachment: a, name: a.Filename, course: strings.TrimSpace(c.text(nameCourse))})
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
	return s.bring(ctx, []bringing{{attachment: a, name: d.Name, instead: true, course: d.Course, sidecar: corpus.Metadata{Licence: d.Licence, Link: d.Link}}})
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
		if f.instead {
			b.files[len(b.files)-1].file = f.Filename
		}
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
			told := s.say("bring_replaces")
			if f.file != "" {
				told = s.say("bring_instead", "File", escape(cut(f.file, maxLabel, escapedLen)))
			}
			embed.Description = "🔁 " + told + "\n" + embed.Description
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
	text := s.words.outcomes(outcomes)
	if slices.Contains(outcomes, corpus.Replaced) {
		text = lines(text, s.words.followed(s.followTexts(ctx)))
	}
	s.stored(text)
	s.work = newStoredPage(s, undo)
	return nil
}

// followTexts gives quotes in curated answers the places where they stand in texts that
// changed. That they could not be given them is no reason not to say that the texts are stored.
func (s *bench) followTexts(ctx context.Context) answers.QuotesFollowed {
	followed, err := s.bot.options.Curated.FollowTexts(ctx, s.guild)
	if err != nil {
		s.bot.options.Log.Error("follow texts", "guild", s.guild, "err", err)
	}
	return followed
}

// followed says what became of quotes in curated answers, "" where nothing did.
func (w words) followed(f answers.QuotesFollowed) string {
	var said []string
	if f.Taken > 0 {
		said = append(said, w.count("quotes_followed", f.Taken))
	}
	if f.Stale > 0 {
		said = append(said, w.count("quotes_waiting", f.Stale))
	}
	return strings.Join(said, " ")
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
