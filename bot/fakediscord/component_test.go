package fakediscord_test

import (
	"context"
	"testing"
	"time"

	"verbatim/bot/fakediscord"
)

// answered lets ana ask, and answers with components.
func (w *world) answered(flags int, components ...object) fakediscord.Message {
	w.t.Helper()
	i := w.ask()
	w.callback(i, fakediscord.AnswerNow, object{"content": "answer", "flags": flags,
		"components": []object{{"type": 1, "components": components}}}).want(204, 0)
	m, err := i.Answer(soon(w.t))
	if err != nil {
		w.t.Fatal(err)
	}
	return m
}

func TestPress(t *testing.T) {
	w := newWorld(t)
	m := w.answered(0, object{"type": 2, "style": 1, "label": "More", "custom_id": "more"},
		object{"type": 2, "style": 1, "label": "Off", "custom_id": "off", "disabled": true},
		object{"type": 2, "style": 5, "label": "Link", "url": "https://example.org"})
	_, err := w.ana.Press(m.ID, "other")
	wantRefused(t, "a custom id that is not there", err)
	_, err = w.ana.Press(m.ID, "off")
	wantRefused(t, "a disabled button", err)
	_, err = w.ana.Choose(m.ID, "more", "x")
	wantRefused(t, "choosing in a button", err)

	c, _ := w.identified(fakediscord.GuildsIntent)
	i, err := w.zoe.Press(m.ID, "more")
	if err != nil {
		t.Fatal(err)
	}
	var got received
	c.event("INTERACTION_CREATE", &got)
	if got.Type != 3 || got.Data.CustomID != "more" || got.Message.ID != m.ID || got.Message.Content != "answer" {
		t.Errorf("interaction = %+v", got)
	}
	w.callback(i, fakediscord.UpdateLater, nil).want(204, 0)
	w.do("PATCH", w.webhook(i, "/messages/@original"), object{"content": "more", "components": []object{}}).want(200, 0)
	if a, err := i.Answer(soon(t)); err != nil || a.ID != m.ID || a.Content != "more" || len(a.Components) != 0 {
		t.Errorf("answer = %+v (%v), want the message changed", a, err)
	}
	_, err = w.ana.Press(m.ID, "more")
	wantRefused(t, "a button that was taken away", err)
}

// TestAnswerIsTheNextEdit: the answer to a press is the edit after it, not one before it,
// though the clock stands still.
func TestAnswerIsTheNextEdit(t *testing.T) {
	w := newWorld(t)
	m := w.answered(0, object{"type": 2, "style": 1, "label": "More", "custom_id": "more"})
	for _, content := range []string{"first", "second"} {
		i, err := w.ana.Press(m.ID, "more")
		if err != nil {
			t.Fatal(err)
		}
		w.callback(i, fakediscord.UpdateLater, nil).want(204, 0)
		early, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		if a, err := i.Answer(early); err == nil {
			t.Errorf("answer before the edit to %q = %q, want none", content, a.Content)
		}
		cancel()
		w.do("PATCH", w.webhook(i, "/messages/@original"), object{"content": content}).want(200, 0)
		if a, err := i.Answer(soon(t)); err != nil || a.Content != content {
			t.Errorf("answer = %q (%v), want %q", a.Content, err, content)
		}
	}
}

func TestUpdateNow(t *testing.T) {
	w := newWorld(t)
	m := w.answered(0, object{"type": 2, "style": 1, "label": "More", "custom_id": "more"})
	i, err := w.ana.Press(m.ID, "more")
	if err != nil {
		t.Fatal(err)
	}
	w.callback(i, fakediscord.UpdateNow, object{"content": "changed"}).want(204, 0)
	if a, err := i.Answer(soon(t)); err != nil || a.ID != m.ID || a.Content != "changed" || len(a.Components) != 1 {
		t.Errorf("answer = %+v (%v)", a, err)
	}
}

func TestEphemeralIsPrivate(t *testing.T) {
	w := newWorld(t)
	m := w.answered(64, object{"type": 2, "style": 1, "label": "More", "custom_id": "more"})
	_, err := w.zoe.Press(m.ID, "more")
	wantRefused(t, "another's ephemeral message", err)
	if _, err := w.ana.Press(m.ID, "more"); err != nil {
		t.Error(err)
	}
	if err := w.ana.Delete(m.ID); err != nil {
		t.Error("dismiss:", err)
	}
}

func TestChoose(t *testing.T) {
	w := newWorld(t)
	c, _ := w.identified(fakediscord.GuildsIntent)
	options := []object{{"label": "A", "value": "a"}, {"label": "B", "value": "b"}, {"label": "C", "value": "c"}}
	m := w.answered(0, object{"type": 3, "custom_id": "pick", "options": options, "min_values": 1, "max_values": 2})
	c.event("INTERACTION_CREATE", &received{})
	for what, values := range map[string][]string{"none": nil, "three": {"a", "b", "c"}, "an unknown": {"x"}} {
		_, err := w.ana.Choose(m.ID, "pick", values...)
		wantRefused(t, what, err)
	}
	if _, err := w.ana.Choose(m.ID, "pick", "b", "a"); err != nil {
		t.Fatal(err)
	}
	var got received
	c.event("INTERACTION_CREATE", &got)
	if len(got.Data.Values) != 2 || got.Data.Values[0] != "b" {
		t.Errorf("values = %v", got.Data.Values)
	}
	m = w.answered(0, object{"type": 6, "custom_id": "role"})
	c.event("INTERACTION_CREATE", &received{})
	_, err := w.ana.Choose(m.ID, "role", w.ana.ID)
	wantRefused(t, "a user in a role select", err)
	if _, err := w.ana.Choose(m.ID, "role", w.mods.ID); err != nil {
		t.Fatal(err)
	}
	got = received{}
	c.event("INTERACTION_CREATE", &got)
	if got.Data.Values[0] != w.mods.ID || got.Data.Resolved.Roles[w.mods.ID] == nil {
		t.Errorf("data = %+v", got.Data)
	}
}

func TestModal(t *testing.T) {
	w := newWorld(t)
	i := w.ask()
	w.callback(i, fakediscord.ShowModal, object{"custom_id": "curated", "title": "New answer", "components": []object{
		{"type": 1, "components": []object{{"type": 4, "custom_id": "question", "style": 1, "label": "Question", "value": "Who?", "max_length": 10}}},
		{"type": 18, "label": "Answer", "component": object{"type": 4, "custom_id": "answer", "style": 2, "min_length": 2}},
		{"type": 18, "label": "Course", "component": object{"type": 3, "custom_id": "course", "required": false,
			"options": []object{{"label": "A", "value": "a"}}}},
	}}).want(204, 0)
	modal, err := i.Modal(soon(t))
	if err != nil || modal.Title != "New answer" {
		t.Fatalf("modal = %+v (%v)", modal, err)
	}
	tests := map[string]fakediscord.Values{
		"a missing answer": nil,
		"a short answer":   {"answer": "x"},
		"a long question":  {"answer": "xx", "question": long(11)},
		"an unknown field": {"answer": "xx", "other": "x"},
		"a wrong value":    {"answer": "xx", "course": []string{"b"}},
	}
	for what, values := range tests {
		_, err := w.ana.Submit(i, values)
		wantRefused(t, what, err)
	}
	_, err = w.zoe.Submit(i, fakediscord.Values{"answer": "xx"})
	wantRefused(t, "another's modal", err)

	c, _ := w.identified(fakediscord.GuildsIntent)
	submitted, err := w.ana.Submit(i, fakediscord.Values{"answer": "King of the Franks", "course": []string{"a"}})
	if err != nil {
		t.Fatal(err)
	}
	var got received
	c.event("INTERACTION_CREATE", &got)
	want := `[{"type":1,"id":1,"components":[{"type":4,"id":2,"custom_id":"question","value":"Who?"}]},` +
		`{"type":18,"id":3,"component":{"type":4,"id":4,"custom_id":"answer","value":"King of the Franks"}},` +
		`{"type":18,"id":5,"component":{"type":3,"id":6,"custom_id":"course","values":["a"]}}]`
	if got.Type != 5 || got.Data.CustomID != "curated" || string(got.Data.Components) != want {
		t.Errorf("submitted = %s, want %s", got.Data.Components, want)
	}
	w.callback(submitted, fakediscord.ShowModal, object{}).wantError("BASE_TYPE_CHOICES", "type")
	_, err = w.ana.Submit(i, fakediscord.Values{"answer": "again"})
	wantRefused(t, "a modal sent twice", err)
}
