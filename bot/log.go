package bot

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"math"
	"net/http"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/bwmarrin/discordgo"

	"verbatim/answers"
	"verbatim/config/database"
	"verbatim/corpus"
)

// keepLogging writes what people changed of a guild to the channel that the guild has set
// for it, until ctx is done.
func (b *Bot) keepLogging(ctx context.Context) {
	for sleep(ctx, b.rhythm.notices) == nil {
		guilds, err := b.options.Homes.guilds(ctx)
		for _, guild := range guilds {
			if l := b.leaseFor(guild); l != nil {
				err = errors.Join(err, b.guardedLog(under(ctx, l), guild))
			}
			if isUnauthorized(err) {
				break // Discord bans who goes on asking
			}
		}
		if err != nil && ctx.Err() == nil {
			b.options.Log.Warn("write to the channels of the log", "err", err)
		}
	}
}

// guardedLog is logIn with an error in the place of a panic, which would end the process.
func (b *Bot) guardedLog(ctx context.Context, guild string) (err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("panic")
			b.options.Log.Error("panic", "in", "log", "stack", string(debug.Stack()))
		}
	}()
	return b.logIn(ctx, guild)
}

// maxLogged is how many entries are told at a time in one guild.
const maxLogged = 100

// logIn tells what is not told yet. In the channel stands what may be seen there; where no
// channel is set, nothing is to be told later either.
func (b *Bot) logIn(ctx context.Context, guild string) error {
	pending, err := b.options.Curated.Untold(ctx, corpus.Everything(guild), maxLogged)
	if err != nil || len(pending) == 0 {
		return err
	}
	upTo := pending[len(pending)-1].Number
	channel, language, err := b.logChannel(ctx, guild)
	if err != nil {
		return err
	}
	if channel == "" {
		return b.options.Curated.Told(ctx, guild, math.MaxInt64)
	}
	if b.isSilenced(guild, channel) {
		return nil
	}
	access, err := b.options.Texts.AccessOf(ctx, guild, corpus.Asker{Channels: []string{channel}, Public: true})
	if err != nil {
		return err
	}
	entries, err := b.options.Curated.Untold(ctx, access, maxLogged)
	if err != nil {
		return err
	}
	entries = slices.DeleteFunc(entries, func(e answers.Logged) bool { return e.Number > upTo }) // for the next time
	w := wordsIn(language)
	for len(entries) > 0 {
		text, n := logText(entries, w)
		_, err := b.post(ctx, channel, "", logNonce(guild, entries[:n]), reply{content: text})
		if refused(err) || hasStatus(err, http.StatusForbidden) || hasStatus(err, http.StatusNotFound) {
			b.silence(guild, channel)
			b.options.Log.Warn("the bot may not write in the log's channel", "guild", guild, "channel", channel, "again_in", silenceLife, "err", withoutAddress(err))
			return nil // it is told there when it can be
		}
		if err != nil {
			return fmt.Errorf("write to the log's channel: %w", err)
		}
		if err := b.options.Curated.Told(ctx, guild, entries[n-1].Number); err != nil {
			return err
		}
		entries = entries[n:]
	}
	return b.options.Curated.Told(ctx, guild, upTo) // also what is not to be seen there
}

// logChannel returns the channel that a guild has set for its log, "" for none, and the
// language that the bot speaks to all there.
func (b *Bot) logChannel(ctx context.Context, guild string) (channel, language string, err error) {
	settings, err := b.options.Settings.List(ctx, guild)
	if err != nil {
		return "", "", err
	}
	for _, e := range settings {
		switch e.Name {
		case "log_channel":
			channel = e.Value
		case "language":
			language = e.Value
		}
	}
	if channel != "" && speaks(language) == "" { // it follows questions, of which there is none
		body, err := b.fetch(ctx, "GET", discordgo.EndpointGuild(b.discordGuild(guild)), nil)
		if err == nil {
			language = read[struct {
				Locale string `json:"preferred_locale"`
			}](body).Locale
		}
	}
	return channel, language, nil
}

// logNonce is the same each time that the same is told. Discord takes 25 characters.
func logNonce(guild string, entries []answers.Logged) string {
	h := fnv.New64a()
	first, last := entries[0], entries[len(entries)-1]
	fmt.Fprint(h, guild, "/", first.Number, "/", first.Made.UnixMilli(), "/", last.Number)
	return fmt.Sprintf("log-%x", h.Sum64())
}

// logText writes as many entries as a message has room for, and returns how many. What one
// person did several times in a row stands on one line.
func logText(entries []answers.Logged, w words) (text string, n int) {
	for n < len(entries) {
		same := n + 1
		for same < len(entries) && alikeLogged(entries[n], entries[same]) {
			same++
		}
		line := logLine(entries[n:same], w)
		if n > 0 && utf16Len(text)+utf16Len(line)+1 > maxContent {
			break
		}
		if n > 0 {
			text += "\n"
		}
		text, n = text+line, same
	}
	return text, n
}

func alikeLogged(a, b answers.Logged) bool {
	return a.Who == b.Who && a.Via == b.Via && a.Kind == b.Kind && a.Action == b.Action
}

// maxLogNames is how much room the names on one line of the log take.
const maxLogNames = 600

func logLine(same []answers.Logged, w words) string {
	var names []string
	for _, e := range same {
		names = append(names, loggedName(e, w))
	}
	// What is cut off of many names are whole ones.
	shown, room := 0, maxLogNames
	for shown < len(names) {
		if room -= utf16Len(names[shown]) + 2; room < 0 && shown > 0 {
			break
		}
		shown++
	}
	e := same[0]
	separator := ", "
	if e.Kind == "setting" { // whose values may have commas
		separator = " · "
	}
	list := strings.Join(names[:shown], separator)
	if shown < len(names) {
		list += separator + "…"
	}
	who := w.person(e.Who)
	if e.Via == database.ViaCommandLine {
		who = w.say("log_command_line")
		if e.Who != database.ViaCommandLine {
			who += " (" + w.person(e.Who) + ")"
		}
	}
	if e.Via == database.ViaFolder {
		who = w.say("log_folder")
	}
	text := logTexts[e.Kind+" "+e.Action]
	if text == "" { // of a version that knows more
		return w.say("log_other", "Who", who, "What", escape(e.Kind+" "+e.Action), "Names", list)
	}
	return w.count(text, len(same), "Who", who, "Names", list)
}

// loggedName names what an entry is about. Roles and channels in its detail stay mentions.
func loggedName(e answers.Logged, w words) string {
	name := escape(cut(e.Name, maxEntry, escapedLen))
	if name == "" && e.Kind == "course" || e.Kind == "course" && strings.TrimSpace(e.Name) == "" {
		name = w.say("sources_no_course")
	}
	if name == "" {
		name = "`" + strings.ReplaceAll(cut(e.Subject, maxLabel, utf16.RuneLen), "`", "'") + "`"
	}
	switch {
	case strings.HasPrefix(e.Action, "quotes"):
		return loggedQuotes(e, w)
	case e.Detail == "":
		return name
	case e.Kind == "setting":
		return loggedSetting(e, name, w)
	}
	return w.say("settings_line", "Name", name, "Value", loggedDetail(e))
}

// loggedDetail writes the detail of an entry, in which roles and channels stay mentions.
func loggedDetail(e answers.Logged) string {
	detail, sign := "", "<#"
	if strings.Contains(e.Name, "role") {
		sign = "<@&"
	}
	separated := func(r rune) bool { return r == ' ' || r == ',' && e.Kind == "setting" }
	for _, part := range strings.FieldsFunc(cut(e.Detail, maxEntry, utf16.RuneLen), separated) {
		switch {
		case e.Kind == "setting" && isID(part):
			part = sign + part + ">"
		case !mention.MatchString(part):
			part = escape(part)
		}
		detail += " " + part
	}
	return strings.TrimSpace(detail)
}

// mention finds a mention of a role or a channel.
var mention = regexp.MustCompile(`^<(?:@&|#)\d{1,20}>$`)

// logTexts say what was done, by what and how it was done.
var logTexts = map[string]string{
	"document added": "log_document_added", "document replaced": "log_document_replaced",
	"document removed": "log_document_removed", "document restored": "log_document_restored",
	"document sorted": "log_document_sorted", "document renamed": "log_document_renamed",
	"document retitled": "log_document_retitled",
	"course limited":    "log_course_limited", "course opened": "log_course_opened",
	"course quotes limited": "log_quotes_limited", "course quotes opened": "log_quotes_opened",
	"licence quotes limited": "log_quotes_limited", "licence quotes opened": "log_quotes_opened",
	"setting set":  "log_setting_set",
	"answer added": "log_answer_added", "answer edited": "log_answer_edited", "answer removed": "log_answer_removed",
	"answer restored": "log_answer_restored", "answer reverted": "log_answer_reverted",
	"question answered": "log_question_answered", "question dismissed": "log_question_dismissed", "question reopened": "log_question_reopened",
	"proposal accepted": "log_proposal_accepted", "proposal declined": "log_proposal_declined",
	"glossary added": "log_glossary_added", "glossary edited": "log_glossary_edited", "glossary removed": "log_glossary_removed",
}

// person writes who did something.
func (w words) person(id string) string {
	switch {
	case id == answers.FormerMember:
		return w.say("former_member")
	case isID(id):
		return "<@" + id + ">"
	}
	return escape(cut(id, maxLabel, utf16.RuneLen))
}

// isID reports whether a text can be an ID of Discord's.
func isID(text string) bool {
	return len(text) >= 15 && len(text) <= 20 && !slices.ContainsFunc([]byte(text), func(c byte) bool { return c < '0' || c > '9' })
}
