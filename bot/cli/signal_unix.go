//go:build unix

package cli

import (
	"os/signal"
	"syscall"
)

// ignoreFileSizeSignal makes a write beyond a limit on the size of files an error,
// like one on a full disk, instead of the end of the process.
func ignoreFileSizeSignal() { signal.Ignore(syscall.SIGXFSZ) }

// isAlive reports whether a process runs.
func isAlive(pid int) bool {
	err := syscall.Kill(pid, 0) // asks, and sends nothing
	return err == nil || err == syscall.EPERM
}
