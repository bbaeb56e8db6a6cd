package playground_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"verbatim/bot/fakediscord"
)

// The tests in this file use every type of option, select and field of a modal that
// Discord's API describes, as the bot of the test wants them.

// upload chooses files in a field for them.
func (b *browser) upload(selector string, names ...string) {
	b.t.Helper()
	var paths []string
	folder := b.t.TempDir()
	for _, name := range names {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte("text of "+name), 0o600); err != nil {
			b.t.Fatal(err)
		}
		paths = append(paths, path)
	}
	b.is(fmt.Sprintf("document.querySelector(%q)", selector))
	b.run(chromedp.SetUploadFiles(selector, paths))
}

// sends checks what the bot gets of the last interaction.
func (b *browser) sends(wants ...string) {
	b.t.Helper()
	sent := string(b.lastSent())
	for _, want := range wants {
		if !strings.Contains(sent, want) {
			b.t.Errorf("the bot gets %s, want %s in it", sent, want)
		}
	}
}

func TestBrowserEveryOption(t *testing.T) {
	s := newEmptyStage(t)
	commands := []object{
		{"name": "every", "type": 1, "description": "Each type", "options": []object{
			{"type": 3, "name": "text", "description": "A text", "required": true, "min_length": 2},
			{"type": 3, "name": "colour", "description": "One of", "choices": []object{{"name": "Red", "value": "r"}, {"name": "Blue", "value": "b"}}},
			{"type": 4, "name": "count", "description": "A whole number", "max_value": 10},
			{"type": 10, "name": "weight", "description": "A number"},
			{"type": 5, "name": "sure", "description": "Yes or no"},
			{"type": 6, "name": "who", "description": "A user"},
			{"type": 7, "name": "where", "description": "A channel", "channel_types": []int{15}},
			{"type": 8, "name": "role", "description": "A role"},
			{"type": 9, "name": "any", "description": "A user or a role"},
			{"type": 11, "name": "file", "description": "A file"},
		}},
		{"name": "course", "type": 1, "description": "Courses", "options": []object{
			{"type": 2, "name": "member", "description": "Members", "options": []object{
				{"type": 1, "name": "add", "description": "Add one", "options": []object{{"type": 6, "name": "who", "description": "Whom", "required": true}}},
				{"type": 1, "name": "list", "description": "All"},
			}},
			{"type": 1, "name": "add", "description": "Add a text", "options": []object{{"type": 11, "name": "file", "description": "The text", "required": true}}},
		}},
		{"name": "Translate", "type": 3},
	}
	s.rest("PUT", "/applications/"+s.Discord().ApplicationID()+"/commands", commands)
	b := newBrowserOn(t, s, 1280, 900)
	b.listen()

	b.keys("/every ")
	b.see("#composer .command", "/every")
	b.keys("x")
	for _, option := range []string{"colour", "count", "weight", "sure", "who", "where", "role", "any", "file"} {
		b.click(".chip", option)
	}
	for option, value := range map[string]string{"colour": "1", "sure": "1", "who": newcomer, "where": forum, "role": "1300000000000000001", "any": student} {
		b.choose("#option-"+option, value)
	}
	b.is(`document.querySelectorAll("#option-where option").length === 2`) // the forum, and the empty one
	typing := func(option, text string) {
		b.script(fmt.Sprintf(`document.getElementById("option-%s").select()`, option))
		b.keys(text)
	}
	typing("count", "11")
	typing("weight", "0.5")
	b.upload("#option-file", "note.txt")
	b.click("#composer [type=submit]", "Send")
	b.see("#problem", "2 to 6000 characters")
	typing("text", "words")
	b.click("#composer [type=submit]", "Send")
	b.see("#problem", "does not take 11")
	typing("count", "7")
	b.picture("options")
	b.click("#composer [type=submit]", "Send")
	b.asked(fakediscord.CommandInteraction, 1)
	b.sends(`"value":"words"`, `"value":"b"`, `"value":7`, `"value":0.5`, `"name":"sure","type":5,"value":false`, `"value":"`+newcomer+`"`, `"value":"`+forum+`"`,
		`"name":"role","type":8,"value":"1300000000000000001"`, `"name":"any","type":9,"value":"`+student+`"`, `"filename":"note.txt"`, `"size":16`)
	b.answer(fakediscord.AnswerNow, object{"content": "Noted"})
	b.see(".message", "Noted")

	b.keys("/course m")
	b.see(".suggest:not([hidden])", "/course member add", "/course member list")
	b.keys("ember add ")
	b.choose("#option-who", moderator)
	b.click("#composer [type=submit]", "Send")
	if i := b.asked(fakediscord.CommandInteraction, 2); i.Command != "course member add" {
		t.Errorf("the command is %q, want course member add", i.Command)
	}
	b.sends(`"name":"member"`, `"value":"`+moderator+`"`)
	b.answer(fakediscord.AnswerNow, object{"content": "Added"})

	b.see(".message", "Added")
	b.keys("/course add ")
	b.see("#composer .command", "/course add")
	b.script(`((transfer) => {
		transfer.items.add(new File(["dropped"], "dropped.md", { type: "text/markdown" }));
		document.querySelector("#option-file").dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
	})(new DataTransfer())`)
	b.click("#composer [type=submit]", "Send")
	b.asked(fakediscord.CommandInteraction, 3)
	b.sends(`"filename":"dropped.md"`, `"size":7`)
}

func TestBrowserEverySelect(t *testing.T) {
	b := newBare(t, 1280, 900)
	row := func(component object) object { return object{"type": 1, "components": []object{component}} }
	b.rest("POST", "/channels/"+questions+"/messages", object{"content": "Selects", "components": []object{
		row(object{"type": 5, "custom_id": "user", "placeholder": "A user", "default_values": []object{{"id": moderator, "type": "user"}}}),
		row(object{"type": 6, "custom_id": "role", "placeholder": "A role"}),
		row(object{"type": 7, "custom_id": "any", "placeholder": "Users and roles", "min_values": 2, "max_values": 3}),
		row(object{"type": 8, "custom_id": "channel", "placeholder": "A channel", "channel_types": []int{0}}),
		row(object{"type": 3, "custom_id": "off", "placeholder": "Not now", "disabled": true, "options": []object{{"label": "A", "value": "a"}}}),
	}})
	b.see(".message", "Selects")
	b.is(`document.querySelector("[data-custom-id=user]").value === "` + moderator + `" && document.querySelector("[data-custom-id=off]").disabled`)
	b.is(`![...document.querySelectorAll("[data-custom-id=channel] option")].some((o) => o.innerText.includes("forum"))`)
	for n, use := range []struct{ id, value, kind string }{{"user", student, "users"}, {"role", "1300000000000000001", "roles"}, {"channel", discussion, "channels"}} {
		b.choose("[data-custom-id="+use.id+"]", use.value)
		b.asked(fakediscord.ComponentInteraction, n+1)
		b.sends(`"custom_id":"`+use.id+`"`, `"values":["`+use.value+`"]`, `"resolved":{"`+use.kind)
		b.answer(fakediscord.UpdateLater, nil)
	}
	b.is(`document.querySelector("[data-custom-id=any] button").disabled`)
	b.script(fmt.Sprintf(`[%q, %q].forEach((id) => document.querySelector("[data-custom-id=any] input[value='" + id + "']").click())`, student, "1300000000000000001"))
	b.click("[data-custom-id=any] button", "Choose")
	b.asked(fakediscord.ComponentInteraction, 4)
	b.sends(`"custom_id":"any"`, `"`+student+`"`, `"1300000000000000001"`)
	b.answer(fakediscord.AnswerNow, object{"content": "Secret", "flags": fakediscord.Ephemeral, "components": []object{row(object{"type": 2, "style": 2, "label": "Go on", "custom_id": "on"})}})
	b.click(".message.ephemeral .button", "Go on") // also where one person alone sees it
	if i := b.asked(fakediscord.ComponentInteraction, 5); i.CustomID != "on" {
		t.Errorf("component %q is used, want on", i.CustomID)
	}
	b.answer(fakediscord.UpdateNow, object{"content": "Further", "components": []object{}})
	b.see(".message.ephemeral", "Further")
	b.is(`!document.querySelector(".message.ephemeral .row")`)
}

func TestBrowserEveryField(t *testing.T) {
	b := newBare(t, 1280, 1100)
	show := func(id string, fields ...object) {
		b.rest("POST", "/channels/"+questions+"/messages", object{"content": id, "components": []object{{"type": 1, "components": []object{{"type": 2, "style": 1, "label": "Open " + id, "custom_id": id}}}}})
		b.click(".message .button", "Open "+id)
		for i := 1; ; i++ {
			if b.asked(fakediscord.ComponentInteraction, i).CustomID == id {
				break
			}
		}
		var labelled []object
		for _, f := range fields {
			labelled = append(labelled, object{"type": 18, "label": "Label of " + f["custom_id"].(string), "description": "about it", "component": f})
		}
		b.answer(fakediscord.ShowModal, object{"custom_id": id, "title": "Form " + id, "components": labelled})
		b.see("dialog", "Form "+id)
	}
	options := []object{{"label": "One", "value": "1", "description": "the first"}, {"label": "Two", "value": "2"}, {"label": "Three", "value": "3"}}

	show("texts",
		object{"type": 4, "style": 1, "custom_id": "short", "min_length": 3, "placeholder": "short"},
		object{"type": 4, "style": 2, "custom_id": "long", "required": false, "value": "as it was"},
		object{"type": 19, "custom_id": "files", "min_values": 1, "max_values": 3},
		object{"type": 23, "custom_id": "agree"},
		object{"type": 21, "custom_id": "radio", "options": options})
	b.keys("ab" + kb.Enter) // too short, and more is missing: the browser says so
	b.is(`document.querySelector("dialog form:invalid")`)
	b.keys("c")
	b.upload("dialog [data-custom-id=files]", "a.txt", "b.txt")
	b.click("dialog [data-custom-id=agree]", "")
	b.click("dialog [data-custom-id=radio] input[value='2']", "")
	b.picture("fields")
	b.click("dialog button", "Submit")
	b.asked(fakediscord.ModalInteraction, 1)
	b.sends(`"value":"abc"`, `"value":"as it was"`, `"filename":"a.txt"`, `"filename":"b.txt"`, `"custom_id":"agree","value":true`, `"custom_id":"radio","value":"2"`)
	b.answer(fakediscord.AnswerNow, object{"content": "Taken"})
	b.see(".message", "Taken")

	show("choices",
		object{"type": 22, "custom_id": "boxes", "max_values": 2, "options": options},
		object{"type": 3, "custom_id": "strings", "min_values": 1, "max_values": 2, "options": options},
		object{"type": 5, "custom_id": "user", "default_values": []object{{"id": moderator, "type": "user"}}},
		object{"type": 6, "custom_id": "role", "required": false},
		object{"type": 8, "custom_id": "channel"})
	b.script(`document.querySelectorAll("dialog [data-custom-id=boxes] input, dialog [data-custom-id=strings] input").forEach((box) => box.click())`)
	b.is(`document.querySelectorAll("dialog [data-custom-id=boxes] input:disabled, dialog [data-custom-id=strings] input:disabled").length === 2`)
	b.click("dialog button", "Submit")
	b.see("dialog .problem", "channel") // which is required
	b.choose("dialog [data-custom-id=channel]", discussion)
	b.picture("choices")
	b.click("dialog button", "Submit")
	b.asked(fakediscord.ModalInteraction, 2)
	b.sends(`"custom_id":"boxes","values":["1","2"]`, `"custom_id":"strings","values":["1","2"]`, `"custom_id":"user","values":["`+moderator+`"]`, `"custom_id":"role","values":[]`, `"custom_id":"channel","values":["`+discussion+`"]`)
	b.answer(fakediscord.AnswerNow, object{"content": "Taken, too"})
	b.see(".message", "Taken, too")

	show("again", object{"type": 4, "style": 1, "custom_id": "short"}) // is closed without sending
	b.keys(kb.Escape)
	b.is(`!document.querySelector("dialog")`)
}

// TestBrowserLayout draws what lays a message out by components alone.
func TestBrowserLayout(t *testing.T) {
	b := newBare(t, 1280, 900)
	b.rest("POST", "/channels/"+questions+"/messages", object{"flags": fakediscord.ComponentsV2, "components": []object{
		{"type": 17, "accent_color": 0xe67e22, "components": []object{
			{"type": 10, "content": "## In a container\nwith **bold** text"},
			{"type": 14, "divider": true},
			{"type": 9, "components": []object{{"type": 10, "content": "A section with a button"}}, "accessory": object{"type": 2, "style": 2, "label": "Beside", "custom_id": "beside"}},
			{"type": 9, "components": []object{{"type": 10, "content": "A section with a picture"}}, "accessory": object{"type": 11, "media": object{"url": "https://example.org/x.png"}, "description": "a lamp"}},
			{"type": 12, "items": []object{{"media": object{"url": "https://example.org/y.png"}, "description": "a boat"}}},
			{"type": 1, "components": []object{{"type": 3, "custom_id": "pick", "options": []object{{"label": "A", "value": "a"}}}}},
		}},
		{"type": 10, "content": "-# below it"},
	}})
	b.see(".container .h2", "In a container")
	b.see(".container strong", "bold")
	b.see(".section", "A section with a button")
	b.see(".media a", "a lamp", "a boat")
	b.see(".text-display .small", "below it")
	b.is(`getComputedStyle(document.querySelector(".container")).borderLeftColor === "rgb(230, 126, 34)" && document.querySelector(".container hr")`)
	b.picture("container")
	b.click(".section .button", "Beside")
	if i := b.asked(fakediscord.ComponentInteraction, 1); i.CustomID != "beside" {
		t.Errorf("component %q is used, want beside", i.CustomID)
	}
}
