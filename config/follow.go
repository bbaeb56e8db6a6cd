package config

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// Follow says which folders are followed while the bot runs, and how.
type Follow struct {
	Folders     []FollowedFolder
	Settle      time.Duration // for how long a file must not have changed before it is read
	Every       time.Duration // how often the folders are looked at when nothing happens
	RemoveAfter time.Duration // how long a text stays when its file is gone
}

// A FollowedFolder is a folder whose files are texts of a guild.
type FollowedFolder struct {
	Path   string `yaml:"path"`
	Guild  string `yaml:"guild"`  // "local" for that of the command line
	Course string `yaml:"course"` // of texts that state none, "" for none
}

var errFolders = errors.New(`want a list of folders, each with path, and perhaps guild (in quotes) and course`)

// parseFolders reads the list of folders in YAML. Paths are absolute or begin with ~.
func parseFolders(value string) ([]FollowedFolder, error) {
	var folders []FollowedFolder
	decoder := yaml.NewDecoder(strings.NewReader(value))
	decoder.KnownFields(true)
	if strings.TrimSpace(value) == "" {
		return nil, nil
	}
	if err := decoder.Decode(&folders); err != nil {
		return nil, fmt.Errorf("%w: %w", errFolders, err)
	}
	for i := range folders {
		f := &folders[i]
		f.Path, f.Course = filepath.Clean(expandHome(f.Path)), strings.Join(strings.Fields(f.Course), " ")
		if f.Guild == "" {
			f.Guild = "local"
		}
		if err := f.check(folders[:i]); err != nil {
			return nil, fmt.Errorf("folder %d: %w", i+1, err)
		}
	}
	return folders, nil
}

// check refuses a folder that can't be followed beside others.
func (f FollowedFolder) check(others []FollowedFolder) error {
	if !filepath.IsAbs(f.Path) {
		return fmt.Errorf("path is %q: want an absolute path, or one that begins with ~/", f.Path)
	}
	if f.Guild != "local" && strings.Trim(f.Guild, "0123456789") != "" {
		return fmt.Errorf("guild is %q: want the number that Discord shows with Copy Server ID, in quotes, or local", f.Guild)
	}
	for _, other := range others {
		if f.Guild == other.Guild && (isBelow(f.Path, other.Path) || isBelow(other.Path, f.Path)) {
			return fmt.Errorf("%s and %s lie in each other: follow one of them", f.Path, other.Path)
		}
	}
	return nil
}

func isBelow(path, folder string) bool {
	rest, err := filepath.Rel(folder, path)
	return err == nil && rest != ".." && !strings.HasPrefix(rest, ".."+string(filepath.Separator))
}

// followKeys are the settings of folders that are followed.
func followKeys() []key {
	return []key{{
		name:        "follow.folders",
		description: "Folders whose files are followed while the bot runs: a list, each with path, guild and course.",
		advice:      "Such as [{path: /srv/cours, guild: \"112233445566778899\", course: Histoire}].",
		fallback:    fixed(""),
		list:        true,
		check:       func(value string) error { _, err := parseFolders(value); return err },
		put: func(s *Settings, value string) {
			s.Follow.Folders, _ = parseFolders(value) // which was checked
		},
	}, {
		name:        "follow.settle",
		description: "For how long a file must not have changed before it is read, such as 5s.",
		fallback:    fixed("5s"),
		check:       timeBetween(100*time.Millisecond, time.Hour, "5s"),
		put:         func(s *Settings, value string) { s.Follow.Settle, _ = time.ParseDuration(value) },
	}, {
		name:        "follow.every",
		description: "How often followed folders are looked at where the system does not say what happens in them, such as 1m.",
		fallback:    fixed("1m"),
		check:       timeBetween(100*time.Millisecond, 24*time.Hour, "1m"),
		put:         func(s *Settings, value string) { s.Follow.Every, _ = time.ParseDuration(value) },
	}, {
		name:        "follow.remove_after",
		description: "How long a text stays when its file is gone, such as 1h.",
		fallback:    fixed("1h"),
		check:       timeBetween(0, maxLife, "1h"),
		put:         func(s *Settings, value string) { s.Follow.RemoveAfter, _ = time.ParseDuration(value) },
	}}
}

// timeBetween checks a time against the shortest and the longest.
func timeBetween(least, most time.Duration, example string) func(string) error {
	return func(value string) error {
		if d, err := time.ParseDuration(value); err != nil || d < least || d > most {
			return fmt.Errorf("want a time from %v to %v, such as %s", least, most, example)
		}
		return nil
	}
}
