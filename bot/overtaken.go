package bot

import (
	"context"
	"errors"

	"verbatim/answers"
)

// maxOvertaking is how far back in the log is looked for who was faster.
const maxOvertaking = 200

// overtaken says who has settled an open question or a proposal in the meantime, what they
// did and when. It reports false, and says nothing, where nobody has, as far as the log goes
// back.
func (s *bench) overtaken(ctx context.Context, kind, id string) (bool, error) {
	entries, err := s.bot.options.Curated.Log(ctx, s.access, maxOvertaking)
	if err != nil {
		return false, err
	}
	for _, e := range entries { // the last ones first
		if e.Kind != kind || e.Subject != id {
			continue
		}
		text := overtakings[e.Kind+" "+e.Action]
		if text == "" { // a question that is open again
			return false, nil
		}
		s.note(text, "Who", s.words.person(e.Who), "When", moment(e.Made))
		return true, nil
	}
	if kind != "proposal" {
		return false, nil
	}
	p, err := s.bot.options.Curated.Proposal(ctx, s.access, id)
	withdrawn := err == nil && p.State == answers.Withdrawn
	if withdrawn {
		s.note("overtaken_withdrawn", "Who", s.words.person(p.Member))
	}
	if errors.Is(err, answers.ErrNotFound) {
		err = nil
	}
	return withdrawn, err
}

// overtakings say what somebody else did, by what and how it was done.
var overtakings = map[string]string{
	"question answered": "overtaken_answered", "question dismissed": "overtaken_dismissed",
	"proposal accepted": "overtaken_accepted", "proposal declined": "overtaken_declined",
}
