package config

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
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
