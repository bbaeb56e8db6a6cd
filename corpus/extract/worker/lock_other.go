//go:build !linux || !(amd64 || arm64)

package worker

// lock has no means here.
func lock() error { return nil }
