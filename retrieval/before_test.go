package retrieval_test

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/config/database"
	"verbatim/corpus"
	"verbatim/retrieval"
)

// A held source gives changes once it is let go, and says when it is asked for them first.
type held struct {
	*corpus.Store
	asked, letGo chan struct{}
}

func (h held) Changes(ctx context.Context, guild string, since int64) ([]database.Change, error) {
	select {
	case h.asked <- struct{}{}:
	default:
	}
	select {
	case <-h.letGo:
		return h.Store.Changes(ctx, guild, since)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// upgraded is a library whose index another version has made, of a.txt. Since then there is
// b.txt too, which is not indexed before the source is let go.
func upgraded(t *testing.T, format int) (*library, held) {
	t.Helper()
	l := open(t)
	l.put(t, guild, map[string]string{"a.txt": "Le soviet vote."})
	l.ranking(t, corpus.Everything(guild), "soviet")
	check(t, l.Indexes.Close())
	check(t, retrieval.SetFormat(l.folder(), guild, format))
	l.put(t, guild, map[string]string{"b.txt": "Le soviet siège."})
	source := held{l.Store, make(chan struct{}, 1), make(chan struct{})}
	l.openHeld(t, source)
	return l, source
}

// folder is that of the guild's index.
func (l *library) folder() string { return filepath.Join(l.dir, hex.EncodeToString([]byte(guild))) }

func (l *library) openHeld(t *testing.T, source retrieval.Source) {
	t.Helper()
	var err error
	l.Indexes, err = retrieval.OpenIndexes(l.dir, source, slog.New(slog.DiscardHandler))
	check(t, err)
	l.WaitAtMost(time.Millisecond)
}

// names returns the names of the documents of a ranking, sorted.
func (l *library) names(t *testing.T, text string) string {
	t.Helper()
	var names []string
	for _, hit := range l.ranking(t, corpus.Everything(guild), text) {
		name, _, _ := strings.Cut(hit, "/")
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

// left reports whether there is an index that was put aside.
func (l *library) left(t *testing.T) bool {
	t.Helper()
	_, err := os.Stat(l.folder() + ".before")
	if !errors.Is(err, os.ErrNotExist) {
		check(t, err)
	}
	return err == nil
}

// TestEarlierIndexAnswers: an index of an earlier version answers until a new one is whole,
// however often the program is stopped meanwhile, and is gone then.
func TestEarlierIndexAnswers(t *testing.T) {
	l, source := upgraded(t, retrieval.FormatVersion-1)
	for range 3 {
		if got := l.names(t, "soviet"); got != "a.txt" {
			t.Errorf("meanwhile found %q, want a.txt", got)
		}
		check(t, l.Indexes.Close())
		l.openHeld(t, source)
	}
	// Killed: what is new was not closed.
	l.names(t, "soviet")
	check(t, l.Indexes.Close())
	check(t, os.Remove(filepath.Join(l.folder(), "seal.json")))
	l.openHeld(t, source)
	if got := l.names(t, "soviet"); got != "a.txt" || !l.left(t) {
		t.Errorf("after a kill found %q, want a.txt of the earlier index", got)
	}
	close(source.letGo)
	check(t, l.Renew(t.Context(), guild))
	if got := l.names(t, "soviet"); got != "a.txt b.txt" || l.left(t) {
		t.Errorf("afterwards found %q, want both; the earlier index is there: %v", got, l.left(t))
	}
	l.reopen(t, func() {})
	if got := l.names(t, "soviet"); got != "a.txt b.txt" {
		t.Errorf("after a stop found %q, want both", got)
	}
}

// TestEarlierIndexRefused: what can't answer does not, and a question waits for the new index.
func TestEarlierIndexRefused(t *testing.T) {
	tests := map[string]struct {
		format int
		do     func(t *testing.T, l *library, source held)
	}{
		"too early": {retrieval.ReadableSince - 1, nil},
		"later":     {retrieval.FormatVersion + 1, nil},
		"damaged": {retrieval.FormatVersion - 1, func(t *testing.T, l *library, _ held) {
			zero(t, file(t, l.folder(), "*.zap"), 0, 8) // which Bleve does not notice
		}},
		"damaged since it is aside": {retrieval.FormatVersion - 1, func(t *testing.T, l *library, source held) {
			l.names(t, "soviet")
			check(t, l.Indexes.Close())
			zero(t, file(t, l.folder()+".before", "*.zap"), 0, 8)
			<-source.asked
			l.openHeld(t, source)
		}},
		"of other data": {retrieval.FormatVersion - 1, func(t *testing.T, l *library, _ held) {
			_, err := l.sql.Exec(`UPDATE guild_change SET stamp = 'another' WHERE guild = ? AND revision = 1`, guild)
			check(t, err)
		}},
		"no patience": {retrieval.FormatVersion - 1, func(_ *testing.T, l *library, _ held) { l.WaitAtMost(0) }},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			l, source := upgraded(t, test.format)
			if test.do != nil {
				test.do(t, l, source)
			}
			go func() {
				<-source.asked
				time.Sleep(20 * time.Millisecond) // in which an index that may not answer would have
				close(source.letGo)
			}()
			if got := l.names(t, "soviet"); got != "a.txt b.txt" || l.left(t) {
				t.Errorf("found %q, want both; the earlier index is there: %v", got, l.left(t))
			}
		})
	}
}

// A silent source never tells a stamp.
type silent struct{ held }

func (silent) Stamp(ctx context.Context, _ string, _ int64) (string, error) {
	<-ctx.Done()
	return "", ctx.Err()
}

// TestEarlierIndexAnswersInSilence: a source that says nothing of what an earlier index followed
// keeps no question waiting without end; who asks and gives up is told so.
func TestEarlierIndexAnswersInSilence(t *testing.T) {
	l, source := upgraded(t, retrieval.FormatVersion-1)
	check(t, l.Indexes.Close())
	l.openHeld(t, silent{source})
	question := retrieval.Query{Text: "soviet", Access: corpus.Everything(guild)}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := l.Rank(gone, question, 10, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("who gave up is told %v", err)
	}
	check(t, ends(t, "a question", func() error {
		hits, err := l.Rank(t.Context(), question, 10, nil)
		if err == nil && len(hits) != 1 {
			t.Errorf("found %v, want the passage of the earlier index", hits)
		}
		return err
	}))
}

// TestEarlierIndexObeys: an earlier index answers with what is stored and may be seen now.
func TestEarlierIndexObeys(t *testing.T) {
	tests := map[string]struct {
		change func(t *testing.T, l *library, document string)
		access corpus.Access
	}{
		"removed":        {func(t *testing.T, l *library, document string) { check(t, l.Remove(t.Context(), guild, document)) }, corpus.Everything(guild)},
		"not to be seen": {func(*testing.T, *library, string) {}, corpus.Only(guild, "another")},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			l, _ := upgraded(t, retrieval.FormatVersion-1)
			defer l.Indexes.Close()
			a, err := l.DocumentNamed(t.Context(), corpus.Everything(guild), "a.txt")
			check(t, err)
			question := retrieval.Query{Text: "Qui vote ?", Access: corpus.Everything(guild)}
			if r, err := l.Search(t.Context(), question, l.Store); err != nil || len(r.Excerpts) != 1 || r.Excerpts[0].Document.ID != a.ID {
				t.Errorf("before: %+v, %v, want one excerpt of a.txt", r.Excerpts, err)
			}
			test.change(t, l, a.ID)
			question.Access = test.access
			if r, err := l.Search(t.Context(), question, l.Store); err != nil || len(r.Excerpts) > 0 {
				t.Errorf("then: %+v, %v, want none", r.Excerpts, err)
			}
		})
	}
}

// TestEarlierIndexErased: what is erased of a guild is its earlier index too.
func TestEarlierIndexErased(t *testing.T) {
	l, source := upgraded(t, retrieval.FormatVersion-1)
	if l.names(t, "soviet"); !l.left(t) {
		t.Fatal("no earlier index answers")
	}
	close(source.letGo)
	check(t, l.Indexes.Close())
	l.openHeld(t, source)
	check(t, l.Erase(guild))
	if all, err := filepath.Glob(l.folder() + "*"); err != nil || len(all) > 0 {
		t.Errorf("left are %q, %v", all, err)
	}
}

// TestOldestIndex: the index that the first version made of its database answers until there
// is another. Whoever changes the layout of indexes, and with it the earliest format that is
// read, puts another index here.
func TestOldestIndex(t *testing.T) {
	dump, err := os.ReadFile("../config/database/testdata/v0.1.0.sqlite.sql")
	check(t, err)
	path := filepath.Join(t.TempDir(), "verbatim.db")
	db, err := sql.Open("sqlite", path)
	check(t, err)
	defer db.Close()
	_, err = db.Exec(string(dump))
	check(t, err)
	dir := t.TempDir()
	check(t, os.CopyFS(dir, os.DirFS("testdata/v0.1.0/index")))
	l := openAt(t, path, dir)
	check(t, l.Indexes.Close())
	source := held{l.Store, make(chan struct{}, 1), make(chan struct{})}
	l.openHeld(t, source)
	for _, earlier := range []bool{true, false} {
		for _, text := range []string{"Où siège le soviet de Petrograd ?", "ou siegent les soviets de petrogrrad", `"soviet de Petrograd"`} {
			found, err := l.Search(t.Context(), retrieval.Query{Text: text, Access: corpus.Everything("local")}, l.Store)
			check(t, err)
			if len(found.Excerpts) == 0 || found.Excerpts[0].Document.Name != "a.md" || found.Earlier != earlier {
				t.Errorf("%s: found %+v, in the earlier index: %v, want a.md, %v", text, found.Excerpts, found.Earlier, earlier)
			}
		}
		if earlier {
			close(source.letGo)
			check(t, l.Renew(t.Context(), "local"))
		}
	}
}
