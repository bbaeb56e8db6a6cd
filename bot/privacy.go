package bot

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/answers"
	"verbatim/corpus"
)

// privacy answers /privacy: what is stored, and buttons to get it and to have it forgotten.
func (b *Bot) privacy(ctx context.Context, t *turn, _ command) error {
	w := t.words()
	lines := []string{
		"**" + w.say("privacy_title") + "**",
		"- " + w.say("privacy_questions"),
		"- " + w.say("privacy_home"),
		"- " + w.say("privacy_open"),
		"- " + w.say("privacy_votes"),
		"- " + w.say("privacy_log"),
		"- " + w.say("privacy_no_ai"),
	}
	id := b.selves.put(t.seat().user)
	return b.show(ctx, t, reply{content: strings.Join(lines, "\n"), rows: []discordgo.MessageComponent{
		discordgo.ActionsRow{Components: []discordgo.MessageComponent{
			discordgo.Button{Label: w.say("button_export"), Style: discordgo.SecondaryButton, CustomID: customID(pressExport, id)},
			discordgo.Button{Label: w.say("button_forget"), Style: discordgo.DangerButton, CustomID: customID(pressForget, id)},
		}},
	}})
}

// maxInline is how long an export may be that is shown; a longer one is a file.
const maxInline = 1500

// exportSelf gives the presser what is stored of them.
func (b *Bot) exportSelf(ctx context.Context, t *turn) error {
	w := t.words()
	if err := b.acknowledgeUpdate(ctx, t); err != nil {
		return err
	}
	stored, err := b.storedOf(ctx, t.seat().user)
	if err != nil {
		return err
	}
	if len(stored) == 0 {
		_, err := b.edit(ctx, t, reply{content: w.say("privacy_nothing")})
		return err
	}
	data, err := json.MarshalIndent(stored, "", "  ")
	if err != nil {
		return err
	}
	if len(data) > maxInline {
		_, err = b.edit(ctx, t, reply{content: w.say("privacy_export"), file: textFile("verbatim.json", "application/json", data)})
		return err
	}
	_, err = b.edit(ctx, t, reply{content: w.say("privacy_export") + "\n" + codeBlock(string(data))})
	return err
}

// A stored is what is stored of a member in a guild.
type stored struct {
	Guild string     `json:"guild"`
	Asked *time.Time `json:"asked_last,omitempty"`
	answers.Personal
}

// storedOf returns what is stored of a member, by guilds. Of curated answers it names only
// what everybody may see there.
func (b *Bot) storedOf(ctx context.Context, member string) ([]stored, error) {
	guilds, err := b.options.Homes.guilds(ctx)
	if err != nil {
		return nil, err
	}
	homes, err := b.options.Homes.Of(ctx, member)
	if err != nil {
		return nil, err
	}
	var all []stored
	for _, guild := range guilds {
		access, err := b.options.Texts.AccessOf(ctx, guild, corpus.Asker{Public: true})
		if err != nil {
			return nil, err
		}
		s := stored{Guild: guild}
		if s.Personal, err = b.options.Curated.Personal(ctx, access, member); err != nil {
			return nil, err
		}
		for _, home := range homes {
			if home.Guild == guild {
				s.Asked = &home.Asked
			}
		}
		if s.Asked != nil || !s.isEmpty() {
			all = append(all, s)
		}
	}
	return all, nil
}

func (s stored) isEmpty() bool {
	p := s.Personal
	return len(p.Proposals)+len(p.Followed)+len(p.Votes)+len(p.Written)+p.Settled+p.Glossary+p.Logged == 0
}

// forgetSelf deletes all that is stored of the presser.
func (b *Bot) forgetSelf(ctx context.Context, t *turn) error {
	member := t.seat().user
	if err := b.acknowledgeUpdate(ctx, t); err != nil {
		return err
	}
	guilds, err := b.options.Homes.guilds(ctx)
	for _, guild := range guilds {
		if err == nil {
			_, err = b.options.Curated.Forget(ctx, guild, member)
		}
	}
	if err != nil {
		return err
	}
	b.forgetInMemory(member)
	_, err = b.edit(ctx, t, reply{content: t.words().say("privacy_forgotten")})
	return err
}

// forgetInMemory forgets what the running bot remembers of a member: what they asked and
// what hangs on it, their votes, panels and lists. How much they asked in the last minute
// goes with that minute, for else who wants to ask more would only have to be forgotten.
func (b *Bot) forgetInMemory(member string) {
	below := map[string]bool{} // messages that show what the member asked
	b.replies.remove(func(g *given) bool {
		g.setVote(member, false, false)
		if g.seat.user == member {
			below[g.spot().ID] = true
		}
		return g.seat.user == member
	})
	b.panels.remove(func(p *panel) bool { return p.user == member || p.given.seat.user == member })
	b.votes.remove(func(v *ballot) bool { return v.user == member || v.given.seat.user == member })
	b.lists.remove(func(p *paged) bool { return p.seat.user == member })
	b.desks.remove(func(d *desk) bool { return d.seat.user == member })
	b.selves.remove(func(user string) bool { return user == member })
	b.conversations.Forget(func(p answers.Place) bool { return p.User == member || p.User == "" && below[p.Message] })
	b.limits.tidy()
}
