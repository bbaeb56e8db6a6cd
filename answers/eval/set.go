package eval

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
)

// A Set is a folder of questions that has been read.
type Set struct {
	Name         string          // base name of the folder
	Queries      []Query         // questions that the texts answer, at least one
	Unanswerable []Query         // questions that they don't answer
	Curated      []CuratedAnswer // nil without curated.jsonl
	curated      bool            // its documents are its curated answers
	documents    map[string]bool // ids in corpus.jsonl; nil without one
}

// A Query is a question with what is known of its answer.
type Query struct {
	ID       string   `json:"id"`
	Text     string   `json:"text"`
	Kind     string   `json:"kind"`    // may be empty
	Answers  []string `json:"answers"` // pieces of text, any of which is right; may be empty
	Relevant []string `json:"-"`       // names of the documents that answer it, each once; may be empty
	LeftOut  bool     `json:"-"`       // these documents are not in the texts, see Set.LeaveOut
}

// A CuratedAnswer is a moderator's answer, with questions that must find it and
// questions that must not.
type CuratedAnswer struct {
	ID           string   `json:"id"`
	Question     string   `json:"question"`
	Alternatives []string `json:"alternatives"`
	Answer       string   `json:"answer"`
	Source       string   `json:"source"`
	Asks         []string `json:"asks"`
	Misses       []string `json:"misses"`
}

// Load reads a set from its folder. An error says in which file and line what is
// wrong.
func Load(dir string) (*Set, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	s := &Set{Name: filepath.Base(abs)}
	if err := s.load(dir); err != nil {
		return nil, err
	}
	return s, nil
}

func (s *Set) load(dir string) error {
	path := filepath.Join(dir, "queries.jsonl")
	var err error
	if s.Queries, err = readObjects(path, Query.check); err != nil {
		return err
	}
	if len(s.Queries) == 0 {
		return fmt.Errorf("%s holds no question", path)
	}
	s.Unanswerable, err = optional(readObjects(filepath.Join(dir, "unanswerable.jsonl"), Query.check))
	if err != nil {
		return err
	}
	s.Curated, err = optional(readObjects(filepath.Join(dir, "curated.jsonl"), CuratedAnswer.check))
	if err != nil {
		return err
	}
	if err := s.loadDocuments(filepath.Join(dir, "corpus.jsonl")); err != nil {
		return err
	}
	return s.loadRelevant(filepath.Join(dir, "qrels.tsv"))
}

// optional takes a file that is not there for one that is empty.
func optional[T any](read []T, err error) ([]T, error) {
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return read, err
}

// HasDocuments reports whether the folder has a corpus.jsonl, so that the documents
// to ask about are its own.
func (s *Set) HasDocuments() bool { return s.documents != nil }

func (s *Set) loadDocuments(path string) error {
	documents, err := readObjects(path, document.check)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	s.documents = map[string]bool{}
	for _, d := range documents {
		s.documents[d.ID] = true
	}
	return err
}

// loadRelevant reads which documents answer which query.
func (s *Set) loadRelevant(path string) error {
	queries := map[string]*Query{}
	for i := range s.Queries {
		queries[s.Queries[i].ID] = &s.Queries[i]
	}
	err := readPairs(path, func(query, document string) error {
		q := queries[query]
		switch {
		case q == nil:
			return fmt.Errorf("there is no query %q in queries.jsonl", query)
		case s.HasDocuments() && !s.documents[document]:
			return fmt.Errorf("there is no document %q in corpus.jsonl", document)
		case !slices.Contains(q.Relevant, document):
			q.Relevant = append(q.Relevant, document)
		}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// checkRelevant compares the documents that answer queries with those there are.
func (s *Set) checkRelevant(known map[string]bool) error {
	for _, q := range s.Queries {
		for _, name := range q.Relevant {
			if !known[name] {
				return fmt.Errorf("qrels.tsv, query %s: there is no document %q", q.ID, name)
			}
		}
	}
	return nil
}
