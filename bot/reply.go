package bot

import (
	"strings"
	"unicode/utf16"

	"github.com/bwmarrin/discordgo"

	"verbatim/answers"
	"verbatim/corpus"
)

// Lengths that Discord takes, in UTF-16 code units:
// docs.discord.com/developers/resources/message#embed-object-embed-limits. The
// citations are kept far shorter than they may be, to leave the room to the quotes.
const (
	maxContent     = 2000
	maxEmbeds      = 6000 // over all embeds of a message
	maxDescription = 4096
	maxCitation    = 500
)

const (
	// maxTitle is how much of a document's title stands above its excerpts.
	maxTitle = 200
	// maxWords is how much a list of words of the asker or the texts may take up.
	maxWords = 250
)

// A scope is what was searched.
type scope struct {
	texts int    // how many
	where string // the course or document that the asker chose, "" for none
}

// layout is what is shown of a reply: each quote with its citation, in an embed of its
// own, and above them what they are. That is all that a notification shows.
func layout(r answers.Reply, searched scope, frame *framing, w words) reply {
	out := reply{content: strings.Join(heading(r, searched, w), "\n")}
	room := maxEmbeds
	if r.Curated != nil {
		if len(r.Quotes) > 0 {
			room -= besideCurated
		}
		out.embeds = curatedEmbeds(*r.Curated, frame, room)
		room = besideCurated
	}
	beside := quoteEmbeds(r.Quotes, frame, room)
	if r.Curated != nil && len(beside) > 0 {
		beside[0].Title = w.say("curated_beside")
	}
	out.embeds = append(out.embeds, beside...)
	return out
}

// besideCurated is the room that is left to the quote beside a curated answer.
const besideCurated = 1500

// quoteEmbeds shows quotes, in so much room together, no more of a text than may be quoted.
func quoteEmbeds(quotes []answers.Excerpt, frame *framing, room int) []*discordgo.MessageEmbed {
	var embeds []*discordgo.MessageEmbed
	for _, e := range quotes {
		citation := cut(e.Citation, maxCitation, utf16.RuneLen)
		link := frame.beside(e, quotes)
		most := min(maxDescription, room/len(quotes)-utf16Len(citation)-maxEmbedTitle) - utf16Len(link)
		embeds = append(embeds, &discordgo.MessageEmbed{
			Description: quote(e.Text, e.Marks, most, frame.Most(e.Document)) + link,
			Footer:      &discordgo.MessageEmbedFooter{Text: citation},
		})
	}
	return embeds
}

// maxEmbedTitle is the room that is left to a title of ours.
const maxEmbedTitle = 100

// curatedEmbeds shows a curated answer with its sources below it.
func curatedEmbeds(c answers.CuratedReply, frame *framing, room int) []*discordgo.MessageEmbed {
	var sources []string
	for _, e := range c.Shown {
		sources = append(sources, e.Citation)
	}
	citation := cut(strings.Join(sources, "; "), maxCitation, utf16.RuneLen)
	var embeds []*discordgo.MessageEmbed
	links := frame.below(c.Shown)
	for _, part := range markdown(c.Answer, room-utf16Len(citation)-utf16Len(links)) {
		embeds = append(embeds, &discordgo.MessageEmbed{Description: part})
	}
	if n := len(embeds); links != "" && n > 0 && utf16Len(embeds[n-1].Description+links) <= maxDescription {
		embeds[n-1].Description += links
	}
	if n := len(embeds); n > 0 && citation != "" {
		embeds[n-1].Footer = &discordgo.MessageEmbedFooter{Text: citation}
	}
	return embeds
}

// heading says what the quotes are, a line each.
func heading(r answers.Reply, searched scope, w words) []string {
	var lines []string
	if r.ReadAs != "" {
		lines = append(lines, smallSign+w.say("read_as", "Question", escape(cut(r.ReadAs, maxWords, escapedLen))))
	}
	switch {
	case r.SmallTalk:
		return []string{w.say("small_talk")}
	case r.Curated != nil && r.Hedged:
		lines = append(lines, w.say("curated_wider"), smallSign+w.say("curated_beyond", "Words", enumerated(r.Curated.Likeness.Beyond)))
	case r.Curated != nil:
		lines = append(lines, w.say("curated"))
	case r.Outcome == answers.None:
		lines = append(lines, no(r, searched, w)...)
	case r.Hedged:
		lines = append(lines, w.say("hedged"))
	default:
		lines = append(lines, excerptsOf(r.Quotes, w))
	}
	if also := searchedAlso(r, w); also != "" && r.Curated == nil {
		lines = append(lines, smallSign+w.say("searched_also", "Words", also))
	}
	return lines
}

// smallSign begins a line in small letters.
const smallSign = "-# "

// no says that there is no answer: what was searched, which words the texts lack, and which
// they have instead.
func no(r answers.Reply, searched scope, w words) []string {
	lines := []string{w.say("none")}
	var small []string
	switch {
	case searched.where != "":
		small = append(small, w.say("searched_in_filtered", "Where", escape(cut(searched.where, maxTitle, escapedLen))))
	case searched.texts > 0:
		small = append(small, w.count("searched_in", searched.texts))
	}
	if len(r.Lacking) > 0 {
		small = append(small, w.say("lacking", "Words", enumerated(r.Lacking)))
	}
	if small != nil {
		lines = append(lines, smallSign+strings.Join(small, " "))
	}
	if len(r.DidYouMean) > 0 {
		lines = append(lines, w.say("did_you_mean", "Words", enumerated(r.DidYouMean)))
	}
	if len(r.Quotes) > 0 {
		lines = append(lines, w.say("near"))
	}
	return lines
}

// enumerated writes words after one another, as many as there is room for.
func enumerated(all []string) string {
	return escape(cut(strings.Join(all, ", "), maxWords, escapedLen))
}

// searchedAlso says as what words were read that the texts lack.
func searchedAlso(r answers.Reply, w words) string {
	var all []string
	for _, reading := range r.SearchedAlso {
		read := strings.Join(reading.Read, w.say("or"))
		all = append(all, w.say("read_for", "Read", read, "Typed", reading.Typed))
	}
	return enumerated(all)
}

// excerptsOf says how many excerpts there are, and of what.
func excerptsOf(quotes []answers.Excerpt, w words) string {
	documents := map[string]bool{}
	for _, e := range quotes {
		documents[e.Document.ID] = true
	}
	if len(documents) > 1 {
		return w.count("excerpts_of_texts", len(quotes), "Texts", len(documents))
	}
	return w.count("excerpts_of_text", len(quotes), "Title", titleOf(quotes[0].Document))
}

// titleOf writes the title of a document.
func titleOf(d corpus.Document) string {
	return escape(cut(answers.Title(d), maxTitle, escapedLen))
}

// plain is what a reply shows without frames: its quotes one below the other, as many as
// there is room for.
func (r reply) plain() string {
	text := r.content
	for _, e := range r.embeds {
		more := "\n" + e.Description
		if e.Footer != nil {
			more += "\n" + smallSign + escape(e.Footer.Text)
		}
		if utf16Len(text)+utf16Len(more) > maxContent {
			break
		}
		text += more
	}
	return text
}
