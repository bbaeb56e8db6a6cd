package cli

import (
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"verbatim/corpus"
)

// A progress is a bar on the terminal that shows how many files are read. Where
// standard error is no terminal, it shows nothing.
type progress struct{ bar *progressbar.ProgressBar }

// showProgress begins a bar for the files of a folder.
func (p *program) showProgress(folder *corpus.Folder) *progress {
	file, ok := p.err.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return &progress{}
	}
	return &progress{progressbar.NewOptions(len(folder.Names),
		progressbar.OptionSetWriter(file),
		progressbar.OptionSetDescription("reading"),
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

func (p *progress) finish() {
	if p.bar != nil {
		p.bar.Finish()
	}
}
