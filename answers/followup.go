package answers

import (
	"context"
	"strings"

	"verbatim/retrieval"
)

// followUp returns the reply to a question that is read together with the previous one,
// nil if it stands alone.
//
// Where it is not sure that the question needs the previous one, and the two together
// have no answer, the question as typed gets its chance.
func (a *Answerer) followUp(ctx context.Context, q Question) (*Reply, error) {
	if strings.TrimSpace(q.Previous) == "" {
		return nil, nil
	}
	previous, text, err := a.withCapitals(ctx, q)
	if err != nil {
		return nil, err
	}
	read, sure := ReadTogether(previous, text)
	if read == "" || Check(read) != nil {
		return nil, nil
	}
	q.Previous = ""
	typed := q
	q.Text = read
	reply, err := a.ask(ctx, q)
	if err != nil {
		return &reply, err
	}
	if reply.Outcome == None && !sure {
		if alone, err := a.ask(ctx, typed); err != nil || alone.Outcome != None {
			return &alone, err
		}
	}
	reply.ReadAs = read
	return &reply, nil
}

// withCapitals returns the question and the previous one with capitals on the names that
// the texts know, so that they are told also where both are typed in small letters.
func (a *Answerer) withCapitals(ctx context.Context, q Question) (previous, text string, err error) {
	if previous, err = a.indexes.WithCapitals(ctx, retrieval.Query{Text: q.Previous, Access: q.Access, Filter: q.Filter}); err != nil {
		return "", "", err
	}
	text, err = a.indexes.WithCapitals(ctx, retrieval.Query{Text: q.Text, Access: q.Access, Filter: q.Filter})
	return previous, text, err
}
