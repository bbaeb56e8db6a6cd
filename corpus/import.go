package corpus

import (
	"context"
	"fmt"
	"iter"
	"slices"
)

// An Import says what came of reading a folder into a guild's documents.
type Import struct {
	Added, Replaced, Unchanged int
	LeftOut                    []string // names of documents that a moderator removed
	Gone                       []string // names of documents of this folder whose files are no longer in it, or if strict, were not read
	Removed                    int      // of those, in mirroring
	Failed                     []error  // files that could not be read; each names its file
}

// Changed reports whether the import changed anything.
func (i Import) Changed() bool { return i.Added+i.Replaced+i.Removed > 0 }

// ImportOptions say how a folder is read.
type ImportOptions struct {
	Extractor Extractor // reads the files; nil for InProcess
	// Mirror makes the documents of the folder exactly those of its files: those
	// whose files are gone are removed, and removed ones come back. Nothing is
	// removed when a part of the folder could not be read.
	Mirror bool
	// Strict makes Mirror remove all documents of the folder that this import did not
	// read, also where files failed or parts could not be listed: what is left stands
	// in the folder now.
	Strict bool
	// Progress, if set, is called after each file with the number of its bytes.
	Progress func(name string, bytes int)
}

// Sizes of one transaction of an import. What is committed stays when the import
// is stopped; starting it again goes on from there.
const (
	importDrafts = 64
	importBytes  = 4 << 20
)

// Import reads the files of a folder and stores those that are new or have changed.
// A file that can't be read is in Failed, the others are stored. The error is one
// of the store, or of ctx.
func (s *Store) Import(ctx context.Context, guild string, folder *Folder, o ImportOptions) (Import, error) {
	im := importer{store: s, guild: guild, folder: folder, options: o, seen: map[string]bool{}, failed: map[string]bool{}}
	if im.options.Extractor == nil {
		im.options.Extractor = InProcess{}
	}
	known, err := s.contents(ctx, guild)
	if err != nil {
		return im.report, err
	}
	im.known = known
	for _, name := range folder.Names {
		if err := im.file(ctx, name); err != nil {
			return im.report, err
		}
	}
	if err := im.flush(ctx); err != nil {
		return im.report, err
	}
	return im.report, im.finish(ctx)
}

type importer struct {
	store   *Store
	guild   string
	folder  *Folder
	options ImportOptions
	known   map[string]known // by name
	seen    map[string]bool  // names of documents met
	failed  map[string]bool  // names of files and documents that could not be read
	unsure  bool             // there may be documents in the folder that were not met
	pending []Draft
	bytes   int
	report  Import
}

// file reads one file, which may hold several documents.
func (im *importer) file(ctx context.Context, name string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	file, err := im.folder.Read(name)
	if err != nil {
		im.fail(name, err)
		return nil
	}
	if im.options.Progress != nil {
		defer im.options.Progress(name, len(file.Data))
	}
	for d, err := range im.drafts(ctx, file) {
		if err != nil {
			im.fail(name, err)
			continue
		}
		if err := im.add(ctx, d); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (im *importer) fail(name string, err error) {
	im.failed[name] = true
	im.unsure = im.unsure || isCollection(name)
	im.report.Failed = append(im.report.Failed, err)
}

// drafts yields the documents of a file that are new or have changed.
func (im *importer) drafts(ctx context.Context, file File) iter.Seq2[Draft, error] {
	if isCollection(file.Name) {
		return readCollection(file, im.unchanged)
	}
	return func(yield func(Draft, error) bool) {
		if !im.unchanged(file) {
			d, err := ReadWith(ctx, im.options.Extractor, file)
			if ctx.Err() == nil {
				yield(d, err)
			}
		}
	}
}

// unchanged reports whether a file is in the store as it is, and counts it then.
func (im *importer) unchanged(file File) bool {
	k, found := im.known[file.Name]
	if !found || im.seen[file.Name] || !k.removed.IsZero() || k.content != file.contentHash() {
		return false
	}
	im.seen[file.Name] = true
	im.report.Unchanged++
	return true
}

// add stores a draft with the next ones. A name that stands for a document from
// another folder is refused, unless that folder no longer has the file.
func (im *importer) add(ctx context.Context, d Draft) error {
	if im.seen[d.Name] {
		im.fail(d.Name, fmt.Errorf("%s: two documents of the folder have that name: rename one", d.Name))
		return nil
	}
	im.seen[d.Name] = true
	if k, found := im.known[d.Name]; found && k.origin != d.Origin && k.content != d.Content && stillThere(k.origin, d.Name) {
		im.fail(d.Name, fmt.Errorf("%s: a document of that name came from the folder %s: rename the file, or index the folder above both", d.Name, k.origin))
		return nil
	}
	im.pending = append(im.pending, d)
	im.bytes += len(d.Source)
	if len(im.pending) >= importDrafts || im.bytes >= importBytes {
		return im.flush(ctx)
	}
	return nil
}

func (im *importer) flush(ctx context.Context) error {
	if len(im.pending) == 0 {
		return nil
	}
	outcomes, err := im.store.Put(ctx, im.guild, im.pending, im.options.Mirror)
	if err != nil {
		return err
	}
	for i, outcome := range outcomes {
		switch outcome {
		case Added:
			im.report.Added++
		case Replaced:
			im.report.Replaced++
		case Unchanged:
			im.report.Unchanged++
		case LeftOut:
			im.report.LeftOut = append(im.report.LeftOut, im.pending[i].Name)
		}
	}
	im.pending, im.bytes = im.pending[:0], 0
	return nil
}

// finish finds the documents of the folder whose files are gone. Where a part of the
// folder could not be read, none are, unless the import is strict.
func (im *importer) finish(ctx context.Context) error {
	strict := im.options.Mirror && im.options.Strict
	if (im.unsure || im.folder.Partial) && !strict {
		return nil
	}
	for name, k := range im.known {
		if im.seen[name] || im.failed[name] && !strict || k.origin != im.folder.Path || !k.removed.IsZero() {
			continue
		}
		im.report.Gone = append(im.report.Gone, name)
		if im.options.Mirror {
			if err := im.store.Remove(ctx, im.guild, k.id); err != nil {
				return err
			}
			im.report.Removed++
		}
	}
	slices.Sort(im.report.Gone)
	return nil
}
