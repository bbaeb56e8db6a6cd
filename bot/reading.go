package bot

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"verbatim/answers"
	"verbatim/corpus"
)

// A framing says how quotes are framed: how much of a text may be quoted, and where the
// quote can be read in it. A nil framing limits nothing and leads nowhere.
type framing struct {
	limits corpus.QuoteLimits
	words  words
	link   func(quotes []corpus.Reference, course string) string // nil for no links
}

// framing returns how quotes are framed that are shown at a seat now.
func (b *Bot) framing(ctx context.Context, s seat, public bool, access corpus.Access, w words) (*framing, error) {
	limits, err := b.options.Texts.QuoteLimits(ctx, access)
	f := &framing{limits: limits, words: w}
	if err != nil || b.options.Link == nil {
		return f, err
	}
	asker, guild := s.asker(public), b.guild(s.discordGuild)
	var courses []corpus.Course
	if !public && len(asker.Roles) > 0 {
		if courses, err = b.options.Texts.Courses(ctx, access); err != nil {
			return nil, err
		}
	}
	f.link = func(quotes []corpus.Reference, course string) string {
		ground := asker
		ground.Roles = opening(courses, course, asker.Roles)
		return b.options.Link(guild, ground, quotes)
	}
	return f, nil
}

// opening returns those of the roles that open a course. No others are told to who has a
// link, nor does it rest on them.
func opening(courses []corpus.Course, course string, roles []string) []string {
	var open []string
	for _, c := range courses {
		if c.Limits == nil || !alike(c.Name, course) {
			continue
		}
		for _, role := range roles {
			if slices.Contains(c.Limits.Roles, role) {
				open = append(open, role)
			}
		}
	}
	return open
}

// Most returns how many characters a quote of a document may have; 0 for any number.
func (f *framing) Most(d corpus.Document) int {
	if f == nil {
		return 0
	}
	return f.limits.Most(d)
}

// maxLinkSpace is how much room a link may take beside a quote.
const maxLinkSpace = 1000

// beside returns a line with the link that opens a quote in its text, from where one gets
// to the others of the same text; "" if there is none.
func (f *framing) beside(e answers.Excerpt, others []answers.Excerpt) string {
	if address := f.address(e, others); address != "" {
		return "\n" + masked(f.words.say("read_in_text"), address)
	}
	return ""
}

// below returns a line with links to the sources of a curated answer, one for each text.
func (f *framing) below(sources []answers.Excerpt) string {
	var links []string
	seen := map[string]bool{}
	for _, e := range sources {
		if e.Text == "" || seen[e.Document.ID] {
			continue
		}
		seen[e.Document.ID] = true
		if address := f.address(e, sources); address != "" {
			label := strconv.Itoa(len(links) + 1)
			if links == nil {
				label = f.words.say("read_in_text")
			}
			links = append(links, masked(label, address))
		}
	}
	line := "\n" + strings.Join(links, " · ")
	if links == nil || utf16Len(line) > maxLinkSpace {
		return ""
	}
	return line
}

func (f *framing) address(e answers.Excerpt, others []answers.Excerpt) string {
	if f == nil || f.link == nil || len(e.Reference.Ranges) == 0 {
		return ""
	}
	quotes := []corpus.Reference{e.Reference}
	for _, other := range others {
		same := slices.Equal(other.Reference.Ranges, e.Reference.Ranges)
		if other.Reference.Document == e.Reference.Document && len(other.Reference.Ranges) > 0 && !same {
			quotes = append(quotes, other.Reference)
		}
	}
	address := f.link(quotes, e.Document.Course)
	if utf16Len(address) > maxLinkSpace || strings.ContainsAny(address, " ()<>\n") {
		return ""
	}
	return address
}

// masked is a link of the bot's own, in Discord's markdown.
func masked(label, address string) string { return "[" + escape(label) + "](" + address + ")" }
