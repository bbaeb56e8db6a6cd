package answers_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"verbatim/corpus"
)

// BenchmarkWriting asks a guild of 2,000 passages, first while it is quiet, then while a
// document of it changes ten times a second, and then while all of its texts are imported anew
// without an end. Questions wait for what changed as those of the bot do. It reports the median
// and the 99th percentile of all, in milliseconds, and how many times those of a quiet guild
// they are.
func BenchmarkWriting(b *testing.B) {
	l := openShuffled(b, 2_000)
	l.indexes.WaitAtMost(300 * time.Millisecond)
	questions := sampleQuestions(b)
	for _, q := range questions {
		l.reply(b, q)
	}
	var quiet []time.Duration
	for _, company := range []struct {
		name  string
		write func(ctx context.Context, n int) error // nil for nothing
		every time.Duration
	}{
		{"nothing", nil, 0},
		{"a-document", func(ctx context.Context, n int) error { return l.rewrite(ctx, n%10, 1, n) }, 100 * time.Millisecond},
		{"an-import", func(ctx context.Context, n int) error { return l.rewrite(ctx, 0, 100, n) }, 0},
	} {
		b.Run("beside="+company.name, func(b *testing.B) {
			ctx, stop := context.WithCancel(b.Context())
			var writing sync.WaitGroup
			changes := 0
			if company.write != nil {
				writing.Go(func() {
					for ; ctx.Err() == nil; changes++ {
						if err := company.write(ctx, changes); err != nil && ctx.Err() == nil {
							b.Error(err)
							return
						}
						select {
						case <-time.After(company.every):
						case <-ctx.Done():
						}
					}
				})
			}
			var took []time.Duration
			for n := 0; b.Loop(); n++ {
				begun := time.Now()
				l.reply(b, questions[n%len(questions)])
				took = append(took, time.Since(begun))
			}
			stop()
			writing.Wait()
			slices.Sort(took)
			if company.write == nil {
				quiet = took
			}
			at := func(took []time.Duration, p int) float64 { return took[len(took)*p/100].Seconds() * 1e3 }
			b.ReportMetric(at(took, 50), "p50-ms")
			b.ReportMetric(at(took, 99), "p99-ms")
			b.ReportMetric(at(took, 50)/at(quiet, 50), "×quiet-p50")
			b.ReportMetric(at(took, 99)/at(quiet, 99), "×quiet-p99")
			b.ReportMetric(float64(changes), "changes")
		})
	}
}

// rewrite stores so many documents, from one on, with a word that they did not have before.
func (l *library) rewrite(ctx context.Context, from, count, n int) error {
	access := corpus.Everything(guild)
	var drafts []corpus.Draft
	for i := from; i < from+count; i++ {
		d, err := l.store.DocumentNamed(ctx, access, fmt.Sprintf("%d.md", i))
		if err != nil {
			return err
		}
		text, err := l.store.Text(ctx, access, d.ID, corpus.Range{End: d.Bytes})
		if err != nil {
			return err
		}
		text = fmt.Sprintf("Fassung %d.\n\n%s", n, text)
		draft, err := corpus.Read(corpus.File{Name: d.Name, Origin: "/shuffled", Data: []byte(text)})
		if err != nil {
			return err
		}
		drafts = append(drafts, draft)
	}
	_, err := l.store.Put(ctx, guild, drafts, false)
	return err
}
