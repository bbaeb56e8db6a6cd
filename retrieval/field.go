package retrieval

import (
	"math"
	"slices"

	index "github.com/blevesearch/bleve_index_api"
)

// A field is one of a passage, analysed, in the form in which Bleve takes it. Bleve keeps a
// number for each of its terms, as the frequency, and no lengths of passages: where those
// are needed they stand in lengthField.
type field struct {
	name  string
	terms index.TokenFrequencies
}

// lengthField holds one term of each passage, whose number is the length of the passage in
// tokens, and one more.
const (
	lengthField = "length"
	lengthTerm  = "n"
)

// newTextField returns a field of terms with their positions.
func newTextField(name string, terms []placed) *field {
	type places struct {
		positions []uint16
		word      bool
	}
	all := make(map[string]places, len(terms))
	for _, t := range terms {
		of := all[t.term]
		all[t.term] = places{append(of.positions, t.position), of.word || t.word}
	}
	f := &field{name, make(index.TokenFrequencies, len(all))}
	for text, at := range all {
		slices.Sort(at.positions)
		of := &index.TokenFreq{Term: []byte(text)}
		if number, ok := pack(at.positions, at.word); ok {
			of.SetFrequency(int(number))
		} else {
			of.SetFrequency(len(at.positions))
			for _, p := range at.positions {
				now := &index.TokenLocation{Position: int(p)}
				if at.word {
					now.Start = wordMark
				}
				of.Locations = append(of.Locations, now)
			}
		}
		f.terms[text] = of
	}
	return f
}

// wordMark is where positions that are not packed start, if the term is itself a word of the
// passage.
const wordMark = 1

// newLengthField returns the field of a passage's length.
func newLengthField(tokens int) *field {
	of := &index.TokenFreq{Term: []byte(lengthTerm)}
	of.SetFrequency(min(tokens, math.MaxUint16) + 1)
	return &field{lengthField, index.TokenFrequencies{lengthTerm: of}}
}

// newSetField returns a field of terms of which only matters which passages hold them.
func newSetField(name string, terms []string) *field {
	f := &field{name, make(index.TokenFrequencies, len(terms))}
	for _, text := range terms {
		f.terms[text] = &index.TokenFreq{Term: []byte(text)}
	}
	return f
}

func (f *field) Name() string                                     { return f.name }
func (f *field) Value() []byte                                    { return nil }
func (f *field) ArrayPositions() []uint64                         { return nil }
func (f *field) EncodedFieldType() byte                           { return 't' }
func (f *field) Analyze()                                         {}
func (f *field) AnalyzedLength() int                              { return 0 }
func (f *field) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.terms }
func (f *field) NumPlainTextBytes() uint64                        { return 0 }
func (f *field) Size() int                                        { return len(f.terms) * fieldTermBytes }

// fieldTermBytes is about what a term of a field takes up in memory.
const fieldTermBytes = 100

func (f *field) Options() index.FieldIndexingOptions {
	return index.IndexField | index.IncludeTermVectors
}
