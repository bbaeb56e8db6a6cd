package cli

import (
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"verbatim/corpus"
)

// A progress is a bar on the terminal that shows how much is done. Where standard
// error is no terminal, it shows nothing.
type progress struct{ bar *progressbar.ProgressBar }

// showProgress begins a bar for the files of a folder.
func (p *program) showProgress(folder *corpus.Folder) *progress {
	return p.showSteps("reading", len(folder.Names))
}

// showSteps begins a bar for so many steps.
func (p *program) showSteps(what string, steps int) *progress {
	file, ok := p.err.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return &progress{}
	}
	return &progress{progressbar.NewOptions(steps,
		progressbar.OptionSetWriter(file),
		progressbar.OptionSetDescription(what),
		progressbar.OptionShowCount(),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(),
	)}
}

// file counts a file that was read.
func (p *progress) file(string, int) {
	if p.bar != nil {
		p.bar.Add(1)
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
