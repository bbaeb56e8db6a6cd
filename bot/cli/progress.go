package cli

import (
	"fmt"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"verbatim/corpus"
)

// A progress is a bar on the terminal that shows how much is done. Where standard
// error is no terminal, it shows nothing.
type progress struct {
	bar   *progressbar.ProgressBar
	files int // of all
}

// showProgress begins a bar for the files of a folder: it counts their bytes, of which the
// time that is left follows better than of their number.
func (p *program) showProgress(folder *corpus.Folder) *progress {
	if !p.onTerminal() {
		return &progress{}
	}
	var bytes int64
	for _, name := range folder.Names {
		bytes += folder.Bytes(name)
	}
	bar := p.newBar("reading", max(bytes, 1), progressbar.OptionShowBytes(true), progressbar.OptionSetPredictTime(true))
	return &progress{bar, len(folder.Names)}
}

// showSteps begins a bar for so many steps.
func (p *program) showSteps(what string, steps int) *progress {
	if !p.onTerminal() {
		return &progress{}
	}
	return &progress{p.newBar(what, int64(steps)), steps}
}

func (p *program) onTerminal() bool {
	file, ok := p.err.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

func (p *program) newBar(what string, most int64, more ...progressbar.Option) *progressbar.ProgressBar {
	return progressbar.NewOptions64(most, append([]progressbar.Option{
		progressbar.OptionSetWriter(p.err),
		progressbar.OptionSetDescription(what),
		progressbar.OptionShowCount(),
		progressbar.OptionThrottle(100 * time.Millisecond),
		progressbar.OptionClearOnFinish(),
	}, more...)...)
}

// read says how far reading is.
func (p *progress) read(now corpus.Progress) {
	if p.bar != nil {
		p.bar.Describe(fmt.Sprintf("%d of %d files, %s", now.Files, p.files, count(now.Passages, "passage")))
		p.bar.Set64(now.Bytes)
	}
}

// set says how many steps are done.
func (p *progress) set(done, _ int) {
	if p.bar != nil {
		p.bar.Set(done)
	}
}

func (p *progress) finish() {
	if p.bar != nil {
		p.bar.Finish()
	}
}
