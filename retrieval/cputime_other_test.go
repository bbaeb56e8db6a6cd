//go:build !linux

package retrieval_test

import "time"

var started = time.Now()

// cpuTime is the time that has passed, as this system does not tell that of a thread.
func cpuTime() time.Duration { return time.Since(started) }

// processTime is cpuTime.
func processTime() time.Duration { return cpuTime() }
