package contract_test

import (
	"strings"
	"testing"

	"verbatim/bot/fakediscord/contract"
)

const (
	asJSON  = "\nContent-Type: application/json\n\n"
	hello   = asJSON + `{"content":"a",` + quiet + `}`
	command = asJSON + `{"name":"a","description":"a"}`
	search  = "GET /guilds/1/messages/search?"
)

// requestCases are wrong requests whose fault is not, or not only, in the JSON.
// The last field is the right request.
var requestCases = []struct {
	name, wrong string
	rule        contract.Rule
	pointer     string
	right       string
}{
	{"path", "GET /channel/1", contract.RuleRoute, "", "GET /channels/1"},
	{"method", "PUT /channels/1", contract.RuleRoute, "", "DELETE /channels/1"},
	{"version", "GET /api/v9/channels/1", contract.RuleRoute, "", "GET /api/v10/channels/1"},
	{"no version", "GET /api/channels/1", contract.RuleRoute, "", "GET /api/v10/gateway"},
	{"empty segment", "GET /channels//messages", contract.RuleRoute, "", "GET /channels/1/messages"},
	{"slash at the end", "GET /channels/1/", contract.RuleRoute, "", "GET /channels/1"},
	{"literal first", "GET /webhooks/1/t/messages/@orig", contract.RuleParameter, "path message_id", "GET /webhooks/1/t/messages/@original"},
	{"escaped literal", "GET /users/%40you", contract.RuleParameter, "path user_id", "GET /users/%40me"},
	{"bad query", "GET /channels/1/messages?limit=%zz", contract.RuleRoute, "", "GET /channels/1/messages?limit=%31"},

	{"snowflake", "GET /channels/abc", contract.RuleParameter, "path channel_id", "GET /channels/123456789012345678"},
	{"big snowflake", "GET /channels/18446744073709551616", contract.RuleParameter, "path channel_id", "GET /channels/18446744073709551615"},
	{"escaped", "DELETE /channels/1/messages/2/reactions/a%2Fb/x", contract.RuleParameter, "path user_id",
		"DELETE /channels/1/messages/2/reactions/a%2Fb/%40me"},
	{"number", "GET /channels/1/messages?limit=many", contract.RuleParameter, "query limit", "GET /channels/1/messages?limit=1"},
	{"range", "GET /channels/1/messages?limit=101", contract.RuleParameter, "query limit", "GET /channels/1/messages?limit=100"},
	{"boolean", "POST /webhooks/1/t?wait=yes" + hello, contract.RuleParameter, "query wait", "POST /webhooks/1/t?wait=True" + hello},
	{"boolean as number", "POST /webhooks/1/t?wait=2" + hello, contract.RuleParameter, "query wait", "POST /webhooks/1/t?wait=0" + hello},
	{"twice", "GET /channels/1/messages?limit=1&limit=2", contract.RuleParameter, "query limit", "GET /channels/1/messages?limit=2"},
	{"list", search + "author_id=2&author_id=a", contract.RuleParameter, "query author_id", search + "author_id=2&author_id=3"},
	{"list of one", search + "author_id=a", contract.RuleParameter, "query author_id", search + "author_id=2"},
	{"unknown", "GET /channels/1/messages?limits=1", contract.RuleParameter, "query limits", "GET /channels/1/messages"},
	{"required", "GET /guilds/1/members/search", contract.RuleParameter, "query query", "GET /guilds/1/members/search?query=a"},

	{"missing", create, contract.RuleBody, "", create + hello},
	{"unexpected", "POST /channels/1/typing" + asJSON + "{}", contract.RuleBody, "", "POST /channels/1/typing"},
	{"no media type", create + "\n\n{}", contract.RuleBody, "", create + hello},
	{"media type", create + "\nContent-Type: text/plain\n\n{}", contract.RuleBody, "", create + strings.Replace(hello, "json", "json; charset=utf-8", 1)},
	{"media type of another operation", add + form("payload_json", "{}"), contract.RuleBody, "", add + command},
	{"form fields", create + "\nContent-Type: application/x-www-form-urlencoded\n\ncontent=a", contract.RuleBody, "", create + hello},
	{"not JSON", create + asJSON + "{", contract.RuleBody, "", create + hello},
	{"two values", create + hello + "{}", contract.RuleBody, "", create + hello + "\n"},
	{"boundary", create + strings.Replace(form("payload_json", "{}"), "=b", "=c", 1), contract.RuleBody, "form payload_json", create + withFile("files[0]")},
	{"cut off", create + strings.TrimSuffix(withFile("files[0]"), "--b--\r\n"), contract.RuleBody, "", create + withFile("files[0]")},
	{"payload_json", create + form("files[0]", "a"), contract.RuleBody, "form payload_json", create + form("payload_json", hello[len(asJSON):])},

	{"part", create + withFile("file"), contract.RuleUnknown, "form file", create + withFile("files[0]")},
	{"eleventh file", create + withFile("files[10]"), contract.RuleUnknown, "form files[10]", create + withFile("files[9]")},
	{"no name", create + strings.Replace(withFile("files[0]"), `; filename="f"`, "", 1), contract.RuleFile, "form files[0]", create + withFile("files[0]")},
	{"two of a name", create + withFile(`files[0]`, "files[0]"), contract.RuleFile, "form files[0]", create + withFile("files[0]", "files[1]")},
	{"size", create + strings.Replace(withFile("files[0]"), "a file", strings.Repeat("a", 10<<20+1), 1), contract.RuleFile, "form files[0]",
		create + strings.Replace(withFile("files[0]"), "a file", strings.Repeat("a", 10<<20), 1)},
	{"request size", create + asJSON + `{"content":"a",` + quiet + strings.Repeat(" ", 25<<20) + `}`, contract.RuleFile, "", create + hello},
	{"in the form", create + form("payload_json", `{"content":"a"}`), contract.RuleAllowedMentions, "/allowed_mentions",
		create + form("payload_json", `{"content":"a",`+quiet+`}`)},
	{"a file is enough", create + form("payload_json", `{`+quiet+`}`), contract.RuleEmpty, "",
		create + strings.Replace(withFile("files[0]"), `"content":"a",`, "", 1)},
	{"fields as parts", "POST /guilds/1/stickers" + form("name", "ab", "tags", "c"), contract.RuleSchema, "",
		"POST /guilds/1/stickers" + form("name", "ab", "tags", "c", "file", "d")},
}

func TestRequests(t *testing.T) {
	for _, tt := range requestCases {
		t.Run(string(tt.rule)+"/"+tt.name, func(t *testing.T) {
			for _, v := range check(t, request(t, tt.right)) {
				t.Errorf("right request: %v", v)
			}
			got := check(t, request(t, tt.wrong))
			if len(got) != 1 || got[0].Rule != tt.rule || got[0].Pointer != tt.pointer {
				t.Errorf("wrong request: got %v, want one of %s at %q", got, tt.rule, tt.pointer)
			}
		})
	}
}

func TestRouteOfViolation(t *testing.T) {
	for wrong, want := range map[string]string{
		"POST /api/v10/channels/1/messages?x=1": "POST /channels/{channel_id}/messages",
		"GET /api/v10/nowhere?x=1":              "GET /nowhere",
		"GET /api/v9/gateway":                   "GET /api/v9/gateway",
	} {
		for _, v := range check(t, request(t, wrong)) {
			if v.Route != want {
				t.Errorf("route of %s = %q, want %q", wrong, v.Route, want)
			}
		}
	}
}

// TestDetail proves that an error is about the reading or branch that was meant.
func TestDetail(t *testing.T) {
	for wrong, want := range map[string]string{
		"GET /channels/007":                 "pattern",
		"GET /channels/1/messages?limit=0":  "minimum",
		callback + asJSON + `{"type":9}`:    "missing property 'data'",
		callback + asJSON + `{"type":99}`:   "none of the alternatives",
		"GET /channels/1/messages?limit=ab": "want integer",
		"PUT /channels/1":                   "method not allowed for /channels/{channel_id}",
	} {
		got := check(t, request(t, wrong))
		if len(got) != 1 || !strings.Contains(got[0].Detail, want) {
			t.Errorf("Check(%q) = %v, want one with %q", wrong, got, want)
		}
	}
}

// form is a multipart body of names and texts.
func form(nameAndText ...string) string {
	var b strings.Builder
	b.WriteString("\nContent-Type: multipart/form-data; boundary=b\n\n")
	for i := 0; i < len(nameAndText); i += 2 {
		file := ""
		if strings.HasPrefix(nameAndText[i], "file") {
			file = `; filename="f"`
		}
		b.WriteString("--b\r\nContent-Disposition: form-data; name=\"" + nameAndText[i] + `"` + file + "\r\n\r\n" + nameAndText[i+1] + "\r\n")
	}
	return b.String() + "--b--\r\n"
}

// withFile is a message with files.
func withFile(names ...string) string {
	parts := []string{"payload_json", `{"content":"a",` + quiet + `}`}
	for _, name := range names {
		parts = append(parts, name, "a file")
	}
	return form(parts...)
}
