package fakediscord

import (
	"strings"
	"time"
)

// The limits of embeds.
//
// Source: docs.discord.com/developers/resources/message#embed-object-embed-limits
const (
	maxEmbeds           = 10
	maxEmbedText        = 6000 // over all embeds of a message
	maxEmbedTitle       = 256
	maxEmbedDescription = 4096
	maxEmbedFields      = 25
	maxEmbedFieldName   = 256
	maxEmbedFieldValue  = 1024
	maxEmbedFooter      = 2048
	maxEmbedAuthor      = 256
)

// An Embed is a framed part of a message.
//
// Source: docs.discord.com/developers/resources/message#embed-object
type Embed struct {
	Title       string       `json:"title,omitempty"`
	Type        string       `json:"type,omitempty"` // always "rich"
	Description string       `json:"description,omitempty"`
	URL         string       `json:"url,omitempty"`
	Timestamp   *time.Time   `json:"timestamp,omitempty"`
	Color       int          `json:"color,omitempty"`
	Footer      *EmbedFooter `json:"footer,omitempty"`
	Image       *EmbedMedia  `json:"image,omitempty"`
	Thumbnail   *EmbedMedia  `json:"thumbnail,omitempty"`
	Author      *EmbedAuthor `json:"author,omitempty"`
	Fields      []EmbedField `json:"fields,omitempty"`
}

// An EmbedFooter is the last line of an embed.
type EmbedFooter struct {
	Text    string `json:"text"`
	IconURL string `json:"icon_url,omitempty"`
}

// EmbedMedia is a picture in an embed.
type EmbedMedia struct {
	URL string `json:"url"`
}

// An EmbedAuthor is the first line of an embed.
type EmbedAuthor struct {
	Name    string `json:"name"`
	URL     string `json:"url,omitempty"`
	IconURL string `json:"icon_url,omitempty"`
}

// An EmbedField is a titled part of an embed.
type EmbedField struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Inline bool   `json:"inline,omitempty"`
}

// checkEmbeds refuses embeds that break a limit. Texts are counted without the space
// around them, as Discord does.
func checkEmbeds(at field, embeds []Embed) {
	at.count(len(embeds), 0, maxEmbeds)
	sum := 0
	for i, e := range embeds {
		sum += checkEmbed(at.index(i), e)
	}
	if sum > maxEmbedText {
		at.fail("MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of %d", maxEmbedText)
	}
}

// checkEmbed returns the number of characters in an embed.
func checkEmbed(at field, e Embed) (sum int) {
	text := func(at field, s string, least, most int) {
		s = strings.TrimSpace(s)
		at.length(s, least, most)
		sum += textLength(s)
	}
	text(at.key("title"), e.Title, 0, maxEmbedTitle)
	text(at.key("description"), e.Description, 0, maxEmbedDescription)
	if e.Footer != nil {
		text(at.key("footer").key("text"), e.Footer.Text, 0, maxEmbedFooter)
	}
	if e.Author != nil {
		text(at.key("author").key("name"), e.Author.Name, 0, maxEmbedAuthor)
	}
	at.key("fields").count(len(e.Fields), 0, maxEmbedFields)
	for i, f := range e.Fields {
		text(at.key("fields").index(i).key("name"), f.Name, 1, maxEmbedFieldName)
		text(at.key("fields").index(i).key("value"), f.Value, 1, maxEmbedFieldValue)
	}
	checkURL(at.key("url"), e.URL)
	if e.Image != nil {
		checkURL(at.key("image").key("url"), e.Image.URL)
	}
	if e.Thumbnail != nil {
		checkURL(at.key("thumbnail").key("url"), e.Thumbnail.URL)
	}
	return sum
}

// checkURL refuses addresses that embeds can not hold: they are http, https or the name
// of an attached file.
func checkURL(at field, address string) {
	scheme, _, ok := strings.Cut(address, "://")
	if address != "" && (!ok || scheme != "http" && scheme != "https" && scheme != "attachment") {
		at.fail("URL_TYPE_INVALID_SCHEME", "Scheme %q is not supported. Scheme must be one of ('http', 'https').", scheme)
	}
}

// storedEmbeds is what Discord keeps of embeds: trimmed, and always of type rich.
func storedEmbeds(embeds []Embed) []Embed {
	kept := make([]Embed, 0, len(embeds))
	for _, e := range embeds {
		e.Type = "rich"
		e.Title, e.Description = strings.TrimSpace(e.Title), strings.TrimSpace(e.Description)
		kept = append(kept, e)
	}
	return kept
}
