package answers

import (
	"context"
)

// followUp returns the reply to a question that is read together with the previous one,
// nil if it stands alone. Small talk follows up nothing.
//
// Where it is not sure that the question needs the previous one, and the two together
// have no answer, the question as typed gets its chance.
func (a *Answerer) followUp(ctx context.Context, q Question) (*Reply, error) {
	read, sure := ReadTogether(q.Previous, q.Text)
	if read == "" || Check(read) != nil {
		return nil, nil
	}
	alone, together := q, q
	alone.Previous, together.Previous, together.Text = "", "", read
	typed, err := a.ask(ctx, alone)
	if err != nil || typed.SmallTalk {
		return &typed, err
	}
	reply, err := a.ask(ctx, together)
	if err != nil {
		return &reply, err
	}
	if reply.SmallTalk || !sure && reply.Outcome == None && typed.Outcome != None {
		return &typed, nil
	}
	reply.ReadAs = read
	return &reply, nil
}
