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

// newTextField returns a field of terms with their positions. All that it makes of them is a few
// large pieces, as a new index has hundreds of thousands of terms.
func newTextField(name string, terms []placed) *field {
	f := &field{name, make(index.TokenFrequencies, len(terms))}
	different := make([]index.TokenFreq, 0, len(terms))
	which := make([]int, len(terms)) // of the different terms each one is
	ends := make([]int, len(terms))  // of the positions of each different term
	bytes := 0
	for i, t := range terms {
		of := f.terms[t.term]
		if of == nil {
			different = append(different, index.TokenFreq{})
			of = &different[len(different)-1]
			of.SetFrequency(len(different) - 1)
			f.terms[t.term] = of
			bytes += len(t.term)
		}
		which[i] = of.Frequency()
		ends[which[i]]++
	}
	for i := 1; i < len(different); i++ {
		ends[i] += ends[i-1]
	}
	positions, text := make([]uint16, len(terms)), make([]byte, 0, bytes)
	words, next := make([]bool, len(different)), slices.Clone(ends)
	for i := len(terms) - 1; i >= 0; i-- {
		k := which[i]
		next[k]--
		positions[next[k]] = terms[i].position
		words[k] = words[k] || terms[i].word
	}
	for term, of := range f.terms {
		k := of.Frequency()
		from := len(text)
		text = append(text, term...)
		of.Term = text[from:len(text):len(text)]
		setPlaces(of, positions[next[k]:ends[k]], words[k])
	}
	return f
}

// setPlaces sets at which positions a term stands, and whether it is itself a word of the passage.
func setPlaces(of *index.TokenFreq, positions []uint16, word bool) {
	slices.Sort(positions)
	if number, ok := pack(positions, word); ok {
		of.SetFrequency(int(number))
		return
	}
	of.SetFrequency(len(positions))
	for _, p := range positions {
		now := &index.TokenLocation{Position: int(p)}
		if word {
			now.Start = wordMark
		}
		of.Locations = append(of.Locations, now)
	}
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
