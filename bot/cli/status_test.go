package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"verbatim/answers"
	"verbatim/bot/cli"
)

// TestExitStatus holds the exit statuses, which programs rely on.
func TestExitStatus(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_DATA_HOME", home+"/share")
	t.Setenv("XDG_CACHE_HOME", home+"/cache")
	t.Chdir(home)
	writeCourse(t, home, 2)
	if err := os.MkdirAll(filepath.Join(home, "empty"), 0o755); err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("soviet ", 10_000/7)
	tests := []struct {
		args []string
		want int
	}{
		{[]string{"ask", "--docs", "course", "Que vote le soviet numéro 1 ?"}, 0},
		{[]string{"ask", "--docs", "course", "photosynthèse"}, 1},
		{[]string{"ask", "--docs", "course", "--json", "photosynthèse"}, 1},
		{[]string{"ask", "--docs", "course", "-"}, 0},
		{[]string{"ask", "--docs", "course", "😀"}, 1},
		{[]string{"ask", "--docs", "course", "ما هي عاصمة فرنسا؟"}, 1},
		{[]string{"ask", ""}, 2},
		{[]string{"ask", "\x00\x01"}, 2},
		{[]string{"ask", long}, 2},
		{[]string{"ask", "--json", long}, 2},
		{[]string{"ask", strings.Repeat("é", answers.MaxQuestion+1)}, 2},
		{[]string{"ask"}, 2},
		{[]string{"ask", "--nonsense", "x"}, 2},
		{[]string{"ask", "--docs", "course", "--guild", "5", "x"}, 2},
		{[]string{"ask", "--guild", "../x", "x"}, 2},
		{[]string{"nonsense"}, 2},
		{[]string{"config", "--log-level", "loud"}, 2},
		{[]string{"settings", "excerpts", "7"}, 2},
		{[]string{"settings", "colour", "red"}, 2},
		{[]string{"settings", "colour"}, 2},
		{[]string{"index"}, 2},
		{[]string{"ask", "--docs", "nowhere", "x"}, 3},
		{[]string{"ask", "--docs", "empty", "x"}, 3},
		{[]string{"index", "nowhere"}, 3},
		{[]string{"index", "empty"}, 3},
		{[]string{"eval", "nowhere"}, 3},
		{[]string{"corpus", "show", "nothing"}, 2},
		{[]string{"run"}, 3},
		{[]string{"health"}, 3},
	}
	for _, test := range tests {
		var out, errs bytes.Buffer
		if got := cli.Main(test.args, strings.NewReader("photosynthèse\n\n"), &out, &errs); got != test.want {
			t.Errorf("verbatim %.60q exits with %d, want %d\n%s", test.args, got, test.want, errs.String())
		}
		if test.want >= 2 && !strings.HasPrefix(errs.String(), "verbatim: ") {
			t.Errorf("verbatim %.60q says %q, want a message", test.args, errs.String())
		}
	}
}
