package worker

// Lock is lock, for a test that tries what it forbids; ServeWith is a worker that reads
// with another function, for tests of what a broken one does.
var (
	Lock      = func() error { return lock(memoryLimit) }
	ServeWith = serve
)
