package config

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// dataFolder returns the folder of the user's data where the system has such a
// place, as the XDG Base Directory Specification names it on Unix.
func dataFolder() (string, error) {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		folder, err := os.UserConfigDir()
		if err != nil {
			return "", err
		}
		return filepath.Join(folder, "verbatim"), nil
	}
	if folder := os.Getenv("XDG_DATA_HOME"); folder != "" {
		if !filepath.IsAbs(folder) {
			return "", errors.New("path in $XDG_DATA_HOME is relative")
		}
		return filepath.Join(folder, "verbatim"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(home, ".local", "share", "verbatim"), nil
}

func cacheFolder() (string, error) {
	folder, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(folder, "verbatim"), nil
}

// expandHome replaces ~ at the head of a path by the user's folder, as a shell does.
func expandHome(path string) string {
	rest, found := strings.CutPrefix(path, "~/")
	home, err := os.UserHomeDir()
	if !found || err != nil {
		return path
	}
	return filepath.Join(home, rest)
}

// colorOfTerminal follows what people set for all programs: NO_COLOR
// (https://no-color.org) and a terminal that can do nothing.
func colorOfTerminal() (string, error) {
	if os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return "never", nil
	}
	return "auto", nil
}
