package bot

import (
	"context"
	"net/http"
	"reflect"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/answers"
	"verbatim/corpus"
)

// MaxUnderWay is how many interactions the bot answers at a time.
const MaxUnderWay = maxUnderWay

// MaxRefusals is how many it tells at a time that there is no room.
const MaxRefusals = maxRefusals

// Quicken makes the bot wait less for the gateway than Discord wants.
func (b *Bot) Quicken() {
	b.rhythm.firstPause /= 10
	b.rhythm.invalidPause /= 10
	b.rhythm.identifying /= 100
	b.rhythm.looks /= 100
	b.rhythm.settles /= 50
	b.rhythm.notices /= 100
	b.rhythm.digests /= 3000
}

// LookAllTheTime makes the bot look without a pause for what is not answered, and count a
// question as one that should be worked on as soon as it is claimed.
func (b *Bot) LookAllTheTime() { b.rhythm.looks, b.rhythm.settles = 0, 0 }

// SetProgress sets how long the bot waits between two words on how far a work is.
func (b *Bot) SetProgress(d time.Duration) { b.rhythm.progress = d }

// SetReader sets how files are read, and how long that may take.
func (b *Bot) SetReader(check func(context.Context, corpus.File) (corpus.Report, error), most time.Duration) {
	b.check, b.rhythm.uploads = check, most
}

// Knows reports whether what a guild has set was read once.
func (b *Bot) Knows(guild string) bool {
	_, known := b.terms.get(b.guild(guild))
	return known
}

// Reading returns how many files are being fetched or read.
func (b *Bot) Reading() int { return maxUploading - len(b.uploading) }

// SetInvalidPause sets how long the bot waits at most after an invalid session.
func (b *Bot) SetInvalidPause(d time.Duration) { b.rhythm.invalidPause = d }

// SetSilence sets how long the gateway may say nothing, after a heartbeat is due half
// as long.
func (b *Bot) SetSilence(d time.Duration) { b.rhythm.silence, b.rhythm.late = d, d/2 }

// SetAcknowledges sets how long the first response to an interaction may take.
func (b *Bot) SetAcknowledges(d time.Duration) { b.rhythm.acknowledges = d }

// SetSteady sets how long a connection must stand for the pauses to be short again.
func (b *Bot) SetSteady(d time.Duration) { b.rhythm.steady = d }

// NonceHeader marks a request that can be sent again.
const NonceHeader = nonceHeader

// NewTransport returns what carries the requests to the API at base.
func NewTransport(base string) (http.RoundTripper, error) { return newTransport(base) }

// NewPacedTransport returns one that asks how many requests a second it may send, and until
// when none, and tells when Discord wants none.
func NewPacedTransport(base string, perSecond func() float64, elsewhere func() time.Time, tell func(time.Duration)) (http.RoundTripper, error) {
	t, err := newTransport(base)
	if err == nil {
		t.pace.perSecond, t.elsewhere, t.tell = perSecond, elsewhere, tell
	}
	return t, err
}

// Paces returns when requests go out that all come at a time, by a clock that stands still
// unless one waits. PerSecond is asked before each.
func Paces(count int, perSecond func() float64) []time.Duration {
	var now time.Time
	begun := now
	p := &pace{perSecond: perSecond, now: func() time.Time { return now }, wait: func(_ context.Context, d time.Duration) error {
		now = now.Add(d)
		return nil
	}}
	var sent []time.Duration
	for range count {
		_ = p.pass(context.Background()) // the wait has no errors
		sent = append(sent, now.Sub(begun))
	}
	return sent
}

// An Embed is what a quote is shown as.
type Embed struct{ Title, Description, Footer string }

// Message returns what is shown of a reply in a language.
func Message(r answers.Reply, language string) (content string, embeds []Embed) {
	m := layout(r, scope{}, nil, wordsIn(language))
	for _, e := range m.embeds {
		shown := Embed{Title: e.Title, Description: e.Description}
		if e.Footer != nil {
			shown.Footer = e.Footer.Text
		}
		embeds = append(embeds, shown)
	}
	return m.content, embeds
}

// Free returns how many interactions more the bot could answer now.
func (b *Bot) Free() int { return len(b.dispatcher.places) }

// Buckets returns how many rate-limit buckets the client keeps of the bot's requests.
func (b *Bot) Buckets() int {
	limiter := b.session.Ratelimiter
	limiter.Lock()
	defer limiter.Unlock()
	return reflect.ValueOf(limiter).Elem().FieldByName("buckets").Len()
}

// SameCommands reports whether commands as Discord lists them are those wanted.
func SameCommands(registered string, wanted []*discordgo.ApplicationCommand) (bool, error) {
	return sameCommands([]byte(registered), wanted)
}

// Say returns a text of the bot's in a language, with nothing filled in.
func Say(language, id string) string {
	messages, err := readTexts(language)
	if err != nil {
		panic(err)
	}
	for _, m := range messages {
		if m.ID == id {
			return m.One + m.Other
		}
	}
	return ""
}

// MaxDesksOfOne is at how many desks one person can work.
const MaxDesksOfOne = maxDesksOfOne

// A Described is a command or an option as people see it.
type Described struct {
	Name, Description string
	Names, Does       map[string]string // by locales
	Options           []Described
	Message           bool // a command on messages
	Sub               bool // a subcommand
}

// Commands returns the bot's commands.
func Commands() []Described {
	var all []Described
	for _, c := range commands() {
		d := Described{Name: c.Name, Description: c.Description, Message: c.Type == discordgo.MessageApplicationCommand}
		d.Names = byLocale(*c.NameLocalizations)
		if c.DescriptionLocalizations != nil {
			d.Does = byLocale(*c.DescriptionLocalizations)
		}
		d.Options = describedOptions(c.Options)
		all = append(all, d)
	}
	return all
}

func describedOptions(options []*discordgo.ApplicationCommandOption) []Described {
	var all []Described
	for _, o := range options {
		all = append(all, Described{
			Name: o.Name, Description: o.Description, Names: byLocale(o.NameLocalizations), Does: byLocale(o.DescriptionLocalizations),
			Options: describedOptions(o.Options), Sub: o.Type == discordgo.ApplicationCommandOptionSubCommand,
		})
	}
	return all
}

func byLocale(in map[discordgo.Locale]string) map[string]string {
	out := map[string]string{}
	for locale, text := range in {
		out[string(locale)] = text
	}
	return out
}

// Markdown writes a curated answer as Discord shows it, in parts.
func Markdown(source string, most int) []string { return markdown(source, most) }

// Label writes a text where there is no markdown.
func Label(text string) string { return label(text) }

// CodeBlock writes a text in a block of code.
func CodeBlock(text string) string { return codeBlock(text) }

// Heading is what stands above the quotes of a reply that finds no answer.
func Heading(r answers.Reply, language string) string {
	return layout(r, scope{texts: 3}, nil, wordsIn(language)).content
}

// A Shelf keeps texts.
type Shelf struct{ *shelf[string] }

// NewShelf returns a shelf.
func NewShelf(most int, life time.Duration, now func() time.Time) Shelf {
	return Shelf{newShelf[string](most, life, now)}
}

// Put keeps a text and returns its ID.
func (s Shelf) Put(text string) string { return s.put(text) }

// Get returns the text with an ID.
func (s Shelf) Get(id string) (string, bool) { return s.get(id) }

// A Pile keeps drafts.
type Pile struct{ *pile }

// NewPile returns a pile that holds so many bytes.
func NewPile(most int, now func() time.Time) Pile { return Pile{newPile(most, now)} }

// Put keeps a draft with a text.
func (p Pile) Put(id, text string) { p.put(id, []corpus.Draft{{Source: text}}) }

// Holds reports whether drafts with an ID are there, and takes them.
func (p Pile) Holds(id string) bool { return p.take(id) != nil }

// Expire forgets what waits for too long.
func (p Pile) Expire() { p.expire() }

// SaysWhy reports whether a text of its own says why a file is not read.
func SaysWhy(err error) bool { return unreadTexts[err] != "" }
