package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"verbatim/corpus"
)

// openIfThere opens the library of a guild if there is one; else there is none in what it
// returns.
func (p *program) openIfThere(ctx context.Context, guild string) (*library, error) {
	if err := checkGuild(guild); err != nil || p.noData() {
		return &library{}, err
	}
	return p.openStore(ctx, p.settings.DatabaseAddress(), guild)
}

// alike returns the documents with much the same text as a draft.
func (l *library) alike(ctx context.Context, d corpus.Draft) ([]corpus.Alike, error) {
	if l.store == nil {
		return nil, nil
	}
	return l.store.Alike(ctx, corpus.Everything(l.guild), d)
}

func alikeLines(found []corpus.Alike) []string {
	var lines []string
	for _, a := range found {
		lines = append(lines, a.String())
	}
	return lines
}

func alikeLine(percent int, other string) string {
	return fmt.Sprintf("%d %% of it stands in %s too", percent, other)
}

// warnOfAlike says which documents have much the same text as a draft.
func (p *program) warnOfAlike(cmd *cobra.Command, l *library, d corpus.Draft) error {
	found, err := l.alike(cmd.Context(), d)
	for _, line := range alikeLines(found) {
		p.warn("%s: %s", visible(d.Name), visible(line))
	}
	return err
}

// warnOfPairs says which documents have much the same text as others.
func (p *program) warnOfPairs(pairs []corpus.Pair) {
	const most = 8
	for _, x := range pairs[:min(len(pairs), most)] {
		p.warn("%s: %s", visible(x.Name), visible(alikeLine(x.Percent(), x.Other)))
	}
	if more := len(pairs) - most; more > 0 {
		p.warn("and %d more that have much in common: verbatim corpus check FILE says of each what it is like", more)
	}
}
