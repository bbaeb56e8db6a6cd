package retrieval

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"github.com/blevesearch/bleve/v2"
	index "github.com/blevesearch/bleve_index_api"

	"verbatim/config/database"
)

// A guildIndex is the open index of one guild.
type guildIndex struct {
	guild string
	dir   string
	bleve bleve.Index
	state state

	writing sync.Mutex // held by who brings the index up to date
	users   int        // searches under way, guarded by Indexes.mutex
	used    int64      // when the last search began, a count, guarded likewise
}

// errUnusable is why an index that is there can't be used and is built anew.
var errUnusable = errors.New("index is not usable")

// openIndex opens the index in dir if it is whole, of this version, and of this
// guild's data, which stand at head.
func openIndex(dir, guild string, head database.Head) (*guildIndex, error) {
	sealed, err := verify(dir)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errUnusable, err)
	}
	b, err := bleve.OpenUsing(dir, map[string]any{"bolt_timeout": "1s"})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errUnusable, err)
	}
	x := &guildIndex{guild: guild, dir: dir, bleve: b}
	if err := x.check(head, sealed); err != nil {
		b.Close()
		return nil, fmt.Errorf("%w: %w", errUnusable, err)
	}
	return x, unseal(dir)
}

// check reads the index's state and compares it with what it holds.
func (x *guildIndex) check(head database.Head, sealed bool) error {
	reader, err := x.reader()
	if err != nil {
		return err
	}
	defer reader.Close()
	if !sealed {
		if err := verifySegments(reader); err != nil {
			return err
		}
	}
	if x.state, err = readState(reader); err != nil {
		return err
	}
	records, err := reader.DocCount()
	switch s := x.state; {
	case err != nil:
		return err
	case s.Format != formatVersion:
		return fmt.Errorf("it has format %d, want %d", s.Format, formatVersion)
	case s.Guild != x.guild || s.Life != head.Life:
		return errors.New("it belongs to other data")
	case s.Partial:
		return errors.New("it was not finished")
	case s.Revision > head.Revision:
		return fmt.Errorf("it is at revision %d, the store at %d", s.Revision, head.Revision)
	case uint64(s.Records) != records:
		return fmt.Errorf("it holds %d records, want %d", records, s.Records)
	}
	return nil
}

// createIndex makes an empty index in dir, in the place of whatever is there.
func createIndex(dir, guild string) (*guildIndex, error) {
	if err := os.RemoveAll(dir); err != nil {
		return nil, fmt.Errorf("remove index: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return nil, fmt.Errorf("create index: %w", err)
	}
	b, err := bleve.NewUsing(dir, bleve.NewIndexMapping(), "scorch", "scorch", map[string]any{"bolt_timeout": "1s"})
	if err != nil {
		return nil, fmt.Errorf("create index: %w", err)
	}
	return &guildIndex{guild: guild, dir: dir, bleve: b}, nil
}

// reader returns a view of the index as it is now. The caller closes it.
func (x *guildIndex) reader() (index.IndexReader, error) {
	advanced, err := x.bleve.Advanced()
	if err != nil {
		return nil, err
	}
	return advanced.Reader()
}

// close closes the index and seals it against damage.
func (x *guildIndex) close() error {
	if err := x.bleve.Close(); err != nil {
		return fmt.Errorf("close index of guild %s: %w", x.guild, err)
	}
	return seal(x.dir)
}
