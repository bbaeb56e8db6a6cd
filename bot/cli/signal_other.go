//go:build !unix

package cli

import "os"

// ignoreFileSizeSignal does nothing where there is no such signal.
func ignoreFileSizeSignal() {}

// isAlive reports whether a process runs, as far as the system tells.
func isAlive(pid int) bool {
	p, err := os.FindProcess(pid)
	if err == nil {
		p.Release()
	}
	return err == nil
}
