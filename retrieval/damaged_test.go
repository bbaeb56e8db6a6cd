package retrieval_test

import (
	"encoding/hex"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"verbatim/corpus"
)

// TestDamagedAnywhere damages a closed index at random places, a bit or all from there on.
// It is noticed whatever it is, and the index is made anew.
func TestDamagedAnywhere(t *testing.T) {
	places := 40
	if os.Getenv("VERBATIM_LONG") != "" {
		places = 2000
	}
	l := open(t)
	texts := map[string]string{}
	for i := range 20 {
		texts[fmt.Sprintf("%d.txt", i)] = fmt.Sprintf("Le soviet numéro %d siège à Petrograd.\n\nLa motion %d est rejetée par %d voix.", i, i, i*i)
	}
	l.put(t, guild, texts)
	questions := []string{"soviet numéro 7", "la motion rejetée par 16 voix", "petrogad"}
	rankings := func() []string {
		var all []string
		for _, question := range questions {
			all = append(all, l.ranking(t, corpus.Everything(guild), question)...)
		}
		return all
	}
	want := rankings()
	for range places {
		var done string
		l.reopen(t, func() { done = damageAnywhere(t, l.dir) })
		if got := rankings(); !slices.Equal(got, want) {
			t.Fatalf("after %s the rankings are %q, want %q", done, got, want)
		}
	}
}

// damageAnywhere turns a bit over in a file of an index, or cuts the file there, and says
// what it did.
func damageAnywhere(t *testing.T, dir string) string {
	t.Helper()
	var files []string
	check(t, filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() && filepath.Dir(path) != dir { // there only the lock is
			files = append(files, path)
		}
		return err
	}))
	name := files[rand.IntN(len(files))]
	data, err := os.ReadFile(name)
	check(t, err)
	at := rand.IntN(len(data))
	if rand.IntN(3) == 0 {
		check(t, os.Truncate(name, int64(at)))
		return fmt.Sprintf("cutting %s at %d", name, at)
	}
	bit := byte(1) << rand.IntN(8)
	data[at] ^= bit
	check(t, os.WriteFile(name, data, 0o600))
	return fmt.Sprintf("turning over bit %#x of byte %d of %s", bit, at, name)
}

// TestFolderDeleted: the folder of an index that is open, or a part of it, may be deleted,
// and the index is made anew there.
func TestFolderDeleted(t *testing.T) {
	for name, part := range map[string]string{"all of it": "", "what Bleve writes": "store"} {
		t.Run(name, func(t *testing.T) {
			l := open(t)
			l.WaitAtMost(time.Minute)
			l.put(t, guild, map[string]string{"a.txt": "Le soviet siège."})
			l.ranking(t, corpus.Everything(guild), "soviet")
			check(t, os.RemoveAll(filepath.Join(l.dir, hex.EncodeToString([]byte(guild)), part)))
			l.put(t, guild, map[string]string{"b.txt": "Le congrès siège."})
			if got := l.ranking(t, corpus.Everything(guild), "siège"); len(got) != 2 {
				t.Fatalf("found %q, want a.txt and b.txt", got)
			}
			l.reopen(t, func() {})
			if got := l.ranking(t, corpus.Everything(guild), "siège"); len(got) != 2 {
				t.Errorf("found %q after closing it", got)
			}
		})
	}
}

// TestFailsUnderQuestion: a question that panics as its index fails is asked again of one made
// anew; any other panic is the caller's.
func TestFailsUnderQuestion(t *testing.T) {
	l := open(t)
	l.put(t, guild, map[string]string{"a.txt": "Le soviet siège."})
	if uses, err := l.FailOnce(t.Context(), guild); uses != 2 || err != nil {
		t.Errorf("used %d times, %v; want twice", uses, err)
	}
	if got := l.ranking(t, corpus.Everything(guild), "siège"); len(got) != 1 {
		t.Errorf("found %q, want a.txt", got)
	}
	defer func() {
		if recover() == nil {
			t.Error("a panic of the caller's own is swallowed")
		}
	}()
	l.During(t.Context(), guild, func() { panic("mine") })
}
