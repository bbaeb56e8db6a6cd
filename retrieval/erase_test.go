package retrieval_test

import (
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"

	"verbatim/corpus"
	"verbatim/retrieval"
)

// TestEraseWithoutRoom: what is deleted is not sealed, for which a full disk has no room.
func TestEraseWithoutRoom(t *testing.T) {
	for name, erase := range map[string]func(*library) error{
		"erased": func(l *library) error { return l.Erase(guild) },
		"for want of room": func(l *library) error {
			full := retrieval.Shortage{Free: func(string) (uint64, error) { return 0, nil }, Least: 1 << 30}
			_, _, err := l.MakeRoom(full)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			l := open(t)
			l.put(t, guild, map[string]string{"a.txt": "Le soviet vote."})
			l.ranking(t, corpus.Everything(guild), "soviet")
			check(t, os.Mkdir(filepath.Join(l.folder(), "seal.json"), 0o700)) // can't be written
			if err := erase(l); err != nil || l.stands(guild) {
				t.Errorf("got %v, the index is there: %v", err, l.stands(guild))
			}
		})
	}
}

// TestEraseIndex: nothing of a guild is left on the disk, and what it stores anew is
// found; another guild's index stays.
func TestEraseIndex(t *testing.T) {
	l := open(t)
	folder := func(guild string) bool {
		_, err := os.Stat(filepath.Join(l.dir, hex.EncodeToString([]byte(guild))))
		return err == nil
	}
	for _, guild := range []string{"a", "b"} {
		l.put(t, guild, map[string]string{"x.txt": "Le soviet de Petrograd siège."})
		l.ranking(t, corpus.Everything(guild), "soviet")
	}
	check(t, l.Erase("a"))
	check(t, l.Erase("never"))
	if folder("a") || !folder("b") {
		t.Errorf("on the disk is the index of a: %v, of b: %v, want only the latter", folder("a"), folder("b"))
	}
	if got := l.ranking(t, corpus.Everything("a"), "soviet"); len(got) != 1 {
		t.Error("what is stored is not found after its index was erased")
	}
}
