package fakediscord_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"verbatim/bot/fakediscord"
)

func TestWrongToken(t *testing.T) {
	w := newWorld(t)
	for _, authorization := range []string{"", "Bot wrong", w.srv.Token()} {
		req, err := http.NewRequestWithContext(t.Context(), "GET", w.srv.URL()+"/api/v10/users/@me", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", authorization)
		w.roundTrip(req).want(401, 0)
	}
}

func TestUnknownRouteIsAFault(t *testing.T) {
	w := newWorld(t)
	w.do("GET", "/channels/"+w.channel.ID+"/pins", nil).want(404, 0)
	faults := w.srv.Faults()
	if len(faults) != 1 || !strings.Contains(faults[0].Error(), "/pins") {
		t.Errorf("faults = %v, want one", faults)
	}
}

func TestCheckCollectsFaults(t *testing.T) {
	w := newWorld(t, func(o *fakediscord.Options) {
		o.Check = func(r fakediscord.Request) error {
			if r.Matches("POST", "/channels/{channel_id}/messages") && strings.Contains(string(r.Payload), "wrong") {
				return fmt.Errorf("the description refuses it")
			}
			return nil
		}
	})
	path := "/channels/" + w.channel.ID + "/messages"
	w.do("POST", path, object{"content": "right"}).want(200, 0)
	w.do("POST", path, object{"content": "wrong"}).want(200, 0)
	if faults := w.srv.Faults(); len(faults) != 1 || !strings.Contains(string(faults[0].Request.Body), "wrong") {
		t.Errorf("faults = %v, want one", faults)
	}
}

func TestVersion9IsTheSame(t *testing.T) {
	w := newWorld(t)
	res, err := http.Get(w.srv.URL() + "/api/v9/gateway")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != 200 {
		t.Errorf("GET /api/v9/gateway = %d", res.StatusCode)
	}
}

func TestBadBodies(t *testing.T) {
	w := newWorld(t)
	path := "/channels/" + w.channel.ID + "/messages"
	w.send("POST", path, "application/json", []byte("{")).want(400, 50109)
	w.send("POST", path, "text/plain", []byte(`{"content":"x"}`)).wantError("CONTENT_TYPE_INVALID")
	w.send("POST", path, "application/json", bytes.Repeat([]byte(" "), 26<<20)).want(413, 40005)
}

func TestUnknownThings(t *testing.T) {
	w := newWorld(t)
	w.do("GET", "/channels/1", nil).want(404, 10003)
	w.do("POST", "/channels/1/messages", object{"content": "x"}).want(404, 10003)
	w.do("GET", "/channels/"+w.channel.ID+"/messages/1", nil).want(404, 10008)
	w.do("GET", "/guilds/1", nil).want(404, 10004)
	w.do("GET", "/guilds/"+w.guild.ID+"/members/1", nil).want(404, 10007)
	w.do("GET", "/users/1", nil).want(404, 10013)
}

// Source: docs.discord.com/developers/topics/permissions
func TestPermissions(t *testing.T) {
	w := newWorld(t)
	path := "/channels/" + w.channel.ID + "/messages"
	m, err := w.ana.Post(w.channel.ID, fakediscord.Post{Content: "by ana"})
	if err != nil {
		t.Fatal(err)
	}
	w.do("PATCH", path+"/"+m.ID, object{"content": "mine"}).want(403, 50005)
	w.do("DELETE", path+"/"+m.ID, nil).want(403, 50013)

	deny := func(set fakediscord.Permissions) {
		w.srv.SetOverwrites(w.channel.ID, fakediscord.Overwrite{ID: w.srv.Bot().ID, Type: fakediscord.MemberOverwrite, Deny: set})
	}
	reply := object{"content": "x", "message_reference": object{"message_id": m.ID}}
	deny(fakediscord.ReadMessageHistory)
	w.do("POST", path, reply).want(403, 160002)
	w.do("GET", path, nil).want(200, 0)
	deny(fakediscord.EmbedLinks)
	w.do("POST", path, object{"embeds": []object{{"title": "x"}}}).want(403, 50013)
	deny(fakediscord.SendMessages)
	w.do("POST", path, object{"content": "x"}).want(403, 50013)
	w.do("POST", "/channels/"+w.channel.ID+"/typing", nil).want(403, 50013)
	deny(fakediscord.CreatePublicThreads)
	w.do("POST", path+"/"+m.ID+"/threads", object{"name": "x"}).want(403, 50013)
	deny(fakediscord.ViewChannel)
	w.do("GET", "/channels/"+w.channel.ID, nil).want(403, 50001)
	w.do("POST", path, object{"content": "x"}).want(403, 50001)
	w.do("GET", "/guilds/"+w.guild.ID+"/members?limit=10", nil).want(403, 50001) // a privileged intent

	i := w.ask() // answers to interactions do not need the channel
	w.callback(i, fakediscord.AnswerNow, object{"content": "x"}).want(204, 0)
}

func TestPages(t *testing.T) {
	w := newWorld(t)
	var ids []string
	for n := range 5 {
		m, err := w.ana.Post(w.channel.ID, fakediscord.Post{Content: fmt.Sprint("<@", w.srv.Bot().ID, "> ", n)})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, m.ID)
	}
	tests := []struct{ query, want string }{
		{"", "43210"}, {"?limit=2", "43"}, {"?before=" + ids[3] + "&limit=2", "21"}, {"?after=" + ids[1] + "&limit=2", "32"},
	}
	for _, test := range tests {
		var page []fakediscord.Message
		w.do("GET", "/channels/"+w.channel.ID+"/messages"+test.query, nil).want(200, 0).into(&page)
		got := ""
		for _, m := range page {
			got += m.Content[len(m.Content)-1:]
		}
		if got != test.want {
			t.Errorf("messages%s = %s, want %s", test.query, got, test.want)
		}
	}
	w.do("GET", "/channels/"+w.channel.ID+"/messages?limit=101", nil).wantError("NUMBER_TYPE_RANGE", "limit")
}

// Source: docs.discord.com/developers/resources/message#create-message
func TestNonce(t *testing.T) {
	w := newWorld(t)
	post := func(body object) (m fakediscord.Message) {
		w.do("POST", "/channels/"+w.channel.ID+"/messages", body).want(200, 0).into(&m)
		return m
	}
	body := object{"content": "once", "nonce": "n1", "enforce_nonce": true}
	first := post(body)
	if second := post(body); second.ID != first.ID {
		t.Error("an enforced nonce makes a second message")
	}
	if other := post(object{"content": "twice", "nonce": "n1"}); other.ID == first.ID {
		t.Error("a nonce that is not enforced makes no message")
	}
	w.clock.Advance(time.Hour)
	if late := post(body); late.ID == first.ID {
		t.Error("a nonce is remembered for an hour")
	}
}

func TestFiles(t *testing.T) {
	w := newWorld(t)
	post := func(method, path, payload string, files ...string) reply {
		var body bytes.Buffer
		form := multipart.NewWriter(&body)
		if err := form.WriteField("payload_json", payload); err != nil {
			t.Fatal(err)
		}
		for n, content := range files {
			part, err := form.CreateFormFile(fmt.Sprintf("files[%d]", n), fmt.Sprintf("f%d.txt", n))
			if err != nil {
				t.Fatal(err)
			}
			_, _ = part.Write([]byte(content))
		}
		_ = form.Close()
		return w.send(method, path, form.FormDataContentType(), body.Bytes())
	}
	path := "/channels/" + w.channel.ID + "/messages"
	var m fakediscord.Message
	post("POST", path, `{"content":"x","attachments":[{"id":0,"description":"first"}]}`, "one", "two").want(200, 0).into(&m)
	if len(m.Attachments) != 2 || m.Attachments[0].Description != "first" {
		t.Fatalf("attachments = %+v", m.Attachments)
	}
	res, err := http.Get(m.Attachments[1].URL)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var content bytes.Buffer
	if _, err := content.ReadFrom(res.Body); err != nil || content.String() != "two" {
		t.Errorf("the file = %q (%v)", content.String(), err)
	}
	keep := fmt.Sprintf(`{"attachments":[{"id":%q},{"id":"0"}]}`, m.Attachments[1].ID)
	post("PATCH", path+"/"+m.ID, keep, "three").want(200, 0).into(&m)
	if len(m.Attachments) != 2 || m.Attachments[0].Filename != "f1.txt" || m.Attachments[1].Size != 5 {
		t.Errorf("attachments after the edit = %+v", m.Attachments)
	}
	post("POST", path, `{}`, long(10<<20+1)).want(400, 50045)
	requests := w.srv.Requests("POST", "/channels/{channel_id}/messages")
	if r := requests[0]; string(r.Payload[:13]) != `{"content":"x` || len(r.Files) != 2 || r.Status != 200 {
		t.Errorf("recorded request = %s with %d files, status %d", r.Payload, len(r.Files), r.Status)
	}
}

// Source: docs.discord.com/developers/resources/channel#start-thread-from-message
func TestThreads(t *testing.T) {
	w := newWorld(t)
	m, err := w.ana.Post(w.channel.ID, fakediscord.Post{Content: "a question"})
	if err != nil {
		t.Fatal(err)
	}
	path := "/channels/" + w.channel.ID + "/messages/" + m.ID + "/threads"
	w.do("POST", path, object{"name": long(101)}).wantError("BASE_TYPE_BAD_LENGTH", "name")
	var thread fakediscord.Channel
	w.do("POST", path, object{"name": "answers"}).want(200, 0).into(&thread)
	if thread.ID != m.ID || thread.ParentID != w.channel.ID || thread.Type != fakediscord.PublicThread {
		t.Errorf("thread = %+v", thread)
	}
	w.do("POST", path, object{"name": "again"}).want(400, 160004)
	w.do("POST", "/channels/"+thread.ID+"/messages", object{"content": "in it"}).want(200, 0)
	w.srv.SetOverwrites(w.channel.ID, fakediscord.Overwrite{ID: w.guild.ID, Deny: fakediscord.SendMessagesInThreads})
	w.do("POST", "/channels/"+thread.ID+"/messages", object{"content": "no more"}).want(403, 50013)
}

func TestForum(t *testing.T) {
	w := newWorld(t)
	forum := w.srv.NewChannel(fakediscord.Channel{
		GuildID: w.guild.ID, Name: "forum", Type: fakediscord.ForumChannel, Flags: 1 << 4,
		AvailableTags: []fakediscord.Tag{{Name: "exam"}},
	})
	tag := forum.AvailableTags[0].ID
	path := "/channels/" + forum.ID
	w.do("POST", path+"/messages", object{"content": "x"}).want(400, 40058)
	w.do("POST", path+"/threads", object{"name": "t"}).wantError("BASE_TYPE_REQUIRED", "message")
	message := object{"content": "the body"}
	w.do("POST", path+"/threads", object{"name": "t", "message": message}).want(400, 40067)
	w.do("POST", path+"/threads", object{"name": "t", "message": message, "applied_tags": many(6, tag)}).
		wantError("BASE_TYPE_MAX_LENGTH", "applied_tags")
	var post struct {
		fakediscord.Channel
		Message fakediscord.Message
	}
	w.do("POST", path+"/threads", object{"name": "t", "message": message, "applied_tags": []string{tag}}).want(200, 0).into(&post)
	if post.Message.ID != post.ID || post.Message.ChannelID != post.ID {
		t.Errorf("post = %+v", post)
	}
}

// Source: docs.discord.com/developers/resources/user#create-dm
func TestDirectMessages(t *testing.T) {
	w := newWorld(t)
	var ch, again fakediscord.Channel
	w.do("POST", "/users/@me/channels", object{"recipient_id": w.ana.ID}).want(200, 0).into(&ch)
	w.do("POST", "/users/@me/channels", object{"recipient_id": w.ana.ID}).want(200, 0).into(&again)
	if ch.ID != again.ID {
		t.Error("the channel is opened twice")
	}
	path := "/channels/" + ch.ID + "/messages"
	w.do("POST", path, object{"content": "x"}).want(200, 0)
	w.srv.SetDirectMessages(w.ana.ID, false)
	w.do("POST", path, object{"content": "x"}).want(403, 50007)
	w.srv.SetDirectMessages(w.ana.ID, true)
	w.ana.Leave(w.guild.ID)
	w.do("POST", path, object{"content": "x"}).want(403, 50007)
	w.do("POST", "/users/@me/channels", object{"recipient_id": "1"}).wantError("NUMBER_TYPE_COERCE", "recipient_id")
}

// Source: docs.discord.com/developers/topics/rate-limits
func TestRateLimit(t *testing.T) {
	w := newWorld(t, func(o *fakediscord.Options) {
		o.RateLimit = &fakediscord.RateLimit{Requests: 2, Per: 5 * time.Second}
	})
	path := "/channels/" + w.channel.ID + "/messages"
	w.do("POST", path, object{"content": "1"}).want(200, 0)
	second := w.do("POST", path, object{"content": "2"}).want(200, 0)
	if second.Header.Get("X-RateLimit-Remaining") != "0" || second.Header.Get("X-RateLimit-Reset-After") != "5.000" {
		t.Errorf("headers = %v", second.Header)
	}
	w.clock.Advance(time.Second)
	third := w.do("POST", path, object{"content": "3"})
	if third.Status != 429 || third.Header.Get("Retry-After") != "4" || third.Header.Get("X-RateLimit-Scope") != "user" {
		t.Errorf("third = %d %v", third.Status, third.Header)
	}
	other := w.srv.NewChannel(fakediscord.Channel{GuildID: w.guild.ID, Name: "other"})
	w.do("POST", "/channels/"+other.ID+"/messages", object{"content": "x"}).want(200, 0)
	w.clock.Advance(4 * time.Second)
	w.do("POST", path, object{"content": "3"}).want(200, 0)
}
