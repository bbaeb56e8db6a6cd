package cli_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const root = "../.."

// allowed says which packages of ours a room may import, besides those inside it.
// bot/cli wires everything together and may import all.
var allowed = map[string][]string{
	"config/database":          {},
	"config":                   {"config/database"},
	"corpus/extract":           {},
	"corpus/extract/worker":    {"corpus/extract"},
	"corpus/follow":            {"corpus", "config/database"},
	"corpus/sample":            {},
	"corpus":                   {"corpus/extract", "config/database"},
	"retrieval/analysis":       {},
	"retrieval":                {"retrieval/analysis", "corpus", "config/database"},
	"answers/foreign":          {},
	"answers":                  {"answers/foreign", "retrieval", "corpus", "config/database"},
	"answers/eval":             {"answers", "retrieval", "corpus"},
	"answers/exchange":         {"answers", "corpus"},
	"bot/shards":               {"config/database"},
	"bot":                      {"bot/shards", "answers", "answers/exchange", "retrieval", "corpus", "config", "config/database"},
	"bot/fakediscord":          {},
	"bot/fakediscord/contract": {},
	"bot/playground":           {"bot", "bot/fakediscord", "bot/reader", "answers", "retrieval", "corpus"},
	"bot/reader":               {"answers", "corpus"},
	"bot/ops":                  {"bot", "bot/shards", "answers", "retrieval", "corpus", "config/database"},
}

// onlyImporter names the one package that imports a library.
var onlyImporter = map[string]string{
	"github.com/bwmarrin/discordgo":   "bot",
	"github.com/blevesearch/bleve/v2": "retrieval",
	"github.com/spf13/viper":          "config",
	"github.com/fsnotify/fsnotify":    "corpus/follow",
}

// topLevel are the entries that may stand at the top, besides those that begin with
// a dot.
var topLevel = []string{
	"bot", "retrieval", "answers", "config", "corpus", "docs",
	"main.go", "go.mod", "go.sum", "Dockerfile", "compose.yaml",
	"README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md",
}

// TestTopLevel looks at the entries that are in the repository: others may lie about
// in a working copy.
func TestTopLevel(t *testing.T) {
	list := exec.Command("git", "ls-files")
	list.Dir = root
	files, err := list.Output()
	if err != nil && os.Getenv("CI") == "true" {
		t.Fatalf("git ls-files: %v", err)
	} else if err != nil {
		t.Skipf("not a clone of the repository: git ls-files: %v", err)
	}
	for name := range strings.Lines(string(files)) {
		top, _, _ := strings.Cut(strings.TrimSpace(name), "/")
		if !strings.HasPrefix(top, ".") && !slices.Contains(topLevel, top) {
			t.Errorf("%s stands at the top level, where only these may: %v", top, topLevel)
		}
	}
}

func TestImports(t *testing.T) {
	seen := 0
	for file, imports := range sources(t) {
		seen++
		room := path.Dir(file)
		for _, imported := range imports {
			if problem := importProblem(room, imported); problem != "" {
				t.Errorf("%s: %s", file, problem)
			}
		}
	}
	if seen < 20 {
		t.Errorf("read %d source files, want all of them", seen)
	}
}

// TestImportProblem shows that wrong imports are seen.
func TestImportProblem(t *testing.T) {
	tests := []struct {
		room, imported string
		wrong          bool
	}{
		{"corpus", "verbatim/retrieval", true},
		{"retrieval", "verbatim/answers", true},
		{"answers", "verbatim/config", true},
		{"answers", "verbatim/config/database", false},
		{"bot/cli", "verbatim/retrieval", false},
		{"answers", "github.com/blevesearch/bleve/v2/search", true},
		{"retrieval", "github.com/blevesearch/bleve/v2/search", false},
		{"bot/cli", "github.com/spf13/viper", true},
		{"bot/fakediscord", "github.com/bwmarrin/discordgo", true},
		{"attic", "verbatim/corpus", true},
		{"corpus", "strings", false},
		{"bot", "verbatim/bot/cli", true},
	}
	for _, test := range tests {
		if got := importProblem(test.room, test.imported); (got != "") != test.wrong {
			t.Errorf("importProblem(%q, %q) = %q, want a problem: %t", test.room, test.imported, got, test.wrong)
		}
	}
}

// importProblem says what is wrong with a room's import, "" if nothing is.
func importProblem(room, imported string) string {
	for library, owner := range onlyImporter {
		if (imported == library || strings.HasPrefix(imported, library+"/")) && room != owner {
			return "imports " + imported + ", which only " + owner + " may"
		}
	}
	ours, isOurs := strings.CutPrefix(imported, "verbatim/")
	if !isOurs || room == "bot/cli" || room == "." && ours == "bot/cli" {
		return ""
	}
	may, known := allowed[room]
	switch {
	case !known:
		return room + " is not a room of the layout"
	case !slices.Contains(may, ours):
		return room + " imports " + ours + ", it may only import " + strings.Join(may, ", ")
	}
	return ""
}

// sources returns the imports of each source file that is not a test. Test packages
// (databasetest) are free.
func sources(t *testing.T) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != root && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "testdata" || entry.Name() == "databasetest"):
			return fs.SkipDir
		case !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		for _, spec := range file.Imports {
			imported, _ := strconv.Unquote(spec.Path.Value)
			rel := filepath.ToSlash(rel)
			found[rel] = append(found[rel], imported)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
