package retrieval_test

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"verbatim/corpus"
	"verbatim/retrieval"
)

// stands reports whether a guild has an index on the disk.
func (l *library) stands(guild string) bool {
	_, err := os.Stat(filepath.Join(l.dir, hex.EncodeToString([]byte(guild))))
	return err == nil
}

// TestMakeRoom: on a disk that has room for so many indexes of five less than there are, and
// for that of a guild that is in use, those asked least lately go.
func TestMakeRoom(t *testing.T) {
	const least = 100
	for name, test := range map[string]struct {
		short int           // how many indexes too many there are
		unit  int           // how many bytes one has
		later time.Duration // since the questions
		want  string        // the guilds whose indexes are deleted
		still bool          // the disk is short then
	}{
		"there is room":                    {0, 30, time.Hour, "", false},
		"one too many":                     {1, 30, time.Hour, "b", false},
		"three too many":                   {3, 30, time.Hour, "b d e", false},
		"not even one has room":            {5, 30, time.Hour, "b d e a", true},
		"just asked, and little is short":  {1, 30, time.Minute, "", true},
		"just asked, and less than a half": {2, 30, time.Minute, "b", true},
	} {
		t.Run(name, func(t *testing.T) {
			l := open(t)
			guilds := strings.Fields("a b c d e a") // in the order in which they are asked
			for _, g := range guilds {
				l.put(t, g, map[string]string{"x.txt": "Le soviet de Petrograd siège."})
				l.ranking(t, corpus.Everything(g), "soviet")
			}
			free := func(string) (uint64, error) {
				standing := 0
				for _, g := range guilds[:5] {
					if l.stands(g) {
						standing++
					}
				}
				return uint64(max(0, least+test.unit*(5-test.short-standing))), nil
			}
			var deleted []string
			var still bool
			check(t, l.During(t.Context(), "c", func() {
				var err error
				now := func() time.Time { return time.Now().Add(test.later) }
				deleted, still, err = l.MakeRoom(retrieval.Shortage{Free: free, Least: least, Now: now})
				check(t, err)
			}))
			if got := strings.Join(deleted, " "); got != test.want || still != test.still {
				t.Errorf("MakeRoom deletes the indexes of %q, short %v, want %q, %v", got, still, test.want, test.still)
			}
			for _, g := range guilds[:5] {
				if gone := slices.Contains(deleted, g); gone == l.stands(g) {
					t.Errorf("the index of %s stands: %v", g, !gone)
				}
				l.put(t, g, map[string]string{"y.txt": "Le soviet de Moscou siège."})
				check(t, l.Refresh(t.Context(), g))
				check(t, l.Renew(t.Context(), g))
				if gone := slices.Contains(deleted, g); gone == l.stands(g) {
					t.Errorf("after a change the index of %s stands: %v; before somebody asks it is to be as before", g, !gone)
				}
				if got := l.ranking(t, corpus.Everything(g), "soviet"); len(got) != 2 {
					t.Errorf("in %s are found %q, want both texts", g, got)
				}
			}
		})
	}
}

// TestMakeRoomUnasked: what the program asks itself keeps no index from being deleted before
// those that somebody asked.
func TestMakeRoomUnasked(t *testing.T) {
	l := open(t)
	for _, g := range []string{"a", "b"} {
		l.put(t, g, map[string]string{"x.txt": "Le soviet de Petrograd siège."})
		l.ranking(t, corpus.Everything(g), "soviet")
	}
	_, err := l.Rank(retrieval.Unasked(t.Context()), retrieval.Query{Text: "soviet", Access: corpus.Everything("a")}, 10, nil)
	check(t, err)
	free := func(string) (uint64, error) {
		if l.stands("a") && l.stands("b") {
			return 0, nil
		}
		return 1, nil
	}
	deleted, _, err := l.MakeRoom(retrieval.Shortage{Free: free, Least: 1, Now: func() time.Time { return time.Now().Add(time.Hour) }})
	if check(t, err); !slices.Equal(deleted, []string{"a"}) {
		t.Errorf("MakeRoom deletes the indexes of %q, want that of a", deleted)
	}
}

// TestWhatIsStoredIsFound: whatever is deleted meanwhile, a question finds what was stored
// before it, and each text once.
func TestWhatIsStoredIsFound(t *testing.T) {
	l := open(t)
	full := retrieval.Shortage{Free: func(string) (uint64, error) { return 0, nil }, Least: 1}
	var asking, deleting sync.WaitGroup
	for _, g := range []string{"a", "b", "c"} {
		asking.Go(func() {
			for n := range 12 {
				l.put(t, g, map[string]string{fmt.Sprintf("%d.txt", n): "Le soviet de Petrograd siège."})
				deleting.Go(func() {
					switch {
					case n%10 == 9:
						os.RemoveAll(l.dir)
					case n%4 == 1:
						os.RemoveAll(filepath.Join(l.dir, hex.EncodeToString([]byte(g))))
					case n%4 == 3:
						l.MakeRoom(full) // which may find the directory deleted
					}
				})
				hits, err := l.Rank(t.Context(), retrieval.Query{Text: "soviet", Access: corpus.Everything(g)}, 100, nil)
				if err != nil || len(hits) != n+1 {
					t.Errorf("after %d texts of %s: found %d, %v", n+1, g, len(hits), err)
				}
			}
		})
	}
	asking.Wait()
	deleting.Wait()
}

// TestDirectoryDeleted: a directory that was deleted belongs to the process that had it, as
// soon as it makes an index there.
func TestDirectoryDeleted(t *testing.T) {
	l := open(t)
	l.put(t, guild, map[string]string{"a.txt": "Le soviet siège."})
	check(t, os.RemoveAll(l.dir))
	if got := l.ranking(t, corpus.Everything(guild), "soviet"); len(got) != 1 {
		t.Errorf("found %q, want a.txt", got)
	}
	if _, err := retrieval.OpenIndexes(l.dir, l.Store, slog.New(slog.DiscardHandler)); !errors.Is(err, retrieval.ErrLocked) {
		t.Errorf("another OpenIndexes: %v, want ErrLocked", err)
	}
	check(t, os.RemoveAll(l.dir))
	other, err := retrieval.OpenIndexes(l.dir, l.Store, slog.New(slog.DiscardHandler))
	check(t, err)
	defer other.Close()
	l.put(t, "another", map[string]string{"a.txt": "Le soviet siège."})
	if _, err := l.Rank(t.Context(), retrieval.Query{Text: "soviet", Access: corpus.Everything("another")}, 10, nil); !errors.Is(err, retrieval.ErrLocked) {
		t.Errorf("a question, once another process has the directory: %v, want ErrLocked", err)
	}
	if entries, err := os.ReadDir(l.dir); errors.Is(err, fs.ErrNotExist) || len(entries) != 1 {
		t.Errorf("in the directory of the other are %v, %v", entries, err)
	}
}
