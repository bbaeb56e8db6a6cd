package retrieval_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"verbatim/corpus"
	"verbatim/retrieval"
)

// An answerSet is curated answers with the questions that ask for them. Each is a document
// named by its ID, whose text is all its wordings.
type answerSet struct {
	*library
	wordeds map[string]retrieval.Worded // by their IDs
	names   map[string]string           // of documents by theirs, which are these IDs
	asks    []ask
}

type ask struct{ text, want string }

// openAnswers takes the documents of a set as answers to their titles.
func openAnswers(t *testing.T, dir string) answerSet {
	t.Helper()
	s := answerSet{library: open(t), wordeds: map[string]retrieval.Worded{}, names: map[string]string{}}
	eachLine(t, filepath.Join(dir, corpus.CollectionName), func(line string) {
		var d struct{ ID, Title, Text string }
		check(t, json.Unmarshal([]byte(line), &d))
		s.wordeds[d.ID] = retrieval.Worded{ID: d.ID, Language: "en", Wordings: []string{d.Title}, Answer: d.Text}
	})
	about := map[string]string{}
	eachLine(t, filepath.Join(dir, "qrels.tsv"), func(line string) {
		fields := strings.Fields(line)
		about[fields[0]] = fields[1]
	})
	eachLine(t, filepath.Join(dir, "queries.jsonl"), func(line string) {
		var q struct{ ID, Text string }
		check(t, json.Unmarshal([]byte(line), &q))
		s.asks = append(s.asks, ask{q.Text, about[q.ID]})
	})
	s.store(t)
	return s
}

// openSampleAnswers takes the curated answers of the sample.
func openSampleAnswers(t *testing.T) answerSet {
	t.Helper()
	s := answerSet{library: open(t), wordeds: map[string]retrieval.Worded{}, names: map[string]string{}}
	eachLine(t, "../corpus/sample/questions/curated.jsonl", func(line string) {
		var c struct {
			ID, Lang, Question, Answer string
			Alternatives, Asks         []string
		}
		check(t, json.Unmarshal([]byte(line), &c))
		wordings := append([]string{c.Question}, c.Alternatives...)
		s.wordeds[c.ID] = retrieval.Worded{ID: c.ID, Language: c.Lang, Wordings: wordings, Answer: c.Answer}
		for _, text := range c.Asks {
			s.asks = append(s.asks, ask{text, c.ID})
		}
	})
	s.store(t)
	return s
}

func eachLine(t *testing.T, path string, do func(line string)) {
	t.Helper()
	data, err := os.ReadFile(path)
	check(t, err)
	for line := range strings.Lines(string(data)) {
		do(line)
	}
}

// store stores a document for each answer.
func (s answerSet) store(t *testing.T) {
	t.Helper()
	texts := map[string]string{}
	for id, w := range s.wordeds {
		texts[id+".txt"] = strings.Join(w.Wordings, "\n\n")
	}
	s.put(t, guild, texts)
}

// measure asks all questions.
func (s answerSet) measure(t *testing.T) string {
	t.Helper()
	access := corpus.Everything(guild)
	read := func(_ context.Context, ids []string) ([]retrieval.Worded, error) {
		var found []retrieval.Worded
		for _, id := range ids {
			if s.names[id] == "" {
				s.names[id] = strings.TrimSuffix(s.name(t, access, id), ".txt")
			}
			found = append(found, s.wordeds[s.names[id]])
		}
		return found, nil
	}
	first := 0.0
	for _, q := range s.asks {
		matches, _, err := s.Match(t.Context(), retrieval.Query{Text: q.text, Access: access}, read)
		check(t, err)
		if len(matches) > 0 && matches[0].ID == q.want {
			first++
		}
	}
	return fmt.Sprintf("first %.3f of %d", first/float64(len(s.asks)), len(s.asks))
}
