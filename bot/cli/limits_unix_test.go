//go:build unix

package cli_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// nobody is the user that tests of permissions run as, since root may do all.
const nobody = 65534

// limited lets a command write no file larger than so many blocks of 512 bytes.
func limited(cmd *exec.Cmd, blocks int) *exec.Cmd {
	script := fmt.Sprintf(`ulimit -f %d; exec "$0" "$@"`, blocks)
	cmd.Path, cmd.Args = "/bin/sh", append([]string{"sh", "-c", script, cmd.Path}, cmd.Args[1:]...)
	return cmd
}

// TestDiskFull indexes with a limit on the size of files, which fails like a full
// disk. Nothing that was stored is lost, and with room again the rest is stored.
func TestDiskFull(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	writeCourse(t, home, 20)
	if status, _, stderr := run(t, command(t, home, "index", "course")); status != 0 {
		t.Fatal(stderr)
	}
	writeCourse(t, home, 300)
	status, _, stderr := run(t, limited(command(t, home, "index", "course"), 900))
	if status != 3 || !strings.Contains(stderr, "disk full") || strings.Contains(stderr, "goroutine") {
		t.Errorf("index on a full disk: status %d\n%s", status, stderr)
	}
	_, list, _ := run(t, command(t, home, "corpus", "list"))
	if n := strings.Count(list, ".txt"); n < 20 || n >= 300 {
		t.Errorf("%d documents after the disk was full, want the first 20 and not all", n)
	}
	if status, _, stderr := run(t, command(t, home, "index", "course")); status != 0 {
		t.Errorf("index with room again: status %d\n%s", status, stderr)
	}
	if status, answer, stderr := run(t, command(t, home, "ask", "Que vote le soviet numéro 277 ?")); status != 0 || !strings.Contains(answer, "numéro 277 vote") {
		t.Errorf("ask: status %d\n%s%s", status, answer, stderr)
	}
}

// TestDiskFullWhileAsking builds the index with a limit on the size of files.
func TestDiskFullWhileAsking(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	writeCourse(t, home, 300)
	if status, _, stderr := run(t, command(t, home, "index", "course")); status != 0 {
		t.Fatal(stderr)
	}
	if status, _, stderr := run(t, limited(command(t, home, "ask", "Que vote le soviet numéro 77 ?"), 160)); status != 3 || !strings.Contains(stderr, "disk full: free some space and ask again") || strings.Contains(stderr, "goroutine") {
		t.Errorf("ask on a full disk: status %d\n%s", status, stderr)
	}
	if status, answer, stderr := run(t, command(t, home, "ask", "Que vote le soviet numéro 77 ?")); status != 0 || !strings.Contains(answer, "numéro 77 vote") {
		t.Errorf("ask with room again: status %d\n%s%s", status, answer, stderr)
	}
}

// TestPermissions: files and folders that may not be read are named, the others
// are read; a data folder that may not be written is named too.
func TestPermissions(t *testing.T) {
	t.Parallel()
	home := openHome(t)
	program := copyOfSelf(t, home)
	writeCourse(t, home, 2)
	write := func(name string, mode os.FileMode) {
		path := filepath.Join(home, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("Un texte secret."), mode); err != nil {
			t.Fatal(err)
		}
	}
	write("course/secret.txt", 0)
	write("course/closed/a.txt", 0o644)
	closed := filepath.Join(home, "course", "closed")
	if err := os.Chmod(closed, 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(closed, 0o755) })
	for _, dir := range []string{"share", "cache", "tmp"} {
		if err := os.Mkdir(filepath.Join(home, dir), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(filepath.Join(home, dir), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	as := func(args ...string) (int, string, string) {
		return run(t, asNobody(command(t, home, args...), program, home+"/tmp"))
	}
	status, stdout, stderr := as("index", "course")
	if status != 3 || !strings.Contains(stdout, "2 added") ||
		!strings.Contains(stderr, "secret.txt: permission denied: give the account that runs verbatim the right to read it") ||
		!strings.Contains(stderr, "closed: permission denied") {
		t.Errorf("index: status %d\n%s%s", status, stdout, stderr)
	}
	if status, stdout, stderr := as("ask", "--docs", "course", "Que vote le soviet numéro 1 ?"); status != 0 || !strings.Contains(stderr, "secret.txt") {
		t.Errorf("ask: status %d\n%s%s", status, stdout, stderr)
	}
	for _, dir := range []string{"share", "cache"} {
		if err := os.Chmod(filepath.Join(home, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.RemoveAll(filepath.Join(home, "share", "verbatim")); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(home, "cache", "verbatim")); err != nil {
		t.Fatal(err)
	}
	if status, _, stderr := as("index", "course"); status != 3 || !strings.Contains(stderr, "share/verbatim") {
		t.Errorf("index without a place to write: status %d\n%s", status, stderr)
	}
	if status, stdout, stderr := as("ask", "--docs", "course", "Que vote le soviet numéro 1 ?"); status != 0 || !strings.Contains(stdout, "numéro 1 vote") {
		t.Errorf("ask without a cache: status %d\n%s%s", status, stdout, stderr)
	}
}

// openHome makes a folder that all users may enter.
func openHome(t *testing.T) string {
	t.Helper()
	home := t.TempDir()
	for dir := home; dir != os.TempDir() && dir != "/"; dir = filepath.Dir(dir) {
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return home
}

// asNobody lets a command be run by a user without rights, who may write to a folder for
// what is temporary.
func asNobody(cmd *exec.Cmd, program, temporary string) *exec.Cmd {
	cmd.Path = program
	cmd.Env = append(cmd.Env, "TMPDIR="+temporary)
	if os.Getuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	return cmd
}

// copyOfSelf copies the test binary to where any user may run it.
func copyOfSelf(t *testing.T, dir string) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(dir, "program")
	if err := os.WriteFile(program, data, 0o755); err != nil {
		t.Fatal(err)
	}
	return program
}
