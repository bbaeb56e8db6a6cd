package cli_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"verbatim/config"
)

// TestUnits: systemd understands the service files, and finds the service well closed.
func TestUnits(t *testing.T) {
	systemd, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip(err)
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
