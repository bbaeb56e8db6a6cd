//go:build unix

package cli_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"verbatim/config/database"
)

// A victim is an instance whose commands are killed at random moments, and what it has to
// hold all the same.
type victim struct {
	instance
	takes map[string]time.Duration // how long commands take that are not killed

	version int         // of the texts in the folder
	stored  int         // the version of all texts that a command has said to be stored
	answers map[int]int // by the number of their file: how many are said to be stored
	kept    string      // what is stored by the last backup that is said to be made
	kills   int         // of commands that ran
}

const (
	victimTexts   = 40
	victimAnswers = 5 // of one file
	victimBackup  = "all.backup"
)

// A deed runs a command that is killed, and checks what came of it.
var deeds = []struct {
	name string
	do   func(*victim)
}{
	{"index", (*victim).indexes},
	{"curate", (*victim).curates},
	{"ask", (*victim).asksKilled},
	{"back up", (*victim).backsUp},
	{"restore", (*victim).restores},
	{"upgrade", (*victim).upgrades},
}

// TestKilledAnywhere kills commands at random moments. What they had said to be done is
// there, nothing is half, the next command goes on without anything to be put right by
// hand, and an index replies as one that is made anew.
func TestKilledAnywhere(t *testing.T) {
	t.Parallel()
	kills, engines := 20, []database.Engine{database.SQLite}
	switch {
	case testing.Short():
		kills = 6
	case os.Getenv("VERBATIM_LONG") != "":
		kills, engines = 500, append(engines, database.PostgreSQL)
	}
	for _, engine := range engines {
		t.Run(fmt.Sprint(engine), func(t *testing.T) {
			v := &victim{instance: newInstance(t, engine), takes: map[string]time.Duration{}, answers: map[int]int{}}
			v.write()
			v.run("index", "course")
			v.stored = v.version
			v.run("backup", victimBackup)
			v.kept = v.verbatim("export")
			v.run("ask", "Que vote le soviet numéro 7 ?")
			for n := 0; n < kills && !t.Failed(); n++ {
				deed := deeds[n%len(deeds)]
				deed.do(v)
				if t.Failed() {
					t.Logf("it was kill %d, of %s", n+1, deed.name)
				}
			}
			if v.kills == 0 {
				t.Errorf("none of %d was killed before it was done", kills)
			}
		})
	}
}

// run runs a command to its end, which shows how long it takes.
func (v *victim) run(args ...string) string {
	v.t.Helper()
	begun := time.Now()
	out := v.verbatim(args...)
	v.takes[args[0]] = time.Since(begun)
	return out
}

// killed runs a command and kills it at a random moment of the time that it takes. It
// reports whether the command was done before.
func (v *victim) killed(args ...string) (done bool) {
	v.t.Helper()
	cmd := command(v.t, v.home, args...)
	cmd.Env = append(cmd.Env, "VERBATIM_DATABASE="+v.database)
	var said strings.Builder
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		v.t.Fatal(err)
	}
	begun := time.Now()
	moment := rand.N(cmp.Or(v.takes[args[0]], time.Second))
	timer := time.AfterFunc(moment, func() { cmd.Process.Kill() })
	cmd.Wait()
	timer.Stop()
	if cmd.ProcessState.Exited() && !cmd.ProcessState.Success() {
		v.t.Errorf("verbatim %q fails after the kills before: %s", args, &said)
	}
	if done = cmd.ProcessState.Success(); done {
		v.takes[args[0]] = time.Since(begun)
	} else {
		v.kills++
	}
	return done
}

// text returns text n in a version.
func (v *victim) text(n, version int) string {
	var text strings.Builder
	for j := range 12 {
		fmt.Fprintf(&text, "Le soviet numéro %d vote la motion %d du congrès, version %d.\n\n", n, j, version)
	}
	return text.String()
}

// write writes the next version of all texts.
func (v *victim) write() {
	v.version++
	dir := filepath.Join(v.home, "course")
	err := os.MkdirAll(dir, 0o755)
	for n := range victimTexts {
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, fmt.Sprintf("%04d.txt", n)), []byte(v.text(n, v.version)), 0o644)
		}
	}
	if err != nil {
		v.t.Fatal(err)
	}
}

var versionInText = regexp.MustCompile(`version (\d+)`)

// check reads all that is stored: each text is whole and no older than what was said to be
// stored, and of each file with answers there are all or none.
func (v *victim) check() {
	v.t.Helper()
	texts, answers := map[string]string{}, map[int]int{}
	for line := range strings.Lines(v.verbatim("export")) {
		var l struct {
			Table string
			Row   struct{ Guild, Document, Body, Content string }
		}
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			v.t.Fatal(err)
		}
		switch l.Table {
		case "document_text":
			texts[l.Row.Document] += l.Row.Body
		case "curated_revision":
			var file, number int
			if _, err := fmt.Sscanf(l.Row.Content, `{"question":"Question %d.%d`, &file, &number); err != nil {
				v.t.Fatalf("%s: %v", line, err)
			}
			answers[file]++
		}
	}
	if len(texts) != victimTexts {
		v.t.Errorf("%d texts are stored, want %d", len(texts), victimTexts)
	}
	for _, text := range texts {
		var n, version int
		fmt.Sscanf(text, "Le soviet numéro %d", &n)
		if found := versionInText.FindStringSubmatch(text); found != nil {
			fmt.Sscan(found[1], &version)
		}
		if text != v.text(n, version) || version < v.stored || version > v.version {
			v.t.Errorf("stored is version %d, want one from %d to %d, whole:\n%s", version, v.stored, v.version, text)
		}
	}
	for file, want := range v.answers {
		if answers[file] != want {
			v.t.Errorf("of file %d there are %d answers, want %d", file, answers[file], want)
		}
	}
}

func (v *victim) indexes() {
	v.write()
	if v.killed("index", "course") {
		v.stored = v.version
	}
	v.check()
}

func (v *victim) curates() {
	file := len(v.answers) + 1
	var content strings.Builder
	content.WriteString("question,answer\n")
	for n := range victimAnswers {
		fmt.Fprintf(&content, "Question %d.%d ?,Réponse %d.\n", file, n, n)
	}
	path := filepath.Join(v.home, "answers.csv")
	if err := os.WriteFile(path, []byte(content.String()), 0o644); err != nil {
		v.t.Fatal(err)
	}
	v.answers[file] = victimAnswers
	if !v.killed("curated", "import", path) {
		// Done or not: a second time adds what is not there, all of it or nothing.
		said := v.run("curated", "import", path)
		if !strings.Contains(said, fmt.Sprintf("%d added", victimAnswers)) && !strings.Contains(said, fmt.Sprintf("%d unchanged", victimAnswers)) {
			v.t.Errorf("after a kill, import says %s", said)
		}
	}
	v.check()
}

// asksKilled kills ask while it makes the index, or brings it up to date.
func (v *victim) asksKilled() {
	v.write()
	v.run("index", "course")
	v.stored = v.version
	if v.kills%2 == 0 {
		v.dropIndexes()
	}
	v.killed("ask", "Que vote le soviet numéro 7 ?")
	grown := v.replies()
	v.dropIndexes()
	if fresh := v.replies(); fresh != grown {
		v.t.Errorf("the index replies\n%s\none that is made anew\n%s", grown, fresh)
	}
}

func (v *victim) dropIndexes() {
	for _, name := range []string{"index", "index-curated"} {
		if err := os.RemoveAll(filepath.Join(v.home, "share", "verbatim", name)); err != nil {
			v.t.Fatal(err)
		}
	}
}

var milliseconds = regexp.MustCompile(`"milliseconds":[0-9.e-]+`)

// replies returns the replies to some questions, but for how long they took.
func (v *victim) replies() string {
	v.t.Helper()
	cmd := command(v.t, v.home, "ask", "--json", "-")
	cmd.Env = append(cmd.Env, "VERBATIM_DATABASE="+v.database)
	var questions strings.Builder
	for n := range 5 {
		fmt.Fprintf(&questions, "Que vote le soviet numéro %d ?\n", n*9)
	}
	cmd.Stdin = strings.NewReader(questions.String() + "motion du congrès 7\nQuestion 1.2 ?\n")
	status, stdout, stderr := run(v.t, cmd)
	if status != 0 || !strings.Contains(stdout, "soviet numéro 9 vote") || stderr != "" {
		v.t.Fatalf("ask: status %d\n%s%s", status, stdout, stderr)
	}
	return milliseconds.ReplaceAllString(stdout, "")
}

func (v *victim) backsUp() {
	now := v.verbatim("export")
	if v.killed("backup", victimBackup) {
		v.kept = now
	}
	// What has the name of a backup is one, the old or the new.
	other := newInstance(v.t, database.SQLite)
	other.verbatim("restore", filepath.Join(v.home, victimBackup))
	switch got := other.verbatim("export"); got {
	case v.kept, now:
		v.kept = got
	default:
		v.t.Errorf("the backup holds\n%.2000s\nwant\n%.2000s\nor\n%.2000s", got, v.kept, now)
	}
}

func (v *victim) restores() {
	v.run("backup", victimBackup)
	v.kept = v.verbatim("export")
	v.write()
	v.run("index", "course")
	changed := v.verbatim("export")
	done := v.killed("restore", victimBackup)
	switch got := v.verbatim("export"); {
	case got == v.kept, got == changed && !done:
	default:
		v.t.Errorf("after a restore that was killed (done: %v) there is\n%.2000s\nwant\n%.2000s\nor\n%.2000s", done, got, v.kept, changed)
	}
	v.check()
}

// upgrades kills the first command of this version on data of the oldest.
func (v *victim) upgrades() {
	old := *v
	old.instance = newInstance(v.t, database.SQLite)
	data := filepath.Join(old.home, "share", "verbatim")
	if err := os.MkdirAll(data, 0o700); err != nil {
		v.t.Fatal(err)
	}
	loadOldest(v.t, filepath.Join(data, "verbatim.db"))
	if err := os.CopyFS(data, os.DirFS(root+"/retrieval/testdata/v0.1.0")); err != nil {
		v.t.Fatal(err)
	}
	before := old.kills
	old.takes["export"] = cmp.Or(v.takes["upgrade"], time.Second)
	if old.killed("export") {
		v.takes["upgrade"] = old.takes["export"]
	}
	v.kills += old.kills - before
	if reply := old.verbatim("ask", "Où siège le soviet de Petrograd ?"); !strings.Contains(reply, "palais de Tauride") {
		v.t.Errorf("after an upgrade that was killed, the reply is %s", reply)
	}
	if left, err := filepath.Glob(filepath.Join(data, "*", "*.before")); err != nil || len(left) > 0 {
		v.t.Errorf("after an upgrade, indexes of the version before are left: %q, %v", left, err)
	}
	f, err := os.Open(filepath.Join(data, "backups", "before-upgrade-from-schema-9.backup"))
	if err != nil {
		v.t.Fatal(err)
	}
	defer f.Close()
	if b, err := database.CheckBackup(v.t.Context(), f); err != nil || b.Schema != 9 {
		v.t.Errorf("the backup from before is of schema %d: %v", b.Schema, err)
	}
}

// TestLeftBehind: what backups and restores have left behind that were killed goes with the
// next one, a day later, and nothing else does.
func TestLeftBehind(t *testing.T) {
	t.Parallel()
	i := newInstance(t, database.SQLite)
	writeCourse(t, i.home, 1)
	i.verbatim("index", "course")
	data := filepath.Join(i.home, "share", "verbatim")
	file := filepath.Join(i.home, victimBackup)
	old, now := time.Now().Add(-25*time.Hour), time.Now()
	tests := []struct {
		path  string
		made  time.Time
		stays bool
	}{
		{filepath.Join(i.home, "."+victimBackup+".123"), old, false},
		{filepath.Join(i.home, "."+victimBackup+".124"), now, true},
		{filepath.Join(i.home, "."+victimBackup+".txt"), old, true},
		{filepath.Join(i.home, ".other.backup.125"), old, true},
		{filepath.Join(data, ".restore-126"), old, false},
		{filepath.Join(data, ".restore-127"), now, true},
	}
	for _, test := range tests {
		make := func(path string) error { return os.WriteFile(path, nil, 0o600) }
		if filepath.Dir(test.path) == data { // those of restore are folders
			make = func(path string) error { return os.Mkdir(path, 0o700) }
		}
		if err := errors.Join(make(test.path), os.Chtimes(test.path, test.made, test.made)); err != nil {
			t.Fatal(err)
		}
	}
	i.verbatim("backup", file)
	i.verbatim("restore", file)
	for _, test := range tests {
		if _, err := os.Stat(test.path); (err == nil) != test.stays {
			t.Errorf("%s: %v, want that it stays: %v", test.path, err, test.stays)
		}
	}
}
