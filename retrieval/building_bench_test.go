package retrieval_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"verbatim/config/database"
	"verbatim/corpus"
	"verbatim/retrieval"
)

// BenchmarkBuilding builds an index of a generated corpus, whose passages are ready in memory,
// and Bleve's own of the same passages, in turn. It reports how long they took in the median, in
// milliseconds by the clock and of all processors, and how many times as long ours took as
// Bleve's.
//
// Bleve's own is one that stores and keeps nothing but what ranking with BM25 needs, with its
// simplest analyzer. With VERBATIM_LONG=1 there are 20,000 passages, too.
func BenchmarkBuilding(b *testing.B) {
	sizes := []int{2_000}
	if os.Getenv("VERBATIM_LONG") != "" {
		sizes = append(sizes, 20_000)
	}
	for _, size := range sizes {
		b.Run(fmt.Sprintf("passages=%d", size), func(b *testing.B) {
			g := generate(size)
			source := readySource{generated: g, changes: g.all(b)}
			builds := []build{
				{name: "ours", do: func(dir string) { source.build(b, dir) }},
				{name: "bleve", do: func(dir string) { g.buildBleve(b, dir, source.bodies()) }},
			}
			for b.Loop() {
				for i := range builds {
					builds[i].once(b.TempDir())
				}
			}
			for _, build := range builds {
				b.ReportMetric(medianOf(build.wall), build.name+"-ms")
				b.ReportMetric(medianOf(build.processors), build.name+"-processors-ms")
			}
			b.ReportMetric(medianOf(builds[0].wall)/medianOf(builds[1].wall), "×bleve")
			b.ReportMetric(medianOf(builds[0].processors)/medianOf(builds[1].processors), "×bleve-processors")
		})
	}
}

// A build makes an index in a folder, and how long that took each time is noted.
type build struct {
	name             string
	do               func(dir string)
	wall, processors []time.Duration
}

func (b *build) once(dir string) {
	begun, used := time.Now(), processTime()
	b.do(filepath.Join(dir, b.name))
	b.wall = append(b.wall, time.Since(begun))
	b.processors = append(b.processors, processTime()-used)
}

// medianOf returns milliseconds.
func medianOf(times []time.Duration) float64 {
	return slices.Sorted(slices.Values(times))[len(times)/2].Seconds() * 1e3
}

// A readySource is a generated corpus with all of its changes in memory.
type readySource struct {
	*generated
	changes []database.Change
}

// all returns the changes to the corpus.
func (g *generated) all(b *testing.B) []database.Change {
	var all []database.Change
	for {
		next, err := g.Changes(b.Context(), guild, int64(len(all)))
		check(b, err)
		if len(next) == 0 {
			return all
		}
		all = append(all, next...)
	}
}

func (s readySource) Changes(_ context.Context, _ string, since int64) ([]database.Change, error) {
	return s.changes[since:min(int(since)+perRevision, len(s.changes))], nil
}

// bodies are the texts of all passages, in order.
func (s readySource) bodies() (all []string) {
	for _, c := range s.changes {
		for _, text := range c.Texts {
			all = append(all, text.Body)
		}
	}
	return all
}

// build builds our index in a folder.
func (s readySource) build(b *testing.B, dir string) {
	x, err := retrieval.OpenIndexes(dir, s, slog.New(slog.DiscardHandler))
	check(b, err)
	_, err = x.Rank(b.Context(), retrieval.Query{Text: "a", Access: corpus.Everything(guild)}, 1, nil)
	check(b, err)
	check(b, x.Close())
}
