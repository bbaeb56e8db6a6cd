package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"verbatim/bot"
	"verbatim/config"
)

// A finding is what came of one check.
type finding struct {
	check  string
	state  string // one of the constants below
	what   string // found
	remedy string // "" where there is nothing to do
}

const (
	fine  = "ok"
	note  = "note"  // worth knowing; it runs all the same
	wrong = "WRONG" // it does not run, or not safely
)

// printFindings prints them as a table, a remedy below its finding, and reports whether
// nothing is wrong.
func (p *program) printFindings(findings []finding) (well bool, err error) {
	table := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	well = true
	for _, f := range findings {
		fmt.Fprintf(table, "%s\t%s\t%s\n", f.state, f.check, visible(f.what))
		if f.remedy != "" {
			fmt.Fprintf(table, "\t\t→ %s\n", visible(f.remedy))
		}
		well = well && f.state != wrong
	}
	return well, table.Flush()
}

// The clock of this machine against Discord's: links, retention and what is old enough to
// be left alone go by it.
const (
	clockNote  = 5 * time.Second
	clockWrong = time.Minute
)

// checkDiscord looks at the token, and at what Discord says to it. The look is empty
// where there is no token, or Discord does not take it.
func (p *program) checkDiscord(ctx context.Context) ([]finding, bot.Look) {
	token, err := p.settings.Discord.ReadToken()
	switch {
	case errors.Is(err, config.ErrNoToken):
		return []finding{{"token", wrong, "none is set", "set DISCORD_TOKEN, or DISCORD_TOKEN_FILE, to the bot's token from https://discord.com/developers/applications"}}, bot.Look{}
	case err != nil:
		return []finding{{"token", wrong, err.Error(), "check the path and who may read the file"}}, bot.Look{}
	}
	asking, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	before := time.Now()
	look, err := bot.LookUp(asking, p.settings.Discord.API, token)
	if _, refused := errors.AsType[*bot.FinalError](err); refused {
		return []finding{{"token", wrong, "Discord refuses it", "copy the bot's token from the developer portal (Bot, Reset Token), and set it again"}}, bot.Look{}
	}
	if err != nil {
		return []finding{{"Discord", wrong, err.Error(), "check the network, the proxy (HTTPS_PROXY) and discord.api_url"}}, bot.Look{}
	}
	servers := count(look.Servers, "server")
	return []finding{
		{check: "token", state: fine, what: fmt.Sprintf("that of %s, in %s", look.Name, servers)},
		clockFinding(look.Clock, before, time.Now()),
		p.contentFinding(look),
	}, look
}

// clockFinding compares Discord's clock, which tells whole seconds, with ours before and
// after it was asked.
func clockFinding(theirs, before, after time.Time) finding {
	f := finding{check: "clock", state: fine, what: "as Discord's"}
	off := before.Sub(theirs.Add(time.Second))
	way := "ahead of"
	if behind := theirs.Sub(after); behind > off {
		off, way = behind, "behind"
	}
	switch {
	case theirs.IsZero():
		return finding{"clock", note, "Discord does not tell the time", ""}
	case off > clockWrong:
		f.state = wrong
	case off > clockNote:
		f.state = note
	default:
		return f
	}
	f.what = fmt.Sprintf("%s %s Discord's", off.Round(time.Second), way)
	f.remedy = "let the machine keep its time: timedatectl set-ntp true"
	return f
}

func (p *program) contentFinding(look bot.Look) finding {
	set := p.settings.Discord.MessageContent
	switch {
	case set && !look.MessageContent:
		return finding{"message content", wrong, "discord.message_content is true, and the intent is switched off: Discord refuses the bot",
			"switch it on in the developer portal (Bot, Message Content Intent), or set discord.message_content to false"}
	case look.MessageContent && !set:
		return finding{"message content", note, "the intent is switched on, and is not used", "set discord.message_content to true, so that posts of forums are read whole, or switch it off"}
	case set:
		return finding{check: "message content", state: fine, what: "posts of forums are read whole"}
	}
	return finding{check: "message content", state: fine, what: "not wanted"}
}

// checkData looks at the data folder: that it can be written, by this user alone, and has
// room.
func (p *program) checkData() []finding {
	dir := p.settings.Data
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return []finding{{"data", note, dir + " is made with the first text", ""}, diskFinding(existing(dir))}
	case err != nil:
		return []finding{{"data", wrong, err.Error(), "name another folder with --data"}}
	case !info.IsDir():
		return []finding{{"data", wrong, dir + " is no folder", "name another folder with --data"}}
	case !writable(dir):
		return []finding{{"data", wrong, dir + " can't be written by this user", fmt.Sprintf("run as its owner, or: chown -R %d %s", os.Getuid(), dir)}}
	}
	return []finding{{check: "data", state: fine, what: dir}, p.secretsFinding(), diskFinding(dir)}
}

// existing returns the folder above one that is to be made.
func existing(dir string) string {
	for {
		if _, err := os.Stat(dir); err == nil || dir == filepath.Dir(dir) {
			return dir
		}
		dir = filepath.Dir(dir)
	}
}

// secretsFinding looks for files that other users of the machine can read.
func (p *program) secretsFinding() finding {
	f := finding{check: "permissions", state: fine, what: "only you can read what is stored"}
	if runtime.GOOS == "windows" {
		return finding{check: "permissions", state: note, what: "not checked on Windows"}
	}
	files := []string{p.settings.Discord.TokenFile}
	if isOpen(p.settings.Data) { // else nobody gets to what is in it
		files = append(files, filepath.Join(p.settings.Data, "verbatim.db"), filepath.Join(p.settings.Data, readerKey))
	}
	for _, e := range p.settings.Report() {
		if file, is := strings.CutPrefix(e.Origin, "file "); is && (e.Key == "discord.token" || e.Key == "database") {
			files = append(files, file)
		}
	}
	var open []string
	for _, file := range files {
		if isOpen(file) && !slices.Contains(open, file) {
			open = append(open, file)
		}
	}
	if len(open) == 0 {
		return f
	}
	return finding{"permissions", note, "other users of this machine may read " + strings.Join(open, ", "), "chmod go-rwx " + strings.Join(open, " ")}
}

// isOpen reports whether other users of the machine can read a file, or get into a folder.
func isOpen(file string) bool {
	info, err := os.Stat(file)
	return err == nil && info.Mode().Perm()&0o077 != 0
}

// Free space below which it is said, and below which it is wrong.
const (
	diskNote  = 1 << 30
	diskWrong = 100 << 20
)

func diskFinding(dir string) finding {
	free, err := freeSpace(dir)
	if err != nil {
		return finding{"disk", note, err.Error(), ""}
	}
	f := finding{check: "disk", state: fine, what: fmt.Sprintf("%.1f GB free", float64(free)/1e9)}
	if free < diskNote {
		f.state, f.remedy = note, "free some space: an index takes about as much as the texts, a restore twice what is stored"
	}
	if free < diskWrong {
		f.state = wrong
	}
	return f
}
