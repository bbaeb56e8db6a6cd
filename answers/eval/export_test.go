package eval

import (
	"context"

	"verbatim/answers"
	"verbatim/corpus"
)

// What the tests judge apart from whole runs, which can't be made to go wrong.
var (
	InBudgets = inBudgets
	NewReport = newReport
)

// Untrue checks excerpts that no Answerer would give.
func Untrue(ctx context.Context, store *corpus.Store, access corpus.Access, excerpts []answers.Excerpt) ([]error, error) {
	return newVerifier(store, access).untrue(ctx, excerpts)
}
