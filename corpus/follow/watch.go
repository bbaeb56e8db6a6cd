package follow

import (
	"context"
	"log/slog"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/fsnotify/fsnotify"

	"verbatim/corpus"
)

// A watch is a folder that is followed.
type watch struct {
	*Follower
	Folder
	log    *slog.Logger
	events *fsnotify.Watcher // nil where there is none

	files     map[string]*file // that were found at the last look, by their names
	lingering bool             // documents are there whose files are gone
	imported  time.Time        // when the folder was read last
	told      map[string]string
}

// A file is what is known of one at the last look.
type file struct {
	state corpus.State
	found time.Time    // when it was there first
	since time.Time    // since when it has this state
	read  corpus.State // in which it was read
}

// run looks at the folder whenever something happens in it, and at intervals.
func (w *watch) run(ctx context.Context) {
	var happened <-chan fsnotify.Event
	var failed <-chan error
	events, err := fsnotify.NewWatcher()
	if err == nil {
		defer events.Close()
		w.events, happened, failed = events, events.Events, events.Errors
	}
	w.tell("events", err, "the system does not say what happens in the folder: it is looked at now and then")
	for {
		pause := w.lookSafely(ctx)
		looked := time.Now()
		timer := time.NewTimer(pause)
		soon := func() { timer.Reset(max(0, min(pause, w.Settle/2)-time.Since(looked))) }
	waiting:
		for {
			select {
			case <-ctx.Done():
				timer.Stop()
				return
			case <-timer.C:
				break waiting
			case <-happened:
				// Many things happen while a file is copied: not each is worth a look.
				soon()
			case <-failed: // events were lost
				soon()
			}
		}
	}
}

// lookSafely is look that logs a panic, so that one file can't end the program; the next look
// tries again.
func (w *watch) lookSafely(ctx context.Context) (pause time.Duration) {
	defer func() {
		if recover() != nil { // its value may hold what stands in the file
			w.log.Error("panic", "in", "following a folder", "stack", string(debug.Stack()))
			pause = w.Every
		}
	}()
	return w.look(ctx)
}

// look finds what has changed, reads what is complete, and returns how soon to look again.
func (w *watch) look(ctx context.Context) time.Duration {
	now := w.Now()
	folder, err := corpus.OpenFolder(w.Path)
	w.tell("folder", err, "the folder can't be read, or not all of it: no text is removed for that")
	if folder == nil {
		return w.Every
	}
	defer folder.Close()
	if len(folder.Names) == 0 {
		return w.Every
	}
	grown := w.watchAll(folder)
	steady, hold := w.compare(folder, now)
	due := w.lingering && now.Sub(w.imported) >= w.Every
	if steady.read > 0 || steady.gone > 0 && !hold || due {
		w.read(ctx, folder, now, hold, steady.read)
	}
	if steady.waiting > 0 || grown {
		return min(w.Settle, w.Every)
	}
	return w.Every
}

// watchAll asks to be told what happens in all folders below. Grown says that some are new:
// what came into them before was not told.
func (w *watch) watchAll(folder *corpus.Folder) (grown bool) {
	if w.events == nil {
		return false
	}
	watched := map[string]bool{}
	for _, path := range w.events.WatchList() {
		watched[path] = true
	}
	var failed error
	for _, name := range folder.Folders {
		path := filepath.Join(folder.Path, filepath.FromSlash(name))
		if err := w.events.Add(path); err != nil {
			failed = err
		} else {
			grown = grown || !watched[path]
		}
	}
	w.tell("events", failed, "the system does not say what happens in all of the folder: it is looked at now and then")
	return grown
}

// A found counts files.
type found struct {
	read    int // that are complete and not read yet
	waiting int // that changed too short ago
	gone    int
}

// holdFor is for how many times Settle a new file that is still coming keeps others from
// being taken to be gone: it may be one of them under another name.
const holdFor = 12

// compare notes what has changed since the last look, which began now. Hold says that new
// files are coming.
func (w *watch) compare(folder *corpus.Folder, now time.Time) (n found, hold bool) {
	there := map[string]*file{}
	for _, name := range folder.Names {
		state := folder.State(name)
		f := w.files[name]
		if f == nil {
			f = &file{found: now}
		}
		if f.state != state || f.since.IsZero() {
			f.state, f.since = state, w.Now() // not before it was seen
		}
		there[name] = f
		switch {
		case f.read == f.state:
		case w.settled(f, now):
			n.read++
		default:
			n.waiting++
			hold = hold || f.read == "" && now.Sub(f.found) < holdFor*w.Settle
		}
	}
	for name := range w.files {
		if there[name] == nil {
			n.gone++
		}
	}
	if n.gone > 0 && hold { // they are looked for the next time
		for name, f := range w.files {
			if there[name] == nil {
				there[name] = f
			}
		}
	}
	w.files = there
	return n, hold
}

func (w *watch) settled(f *file, now time.Time) bool { return now.Sub(f.since) >= w.Settle }
