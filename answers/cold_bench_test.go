package answers_test

import (
	"log/slog"
	"slices"
	"testing"
	"time"

	"verbatim/answers"
	"verbatim/retrieval"
)

// BenchmarkCold asks a guild of 500 passages whose index is closed, and then the same again. It
// reports the medians, in milliseconds, and how many times longer the first answer takes.
func BenchmarkCold(b *testing.B) {
	l := openShuffled(b, 500)
	dir := b.TempDir()
	questions := sampleQuestions(b)
	var cold, warm []time.Duration
	for n := 0; b.Loop(); n++ {
		indexes, err := retrieval.OpenIndexes(dir, l.store, slog.New(slog.DiscardHandler))
		if err != nil {
			b.Fatal(err)
		}
		l.Answerer = answers.New(l.store, indexes, slog.New(slog.DiscardHandler))
		question := questions[n%len(questions)]
		took := func() time.Duration {
			begun := time.Now()
			l.reply(b, question)
			return time.Since(begun)
		}
		first := took()
		again := min(took(), took(), took())
		if n > 0 { // else it is built
			cold, warm = append(cold, first), append(warm, again)
		}
		if err := indexes.Close(); err != nil {
			b.Fatal(err)
		}
	}
	if len(cold) == 0 {
		return
	}
	slices.Sort(cold)
	slices.Sort(warm)
	first, again := cold[len(cold)/2], warm[len(warm)/2]
	b.ReportMetric(first.Seconds()*1e3, "cold-p50-ms")
	b.ReportMetric(again.Seconds()*1e3, "warm-p50-ms")
	b.ReportMetric(first.Seconds()/again.Seconds(), "×warm")
}
