package cli_test

import (
	"bytes"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"verbatim/bot/cli"
	"verbatim/config/database"
)

// TestDamagedDatabase damages the database at random places. Commands reply as before or
// refuse in a sentence; where one refuses, doctor says what to do, and that brings all back.
func TestDamagedDatabase(t *testing.T) {
	places := 15
	if os.Getenv("VERBATIM_LONG") != "" {
		places = 1000
	}
	i := newInstance(t, database.SQLite)
	t.Setenv("HOME", i.home)
	t.Setenv("XDG_DATA_HOME", i.home+"/share")
	t.Setenv("XDG_CACHE_HOME", i.home+"/cache")
	writeCourse(t, i.home, 3)
	file := filepath.Join(i.home, "all.backup")
	in := func(args ...string) (status int, stdout, stderr string) {
		var out, errs bytes.Buffer
		status = cli.Main(args, strings.NewReader(""), &out, &errs)
		return status, out.String(), errs.String()
	}
	must := func(args ...string) string {
		t.Helper()
		status, stdout, stderr := in(args...)
		if status != 0 {
			t.Fatalf("verbatim %q: status %d\n%s%s", args, status, stdout, stderr)
		}
		return stdout
	}
	must("index", filepath.Join(i.home, "course"))
	must("curated", "add", "--question", "Qui vote ?", "--answer", "Le soviet.")
	must("backup", file)
	want := must("export")
	sound, err := os.ReadFile(i.file())
	if err != nil {
		t.Fatal(err)
	}
	refused := 0
	for range places {
		done := damageDatabase(t, i.file(), sound)
		refuses := false
		for _, args := range [][]string{{"export"}, {"ask", "Que vote le soviet numéro 2 ?"}, {"corpus", "list"}} {
			status, _, stderr := in(args...)
			if status == 3 {
				refuses = true
				if strings.Contains(stderr, "goroutine") || !strings.Contains(stderr, "verbatim restore") {
					t.Errorf("after %s %q says %s", done, args, stderr)
				}
			}
		}
		_, findings, _ := in("doctor")
		if says := strings.Contains(findings, "verbatim restore brings back"); refuses && !says {
			t.Errorf("after %s doctor says\n%s", done, findings)
		}
		if !refuses {
			continue
		}
		refused++
		must("restore", file)
		if got := must("export"); got != want {
			t.Errorf("after %s and a restore there is\n%.2000s\nwant\n%.2000s", done, got, want)
		}
	}
	if refused == 0 {
		t.Errorf("none of %d damages was noticed", places)
	}
}

// TestDamagedText damages one text of three, and has all indexes made anew: the others answer,
// the log names it once, doctor says what to do, and that does it.
func TestDamagedText(t *testing.T) {
	i := newInstance(t, database.SQLite)
	writeCourse(t, i.home, 3)
	i.verbatim("index", "course")
	i.verbatim("index", "--guild", "112233445566778899", "course")
	i.verbatim("ask", "Que vote le soviet numéro 1 ?")
	db, err := database.Open(t.Context(), i.file())
	if err != nil {
		t.Fatal(err)
	}
	for _, guild := range []string{"local", "112233445566778899"} {
		err := db.Change(t.Context(), guild, func(tx *sql.Tx, _ int64) error {
			done, err := tx.Exec(`UPDATE document_text SET body = CAST(replace(body, 'vote', 'rote') AS BLOB)
				WHERE guild = $1 AND document = (SELECT document FROM document WHERE guild = $1 AND name = '0001.txt')`, guild)
			if n, _ := done.RowsAffected(); n != 1 {
				t.Errorf("%d texts of %s are damaged, want 1", n, guild)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(filepath.Dir(i.file()), "index")); err != nil {
		t.Fatal(err)
	}
	ask := func(number, want int) (stderr string) {
		t.Helper()
		status, stdout, stderr := run(t, command(t, i.home, "ask", fmt.Sprintf("Que vote le soviet numéro %d ?", number)))
		if says := strings.Contains(stdout, fmt.Sprintf("soviet numéro %d vote", want)); status != 0 || !says {
			t.Errorf("about soviet %d: status %d, want one that quotes soviet %d\n%s%s", number, status, want, stdout, stderr)
		}
		return stderr
	}
	if got := ask(2, 2); strings.Count(got, "0001.txt") != 1 || strings.Contains(got, "soviet") {
		t.Errorf("the log says %q, want the damaged document's name once, and nothing of it", got)
	}
	if got := ask(2, 2); strings.Contains(got, "0001.txt") {
		t.Errorf("the log says again %q", got)
	}
	status, stdout, _ := run(t, command(t, i.home, "doctor"))
	if status != 3 || !strings.Contains(stdout, "0001.txt (--guild 112233445566778899), 0001.txt\n") || !strings.Contains(stdout, "verbatim corpus replace DOCUMENT FILE") {
		t.Errorf("doctor: status %d\n%s", status, stdout)
	}
	i.verbatim("corpus", "replace", "0001.txt", "course/0001.txt")
	i.verbatim("corpus", "replace", "--guild", "112233445566778899", "0001.txt", "course/0001.txt")
	if _, stdout, _ := run(t, command(t, i.home, "doctor")); !strings.Contains(stdout, "6 documents, as stored") {
		t.Errorf("doctor after its advice:\n%s", stdout)
	}
	ask(1, 1)
	if got := i.verbatim("index", "course"); !strings.Contains(got, "3 documents unchanged") {
		t.Errorf("index afterwards: %s", got)
	}
}

// damageDatabase writes a sound database back, and damages it: it turns a bit over, writes
// over a kilobyte, or cuts the file. It says what it did.
func damageDatabase(t *testing.T, path string, sound []byte) string {
	t.Helper()
	data := bytes.Clone(sound)
	at := rand.IntN(len(data))
	said := fmt.Sprintf("cutting the database at %d", at)
	switch rand.IntN(3) {
	case 0:
		data = data[:at]
	case 1:
		bit := byte(1) << rand.IntN(8)
		data[at] ^= bit
		said = fmt.Sprintf("turning over bit %#x of byte %d", bit, at)
	default:
		for n := at; n < min(at+1024, len(data)); n++ {
			data[n] = 0xa5
		}
		said = fmt.Sprintf("writing over a kilobyte from %d on", at)
	}
	for _, end := range []string{"-wal", "-shm"} {
		if err := os.Remove(path + end); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return said
}
