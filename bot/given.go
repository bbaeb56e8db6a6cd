package bot

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/answers"
	"verbatim/corpus"
	"verbatim/retrieval"
)

// A given is a reply that was given, as its buttons need it.
type given struct {
	seat     seat
	guild    string
	question string
	filter   retrieval.Filter
	private  bool // for who asked alone
	reply    answers.Reply
	asked    answers.Question // what was asked of package answers
	name     string           // of the reply, among those that are voted on

	mutex sync.Mutex
	at    spot            // where it stands, the zero spot while that is not known
	by    *turn           // the interaction whose reply it is, nil for a message
	votes map[string]bool // by users: helpful or not
	open  string          // ID of the open question that it is, "" for none
	sent  bool            // to the moderators
}

const (
	// maxGiven is how many replies are remembered, and givenLife how long after they were
	// used last.
	maxGiven  = 3000
	givenLife = 12 * time.Hour
)

// stands notes where the reply stands.
func (g *given) stands(at spot) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.at = at
}

func (g *given) spot() spot {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	return g.at
}

// quotes returns all that the reply quotes: the sources of a curated answer first.
func (g *given) quotes() []answers.Excerpt {
	var all []answers.Excerpt
	if g.reply.Curated != nil {
		for _, e := range g.reply.Curated.Shown {
			if e.Text != "" {
				all = append(all, e)
			}
		}
	}
	return append(all, g.reply.Quotes...)
}

// What the buttons of a reply do.
const (
	pressMore      = replyPrefix + "more"
	pressHelpful   = replyPrefix + "helpful"
	pressUnhelpful = replyPrefix + "unhelpful"
	pressSend      = replyPrefix + "send"
	pressTell      = replyPrefix + "tell"
)

// buttons are those of a reply, three at most.
func (b *Bot) buttons(g *given, id string, w words) []discordgo.MessageComponent {
	var all []discordgo.MessageComponent
	add := func(text, action string, style discordgo.ButtonStyle) {
		all = append(all, discordgo.Button{Label: w.say(text), Style: style, CustomID: customID(action, id)})
	}
	switch {
	case g.reply.SmallTalk:
		return nil
	case g.reply.IsOpen():
		add("button_send", pressSend, discordgo.PrimaryButton)
		add("button_tell", pressTell, discordgo.SecondaryButton)
	default:
		add("button_helpful", pressHelpful, discordgo.SecondaryButton)
		add("button_unhelpful", pressUnhelpful, discordgo.SecondaryButton)
	}
	add("button_more", pressMore, discordgo.SecondaryButton)
	return []discordgo.MessageComponent{discordgo.ActionsRow{Components: all}}
}

// givenTo returns the reply with an ID to who presses a button of it. It is theirs when it
// stands where they press: another guild's or somebody else's private one is not.
func (b *Bot) givenTo(t *turn, id string) (*given, bool) {
	g, ok := b.replies.get(id)
	if !ok {
		return nil, false
	}
	at := t.seat()
	message := read[spot](t.Message)
	known := g.spot()
	switch {
	case g.seat.direct != at.direct, !g.seat.direct && g.seat.discordGuild != at.discordGuild, g.seat.channel != at.channel,
		g.private && g.seat.user != at.user, known.ID != "" && known.ID != message.ID:
		return nil, false
	}
	if known.ID == "" { // its sending has not come back, and it is read already
		g.stands(spot{ID: message.ID, ChannelID: at.channel})
	}
	return g, true
}

// pressReply answers a button of a reply, for who presses alone, as long as they are in
// the guild whose texts it is from.
func (b *Bot) pressReply(ctx context.Context, t *turn, id string, p press) error {
	g, ok := b.givenTo(t, id)
	do := map[string]func(*Bot, context.Context, *turn, *given) error{
		customID(pressMore, id): (*Bot).openPanel,
		customID(pressHelpful, id): func(b *Bot, ctx context.Context, t *turn, g *given) error {
			return b.vote(ctx, t, g, true)
		},
		customID(pressUnhelpful, id): func(b *Bot, ctx context.Context, t *turn, g *given) error {
			return b.vote(ctx, t, g, false)
		},
		customID(pressSend, id): (*Bot).send,
		customID(pressTell, id): (*Bot).follow,
	}[p.CustomID]
	if !ok || do == nil {
		return b.stale(ctx, t)
	}
	if err := b.acknowledge(ctx, t, true); err != nil {
		return err
	}
	if there, err := b.stillThere(ctx, t, g); err != nil || !there {
		return err
	}
	return do(b, ctx, t, g)
}

// stillThere reports whether who presses is in the guild whose texts a reply is from, and
// tells them if they are not. The press is acknowledged.
func (b *Bot) stillThere(ctx context.Context, t *turn, g *given) (bool, error) {
	_, found, err := b.seatNow(ctx, t, g.seat.discordGuild)
	if err == nil && !found {
		_, err = b.edit(ctx, t, reply{content: t.words().say("home_left")})
	}
	return found, err
}

// errLeft is why nothing is shown to who has left the guild whose texts it is from.
var errLeft = errors.New("no member of the guild any more")

// seeing returns the seat of who presses as it is now, and what of a reply may be shown
// there. It returns errLeft for who is no member any more.
func (b *Bot) seeing(ctx context.Context, t *turn, g *given) (seat, corpus.Access, []answers.Excerpt, error) {
	at, found, err := b.seatNow(ctx, t, g.seat.discordGuild)
	if err == nil && !found {
		err = errLeft
	}
	if err != nil {
		return at, corpus.Access{}, nil, err
	}
	access, err := b.access(ctx, at, false)
	if err != nil {
		return at, access, nil, err
	}
	quotes, err := b.options.Answerer.Again(ctx, access, g.quotes())
	return at, access, quotes, err
}

// removeReply takes a reply away. It reports whether it could.
func (b *Bot) removeReply(ctx context.Context, t *turn, g *given) (bool, error) {
	at := g.spot()
	if at.ID == "" {
		return false, nil
	}
	_, err := b.request(ctx, "DELETE", discordgo.EndpointChannelMessage(at.ChannelID, at.ID), nil, t)
	if err == nil || hasCode(err, codeUnknownMessage) {
		return true, nil
	}
	if g.by != nil { // whose token, for a while, is right enough
		_, err = b.request(ctx, "DELETE", original(g.by), nil, t)
		if err == nil || hasCode(err, codeUnknownMessage) {
			return true, nil
		}
	}
	if refused(err) {
		return false, nil
	}
	return false, err
}

// refused reports whether Discord has answered that something may not be done. It says so
// with a code: that the token is refused, or what a server in between says, is no answer
// to what was asked.
func refused(err error) bool {
	var answer *discordgo.RESTError
	if !errors.As(err, &answer) || answer.Response == nil || answer.Message == nil || answer.Message.Code == 0 {
		return false
	}
	return tooLate(err) || slices.Contains([]int{400, 403, 404}, answer.Response.StatusCode)
}

// isUnauthorized reports whether Discord refuses the bot's token.
func isUnauthorized(err error) bool {
	var answer *discordgo.RESTError
	return errors.As(err, &answer) && answer.Response != nil && answer.Response.StatusCode == http.StatusUnauthorized && !tooLate(err)
}

// hasStatus reports whether Discord has answered with a status of HTTP.
func hasStatus(err error, status int) bool {
	var answer *discordgo.RESTError
	return errors.As(err, &answer) && answer.Response != nil && answer.Response.StatusCode == status
}
