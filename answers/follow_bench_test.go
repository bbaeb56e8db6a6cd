package answers_test

import (
	"testing"
	"time"
)

// BenchmarkFollow changes a document of a guild of 2,000 passages, and reports how long, in
// milliseconds, a question waits for that which waits until it is on the disk, and one that
// waits until it is shown.
func BenchmarkFollow(b *testing.B) {
	l := openShuffled(b, 2_000)
	l.reply(b, "Lénine")
	for _, wait := range []struct {
		name   string
		atMost time.Duration // 0: until it is on the disk
	}{{"disk", 0}, {"shown", time.Minute}} {
		b.Run("until="+wait.name, func(b *testing.B) {
			l.indexes.WaitAtMost(wait.atMost)
			var waited time.Duration
			for n := 0; b.Loop(); n++ {
				if err := l.rewrite(b.Context(), n%10, 1, n); err != nil {
					b.Fatal(err)
				}
				begun := time.Now()
				if err := l.indexes.Refresh(b.Context(), guild); err != nil {
					b.Fatal(err)
				}
				waited += time.Since(begun)
				time.Sleep(50 * time.Millisecond) // until it is on the disk too
			}
			b.ReportMetric(waited.Seconds()*1e3/float64(b.N), "waited-ms")
		})
	}
}
