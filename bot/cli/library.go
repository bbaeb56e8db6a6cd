package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
	"unicode"

	"verbatim/answers"
	"verbatim/config"
	"verbatim/config/database"
	"verbatim/corpus"
	"verbatim/retrieval"
)

// The stores are what the indexes follow.
var (
	_ retrieval.Source = (*corpus.Store)(nil)
	_ retrieval.Source = (*answers.Store)(nil)
)

// A library is everything that answers come from, open and wired together.
type library struct {
	db             *database.DB
	store          *corpus.Store
	curated        *answers.Store
	settings       *config.GuildSettings
	indexes        *retrieval.Indexes // nil in a library that is opened to be changed
	curatedIndexes *retrieval.Indexes // likewise
	answerer       *answers.Answerer
	copy           *database.Copy // of what this process answers for, beside others; nil for none
	unfollowed     sync.Map       // guilds of which the copy is not up to date, for want of room
	guild          string
	dir            string // of the indexes of a bot
	closers        []func() error
}

// close closes what is open, the last opened first.
func (l *library) close() error {
	var failed []error
	for i := len(l.closers) - 1; i >= 0; i-- {
		failed = append(failed, l.closers[i]())
	}
	l.closers = nil
	return errors.Join(failed...)
}

// openStore opens a database, which is made if it is not there. That of the data folder is
// backed up before it is brought up to date for a newer version of the program.
func (p *program) openStore(ctx context.Context, address, guild string) (*library, error) {
	if err := checkGuild(guild); err != nil {
		return nil, err
	}
	db, err := p.openDatabase(ctx, address)
	if err != nil {
		return nil, err
	}
	l := &library{db: db, guild: guild, closers: []func() error{db.Close}}
	l.store = corpus.NewStore(db, time.Now)
	l.curated = answers.NewStore(db, l.store, time.Now)
	l.settings = config.NewGuildSettings(db)
	return l, nil
}

// checkGuild refuses names of guilds that no guild has.
func checkGuild(guild string) error {
	strange := func(r rune) bool {
		return r != '-' && r != '_' && (r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r))
	}
	if guild == "" || len(guild) > 64 || strings.ContainsFunc(guild, strange) {
		return usage("guild %q: give a guild's ID, such as 112233445566778899, or %s", guild, localGuild)
	}
	return nil
}

// openIndexes adds the indexes of texts and of curated answers below a directory, and
// what answers from them. Where another process has one, it is built elsewhere, for this
// run alone.
func (p *program) openIndexes(l *library, dir string) (err error) {
	if l.indexes, err = p.openIndex(l, filepath.Join(dir, indexName), l.store); err != nil {
		return err
	}
	if l.curatedIndexes, err = p.openIndex(l, filepath.Join(dir, curatedName), l.curated); err != nil {
		return err
	}
	l.answerer = answers.New(l.store, l.indexes, p.log).WithCurated(l.curated, l.curatedIndexes)
	return nil
}

// Folders of indexes.
const (
	indexName   = "index"
	curatedName = "index-curated"
)

func (p *program) openIndex(l *library, dir string, source retrieval.Source) (*retrieval.Indexes, error) {
	indexes, err := retrieval.OpenIndexes(dir, source, p.log)
	if errors.Is(err, retrieval.ErrLocked) || errors.Is(err, fs.ErrPermission) {
		p.log.Info("index of this run alone", "err", err)
		if dir, err = l.temporary(); err == nil {
			indexes, err = retrieval.OpenIndexes(dir, source, p.log)
		}
	}
	if err == nil {
		l.closers = append(l.closers, indexes.Close)
	}
	return indexes, err
}

// temporary makes a folder that goes when the library is closed.
func (l *library) temporary() (string, error) {
	dir, err := os.MkdirTemp("", "verbatim-")
	if err == nil {
		l.closers = append(l.closers, func() error { return os.RemoveAll(dir) })
	}
	return dir, err
}

// openFolder opens a library of the documents of a folder. It is kept in the cache,
// where only files that changed are read again, and which is made anew if it is damaged;
// without a cache that can be written, it lasts for this run.
func (p *program) openFolder(ctx context.Context, folder *corpus.Folder, cache string, show func(folder *corpus.Folder) *progress) (*library, error) {
	if err := os.MkdirAll(cache, 0o700); err != nil || !writable(cache) {
		p.log.Info("no cache", "dir", cache, "err", err)
		return p.openTemporary(ctx, folder, show)
	}
	l, err := p.openCached(ctx, folder, cache, show)
	if !errors.Is(err, database.ErrDamaged) && !errors.Is(err, database.ErrStored) {
		return l, err
	}
	p.log.Info("damaged cache", "dir", cache, "err", err)
	p.warn("what was kept of these texts in %s is damaged, and is made anew", cache)
	if err := os.RemoveAll(cache); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(cache, 0o700); err != nil {
		return nil, err
	}
	return p.openCached(ctx, folder, cache, show)
}

// openCached opens a library that is kept in a folder of the cache, and makes its documents
// those of the folder of texts.
func (p *program) openCached(ctx context.Context, folder *corpus.Folder, cache string, show func(folder *corpus.Folder) *progress) (*library, error) {
	l, err := p.openStore(ctx, filepath.Join(cache, "verbatim.db"), localGuild)
	if err != nil {
		return nil, err
	}
	if err := p.mirror(ctx, l, folder, show); err != nil {
		return nil, errors.Join(err, l.close())
	}
	if err := p.openIndexes(l, cache); err != nil {
		return nil, errors.Join(err, l.close())
	}
	return l, nil
}

func (p *program) openTemporary(ctx context.Context, folder *corpus.Folder, show func(folder *corpus.Folder) *progress) (*library, error) {
	holder := &library{}
	dir, err := holder.temporary()
	if err != nil {
		return nil, err
	}
	l, err := p.openFolder(ctx, folder, dir, show)
	if err != nil {
		return nil, errors.Join(err, holder.close())
	}
	l.closers = append(holder.closers, l.closers...)
	return l, nil
}

func writable(dir string) bool {
	f, err := os.CreateTemp(dir, ".write-*")
	if err != nil {
		return false
	}
	f.Close()
	return os.Remove(f.Name()) == nil
}

// mirror makes the documents of a library those of the folder. Files that can't be
// read are named on standard error.
func (p *program) mirror(ctx context.Context, l *library, folder *corpus.Folder, show func(folder *corpus.Folder) *progress) error {
	bar := show(folder)
	defer bar.finish()
	report, err := l.store.Import(ctx, localGuild, folder, corpus.ImportOptions{Extractor: p.files(), Mirror: true, Strict: true, Progress: bar.read})
	for _, failed := range report.Failed {
		p.warn("%v", failed)
	}
	if err == nil && len(report.Failed) > 0 && report.Added+report.Replaced+report.Unchanged == 0 {
		return errors.New("none of the files could be read")
	}
	return err
}
