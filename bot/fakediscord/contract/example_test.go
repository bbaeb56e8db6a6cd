package contract_test

import (
	"fmt"
	"log"
	"net/http"

	"verbatim/bot/fakediscord/contract"
)

func ExampleChecker_Check() {
	c, err := contract.New()
	if err != nil {
		log.Fatal(err)
	}
	errs := c.Check(contract.Request{
		Method: http.MethodPost,
		Path:   "/api/v10/channels/290926798626357999/messages",
		Header: http.Header{"Content-Type": {"application/json"}},
		Body:   []byte(`{"contents": "Hello, world!"}`),
	})
	for _, err := range errs {
		fmt.Println(err)
	}
	// Output:
	// POST /channels/{channel_id}/messages: /contents: unknown-field: the schema has no such field
	// POST /channels/{channel_id}/messages: /allowed_mentions: allowed-mentions: missing
	// POST /channels/{channel_id}/messages: request: empty-message: no content, embeds, components, files, stickers or poll
}
