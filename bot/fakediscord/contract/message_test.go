package contract_test

import "verbatim/bot/fakediscord/contract"

const (
	create   = "POST /channels/1/messages"
	edit     = "PATCH /channels/1/messages/2"
	callback = "POST /interactions/1/token/callback"
	follow   = "POST /webhooks/1/token?wait=true"
	original = "PATCH /webhooks/1/token/messages/@original"
	later    = "PATCH /webhooks/1/token/messages/2"
	post     = "POST /channels/1/threads"

	quiet = `"allowed_mentions":{"parse":[]}`
)

var messagePairs = []pair{
	{"create", create, `{"content":"a",` + quiet + `}`, `{"content":"a"}`, contract.RuleAllowedMentions, "/allowed_mentions"},
	{"null", create, `{"content":"a",` + quiet + `}`, `{"content":"a","allowed_mentions":null}`, contract.RuleAllowedMentions, "/allowed_mentions"},
	{"edit", edit, `{"content":"a",` + quiet + `}`, `{"content":"a"}`, contract.RuleAllowedMentions, "/allowed_mentions"},
	{"callback 4", callback, `{"type":4,"data":{"content":"a",` + quiet + `}}`, `{"type":4,"data":{"content":"a"}}`,
		contract.RuleAllowedMentions, "/data/allowed_mentions"},
	{"callback 7", callback, `{"type":7,"data":{"content":"a",` + quiet + `}}`, `{"type":7,"data":{"content":"a"}}`,
		contract.RuleAllowedMentions, "/data/allowed_mentions"},
	{"callback 7 without data", callback, `{"type":6}`, `{"type":7}`, contract.RuleAllowedMentions, "/data/allowed_mentions"},
	{"follow-up", follow, `{"content":"a",` + quiet + `}`, `{"content":"a"}`, contract.RuleAllowedMentions, "/allowed_mentions"},
	{"edit answer", original, `{"content":"a",` + quiet + `}`, `{"content":"a"}`, contract.RuleAllowedMentions, "/allowed_mentions"},
	{"edit follow-up", later, `{"content":"a",` + quiet + `}`, `{"content":"a"}`, contract.RuleAllowedMentions, "/allowed_mentions"},
	{"forum post", post, `{"name":"a","message":{"content":"a",` + quiet + `}}`, `{"name":"a","message":{"content":"a"}}`,
		contract.RuleAllowedMentions, "/message/allowed_mentions"},
	{"users twice", create, `{"content":"a","allowed_mentions":{"parse":["roles"],"users":["1"]}}`,
		`{"content":"a","allowed_mentions":{"parse":["users"],"users":["1"]}}`,
		contract.RuleAllowedMentions, "/allowed_mentions/users"},
	{"roles twice", create, `{"content":"a","allowed_mentions":{"parse":["users"],"roles":["1"]}}`,
		`{"content":"a","allowed_mentions":{"parse":["roles"],"roles":["1"]}}`,
		contract.RuleAllowedMentions, "/allowed_mentions/roles"},

	{"create", create, `{` + quiet + `,"content":"` + x(2000) + `"}`, `{` + quiet + `,"content":"` + x(2001) + `"}`,
		contract.RuleContent, "/content"},
	{"edit", edit, `{` + quiet + `,"content":"` + x(2000) + `"}`, `{` + quiet + `,"content":"` + x(2001) + `"}`,
		contract.RuleContent, "/content"},
	{"forum post", post, `{"name":"a","message":{` + quiet + `,"content":"` + x(2000) + `"}}`,
		`{"name":"a","message":{` + quiet + `,"content":"` + x(2001) + `"}}`, contract.RuleContent, "/message/content"},

	{"create", create, `{"content":"a",` + quiet + `}`, `{"content":"",` + quiet + `}`, contract.RuleEmpty, ""},
	{"sticker", create, `{"sticker_ids":["1"],` + quiet + `}`, `{"sticker_ids":[],` + quiet + `}`, contract.RuleEmpty, ""},
	{"poll", create, `{"poll":{"question":{"text":"a"},"answers":[{"poll_media":{"text":"b"}}]},` + quiet + `}`,
		`{"poll":null,` + quiet + `}`, contract.RuleEmpty, ""},
	{"theme", create, `{"shared_client_theme":{"colors":["ffffff"],"gradient_angle":0,"base_mix":0},` + quiet + `}`,
		`{"shared_client_theme":null,` + quiet + `}`, contract.RuleEmpty, ""},
	{"forward", create, `{"message_reference":{"type":1,"message_id":"2","channel_id":"3"},` + quiet + `}`,
		`{"message_reference":{"message_id":"2"},` + quiet + `}`, contract.RuleEmpty, ""},
	{"an edit without a change", edit, `{` + quiet + `}`, `{}`, contract.RuleAllowedMentions, "/allowed_mentions"},
	{"callback 4", callback, `{"type":4,"data":{"embeds":[{"title":"a"}],` + quiet + `}}`, `{"type":4,"data":{` + quiet + `}}`,
		contract.RuleEmpty, "/data"},
	{"follow-up", follow, `{"embeds":[{"title":"a"}],` + quiet + `}`, `{"embeds":null,` + quiet + `}`, contract.RuleEmpty, ""},

	{"create", create, `{"content":"a",` + quiet + `,"flags":4100}`, `{"content":"a",` + quiet + `,"flags":64}`,
		contract.RuleFlags, "/flags"},
	{"edit", edit, `{` + quiet + `,"flags":4}`, `{` + quiet + `,"flags":4096}`, contract.RuleFlags, "/flags"},
	{"callback 4", callback, `{"type":4,"data":{"content":"a",` + quiet + `,"flags":68}}`,
		`{"type":4,"data":{"content":"a",` + quiet + `,"flags":1}}`, contract.RuleFlags, "/data/flags"},
	{"callback 5", callback, `{"type":5,"data":{"flags":64}}`, `{"type":5,"data":{"flags":4}}`, contract.RuleFlags, "/data/flags"},
	{"callback 7", callback, `{"type":7,"data":{` + quiet + `,"flags":4}}`, `{"type":7,"data":{` + quiet + `,"flags":128}}`,
		contract.RuleFlags, "/data/flags"},
	{"follow-up", follow, `{"content":"a",` + quiet + `,"flags":64}`, `{"content":"a",` + quiet + `,"flags":8192}`,
		contract.RuleFlags, "/flags"},
	{"edit answer", original, `{` + quiet + `,"flags":4}`, `{` + quiet + `,"flags":64}`, contract.RuleFlags, "/flags"},
}

func embeds(list string) string { return `{` + quiet + `,"embeds":[` + list + `]}` }

var embedPairs = []pair{
	{"two embeds", create,
		embeds(`{"description":"` + x(4096) + `"},{"description":"` + x(1904) + `"}`),
		embeds(`{"description":"` + x(4096) + `"},{"description":"` + x(1905) + `"}`), contract.RuleEmbedSum, "/embeds"},
	{"white space around", create,
		embeds(`{"description":"` + x(4000) + `"},{"description":"  ` + x(2000) + `\n"}`),
		embeds(`{"description":"` + x(4000) + `"},{"description":" ` + x(1000) + ` ` + x(1000) + ` "}`), contract.RuleEmbedSum, "/embeds"},
	{"all texts", original,
		embeds(fullEmbed(248)), embeds(fullEmbed(249)), contract.RuleEmbedSum, "/embeds"},
	{"callback", callback,
		`{"type":4,"data":` + embeds(`{"description":"`+x(4000)+`"},{"description":"`+x(2000)+`"}`) + `}`,
		`{"type":4,"data":` + embeds(`{"description":"`+x(4000)+`"},{"description":"`+x(2001)+`"}`) + `}`,
		contract.RuleEmbedSum, "/data/embeds"},

	{"title", create, embeds(`{"title":"` + x(256) + `"}`), embeds(`{"title":"` + x(257) + `"}`),
		contract.RuleSchema, "/embeds/0/title"},
	{"description", create, embeds(`{"description":"` + x(4096) + `"}`), embeds(`{"description":"` + x(4097) + `"}`),
		contract.RuleSchema, "/embeds/0/description"},
	{"footer", create, embeds(`{"footer":{"text":"` + x(2048) + `"}}`), embeds(`{"footer":{"text":"` + x(2049) + `"}}`),
		contract.RuleSchema, "/embeds/0/footer/text"},
	{"author", create, embeds(`{"author":{"name":"` + x(256) + `"}}`), embeds(`{"author":{"name":"` + x(257) + `"}}`),
		contract.RuleSchema, "/embeds/0/author/name"},
	{"field name", create, embeds(`{"fields":[{"name":"` + x(256) + `","value":"v"}]}`),
		embeds(`{"fields":[{"name":"` + x(257) + `","value":"v"}]}`), contract.RuleSchema, "/embeds/0/fields/0/name"},
	{"field value", create, embeds(`{"fields":[{"name":"n","value":"` + x(1024) + `"}]}`),
		embeds(`{"fields":[{"name":"n","value":"` + x(1025) + `"}]}`), contract.RuleSchema, "/embeds/0/fields/0/value"},
	{"fields", create, embeds(`{"fields":` + list(25, field) + `}`), embeds(`{"fields":` + list(26, field) + `}`),
		contract.RuleSchema, "/embeds/0/fields"},
	{"embeds", create, `{` + quiet + `,"embeds":` + list(10, title) + `}`, `{` + quiet + `,"embeds":` + list(11, title) + `}`,
		contract.RuleSchema, "/embeds"},
	{"address", create, embeds(`{"image":{"url":"attachment://a.png"}}`), embeds(`{"image":{"url":"no address"}}`),
		contract.RuleSchema, "/embeds/0/image/url"},
	{"time", create, embeds(`{"title":"a","timestamp":"2026-07-18T00:00:00Z"}`), embeds(`{"title":"a","timestamp":"yesterday"}`),
		contract.RuleSchema, "/embeds/0/timestamp"},
}

func field(int) string { return `{"name":"n","value":"v"}` }
func title(int) string { return `{"title":"a"}` }

// fullEmbed has 6000 characters in all six places if n is 248.
func fullEmbed(n int) string {
	return `{"title":"` + x(200) + `","description":"` + x(4000) + `","author":{"name":"` + x(200) + `"},"footer":{"text":"` +
		x(352) + `"},"fields":[{"name":"` + x(n) + `","value":"` + x(1000) + `"}]}`
}
