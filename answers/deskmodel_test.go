package answers_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"verbatim/answers"
	"verbatim/corpus"
)

// A deskModel is what waits for the moderators of a guild, as the store should keep it.
type deskModel struct {
	desk
	guild     string
	open      map[string]*modelOpen
	told      map[string]answers.FollowOutcome // what is to be told, by question and member
	replies   map[string]*modelReply
	proposals map[string]*modelProposal
}

type modelOpen struct {
	text      string
	times     map[answers.Reason]int
	dismissed bool
	followers map[string]bool
}

type modelReply struct {
	text    string
	counted bool   // it was open when it was asked
	added   string // the open question that votes added it to
	votes   map[string]bool
}

type modelProposal struct {
	member string
	state  answers.ProposalState
}

// What is drawn from. The questions have no word in common, and none like another's.
var (
	modelQuestions = []string{"Quel temps fait-il à Moscou ?", "Où siège le soviet ?", "Qui est Makhno ?"}
	modelMembers   = []string{"ana", "ben"}
)

func drawn[T any](r *rapid.T, what string, from []T) T { return rapid.SampledFrom(from).Draw(r, what) }

// one draws one of the things that are there, or rarely one that is not.
func one[V any](r *rapid.T, there map[string]V) string {
	return drawn(r, "id", append(slices.Sorted(maps.Keys(there)), "nothing"))
}

func (m *deskModel) all() corpus.Access { return corpus.Everything(m.guild) }

// asked returns the ID of the question with a text, "" for none.
func (m *deskModel) asked(text string) string {
	for id, q := range m.open {
		if q.text == text {
			return id
		}
	}
	return ""
}

// add adds an asking as the store should, where the question is known by then as id.
func (m *deskModel) add(id, text string, reason answers.Reason) (added string) {
	q := m.open[id]
	if q == nil {
		q = &modelOpen{text: text, times: map[answers.Reason]int{}, followers: map[string]bool{}}
		m.open[id] = q
	}
	if q.dismissed {
		return ""
	}
	q.times[reason]++
	return id
}

// find returns the ID by which the store knows a question now.
func (m *deskModel) find(t *testing.T, r *rapid.T, text string) string {
	for _, dismissed := range []bool{false, true} {
		list, err := m.curated.OpenQuestions(t.Context(), m.all(), dismissed)
		want(r, err, nil)
		for _, q := range list {
			if q.Text == text {
				return q.ID
			}
		}
	}
	return ""
}

// settle brings a reply and the open questions in line with its votes; voted says that one
// was given, and not taken back.
func (m *deskModel) settle(t *testing.T, r *rapid.T, id string, voted bool) {
	reply := m.replies[id]
	helps := slices.Collect(maps.Values(reply.votes))
	switch {
	case slices.Contains(helps, false) && reply.added == "" && voted:
		if reply.counted && m.asked(reply.text) != "" {
			return
		}
		if reply.added = m.add(m.find(t, r, reply.text), reply.text, answers.Unhelpful); reply.added != "" {
			reply.counted = false
		}
	case !slices.Contains(helps, false) && reply.added != "":
		if q := m.open[reply.added]; q != nil && !q.dismissed {
			if q.times[answers.Unhelpful]--; q.times[answers.Unhelpful] == 0 && q.times[answers.Unanswered] == 0 {
				delete(m.open, reply.added)
			}
		}
		reply.added = ""
	}
	if len(helps) == 0 {
		delete(m.replies, id)
	}
}

func (m *deskModel) tell(id string, outcome answers.FollowOutcome) {
	for member := range m.open[id].followers {
		m.told[id+" "+member] = outcome
	}
	clear(m.open[id].followers)
}

// there says what an operation on something that is there or not should fail with.
func there[V any](things map[string]V, id string) error {
	if _, found := things[id]; !found {
		return answers.ErrNotFound
	}
	return nil
}

func (m *deskModel) actions(t *testing.T) map[string]func(*rapid.T) {
	ctx, s := t.Context(), m.curated
	vote := func(r *rapid.T) {
		n := rapid.IntRange(0, 3).Draw(r, "reply")
		id, member, helpful := fmt.Sprint("r", n), drawn(r, "member", modelMembers), rapid.Bool().Draw(r, "helpful")
		shown := answers.Shown{Asking: answers.Asking{Text: modelQuestions[n%2], Access: m.all(), Language: "fr"}, Counted: n > 1}
		want(r, m.Vote(ctx, m.guild, answers.Vote{Reply: id, Member: member, Helpful: helpful}, shown), nil)
		if m.replies[id] == nil {
			m.replies[id] = &modelReply{text: modelQuestions[n%2], counted: n > 1, votes: map[string]bool{}}
		}
		m.replies[id].votes[member] = helpful
		m.settle(t, r, id, true)
	}
	return map[string]func(*rapid.T){
		"ask": func(r *rapid.T) {
			text := drawn(r, "question", modelQuestions)
			q, err := m.Gather(ctx, answers.Asking{Text: text, Access: m.all(), Language: "fr", Reason: answers.Unanswered})
			want(r, err, nil)
			if before := m.asked(text); before != "" && before != q.ID {
				r.Fatalf("%s is asked as %s, and was as %s", text, q.ID, before)
			}
			m.add(q.ID, text, answers.Unanswered)
		},
		"vote": vote, "vote again": vote,
		"take back": func(r *rapid.T) {
			id, member := drawn(r, "reply", []string{"r0", "r1", "r2", "r3"}), drawn(r, "member", modelMembers)
			want(r, s.TakeBack(ctx, m.guild, id, member), nil)
			if reply := m.replies[id]; reply != nil {
				if _, voted := reply.votes[member]; voted {
					delete(reply.votes, member)
					m.settle(t, r, id, false)
				}
			}
		},
		"follow": func(r *rapid.T) {
			id, member := one(r, m.open), drawn(r, "member", modelMembers)
			expected := there(m.open, id)
			if expected == nil && m.open[id].dismissed {
				expected = answers.ErrNotFound
			}
			want(r, s.Follow(ctx, m.all(), id, answers.Follower{Member: member, Text: "?"}), expected)
			if expected == nil {
				m.open[id].followers[member] = true
			}
		},
		"unfollow": func(r *rapid.T) {
			id, member := one(r, m.open), drawn(r, "member", modelMembers)
			want(r, s.Unfollow(ctx, m.guild, id, member), nil)
			if q := m.open[id]; q != nil {
				delete(q.followers, member)
				delete(m.told, id+" "+member)
			}
		},
		"dismiss": func(r *rapid.T) {
			id := one(r, m.open)
			want(r, s.Dismiss(ctx, m.all(), id, "hors sujet"), there(m.open, id))
			if q := m.open[id]; q != nil {
				q.dismissed = true
				m.tell(id, answers.FollowDismissed)
			}
		},
		"reopen": func(r *rapid.T) {
			id := one(r, m.open)
			want(r, s.Reopen(ctx, m.all(), id), there(m.open, id))
			for _, member := range modelMembers {
				if q := m.open[id]; q != nil && m.told[id+" "+member] == answers.FollowDismissed {
					delete(m.told, id+" "+member)
					q.followers[member] = true
				}
			}
			if q := m.open[id]; q != nil {
				q.dismissed = false
			}
		},
		"answer": func(r *rapid.T) {
			id := one(r, m.open)
			_, err := s.AnswerOpen(ctx, m.all(), id, "mo", content("Où ?", "Là."))
			want(r, err, there(m.open, id))
			if err == nil {
				m.tell(id, answers.FollowAnswered)
				delete(m.open, id)
			}
		},
		"deliver": func(r *rapid.T) {
			notices, err := s.Notices(ctx, m.guild, 1)
			want(r, err, nil)
			for _, n := range notices {
				want(r, s.Delivered(ctx, m.guild, n), nil)
				delete(m.told, n.Question+" "+n.Member)
			}
		},
		"propose": func(r *rapid.T) {
			member := drawn(r, "member", modelMembers)
			made, pending := 0, 0
			for _, p := range m.proposals {
				if p.member == member {
					made++
					if p.state == answers.Pending {
						pending++
					}
				}
			}
			p, err := s.Propose(ctx, m.all(), member, content("Où ?", "Là."))
			if made >= 10 || pending >= 5 {
				want(r, err, answers.ErrTooMany)
				return
			}
			want(r, err, nil)
			m.proposals[p.ID] = &modelProposal{member, answers.Pending}
		},
		"settle": func(r *rapid.T) {
			id := one(r, m.proposals)
			state := drawn(r, "state", []answers.ProposalState{answers.Accepted, answers.Declined, answers.Withdrawn})
			member, p := drawn(r, "member", modelMembers), m.proposals[id]
			expected := there(m.proposals, id)
			switch {
			case expected == nil && state == answers.Withdrawn && p.member != member:
				expected = answers.ErrNotFound
			case expected == nil && p.state != answers.Pending:
				expected = answers.ErrSettled
			}
			var err error
			switch state {
			case answers.Accepted:
				_, err = s.Accept(ctx, m.all(), id, "mo", nil)
			case answers.Declined:
				err = s.Decline(ctx, m.all(), id, "mo", "non")
			default:
				err = s.Withdraw(ctx, m.guild, id, member)
			}
			want(r, err, expected)
			if err == nil {
				p.state = state
			}
		},
	}
}

// compare fails unless the store holds what the model does.
func (m *deskModel) compare(t *testing.T, r *rapid.T) {
	ctx, s := t.Context(), m.curated
	count := 0
	for _, dismissed := range []bool{false, true} {
		list, err := s.OpenQuestions(ctx, m.all(), dismissed)
		want(r, err, nil)
		count += len(list)
		for _, q := range list {
			w, times := m.open[q.ID], map[answers.Reason]int{}
			for _, wording := range q.Wordings {
				times[wording.Reason] += wording.Times
			}
			if w == nil || w.dismissed != dismissed || q.Text != w.text || q.Followers != len(w.followers) ||
				times[answers.Unanswered] != w.times[answers.Unanswered] || times[answers.Unhelpful] != w.times[answers.Unhelpful] {
				r.Fatalf("open question %+v, want %+v", q, w)
			}
		}
	}
	if count != len(m.open) {
		r.Fatalf("%d open questions, want %d", count, len(m.open))
	}
	notices, err := s.Notices(ctx, m.guild, 100)
	want(r, err, nil)
	told := map[string]answers.FollowOutcome{}
	for _, n := range notices {
		told[n.Question+" "+n.Member] = n.Outcome
	}
	if !maps.Equal(told, m.told) {
		r.Fatalf("notices %v, want %v", told, m.told)
	}
	for _, id := range []string{"r0", "r1", "r2", "r3"} {
		helpful, unhelpful, err := s.Votes(ctx, m.all(), id)
		want(r, err, nil)
		votes := [2]int{}
		if reply := m.replies[id]; reply != nil {
			for _, helps := range reply.votes {
				if helps {
					votes[0]++
				} else {
					votes[1]++
				}
			}
		}
		if votes != [2]int{helpful, unhelpful} {
			r.Fatalf("votes on %s: %d and %d, want %v", id, helpful, unhelpful, votes)
		}
	}
	for _, member := range modelMembers {
		list, err := s.ProposalsOf(ctx, m.all(), member)
		want(r, err, nil)
		for _, p := range list {
			w := m.proposals[p.ID]
			if w == nil || w.member != member || w.state != p.State || (p.Curated != "") != (p.State == answers.Accepted) {
				r.Fatalf("proposal %+v, want %+v", p, w)
			}
			count++
		}
	}
	if count != len(m.open)+len(m.proposals) {
		r.Fatalf("%d proposals, want %d", count-len(m.open), len(m.proposals))
	}
}

// TestDeskModel carries out random sequences of what members and moderators do on the
// store and on a model.
func TestDeskModel(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		n := 0
		rapid.Check(t, func(r *rapid.T) {
			n++
			m := &deskModel{
				desk: d, guild: fmt.Sprint("guild", n), open: map[string]*modelOpen{}, told: map[string]answers.FollowOutcome{},
				replies: map[string]*modelReply{}, proposals: map[string]*modelProposal{},
			}
			actions := m.actions(t)
			names := slices.Sorted(maps.Keys(actions))
			for range rapid.IntRange(20, 60).Draw(r, "operations") {
				actions[drawn(r, "operation", names)](r)
			}
			m.compare(t, r)
		})
	})
}
