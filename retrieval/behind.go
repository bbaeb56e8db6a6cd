package retrieval

import "context"

// Behind returns by how many revisions the indexes that are open are behind their guilds,
// all together. An index is brought up to date by the next question to its guild.
func (x *Indexes) Behind(ctx context.Context) (int64, error) {
	var open []*guildIndex
	x.mutex.Lock()
	for _, g := range x.open {
		open = append(open, g)
	}
	x.mutex.Unlock()
	sum := int64(0)
	for _, g := range open {
		head, err := x.source.Head(ctx, g.guild)
		if err != nil {
			return 0, err
		}
		at := int64(0)
		if stands := g.at.Load(); stands != nil {
			at = stands.Revision
		}
		sum += max(0, head.Revision-at)
	}
	return sum, nil
}
