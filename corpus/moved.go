package corpus

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"

	"verbatim/corpus/extract"
)

// sameText is the likeness from which on a new file is taken for the text of a file that
// is gone: the same text in another format, or a corrected one under another name.
const sameText = 0.5

// A goneFile is a document whose file is gone.
type goneFile struct {
	*known
	sketch sketch
}

// movedTo returns the document whose file was renamed to that of a draft, or came back
// under that name in another format, nil for none: of those whose files are gone one with the
// same text, else the one most like it.
func (im *importer) movedTo(ctx context.Context, d Draft) (*known, error) {
	gone, err := im.goneFiles(ctx)
	if err != nil || len(gone) == 0 {
		return nil, err
	}
	var best *known
	most, own := sameText, d.sketch()
	for _, k := range gone {
		like := own.likeness(k.sketch)
		if d.Revision == cmp.Or(k.instead, k.revision) {
			like = 2 // more than any other
			if path.Base(k.file) == path.Base(d.File) {
				like = 3
			}
		}
		if !im.met[k.known] && like >= most && (best == nil || like > most) {
			best, most = k.known, like
		}
	}
	return best, nil
}

// goneFiles returns the documents whose files are gone, of this folder and of others that
// are there. What moderators removed of this folder is among them: under another name it
// stays removed.
func (im *importer) goneFiles(ctx context.Context) ([]goneFile, error) {
	if im.asked {
		return im.gone, nil
	}
	im.asked = true
	listed := map[string]bool{}
	for _, name := range im.folder.Names {
		listed[name] = true
	}
	for _, k := range im.known {
		own := k.origin == im.folder.Path
		if k.isRemoved() && !own || k.file == "" || !extract.Readable(k.file) { // or it is of a collection
			continue
		}
		if own && !im.folder.Partial && !listed[k.file] || !own && leftFolder(k) {
			s, err := im.store.sketchOf(ctx, im.guild, k.id)
			if err != nil {
				return nil, err
			}
			im.gone = append(im.gone, goneFile{k, s})
		}
	}
	// Of two alike the one that answers goes on.
	slices.SortStableFunc(im.gone, func(x, y goneFile) int {
		switch {
		case x.isRemoved() == y.isRemoved():
			return 0
		case y.isRemoved():
			return -1
		}
		return 1
	})
	return im.gone, nil
}

// leftFolder reports whether the file of a document is gone from a folder that is there.
func leftFolder(k *known) bool {
	if !filepath.IsAbs(k.origin) || stillThere(k.origin, k.file) {
		return false
	}
	entries, err := os.ReadDir(k.origin)
	return err == nil && len(entries) > 0 // an empty one may be a drive that is not mounted
}

// setFiles stores of which files of which folders documents are.
func (s *Store) setFiles(ctx context.Context, guild string, documents []*known) error {
	if len(documents) == 0 {
		return nil
	}
	return s.db.Write(ctx, guild, func(tx *sql.Tx) error {
		for _, k := range documents {
			_, err := tx.ExecContext(ctx, `UPDATE document SET origin = $3, file = $4 WHERE guild = $1 AND document = $2`, guild, k.id, k.origin, k.file)
			if err != nil {
				return fmt.Errorf("note the file of %s: %w", k.name, err)
			}
		}
		return nil
	})
}

// sketchOf returns the sketch of a document, nil if it has none.
func (s *Store) sketchOf(ctx context.Context, guild, id string) (sketch, error) {
	var data []byte
	err := s.db.Read(ctx, func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `SELECT sketch FROM document_sketch WHERE guild = $1 AND document = $2`, guild, id).Scan(&data)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return parseSketch(data), err
}
