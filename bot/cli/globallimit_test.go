//go:build unix

package cli_test

import (
	"net/http"
	"testing"
	"time"

	"verbatim/bot/fakediscord"
)

// TestGlobalLimit: two processes that are asked more at once than Discord lets the bot say in
// a second share what it does, and say the rest later.
func TestGlobalLimit(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes of its own")
	}
	t.Parallel()
	const shards, limit = 2, 20
	f := newFleet(t, fakediscord.Options{Shards: shards, Concurrency: shards, GlobalLimit: limit}, 8, 2*time.Second)
	one, two := f.join("--discord-requests", "20"), f.join("--discord-requests", "20")
	f.await("the shards are divided", func() bool { return f.heard(shards) && f.divided(1, one, two)() })
	for n := range 60 {
		f.mention(n)
	}
	f.settled(false)
	refused, all := 0, f.Requests("POST", "/channels/{channel_id}/messages")
	for _, r := range all {
		if r.Status == http.StatusTooManyRequests {
			refused++
		}
	}
	t.Logf("%d of %d messages were refused at first", refused, len(all))
	if refused > len(all)/4 { // each on its own would have most of them refused
		t.Errorf("%d of %d messages were refused by the global limit", refused, len(all))
	}
}
