package cli_test

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"verbatim/bot/cli"
)

// asCommand names the variable that makes the test binary the program itself, for
// tests that need processes of their own.
const asCommand = "TEST_RUNS_COMMAND"

func TestMain(m *testing.M) {
	run := func() { os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }
	if os.Getenv(asCommand) != "" {
		run()
	}
	testscript.Main(m, map[string]func(){"verbatim": run})
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
