package playground

import (
	"fmt"

	"verbatim/bot/fakediscord"
)

// The guilds. Their ids are the same at each start, so that what is stored of them is
// found again.
const (
	FirstGuild  = "1100000000000000001"
	SecondGuild = "1100000000000000002"
)

// The ids of what else has to be the same at each start.
const (
	applicationID = "1000000000000000001"
	studentID     = "1200000000000000001"
	moderatorID   = "1200000000000000002"
	newcomerID    = "1200000000000000003"
	ownerID       = "1200000000000000009"

	firstModerators  = "1300000000000000001"
	secondModerators = "1300000000000000002"
)

// moderatorPermissions are those of the role of moderators.
const moderatorPermissions = fakediscord.ManageMessages | fakediscord.ManageChannels |
	fakediscord.ManageGuild | fakediscord.ManageThreads

// newDiscord starts a Discord with the guilds and the people. It returns the people in the
// order in which the page offers them.
func newDiscord() (*fakediscord.Server, []*fakediscord.Person, error) {
	srv, err := fakediscord.Start(fakediscord.Options{
		ApplicationID: applicationID,
		Name:          "Verbatim",
		Privileged:    fakediscord.MessageContentIntent,
	})
	if err != nil {
		return nil, nil, err
	}
	person := func(id, name, shown, locale string) *fakediscord.Person {
		return srv.NewUser(fakediscord.User{ID: id, Username: name, GlobalName: &shown}, locale)
	}
	person(ownerID, "owner", "Owner", "en-US")
	people := []*fakediscord.Person{
		person(studentID, "lea", "Léa (student)", "fr"),
		person(moderatorID, "sam", "Sam (moderator)", "en-US"),
		person(newcomerID, "marta", "Marta (newcomer)", "es-ES"),
	}
	lea, sam, marta := people[0], people[1], people[2]

	first := guild(srv, fakediscord.Guild{ID: FirstGuild, Name: "Révolutions", PreferredLocale: "fr", OwnerID: ownerID}, firstModerators)
	second := guild(srv, fakediscord.Guild{ID: SecondGuild, Name: "Partis et primaires", PreferredLocale: "fr", OwnerID: ownerID}, secondModerators)
	lea.Join(first).Join(second)
	sam.Join(first, firstModerators).Join(second)
	marta.Join(first)

	return srv, people, nil
}

// guild makes a guild with a role of moderators and a forum, and returns its id.
func guild(srv *fakediscord.Server, spec fakediscord.Guild, moderators string) string {
	srv.NewGuild(spec)
	srv.NewRole(spec.ID, fakediscord.Role{ID: moderators, Name: "Moderators", Color: 0xe67e22, Hoist: true, Permissions: moderatorPermissions})
	// The ids follow that of the guild: 1100000000000000001 has channel …0101.
	id := func(n int) string { return fmt.Sprintf("14%s%02d", spec.ID[4:], n) }
	about := "Ask the texts: type / or mention the bot"
	srv.NewChannel(fakediscord.Channel{GuildID: spec.ID, ID: id(1), Name: "questions", Topic: &about})
	srv.NewChannel(fakediscord.Channel{GuildID: spec.ID, ID: id(2), Name: "discussion"})
	srv.NewChannel(fakediscord.Channel{GuildID: spec.ID, ID: id(3), Name: "forum", Type: fakediscord.ForumChannel, AvailableTags: []fakediscord.Tag{{Name: "cours"}, {Name: "lecture"}}})
	srv.NewChannel(fakediscord.Channel{GuildID: spec.ID, ID: id(4), Name: "moderators", Overwrites: []fakediscord.Overwrite{
		{ID: spec.ID, Type: fakediscord.RoleOverwrite, Deny: fakediscord.ViewChannel},
		{ID: moderators, Type: fakediscord.RoleOverwrite, Allow: fakediscord.ViewChannel},
		{ID: srv.ApplicationID(), Type: fakediscord.MemberOverwrite, Allow: fakediscord.ViewChannel},
	}})
	return spec.ID
}

// firstWords is what stands in the first guild before anybody comes: a greeting, and a
// thread with a question to which a command on messages can be tried.
func firstWords(srv *fakediscord.Server, people []*fakediscord.Person) error {
	lea, sam := people[0], people[1]
	channels := lea.Channels(FirstGuild)
	questions, discussion := channels[0].ID, channels[1].ID
	if _, err := sam.Post(questions, fakediscord.Post{Content: "Welcome! Type `/ask` and a question, for example *Qui dirigeait le Secrétariat sud-américain ?*, or write to " + mention(srv) + "."}); err != nil {
		return err
	}
	m, err := lea.Post(discussion, fakediscord.Post{Content: "Pourquoi la conférence de 1929 s'est-elle tenue à Buenos Aires ?"})
	if err != nil {
		return err
	}
	thread, err := lea.StartThread(m.ID, "La conférence de 1929")
	if err != nil {
		return err
	}
	_, err = sam.Post(thread.ID, fakediscord.Post{Content: "Good question: ask the texts here, in the thread."})
	return err
}

func mention(srv *fakediscord.Server) string { return "<@" + srv.ApplicationID() + ">" }
