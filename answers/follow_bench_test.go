package answers_test

import (
	"testing"
	"time"
)

func BenchmarkFollow(b *testing.B) {
	l := openShuffled(b, 2_000)
	l.reply(b, "Lénine")
	var sum time.Duration
	for n := 0; b.Loop(); n++ {
		if err := l.rewrite(b.Context(), n%10, 1, n); err != nil {
			b.Fatal(err)
		}
		begun := time.Now()
		if err := l.indexes.Refresh(b.Context(), guild); err != nil {
			b.Fatal(err)
		}
		sum += time.Since(begun)
	}
	b.ReportMetric(sum.Seconds()*1e3/float64(b.N), "follow-ms")
}
