package retrieval_test

import (
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"

	"verbatim/corpus"
)

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
