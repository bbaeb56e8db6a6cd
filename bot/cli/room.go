package cli

import (
	"context"
	"time"

	"verbatim/retrieval"
)

// roomEvery is how often is looked whether the disk runs short.
const roomEvery = 5 * time.Second

// keepRoom deletes indexes while the disk runs short, until ctx is done.
func (p *program) keepRoom(ctx context.Context, l *library) {
	if p.settings.KeepFree == 0 {
		return
	}
	shortage := retrieval.Shortage{Free: freeSpace, Least: p.settings.KeepFree}
	ticker := time.NewTicker(roomEvery)
	defer ticker.Stop()
	was := false
	for {
		short := false
		for _, indexes := range []*retrieval.Indexes{l.indexes, l.curatedIndexes} {
			deleted, still, err := indexes.MakeRoom(shortage)
			if len(deleted) > 0 {
				p.log.Info("indexes are deleted, for the disk runs short", "guilds", deleted)
			}
			if err != nil {
				p.log.Warn("look whether the disk runs short", "err", err)
			}
			short = still
		}
		if short && !was {
			p.log.Warn("the disk runs short, and no more indexes can be deleted", "keep_free", p.settings.KeepFree)
		}
		was = short
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}
