package retrieval

import "math"

// Losses count for each of the 64 passages of a block by how much its score stays below what
// one of the block scores at most. They are counted in parts of the loss that a passage can
// bear, each rounded down, for all passages at once: a number of the plane i has a bit for each
// passage, that of 2^i in its count. Counts begin so that they overflow when a passage loses
// too much.
type losses struct {
	planes  [lossPlanes]uint64
	lost    uint64  // passages that lose too much
	perLoss float32 // parts in a loss of 1
}

const (
	lossPlanes = 6
	lossParts  = 1 << (lossPlanes - 1) // in the loss that can be borne
)

// bearing returns losses of nothing, of which so much can be borne.
func bearing(most float64) losses {
	l := losses{perLoss: math.MaxFloat32} // all that is lost is too much
	if perLoss := lossParts / most; most > 0 && perLoss < math.MaxFloat32 {
		l.perLoss = float32(perLoss)
	}
	const begin = 1<<lossPlanes - 1 - lossParts
	for i := range l.planes {
		l.planes[i] = -uint64(begin >> i & 1)
	}
	return l
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
	parts := loss * l.perLoss
	if parts > lossParts {
		l.lost |= passages
		return
	}
	n := uint64(int32(parts))
	p := &l.planes
	adds := passages & -(n & 1)
	carry := p[0] & adds
	p[0] ^= adds
	for i := 1; i < lossPlanes; i++ {
		adds = passages & -(n >> i & 1)
		was := p[i]
		half := was ^ adds
		p[i] = half ^ carry
		carry = was&adds | half&carry
	}
	l.lost |= carry
}
