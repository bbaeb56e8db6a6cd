package answers

import "context"

// followUp returns the reply to a question that is read together with the previous one,
// nil if it stands alone.
//
// Where it is not sure that the question needs the previous one, and the two together
// have no answer, the question as typed gets its chance.
func (a *Answerer) followUp(ctx context.Context, q Question) (*Reply, error) {
	read, sure := ReadTogether(q.Previous, q.Text)
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
