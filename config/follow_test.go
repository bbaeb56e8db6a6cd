package config_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"verbatim/config"
)

// TestFollowFolders: the folders that are followed, from the file or a variable, and what is
// said of those that can't be.
func TestFollowFolders(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	want := []config.FollowedFolder{
		{Path: "/srv/cours", Guild: "112233445566778899", Course: "Histoire"},
		{Path: filepath.Join(home, "droit"), Guild: "local"},
	}
	for _, test := range []struct {
		name, file, variable string
		want                 []config.FollowedFolder
		wrong                string // in the error
	}{
		{name: "none"},
		{name: "file", file: "follow:\n  folders:\n    - path: /srv/cours/\n      guild: \"112233445566778899\"\n      course: Histoire\n    - path: ~/droit\n", want: want},
		{name: "guild without quotes", file: "follow:\n  folders:\n    - {path: /srv/cours, guild: 112233445566778899, course: Histoire}\n    - {path: ~/droit}\n", want: want},
		{name: "variable", variable: `[{path: /srv/cours, guild: "112233445566778899", course: Histoire}, {path: ~/droit}]`, want: want},
		{name: "no list", file: "follow:\n  folders: /srv/cours\n", wrong: "want a list of folders"},
		{name: "unknown key", file: "follow:\n  folders:\n    - pfad: /srv/cours\n", wrong: "pfad"},
		{name: "relative", file: "follow:\n  folders:\n    - path: cours\n", wrong: "want an absolute path"},
		{name: "no guild", file: "follow:\n  folders:\n    - {path: /srv/cours, guild: Cours}\n", wrong: "Copy Server ID"},
		{name: "one below the other", file: "follow:\n  folders:\n    - path: /srv/cours\n    - path: /srv/cours/histoire\n", wrong: "lie in each other"},
		{name: "twice", file: "follow:\n  folders:\n    - path: /srv/cours\n    - path: /srv/cours\n", wrong: "lie in each other"},
		{name: "of two guilds", file: "follow:\n  folders:\n    - {path: /srv, guild: '1'}\n    - {path: /srv, guild: '2'}\n",
			want: []config.FollowedFolder{{Path: "/srv", Guild: "1"}, {Path: "/srv", Guild: "2"}}},
		{name: "time", file: "follow:\n  settle: 3\n", wrong: "want a time from"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "verbatim.yaml"), []byte(test.file), 0o600); err != nil {
				t.Fatal(err)
			}
			t.Setenv("VERBATIM_FOLLOW_FOLDERS", test.variable)
			s, err := config.Load(config.Options{Directory: dir})
			if test.wrong != "" {
				if err == nil || !strings.Contains(err.Error(), test.wrong) || !strings.Contains(err.Error(), "follow.") {
					t.Errorf("Load = %v, want an error about %q that names the setting", err, test.wrong)
				}
				return
			}
			if err != nil || !reflect.DeepEqual(s.Follow.Folders, test.want) || s.Follow.Settle != 5*time.Second {
				t.Errorf("Load = %+v, %v, want %+v", s, err, test.want)
			}
		})
	}
}
