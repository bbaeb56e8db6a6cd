package fakediscord_test

import (
	"strings"
	"testing"
	"time"

	"verbatim/bot/fakediscord"
)

func TestDeferAndEdit(t *testing.T) {
	w := newWorld(t)
	i := w.ask()
	w.callback(i, fakediscord.AnswerLater, nil).want(204, 0)
	if s := i.State(); s.Original == nil || s.Original.Flags != fakediscord.Loading {
		t.Fatalf("after the deferral the message is %+v, want a loading one", s.Original)
	}
	w.do("PATCH", w.webhook(i, "/messages/@original"), object{"content": "King of the Franks."}).want(200, 0)
	m, err := i.Answer(soon(t))
	if err != nil {
		t.Fatal(err)
	}
	if m.Content != "King of the Franks." || m.Flags != 0 || m.Type != fakediscord.CommandMessage {
		t.Errorf("answer = %+v", m)
	}
	if got := len(w.srv.Revisions(m.ID)); got != 2 {
		t.Errorf("the message has %d versions, want 2", got)
	}
}

// Source: docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback
func TestAcknowledgementWithin3Seconds(t *testing.T) {
	w := newWorld(t)
	i := w.ask()
	w.clock.Advance(3 * time.Second)
	w.callback(i, fakediscord.AnswerLater, nil).want(204, 0)

	i = w.ask()
	w.clock.Advance(3*time.Second + time.Millisecond)
	w.callback(i, fakediscord.AnswerLater, nil).want(404, 10062)
	if !i.State().Failed {
		t.Error("the interaction has not failed for the person who waits")
	}
}

// Source: docs.discord.com/developers/topics/opcodes-and-status-codes#json-json-error-codes
func TestDoubleAcknowledgement(t *testing.T) {
	w := newWorld(t)
	i := w.ask()
	w.callback(i, fakediscord.AnswerLater, nil).want(204, 0)
	w.callback(i, fakediscord.AnswerNow, object{"content": "again"}).want(400, 40060)
}

func TestUnknownInteraction(t *testing.T) {
	w := newWorld(t)
	i := w.ask()
	w.do("POST", "/interactions/"+i.ID+"/wrong/callback", object{"type": 5}).want(404, 10062)
	w.do("POST", "/interactions/1/"+i.Token+"/callback", object{"type": 5}).want(404, 10062)
}

// Source: docs.discord.com/developers/interactions/receiving-and-responding#followup-messages
func TestTokenLives15Minutes(t *testing.T) {
	w := newWorld(t)
	i := w.ask()
	w.callback(i, fakediscord.AnswerLater, nil).want(204, 0)
	w.clock.Advance(15 * time.Minute)
	w.do("PATCH", w.webhook(i, "/messages/@original"), object{"content": "in time"}).want(200, 0)
	w.clock.Advance(time.Millisecond)
	w.do("PATCH", w.webhook(i, "/messages/@original"), object{"content": "late"}).want(401, 50027)
	w.do("POST", w.webhook(i, ""), object{"content": "late"}).want(401, 50027)
	w.do("POST", "/webhooks/"+w.srv.ApplicationID()+"/unknown", object{"content": "hello"}).want(404, 10015)
}

func TestNothingBeforeAcknowledgement(t *testing.T) {
	w := newWorld(t)
	i := w.ask()
	w.do("POST", w.webhook(i, ""), object{"content": "early"}).want(404, 10015)
	w.do("PATCH", w.webhook(i, "/messages/@original"), object{"content": "early"}).want(404, 10015)
}

// Source: docs.discord.com/developers/interactions/receiving-and-responding#create-followup-message
func TestDeferralFixesEphemeral(t *testing.T) {
	w := newWorld(t)
	i := w.ask()
	w.callback(i, fakediscord.AnswerLater, object{"flags": 64}).want(204, 0)
	w.do("POST", w.webhook(i, ""), object{"content": "for you", "flags": 0}).want(200, 0)
	m, err := i.Answer(soon(t))
	if err != nil || m.Flags != fakediscord.Ephemeral || m.For != w.ana.ID {
		t.Fatalf("the first follow-up made %+v (%v), want the loading message edited and ephemeral", m, err)
	}
	if n := len(w.zoe.Messages(w.channel.ID)); n != 0 {
		t.Errorf("another person sees %d messages, want 0", n)
	}
	w.do("GET", "/channels/"+w.channel.ID+"/messages/"+m.ID, nil).want(404, 10008)

	w.do("POST", w.webhook(i, ""), object{"content": "for all"}).want(200, 0)
	if f, err := i.Followup(soon(t), 1); err != nil || f.For != "" || f.Reference.MessageID != m.ID {
		t.Errorf("the second follow-up = %+v (%v), want a public reply to the first", f, err)
	}

	i = w.ask()
	w.callback(i, fakediscord.AnswerLater, object{"flags": 4}).wantError("MESSAGE_FLAGS_INVALID", "data", "flags")
}

func TestWithResponse(t *testing.T) {
	w := newWorld(t)
	i := w.ask()
	var answer struct {
		Interaction struct {
			MessageID string `json:"response_message_id"`
			Loading   bool   `json:"response_message_loading"`
			Ephemeral bool   `json:"response_message_ephemeral"`
		}
	}
	w.do("POST", "/interactions/"+i.ID+"/"+i.Token+"/callback?with_response=true",
		object{"type": 5, "data": object{"flags": 64}}).want(200, 0).into(&answer)
	got := answer.Interaction
	if got.MessageID != i.State().OriginalID || !got.Loading || !got.Ephemeral {
		t.Errorf("response = %+v", got)
	}
}

func TestOriginalCanBeReadAndDeleted(t *testing.T) {
	w := newWorld(t)
	i := w.ask()
	w.callback(i, fakediscord.AnswerNow, object{"content": "here"}).want(204, 0)
	original := w.webhook(i, "/messages/@original")
	var m fakediscord.Message
	w.do("GET", original, nil).want(200, 0).into(&m)
	if m.Content != "here" || m.Metadata.User.ID != w.ana.ID {
		t.Errorf("original = %+v", m)
	}
	w.do("DELETE", original, nil).want(204, 0)
	w.do("GET", original, nil).want(404, 10008)
	w.do("PATCH", original, object{"content": "again"}).want(404, 10008)
}

func TestFollowupsAreEditedByID(t *testing.T) {
	w := newWorld(t)
	i := w.ask()
	w.callback(i, fakediscord.AnswerNow, object{"content": "here"}).want(204, 0)
	var m fakediscord.Message
	w.do("POST", w.webhook(i, ""), object{"content": "more"}).want(200, 0).into(&m)
	path := w.webhook(i, "/messages/"+m.ID)
	w.do("PATCH", path, object{"content": "even more"}).want(200, 0).into(&m)
	if m.Content != "even more" || m.EditedTimestamp == nil {
		t.Errorf("edited follow-up = %+v", m)
	}
	other := w.ask()
	w.callback(other, fakediscord.AnswerLater, nil).want(204, 0)
	w.do("GET", w.webhook(other, "/messages/"+m.ID), nil).want(404, 10008)
	w.do("DELETE", path, nil).want(204, 0)
}

func TestCallbackTypes(t *testing.T) {
	w := newWorld(t)
	i := w.ask()
	w.callback(i, fakediscord.UpdateNow, object{"content": "no message to update"}).wantError("BASE_TYPE_CHOICES", "type")
	w.callback(i, fakediscord.ProposeChoices, object{}).wantError("BASE_TYPE_CHOICES", "type")
	w.callback(i, 99, nil).wantError("BASE_TYPE_CHOICES", "type")
}

// Source: docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-autocomplete
func TestAutocomplete(t *testing.T) {
	w := newWorld(t)
	w.register(askCommand)
	typing := func() *fakediscord.Interaction {
		i, err := w.ana.Autocomplete(w.channel.ID, "ask", "course", fakediscord.Values{"course": "med"})
		if err != nil {
			t.Fatal(err)
		}
		return i
	}
	propose := func(choices []object) reply {
		return w.callback(typing(), fakediscord.ProposeChoices, object{"choices": choices})
	}
	one := func(name, value any) []object { return []object{{"name": name, "value": value}} }
	propose(make([]object, 26)).wantError("BASE_TYPE_MAX_LENGTH", "data", "choices")
	propose(one(strings.Repeat("x", 101), "v")).wantError("BASE_TYPE_BAD_LENGTH", "data", "choices", "0", "name")
	propose(one("n", strings.Repeat("x", 101))).wantError("BASE_TYPE_BAD_LENGTH", "data", "choices", "0", "value")
	propose(one("n", 5)).wantError("BASE_TYPE_INVALID", "data", "choices", "0", "value")
	w.callback(typing(), fakediscord.AnswerLater, nil).wantError("BASE_TYPE_CHOICES", "type")

	i := typing()
	w.callback(i, fakediscord.ProposeChoices, object{"choices": one("Medieval history", "c1")}).want(204, 0)
	choices, err := i.Choices(soon(t))
	if err != nil || len(choices) != 1 || choices[0].Value != "c1" {
		t.Errorf("choices = %v (%v)", choices, err)
	}
	i = typing()
	w.callback(i, fakediscord.ProposeChoices, object{}).want(204, 0) // as discordgo says "none"
	if choices, err := i.Choices(soon(t)); err != nil || len(choices) != 0 {
		t.Errorf("choices = %v (%v), want none", choices, err)
	}
}

// Source: docs.discord.com/developers/interactions/receiving-and-responding#followup-messages
func TestTokenOfAnotherApplication(t *testing.T) {
	w := newWorld(t)
	i, err := w.ana.Raw(w.channel.ID, "", fakediscord.CommandInteraction, []byte(`{}`))
	if err != nil {
		t.Fatal(err)
	}
	w.do("POST", "/interactions/"+i.ID+"/"+i.Token+"/callback", object{"type": 5}).want(204, 0)
	w.do("PATCH", "/webhooks/1/"+i.Token+"/messages/@original", object{"content": "x"}).want(404, 10015)
	w.do("POST", "/webhooks/1/"+i.Token, object{"content": "x"}).want(404, 10015)
	w.do("PATCH", w.webhook(i, "/messages/@original"), object{"content": "x"}).want(200, 0)
}
