package database_test

import (
	"bufio"
	"bytes"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"testing"
)

// A child is a part of a test that runs in a process of its own: this test
// binary again. It prints its results and returns its error.
type child func(address string) error

// childVariable names the child to be run in place of the tests; the only
// argument is then the address of its database.
const childVariable = "DATABASE_TEST_CHILD"

func TestMain(m *testing.M) {
	children := map[string]child{"opener": opener, "counter": counter, "stuck": stuck}
	maps.Copy(children, unixChildren())
	run, ok := children[os.Getenv(childVariable)]
	if !ok {
		os.Exit(m.Run())
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// command returns the command that runs the child of that name.
func command(t *testing.T, name, address string) *exec.Cmd {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), program, address)
	cmd.Env = append(os.Environ(), childVariable+"="+name)
	return cmd
}

// killAfter runs a child until it has printed that many lines, kills it at once,
// and returns the last line that it printed.
func killAfter(t *testing.T, cmd *exec.Cmd, lines int) string {
	t.Helper()
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	scanner := bufio.NewScanner(stdout)
	var last string
	for n := 0; scanner.Scan(); n++ {
		last = scanner.Text()
		if n+1 == lines {
			cmd.Process.Kill()
		}
	}
	cmd.Wait()
	if last == "" {
		t.Fatalf("child printed nothing; its errors: %s", &stderr)
	}
	return last
}
