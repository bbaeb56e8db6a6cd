package cli

import (
	"os"
	"runtime"
)

// leastThreads is how many threads of the system work at a time at least.
const leastThreads = 4

// moreThreads lets a bot use more threads than a small machine has processors. One thread for
// each leaves who asks to Go's own scheduler, which takes a processor from a text that is being
// read or indexed after ten milliseconds only, and often to give it to another. The system's is
// fairer to who has waited. Who has set the variable GOMAXPROCS is left alone.
func moreThreads() {
	if os.Getenv("GOMAXPROCS") == "" && runtime.GOMAXPROCS(0) < leastThreads {
		runtime.GOMAXPROCS(leastThreads)
	}
}
