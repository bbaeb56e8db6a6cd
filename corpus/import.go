package corpus

import (
	"context"
	"fmt"
	"iter"
	"path"
	"path/filepath"
	"slices"
	"time"

	"verbatim/corpus/extract"
)

// An Import says what came of reading a folder into a guild's documents.
type Import struct {
	Added, Replaced, Unchanged int
	Passages                   int      // of those added, replaced and renamed
	Renamed                    []string // documents whose files have another name now, as "old → new"
	LeftOut                    []string // names of documents that a moderator removed
	Kept                       []string // names of documents that a moderator has given another text since their files changed
	Gone                       []string // names of documents of this folder whose files are no longer in it, or if strict, were not read
	Removed                    int      // of those, in mirroring
	Failed                     []error  // files that could not be read; each names its file
	Alike                      []Pair   // documents that were added or replaced and others with much the same text, at most some

	// In following a folder.
	Unread   []string // files among those that failed that could not be opened or are being written
	Dropped  []string // names of documents that were removed now
	Back     []string // names of documents that were removed for their files were gone, which are back
	Doubtful bool     // so many files are gone at once that no document was removed
}

// Changed reports whether the import changed anything.
func (i Import) Changed() bool {
	return i.Added+i.Replaced+i.Removed+len(i.Renamed)+len(i.Dropped)+len(i.Back) > 0
}

// ImportOptions say how a folder is read.
type ImportOptions struct {
	Extractor Extractor // reads the files; nil for InProcess
	Course    string    // of documents whose files state none
	// Mirror makes the documents of the folder exactly those of its files: those
	// whose files are gone are removed, and removed ones come back. Nothing is
	// removed when a part of the folder could not be read.
	Mirror bool
	// Strict makes Mirror remove all documents of the folder that this import did not
	// read, also where files failed or parts could not be listed: what is left stands
	// in the folder now.
	Strict bool
	// Follow reads a folder that is read again and again, in the place of Mirror.
	Follow *Following
	// Alike looks for documents that have much in common with those that are new.
	Alike bool
	// Progress, if set, is called after each file.
	Progress func(Progress)
}

// Following says how a folder is followed. Documents whose files are gone are removed after
// a while, and come back with their files; what moderators do in between stands: a document
// that they removed stays removed, and one that they gave another text keeps that until its
// file changes. Where another folder has a file of the same name, the document is called
// by the folder, too.
type Following struct {
	Skip   func(name string) bool // says which files are left as they are for now; nil for none
	Hold   bool                   // files are on their way: none is taken to be gone yet
	Linger time.Duration          // how long a document stays when its file is gone
}

// A Progress says how far an import is.
type Progress struct {
	Name     string // of the last file
	Files    int    // that were read, or found to be unchanged
	Bytes    int64  // of these
	Passages int    // that were cut
}

// Sizes of one transaction of an import. What is committed stays when the import
// is stopped; starting it again goes on from there.
const (
	importDrafts = 64
	importBytes  = 4 << 20
)

// Import reads the files of a folder and stores those that are new or have changed.
// A file that can't be read is in Failed, the others are stored. A document whose file was
// renamed, or came in another format, stays the same document. The error is one
// of the store, or of ctx.
func (s *Store) Import(ctx context.Context, guild string, folder *Folder, o ImportOptions) (Import, error) {
	im := importer{store: s, guild: guild, folder: folder, options: o,
		byFile: map[string]*known{}, byName: map[string]*known{}, seen: map[string]bool{}, met: map[*known]bool{}, failed: map[string]bool{}, fresh: map[string]bool{}}
	if im.options.Extractor == nil {
		im.options.Extractor = InProcess{}
	}
	var err error
	if err := s.fillSketches(ctx, guild); err != nil {
		return im.report, err
	}
	if im.known, err = s.contents(ctx, guild); err != nil {
		return im.report, err
	}
	for _, k := range im.known {
		im.byName[k.name] = k
		if k.origin == folder.Path && k.file != "" {
			im.byFile[k.file] = k
		}
	}
	for _, name := range folder.Names {
		if err := im.file(ctx, name); err != nil {
			return im.report, err
		}
	}
	if err := im.flush(ctx); err != nil {
		return im.report, err
	}
	if err := im.finish(ctx); err != nil {
		return im.report, err
	}
	if o.Alike && len(im.fresh) > 0 {
		im.report.Alike, err = s.pairs(ctx, guild, im.fresh)
	}
	return im.report, err
}

type importer struct {
	store    *Store
	guild    string
	folder   *Folder
	options  ImportOptions
	known    []*known
	byFile   map[string]*known // documents of the folder
	byName   map[string]*known // all documents
	seen     map[string]bool   // files, or IDs in collections, that were met
	met      map[*known]bool   // documents whose files are there
	adopted  []*known          // documents of other folders that are of this one now
	failed   map[string]bool   // names of files and documents that could not be read
	unsure   bool              // there may be documents in the folder that were not met
	gone     []goneFile        // once asked for
	asked    bool
	pending  []Draft
	bytes    int
	fresh    map[string]bool // names of documents that were added or replaced
	progress Progress
	report   Import
}

// file reads one file, which may hold several documents.
func (im *importer) file(ctx context.Context, name string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if f := im.options.Follow; f != nil && f.Skip != nil && f.Skip(name) {
		im.pass(name)
		return nil
	}
	file, err := im.folder.Read(name)
	if err != nil {
		im.report.Unread = append(im.report.Unread, name)
		im.fail(name, err)
		return nil
	}
	file.Course = im.options.Course
	for d, err := range im.drafts(ctx, file) {
		if err != nil {
			im.fail(name, err)
			continue
		}
		im.progress.Passages += len(d.Passages)
		if err := im.add(ctx, d, file.Modified); err != nil {
			return err
		}
	}
	im.progress.Name, im.progress.Files, im.progress.Bytes = name, im.progress.Files+1, im.progress.Bytes+int64(len(file.Data))
	if im.options.Progress != nil {
		im.options.Progress(im.progress)
	}
	return ctx.Err()
}

// pass leaves a file as it is: what it holds is there.
func (im *importer) pass(name string) {
	im.unsure = im.unsure || isCollection(name)
	im.seen[name] = true
	if k := im.byFile[name]; k != nil {
		im.met[k] = true
	}
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
	k := im.byFile[file.Name]
	if k == nil {
		k = im.byName[file.Name]
	}
	if k == nil || im.seen[file.Name] || k.isRemoved() || k.content != file.contentHash() || k.instead != "" {
		return false
	}
	if k.origin != im.folder.Path && filepath.IsAbs(k.origin) && extract.Readable(k.file) {
		if stillThere(k.origin, k.file) {
			return false // each of the two folders has a text of its own
		}
		k.origin, k.file = im.folder.Path, file.Name
		im.byFile[k.file], im.adopted = k, append(im.adopted, k)
	}
	im.seen[file.Name], im.met[k] = true, true
	im.report.Unchanged++
	return true
}

// isRemoved reports whether a moderator removed a document. One that was removed because
// its file was gone comes back with it.
func (k *known) isRemoved() bool { return !k.removed.IsZero() && k.missing.IsZero() }

// add stores a draft with the next ones. A name that stands for a document from
// another folder is refused, unless that folder no longer has the file.
func (im *importer) add(ctx context.Context, d Draft, modified time.Time) error {
	if im.seen[d.File] {
		im.fail(d.File, fmt.Errorf("%s: two documents of the folder have that name: rename one", d.File))
		return nil
	}
	im.seen[d.File] = true
	of, err := im.documentOf(ctx, &d)
	if err != nil {
		return err
	}
	switch {
	case of == nil:
	case of.content != d.Content && of != im.byFile[d.File] && stillThere(of.origin, of.file):
		im.fail(d.File, fmt.Errorf("%s: a document of that name came from the folder %s: rename the file, or index the folder above both", d.Name, of.origin))
		return nil
	case !im.options.Mirror && of.isGiven(d, modified, im.options.Follow != nil):
		im.met[of] = true
		im.report.Kept = append(im.report.Kept, of.name)
		if d.moved {
			of.origin, of.file = d.Origin, d.File
			im.adopted = append(im.adopted, of)
		}
		return nil
	default:
		im.met[of] = true
		d.document = of.id
	}
	im.pending = append(im.pending, d)
	im.bytes += len(d.Source)
	if len(im.pending) >= importDrafts || im.bytes >= importBytes {
		return im.flush(ctx)
	}
	return nil
}

// isGiven reports whether a moderator has given a document another text than its file's, and
// the file has not changed since. In following, that is so for a file of the document's name, too.
func (k *known) isGiven(d Draft, modified time.Time, following bool) bool {
	switch {
	case k.isRemoved(), k.instead != "" && k.revision == d.Revision:
		return false
	case k.instead != "":
		return k.instead == d.Revision || k.stored.After(modified)
	}
	return following && !filepath.IsAbs(k.origin) && k.origin != d.Origin && k.stored.After(modified)
}

// documentOf returns the document that a draft is to become, nil for a new one: the one of
// its file, of its name, or whose file was renamed to it.
func (im *importer) documentOf(ctx context.Context, d *Draft) (*known, error) {
	if k := im.byFile[d.File]; k != nil {
		return k, nil
	}
	k := im.byName[d.Name]
	if k != nil && im.options.Follow != nil && stillThere(k.origin, k.file) {
		d.Name = path.Join(filepath.Base(im.folder.Path), d.Name)
		k = im.byName[d.Name]
	}
	if k != nil {
		return k, nil
	}
	k, err := im.movedTo(ctx, *d)
	d.moved = k != nil
	d.renames = d.moved && k.isCalledAsFile()
	return k, err
}

// isCalledAsFile reports whether a document has the name of its file, and no other that a
// moderator gave it.
func (k *known) isCalledAsFile() bool {
	return k.name == k.file || k.name == path.Join(filepath.Base(k.origin), k.file)
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
		d := im.pending[i]
		switch outcome {
		case Added:
			im.report.Added++
		case Replaced:
			im.report.Replaced++
		case Renamed:
			im.report.Renamed = append(im.report.Renamed, im.nameOf(d.document)+" → "+d.Name)
		case Unchanged:
			im.report.Unchanged++
		case LeftOut:
			name := d.Name
			if d.document != "" {
				name = im.nameOf(d.document)
			}
			im.report.LeftOut = append(im.report.LeftOut, name)
		}
		if outcome != Unchanged && outcome != LeftOut {
			if d.document != "" && !d.renames {
				d.Name = im.nameOf(d.document)
			}
			im.fresh[d.Name] = true
			im.report.Passages += len(d.Passages)
		}
	}
	im.pending, im.bytes = im.pending[:0], 0
	return nil
}

// nameOf returns the name that a document had before the import.
func (im *importer) nameOf(id string) string {
	i := slices.IndexFunc(im.known, func(k *known) bool { return k.id == id })
	return im.known[i].name
}

// finish finds the documents of the folder whose files are gone. Where a part of the
// folder could not be read, none are, unless the import is strict.
func (im *importer) finish(ctx context.Context) error {
	if err := im.store.setFiles(ctx, im.guild, im.adopted); err != nil {
		return err
	}
	if err := im.welcome(ctx); err != nil {
		return err
	}
	strict := im.options.Mirror && im.options.Strict
	follow := im.options.Follow
	if (im.unsure || im.folder.Partial) && !strict || follow != nil && follow.Hold {
		return nil
	}
	var gone []*known
	own := 0
	for _, k := range im.known {
		if k.origin != im.folder.Path || !k.removed.IsZero() || k.instead != "" && !strict { // or it is no longer the file's text
			continue
		}
		own++
		if !im.met[k] && (!im.failed[k.file] || strict) {
			gone = append(gone, k)
			im.report.Gone = append(im.report.Gone, k.name)
		}
	}
	slices.Sort(im.report.Gone)
	if follow != nil {
		return im.letGo(ctx, gone, own)
	}
	for _, k := range gone {
		if im.options.Mirror {
			if err := im.store.Remove(ctx, im.guild, k.id); err != nil {
				return err
			}
			im.report.Removed++
		}
	}
	return nil
}
