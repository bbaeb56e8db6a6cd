package follow

import (
	"context"
	"path"
	"time"

	"verbatim/config/database"
	"verbatim/corpus"
)

// mostNoted is how many files an import may have whose documents are noted one by one in the
// guild's log of what was changed: the first one of a large folder would fill it.
const mostNoted = 50

// read reads the files that are complete and have changed, and says what came of it.
func (w *watch) read(ctx context.Context, folder *corpus.Folder, now time.Time, hold bool, files int) {
	w.importing.Lock()
	defer w.importing.Unlock()
	if files <= mostNoted {
		ctx = database.By(ctx, database.Actor{Who: database.ViaFolder, Via: database.ViaFolder, Now: time.Now})
	}
	var taken []*file
	byName := map[string]*file{}
	report, err := w.Store.Import(ctx, w.Guild, folder, corpus.ImportOptions{
		Extractor: w.Extractor, Course: w.Course, Alike: true,
		Follow: &corpus.Following{Hold: hold, Linger: w.Linger, Skip: func(name string) bool {
			f := w.files[name]
			// It may have changed while others were read. What a collection holds is known only
			// to who reads it.
			complete := w.settled(f, now) && folder.State(name) == f.state
			if !complete || f.read == f.state && path.Base(name) != corpus.CollectionName {
				return true
			}
			taken, byName[name] = append(taken, f), f
			return false
		}},
	})
	w.imported = now
	if ctx.Err() != nil {
		return
	}
	w.tell("store", err, "the folder's texts can't be stored")
	if err != nil {
		w.lingering = true
		return
	}
	for _, f := range taken {
		f.read = f.state
	}
	for _, name := range report.Unread {
		byName[name].read = "" // it is tried again
	}
	if !hold {
		w.lingering = len(report.Gone) > len(report.Dropped)
	}
	w.report(report)
	if report.Changed() && w.Changed != nil {
		w.tell("changed", w.Changed(ctx, w.Guild), "after the texts changed")
	}
}

// report logs what needs a look as warnings, the rest for who wants to know.
func (w *watch) report(r corpus.Import) {
	for _, err := range r.Failed {
		w.tell("failed "+err.Error(), err, "a file is not read; the text that it had stays")
	}
	if r.Changed() {
		w.log.Info("the folder was read", "added", r.Added, "replaced", r.Replaced, "renamed", r.Renamed, "back", r.Back, "unchanged", r.Unchanged)
	}
	for _, name := range r.Dropped {
		w.log.Warn("a text is removed, for its file is gone; verbatim corpus restore brings it back", "guild", w.Guild, "document", name)
	}
	for _, x := range r.Alike {
		w.log.Warn("two texts have much in common", "guild", w.Guild, "document", x.Name, "other", x.Other, "percent", x.Percent())
	}
	var doubt error
	if r.Doubtful {
		doubt = errDoubtful
	}
	w.tell("doubtful", doubt, "so many files are gone at once that no text is removed; where it is meant, verbatim index --mirror removes them")
}
