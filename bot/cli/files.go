package cli

import (
	"path/filepath"

	"verbatim/corpus/extract/worker"
)

// files returns what reads the files that people bring: untrusted formats in a process
// of their own, which ends with the command.
func (p *program) files() *worker.Reader {
	if p.reader == nil {
		p.reader = &worker.Reader{Cache: filepath.Join(p.settings.Cache, "engines")}
	}
	return p.reader
}

func (p *program) closeFiles() {
	if p.reader != nil {
		p.reader.Close()
	}
}
