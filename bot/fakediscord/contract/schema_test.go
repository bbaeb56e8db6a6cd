package contract_test

import "verbatim/bot/fakediscord/contract"

func choices(rest string) string { return `{"type":8,"data":{"choices":[` + rest + `]}}` }

func anyChoice(int) string { return `{"name":"a","value":"a"}` }

var choicePairs = []pair{
	{"value", callback, choices(`{"name":"a","value":"` + x(100) + `"}`), choices(`{"name":"a","value":"` + x(101) + `"}`),
		contract.RuleChoice, "/data/choices/0/value"},
	{"value in a command", add, options(opt(3, "a", `,"choices":[{"name":"a","value":"`+x(100)+`"}]`)),
		options(opt(3, "a", `,"choices":[{"name":"a","value":"`+x(101)+`"}]`)), contract.RuleChoice, "/options/0/choices/0/value"},
	{"name", callback, choices(`{"name":"` + x(100) + `","value":"a"}`), choices(`{"name":"` + x(101) + `","value":"a"}`),
		contract.RuleSchema, "/data/choices/0/name"},
	{"no name", callback, choices(`{"name":"a","value":1}`), choices(`{"name":"","value":1}`),
		contract.RuleSchema, "/data/choices/0/name"},
	{"count", callback, `{"type":8,"data":{"choices":` + list(25, anyChoice) + `}}`,
		`{"type":8,"data":{"choices":` + list(26, anyChoice) + `}}`, contract.RuleSchema, "/data/choices"},
	{"choices have no content", callback, `{"type":8,"data":{"content":"","embeds":null}}`, `{"type":8,"data":{"content":"a"}}`,
		contract.RuleSchema, "/data/content"},
}

var schemaPairs = []pair{
	{"type", create, `{"content":"a",` + quiet + `}`, `{"content":"a",` + quiet + `,"tts":"no"}`, contract.RuleSchema, "/tts"},
	{"callback type", callback, `{"type":6}`, `{"type":99}`, contract.RuleSchema, ""},
	{"mention type", create, `{"content":"a","allowed_mentions":{"parse":["users"]}}`,
		`{"content":"a","allowed_mentions":{"parse":["user"]}}`, contract.RuleSchema, "/allowed_mentions/parse/0"},
	{"snowflake", create, `{"content":"a",` + quiet + `,"message_reference":{"message_id":"18446744073709551615"}}`,
		`{"content":"a",` + quiet + `,"message_reference":{"message_id":"18446744073709551616"}}`,
		contract.RuleSchema, "/message_reference/message_id"},
	{"missing", post, `{"name":"a"}`, `{}`, contract.RuleSchema, ""},
	{"shape of a message", create, `{"content":"a",` + quiet + `}`, `[]`, contract.RuleSchema, ""},
	{"shape of a callback", callback, `{"type":6,"data":null}`, `"type"`, contract.RuleSchema, ""},
	{"shape of choices", callback, choices(""), `{"type":8,"data":{"choices":1}}`, contract.RuleSchema, "/data/choices"},
	{"shape of a modal", callback, modal(head, 1, input(`,"label":"a"`)), `{"type":9,"data":{` + head + `,"components":1}}`,
		contract.RuleSchema, "/data/components"},
	{"shape of commands", register, "[]", "{}", contract.RuleSchema, ""},
	{"shape of a command", change, "{}", "[]", contract.RuleSchema, ""},
	{"number of a new file", create, `{"content":"a",` + quiet + `,"attachments":[{"id":0},{"id":"1"}]}`,
		`{"content":"a",` + quiet + `,"attachments":[{"id":"a"}]}`, contract.RuleSchema, "/attachments/0/id"},
	{"file types", add, options(opt(11, "a", `,"file_types":["image"]`)), options(opt(11, "a", `,"file_types":"image"`)),
		contract.RuleSchema, "/options/0/file_types"},

	{"top", create, `{"content":"a",` + quiet + `}`, `{"content":"a",` + quiet + `,"allowed_mention":{}}`,
		contract.RuleUnknown, "/allowed_mention"},
	{"in an object", create, `{"content":"a","allowed_mentions":{"replied_user":true}}`,
		`{"content":"a","allowed_mentions":{"reply_user":true}}`, contract.RuleUnknown, "/allowed_mentions/reply_user"},
	{"in a list", create, embeds(`{"title":"a","color":1}`), embeds(`{"title":"a","colour":1}`), contract.RuleUnknown, "/embeds/0/colour"},
	{"in a component", create, rows(button("1")), rows(`{"type":2,"style":1,"label":"a","custom_id":"1","disable":true}`),
		contract.RuleUnknown, "/components/0/components/0/disable"},
	{"in one of two schemas", follow, `{"content":"a",` + quiet + `,"thread_name":"b"}`, `{"content":"a",` + quiet + `,"thread_names":"b"}`,
		contract.RuleUnknown, "/thread_names"},
	{"in the other schema", post, `{"name":"a","rate_limit_per_user":1}`, `{"name":"a","applied_tags":["1"]}`,
		contract.RuleUnknown, "/applied_tags"},
	{"in a callback", callback, `{"type":4,"data":{"content":"a",` + quiet + `}}`, `{"type":4,"data":{"content":"a",` + quiet + `,"ephemeral":true}}`,
		contract.RuleUnknown, "/data/ephemeral"},
	{"in a command", register, "[" + options(opt(3, "a", `,"min_length":1`)) + "]", "[" + options(opt(3, "a", `,"minimum":1`)) + "]",
		contract.RuleUnknown, "/0/options/0/minimum"},
	{"with an escaped name", create, `{"content":"a",` + quiet + `}`, `{"content":"a",` + quiet + `,"a/b~c":1}`,
		contract.RuleUnknown, "/a~1b~0c"},
	{"free names", add, slash("a", `,"name_localizations":{"de":"b"}`), slash("a", `,"name_localisations":{"de":"b"}`),
		contract.RuleUnknown, "/name_localisations"},
}
