package config_test

import (
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"verbatim/config"
)

// in returns a folder that holds verbatim.yaml with the text; "" for no file.
func in(t *testing.T, text string) string {
	t.Helper()
	folder := t.TempDir()
	if text != "" {
		if err := os.WriteFile(filepath.Join(folder, "verbatim.yaml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func mustLoad(t *testing.T, options config.Options) *config.Settings {
	t.Helper()
	s, err := config.Load(options)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// entry returns the report on one key.
func entry(t *testing.T, s *config.Settings, key string) config.Entry {
	t.Helper()
	report := s.Report()
	i := slices.IndexFunc(report, func(e config.Entry) bool { return e.Key == key })
	if i < 0 {
		t.Fatalf("Report() has no entry for %s", key)
	}
	return report[i]
}

func TestDefaults(t *testing.T) {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		t.Skip("the folders are others here")
	}
	t.Setenv("HOME", "/home/ana")
	t.Setenv("XDG_CACHE_HOME", "")
	for _, test := range []struct{ xdg, want string }{
		{"", "/home/ana/.local/share/verbatim"},
		{"/data", "/data/verbatim"},
	} {
		t.Setenv("XDG_DATA_HOME", test.xdg)
		s := mustLoad(t, config.Options{Directory: in(t, "")})
		if s.Data != test.want {
			t.Errorf("Data = %s, want %s", s.Data, test.want)
		}
		if want := test.want + "/verbatim.db"; s.DatabaseAddress() != want {
			t.Errorf("DatabaseAddress() = %s, want %s", s.DatabaseAddress(), want)
		}
		if want := "/home/ana/.cache/verbatim"; s.Cache != want {
			t.Errorf("Cache = %s, want %s", s.Cache, want)
		}
		if s.Log != (config.Log{Level: slog.LevelWarn, Format: "text"}) {
			t.Errorf("Log = %v, want warn and text", s.Log)
		}
		for _, e := range s.Report() {
			if e.Origin != "default" || e.Description == "" {
				t.Errorf("entry = %+v, want the origin default and a description", e)
			}
		}
	}
}

// TestNoHome: without a home there are no defaults for the folders, but nobody
// needs them who gives others.
func TestNoHome(t *testing.T) {
	for _, name := range []string{"HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "AppData", "LocalAppData", "USERPROFILE"} {
		t.Setenv(name, "")
	}
	_, err := config.Load(config.Options{Directory: in(t, "cache: /cache")})
	if err == nil || !strings.Contains(err.Error(), "set --data or VERBATIM_DATA") {
		t.Errorf("Load = %v, want a remedy", err)
	}
	mustLoad(t, config.Options{Directory: in(t, "data: /data\ncache: /cache")})
}

func TestPriority(t *testing.T) {
	folder := in(t, "log:\n  level: info\n  format: json\ncache: /from/file\ndata: /from/file\n")
	t.Setenv("VERBATIM_LOG_LEVEL", "error")
	t.Setenv("VERBATIM_DATA", "/from/variable")
	t.Setenv("VERBATIM_CACHE", "") // counts as unset
	s := mustLoad(t, config.Options{Directory: folder, Flags: map[string]string{"log.level": "debug"}})
	file := "file " + filepath.Join(folder, "verbatim.yaml")
	for _, want := range []config.Entry{
		{Key: "log.level", Value: "debug", Origin: "flag --log-level"},
		{Key: "log.format", Value: "json", Origin: file},
		{Key: "data", Value: "/from/variable", Origin: "variable VERBATIM_DATA"},
		{Key: "cache", Value: "/from/file", Origin: file},
		{Key: "database", Value: "", Origin: "default"},
	} {
		got := entry(t, s, want.Key)
		got.Description = ""
		if got != want {
			t.Errorf("entry = %+v, want %+v", got, want)
		}
	}
	if s.Log != (config.Log{Level: slog.LevelDebug, Format: "json"}) || s.Data != "/from/variable" || s.Cache != "/from/file" {
		t.Errorf("settings = %+v", s)
	}
}

func TestCurrentDirectory(t *testing.T) {
	t.Chdir(in(t, "data: here"))
	if got := entry(t, mustLoad(t, config.Options{}), "data"); got.Value != "here" || got.Origin != "file verbatim.yaml" {
		t.Errorf("entry = %+v, want here from file verbatim.yaml", got)
	}
}

func TestNamedFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "other.conf")
	if err := os.WriteFile(path, []byte("data: /named"), 0o600); err != nil {
		t.Fatal(err)
	}
	// The file in the directory is then not read.
	s := mustLoad(t, config.Options{File: path, Directory: in(t, "data: /unnamed")})
	if got := entry(t, s, "data"); got.Value != "/named" || got.Origin != "file "+path {
		t.Errorf("entry = %+v, want /named from %s", got, path)
	}
	missing := filepath.Join(t.TempDir(), "missing.yaml")
	if _, err := config.Load(config.Options{File: missing}); err == nil || !strings.Contains(err.Error(), missing) {
		t.Errorf("Load of a missing file = %v, want an error that names it", err)
	}
}

func TestFlagOverridesWithNothing(t *testing.T) {
	options := config.Options{Directory: in(t, "database: postgres://host/db"), Flags: map[string]string{"database": ""}}
	if s := mustLoad(t, options); s.Database != "" {
		t.Errorf("Database = %s, want none", s.Database)
	}
}

func TestErrors(t *testing.T) {
	for _, test := range []struct {
		name, file string
		variable   [2]string
		flags      map[string]string
		says       []string
	}{
		{name: "unknown key", file: "databse: x", says: []string{"verbatim.yaml", "unknown key databse", "did you mean database?"}},
		{name: "unknown key below", file: "log:\n  lvel: info", says: []string{"unknown key log.lvel", "did you mean log.level?"}},
		{name: "key of a group", file: "log: info", says: []string{"unknown key log", "did you mean log.level?"}},
		{name: "key below a value", file: "data:\n  folder: x", says: []string{"unknown key data.folder"}},
		{name: "nothing like it", file: "frobnicate: red", says: []string{"known are data, database, cache, color, log.level"}},
		{name: "two keys", file: "frobnicate: red\ntaste: sour", says: []string{"frobnicate", "taste"}},
		{name: "not YAML", file: "data: [", says: []string{"verbatim.yaml", "not valid YAML", "line 1"}},
		{name: "twice", file: "data: a\ndata: b", says: []string{"not valid YAML", "already defined"}},
		{name: "not a map", file: "- data", says: []string{"not valid YAML"}},
		{name: "list", file: "data: [a, b]", says: []string{"verbatim.yaml", "data", "want one text"}},
		{name: "empty map", file: "data: {}", says: []string{"want one text"}},
		{name: "date", file: "data: 2024-01-01", says: []string{"in quotes"}},
		{name: "empty", file: `data: ""`, says: []string{"verbatim.yaml", "data", "path of a folder"}},
		{name: "value in file", file: "log: {level: loud}", says: []string{"verbatim.yaml", `log.level is "loud"`, "debug, info, warn, error"}},
		{name: "value in variable", variable: [2]string{"VERBATIM_LOG_FORMAT", "xml"}, says: []string{"variable VERBATIM_LOG_FORMAT", `"xml"`, "text, json"}},
		{name: "value in flag", flags: map[string]string{"log.level": "loud"}, says: []string{"flag --log-level", `"loud"`}},
		{name: "two values", file: "log: {level: loud, format: xml}", says: []string{"loud", "xml"}},
		{name: "unknown variable", variable: [2]string{"VERBATIM_DATABAS", "x"}, says: []string{"unknown variable VERBATIM_DATABAS", "did you mean VERBATIM_DATABASE?"}},
		{name: "unknown flag", flags: map[string]string{"date": "x"}, says: []string{"unknown flag --date", "did you mean data?"}},
		{name: "database is a file", file: "database: notes.db", says: []string{"database", "want postgres://", "data folder"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.variable[0] != "" {
				t.Setenv(test.variable[0], test.variable[1])
			}
			_, err := config.Load(config.Options{Directory: in(t, test.file), Flags: test.flags})
			if err == nil {
				t.Fatal("Load succeeded")
			}
			for _, part := range test.says {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("Load = %v, want it to contain %q", err, part)
				}
			}
		})
	}
}

func TestVariablesOfTests(t *testing.T) {
	t.Setenv("VERBATIM_TESTDATA", "/somewhere")
	t.Setenv("VERBATIM_LONG", "1")
	mustLoad(t, config.Options{Directory: in(t, "")})
}

func TestSecrets(t *testing.T) {
	for _, test := range []struct{ value, shown string }{
		{"postgres://ana:geheim@host:5432/db?sslmode=require", "postgres://ana:xxxxx@host:5432/db?sslmode=require"},
		{"postgresql://ana@host/db?password=geheim", "postgresql://ana@host/db?password=xxxxx"},
		{"postgresql://ana@host/db?pass%77ord=geheim", "postgresql://ana@host/db?password=xxxxx"},
		{"postgres:///db?host=%2Ftmp%2Fsocket", "postgres:///db?host=%2Ftmp%2Fsocket"},
		{"postgres://ana:x@geheim@host/db", "postgres://ana:xxxxx@host/db"},
		{"postgres://ana:12/geheim@host/db", "xxxxx"},
		{"postgres://ana:12?geheim@host/db", "xxxxx"},
		{"postgres://ana:12#geheim@host/db", "xxxxx"},
		{"postgres://ana:geheim/@host/db", "xxxxx"},
		{"postgres://ana:geheim@one:1,two:2/db", "postgres://ana:xxxxx@one:1,two:2/db"},
	} {
		s := mustLoad(t, config.Options{Directory: in(t, ""), Flags: map[string]string{"database": test.value}})
		if s.DatabaseAddress() != test.value {
			t.Errorf("DatabaseAddress() = %s, want %s", s.DatabaseAddress(), test.value)
		}
		if got := entry(t, s, "database").Value; got != test.shown {
			t.Errorf("Report() shows %s as %s, want %s", test.value, got, test.shown)
		}
	}
}

func TestSecretsInErrors(t *testing.T) {
	for _, value := range []string{
		"mysql://ana:geheim@host/db",
		"ana:geheim@host/db?sslmode=require",
		"postgres:ana:geheim@host/db",
		"host=db password=geheim",
	} {
		t.Setenv("VERBATIM_DATABASE", value)
		_, err := config.Load(config.Options{Directory: in(t, "")})
		if err == nil || strings.Contains(err.Error(), "geheim") {
			t.Errorf("Load with %s = %v, want an error without the password", value, err)
		}
	}
}

func TestReportIsACopy(t *testing.T) {
	s := mustLoad(t, config.Options{Directory: in(t, "")})
	s.Report()[0].Key = "spoilt"
	if got := s.Report()[0].Key; got != "data" {
		t.Errorf("first key of Report() = %s, want data", got)
	}
}
