package contract

import (
	"fmt"
	"strings"
)

// messageFlags is the bit set of
// https://docs.discord.com/developers/resources/message#message-object-message-flags.
type messageFlags int64

const (
	suppressEmbeds        messageFlags = 1 << 2
	ephemeral             messageFlags = 1 << 6
	suppressNotifications messageFlags = 1 << 12
	isVoiceMessage        messageFlags = 1 << 13
	isComponentsV2        messageFlags = 1 << 15
)

// check reports the flags that may not be set.
func (m messageFlags) check(f *findings, at string, allowed messageFlags) {
	if wrong := m &^ allowed; wrong != 0 {
		f.add(at, RuleFlags, "may not set %s here", wrong)
	}
}

// String lists the flags as shifts, as Discord's documentation does.
func (m messageFlags) String() string {
	var names []string
	for i := range 63 {
		if m&(1<<i) != 0 {
			names = append(names, fmt.Sprintf("1 << %d", i))
		}
	}
	return strings.Join(names, " | ")
}

// checkDeferral checks the promise to answer later. All that it can say of the
// answer is whether it will be ephemeral.
func checkDeferral(f *findings, p *payload) {
	var data struct {
		Flags messageFlags `json:"flags"`
	}
	if p.json != nil && decode(p.json, &data) {
		data.Flags.check(f, "/data/flags", ephemeral)
	}
}
