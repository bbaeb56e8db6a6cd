package contract

import "encoding/json"

// rules maps an operation to the rules for its body.
var rules = map[string]func(*findings, *payload){
	"POST /channels/{channel_id}/messages":               createMessage.body,
	"PATCH /channels/{channel_id}/messages/{message_id}": editMessage.body,
	"POST /channels/{channel_id}/threads":                checkThread,

	"POST /interactions/{interaction_id}/{interaction_token}/callback": checkCallback,

	"POST /webhooks/{webhook_id}/{webhook_token}":                        followup.body,
	"PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original":    editMessage.body,
	"PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}": editMessage.body,

	"PUT /applications/{application_id}/commands":                                  checkCommands,
	"POST /applications/{application_id}/commands":                                 checkCommand,
	"PATCH /applications/{application_id}/commands/{command_id}":                   checkCommandEdit,
	"PUT /applications/{application_id}/guilds/{guild_id}/commands":                checkCommands,
	"POST /applications/{application_id}/guilds/{guild_id}/commands":               checkCommand,
	"PATCH /applications/{application_id}/guilds/{guild_id}/commands/{command_id}": checkCommandEdit,
}

func checkRules(f *findings, route string, p *payload) {
	if check, ok := rules[route]; ok {
		check(f, p)
	}
}

// decode reads what a rule needs of the body. It returns false if the body is
// of another shape, which the schema has then reported.
func decode(data json.RawMessage, into any) bool {
	return json.Unmarshal(data, into) == nil
}

// checkThread checks the message that opens a forum post. A thread elsewhere
// has none.
func checkThread(f *findings, p *payload) {
	var thread struct {
		Message *message `json:"message"`
	}
	if decode(p.json, &thread) && thread.Message != nil {
		createMessage.check(f, "/message", thread.Message, p.hasFiles)
	}
}

// checkCallback checks the first answer to an interaction.
func checkCallback(f *findings, p *payload) {
	var callback struct {
		Type int             `json:"type"`
		Data json.RawMessage `json:"data"`
	}
	if !decode(p.json, &callback) {
		return
	}
	data := &payload{json: callback.Data, hasFiles: p.hasFiles}
	switch callback.Type {
	case 4:
		respond.data(f, data)
	case 5:
		checkDeferral(f, data)
	case 7:
		update.data(f, data)
	case 8:
		checkChoices(f, data)
	case 9:
		checkModal(f, data)
	}
}
