package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// askKept returns what asks about a folder of texts that is kept in the cache, and the first
// reply.
func askKept(t *testing.T, home string) (ask func() (stdout, stderr string), reply string) {
	t.Helper()
	writeCourse(t, home, 3)
	ask = func() (stdout, stderr string) {
		t.Helper()
		status, stdout, stderr := run(t, command(t, home, "ask", "--docs", "course", "Que vote le soviet numéro 2 ?"))
		if status != 0 {
			t.Fatalf("status %d\n%s%s", status, stdout, stderr)
		}
		return stdout, stderr
	}
	reply, _ = ask()
	return ask, reply
}

// keptFolder returns the one folder of the cache in which texts are kept.
func keptFolder(t *testing.T, home string) string {
	t.Helper()
	kept, err := filepath.Glob(filepath.Join(home, "cache", "verbatim", "docs", "*"))
	if err != nil || len(kept) != 1 {
		t.Fatalf("what is kept: %q, %v", kept, err)
	}
	return kept[0]
}

// TestDamagedCache: what is kept of a folder's texts is no more than a copy of them, so
// where it is damaged the texts are read again, and the reply is the same.
func TestDamagedCache(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	ask, want := askKept(t, home)
	err := os.WriteFile(filepath.Join(keptFolder(t, home), "verbatim.db"), []byte(strings.Repeat("no database ", 1000)), 0o600)
	if err != nil {
		t.Fatal(err)
	}
	for n, said := range []bool{true, false} {
		got, stderr := ask()
		if got != want {
			t.Errorf("time %d: reply %q, want %q", n+1, got, want)
		}
		if strings.Contains(stderr, "is damaged, and is made anew") != said {
			t.Errorf("time %d: says %q", n+1, stderr)
		}
	}
}

// TestCacheOfOtherVersions: what versions with other schemas keep of the same texts stays as it
// is. Only what was kept under the name without a schema goes, when the one with it is made.
func TestCacheOfOtherVersions(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	ask, want := askKept(t, home)
	kept := keptFolder(t, home)
	at := strings.LastIndexByte(filepath.Base(kept), '-')
	if at < 0 {
		t.Fatalf("the texts are kept in %s, which names no schema", kept)
	}
	unnumbered := filepath.Join(filepath.Dir(kept), filepath.Base(kept)[:at])
	other := unnumbered + "-99999"
	if err := os.Rename(kept, other); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(other, "verbatim.db"), []byte("of a newer version"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(unnumbered, 0o700); err != nil {
		t.Fatal(err)
	}
	if got, stderr := ask(); got != want || strings.Contains(stderr, "made anew") {
		t.Errorf("reply %q, want %q; says %q", got, want, stderr)
	}
	if data, err := os.ReadFile(filepath.Join(other, "verbatim.db")); string(data) != "of a newer version" {
		t.Errorf("what another version keeps is %q, %v", data, err)
	}
	if _, err := os.Stat(unnumbered); !os.IsNotExist(err) {
		t.Errorf("the folder of the earlier name is still there: %v", err)
	}
}
