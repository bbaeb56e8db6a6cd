package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestFormats indexes a folder of documents in each format, some of which can't be read:
// these are named with what to do, the others answer.
func TestFormats(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	if err := os.CopyFS(filepath.Join(home, "course"), os.DirFS(filepath.Join(root, "corpus/extract/testdata/made"))); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{
		"broken.pdf":  "%PDF-1.4\nnothing",
		"broken.docx": "PK\x03\x04[Content_Types].xml word/",
		"letter.odt":  `{\rtf1\ansi Une lettre}`,
	} {
		if err := os.WriteFile(filepath.Join(home, "course", name), []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	status, stdout, stderr := run(t, command(t, home, "index", "course"))
	if status != 3 || !strings.Contains(stdout, "12 added, 0 replaced, 0 removed, 0 unchanged, 3 failed") {
		t.Errorf("index: status %d, %s%s", status, stdout, stderr)
	}
	for _, want := range []string{"broken.pdf: damaged", "broken.docx: damaged", "letter.odt: an RTF file"} {
		if !strings.Contains(stderr, want) {
			t.Errorf("index says %s, want %q", stderr, want)
		}
	}
	if status, stdout, stderr := run(t, command(t, home, "index", "course")); !strings.Contains(stdout, "12 unchanged, 3 failed") {
		t.Errorf("index again: status %d, %s%s", status, stdout, stderr)
	}
	status, stdout, stderr = run(t, command(t, home, "ask", "--json", "Qui jugeait les querelles des bateliers ?"))
	if status != 0 || !strings.Contains(stdout, "jugeait les querelles") {
		t.Errorf("ask: status %d, %s%s", status, stdout, stderr)
	}
	if status, stdout, stderr = run(t, command(t, home, "corpus", "check", "course/columns.pdf")); status != 0 || !strings.Contains(stdout, "pages     47 to 48") {
		t.Errorf("corpus check: status %d, %s%s", status, stdout, stderr)
	}
}
