package answers

import (
	"iter"
	"time"

	"verbatim/retrieval"
)

// Times are how long the stages of a reply took, of the reading of the question that gave
// it.
type Times struct {
	retrieval.Times
	Check      time.Duration // to read the quotes again and compare them
	Confidence time.Duration // to judge how sure the answer is; without one, to look for what may have been meant
	Curated    time.Duration // to look for a curated answer
}

// All yields the stages by their names, in the order in which they are gone through.
func (t Times) All() iter.Seq2[string, time.Duration] {
	return func(yield func(string, time.Duration) bool) {
		_ = yield("index", t.Index) && yield("analysis", t.Analysis) && yield("search", t.Search) &&
			yield("excerpts", t.Excerpts) && yield("check", t.Check) && yield("confidence", t.Confidence) &&
			yield("curated", t.Curated)
	}
}
