package retrieval

import (
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	bleve "github.com/blevesearch/scorch_segment_api/v2"
)

// wordField holds the words of a passage that carry meaning in lower case, without
// accents and unstemmed. Words with a digit are not in it: they are not to be
// mistaken for others. The index has only those in this field that differ from their terms;
// of the others the postings of the terms say so. view.read brings them together.
const wordField = "word"

// nameField holds those of them that stand in the passage as names do: with a capital, and
// not at the head of a sentence.
const nameField = "name"

// formOf returns a word as it stands in wordField, "" if it does not.
func formOf(word string) string {
	if strings.ContainsAny(word, "0123456789") {
		return ""
	}
	return fold(strings.ToLower(plain(word)))
}

// A wordList holds the words of an index, for those like a given one to be looked
// up. It may hold words of passages that are gone, until Bleve merges its segments.
type wordList struct {
	lengths []bucket // by the number of letters
}

// A bucket holds the words of one length: one after another in text, each up to its
// end, with the set of its letters.
type bucket struct {
	letters []uint32
	ends    []uint32
	text    []byte
}

// words returns the word list of the index in a state. It is kept until it is asked for
// in another.
func (x *guildIndex) words(reader *view, s state) (*wordList, error) {
	x.spelling.Lock()
	defer x.spelling.Unlock()
	at := wordsAt{s.Revision, s.Stamp, s.Records}
	if x.wordList != nil && x.wordsAt == at {
		return x.wordList, nil
	}
	list, err := readWordList(reader)
	if err != nil {
		return nil, err
	}
	x.wordList, x.wordsAt = list, at
	return list, nil
}

// wordsAt says of which state of an index a word list is.
type wordsAt struct {
	revision int64
	stamp    string
	records  int
}

// readWordList reads the words of an index.
func readWordList(reader *view) (*wordList, error) {
	var all []string
	for _, in := range reader.segments {
		if err := eachWord(in.Segment(), func(word string) { all = append(all, word) }); err != nil {
			return nil, err
		}
	}
	slices.Sort(all)
	list := &wordList{lengths: make([]bucket, maxTermRunes+1)}
	for _, word := range slices.Compact(all) {
		list.add(word)
	}
	return list, nil
}

// eachWord calls do for each word of a segment, as it would stand in wordField, in the order
// of their bytes. Some are terms that are no words.
func eachWord(s bleve.Segment, do func(word string)) error {
	var all []string
	for _, field := range append(textFields(s), wordField) {
		dictionary, err := s.Dictionary(field)
		if err != nil {
			return err
		}
		for each := dictionary.AutomatonIterator(nil, nil, nil); ; {
			entry, err := each.Next()
			if err != nil {
				return err
			}
			if entry == nil {
				break
			}
			if field == wordField || formOf(entry.Term) == entry.Term {
				all = append(all, entry.Term)
			}
		}
	}
	slices.Sort(all)
	for _, word := range slices.Compact(all) {
		do(word)
	}
	return nil
}

func (l *wordList) add(word string) {
	n := utf8.RuneCountInString(word)
	if n >= len(l.lengths) {
		return
	}
	b := &l.lengths[n]
	b.text = append(b.text, word...)
	b.ends = append(b.ends, uint32(len(b.text)))
	b.letters = append(b.letters, lettersOf(word))
}

// lettersOf returns the set of letters of a word, a bit for each of a to z; other
// letters share the rest.
func lettersOf(word string) uint32 {
	var set uint32
	for _, r := range word {
		if r >= 'a' && r <= 'z' {
			set |= 1 << (r - 'a')
		} else {
			set |= 1 << (26 + r%6)
		}
	}
	return set
}

// like returns the words at a distance of 1 to most from a word of at most maxTermRunes
// letters, by their distances.
func (l *wordList) like(word string, most int) [][]string {
	found := make([][]string, most+1)
	wanted, letters := []rune(word), lettersOf(word)
	for n := max(1, len(wanted)-most); n <= len(wanted)+most && n < len(l.lengths); n++ {
		b := &l.lengths[n]
		for i, set := range b.letters {
			// An error changes at most one letter into another.
			if bits.OnesCount32(set&^letters) > most || bits.OnesCount32(letters&^set) > most {
				continue
			}
			other := b.word(i)
			if d := distance(wanted, other, most); d >= 1 && d <= most {
				found[d] = append(found[d], string(other))
			}
		}
	}
	return found
}

// word returns the word at a place in the bucket.
func (b *bucket) word(i int) []byte {
	begin := uint32(0)
	if i > 0 {
		begin = b.ends[i-1]
	}
	return b.text[begin:b.ends[i]]
}

// distance is how many letters must be put in, left out, changed, or swapped with
// their neighbour to make one word of another (Damerau 1964, where no piece is
// changed twice), or more than most.
func distance(one []rune, word []byte, most int) int {
	var rows [3][maxTermRunes + 2]int
	before, last, row := &rows[0], &rows[1], &rows[2]
	for i := range len(one) + 1 {
		last[i] = i
	}
	var previous rune
	for j := 1; len(word) > 0; j++ {
		r, size := utf8.DecodeRune(word)
		word = word[size:]
		row[0] = j
		least := j
		for i := 1; i <= len(one); i++ {
			d := min(last[i], row[i-1]) + 1
			if one[i-1] == r {
				d = min(d, last[i-1])
			} else {
				d = min(d, last[i-1]+1)
				if i > 1 && j > 1 && one[i-2] == r && one[i-1] == previous {
					d = min(d, before[i-2]+1)
				}
			}
			row[i] = d
			least = min(least, d)
		}
		if least > most {
			return most + 1
		}
		previous = r
		before, last, row = last, row, before
	}
	return last[len(one)]
}
