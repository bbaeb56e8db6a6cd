package fakediscord_test

import (
	"testing"

	"verbatim/bot/fakediscord"
)

func TestPersonPosts(t *testing.T) {
	w := newWorld(t)
	c, _ := w.identified(intents)
	_, err := w.ana.Post(w.channel.ID, fakediscord.Post{Content: long(2001)})
	wantRefused(t, "a long message", err)
	_, err = w.ana.Post(w.channel.ID, fakediscord.Post{})
	wantRefused(t, "an empty message", err)
	m, err := w.ana.Post(w.channel.ID, fakediscord.Post{Content: w.srv.Bot().Username + " <@" + w.srv.Bot().ID + ">"})
	if err != nil {
		t.Fatal(err)
	}
	c.event("MESSAGE_CREATE", &object{})
	_, err = w.zoe.Edit(m.ID, "not mine")
	wantRefused(t, "another's message", err)
	if _, err := w.ana.Edit(m.ID, "edited <@"+w.srv.Bot().ID+">"); err != nil {
		t.Fatal(err)
	}
	var edited fakediscord.Message
	if c.event("MESSAGE_UPDATE", &edited); edited.EditedTimestamp == nil {
		t.Error("an edit has no time")
	}
	thread, err := w.zoe.StartThread(m.ID, "answers")
	if err != nil {
		t.Fatal(err)
	}
	var created fakediscord.Channel
	if c.event("THREAD_CREATE", &created); created.ID != thread.ID || !created.NewlyCreated {
		t.Errorf("thread = %+v", created)
	}
	c.event("MESSAGE_UPDATE", &edited)
	_, err = w.zoe.StartThread(m.ID, "again")
	wantRefused(t, "a second thread", err)
	wantRefused(t, "deleting another's message", w.ana.Delete(w.answered(0, object{"type": 2, "style": 1, "label": "x", "custom_id": "x"}).ID))
	if err := w.zoe.Delete(m.ID); err != nil {
		t.Error("a moderator:", err)
	}
}

func TestForumPost(t *testing.T) {
	w := newWorld(t)
	forum := w.srv.NewChannel(fakediscord.Channel{GuildID: w.guild.ID, Name: "forum", Type: fakediscord.ForumChannel})
	c, _ := w.identified(intents)
	_, _, err := w.ana.PostInForum(w.channel.ID, "title", fakediscord.Post{Content: "x"})
	wantRefused(t, "a post in a text channel", err)
	_, err = w.ana.Post(forum.ID, fakediscord.Post{Content: "x"})
	wantRefused(t, "a message in a forum", err)
	thread, first, err := w.ana.PostInForum(forum.ID, "Who was Charlemagne?", fakediscord.Post{Content: "For the exam."})
	if err != nil {
		t.Fatal(err)
	}
	if first.ID != thread.ID || first.ChannelID != thread.ID || thread.ParentID != forum.ID {
		t.Errorf("post = %+v with %+v", thread, first)
	}
	var seen fakediscord.Channel
	if c.event("THREAD_CREATE", &seen); seen.Name != "Who was Charlemagne?" || seen.ID != thread.ID {
		t.Errorf("thread = %+v", seen)
	}
	var m fakediscord.Message
	if c.event("MESSAGE_CREATE", &m); m.ID != thread.ID || m.Content != "" {
		t.Errorf("message = %+v, want one without content", m)
	}
}
