package cli_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/rogpeppe/go-internal/txtar"

	"verbatim/bot/fakediscord"
)

// Blocks of README.md and docs that are not run, by the marker behind their language. A
// block that is new and has one of them has to be counted here.
var notRun = map[string]int{
	"needs-discord": 0,
	"not-run":       15, // each says why
}

// blockLanguages are those that a block may have. What stands in sh is run; in console too,
// where what the commands behind "$ " print has to be what stands below them. The others
// are no commands.
var blockLanguages = map[string]bool{"sh": true, "console": true, "yaml": true, "json": true, "text": true, "markdown": true, "caddyfile": true}

// A block is one of those between ``` in a page.
type block struct {
	page   string // README.md
	line   int    // of its first line of text
	info   string // behind the ```
	text   string
	number int // of the page
}

func (b block) language() string { return strings.SplitN(b.info, " ", 2)[0] }

// marker is what keeps a block from being run, "" if it is run.
func (b block) marker() string {
	_, marker, _ := strings.Cut(b.info, " ")
	name, _, _ := strings.Cut(marker, ":")
	return strings.TrimSpace(name)
}

func (b block) String() string { return fmt.Sprintf("%s:%d", b.page, b.line) }

// pages are README.md and the pages in docs.
func pages(t *testing.T) map[string][]block {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]block{}
	for _, file := range append(files, filepath.Join(root, "README.md")) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all[filepath.Base(file)] = blocksOf(filepath.Base(file), string(text))
	}
	return all
}

func blocksOf(page, text string) (all []block) {
	var now *block
	number := 0
	for line := range strings.Lines(text) {
		number++
		info, fence := strings.CutPrefix(strings.TrimSpace(line), "```")
		switch {
		case fence && now == nil:
			now = &block{page: page, line: number + 1, info: info, number: len(all) + 1}
		case fence:
			all, now = append(all, *now), nil
		case now != nil:
			now.text += line
		}
	}
	return all
}

// TestBlocks: each block of the pages says what it is, and those that are not run are known.
func TestBlocks(t *testing.T) {
	found := map[string]int{}
	for _, blocks := range pages(t) {
		for _, b := range blocks {
			if !blockLanguages[b.language()] {
				t.Errorf("%v: a block of %q: name its language, or text", b, b.info)
			}
			if b.marker() != "" {
				found[b.marker()]++
			}
			if _, why, _ := strings.Cut(b.info, ":"); b.marker() == "not-run" && strings.TrimSpace(why) == "" {
				t.Errorf("%v: not-run says why behind a colon", b)
			}
		}
	}
	for marker, n := range found {
		if want, known := notRun[marker]; !known || n != want {
			t.Errorf("%d blocks are marked %s, want %d: is it meant that they are not run?", n, marker, want)
		}
	}
}

// TestManual runs the commands of README.md and docs, a page after the other on a machine
// with nothing but what testdata/manual/PAGE.txtar prepares for it: commands and files, and
// in the file "words" what stands for the words in capitals of the page, as functions of sh.
func TestManual(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the commands of the pages are for sh")
	}
	discord, err := fakediscord.Start(fakediscord.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { discord.Close() })
	discord.NewGuild(fakediscord.Guild{ID: "112233445566778899", Name: "Histoire"})
	fixtures, err := filepath.Abs(filepath.Join(root, "corpus/extract/testdata"))
	if err != nil {
		t.Fatal(err)
	}
	scripts := t.TempDir()
	for page, blocks := range pages(t) {
		if script := scriptOf(t, page, blocks); script != nil {
			name := filepath.Join(scripts, strings.TrimSuffix(page, ".md")+".txtar")
			if err := os.WriteFile(name, txtar.Format(script), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	testscript.Run(t, testscript.Params{
		Dir: scripts,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"seed": seed, "shows": shows, "connected": connected,
		},
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("XDG_DATA_HOME", env.WorkDir+"/share")
			env.Setenv("XDG_CACHE_HOME", env.WorkDir+"/cache")
			env.Setenv("VERBATIM_DISCORD_API_URL", discord.URL()+"/api")
			env.Setenv("VERBATIM_OPS_LISTEN", "off")
			env.Setenv("TOKEN", discord.Token())
			env.Setenv("FIXTURES", fixtures)
			env.Setenv("DISCORD_TOKEN", discord.Token())
			return nil
		},
	})
}

// scriptOf makes a transcript of the blocks of a page that are run, nil if none is.
func scriptOf(t *testing.T, page string, blocks []block) *txtar.Archive {
	t.Helper()
	script, err := txtar.ParseFile(filepath.Join("testdata", "manual", strings.TrimSuffix(page, ".md")+".txtar"))
	if errors.Is(err, os.ErrNotExist) {
		script = &txtar.Archive{}
	} else if err != nil {
		t.Fatal(err)
	}
	words := ""
	for _, f := range script.Files {
		if f.Name == "words" {
			words = string(f.Data)
		}
	}
	var lines strings.Builder
	ran := false
	for _, b := range blocks {
		if b.marker() != "" || b.language() != "sh" && b.language() != "console" {
			continue
		}
		ran = true
		fmt.Fprintf(&lines, "\n# %v\n", b)
		for i, part := range partsOf(b) {
			name := fmt.Sprintf("block-%d-%d", b.line, i)
			script.Files = append(script.Files, txtar.File{Name: name, Data: []byte(words + meant(part.commands, words))})
			switch {
			case strings.HasSuffix(strings.TrimSpace(part.commands), "verbatim run"):
				fmt.Fprintf(&lines, "exec sh -e %s &bot&\nconnected\nkill -INT bot\nwait bot\n", name)
			default:
				fmt.Fprintf(&lines, "exec sh -e %s\n", name)
			}
			if part.prints != "" {
				script.Files = append(script.Files, txtar.File{Name: name + "-prints", Data: []byte(part.prints)})
				fmt.Fprintf(&lines, "shows %s-prints\n", name)
			}
		}
	}
	if !ran {
		return nil
	}
	script.Comment = []byte(string(script.Comment) + lines.String()) // append would write over the files behind it
	return script
}

// A part of a block is commands, and what they print where that is said.
type part struct{ commands, prints string }

func partsOf(b block) (parts []part) {
	if b.language() == "sh" {
		return []part{{commands: b.text}}
	}
	for line := range strings.Lines(b.text) {
		if command, is := strings.CutPrefix(line, "$ "); is {
			parts = append(parts, part{commands: command})
		} else if len(parts) > 0 {
			parts[len(parts)-1].prints += line
		}
	}
	return parts
}

var (
	defined = regexp.MustCompile(`(?m)^([A-Z]+)\(\)`)
	last    = regexp.MustCompile(`(?m)^verbatim run\s*\z`)
)

// noAnswer lets a question go without an answer, which is status 1 and no fault of a page.
const noAnswer = "verbatim() { command verbatim \"$@\" || test $? = 1; }\n"

// meant puts what is meant in the place of words in capitals, and of the token.
func meant(commands, words string) string {
	commands = strings.ReplaceAll(commands, "DISCORD_TOKEN=…", "DISCORD_TOKEN=$TOKEN")
	commands = strings.ReplaceAll(commands, "go run . ", "verbatim ")
	for _, word := range defined.FindAllStringSubmatch(words, -1) {
		commands = regexp.MustCompile(`\b`+word[1]+`\b`).ReplaceAllString(commands, `"$$(`+word[1]+`)"`)
	}
	return noAnswer + last.ReplaceAllString(commands, "exec verbatim run\n")
}

// shows is a command of the transcripts: what the last command printed is what a file says,
// in which … stands for anything, and alone on a line for any lines. All spaces are alike.
func shows(ts *testscript.TestScript, neg bool, args []string) {
	var pattern strings.Builder
	spaces := strings.NewReplacer("\u00a0", " ", "\u202f", " ") // a page may have them or not
	want := spaces.Replace(strings.TrimSpace(ts.ReadFile(args[0])) + "\n")
	for line := range strings.Lines(want) {
		if strings.TrimSpace(line) == "…" {
			pattern.WriteString(`(?s:.*)`)
			continue
		}
		said := strings.Split(strings.TrimRight(line, " \n"), "…")
		for i := range said {
			said[i] = regexp.QuoteMeta(said[i])
		}
		pattern.WriteString(strings.Join(said, ".*") + ` *\n`)
	}
	got := spaces.Replace(ts.ReadFile("stdout"))
	if neg || !regexp.MustCompile(`\A\s*`+strings.TrimSuffix(pattern.String(), ` *\n`)+`\s*\z`).MatchString(got) {
		ts.Fatalf("the page says\n%s\nand the command prints\n%s", want, got)
	}
}

// connected is a command of the transcripts: it waits until the bot on the data folder is
// connected.
func connected(ts *testscript.TestScript, neg bool, args []string) {
	for limit := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
		if ts.Exec("verbatim", "health") == nil {
			return
		}
		if neg || time.Now().After(limit) {
			ts.Fatalf("the bot does not connect")
		}
	}
}
