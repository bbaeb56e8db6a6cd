package corpus

import (
	"encoding/binary"
	"math"
	"slices"
	"sort"
	"strings"
	"unicode"
)

// A sketch tells how much of two texts is the same without reading them: the smallest
// hashes of their shingles, each some words in a row, ascending and each once. Of all
// shingles that two texts have, the smallest hashes are a fair sample (Broder, "On the
// resemblance and containment of documents", 1997, section 3). What of the sample is in
// both sketches estimates the share of shingles that the texts have in common.
//
// Of a long text they are not enough to find a short one in it: its few shingles are hardly
// among the smallest of so many. So each hash below a bound is kept as well, which of all texts
// are the same part (Broder's M(A) modulo m).
type sketch []uint64

const (
	shingleWords = 5   // texts of a subject hardly share so many words in a row but in quotations
	sketchSize   = 128 // estimates to some hundredths
	sampledOne   = 64  // one shingle of so many is kept in any case

	sampleBound = math.MaxUint64 / sampledOne
)

// sketch returns the sketch of what a reader reads of the text.
func (d Draft) sketch() sketch {
	hashes := d.shingler().hashes
	slices.Sort(hashes)
	hashes = slices.Compact(hashes)
	sampled := sort.Search(len(hashes), func(i int) bool { return hashes[i] > sampleBound })
	return slices.Clone(sketch(hashes[:min(len(hashes), max(sketchSize, sampled))]))
}

// shingler returns the shingles of the text. Words count without punctuation, capitals, and
// what divides them at line ends, so that a text is the same in each format.
func (d Draft) shingler() shingler {
	x := stretch{text: d.Source, quiet: d.Quiet}
	var s shingler
	for _, p := range d.Passages {
		for _, sentence := range p.Sentences {
			s.add(x.show(sentence))
		}
	}
	if s.n > 0 && s.n < shingleWords { // then it is one shingle
		s.hashes = append(s.hashes, s.last(s.n))
	}
	return s
}

// A shingler gathers the hashes of shingles, in the order of the text.
type shingler struct {
	words  [shingleWords]uint64 // hashes of the last words
	n      int                  // words so far
	hashes []uint64
}

func (s *shingler) add(text string) {
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !isWord(r) && r != '\u00AD' }) {
		h := uint64(fnvOffset)
		for _, r := range word {
			if r != '\u00AD' { // a soft hyphen
				h = (h ^ uint64(unicode.ToLower(r))) * fnvPrime
			}
		}
		s.words[s.n%shingleWords] = h
		if s.n++; s.n >= shingleWords {
			s.hashes = append(s.hashes, s.last(shingleWords))
		}
	}
}

// The hash of Fowler, Noll and Vo, over letters in the place of bytes.
const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

// last returns the hash of the last n words.
func (s *shingler) last(n int) uint64 {
	h := uint64(fnvOffset)
	for i := s.n - n; i < s.n; i++ {
		h = mixed(h ^ s.words[i%shingleWords])
	}
	return h
}

// mixed spreads the bits of a hash, as the finalizer of MurmurHash3 does: the smallest ones
// are to be any.
func mixed(h uint64) uint64 {
	h = (h ^ h>>33) * 0xff51afd7ed558ccd
	h = (h ^ h>>33) * 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}

// likeness estimates the share of shingles in common, of all that the two texts have, from
// 0 to 1. It is exact for texts of few words.
func (s sketch) likeness(other sketch) float64 {
	common, all := 0, 0
	for i, j := 0, 0; all < sketchSize && (i < len(s) || j < len(other)); all++ {
		switch {
		case j == len(other) || i < len(s) && s[i] < other[j]:
			i++
		case i == len(s) || other[j] < s[i]:
			j++
		default:
			common++
			i++
			j++
		}
	}
	if all == 0 {
		return 0
	}
	return float64(common) / float64(all)
}

// containment estimates the share of the shingles of one text that stand in the other, of the
// text of which that is more, from as many hashes of that as can be compared.
func (s sketch) containment(other sketch) (share float64, of int) {
	common, one, two := 0, 0, 0
	for upTo := min(s.whole(), other.whole()); one < len(s) && s[one] <= upTo || two < len(other) && other[two] <= upTo; {
		switch {
		case two == len(other) || one < len(s) && s[one] < other[two]:
			one++
		case one == len(s) || other[two] < s[one]:
			two++
		default:
			common++
			one++
			two++
		}
	}
	if of = min(one, two); of == 0 {
		return 0, 0
	}
	return float64(common) / float64(of), of
}

// whole returns up to which hash the sketch has all that the text has.
func (s sketch) whole() uint64 {
	if len(s) < sketchSize {
		return math.MaxUint64
	}
	return s[len(s)-1]
}

// bytes returns the stored form of a sketch, the hashes one after another.
func (s sketch) bytes() []byte {
	data := make([]byte, 0, 8*len(s))
	for _, h := range s {
		data = binary.BigEndian.AppendUint64(data, h)
	}
	return data
}

func parseSketch(data []byte) sketch {
	s := make(sketch, 0, len(data)/8)
	for ; len(data) >= 8; data = data[8:] {
		s = append(s, binary.BigEndian.Uint64(data))
	}
	return s
}
