package bot

import (
	"net/http"
	"reflect"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/answers"
)

// MaxUnderWay is how many interactions the bot answers at a time.
const MaxUnderWay = maxUnderWay

// Quicken makes the bot wait less for the gateway than Discord wants.
func (b *Bot) Quicken() {
	b.rhythm.firstPause /= 10
	b.rhythm.invalidPause /= 10
}

// SetInvalidPause sets how long the bot waits at most after an invalid session.
func (b *Bot) SetInvalidPause(d time.Duration) { b.rhythm.invalidPause = d }

// SetSilence sets how long the gateway may say nothing, after a heartbeat is due half
// as long.
func (b *Bot) SetSilence(d time.Duration) { b.rhythm.silence, b.rhythm.late = d, d/2 }

// SetSteady sets how long a connection must stand for the pauses to be short again.
func (b *Bot) SetSteady(d time.Duration) { b.rhythm.steady = d }

// NonceHeader marks a request that can be sent again.
const NonceHeader = nonceHeader

// NewTransport returns what carries the requests to the API at base.
func NewTransport(base string) (http.RoundTripper, error) { return newTransport(base) }

// An Embed is what a quote is shown as.
type Embed struct{ Description, Footer string }

// Message returns what is shown of a reply in a language.
func Message(r answers.Reply, language string) (content string, embeds []Embed) {
	m := message(r, textsOf(language))
	for _, e := range m.embeds {
		embeds = append(embeds, Embed{e.Description, e.Footer.Text})
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
