package bot

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/bwmarrin/discordgo"

	"verbatim/answers"
)

// vote takes a vote on a reply. Who presses the same a second time takes it back.
func (b *Bot) vote(ctx context.Context, t *turn, g *given, helpful bool) error {
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
	w := t.words()
	r := reply{content: w.say(text)}
	if text == "vote_unhelpful" {
		r.rows = reasonChoice(b.votes.put(&ballot{g, user}), w)
	}
	_, err = b.edit(ctx, t, r)
	return err
}

// A ballot is an unhelpful vote, of which its voter may say why.
type ballot struct {
	given *given
	user  string
}

// pressReason is what the select of reasons does.
const pressReason = votePrefix + "reason"

// reasons are why a reply may not have helped, each with its text in texts/.
var reasons = []string{"reason_other", "reason_part", "reason_elsewhere", "reason_wrong", "reason_unclear"}

// reasonChoice is the select of reasons, which nobody need use.
func reasonChoice(id string, w words) []discordgo.MessageComponent {
	var options []discordgo.SelectMenuOption
	for _, reason := range reasons {
		options = append(options, discordgo.SelectMenuOption{Label: label(w.say(reason)), Value: reason})
	}
	return []discordgo.MessageComponent{selectRow(customID(pressReason, id), w.say("reason_choose"), options)}
}

// pressVote keeps with an unhelpful vote why it was given, in the words that the voter
// chose, for the moderators. It can be chosen as long as the vote stands.
func (b *Bot) pressVote(ctx context.Context, t *turn, id string, p press) error {
	v, ok := b.votes.get(id)
	at := t.seat()
	if !ok || v.user != at.user || v.given.seat.channel != at.channel || p.CustomID != customID(pressReason, id) ||
		len(p.Values) != 1 || !slices.Contains(reasons, p.Values[0]) {
		return b.stale(ctx, t)
	}
	if helpful, stands := v.given.voteOf(v.user); helpful || !stands {
		return b.stale(ctx, t)
	}
	if err := b.acknowledgeUpdate(ctx, t); err != nil {
		return err
	}
	if there, err := b.stillThere(ctx, t, v.given); err != nil || !there {
		return err
	}
	w, g := t.words(), v.given
	cast := answers.Vote{Reply: g.name, Member: v.user, Comment: w.say(p.Values[0])}
	if err := b.options.Answerer.Vote(ctx, g.guild, cast, answers.ShownOf(g.asked, g.reply, g.private)); err != nil {
		return err
	}
	_, err := b.edit(ctx, t, reply{content: w.say("vote_reason", "Reason", cast.Comment)})
	return err
}

// voteOf returns the vote of a user, if there is one.
func (g *given) voteOf(user string) (helpful, voted bool) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	helpful, voted = g.votes[user]
	return helpful, voted
}

// voters returns who has voted on the reply.
func (g *given) voters() []string {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	return slices.Collect(maps.Keys(g.votes))
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
