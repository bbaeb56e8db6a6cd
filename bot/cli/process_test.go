package cli_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"verbatim/bot/cli"
)

// command returns the program as a process of its own, with its data below home.
func command(t testing.TB, home string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if plainProgram != "" {
		self = plainProgram
	}
	cmd := exec.CommandContext(t.Context(), self, args...)
	cmd.Dir = home
	cmd.Env = append(os.Environ(), asCommand+"=1", "HOME="+home, "XDG_DATA_HOME="+home+"/share", "XDG_CACHE_HOME="+home+"/cache")
	return cmd
}

// run runs a command and returns its exit status and what it printed.
func run(t testing.TB, cmd *exec.Cmd) (status int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), out.String(), errs.String()
}

// writeCourse writes so many texts below home/course, each of some passages.
func writeCourse(t testing.TB, home string, texts int) {
	t.Helper()
	dir := filepath.Join(home, "course")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for i := range texts {
		var text strings.Builder
		for j := range 20 {
			fmt.Fprintf(&text, "Le soviet numéro %d vote la motion %d du congrès, et la commission %d la rejette.\n\n", i, j, i*j)
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%04d.txt", i)), []byte(text.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestTwoProcesses runs processes on one data folder at the same time.
func TestTwoProcesses(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	writeCourse(t, home, 60)
	commands := [][]string{
		{"index", "course"}, {"index", "course"},
		{"ask", "--docs", "course", "Que vote le soviet numéro 7 ?"},
		{"ask", "--docs", "course", "Que vote le soviet numéro 8 ?"},
		{"settings", "excerpts", "2"}, {"corpus", "list"},
	}
	var group sync.WaitGroup
	for _, args := range commands {
		group.Go(func() {
			if status, stdout, stderr := run(t, command(t, home, args...)); status != 0 {
				t.Errorf("%q: status %d\n%s%s", args, status, stdout, stderr)
			}
		})
	}
	group.Wait()
	if _, list, _ := run(t, command(t, home, "corpus", "list")); strings.Count(list, ".txt") != 60 {
		t.Errorf("%d documents, want 60", strings.Count(list, ".txt"))
	}
}

// TestAskBesideAnother: while one process has the index directory, another answers
// all the same, and what is changed meanwhile is found by both.
func TestAskBesideAnother(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	writeCourse(t, home, 20)
	if status, _, stderr := run(t, command(t, home, "index", "course")); status != 0 {
		t.Fatal(stderr)
	}
	batch := command(t, home, "ask", "--json", "-")
	in, err := batch.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := batch.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := batch.Start(); err != nil {
		t.Fatal(err)
	}
	answers := bufio.NewScanner(out)
	ask := func(question, want string) {
		t.Helper()
		fmt.Fprintln(in, question)
		if !answers.Scan() || !strings.Contains(answers.Text(), want) {
			t.Errorf("batch answers %s, want %s", answers.Text(), want)
		}
	}
	ask("Que vote le soviet numéro 7 ?", "0007.txt")
	if err := os.WriteFile(filepath.Join(home, "course", "new.txt"), []byte("Le conseil de Kronstadt décide."), 0o644); err != nil {
		t.Fatal(err)
	}
	if status, _, stderr := run(t, command(t, home, "index", "course")); status != 0 {
		t.Fatal(stderr)
	}
	if status, stdout, stderr := run(t, command(t, home, "ask", "Que décide Kronstadt ?")); status != 0 || !strings.Contains(stdout, "Kronstadt décide") {
		t.Errorf("beside the batch: status %d\n%s%s", status, stdout, stderr)
	}
	ask("Que décide Kronstadt ?", "new.txt")
	in.Close()
	if err := batch.Wait(); err != nil {
		t.Error(err)
	}
}

// TestLargeBatch answers 500 questions in one process, which keeps nothing of them.
func TestLargeBatch(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_DATA_HOME", home+"/share")
	t.Setenv("XDG_CACHE_HOME", home+"/cache")
	questions := func(n int) io.Reader {
		var in strings.Builder
		for i := range n {
			fmt.Fprintf(&in, "Qui dirigeait le secrétariat numéro %d en %d ?\n", i, 1900+i%50)
		}
		return strings.NewReader(in.String())
	}
	batch := func(n int) string {
		var out, errs bytes.Buffer
		if status := cli.Main([]string{"ask", "--json", "-"}, questions(n), &out, &errs); status != 0 {
			t.Fatalf("status %d: %s", status, errs.String())
		}
		return out.String()
	}
	batch(50) // what is made once is there
	before := measure()
	out := batch(500)
	after := measure()
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 500 {
		t.Errorf("%d answers, want 500", len(lines))
	}
	for i, line := range lines {
		var reply struct{ Question, Outcome string }
		if err := json.Unmarshal([]byte(line), &reply); err != nil || !strings.Contains(reply.Question, fmt.Sprintf("numéro %d ", i)) || reply.Outcome == "error" {
			t.Fatalf("answer %d: %v %s", i, err, line)
		}
	}
	if after.goroutines > before.goroutines || after.files > before.files || after.heap > before.heap+(4<<20) {
		t.Errorf("after 500 questions %+v, before %+v", after, before)
	}
}

type use struct {
	goroutines, files int
	heap              uint64 // bytes
}

// measure returns what the process uses, once it has come to rest.
func measure() use {
	time.Sleep(200 * time.Millisecond)
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	files, _ := os.ReadDir("/proc/self/fd") // none where there is no such folder
	return use{runtime.NumGoroutine(), len(files), m.HeapAlloc}
}
