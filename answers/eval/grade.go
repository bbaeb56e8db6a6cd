package eval

import (
	"cmp"
	"slices"
)

// A graded question is one with a grade that should be high where it is good.
type graded struct {
	grade float64
	good  bool
}

// auroc is the probability that a good question has a higher grade than a bad one,
// where equal grades count half: the area under the receiver operating characteristic,
// computed from ranks (Mann and Whitney 1947), the average one for equal grades. It is
// nil unless there are both.
func auroc(questions []graded) *float64 {
	ranks, good := 0.0, 0
	before := 0 // questions of a lower grade
	for _, level := range levels(questions) {
		average := float64(before) + float64(len(level)+1)/2
		n := countGood(level)
		ranks += average * float64(n)
		good += n
		before += len(level)
	}
	bad := len(questions) - good
	if good == 0 || bad == 0 {
		return nil
	}
	u := ranks - float64(good)*float64(good+1)/2
	return new(u / (float64(good) * float64(bad)))
}

// coverageAt is the largest share of all questions that a cut can let pass so that at
// least the given share of those that pass is good; a cut lets pass all questions of at
// least some grade. It is 0 if there is no such cut, nil without questions.
func coverageAt(precision float64, questions []graded) *float64 {
	if len(questions) == 0 {
		return nil
	}
	passed, good, most := 0, 0, 0
	for _, level := range slices.Backward(levels(questions)) {
		passed += len(level)
		good += countGood(level)
		if float64(good)/float64(passed) >= precision {
			most = passed
		}
	}
	return new(float64(most) / float64(len(questions)))
}

// levels divides questions by their grades, the lowest first.
func levels(questions []graded) [][]graded {
	sorted := slices.SortedFunc(slices.Values(questions), func(x, y graded) int { return cmp.Compare(x.grade, y.grade) })
	return slices.Collect(func(yield func([]graded) bool) {
		for from, to := 0, 0; from < len(sorted); from = to {
			for to < len(sorted) && sorted[to].grade == sorted[from].grade {
				to++
			}
			if !yield(sorted[from:to]) {
				return
			}
		}
	})
}

func countGood(questions []graded) int {
	n := 0
	for _, q := range questions {
		if q.good {
			n++
		}
	}
	return n
}
