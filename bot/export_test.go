package bot

import (
	"net/http"
	"time"

	"verbatim/answers"
)

// MaxUnderWay is how many interactions the bot answers at a time.
const MaxUnderWay = maxUnderWay

// Quicken makes the bot wait less for the gateway than Discord wants.
func (b *Bot) Quicken() {
	b.rhythm.firstPause /= 10
	b.rhythm.invalidPause /= 10
}

// SetSilence sets how long the gateway may say nothing.
func (b *Bot) SetSilence(d time.Duration) { b.rhythm.silence = d }

// NonceHeader marks a request that can be sent again.
const NonceHeader = nonceHeader

// NewTransport returns what carries the requests to the API at base.
func NewTransport(base string) (http.RoundTripper, error) { return newTransport(base) }

// An Embed is what a quote is shown as.
type Embed struct{ Description, Footer string }

// Message returns what is shown of a reply.
func Message(r answers.Reply) (content string, embeds []Embed) {
	m := message(r, english)
	for _, e := range m.embeds {
		embeds = append(embeds, Embed{e.Description, e.Footer.Text})
	}
	return m.content, embeds
}
