package follow_test

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"verbatim/config/database"
	"verbatim/corpus"
	"verbatim/corpus/extract"
	"verbatim/corpus/follow"
)

const (
	guild  = "g1"
	settle = time.Minute // of the clock of the tests
	linger = time.Hour
)

// A following is a folder that is followed, with a clock of its own.
type following struct {
	t     *testing.T
	dir   string
	store *corpus.Store

	mutex sync.Mutex
	now   time.Time
	looks int // how often the follower asked for the time, which each look does
	log   strings.Builder
}

func (f *following) clock() time.Time {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.now
}

// look is the clock of the follower.
func (f *following) look() time.Time {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.looks++
	return f.now
}

func (f *following) looked() int {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.looks
}

func (f *following) pass(d time.Duration) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.now = f.now.Add(d)
}

func (f *following) Write(line []byte) (int, error) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.log.Write(line)
}

func (f *following) logged() string {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.log.String()
}

// newFollowing makes a folder with files, "name: text" each, that is not followed yet.
func newFollowing(t *testing.T, files ...string) *following {
	t.Helper()
	db, err := database.Open(t.Context(), filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	f := &following{t: t, dir: filepath.Join(t.TempDir(), "cours"), now: time.Now()}
	f.store = corpus.NewStore(db, f.clock)
	for _, file := range files {
		name, text, _ := strings.Cut(file, ": ")
		f.write(name, text)
	}
	return f
}

// start follows the folder, until the test ends.
func (f *following) start(more ...follow.Folder) {
	f.t.Helper()
	f.startWith(f.look, more...)
}

func (f *following) startWith(clock func() time.Time, more ...follow.Folder) {
	f.t.Helper()
	follower := &follow.Follower{Store: f.store, Log: slog.New(slog.NewTextHandler(f, nil)), Now: clock,
		Settle: settle, Every: 5 * time.Millisecond, Linger: linger}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		follower.Run(ctx, append([]follow.Folder{{Path: f.dir, Guild: guild, Course: "Histoire"}}, more...))
	}()
	f.t.Cleanup(func() { stop(); <-ended })
}

func (f *following) write(name, text string) {
	f.t.Helper()
	path := filepath.Join(f.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		f.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		f.t.Fatal(err)
	}
}

func (f *following) do(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

func (f *following) path(name string) string { return filepath.Join(f.dir, name) }

// texts returns the documents that are not removed, "name: text" each, in one line.
func (f *following) texts() string {
	f.t.Helper()
	documents, err := f.store.Documents(f.t.Context(), corpus.Everything(guild), false)
	f.do(err)
	var found []string
	for _, d := range documents {
		text, err := f.store.Text(f.t.Context(), corpus.Everything(guild), d.ID, corpus.Range{End: d.Bytes})
		f.do(err)
		found = append(found, d.Name+": "+text)
	}
	return strings.Join(found, ", ")
}

// becomes lets time pass, in steps, until the documents are the wanted ones.
func (f *following) becomes(want string, step time.Duration) {
	f.t.Helper()
	f.until("the texts are "+want, step, func() bool { return f.texts() == want })
}

// says lets time pass, in steps, until the log says something.
func (f *following) says(want string, step time.Duration) {
	f.t.Helper()
	f.until("the log says "+want, step, func() bool { return strings.Contains(f.logged(), want) })
}

func (f *following) until(what string, step time.Duration, is func() bool) {
	f.t.Helper()
	for begun := time.Now(); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Since(begun) > time.Minute {
			f.t.Fatalf("waited in vain until %s\ntexts: %s\nlog:\n%s", what, f.texts(), f.logged())
		}
		f.pass(step)
	}
}

// stays looks at the documents while time passes and many looks are taken: they are and stay
// what they are.
func (f *following) stays(want string, step time.Duration) {
	f.t.Helper()
	for i := range 50 {
		if got := f.texts(); got != want {
			f.t.Fatalf("after %d steps the texts are %s, want %s\n%s", i, got, want, f.logged())
		}
		f.pass(step)
		before := f.looked()
		f.until("there was another look", 0, func() bool { return f.looked() > before })
	}
}

func (f *following) named(name string) corpus.Document {
	f.t.Helper()
	d, err := f.store.DocumentNamed(f.t.Context(), corpus.Everything(guild), name)
	f.do(err)
	return d
}

// TestFollow: files that come, change, get another name, and go.
func TestFollow(t *testing.T) {
	t.Parallel()
	f := newFollowing(t, "a.txt: Un.", "sub/b.txt: Deux.", "photo.jpg: x")
	f.start()
	f.becomes("a.txt: Un., sub/b.txt: Deux.", settle)
	first := f.named("a.txt")
	if first.Course != "Histoire" {
		t.Errorf("the course is %q, want that of the folder", first.Course)
	}
	f.write("new/c.txt", "Trois.")
	f.becomes("a.txt: Un., new/c.txt: Trois., sub/b.txt: Deux.", settle)
	f.write("a.txt", "Un bis.")
	f.becomes("a.txt: Un bis., new/c.txt: Trois., sub/b.txt: Deux.", settle)
	f.write(".a.tmp", "Un ter.") // as many editors save
	f.do(os.Rename(f.path(".a.tmp"), f.path("a.txt")))
	f.becomes("a.txt: Un ter., new/c.txt: Trois., sub/b.txt: Deux.", settle)
	f.do(os.Rename(f.path("a.txt"), f.path("z.txt")))
	f.becomes("new/c.txt: Trois., sub/b.txt: Deux., z.txt: Un ter.", settle)
	f.do(os.Rename(f.path("sub"), f.path("sub2")))
	f.becomes("new/c.txt: Trois., sub2/b.txt: Deux., z.txt: Un ter.", settle)
	if now := f.named("z.txt"); now.ID != first.ID {
		t.Errorf("under its new name the document is %s, want %s still", now.ID, first.ID)
	}
	f.do(os.Remove(f.path("z.txt")))
	f.becomes("new/c.txt: Trois., sub2/b.txt: Deux.", settle)
	if log := f.logged(); strings.Count(log, "level=WARN") != 1 || !strings.Contains(log, "its file is gone") {
		t.Errorf("the log holds\n%s\nwant that the file is gone alone", log)
	}
	f.write("z.txt", "Un ter.")
	f.becomes("new/c.txt: Trois., sub2/b.txt: Deux., z.txt: Un ter.", settle)
	if now := f.named("z.txt"); now.ID != first.ID {
		t.Errorf("back, the document is %s, want %s still", now.ID, first.ID)
	}
}

// TestWriting: a file that is written bit by bit is read when it is complete, and the text
// from before answers meanwhile.
func TestWriting(t *testing.T) {
	t.Parallel()
	f := newFollowing(t, "a.txt: Le texte d'avant.")
	f.start()
	f.becomes("a.txt: Le texte d'avant.", settle)
	file, err := os.Create(f.path("a.txt"))
	f.do(err)
	defer file.Close()
	whole := ""
	for range 40 {
		_, err := file.WriteString("Encore une phrase. ")
		f.do(err)
		whole += "Encore une phrase. "
		if got := f.texts(); got != "a.txt: Le texte d'avant." {
			t.Fatalf("while it is written the text is %q", got)
		}
		f.pass(settle / 2)
		time.Sleep(2 * time.Millisecond)
	}
	f.becomes("a.txt: "+whole, settle)
}

// TestWritten: a file that is written while the look at it is on its way counts as written
// then, and not when the look began.
func TestWritten(t *testing.T) {
	t.Parallel()
	f := newFollowing(t, "a.txt: Un.")
	var once sync.Once
	f.startWith(func() time.Time {
		now := f.look()
		once.Do(func() {
			f.pass(settle)
			f.write("a.txt", "Une moitié de")
		})
		return now
	})
	f.stays("", 0)
	f.write("a.txt", "Une moitié de texte.")
	f.becomes("a.txt: Une moitié de texte.", settle)
}

// TestGoneForAWhile: a text stays as long as its file may come back, and comes back with it.
func TestGoneForAWhile(t *testing.T) {
	t.Parallel()
	const both = "a.txt: Un., b.txt: Deux."
	f := newFollowing(t, "a.txt: Un.", "b.txt: Deux.")
	f.start()
	f.becomes(both, settle)
	f.do(os.Remove(f.path("a.txt")))
	f.stays(both, linger/200)
	f.write("a.txt", "Un.")
	f.stays(both, settle)
	f.stays(both, linger) // it was there again: its time begins anew
	if strings.Contains(f.logged(), "removed") {
		t.Errorf("the log speaks of removing:\n%s", f.logged())
	}
}

// TestFolderGone: a folder that is not there, or empty, as where a drive is not mounted, takes
// no text away, and neither does one most of whose files are gone at once.
func TestFolderGone(t *testing.T) {
	t.Parallel()
	const all = "a.txt: Un., b.txt: Deux., c.txt: Trois., d.txt: Quatre., e.txt: Cinq."
	files := strings.Split(all, ", ")
	f := newFollowing(t, files...)
	f.start()
	f.becomes(all, settle)
	away := f.dir + "-away"
	f.do(os.Rename(f.dir, away))
	f.says("no such folder", settle)
	f.stays(all, linger)
	f.do(os.Mkdir(f.dir, 0o755))
	f.says("holds no file that is read", settle)
	f.stays(all, linger)
	f.write("a.txt", "Un.")
	f.says("most files of the folder are gone", settle)
	f.stays(all, linger)
	f.do(os.RemoveAll(f.dir))
	f.do(os.Rename(away, f.dir))
	f.write("a.txt", "Un bis.")
	f.becomes(strings.Replace(all, "Un.", "Un bis.", 1), settle)
	f.stays(strings.Replace(all, "Un.", "Un bis.", 1), linger)
}

// TestTroubles: a file that can't be read is named, the others are followed, and the text that
// it had stays. No link leads out of the folder.
func TestTroubles(t *testing.T) {
	t.Parallel()
	f := newFollowing(t, "a.txt: Un.", "b.txt: Deux.")
	secret := filepath.Join(t.TempDir(), "secret.txt")
	f.do(os.WriteFile(secret, []byte("Un secret."), 0o644))
	f.do(os.Symlink(secret, f.path("link.txt")))
	f.do(os.Symlink(filepath.Dir(secret), f.path("links")))
	f.start()
	f.becomes("a.txt: Un., b.txt: Deux.", settle)
	f.says("link.txt: a link that leads out of the folder", settle)
	f.write("a.txt", `{\rtf1 Un.}`)
	f.says("a.txt: an RTF file", settle)
	f.write("b.txt", "Deux bis.")
	f.becomes("a.txt: Un., b.txt: Deux bis.", settle)
	f.do(os.WriteFile(secret, []byte("Un autre secret."), 0o644))
	f.stays("a.txt: Un., b.txt: Deux bis.", linger)
	for _, trouble := range []string{"an RTF file", "a link that leads out"} {
		if n := strings.Count(f.logged(), trouble); n != 1 {
			t.Errorf("the log says %d times %q, want once", n, trouble)
		}
	}
}

// TestModerators: what moderators do with a text of a folder stands until its file changes.
func TestModerators(t *testing.T) {
	t.Parallel()
	f := newFollowing(t, "a.txt: Un.", "b.txt: Deux.", "c.txt: Trois.")
	f.start()
	f.becomes("a.txt: Un., b.txt: Deux., c.txt: Trois.", settle)
	f.do(f.store.Remove(t.Context(), guild, f.named("a.txt").ID))
	d, err := corpus.Read(corpus.File{Name: "b.txt", Origin: "discord", Data: []byte("Deux, corrigé.")})
	f.do(err)
	f.pass(time.Hour)
	_, err = f.store.Put(t.Context(), guild, []corpus.Draft{d}, true)
	f.do(err)
	f.write("c.txt", "Trois bis.")
	f.becomes("b.txt: Deux, corrigé., c.txt: Trois bis.", settle)
	f.start() // which reads all files anew, as after a restart
	f.stays("b.txt: Deux, corrigé., c.txt: Trois bis.", linger)
	f.write("b.txt", "Deux, plus neuf.")
	later := f.clock().Add(time.Hour)
	f.do(os.Chtimes(f.path("b.txt"), later, later))
	f.becomes("b.txt: Deux, plus neuf., c.txt: Trois bis.", settle)

	f.do(os.Remove(f.path("c.txt")))
	f.becomes("b.txt: Deux, plus neuf.", settle)
	f.do(f.store.Restore(t.Context(), guild, f.named("c.txt").ID))
	f.stays("b.txt: Deux, plus neuf., c.txt: Trois bis.", linger)
}

// TestFolders: two folders of a guild may have files of the same name; a file that goes from
// one to the other takes its document along.
func TestFolders(t *testing.T) {
	t.Parallel()
	f := newFollowing(t, "plan.txt: Un.")
	other := filepath.Join(t.TempDir(), "droit")
	f.do(os.Mkdir(other, 0o755))
	f.do(os.WriteFile(filepath.Join(other, "plan.txt"), []byte("Deux."), 0o644))
	f.start()
	f.becomes("plan.txt: Un.", settle)
	f.start(follow.Folder{Path: other, Guild: guild, Course: "Droit"})
	f.becomes("droit/plan.txt: Deux., plan.txt: Un.", settle)
	first := f.named("plan.txt")
	f.write("reste.txt", "Trois.")
	f.becomes("droit/plan.txt: Deux., plan.txt: Un., reste.txt: Trois.", settle)
	f.do(os.Rename(f.path("plan.txt"), filepath.Join(other, "leçon.txt")))
	f.becomes("droit/plan.txt: Deux., leçon.txt: Un., reste.txt: Trois.", settle)
	if now := f.named("leçon.txt"); now.ID != first.ID || now.Course != "Droit" {
		t.Errorf("moved, it is %s of %q, want %s of Droit", now.ID, now.Course, first.ID)
	}
}

// TestSameInFolders: two folders of a guild may have the same file; where it goes from one, the
// text of the other stays.
func TestSameInFolders(t *testing.T) {
	t.Parallel()
	f := newFollowing(t, "plan.txt: Un.", "reste.txt: Trois.")
	other := filepath.Join(t.TempDir(), "droit")
	f.do(os.Mkdir(other, 0o755))
	f.do(os.WriteFile(filepath.Join(other, "plan.txt"), []byte("Un."), 0o644))
	f.start()
	f.becomes("plan.txt: Un., reste.txt: Trois.", settle)
	f.start(follow.Folder{Path: other, Guild: guild})
	f.becomes("droit/plan.txt: Un., plan.txt: Un., reste.txt: Trois.", settle)
	f.do(os.Remove(f.path("plan.txt")))
	f.becomes("droit/plan.txt: Un., reste.txt: Trois.", settle)
	f.stays("droit/plan.txt: Un., reste.txt: Trois.", linger)
}

// A panicking is a reader of files that panics the first time.
type panicking struct {
	corpus.InProcess
	once sync.Once
}

func (p *panicking) File(ctx context.Context, name string, data, sidecar []byte) (extract.Text, error) {
	p.once.Do(func() { panic("a secret of " + string(data)) })
	return p.InProcess.File(ctx, name, data, sidecar)
}

// TestPanic: a panic is logged without what stands in the file, and following goes on.
func TestPanic(t *testing.T) {
	t.Parallel()
	f := newFollowing(t, "a.txt: Un.")
	follower := &follow.Follower{Store: f.store, Extractor: &panicking{}, Log: slog.New(slog.NewTextHandler(f, nil)), Now: f.look, Settle: settle, Every: 5 * time.Millisecond, Linger: linger}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		follower.Run(ctx, []follow.Folder{{Path: f.dir, Guild: guild}})
	}()
	defer func() { stop(); <-ended }()
	f.becomes("a.txt: Un.", settle)
	if log := f.logged(); strings.Count(log, "level=ERROR") != 1 || !strings.Contains(log, "follow_test.go") || strings.Contains(log, "secret") {
		t.Errorf("the log holds\n%s\nwant the panic with its stack, once, without its value", log)
	}
}

// TestEvents: what happens in a folder, and in one that is new below it, is seen without
// waiting for the next look.
func TestEvents(t *testing.T) {
	t.Parallel()
	f := newFollowing(t, "a.txt: Un.")
	follower := &follow.Follower{Store: f.store, Log: slog.New(slog.NewTextHandler(f, nil)), Settle: 20 * time.Millisecond, Every: time.Hour, Linger: linger}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		follower.Run(ctx, []follow.Folder{{Path: f.dir, Guild: guild}})
	}()
	defer func() { stop(); <-ended }()
	f.becomes("a.txt: Un.", 0)
	f.write("neu/b.txt", "Deux.")
	f.becomes("a.txt: Un., neu/b.txt: Deux.", 0)
	f.write("neu/b.txt", "Deux bis.")
	f.becomes("a.txt: Un., neu/b.txt: Deux bis.", 0)
}
