package corpus

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"sort"
)

// A Pair is two documents that have much of their text in common, or of which the first seems
// to be a part of the other.
type Pair struct {
	Name, Other string
	Same        float64 // share of the words of the first that stand in the other too
}

const (
	samplePairs = 16 // smallest hashes of each sketch by which pairs are found
	worthSample = 4  // of these in common, or a quarter of more
	mostOfHash  = 20 // documents that are compared for a hash that they share
	maxPairs    = 20 // that are returned
)

// pairs returns documents that have much in common, of which at least one is among the named
// ones, by the names of these. It costs so many sketches as there are documents, whatever
// their length, and compares the texts of the pairs that it returns.
func (s *Store) pairs(ctx context.Context, guild string, fresh map[string]bool) ([]Pair, error) {
	var found []Pair
	err := s.db.Read(ctx, func(tx *sql.Tx) error {
		found = nil
		candidates, err := pairCandidates(ctx, tx, guild, fresh)
		if err != nil {
			return err
		}
		for _, c := range candidates {
			if len(found) == maxPairs {
				break
			}
			a, err := comparePair(ctx, tx, guild, c)
			if err != nil {
				return err
			}
			switch {
			case a.Same >= worthSaying:
				found = append(found, Pair{c[0], c[1], a.Same})
			case a.Covered >= worthSaying:
				found = append(found, Pair{c[1], c[0], a.Covered})
			}
		}
		return nil
	})
	return found, err
}

func comparePair(ctx context.Context, tx *sql.Tx, guild string, names [2]string) (Alike, error) {
	a, _, err := readDraft(ctx, tx, guild, names[0])
	if err != nil {
		return Alike{}, err
	}
	b, _, err := readDraft(ctx, tx, guild, names[1])
	if err != nil {
		return Alike{}, err
	}
	if worth(a.sketch(), b.sketch()) == 0 {
		return Alike{}, nil
	}
	return compare(a.shingler(), b.shingler()), nil
}

// pairCandidates returns the names of documents whose sketches begin alike, or share much of
// what of all texts is the same part, the first of each a fresh one.
func pairCandidates(ctx context.Context, tx *sql.Tx, guild string, fresh map[string]bool) ([][2]string, error) {
	type entry struct {
		hash uint64
		of   int32
	}
	var names []string
	var lengths []int
	var entries []entry
	err := querySketches(ctx, tx, Everything(guild), func(d Document, s sketch) {
		sampled := sort.Search(len(s), func(i int) bool { return s[i] > sampleBound })
		first := s[:max(min(len(s), samplePairs), sampled)]
		for _, h := range first {
			entries = append(entries, entry{h, int32(len(names))})
		}
		names, lengths = append(names, d.Name), append(lengths, len(first))
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(entries, func(a, b entry) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.of, b.of)) })
	common := map[[2]int32]int{}
	for from := 0; from < len(entries); {
		to := from + 1
		for to < len(entries) && entries[to].hash == entries[from].hash {
			to++
		}
		for i := from; i < to; i++ {
			for j := i + 1; j < min(to, i+mostOfHash); j++ {
				common[[2]int32{entries[i].of, entries[j].of}]++
			}
		}
		from = to
	}
	var found [][2]string
	for pair, n := range common {
		a, b := names[pair[0]], names[pair[1]]
		fewest := min(lengths[pair[0]], lengths[pair[1]])
		switch {
		case n < min(max(worthSample, fewest/4), fewest):
		case fresh[a] && (a < b || !fresh[b]):
			found = append(found, [2]string{a, b})
		case fresh[b]:
			found = append(found, [2]string{b, a})
		}
	}
	slices.SortFunc(found, func(x, y [2]string) int { return cmp.Or(cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1])) })
	return found, nil
}
