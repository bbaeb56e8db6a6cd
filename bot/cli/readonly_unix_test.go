//go:build unix

package cli_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"verbatim/config/database"
)

// TestReadOnlyData: where the data folder, or one that a file goes to, may be read and not
// written, each command says which it is and what to do.
func TestReadOnlyData(t *testing.T) {
	t.Parallel()
	home := openHome(t)
	program := copyOfSelf(t, home)
	writeCourse(t, home, 2)
	for _, args := range [][]string{{"index", "course"}, {"ask", "Que vote le soviet numéro 1 ?"}, {"backup", "all.backup"}} {
		if status, _, stderr := run(t, command(t, home, args...)); status != 0 {
			t.Fatalf("%q: status %d\n%s", args, status, stderr)
		}
	}
	data, temporary := filepath.Join(home, "share", "verbatim"), filepath.Join(home, "tmp")
	err := errors.Join(os.Mkdir(temporary, 0o777), os.Chmod(temporary, 0o777), os.Chmod(filepath.Join(home, "all.backup"), 0o644))
	for _, dir := range []string{data, home} {
		err = errors.Join(err, filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
			if err == nil && path != temporary {
				if err = os.Chmod(path, 0o444); entry.IsDir() || path == program {
					err = os.Chmod(path, 0o555)
				}
			}
			return err
		}))
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		filepath.WalkDir(home, func(path string, entry os.DirEntry, err error) error {
			if err == nil && entry.IsDir() {
				return os.Chmod(path, 0o755)
			}
			return err
		})
	})
	stored := database.ErrReadOnly.Error()
	const other = "check who owns it and its folder, and whether this user may read and write there"
	tests := []struct {
		args  []string
		names string
		says  string
	}{
		{[]string{"ask", "Que vote le soviet numéro 1 ?"}, data, stored},
		{[]string{"index", "course"}, data, stored},
		{[]string{"corpus", "list"}, data, stored},
		{[]string{"corpus", "remove", "0001.txt"}, data, stored},
		{[]string{"curated", "add", "--question", "Qui ?", "--answer", "Personne."}, data, stored},
		{[]string{"questions", "list"}, data, stored},
		{[]string{"glossary", "list"}, data, stored},
		{[]string{"settings"}, data, stored},
		{[]string{"forget", "112233445566778899"}, data, stored},
		{[]string{"export"}, data, stored},
		{[]string{"backup", filepath.Join(temporary, "all.backup")}, data, stored},
		{[]string{"run"}, data, stored},
		{[]string{"restore", "all.backup"}, data, other},
		{[]string{"init"}, "verbatim.yaml", other},
		{[]string{"index", "--data", filepath.Join(home, "new"), "course"}, filepath.Join(home, "new"), stored},
	}
	for _, test := range tests {
		cmd := asNobody(command(t, home, test.args...), program, temporary)
		cmd.Env = append(cmd.Env, "DISCORD_TOKEN=a.b.c")
		status, _, stderr := run(t, cmd)
		if status != 3 || !strings.Contains(stderr, test.names) || !strings.Contains(stderr, test.says) || strings.Contains(stderr, "goroutine") {
			t.Errorf("%q: status %d, want 3, %s and %q:\n%s", test.args, status, test.names, test.says, stderr)
		}
	}
	status, findings, _ := run(t, asNobody(command(t, home, "doctor"), program, temporary))
	if status != 3 || !strings.Contains(findings, data+" can't be written by this user") || !strings.Contains(findings, "chown") {
		t.Errorf("doctor: status %d\n%s", status, findings)
	}
}

// TestBackupOnFullDisk: a backup for which there is no room leaves the one before as it is,
// and a restore without room all that is stored.
func TestBackupOnFullDisk(t *testing.T) {
	t.Parallel()
	i := newInstance(t, database.SQLite)
	writeCourse(t, i.home, 3)
	i.verbatim("index", "course")
	small := filepath.Join(i.home, "small.backup")
	i.verbatim("backup", small)
	before, err := os.ReadFile(small)
	if err != nil {
		t.Fatal(err)
	}
	writeCourse(t, i.home, 1200)
	i.verbatim("index", "course")
	large := filepath.Join(i.home, "large.backup")
	i.verbatim("backup", large)
	stored := i.verbatim("export")
	tests := []struct {
		args   []string
		blocks int // of 512 bytes, that a file may have
	}{
		{[]string{"backup", small}, 70}, // enough to open the database
		{[]string{"restore", large}, 70},
		{[]string{"restore", large}, 700},
		{[]string{"restore", large}, 1400},
	}
	for _, test := range tests {
		status, _, stderr := run(t, limited(command(t, i.home, test.args...), test.blocks))
		if status != 3 || !strings.Contains(stderr, "disk full: free some space") || strings.Contains(stderr, "goroutine") {
			t.Errorf("%q with files of %d blocks: status %d\n%s", test.args, test.blocks, status, stderr)
		}
		if after, err := os.ReadFile(small); err != nil || string(after) != string(before) {
			t.Errorf("after %q the backup before is not what it was: %v", test.args, err)
		}
		if i.verbatim("export") != stored {
			t.Fatalf("after %q something else is stored", test.args)
		}
		for _, pattern := range []string{".*.backup.*", "share/verbatim/.restore-*"} {
			if left, err := filepath.Glob(filepath.Join(i.home, pattern)); err != nil || len(left) > 0 {
				t.Errorf("%q leaves behind %q, %v", test.args, left, err)
			}
		}
	}
	i.verbatim("restore", small)
	i.verbatim("restore", large)
	if i.verbatim("export") != stored {
		t.Error("with room again, restore brings back something else")
	}
}
