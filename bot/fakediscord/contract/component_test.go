package contract_test

import (
	"strconv"

	"verbatim/bot/fakediscord/contract"
)

// rows is a message of rows, each a list of components.
func rows(lists ...string) string {
	return `{` + quiet + `,"content":"a","components":` + list(len(lists), func(i int) string { return row(lists[i]) }) + `}`
}

func row(components string) string { return `{"type":1,"components":[` + components + `]}` }

// button is an ordinary button.
func button(id string) string { return `{"type":2,"style":1,"label":"a","custom_id":"` + id + `"}` }

func numbered(i int) string { return button(strconv.Itoa(i)) }

func menu(id, options string) string {
	return `{"type":3,"custom_id":"` + id + `","options":[` + options + `]}`
}

// v2 is a message of components of version 2.
func v2(rest, components string) string {
	return `{` + quiet + `,"flags":32768` + rest + `,"components":` + components + `}`
}

func text(int) string { return `{"type":10,"content":"a"}` }

const option = `{"label":"a","value":"a"}`

var componentPairs = []pair{
	{"rows", create, rows(button("1"), button("2"), button("3"), button("4"), button("5")),
		rows(button("1"), button("2"), button("3"), button("4"), button("5"), button("6")), contract.RuleRows, "/components"},
	{"rows of an edit", original, rows(button("1"), button("2"), button("3"), button("4"), button("5")),
		rows(button("1"), button("2"), button("3"), button("4"), button("5"), button("6")), contract.RuleRows, "/components"},
	{"menu beside button", create, rows(menu("1", option), button("2")), rows(button("2") + "," + menu("1", option)),
		contract.RuleRows, "/components/0/components/1"},
	{"buttons in a row", create, `{` + quiet + `,"content":"a","components":[{"type":1,"components":` + list(5, numbered) + `}]}`,
		`{` + quiet + `,"content":"a","components":[{"type":1,"components":` + list(6, numbered) + `}]}`,
		contract.RuleSchema, "/components/0/components"},

	{"same button", create, rows(button("1") + "," + button("2")), rows(button("1") + "," + button("1")),
		contract.RuleCustomID, "/components/0/components/1/custom_id"},
	{"button and menu", original, rows(button("1"), menu("2", option)), rows(button("1"), menu("1", option)),
		contract.RuleCustomID, "/components/1/components/0/custom_id"},
	{"nested", create,
		v2("", `[{"type":17,"components":[{"type":9,"components":[`+text(0)+`],"accessory":`+button("1")+`}]},`+row(button("2"))+`]`),
		v2("", `[{"type":17,"components":[{"type":9,"components":[`+text(0)+`],"accessory":`+button("1")+`}]},`+row(button("1"))+`]`),
		contract.RuleCustomID, "/components/1/components/0/custom_id"},
	{"number", create, v2("", `[{"type":10,"id":1,"content":"a"},{"type":10,"id":2,"content":"a"}]`),
		v2("", `[{"type":10,"id":1,"content":"a"},{"type":10,"id":1,"content":"a"}]`), contract.RuleCustomID, "/components/1/id"},
	{"long custom_id", create, rows(button(x(100))), rows(button(x(101))),
		contract.RuleSchema, "/components/0/components/0/custom_id"},
	{"empty custom_id", create, rows(menu("1", option)), rows(menu("", option)),
		contract.RuleSchema, "/components/0/components/0/custom_id"},

	{"no custom_id", create, rows(button("1")), rows(`{"type":2,"style":1,"label":"a"}`),
		contract.RuleButton, "/components/0/components/0"},
	{"link", create, rows(`{"type":2,"style":5,"label":"a","url":"https://a.example"}`), rows(`{"type":2,"style":5,"label":"a"}`),
		contract.RuleButton, "/components/0/components/0"},
	{"link with custom_id", create, rows(`{"type":2,"style":5,"label":"a","url":"https://a.example"}`),
		rows(`{"type":2,"style":5,"label":"a","url":"https://a.example","custom_id":"1"}`),
		contract.RuleButton, "/components/0/components/0/custom_id"},
	{"button with address", create, rows(button("1")), rows(`{"type":2,"style":2,"label":"a","url":"https://a.example","custom_id":"1"}`),
		contract.RuleButton, "/components/0/components/0/url"},
	{"premium", create, rows(`{"type":2,"style":6,"sku_id":"1"}`), rows(`{"type":2,"style":6,"sku_id":"1","label":"a"}`),
		contract.RuleButton, "/components/0/components/0"},
	{"no face", create, rows(`{"type":2,"style":1,"custom_id":"1","emoji":{"name":"a","animated":false}}`),
		rows(`{"type":2,"style":1,"custom_id":"1"}`), contract.RuleButton, "/components/0/components/0"},
	{"label", create, rows(`{"type":2,"style":1,"custom_id":"1","label":"` + x(80) + `"}`),
		rows(`{"type":2,"style":1,"custom_id":"1","label":"` + x(81) + `"}`),
		contract.RuleSchema, "/components/0/components/0/label"},
	{"type", create, rows(button("1")), rows(`{"type":99,"custom_id":"1"}`), contract.RuleSchema, "/components/0/components/0"},

	{"same value", create, rows(menu("1", option+`,{"label":"a","value":"b"}`)), rows(menu("1", option+","+option)),
		contract.RuleSelect, "/components/0/components/0/options/1/value"},
	{"range", create, rows(`{"type":5,"custom_id":"1","min_values":2,"max_values":2}`),
		rows(`{"type":5,"custom_id":"1","min_values":3,"max_values":2}`),
		contract.RuleSelect, "/components/0/components/0/min_values"},
	{"options", create, rows(`{"type":3,"custom_id":"1","options":` + list(25, value) + `}`),
		rows(`{"type":3,"custom_id":"1","options":` + list(26, value) + `}`),
		contract.RuleSchema, "/components/0/components/0/options"},
	{"placeholder", create, rows(`{"type":5,"custom_id":"1","placeholder":"` + x(150) + `"}`),
		rows(`{"type":5,"custom_id":"1","placeholder":"` + x(151) + `"}`),
		contract.RuleSchema, "/components/0/components/0/placeholder"},
	{"option label", create, rows(menu("1", `{"label":"`+x(100)+`","value":"a"}`)), rows(menu("1", `{"label":"`+x(101)+`","value":"a"}`)),
		contract.RuleSchema, "/components/0/components/0/options/0/label"},

	{"flag", create, v2("", list(1, text)), `{` + quiet + `,"components":` + list(1, text) + `}`,
		contract.RuleComponentsV2, "/components/0"},
	{"an edit needs no flag", original, `{` + quiet + `,"components":` + list(1, text) + `}`,
		`{` + quiet + `,"content":"a","components":` + list(1, text) + `}`, contract.RuleComponentsV2, "/content"},
	{"content", create, v2("", list(1, text)), v2(`,"content":"a"`, list(1, text)), contract.RuleComponentsV2, "/content"},
	{"embeds", create, v2(`,"embeds":[]`, list(1, text)), v2(`,"embeds":[{"title":"a"}]`, list(1, text)),
		contract.RuleComponentsV2, "/embeds"},
	{"stickers", create, v2(`,"sticker_ids":[]`, list(1, text)), v2(`,"sticker_ids":["1"]`, list(1, text)),
		contract.RuleComponentsV2, "/sticker_ids"},
	{"count", create, v2("", `[{"type":17,"components":`+list(39, text)+`}]`), v2("", `[{"type":17,"components":`+list(40, text)+`}]`),
		contract.RuleComponentsV2, "/components"},
}

func value(i int) string { return `{"label":"a","value":"` + strconv.Itoa(i) + `"}` }

func modal(head string, n int, component func(i int) string) string {
	return `{"type":9,"data":{` + head + `,"components":` + list(n, component) + `}}`
}

const head = `"custom_id":"m","title":"a"`

func input(rest string) func(int) string {
	return func(i int) string {
		return row(`{"type":4,"style":1,"custom_id":"` + strconv.Itoa(i) + `"` + rest + `}`)
	}
}

func labelled(id string) string {
	return `{"type":18,"label":"a","component":{"type":4,"style":1,"custom_id":"` + id + `"}}`
}

var modalPairs = []pair{
	{"rows", callback, modal(head, 5, input(`,"label":"a"`)), modal(head, 6, input(`,"label":"a"`)),
		contract.RuleRows, "/data/components"},
	{"inputs in a row", callback, modal(head, 2, input(`,"label":"a"`)), modal(head, 1, func(int) string {
		return row(`{"type":4,"style":1,"custom_id":"1","label":"a"},{"type":4,"style":1,"custom_id":"2","label":"a"}`)
	}), contract.RuleRows, "/data/components/0/components/0"},
	{"button in a modal", callback, modal(head, 1, input(`,"label":"a"`)),
		modal(head, 1, func(int) string { return row(button("1")) }), contract.RuleSchema, "/data/components/0/components/0/type"},
	{"same custom_id", callback, modal(head, 2, func(i int) string { return labelled(strconv.Itoa(i)) }),
		modal(head, 2, func(int) string { return labelled("1") }), contract.RuleCustomID, "/data/components/1/component/custom_id"},
	{"no label", callback, modal(head, 1, input(`,"label":"a"`)), modal(head, 1, input("")),
		contract.RuleTextInput, "/data/components/0/components/0"},
	{"range", callback, modal(head, 1, input(`,"label":"a","min_length":2,"max_length":2`)),
		modal(head, 1, input(`,"label":"a","min_length":3,"max_length":2`)),
		contract.RuleTextInput, "/data/components/0/components/0/min_length"},
	{"label", callback, modal(head, 1, input(`,"label":"`+x(45)+`"`)), modal(head, 1, input(`,"label":"`+x(46)+`"`)),
		contract.RuleSchema, "/data/components/0/components/0/label"},
	{"placeholder", callback, modal(head, 1, input(`,"label":"a","placeholder":"`+x(100)+`"`)),
		modal(head, 1, input(`,"label":"a","placeholder":"`+x(101)+`"`)),
		contract.RuleSchema, "/data/components/0/components/0/placeholder"},
	{"title", callback, modal(`"custom_id":"m","title":"`+x(45)+`"`, 1, input(`,"label":"a"`)),
		modal(`"custom_id":"m","title":"`+x(46)+`"`, 1, input(`,"label":"a"`)), contract.RuleSchema, "/data/title"},
	{"custom_id", callback, modal(`"title":"a","custom_id":"`+x(100)+`"`, 1, input(`,"label":"a"`)),
		modal(`"title":"a","custom_id":""`, 1, input(`,"label":"a"`)), contract.RuleSchema, "/data/custom_id"},
	{"a modal has no content", callback, modal(head+`,"content":""`, 1, input(`,"label":"a"`)),
		modal(head+`,"content":"a"`, 1, input(`,"label":"a"`)), contract.RuleSchema, "/data/content"},
}
