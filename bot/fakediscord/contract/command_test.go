package contract_test

import (
	"strconv"
	"strings"

	"verbatim/bot/fakediscord/contract"
)

const (
	register = "PUT /applications/1/commands"
	guildPut = "PUT /applications/1/guilds/2/commands"
	add      = "POST /applications/1/commands"
	guildAdd = "POST /applications/1/guilds/2/commands"
	change   = "PATCH /applications/1/commands/3"

	guildChange = "PATCH /applications/1/guilds/2/commands/3"
)

// slash is a command with further fields.
func slash(name, rest string) string {
	return `{"name":"` + name + `","description":"a"` + rest + `}`
}

func options(list string) string { return slash("a", `,"options":[`+list+`]`) }

// opt is an option with further fields.
func opt(kind int, name, rest string) string {
	return `{"type":` + strconv.Itoa(kind) + `,"name":"` + name + `","description":"a"` + rest + `}`
}

func of(kind int) func(i int) string {
	return func(i int) string {
		name := `{"name":"a` + strconv.Itoa(i) + `","type":` + strconv.Itoa(kind)
		if kind == 1 {
			name += `,"description":"a"`
		}
		return name + `}`
	}
}

// sized is a command of 7908+n characters, large its options. The last of their
// choices gets the name of n characters, or a translation of that length.
func sized(name string) string { return options(large(name)) }

func large(name string) string {
	full := `{"name":"` + x(100) + `","value":"` + x(100) + `"}`
	last := `{"name":` + name + `,"value":"` + x(100) + `"}`
	choices := func(n int) string { return list(n, func(int) string { return full }) }
	return opt(3, "a", `,"choices":`+choices(25)) + "," +
		opt(3, "b", `,"choices":`+choices(14)) + "," + opt(3, "c", `,"choices":[`+last+`]`)
}

var commandPairs = []pair{
	{"characters", add, slash(`-_'äß日本ที่हिन्दी`, ""), slash("two words", ""), contract.RuleCommandName, "/name"},
	{"case", add, slash("frage", ""), slash("Frage", ""), contract.RuleCommandName, "/name"},
	{"case of other scripts", guildAdd, slash("ω", ""), slash("Ω", ""), contract.RuleCommandName, "/name"},
	{"bulk", register, "[" + slash("a", "") + "]", "[" + slash("a!", "") + "]", contract.RuleCommandName, "/0/name"},
	{"guild", guildPut, "[" + slash("a", "") + "]", "[" + slash("A", "") + "]", contract.RuleCommandName, "/0/name"},
	{"change", change, slash("a", ""), slash("A", ""), contract.RuleCommandName, "/name"},
	{"change for a guild", guildChange, slash("a", ""), slash("A", ""), contract.RuleCommandName, "/name"},
	{"option", add, options(opt(3, "a", "")), options(opt(3, "A", "")), contract.RuleCommandName, "/options/0/name"},
	{"translation", add, slash("a", `,"name_localizations":{"de":"b"}`), slash("a", `,"name_localizations":{"de":"B"}`),
		contract.RuleCommandName, "/name_localizations/de"},
	{"a menu may have any name", add, `{"type":3,"name":"Save As"}`, slash("Save As", ""), contract.RuleCommandName, "/name"},
	{"long description", add, `{"name":"` + strings.Repeat("ä", 32) + `","description":"` + x(100) + `"}`,
		`{"name":"a","description":"` + x(101) + `"}`, contract.RuleSchema, "/description"},

	{"description", add, slash("a", ""), `{"name":"a"}`, contract.RuleCommand, "/description"},
	{"menu with description", add, `{"type":2,"name":"a","description":""}`, `{"type":2,"name":"a","description":"a"}`,
		contract.RuleCommand, "/description"},
	{"Entry Point", add, `{"type":4,"name":"a","description":"a","handler":2}`, `{"type":4,"name":"a","options":[` + opt(3, "a", "") + `]}`,
		contract.RuleCommand, "/options"},
	{"menu with options", add, `{"type":2,"name":"a","options":[]}`, `{"type":2,"name":"a","options":[` + opt(3, "a", "") + `]}`,
		contract.RuleCommand, "/options"},
	{"same name", register, `[` + slash("a", "") + `,{"type":2,"name":"a"}]`, `[` + slash("a", "") + `,` + slash("a", "") + `]`,
		contract.RuleCommand, "/1/name"},
	{"same option", add, options(opt(3, "a", "") + "," + opt(3, "b", "")), options(opt(3, "a", "") + "," + opt(4, "a", "")),
		contract.RuleCommand, "/options/1/name"},
	{"same option of a subcommand", add, options(opt(1, "a", `,"options":[`+opt(3, "a", "")+`]`)),
		options(opt(1, "a", `,"options":[`+opt(3, "a", "")+`,`+opt(3, "a", "")+`]`)), contract.RuleCommand, "/options/0/options/1/name"},
	{"required first", add, options(opt(3, "a", `,"required":true`) + "," + opt(3, "b", "")),
		options(opt(3, "a", "") + "," + opt(3, "b", `,"required":true`)), contract.RuleCommand, "/options/1/required"},
	{"mixed", add, options(opt(1, "a", "") + "," + opt(2, "b", "")), options(opt(1, "a", "") + "," + opt(3, "b", "")),
		contract.RuleCommand, "/options/1/type"},
	{"autocomplete and choices", add, options(opt(3, "a", `,"autocomplete":true,"choices":[]`)),
		options(opt(3, "a", `,"autocomplete":true,"choices":[{"name":"a","value":"a"}]`)),
		contract.RuleCommand, "/options/0/autocomplete"},

	{"create", add, sized(`"` + x(92) + `"`), sized(`"` + x(93) + `"`), contract.RuleCommandSize, ""},
	{"change", change, sized(`"` + x(92) + `"`), sized(`"` + x(93) + `"`), contract.RuleCommandSize, ""},
	{"bulk", register, "[" + sized(`"`+x(92)+`"`) + "]", "[" + sized(`"`+x(93)+`"`) + "]", contract.RuleCommandSize, "/0"},
	{"subcommand", add, options(opt(1, "a", `,"options":[`+large(`"`+x(90)+`"`)+"]")),
		options(opt(1, "a", `,"options":[`+large(`"`+x(91)+`"`)+"]")), contract.RuleCommandSize, ""},
	{"translated", add, sized(`"a","name_localizations":{"de":"` + x(92) + `","fr":"bc"}`),
		sized(`"a","name_localizations":{"de":"` + x(93) + `"}`), contract.RuleCommandSize, ""},

	{"slash", register, list(100, of(1)), list(101, of(1)), contract.RuleCommandCount, ""},
	{"user", register, list(15, of(2)), list(16, of(2)), contract.RuleCommandCount, ""},
	{"message", guildPut, list(15, of(3)), list(16, of(3)), contract.RuleCommandCount, ""},

	{"options", add, slash("a", `,"options":`+list(25, numberedOption)), slash("a", `,"options":`+list(26, numberedOption)),
		contract.RuleSchema, "/options"},
	{"permissions", add, slash("a", `,"default_member_permissions":"0","nsfw":true`), slash("a", `,"default_member_permissions":"admin"`),
		contract.RuleSchema, "/default_member_permissions"},
	{"escaped pointer", add, slash("a", `,"description_localizations":{"a/b":"a"}`), slash("a", `,"description_localizations":{"a/b":""}`),
		contract.RuleSchema, "/description_localizations/a~1b"},
	{"a text has no channels", add, options(opt(3, "a", `,"channel_types":null`)), options(opt(3, "a", `,"channel_types":[0]`)),
		contract.RuleSchema, "/options/0/channel_types"},
}

func numberedOption(i int) string { return opt(3, "a"+strconv.Itoa(i), "") }
