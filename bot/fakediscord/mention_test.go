package fakediscord_test

import (
	"fmt"
	"slices"
	"testing"

	"verbatim/bot/fakediscord"
)

// Source: docs.discord.com/developers/resources/message#allowed-mentions-object
func TestPings(t *testing.T) {
	w := newWorld(t, func(o *fakediscord.Options) {
		o.BotPermissions = fakediscord.MemberPermissions | fakediscord.MentionEveryone
	})
	text := fmt.Sprintf("@everyone %s <@&%s> %s", w.ana.Mention(), w.mods.ID, w.zoe.Mention())
	both := []string{w.ana.ID, w.zoe.ID}
	tests := []struct {
		name     string
		allowed  any
		users    []string
		roles    int
		everyone bool
	}{
		{"absent", nil, both, 1, true},
		{"none", object{"parse": []string{}}, nil, 0, false},
		{"users", object{"parse": []string{"users"}}, both, 0, false},
		{"one user", object{"users": []string{w.zoe.ID}}, both[1:], 0, false},
		{"roles", object{"parse": []string{"roles"}}, nil, 1, false},
		{"everyone", object{"parse": []string{"everyone"}}, nil, 0, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			body := object{"content": text}
			if test.allowed != nil {
				body["allowed_mentions"] = test.allowed
			}
			var posted fakediscord.Message
			w.do("POST", "/channels/"+w.channel.ID+"/messages", body).want(200, 0).into(&posted)
			m, _ := w.srv.Message(posted.ID)
			if p := m.Pinged; !slices.Equal(p.Users, test.users) || len(p.Roles) != test.roles || p.Everyone != test.everyone {
				t.Errorf("pinged = %+v, want users %v, %d roles, everyone %t", p, test.users, test.roles, test.everyone)
			}
		})
	}
	i := w.ask()
	w.callback(i, fakediscord.AnswerNow, object{"content": text}).want(204, 0)
	if m, err := i.Answer(soon(t)); err != nil || len(m.Pinged.Users) != 2 || len(m.Pinged.Roles) != 0 || m.Pinged.Everyone {
		t.Errorf("an answer pinged %+v (%v), want users only", m.Pinged, err)
	}
}

// TestPingsNeedPermission shows that a bot without MENTION_EVERYONE pings neither everyone
// nor a role that is not mentionable.
func TestPingsNeedPermission(t *testing.T) {
	w := newWorld(t)
	open := w.srv.NewRole(w.guild.ID, fakediscord.Role{Name: "readers", Mentionable: true})
	text := fmt.Sprintf("@here <@&%s> <@&%s>", w.mods.ID, open.ID)
	var posted fakediscord.Message
	w.do("POST", "/channels/"+w.channel.ID+"/messages", object{"content": text}).want(200, 0).into(&posted)
	m, _ := w.srv.Message(posted.ID)
	if m.Pinged.Everyone || !slices.Equal(m.Pinged.Roles, []string{open.ID}) {
		t.Errorf("pinged = %+v, want the mentionable role", m.Pinged)
	}
}

func TestReplyPings(t *testing.T) {
	w := newWorld(t)
	question, err := w.ana.Post(w.channel.ID, fakediscord.Post{Content: "?"})
	if err != nil {
		t.Fatal(err)
	}
	for _, pings := range []bool{true, false} {
		var posted fakediscord.Message
		w.do("POST", "/channels/"+w.channel.ID+"/messages", object{
			"content": "!", "message_reference": object{"message_id": question.ID},
			"allowed_mentions": object{"parse": []string{}, "replied_user": pings},
		}).want(200, 0).into(&posted)
		m, _ := w.srv.Message(posted.ID)
		if m.Pinged.None() == pings || m.Type != fakediscord.ReplyMessage || posted.Referenced.ID != question.ID {
			t.Errorf("replied_user %t: message = %+v, pinged %+v", pings, m, m.Pinged)
		}
	}
}
