package answers_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/answers"
	"verbatim/corpus"
	notes "verbatim/corpus/sample"
)

// BenchmarkAsk asks the questions of the sample, those without an answer too, of the sample
// notes and of 2,000 passages made of their sentences, 20,000 with VERBATIM_LONG. It reports
// how long finding the answer took in the median of the questions, in microseconds, and the
// stages of it: of sure questions, which are answered without a perhaps, and of the others.
// Each question is asked several times, and the best counts. Unread is the stage of excerpts where
// none of the passages was read lately.
func BenchmarkAsk(b *testing.B) {
	passages := 2_000
	if os.Getenv("VERBATIM_LONG") != "" {
		passages = 20_000
	}
	questions := sampleQuestions(b)
	for _, texts := range []struct {
		name string
		open func() *library
	}{
		{"sample", func() *library { return openSample(b) }},
		{fmt.Sprintf("passages=%d", passages), func() *library { return openShuffled(b, passages) }},
	} {
		b.Run("texts="+texts.name, func(b *testing.B) {
			l := texts.open()
			sure, unsure := l.measured(b, questions)
			for _, group := range []struct {
				name      string
				questions []asked
			}{{"sure", sure}, {"unsure", unsure}} {
				b.Run(fmt.Sprintf("%s=%d", group.name, len(group.questions)), func(b *testing.B) {
					b.ReportAllocs()
					for n := 0; b.Loop(); n++ {
						l.reply(b, group.questions[n%len(group.questions)].text)
					}
					for stage := range (answers.Times{}).All() {
						b.ReportMetric(medianOf(group.questions, stage), stage+"-p50-µs")
					}
					b.ReportMetric(medianOf(group.questions, "unread"), "unread-p50-µs")
					b.ReportMetric(medianOf(group.questions, "all"), "all-p50-µs")
				})
			}
		})
	}
}

// An asked question has how long its answer took at best, in all and by stage.
type asked struct {
	text string
	took map[string]time.Duration
}

// measured asks questions five times each and tells the sure ones from the others.
func (l *library) measured(b *testing.B, questions []string) (sure, unsure []asked) {
	for _, text := range questions {
		q := asked{text, map[string]time.Duration{}}
		var r answers.Reply
		for round := range 5 {
			note := func(stage string, took time.Duration) {
				if before, known := q.took[stage]; round > 0 && (!known || took < before) {
					q.took[stage] = took
				}
			}
			note("unread", l.again().reply(b, text).Times.Excerpts)
			begun := time.Now()
			r = l.reply(b, text)
			note("all", time.Since(begun))
			for stage, took := range r.Times.All() {
				note(stage, took)
			}
		}
		if r.Outcome == answers.Excerpts && !r.Hedged {
			sure = append(sure, q)
		} else {
			unsure = append(unsure, q)
		}
	}
	return sure, unsure
}

// again returns the library with its texts opened anew, of which no passage was read yet.
func (l *library) again() *library {
	store := corpus.NewStore(l.db, time.Now)
	return &library{answers.New(store, l.indexes, slog.New(slog.DiscardHandler)), l.db, store, l.indexes}
}

func (l *library) reply(b *testing.B, question string) answers.Reply {
	r, err := l.Ask(b.Context(), answers.Question{Text: question, Access: corpus.Everything(guild)})
	if err != nil {
		b.Fatal(err)
	}
	return r
}

// medianOf returns microseconds.
func medianOf(questions []asked, stage string) float64 {
	var all []time.Duration
	for _, q := range questions {
		all = append(all, q.took[stage])
	}
	slices.Sort(all)
	return float64(all[len(all)/2].Nanoseconds()) / 1e3
}

// sampleQuestions returns the questions of the sample's set.
func sampleQuestions(b *testing.B) []string {
	var questions []string
	for _, name := range []string{"queries.jsonl", "unanswerable.jsonl"} {
		data, err := os.ReadFile(filepath.Join("../corpus/sample/questions", name))
		if err != nil {
			b.Fatal(err)
		}
		for line := range bytes.Lines(data) {
			var q struct{ Text string }
			if err := json.Unmarshal(line, &q); err != nil {
				b.Fatal(err)
			}
			questions = append(questions, q.Text)
		}
	}
	return questions
}

// openShuffled returns a library of so many passages. Each document has sentences of one of
// the sample notes, in any order, the same in each run.
func openShuffled(b *testing.B, passages int) *library {
	sentences := sampleSentences(b)
	l := open(b)
	random := rand.New(rand.NewPCG(1, 1))
	var drafts []corpus.Draft
	for n := 0; passages > 0; n++ {
		from := sentences[random.IntN(len(sentences))]
		var text strings.Builder
		for i := range 100 {
			text.WriteString(from[random.IntN(len(from))])
			text.WriteString([]string{" ", "\n\n"}[(i+1)%5/4])
		}
		d, err := corpus.Read(corpus.File{Name: fmt.Sprintf("%d.md", n), Origin: "/shuffled", Data: []byte(text.String())})
		if err != nil {
			b.Fatal(err)
		}
		passages -= len(d.Passages)
		drafts = append(drafts, d)
	}
	if _, err := l.store.Put(b.Context(), guild, drafts, false); err != nil {
		b.Fatal(err)
	}
	return l
}

// sampleSentences returns the sentences of each of the sample notes.
func sampleSentences(b *testing.B) (all [][]string) {
	err := fs.WalkDir(notes.Notes(), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(notes.Notes(), path)
		if err != nil {
			return err
		}
		d, err := corpus.Read(corpus.File{Name: path, Origin: "/notes", Data: data})
		if err != nil {
			return err
		}
		var sentences []string
		for _, p := range d.Passages {
			for _, s := range p.Sentences {
				text := d.Source[s[0].Start:s[len(s)-1].End]
				sentences = append(sentences, strings.Join(strings.Fields(text), " "))
			}
		}
		all = append(all, sentences)
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return all
}
