package retrieval

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"maps"
	"slices"

	index "github.com/blevesearch/bleve_index_api"
)

// formatVersion changes whenever the same texts give another index, by its layout
// or by the analysis. An index of another version is built anew.
const formatVersion = 11

// readableSince is the earliest format that this program reads. Such an index answers while it
// is built anew. Before format 8 positions are Bleve's and lengths its norms, and all words
// stand in wordField. Whoever changes the layout reads the earlier one too, or sets it to
// formatVersion.
const readableSince = 5

// A state is what an index knows of itself. It is written in the same batch as the
// data it speaks of.
type state struct {
	Format    int                `json:"format"`
	Guild     string             `json:"guild"`
	Revision  int64              `json:"revision"`
	Stamp     string             `json:"stamp"`             // of the revision, see database.Head
	Partial   bool               `json:"partial,omitempty"` // a revision is half written
	Records   int                `json:"records"`           // Bleve documents: passages, and documents
	Languages map[string]lengths `json:"languages"`
}

// Lengths are what BM25 needs to know of all passages of a language together.
type lengths struct {
	Passages int `json:"passages"`
	Tokens   int `json:"tokens"`
}

func (l lengths) plus(m lengths, sign int) lengths {
	return lengths{l.Passages + sign*m.Passages, l.Tokens + sign*m.Tokens}
}

var stateKey = []byte("state")

// encode returns s with a checksum before it.
func (s state) encode() ([]byte, error) {
	data, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	return fmt.Appendf(nil, "%08x %s", crc32.ChecksumIEEE(data), data), nil
}

// readState returns the state in an index, the zero one if there is none.
func readState(reader index.IndexReader) (state, error) {
	stored, err := reader.GetInternal(stateKey)
	if err != nil || stored == nil {
		return state{}, err
	}
	return decodeState(stored)
}

// decoded is a state, and what it was decoded from.
type decoded struct {
	stored []byte
	state
}

// stateOf returns the state in a view of the index. Its maps are shared by all questions.
func (x *guildIndex) stateOf(v *view) (state, error) {
	stored, err := v.GetInternal(stateKey)
	if err != nil || stored == nil {
		return state{}, err
	}
	if last := x.lately.Load(); last != nil && bytes.Equal(last.stored, stored) {
		return last.state, nil
	}
	s, err := decodeState(stored)
	if err == nil {
		x.lately.Store(&decoded{bytes.Clone(stored), s})
	}
	return s, err
}

// codes returns the languages, in the order of the alphabet.
func (s state) codes() []string { return slices.Sorted(maps.Keys(s.Languages)) }

// decodeState is the reverse of encode.
func decodeState(stored []byte) (state, error) {
	if len(stored) < 9 || fmt.Sprintf("%08x", crc32.ChecksumIEEE(stored[9:])) != string(stored[:8]) || stored[8] != ' ' {
		return state{}, fmt.Errorf("its state is damaged")
	}
	var s state
	return s, json.Unmarshal(stored[9:], &s)
}

// passages is how many passages there are, in all languages.
func (s state) passages() int {
	sum := 0
	for _, l := range s.Languages {
		sum += l.Passages
	}
	return sum
}

// clone returns a copy whose maps are its own.
func (s state) clone() state {
	s.Languages = maps.Clone(s.Languages)
	if s.Languages == nil {
		s.Languages = map[string]lengths{}
	}
	return s
}

// A record says what an index holds of one document. It is stored in a Bleve
// document of its own.
type record struct {
	Passages  int                `json:"passages"`
	Languages map[string]lengths `json:"languages"`
}

const recordField = "record"

func recordID(document string) string { return "document/" + document }

// readRecord returns the record of a document, the zero one if there is none.
func readRecord(reader index.IndexReader, document string) (record, error) {
	var r record
	stored, err := reader.Document(recordID(document))
	if err != nil || stored == nil {
		return r, err
	}
	stored.VisitFields(func(f index.Field) {
		if f.Name() == recordField {
			err = json.Unmarshal(f.Value(), &r)
		}
	})
	return r, err
}
