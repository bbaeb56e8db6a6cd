package bot

import (
	"context"
	"slices"

	"verbatim/answers"
	"verbatim/config/database"
)

// keepForgetting forgets in memory, until ctx is done, whom another process has forgotten
// in the store: verbatim forget, or a bot on another shard.
func (b *Bot) keepForgetting(ctx context.Context) {
	var known *database.Forgotten
	for {
		listed, err := b.options.Homes.db.Forgotten(ctx)
		switch {
		case err == nil && known != nil:
			b.forgetListed(listed.Beyond(*known))
			fallthrough
		case err == nil:
			known = &listed
		case ctx.Err() == nil:
			b.options.Log.Warn("read who is forgotten", "err", err)
		}
		if sleep(ctx, b.rhythm.forgets) != nil {
			return
		}
	}
}

// forgetListed forgets in memory all members who are on a list.
func (b *Bot) forgetListed(listed database.Forgotten) {
	if listed.Len() == 0 {
		return
	}
	for guild, members := range b.remembered() {
		for _, member := range listed.Among(guild, members) {
			b.forgetInMemory(member)
		}
	}
}

// remembered returns of whom the running bot remembers something, by guilds.
func (b *Bot) remembered() map[string][]string {
	all := map[string][]string{}
	add := func(guild, member string) bool {
		all[guild] = append(all[guild], member)
		return false
	}
	b.replies.remove(func(g *given) bool {
		for _, voter := range g.voters() {
			add(g.guild, voter)
		}
		return add(g.guild, g.seat.user)
	})
	b.panels.remove(func(p *panel) bool { return add(p.given.guild, p.user) })
	b.votes.remove(func(v *ballot) bool { return add(v.given.guild, v.user) })
	b.lists.remove(func(p *paged) bool { return add(b.guild(p.seat.discordGuild), p.seat.user) })
	b.desks.remove(func(d *desk) bool { return add(b.guild(d.seat.discordGuild), d.seat.user) })
	b.conversations.Forget(func(p answers.Place) bool { return add(b.guild(p.Guild), p.User) })
	for guild, members := range all {
		slices.Sort(members)
		all[guild] = slices.Compact(members)
	}
	return all
}
