package bot

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/bwmarrin/discordgo"
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

// exportSelf shows what is stored of the presser, as a file if it is long.
func (b *Bot) exportSelf(ctx context.Context, t *turn) error {
	w, user := t.words(), t.seat().user
	if err := b.acknowledgeUpdate(ctx, t); err != nil {
		return err
	}
	homes, err := b.options.Homes.Of(ctx, user)
	if err != nil {
		return err
	}
	if len(homes) == 0 {
		_, err := b.edit(ctx, t, reply{content: w.say("privacy_nothing")})
		return err
	}
	stored := map[string]any{"member": user, "asked_in": homes}
	data, err := json.MarshalIndent(stored, "", "  ")
	if err != nil {
		return err
	}
	_, err = b.edit(ctx, t, reply{content: w.say("privacy_export") + "\n" + codeBlock(string(data), maxContent-200)})
	return err
}

// forgetSelf deletes all that is stored of the presser.
func (b *Bot) forgetSelf(ctx context.Context, t *turn) error {
	user := t.seat().user
	if err := b.acknowledgeUpdate(ctx, t); err != nil {
		return err
	}
	if err := b.options.Homes.Forget(ctx, "", user); err != nil {
		return err
	}
	b.replies.remove(func(g *given) bool { return g.seat.user == user })
	b.panels.remove(func(p *panel) bool { return p.user == user })
	b.lists.remove(func(p *paged) bool { return p.seat.user == user })
	_, err := b.edit(ctx, t, reply{content: t.words().say("privacy_forgotten")})
	return err
}
