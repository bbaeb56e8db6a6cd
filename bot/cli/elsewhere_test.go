package cli_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// elsewhere are the systems, besides that of whoever runs the tests, on which the program
// is to run.
var elsewhere = []string{"linux/amd64", "linux/arm64", "darwin/arm64", "windows/amd64"}

// TestBuildsElsewhere: the program has all that it needs on other systems, and the types
// fit. Compiling it for each would take minutes; only our own functions are looked into.
func TestBuildsElsewhere(t *testing.T) {
	if underRace {
		t.Skip("nothing runs at the same time here")
	}
	if testing.Short() {
		t.Skip("reads all packages for each system, which takes most of a minute on a slow machine")
	}
	for _, system := range elsewhere {
		goos, arch, _ := strings.Cut(system, "/")
		if system == runtime.GOOS+"/"+runtime.GOARCH {
			continue
		}
		t.Run(system, func(t *testing.T) {
			for _, problem := range problemsOn(t, goos, arch) {
				t.Error(problem)
			}
		})
	}
}

func problemsOn(t *testing.T, goos, arch string) []packages.Error {
	t.Helper()
	ours, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	loaded, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports | packages.NeedDeps |
			packages.NeedTypes | packages.NeedTypesSizes | packages.NeedSyntax | packages.NeedTypesInfo,
		Dir: root,
		Env: append(os.Environ(), "GOOS="+goos, "GOARCH="+arch, "CGO_ENABLED=0"),
		ParseFile: func(set *token.FileSet, name string, source []byte) (*ast.File, error) {
			file, err := parser.ParseFile(set, name, source, parser.SkipObjectResolution)
			if file != nil && !strings.HasPrefix(name, ours+string(filepath.Separator)) {
				dropBodies(file)
			}
			return file, err
		},
	}, "verbatim")
	if err != nil {
		t.Fatal(err)
	}
	var problems []packages.Error
	seen := 0
	packages.Visit(loaded, nil, func(p *packages.Package) {
		if p.PkgPath == "verbatim" || strings.HasPrefix(p.PkgPath, "verbatim/") {
			seen++
			problems = append(problems, p.Errors...)
		}
	})
	if seen < 10 {
		t.Errorf("%d packages of ours, want all", seen)
	}
	return problems
}

func dropBodies(file *ast.File) {
	for _, d := range file.Decls {
		if f, is := d.(*ast.FuncDecl); is {
			f.Body = nil
		}
	}
}
