//go:build unix && !(linux && (amd64 || arm64))

package worker

import (
	"fmt"
	"syscall"
)

// lock sets the limits that these systems keep: no memory dumps, no writing to files, few
// of them open. It can't take away the sight of files and networks here.
func lock(uint64) error {
	for resource, most := range map[int]syscall.Rlimit{
		syscall.RLIMIT_CORE:   {},
		syscall.RLIMIT_FSIZE:  {},
		syscall.RLIMIT_NOFILE: {Cur: 32, Max: 32},
	} {
		if err := syscall.Setrlimit(resource, &most); err != nil {
			return fmt.Errorf("set limit %d: %w", resource, err)
		}
	}
	return nil
}
