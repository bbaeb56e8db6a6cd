package cli_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"verbatim/config"
)

// TestUnits: systemd understands the service files, and finds the service well closed.
func TestUnits(t *testing.T) {
	systemd, err := exec.LookPath("systemd-analyze")
	if err != nil && os.Getenv("CI") == "true" {
		t.Fatal(err)
	} else if err != nil {
		t.Skipf("%v: it comes with systemd", err)
	}
	folder := t.TempDir()
	files, err := filepath.Glob(root + "/docs/deploy/verbatim*")
	if err != nil || len(files) != 3 {
		t.Fatalf("service files: %v, %v, want 3", files, err)
	}
	var units []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		// The program is not installed here.
		unit := strings.ReplaceAll(string(text), "/usr/local/bin/verbatim", "/bin/true")
		units = append(units, filepath.Join(folder, filepath.Base(file)))
		if err := os.WriteFile(units[len(units)-1], []byte(unit), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.Command(systemd, append([]string{"verify", "--man=no"}, units...)...).CombinedOutput()
	if err != nil || strings.Contains(string(out), folder) {
		t.Errorf("systemd-analyze verify: %v\n%s", err, out)
	}
	out, err = exec.Command(systemd, "security", "--offline=yes", "--threshold=20", filepath.Join(folder, "verbatim.service")).CombinedOutput()
	if err != nil {
		t.Errorf("systemd-analyze security: %v\n%s", err, out)
	}
}

// TestDailyBackup runs the command of the service on old files: of those only daily backups
// and what is left of them are deleted.
func TestDailyBackup(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("systemd is not for " + runtime.GOOS)
	}
	text, err := os.ReadFile(root + "/docs/deploy/verbatim-backup.service")
	if err != nil {
		t.Fatal(err)
	}
	command := regexp.MustCompile(`(?m)^ExecStart=/bin/sh -c '(.*)'$`).FindSubmatch(text)
	folder := regexp.MustCompile(`BACKUPS=/var/lib/verbatim/(\S+)`).FindSubmatch(text)
	if command == nil || folder == nil {
		t.Fatalf("command %q, folder %q", command, folder)
	}
	data := t.TempDir()
	daily := filepath.Join(data, string(folder[1]))
	tests := map[string]struct {
		days int
		kept bool
	}{
		"backups/before-upgrade-from-schema-9.backup": {400, true},
		"backups/daily/2026-05-01.backup":             {20, false},
		"backups/daily/2026-05-20.backup":             {10, true},
		"backups/daily/.2026-05-20.backup.123":        {1, false},
		"backups/daily/.2026-05-21.backup.456":        {0, true}, // may be under way
	}
	for name, test := range tests {
		file := filepath.Join(data, name)
		made := time.Now().AddDate(0, 0, -test.days)
		err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o700), os.WriteFile(file, nil, 0o600), os.Chtimes(file, made, made))
		if err != nil {
			t.Fatal(err)
		}
	}
	program := t.TempDir()
	if err := os.WriteFile(filepath.Join(program, "verbatim"), []byte("#!/bin/sh\necho > \"$2\"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("/bin/sh", "-c", strings.ReplaceAll(string(command[1]), "%%", "%"))
	cmd.Env = []string{"BACKUPS=" + daily, "PATH=" + program + ":" + os.Getenv("PATH")}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for name, test := range tests {
		if _, err := os.Stat(filepath.Join(data, name)); (err == nil) != test.kept {
			t.Errorf("%s, %d days old: kept is %v, want %v", name, test.days, err == nil, test.kept)
		}
	}
	if all, _ := filepath.Glob(daily + "/*.backup"); len(all) != 2 {
		t.Errorf("%v, want the backup of today and one other", all)
	}
}

// TestDeployed: what the files for containers and services set are settings that there
// are, with values that are allowed.
func TestDeployed(t *testing.T) {
	var variables []string
	for _, k := range config.Keys() {
		variables = append(variables, "VERBATIM_"+strings.ToUpper(strings.NewReplacer(".", "_").Replace(k.Name)))
	}
	for _, file := range []string{"compose.yaml", "Dockerfile", "docs/deploy/verbatim.service", "docs/deploy/verbatim-backup.service"} {
		text, err := os.ReadFile(filepath.Join(root, file))
		if err != nil {
			t.Fatal(err)
		}
		found := regexp.MustCompile(`\bVERBATIM_[A-Z_]+`).FindAllString(string(text), -1)
		if len(found) == 0 {
			t.Errorf("%s sets nothing", file)
		}
		for _, name := range found {
			if !slices.Contains(variables, name) {
				t.Errorf("%s names %s, which is no setting", file, name)
			}
		}
	}
}

// TestCompose: the file for containers is sound, and starts the bot of this Dockerfile as
// it expects to be started.
func TestCompose(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "compose.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Services map[string]struct {
			Profiles []string
			ReadOnly bool `yaml:"read_only"`
			Volumes  []string
			Ports    []string
		}
		Volumes map[string]any
	}
	if err := yaml.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	bot, database := file.Services["verbatim"], file.Services["postgres"]
	if !bot.ReadOnly || !slices.Equal(bot.Volumes, []string{"data:/data"}) || len(bot.Profiles) > 0 {
		t.Errorf("the bot is started as %+v", bot)
	}
	if !slices.Equal(database.Profiles, []string{"postgres"}) {
		t.Errorf("PostgreSQL is started as %+v, want it with its profile alone", database)
	}
	for name, s := range file.Services {
		if len(s.Ports) > 0 {
			t.Errorf("%s opens ports: %v", name, s.Ports)
		}
		for _, v := range s.Volumes {
			volume, _, _ := strings.Cut(v, ":")
			if _, is := file.Volumes[volume]; !is {
				t.Errorf("%s uses the volume %s, which there is not", name, volume)
			}
		}
	}
}
