package cli

import (
	"context"
)

// followQuotes gives quotes of curated answers their new places after texts changed, and
// says which answers need somebody.
func (p *program) followQuotes(ctx context.Context, l *library) error {
	f, err := l.curated.FollowTexts(ctx, l.guild)
	if f.Taken > 0 {
		p.warn("quotes moved in their texts, and curated answers follow: %s", count(f.Taken, "answer"))
	}
	if f.Stale > 0 {
		p.warn("quotes of %s changed or are gone: verbatim curated stale shows them", count(f.Stale, "curated answer"))
	}
	return err
}
