package retrieval

import (
	"maps"
	"math"
	"math/bits"
	"regexp"
	"slices"
	"strings"

	index "github.com/blevesearch/bleve_index_api"

	"verbatim/corpus"
	"verbatim/retrieval/analysis"
)

// A Filter leaves passages out of a ranking; the zero Filter leaves out none. It only
// ever narrows what an Access shows.
type Filter struct {
	Courses   []string // of one of these courses; "" stands for none
	Documents []string // of one of these documents, by ID
	Author    string   // by whoever has all these words in the name, however accented
	Language  string   // ISO 639-1
	From, To  string   // dated from here up to there, each a year, a month or a day: 1928, 1928-07, 1928-07-14; "" is no bound
}

// Fields that filters look at. Each holds whole terms.
const (
	courseField   = "course"
	documentField = "document"
	authorField   = "author" // its words
	languageField = "language"
	dateField     = "date"
)

// numbers is a set of the index's numbers of passages, a bit for each.
type numbers []uint64

func (n *numbers) add(number uint64) {
	for uint64(len(*n)) <= number/64 {
		*n = append(*n, 0)
	}
	n.set(number)
}

// set adds a number for which there is room.
func (n numbers) set(number uint64) { n[number/64] |= 1 << (number % 64) }

func (n numbers) has(number uint64) bool {
	return number/64 < uint64(len(n)) && n[number/64]&(1<<(number%64)) != 0
}

// count is how many numbers are in the set.
func (n numbers) count() (sum int) {
	for _, some := range n {
		sum += bits.OnesCount64(some)
	}
	return sum
}

// from returns which of the 64 numbers from one on are in the set, that one in the lowest bit.
func (n numbers) from(number uint64) uint64 {
	i, bit := number/64, number%64
	some := uint64(0)
	if i < uint64(len(n)) {
		some = n[i] >> bit
	}
	if i+1 < uint64(len(n)) {
		some |= n[i+1] << (64 - bit) // nothing if bit is 0
	}
	return some
}

// or adds what is in other.
func (n numbers) or(other numbers) numbers {
	if len(n) < len(other) {
		n, other = other, n
	}
	for i := range other {
		n[i] |= other[i]
	}
	return n
}

// and keeps what is in both.
func (n numbers) and(other numbers) numbers {
	n = n[:min(len(n), len(other))]
	for i := range n {
		n[i] &= other[i]
	}
	return n
}

// A selection gathers the conditions that passages have to meet.
type selection struct {
	reader *view
	all    bool    // no condition yet
	seen   numbers // unless all
}

// selected returns the passages that can be seen and pass the filter. If these are all,
// all is set.
func selected(reader *view, access corpus.Access, f Filter) (selection, error) {
	s := selection{reader: reader, all: true}
	var err error
	oneOf := func(field string, terms []string) {
		if err == nil {
			err = s.oneOf(field, terms)
		}
	}
	if !access.SeesAll() {
		courses, failed := terms(reader, courseField, access.Sees)
		err = failed
		oneOf(courseField, courses)
	}
	if f.Courses != nil {
		oneOf(courseField, f.Courses)
	}
	if f.Documents != nil {
		oneOf(documentField, f.Documents)
	}
	for _, word := range nameWords(f.Author) {
		oneOf(authorField, []string{word, languageOf(gluing).Fold(word)})
	}
	if f.Language != "" {
		oneOf(languageField, []string{strings.ToLower(f.Language)})
	}
	if err == nil && (f.From != "" || f.To != "") {
		var dates []string
		if dates, err = s.dates(f.From, f.To); err == nil {
			oneOf(dateField, dates)
		}
	}
	return s, err
}

func (s selection) sees(number uint64) bool { return s.all || s.seen.has(number) }

// block returns which passages of a block can be seen, by the number of the first.
func (s selection) block(first uint64) uint64 {
	if s.all {
		return math.MaxUint64
	}
	return s.seen.from(first)
}

// mostly returns the language of most of the passages, "" if that is not known.
func (s selection) mostly(in state) (string, error) {
	best, most := "", 0
	for _, code := range slices.Sorted(maps.Keys(in.Languages)) {
		n := in.Languages[code].Passages
		if code != unknown && !s.all {
			n = 0
			err := s.reader.each(term{languageField, code}, func(number uint64) bool {
				if s.seen.has(number) {
					n++
				}
				return true
			})
			if err != nil {
				return "", err
			}
		}
		if code != unknown && n > most {
			best, most = code, n
		}
	}
	return best, nil
}

// oneOf keeps the passages that have one of the terms in a field.
func (s *selection) oneOf(field string, terms []string) error {
	var found numbers
	for _, text := range terms {
		err := s.reader.each(term{field, text}, func(number uint64) bool {
			found.add(number)
			return true
		})
		if err != nil {
			return err
		}
	}
	if !s.all {
		found = found.and(s.seen)
	}
	s.all, s.seen = false, found
	return nil
}

// dates returns the dates in the index that lie between two, or overlap with them: 1928
// is neither before nor after 1928-07.
func (s *selection) dates(from, to string) ([]string, error) {
	return terms(s.reader, dateField, func(date string) bool {
		return date != "" && compareDates(date, from) >= 0 && (to == "" || compareDates(date, to) <= 0)
	})
}

// terms returns the terms of a field that are wanted.
func terms(reader index.IndexReader, field string, wanted func(string) bool) ([]string, error) {
	dictionary, err := reader.FieldDict(field)
	if err != nil {
		return nil, err
	}
	defer dictionary.Close()
	var found []string
	for {
		entry, err := dictionary.Next()
		if err != nil || entry == nil {
			return found, err
		}
		if wanted(entry.Term) {
			found = append(found, entry.Term)
		}
	}
}

// compareDates compares two dates as far as both are known.
func compareDates(x, y string) int {
	n := min(len(x), len(y))
	return strings.Compare(x[:n], y[:n])
}

// dateTerm returns a date as it is indexed: 1928-07-14, or as much of it as is known;
// "" if there is no year in it.
func dateTerm(date string) string {
	if iso := isoDate.FindString(strings.TrimSpace(date)); iso != "" {
		return iso
	}
	return yearOnly.FindString(date)
}

var (
	isoDate  = regexp.MustCompile(`^[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?\b`)
	yearOnly = regexp.MustCompile(`\b[0-9]{4}\b`)
)

// nameWords returns the different words of a name, in lower case and folded, each without the
// apostrophes in it.
func nameWords(name string) []string {
	var found []string
	for start, end := range analysis.Words(name) {
		parts := strings.FieldsFunc(name[start:end], analysis.IsApostrophe)
		word := analysis.Fold(strings.ToLower(analysis.Plain(strings.Join(parts, ""))))
		if !slices.Contains(found, word) {
			found = append(found, word)
		}
	}
	return found
}

// authorTerms are the words by which an author is found: those of the name, with ue for ü too,
// and what stands behind an apostrophe (d'Holbach).
func authorTerms(name string) []string {
	found := nameWords(name)
	apart := nameWords(strings.Join(strings.FieldsFunc(name, analysis.IsApostrophe), " "))
	for _, word := range slices.Concat(found, apart) {
		for _, form := range []string{word, languageOf(gluing).Fold(word)} {
			if !slices.Contains(found, form) {
				found = append(found, form)
			}
		}
	}
	return found
}
