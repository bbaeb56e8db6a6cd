package eval

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"slices"

	"verbatim/corpus"
)

// LeaveOut divides the documents by their titles, so that what is asked about some of
// them has no answer in the rest. It returns those to be taken out of the texts before
// the set is run. Queries all of whose documents are among them become unanswerable
// ones of the kind "foreign"; other queries lose them from their relevant documents.
// It returns an error if no query is left or none is taken out.
func (s *Set) LeaveOut(share float64, documents []corpus.Document) ([]corpus.Document, error) {
	var out []corpus.Document
	gone, known := map[string]bool{}, map[string]bool{}
	for _, d := range documents {
		known[d.Name] = true
		if leftOut(d, share) {
			out = append(out, d)
			gone[d.Name] = true
		}
	}
	if err := s.checkRelevant(known); err != nil {
		return nil, err
	}
	var kept, foreign []Query
	for _, q := range s.Queries {
		there := slices.DeleteFunc(slices.Clone(q.Relevant), func(name string) bool { return gone[name] })
		if len(q.Relevant) > 0 && len(there) == 0 {
			q.Kind, q.LeftOut = "foreign", true
			foreign = append(foreign, q)
			continue
		}
		q.Relevant = there
		kept = append(kept, q)
	}
	if len(kept) == 0 || len(foreign) == 0 {
		return nil, errNotDivided
	}
	s.Queries, s.Unanswerable = kept, append(foreign, s.Unanswerable...)
	return out, nil
}

var errNotDivided = errors.New("leaving out this share of the documents does not divide the questions: qrels.tsv must name documents of different titles for them")

// leftOut reports whether a document falls into the share that is left out: the first
// eight bytes of the SHA-256 of its title, or of its name if it has none, as a big-endian
// fraction of 2⁶⁴, are less than the share.
func leftOut(d corpus.Document, share float64) bool {
	key := d.Title
	if key == "" {
		key = d.Name
	}
	sum := sha256.Sum256([]byte(key))
	return float64(binary.BigEndian.Uint64(sum[:8]))/(1<<64) < share
}

// A LeaveOut is how well a set divided by [Set.LeaveOut] is told apart. What can't be
// measured is nil.
type LeaveOut struct {
	Indexed  *float64 `json:"auroc_indexed"`          // of Belongs, for queries whose documents are there
	Coverage *float64 `json:"coverage_at_95_indexed"` // likewise
	InReply  *float64 `json:"auroc_in_reply"`         // of Confidence, for replies in which an answer stands
}

// newLeaveOut measures the replies to a set, nil if it was not divided. Queries without
// relevant documents are not judged. A left-out query has no answer in its reply, even if
// the same words happen to stand there.
func newLeaveOut(all []Judged) *LeaveOut {
	if !slices.ContainsFunc(all, func(j Judged) bool { return j.LeftOut }) {
		return nil
	}
	var indexed, inReply []graded
	for _, j := range all {
		if j.LeftOut || len(j.Relevant) > 0 {
			indexed = append(indexed, graded{j.Belongs, !j.LeftOut})
		}
		if j.LeftOut || j.Answerable && len(j.Answers) > 0 {
			inReply = append(inReply, graded{j.Confidence, !j.LeftOut && j.InReply[len(budgets)-1]})
		}
	}
	return &LeaveOut{Indexed: auroc(indexed), Coverage: coverageAt(0.95, indexed), InReply: auroc(inReply)}
}
