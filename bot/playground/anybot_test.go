package playground_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"
	"github.com/gorilla/websocket"

	"verbatim/bot/fakediscord"
)

// The tests in this file act as a bot that is not ours, at the wire: the page renders what
// Discord's API describes.

type object = map[string]any

// answer acknowledges the last interaction, as a bot would.
func (b *browser) answer(kind fakediscord.CallbackType, data object) {
	b.t.Helper()
	all := b.Discord().Interactions()
	i := all[len(all)-1]
	b.rest("POST", "/interactions/"+i.ID+"/"+i.Token+"/callback", object{"type": kind, "data": data})
}

// rest sends a request to the API.
func (s *stage) rest(method, path string, body any) {
	s.t.Helper()
	content, err := json.Marshal(body)
	if err != nil {
		s.t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(s.t.Context(), method, s.Discord().URL()+"/api/v10"+path, bytes.NewReader(content))
	if err != nil {
		s.t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bot "+s.Token())
	request.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode >= 300 {
		var text bytes.Buffer
		_, _ = text.ReadFrom(answer.Body)
		s.t.Fatalf("%s %s = %s %s", method, path, answer.Status, &text)
	}
}

// asked waits for the n-th interaction of a type, and returns it.
func (b *browser) asked(kind fakediscord.InteractionType, n int) *fakediscord.Interaction {
	b.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		all := slices.DeleteFunc(b.Discord().Interactions(), func(i *fakediscord.Interaction) bool { return i.Type != kind })
		if len(all) >= n {
			return all[n-1]
		}
	}
	b.t.Fatalf("no interaction of type %d comes", kind)
	return nil
}

// commandsOfAll are of all kinds.
var commandsOfAll = []object{
	{"name": "pick", "type": 1, "description": "Pick something", "name_localizations": object{"fr": "choisir"}, "options": []object{
		{"type": 3, "name": "what", "description": "Start to type", "required": true, "autocomplete": true},
		{"type": 4, "name": "count", "description": "How many", "min_value": 1},
		{"type": 5, "name": "now", "description": "At once"},
		{"type": 6, "name": "who", "description": "For whom"},
		{"type": 11, "name": "file", "description": "A file"},
	}},
	{"name": "list", "type": 1, "description": "A list", "options": []object{
		{"type": 1, "name": "add", "description": "Add to it", "options": []object{{"type": 3, "name": "item", "description": "What", "required": true}}},
	}},
	{"name": "Ask about this", "type": 3},
	{"name": "Greet", "type": 2},
}

// newBare opens a page on which no bot of ours answers.
func newBare(t *testing.T, width, height int) *browser {
	s := newEmptyStage(t)
	s.rest("PUT", "/applications/"+s.Discord().ApplicationID()+"/commands", commandsOfAll)
	b := newBrowserOn(t, s, width, height)
	b.listen()
	return b
}

func TestBrowserCommands(t *testing.T) {
	b := newBare(t, 1280, 800)
	b.keys("/cho")
	b.see(".suggest:not([hidden])", "/choisir")
	b.keys(kb.Enter)
	b.see("#composer .command", "/choisir")
	b.keys(kb.Enter) // what is required is missing
	b.see("#problem", "required")
	b.keys("ap")
	b.asked(fakediscord.AutocompleteInteraction, 1)
	b.answerTyping("ap", "Apple", "apple-id")
	b.see(".suggest:not([hidden])", "Apple")
	b.picture("autocomplete")
	b.keys(kb.ArrowDown + kb.Enter)
	b.is(`document.activeElement.value === "Apple"`)
	b.click(".chip", "count")
	b.keys("3")
	b.click(".chip", "now")
	b.choose("#option-now", "0")
	b.click(".chip", "who")
	b.choose("#option-who", moderator)
	b.picture("options")
	b.click("#composer [type=submit]", "Send")
	b.see("#status", "Sending /choisir")
	used := b.asked(fakediscord.CommandInteraction, 1)
	sent := string(b.lastSent())
	for _, want := range []string{`"value":"apple-id"`, `"value":3`, `"value":true`, `"value":"` + moderator + `"`} {
		if !strings.Contains(sent, want) {
			t.Errorf("the command %s is sent with %s, want %s in it", used.Command, sent, want)
		}
	}
	b.answer(fakediscord.AnswerLater, object{})
	b.see(".thinking", "is thinking")
	b.picture("thinking")
	b.rest("PATCH", "/webhooks/"+b.Discord().ApplicationID()+"/"+used.Token+"/messages/@original", object{"content": "# Done\nwith **it**"})
	b.see(".message .h1", "Done")

	b.keys("/list add ")
	b.keys("milk" + kb.Enter)
	if i := b.asked(fakediscord.CommandInteraction, 2); i.Command != "list add" {
		t.Errorf("the command is %q, want list add", i.Command)
	}
	b.see("#status", "The application did not respond") // after 3 s
}

// answerTyping answers the last autocomplete.
func (b *browser) answerTyping(typed, name, value string) {
	b.t.Helper()
	for end := time.Now().Add(patience); !strings.Contains(string(b.lastSent()), `"value":"`+typed+`"`); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			b.t.Fatalf("%q is not sent", typed)
		}
	}
	b.answer(fakediscord.ProposeChoices, object{"choices": []object{{"name": name, "value": value}}})
}

// lastSent returns the event of the last interaction as the bot gets it.
func (b *browser) lastSent() json.RawMessage {
	b.t.Helper()
	all := b.Discord().Interactions()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if data, ok := b.received.Load(all[len(all)-1].ID); ok {
			return data.(json.RawMessage)
		}
	}
	b.t.Fatal("the last interaction does not come")
	return nil
}

// listen connects to the gateway and keeps the interactions.
func (b *browser) listen() {
	b.t.Helper()
	connection, _, err := websocket.DefaultDialer.DialContext(b.t.Context(), strings.Replace(b.Discord().URL(), "http", "ws", 1)+"/?v=10&encoding=json", nil)
	if err != nil {
		b.t.Fatal(err)
	}
	var running sync.WaitGroup
	b.t.Cleanup(func() { connection.Close(); running.Wait() })
	identify := object{"op": 2, "d": object{"token": b.Token(), "intents": 0, "properties": object{}}}
	if err := connection.WriteJSON(identify); err != nil {
		b.t.Fatal(err)
	}
	running.Go(func() {
		for {
			var payload struct {
				Type string          `json:"t"`
				Data json.RawMessage `json:"d"`
			}
			if connection.ReadJSON(&payload) != nil {
				return // the test has ended
			}
			var event struct{ ID string }
			if payload.Type == "INTERACTION_CREATE" && json.Unmarshal(payload.Data, &event) == nil {
				b.received.Store(event.ID, payload.Data)
			}
		}
	})
}

func TestBrowserComponents(t *testing.T) {
	b := newBare(t, 1280, 900)
	b.rest("POST", "/channels/"+questions+"/messages", object{
		"content": "Components", "components": []object{
			{"type": 1, "components": []object{
				{"type": 2, "style": 1, "label": "Fill in", "custom_id": "fill"}, {"type": 2, "style": 3, "label": "Good", "custom_id": "good"},
				{"type": 2, "style": 4, "label": "Bad", "custom_id": "bad", "disabled": true}, {"type": 2, "style": 5, "label": "Away", "url": "https://example.org"},
			}},
			{"type": 1, "components": []object{{"type": 3, "custom_id": "one", "placeholder": "One of", "options": []object{{"label": "A", "value": "a", "description": "the first"}, {"label": "B", "value": "b"}}}}},
			{"type": 1, "components": []object{{"type": 3, "custom_id": "many", "placeholder": "Some of", "min_values": 1, "max_values": 2, "options": []object{{"label": "C", "value": "c"}, {"label": "D", "value": "d"}, {"label": "E", "value": "e"}}}}},
		},
	})
	b.see(".message", "Components")
	b.choose("[data-custom-id=one]", "b")
	if i := b.asked(fakediscord.ComponentInteraction, 1); i.CustomID != "one" {
		t.Errorf("component %q is used, want one", i.CustomID)
	}
	b.answer(fakediscord.AnswerNow, object{"content": "For you", "flags": fakediscord.Ephemeral})
	b.see(".message.ephemeral", "Only you can see this")
	b.script(`document.querySelectorAll("[data-custom-id=many] input").forEach((box, i) => { if (i < 2) box.click(); })`)
	b.is(`document.querySelectorAll("[data-custom-id=many] input:disabled").length === 1`)
	b.picture("components")
	b.click("[data-custom-id=many] button", "Choose")
	b.asked(fakediscord.ComponentInteraction, 2)
	if sent := string(b.lastSent()); !strings.Contains(sent, `"values":["c","d"]`) {
		t.Errorf("the select sends %s, want c and d", sent)
	}
	b.answer(fakediscord.UpdateNow, object{"content": "Components, changed"})
	b.see(".message", "Components, changed")

	b.click(".message .button", "Fill in")
	b.asked(fakediscord.ComponentInteraction, 3)
	b.answer(fakediscord.ShowModal, object{"custom_id": "m", "title": "A form", "components": []object{
		{"type": 10, "content": "Please **fill in**"},
		{"type": 18, "label": "Short", "description": "one line", "component": object{"type": 4, "style": 1, "custom_id": "short"}},
		{"type": 18, "label": "Long", "component": object{"type": 4, "style": 2, "custom_id": "long", "required": false}},
		{"type": 18, "label": "Which", "component": object{"type": 3, "custom_id": "which", "options": []object{{"label": "X", "value": "x"}, {"label": "Y", "value": "y", "default": true}}}},
	}})
	b.see("dialog", "A form", "fill in", "one line")
	b.picture("modal")
	b.is(`document.activeElement.dataset.customId === "short"`)
	b.keys("typed" + kb.Enter)
	if i := b.asked(fakediscord.ModalInteraction, 1); i.CustomID != "m" {
		t.Errorf("modal %q is sent, want m", i.CustomID)
	}
	if sent := string(b.lastSent()); !strings.Contains(sent, `"value":"typed"`) || !strings.Contains(sent, `"values":["y"]`) {
		t.Errorf("the modal sends %s", sent)
	}
	b.is(`!document.querySelector("dialog")`)
	b.answer(fakediscord.AnswerNow, object{"content": "Thanks"})
	b.see(".message", "Thanks")
	b.click(".message.ephemeral .plain", "Dismiss")
	b.is(`!document.querySelector(".message.ephemeral")`)
}

func TestBrowserMessageCommand(t *testing.T) {
	b := newBare(t, 1280, 800)
	b.click(".message .tools button", "")
	b.see(".menu", "Reply", "Ask about this")
	b.picture("menu")
	b.keys(kb.ArrowUp + kb.Enter) // the last entry
	if i := b.asked(fakediscord.CommandInteraction, 1); i.Command != "Ask about this" {
		t.Errorf("the command is %q", i.Command)
	}
	b.answer(fakediscord.AnswerNow, object{"content": "About it", "flags": fakediscord.Ephemeral})
	b.see(".message.ephemeral", "About it", "used Ask about this")
	b.click(".author", "Sam")
	b.click(".menu button", "Greet")
	b.asked(fakediscord.CommandInteraction, 2)
}

// hostile are texts that would run, or break out, on a careless page.
var hostile = []string{
	`<img src=x onerror="document.title='owned'">`, `<script>document.title='owned'</script>`,
	`[click](javascript:document.title='owned')`, `<javascript:alert(1)>`, "```html\n<svg onload=document.title='owned'>\n```",
	`"><b id=owned>`, `[a](https://example.org" onmouseover="document.title='owned')`, `<t:99999999999999:F> <t:8640000000001:F>`,
	"\u202e\u2066 bidi", strings.Repeat("*_~|`", 300), strings.Repeat("> ", 400) + "deep", strings.Repeat("[", 900), strings.Repeat("**a ", 400),
}

func TestBrowserHostile(t *testing.T) {
	b := newBare(t, 1280, 800)
	title := b.text("#title")
	for i, text := range hostile {
		name := fmt.Sprintf("end %d", i)
		cut := func(most int) string { return text[:min(len(text), most)] }
		b.rest("POST", "/channels/"+questions+"/messages", object{
			"content": text, "embeds": []object{{"title": cut(200), "description": text, "footer": object{"text": text}, "fields": []object{{"name": cut(200), "value": cut(1000)}}}},
			"components": []object{{"type": 1, "components": []object{{"type": 2, "style": 1, "label": cut(80), "custom_id": "x" + cut(90)}}}},
		})
		b.rest("POST", "/channels/"+questions+"/messages", object{"content": name})
		b.see(".message", name)
	}
	b.is(`!document.querySelector("#owned") && !document.title.includes("owned")`)
	b.is(`[...document.querySelectorAll(".message a[href]")].every((a) => /^(https?:|#)/.test(a.getAttribute("href")))`)
	b.is(`![...document.querySelectorAll(".message *")].some((e) => ["SCRIPT", "SVG", "IMG", "IFRAME"].includes(e.tagName) || [...e.attributes].some((a) => a.name.startsWith("on")))`)
	if now := b.text("#title"); now != title {
		t.Errorf("the page's heading is %q, was %q", now, title)
	}
	b.picture("hostile")
}

// TestBrowserMarkdown compares what becomes of Discord's markdown.
func TestBrowserMarkdown(t *testing.T) {
	b := newBare(t, 1280, 900)
	tests := []struct{ text, html string }{
		{"**bold** *slanted* __under__ ~~gone~~", `<div class="text"><strong>bold</strong> <em>slanted</em> <u>under</u> <s>gone</s></div>`},
		{"***both***", `<div class="text"><strong><em>both</em></strong></div>`},
		{`\*not\* 2*3*4`, `<div class="text">*not* 2<em>3</em>4</div>`},
		{"snake_case_name", `<div class="text">snake_case_name</div>`},
		{"`**code**`", `<div class="text"><code>**code**</code></div>`},
		{"> one\n> two\nthree", `<blockquote><div class="text">one` + "\n" + `two</div></blockquote><div class="text">three</div>`},
		{"- a\n- b", `<ul><li class="">a</li><li class="">b</li></ul>`},
		{"-# small", `<div class="small">small</div>`},
		{"<@" + student + "> <#" + discussion + ">", `<div class="text"><span class="mention">@Léa (student)</span> <a class="mention" href="#` + discussion + `">#discussion</a></div>`},
		{"a < b & c", `<div class="text">a &lt; b &amp; c</div>`},
		{"see https://example.org/a_b.", `<div class="text">see <a href="https://example.org/a_b" target="_blank" rel="noopener noreferrer">https://example.org/a_b</a>.</div>`},
	}
	for i, test := range tests {
		b.rest("POST", "/channels/"+questions+"/messages", object{"content": test.text, "allowed_mentions": object{"parse": []string{}}})
		b.is(fmt.Sprintf(`document.querySelectorAll(".message").length === %d`, i+2))
		want, err := json.Marshal(test.html)
		if err != nil {
			t.Fatal(err)
		}
		if !b.true(`[...document.querySelectorAll(".message .content")].at(-1).innerHTML === ` + string(want)) {
			t.Errorf("%q becomes %s, want %s", test.text, b.html(`.message:last-child .content`), test.html)
		}
	}
	b.picture("markdown")
}
