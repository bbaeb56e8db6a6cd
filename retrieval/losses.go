package retrieval

import "math"

// Losses count for each of the 64 passages of a block by how much its score stays below what
// one of the block scores at most. They are counted in parts of the loss that a passage can
// bear, each rounded down, for all passages at once: a number of the plane i has a bit for each
// passage, that of 2^i in its count.
type losses struct {
	planes  [lossPlanes]uint64
	lost    uint64  // passages that lose too much
	perLoss float64 // parts in a loss of 1
}

const (
	lossPlanes = 6
	lossParts  = 1 << (lossPlanes - 1) // in the loss that can be borne
)

// bearing returns losses of nothing, of which so much can be borne.
func bearing(most float64) losses {
	if most <= 0 { // all that is lost is too much
		return losses{perLoss: 1e300}
	}
	return losses{perLoss: lossParts / most}
}

// lack adds what passages lose that lack some or all lists of a clue.
func (l *losses) lack(lists []here) {
	highest, lacking := float32(0), uint64(math.MaxUint64)
	for i := range lists {
		highest = max(highest, lists[i].adds)
	}
	for i := range lists {
		if h := &lists[i]; h.adds < highest {
			l.add(h.passages&lacking, highest-h.adds)
		}
		lacking &^= lists[i].passages
	}
	l.add(lacking, highest)
}

// add adds a loss to some passages.
func (l *losses) add(passages uint64, loss float32) {
	parts := float64(loss) * l.perLoss
	if parts > lossParts {
		l.lost |= passages
		return
	}
	carry := uint64(0)
	for i, rest := 0, uint64(parts); i < lossPlanes && (rest != 0 || carry != 0); i, rest = i+1, rest>>1 {
		adds := passages & -(rest & 1)
		was := l.planes[i]
		l.planes[i] = was ^ adds ^ carry
		carry = was&adds | carry&(was^adds)
	}
	lower := uint64(0)
	for _, plane := range l.planes[:lossPlanes-1] {
		lower |= plane
	}
	l.lost |= carry | l.planes[lossPlanes-1]&lower
}
