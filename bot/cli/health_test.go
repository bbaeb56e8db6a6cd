//go:build unix

package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestHealthOfSeveral: where several processes share a data folder, one that is not well is told of,
// and what one that ended has left behind counts only if no other is well.
func TestHealthOfSeveral(t *testing.T) {
	t.Parallel()
	host, _ := os.Hostname()
	const connected, away, spare = "connected\n", "not connected\n", "standing by: other processes answer\n"
	alive, dead, elsewhere := "1 "+host+"\n", "999999999 "+host+"\n", "1 elsewhere\n"
	type file struct {
		folder, text string
		old          bool // not written for long
	}
	for name, test := range map[string]struct {
		files []file
		want  string // of what it says
		well  bool
	}{
		"none":                            {nil, "no bot runs", false},
		"one":                             {[]file{{"", connected + alive, false}}, "connected", true},
		"both are well":                   {[]file{{"", connected + alive, false}, {"process-2", connected + alive, false}}, "connected", true},
		"the second was killed":           {[]file{{"", connected + alive, false}, {"process-2", connected + dead, false}}, "connected", true},
		"the first was killed":            {[]file{{"", connected + dead, true}, {"process-2", connected + alive, false}}, "connected", true},
		"both were killed":                {[]file{{"", connected + dead, false}, {"process-2", connected + dead, false}}, "ended without a word", false},
		"the first was told to end":       {[]file{{"process-2", connected + alive, false}}, "connected", true},
		"the second is not connected":     {[]file{{"", connected + alive, false}, {"process-2", away + alive, false}}, "not connected to Discord", false},
		"the second stands by":            {[]file{{"", connected + alive, false}, {"process-2", spare + alive, false}}, "connected", true},
		"one stands by":                   {[]file{{"", spare + alive, false}}, "standing by", true},
		"the second hangs":                {[]file{{"", connected + alive, false}, {"process-2", connected + alive, true}}, "not been heard of", false},
		"a container of before":           {[]file{{"", connected + alive, false}, {"process-2", connected + elsewhere, true}}, "connected", true},
		"one of another machine, alone":   {[]file{{"", connected + elsewhere, true}}, "not been heard of", false},
		"one of three is not connected":   {[]file{{"", connected + dead, true}, {"process-2", connected + alive, false}, {"process-3", away + alive, false}}, "not connected to Discord", false},
		"one of another machine connects": {[]file{{"", away + elsewhere, false}}, "not connected to Discord", false},
	} {
		t.Run(name, func(t *testing.T) {
			home := t.TempDir()
			for _, f := range test.files {
				path := filepath.Join(home, "share", "verbatim", f.folder, "health")
				if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, []byte(f.text), 0o600); err != nil {
					t.Fatal(err)
				}
				if f.old {
					then := time.Now().Add(-time.Hour)
					if err := os.Chtimes(path, then, then); err != nil {
						t.Fatal(err)
					}
				}
			}
			status, stdout, stderr := run(t, command(t, home, "health"))
			if well := status == 0; well != test.well || !strings.Contains(stdout+stderr, test.want) {
				t.Errorf("health: status %d, want %q\n%s%s", status, test.want, stdout, stderr)
			}
		})
	}
}
