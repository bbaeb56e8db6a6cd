package cli_test

import (
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"verbatim/bot/cli"
	"verbatim/corpus/extract/worker"
)

// asCommand names the variable that makes the test binary the program itself, for
// tests that need processes of their own.
const asCommand = "TEST_RUNS_COMMAND"

// plainProgram is the program built without the race detector, "" where tests run without it.
// The detector sees one process at a time, and makes the many short ones of these tests
// ten times slower; what runs in them runs under it in the tests of the packages.
var plainProgram string

func TestMain(m *testing.M) {
	run := func() { os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }
	if os.Getenv(asCommand) != "" || len(os.Args) > 1 && os.Args[1] == worker.Command {
		run()
	}
	if !underRace {
		testscript.Main(m, map[string]func(){"verbatim": run})
		return
	}
	dir, err := os.MkdirTemp("", "verbatim")
	if err != nil {
		log.Fatal(err)
	}
	plainProgram = filepath.Join(dir, "verbatim")
	if out, err := exec.Command("go", "build", "-o", plainProgram, "verbatim").CombinedOutput(); err != nil {
		log.Fatalf("build the program: %v\n%s", err, out)
	}
	os.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
	status := m.Run()
	os.RemoveAll(dir)
	os.Exit(status)
}

// TestScripts runs the transcripts in testdata. Each is a session on a machine of
// its own, with nothing on it but the files of the transcript.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"seed": seed},
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("XDG_DATA_HOME", env.WorkDir+"/share")
			env.Setenv("XDG_CACHE_HOME", env.WorkDir+"/cache")
			return nil
		},
	})
}
