package bot

import (
	"context"
	"errors"

	"verbatim/answers"
)

// vote takes a vote on a reply. Who presses the same a second time takes it back.
func (b *Bot) vote(ctx context.Context, t *turn, g *given, helpful bool) error {
	if err := b.acknowledge(ctx, t, true); err != nil {
		return err
	}
	user := t.seat().user
	before, voted := g.voteOf(user)
	text := "vote_unhelpful"
	if helpful {
		text = "vote_helpful"
	}
	var err error
	if voted && before == helpful {
		text = "vote_withdrawn"
		err = b.options.Curated.TakeBack(ctx, g.guild, g.name, user)
	} else {
		v := answers.Vote{Reply: g.name, Member: user, Helpful: helpful}
		err = b.options.Answerer.Vote(ctx, g.guild, v, answers.ShownOf(g.asked, g.reply, g.private))
	}
	if err != nil && !errors.Is(err, answers.ErrNotFound) { // a vote that is not there any more is taken back
		return err
	}
	g.setVote(user, helpful, text != "vote_withdrawn")
	_, err = b.edit(ctx, t, reply{content: t.words().say(text)})
	return err
}

// voteOf returns the vote of a user, if there is one.
func (g *given) voteOf(user string) (helpful, voted bool) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	helpful, voted = g.votes[user]
	return helpful, voted
}

func (g *given) setVote(user string, helpful, voted bool) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	if !voted {
		delete(g.votes, user)
		return
	}
	if g.votes == nil {
		g.votes = map[string]bool{}
	}
	g.votes[user] = helpful
}
