package config_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"verbatim/config"
)

var update = flag.Bool("update", false, "write what the tests compare with anew")

// TestDocument: docs/configuration.md is what the code says.
func TestDocument(t *testing.T) {
	const file = "../docs/configuration.md"
	if *update {
		if err := os.WriteFile(file, []byte(config.Document()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != config.Document() {
		t.Error("docs/configuration.md is not what the code says: go test ./config -run TestDocument -update")
	}
}

// TestTemplate: the file that is written for beginners sets nothing as it stands, and
// without its marks it is a valid file with every setting in it.
func TestTemplate(t *testing.T) {
	for _, e := range mustLoad(t, config.Options{Directory: in(t, config.Template())}).Report() {
		if strings.HasPrefix(e.Origin, "file") {
			t.Errorf("%s is set by the template", e.Key)
		}
	}
	var lines []string
	for line := range strings.Lines(config.Template()) {
		bare := strings.Replace(line, "# ", "", 1)
		name, _, isSetting := strings.Cut(strings.TrimSpace(bare), ":")
		if isSetting && !strings.Contains(name, " ") {
			lines = append(lines, bare)
		}
	}
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "verbatim.yaml"), []byte(strings.Join(lines, "")), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, e := range mustLoad(t, config.Options{Directory: folder}).Report() {
		if e.Value != "" && !strings.HasPrefix(e.Origin, "file") {
			t.Errorf("%s is not in the template: %s\n%s", e.Key, e.Origin, strings.Join(lines, ""))
		}
	}
}
