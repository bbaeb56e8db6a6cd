package retrieval

import (
	"cmp"
	"math/bits"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	bleve "github.com/blevesearch/scorch_segment_api/v2"

	"verbatim/retrieval/analysis"
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
	return analysis.Fold(strings.ToLower(analysis.Plain(word)))
}

// A wordList holds the words of a segment of an index, for those like a given one to be
// looked up. It may hold words of passages that are gone, until Bleve merges its segments.
type wordList struct {
	lengths [analysis.MaxTermRunes + 1][]bucket // by the number of letters, then by the first byte
}

// A bucket holds the words of one length that have the same first byte, in the order of their
// bytes: one after another in text, each up to its end, with the set of its letters.
type bucket struct {
	head    byte
	letters []uint32
	ends    []uint32
	text    []byte
}

// wordLists are those of the segments of a view. A word may be in several.
type wordLists []*wordList

// words returns the word lists of a view. That of a segment is read once.
func (x *guildIndex) words(v *view) (wordLists, error) {
	x.spelling.Lock()
	defer x.spelling.Unlock()
	lists, known := make(wordLists, len(v.segments)), make(map[uint64]*wordList, len(v.segments))
	for i, s := range v.segments {
		list := x.wordLists[s.Id()]
		if list == nil {
			var err error
			if list, err = readWordList(s.Segment()); err != nil {
				return nil, err
			}
		}
		lists[i], known[s.Id()] = list, list
	}
	x.wordLists = known // but for what segments had that are gone
	return lists, nil
}

// readWordList reads the words of a segment.
func readWordList(s bleve.Segment) (*wordList, error) {
	list := &wordList{}
	return list, eachWord(s, list.add)
}

// eachWord calls do for each word of a segment, as it would stand in wordField, in the order
// of their bytes. Some are terms that are no words. What is written in several (J. M.) is not
// among them, as none is read as that.
func eachWord(s bleve.Segment, do func(word string)) error {
	var all []string
	for _, field := range append(textFields(s), wordField) {
		dictionary, err := s.Dictionary(field)
		if err != nil {
			return err
		}
		var more []string
		err = eachTerm(uncounted{dictionary}, "", func(term string) error {
			if !isSeveral(term) && (field == wordField || formOf(term) == term) {
				more = append(more, term)
			}
			return nil
		})
		if err != nil {
			return err
		}
		all = merge(all, more)
	}
	for _, word := range all {
		do(word)
	}
	return nil
}

// Uncounted is a dictionary that does not read in how many passages each term stands, where it
// need not.
type uncounted struct{ bleve.TermDictionary }

func (d uncounted) AutomatonIterator(a bleve.Automaton, from, to []byte) bleve.DictionaryIterator {
	if can, ok := d.TermDictionary.(interface {
		AutomatonIteratorOmitCount(a bleve.Automaton, from, to []byte) bleve.DictionaryIterator
	}); ok {
		return can.AutomatonIteratorOmitCount(a, from, to)
	}
	return d.TermDictionary.AutomatonIterator(a, from, to)
}

// merge returns the words of two sorted lists without doubles, each once, sorted.
func merge(x, y []string) []string {
	all := make([]string, 0, len(x)+len(y))
	for len(x) > 0 && len(y) > 0 {
		switch cmp.Compare(x[0], y[0]) {
		case -1:
			all, x = append(all, x[0]), x[1:]
		case 1:
			all, y = append(all, y[0]), y[1:]
		default:
			all, x, y = append(all, x[0]), x[1:], y[1:]
		}
	}
	return append(append(all, x...), y...)
}

// add adds a word that comes after all others in the order of bytes.
func (l *wordList) add(word string) {
	n := utf8.RuneCountInString(word)
	if n == 0 || n >= len(l.lengths) {
		return
	}
	heads := l.lengths[n]
	if len(heads) == 0 || heads[len(heads)-1].head != word[0] {
		heads = append(heads, bucket{head: word[0]})
		l.lengths[n] = heads
	}
	b := &heads[len(heads)-1]
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

// like returns the words at a distance of 1 to most from a word of at most analysis.MaxTermRunes
// letters, by their distances. Those at more than 1 begin with the same byte.
func (l wordLists) like(word string, most int) [][]string {
	found := make([][]string, most+1)
	l.scan(word, most, func(head byte) bool { return head == word[0] }, func(d int, other string) {
		found[d] = append(found[d], other)
	})
	for _, list := range l {
		list.otherHead(word, func(other string) { found[1] = append(found[1], other) })
	}
	return sets(found)
}

// allLike is like, with words at more than 1 that begin otherwise.
func (l wordLists) allLike(word string, most int) [][]string {
	found := make([][]string, most+1)
	l.scan(word, most, func(byte) bool { return true }, func(d int, other string) { found[d] = append(found[d], other) })
	return sets(found)
}

// sets sorts lists of words, and takes out what is twice in one.
func sets(found [][]string) [][]string {
	for i := range found {
		slices.Sort(found[i])
		found[i] = slices.Compact(found[i])
	}
	return found
}

// scan yields the words at a distance of 1 to most whose first byte is wanted.
func (l wordLists) scan(word string, most int, wanted func(head byte) bool, yield func(d int, other string)) {
	typed, letters := newPattern(word), lettersOf(word)
	for _, list := range l {
		for n := max(1, typed.letters-most); n <= typed.letters+most && n < len(list.lengths); n++ {
			for at := range list.lengths[n] {
				b := &list.lengths[n][at]
				if !wanted(b.head) {
					continue
				}
				for i, set := range b.letters {
					// An error changes at most one letter into another.
					if bits.OnesCount32(set&^letters) > most || bits.OnesCount32(letters&^set) > most {
						continue
					}
					if d := typed.distance(b.word(i)); d >= 1 && d <= most {
						yield(d, string(b.word(i)))
					}
				}
			}
		}
	}
}

// otherHead yields the words at a distance of 1 that begin with another byte: then the first
// letter is wrong, left out, one too many, or swapped with the second.
func (l *wordList) otherHead(word string, yield func(other string)) {
	first, size := utf8.DecodeRuneInString(word)
	rest := word[size:]
	n := utf8.RuneCountInString(word)
	if rest != "" {
		second, size := utf8.DecodeRuneInString(rest)
		for _, other := range []string{rest, string(second) + string(first) + rest[size:]} {
			if other[0] != word[0] && l.has(other) {
				yield(other)
			}
		}
	}
	l.tails(n, word[0], rest, yield)
	l.tails(n+1, word[0], word, yield)
}

// tails yields the words of so many letters that are one letter and then what is given, but
// those with a first byte.
func (l *wordList) tails(letters int, but byte, tail string, yield func(other string)) {
	if letters >= len(l.lengths) {
		return
	}
	for at := range l.lengths[letters] {
		switch b := &l.lengths[letters][at]; {
		case b.head == but:
		case b.head < utf8.RuneSelf:
			if other := string(rune(b.head)) + tail; b.has(other) {
				yield(other)
			}
		default: // the bytes after the first are of many letters
			for i := range b.ends {
				other := string(b.word(i))
				if _, size := utf8.DecodeRuneInString(other); other[size:] == tail {
					yield(other)
				}
			}
		}
	}
}

func (l *wordList) has(word string) bool {
	n := utf8.RuneCountInString(word)
	if n >= len(l.lengths) {
		return false
	}
	at, found := slices.BinarySearchFunc(l.lengths[n], word[0], func(b bucket, head byte) int { return cmp.Compare(b.head, head) })
	return found && l.lengths[n][at].has(word)
}

func (b *bucket) has(word string) bool {
	i := sort.Search(len(b.ends), func(i int) bool { return string(b.word(i)) >= word })
	return i < len(b.ends) && string(b.word(i)) == word
}

// word returns the word at a place in the bucket.
func (b *bucket) word(i int) []byte {
	begin := uint32(0)
	if i > 0 {
		begin = b.ends[i-1]
	}
	return b.text[begin:b.ends[i]]
}
