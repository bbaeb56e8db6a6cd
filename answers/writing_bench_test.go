package answers_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"verbatim/corpus"
)

// BenchmarkWriting asks a guild of 2,000 passages while it is quiet, while a document of it
// changes ten times a second, and while all of its texts are imported anew without an end: one
// after the other in each round, so that what else the machine does slows all down alike. A turn
// has 250 questions or more, until something changed five times, or all texts once. Questions
// wait for what changed as those of the bot do. It reports the median and the 99th percentile of
// all questions, in milliseconds, and how many times those of the quiet guild they are. A bot
// runs on four threads at least: go test -cpu 4.
func BenchmarkWriting(b *testing.B) {
	l := openShuffled(b, 2_000)
	l.indexes.WaitAtMost(300 * time.Millisecond)
	questions := sampleQuestions(b)
	for _, q := range questions {
		l.reply(b, q)
	}
	companies := []*company{
		{name: "quiet"},
		{name: "document", write: func(ctx context.Context, n int) error { return l.rewrite(ctx, n%10, 1, n) }, every: 100 * time.Millisecond, least: 5},
		{name: "import", write: func(ctx context.Context, n int) error { return l.rewrite(ctx, 0, 100, n) }, least: 1},
	}
	for b.Loop() {
		for _, c := range companies {
			c.turn(b, l, questions)
		}
	}
	quiet := companies[0]
	for _, c := range companies {
		b.ReportMetric(c.percentile(50), c.name+"-p50-ms")
		b.ReportMetric(c.percentile(99), c.name+"-p99-ms")
		if c != quiet {
			b.ReportMetric(c.percentile(50)/quiet.percentile(50), c.name+"-×quiet-p50")
			b.ReportMetric(c.percentile(99)/quiet.percentile(99), c.name+"-×quiet-p99")
		}
	}
}

// A company is what goes on in a guild beside the questions.
type company struct {
	name  string
	write func(ctx context.Context, n int) error // nil for nothing
	every time.Duration
	least int // times in a turn

	changes atomic.Int64
	asked   int
	took    []time.Duration
}

// turnQuestions is how many questions a turn has at least.
const turnQuestions = 250

// turn asks questions beside the company.
func (c *company) turn(b *testing.B, l *library, questions []string) {
	ctx, stop := context.WithCancel(b.Context())
	var writing sync.WaitGroup
	if c.write != nil {
		writing.Go(func() { c.goOn(ctx, b) })
	}
	begun := c.changes.Load()
	for n := 0; !b.Failed() && (n < turnQuestions || int(c.changes.Load()-begun) < c.least); n++ {
		begun := time.Now()
		l.reply(b, questions[c.asked%len(questions)])
		c.took = append(c.took, time.Since(begun))
		c.asked++
	}
	stop()
	writing.Wait()
	if err := l.indexes.Refresh(b.Context(), guild); err != nil {
		b.Fatal(err)
	}
	time.Sleep(100 * time.Millisecond) // until it is on the disk too
}

// goOn writes until it is stopped.
func (c *company) goOn(ctx context.Context, b *testing.B) {
	for ctx.Err() == nil {
		if err := c.write(ctx, int(c.changes.Load())); err != nil {
			if ctx.Err() == nil {
				b.Error(err)
			}
			return
		}
		c.changes.Add(1)
		select {
		case <-time.After(c.every):
		case <-ctx.Done():
		}
	}
}

// percentile returns milliseconds.
func (c *company) percentile(p int) float64 {
	took := slices.Sorted(slices.Values(c.took))
	return took[len(took)*p/100].Seconds() * 1e3
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
