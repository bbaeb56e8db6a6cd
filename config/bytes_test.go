package config_test

import (
	"testing"

	"verbatim/config"
)

// TestKeepFree: a size has a unit, unless it is 0.
func TestKeepFree(t *testing.T) {
	for _, test := range []struct {
		written string
		want    uint64
		wrong   bool
	}{
		{"", 256_000_000, false}, // nothing is written
		{"0", 0, false},
		{"256MB", 256_000_000, false},
		{"2 GB", 2_000_000_000, false},
		{"1tb", 1_000_000_000_000, false},
		{"256", 0, true},
		{"-1GB", 0, true},
		{"2.5GB", 0, true},
		{"GB", 0, true},
		{"99999999999999TB", 0, true},
	} {
		text := ""
		if test.written != "" {
			text = "indexes:\n  keep_free: " + test.written + "\n"
		}
		s, err := config.Load(config.Options{Directory: in(t, text)})
		if wrong := err != nil; wrong != test.wrong || !wrong && s.KeepFree != test.want {
			t.Errorf("keep_free %q is %+v, %v, want %d, wrong %v", test.written, s, err, test.want, test.wrong)
		}
	}
}
