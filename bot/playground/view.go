package playground

import (
	"cmp"
	"net/http"

	"verbatim/bot/fakediscord"
)

// worldView is what a person's client knows before it looks into a channel.
type worldView struct {
	After  int64            `json:"after"` // the last event that is in it
	Me     string           `json:"me"`
	People []personView     `json:"people"` // as whom one can speak
	Bot    fakediscord.User `json:"bot"`
	Guilds []guildView      `json:"guilds"`
	Direct channelView      `json:"direct"` // the direct messages with the bot
}

type personView struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Locale string `json:"locale"`
}

type guildView struct {
	fakediscord.Guild
	Roles    []fakediscord.Role   `json:"roles"`
	Members  []fakediscord.Member `json:"members"`
	Channels []channelView        `json:"channels"`
}

// channelView is a channel with what the person may do there.
type channelView struct {
	fakediscord.Channel
	CanSend   bool `json:"can_send"`
	CanManage bool `json:"can_manage"` // messages of others
}

func (p *Playground) world(person *fakediscord.Person, _ *http.Request) (any, error) {
	view := worldView{Me: person.ID, Bot: p.discord.Bot(), Direct: viewChannel(person, person.Direct())}
	view.After = p.discord.LastEvent() // before the rest: what comes meanwhile is told again
	view.People = p.viewPeople()
	for _, g := range person.Guilds() {
		guild := guildView{Guild: g, Roles: p.discord.Roles(g.ID), Members: p.discord.Members(g.ID), Channels: []channelView{}}
		for _, ch := range person.Channels(g.ID) {
			guild.Channels = append(guild.Channels, viewChannel(person, ch))
		}
		view.Guilds = append(view.Guilds, guild)
	}
	return view, nil
}

// viewPeople returns as whom one can speak.
func (p *Playground) viewPeople() []personView {
	names := map[string]string{}
	for _, g := range p.discord.Guilds() {
		for _, m := range p.discord.Members(g.ID) {
			if m.User.GlobalName != nil {
				names[m.User.ID] = *m.User.GlobalName
			}
		}
	}
	var all []personView
	for _, person := range p.people {
		all = append(all, personView{person.ID, cmp.Or(names[person.ID], person.Name), person.Locale()})
	}
	return all
}

func viewChannel(person *fakediscord.Person, ch fakediscord.Channel) channelView {
	send := fakediscord.SendMessages
	if ch.Type == fakediscord.PublicThread || ch.Type == fakediscord.PrivateThread {
		send = fakediscord.SendMessagesInThreads
	}
	may := person.Permissions(ch.ID)
	return channelView{ch, may.Has(send), ch.GuildID != "" && may.Has(fakediscord.ManageMessages)}
}

func (p *Playground) messages(person *fakediscord.Person, r *http.Request) (any, error) {
	all := person.Messages(r.URL.Query().Get("channel"))
	if all == nil {
		all = []fakediscord.Message{}
	}
	return all, nil
}

func (p *Playground) commands(person *fakediscord.Person, r *http.Request) (any, error) {
	all, err := person.Commands(r.URL.Query().Get("channel"))
	if all == nil {
		all = []fakediscord.Command{}
	}
	return all, err
}
