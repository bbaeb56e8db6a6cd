package fakediscord_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"

	"verbatim/bot/fakediscord"
)

// TestSaving saves a Discord and restores it into another with the same guild and people.
func TestSaving(t *testing.T) {
	const guild, channel, ines, ada, role = "110", "120", "130", "140", "160"
	start := func() (*fakediscord.Server, *fakediscord.Person, *fakediscord.Person) {
		s, err := fakediscord.Start(fakediscord.Options{ApplicationID: "100"})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		s.NewGuild(fakediscord.Guild{ID: guild, Name: "Cours", OwnerID: s.NewUser(fakediscord.User{ID: "150", Username: "owner"}, "fr").ID})
		s.NewChannel(fakediscord.Channel{GuildID: guild, ID: channel, Name: "questions"})
		one, two := s.NewUser(fakediscord.User{ID: ines, Username: "ines"}, "fr"), s.NewUser(fakediscord.User{ID: ada, Username: "ada"}, "fr")
		s.NewRole(guild, fakediscord.Role{ID: role, Name: "Modération", Permissions: fakediscord.ManageMessages})
		return s, one.Join(guild), two.Join(guild, role)
	}
	before, one, two := start()
	m, err := one.Post(channel, fakediscord.Post{Content: "Bonjour <@140>", Files: []fakediscord.File{{Name: "a.txt", Data: []byte("a")}}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := two.Post(channel, fakediscord.Post{Content: "Salut", ReplyTo: m.ID}); err != nil {
		t.Fatal(err)
	}
	thread, err := two.StartThread(m.ID, "Un fil")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := one.Post(thread.ID, fakediscord.Post{Content: "Dans le fil"}); err != nil {
		t.Fatal(err)
	}
	if _, err := one.Post(one.Direct().ID, fakediscord.Post{Content: "En privé"}); err != nil {
		t.Fatal(err)
	}
	one.SetLocale("es-ES")
	if err := errors.Join(one.SetRoles(guild, role), two.SetRoles(guild)); err != nil {
		t.Fatal(err)
	}
	data, err := before.Save()
	if err != nil {
		t.Fatal(err)
	}
	after, again, other := start()
	if err := after.Restore(data); err != nil {
		t.Fatal(err)
	}
	for name, id := range map[string]string{"the channel": channel, "the thread": thread.ID, "the direct messages": one.Direct().ID} {
		want, err1 := json.Marshal(one.Messages(id))
		got, err2 := json.Marshal(again.Messages(id))
		want = bytes.ReplaceAll(want, []byte(before.URL()), []byte(after.URL())) // where files are
		if err1 != nil || err2 != nil || len(want) < 10 || !bytes.Equal(got, want) {
			t.Errorf("in %s there is\n%s, want\n%s", name, got, want)
		}
	}
	if again.Direct().ID != one.Direct().ID || len(other.Messages(one.Direct().ID)) > 0 {
		t.Error("the direct messages are not those of one person")
	}
	if again.Locale() != "es-ES" || other.Locale() != "fr" {
		t.Errorf("the languages are %s and %s, want es-ES and fr", again.Locale(), other.Locale())
	}
	if !again.Permissions(channel).Has(fakediscord.ManageMessages) || other.Permissions(channel).Has(fakediscord.ManageMessages) {
		t.Error("the roles are those of the start")
	}
	kept := again.Messages(channel)[0].Attachments[0]
	if f, ok := after.File(kept.ID); !ok || string(f.Data) != "a" {
		t.Errorf("the file is %q, %t", f.Data, ok)
	}
	if _, err := again.Post(thread.ID, fakediscord.Post{Content: "Encore"}); err != nil {
		t.Error(err)
	}
	for _, broken := range []string{"", "[", `{"channels": 3}`} {
		if err := after.Restore([]byte(broken)); err == nil {
			t.Errorf("Restore(%q) = nil, want an error", broken)
		}
	}
}
