//go:build !unix

package cli

// ignoreFileSizeSignal does nothing where there is no such signal.
func ignoreFileSizeSignal() {}
