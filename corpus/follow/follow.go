// Package follow keeps documents of guilds as the files of folders are: files that come,
// change, get another name or go are followed while the program runs.
//
// A folder is looked at again and again. The file system says when something happens in it
// (fsnotify), and where it can't, as on network drives, a look at intervals finds it. A look
// lists the folder and compares sizes and times; what has not changed is not read. A file is
// read when two looks some time apart found it the same, so that nobody's half-written text
// is quoted:
//
//	look     1       2       3       4
//	thesis   10 kB   25 kB   31 kB   31 kB → read
//
// Until a new text is stored in one transaction the old one answers. What to do about files
// that are gone, and about what moderators do to the documents, is the work of package
// corpus (Following).
package follow

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"verbatim/corpus"
)

// A Folder is a folder whose files are documents of a guild.
type Folder struct {
	Path   string
	Guild  string
	Course string // of documents whose files state none
}

// A Follower follows folders.
type Follower struct {
	Store     *corpus.Store
	Extractor corpus.Extractor
	Log       *slog.Logger

	Settle time.Duration // for how long a file must not have changed before it is read
	Every  time.Duration // how often a folder is looked at when nothing happens
	Linger time.Duration // how long a document stays when its file is gone

	Now func() time.Time // tells how long files have been what they are; nil for time.Now

	// Changed, if set, is called after documents of a guild have changed.
	Changed func(ctx context.Context, guild string) error

	importing sync.Mutex // one folder is read at a time
}

// Run follows folders until ctx is done.
func (f *Follower) Run(ctx context.Context, folders []Folder) {
	if f.Now == nil {
		f.Now = time.Now
	}
	var all sync.WaitGroup
	for _, folder := range folders {
		all.Go(func() {
			w := &watch{Follower: f, Folder: folder, log: f.Log.With("folder", folder.Path), files: map[string]*file{}, told: map[string]string{}}
			w.run(ctx)
		})
	}
	all.Wait()
}
