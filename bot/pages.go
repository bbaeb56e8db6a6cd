package bot

import "github.com/bwmarrin/discordgo"

// Pages are where somebody stands in what has not room on one.
type pages struct{ from int }

// What the buttons that turn pages do.
const (
	onEarlier = deskPrefix + "earlier"
	onLater   = deskPrefix + "later"
)

// turn turns a page if a button does so, and reports whether it does.
func (p *pages) turn(action string, size int) bool {
	switch action {
	case onEarlier:
		p.from -= size
	case onLater:
		p.from += size
	default:
		return false
	}
	return true
}

// at returns the beginning and the end of the page that is shown of so many things. It is
// the last one where the one that was shown is not there any more.
func (p *pages) at(size, count int) (from, to int) {
	p.from = max(0, min(p.from, (count-1)/size*size))
	return p.from, min(p.from+size, count)
}

// buttons turn the pages of so many things, and are none where there is only one.
func (p *pages) buttons(s *bench, size, count int) []discordgo.MessageComponent {
	if count <= size {
		return nil
	}
	return []discordgo.MessageComponent{
		s.greyable("button_earlier_page", onEarlier, p.from == 0),
		s.greyable("button_later_page", onLater, p.from+size >= count),
	}
}
