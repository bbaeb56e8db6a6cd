//go:build unix

package cli_test

import "testing"

// TestRunKeepsRoom: where the disk has less room than is to stay free, the bot deletes an
// index that nobody uses, and makes it again for the next question.
func TestRunKeepsRoom(t *testing.T) {
	t.Parallel()
	r := newRunning(t)
	r.start("--log-level", "info", "--indexes-keep-free", "1000000TB")
	for n := range 2 {
		r.asks("Où siège le soviet ?", "palais")
		r.waitLog(`msg="indexes are deleted, for the disk runs short" guilds=[`+r.guild+`]`, n+1)
	}
	r.waitLog("no more indexes can be deleted", 1)
}
