package worker

// Lock is lock, for a test that tries what it forbids.
var Lock = lock
