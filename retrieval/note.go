package retrieval

import (
	"bytes"
	"context"
	"fmt"
)

// Notes are what others find out about the texts of a guild and keep beside them in its
// index, as they cost time to find out again. They live as long as the index, through
// changes of the texts; a new index has none.

// Note returns a note, nil if there is none of that name.
func (x *Indexes) Note(ctx context.Context, guild, name string) ([]byte, error) {
	var note []byte
	err := x.use(ctx, guild, func(g *guildIndex) error {
		reader, err := g.reader()
		if err != nil {
			return err
		}
		defer reader.Close()
		stored, err := reader.GetInternal(noteKey(name))
		note = bytes.Clone(stored)
		return err
	})
	return note, err
}

// SetNote keeps a note in the place of the one of that name. A guild without texts keeps
// none, nor does one whose index is being renewed or brought up to date: it is not waited for.
func (x *Indexes) SetNote(ctx context.Context, guild, name string, note []byte) error {
	return x.use(ctx, guild, func(g *guildIndex) error {
		if g.replies || !g.tryTake() {
			return nil
		}
		defer g.done()
		if err := g.bleve.SetInternal(noteKey(name), note); err != nil {
			return fmt.Errorf("write note %s in the index of guild %s: %w", name, guild, explain(err))
		}
		return nil
	})
}

func noteKey(name string) []byte { return []byte("note/" + name) }
