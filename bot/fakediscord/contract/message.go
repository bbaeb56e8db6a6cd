package contract

import (
	"encoding/json"
	"slices"
	"unicode/utf8"
)

const maxContent = 2000

// message is a message to be sent, or the changes to one.
type message struct {
	Content         string           `json:"content"`
	Embeds          []embed          `json:"embeds"`
	Components      []component      `json:"components"`
	AllowedMentions *allowedMentions `json:"allowed_mentions"`
	Flags           messageFlags     `json:"flags"`
	StickerIDs      []string         `json:"sticker_ids"`
	Poll            json.RawMessage  `json:"poll"`
	Theme           json.RawMessage  `json:"shared_client_theme"`
	Reference       struct {
		Type int `json:"type"`
	} `json:"message_reference"`
}

type allowedMentions struct {
	Parse []string `json:"parse"`
	Roles []string `json:"roles"`
	Users []string `json:"users"`
}

// sending is a way to send a message.
type sending struct {
	edits bool         // changes a message, so may leave everything out
	flags messageFlags // that may be set
}

var (
	createMessage = sending{flags: suppressEmbeds | suppressNotifications | isVoiceMessage | isComponentsV2}
	editMessage   = sending{flags: suppressEmbeds | isComponentsV2, edits: true}
	followup      = sending{flags: suppressEmbeds | ephemeral | suppressNotifications | isComponentsV2}
	respond       = sending{flags: suppressEmbeds | ephemeral | suppressNotifications | isVoiceMessage | isComponentsV2}
	update        = sending{flags: respond.flags, edits: true}
)

// body checks a request that is a message.
func (s sending) body(f *findings, p *payload) {
	var m message
	if decode(p.json, &m) {
		s.check(f, "", &m, p.hasFiles)
	}
}

// data checks the message in a callback. A callback without data is one with
// an empty message.
func (s sending) data(f *findings, p *payload) {
	var m message
	if p.json == nil || decode(p.json, &m) {
		s.check(f, "/data", &m, p.hasFiles)
	}
}

func (s sending) check(f *findings, at string, m *message, hasFiles bool) {
	m.AllowedMentions.check(f, at+"/allowed_mentions")
	if n := utf8.RuneCountInString(m.Content); n > maxContent {
		f.add(at+"/content", RuleContent, "%d characters, at most %d", n, maxContent)
	}
	if !s.edits && m.empty() && !hasFiles {
		f.add(at, RuleEmpty, "no content, embeds, components, files, stickers or poll")
	}
	m.Flags.check(f, at+"/flags", s.flags)
	checkEmbedSum(f, at+"/embeds", m.Embeds)
	m.checkLayout(f, at, s.edits)
	checkComponents(f, at+"/components", m.Components)
}

// empty tells whether nothing would be seen of m. A forwarded message needs
// nothing of its own.
func (m *message) empty() bool {
	const forward = 1
	return m.Content == "" && m.legacyParts() == "" && len(m.Components) == 0 &&
		isNull(m.Theme) && m.Reference.Type != forward
}

// legacyParts names a part besides content that no message may have together
// with the components of version 2, empty if m has none.
func (m *message) legacyParts() string {
	switch {
	case len(m.Embeds) > 0:
		return "embeds"
	case len(m.StickerIDs) > 0:
		return "sticker_ids"
	case !isNull(m.Poll):
		return "poll"
	}
	return ""
}

func isNull(v json.RawMessage) bool { return v == nil || string(v) == "null" }

// check demands that someone thought about mentions. Without the field Discord
// notifies whoever the content mentions.
func (a *allowedMentions) check(f *findings, at string) {
	if a == nil {
		f.add(at, RuleAllowedMentions, "missing")
		return
	}
	if slices.Contains(a.Parse, "users") && len(a.Users) > 0 {
		f.add(at+"/users", RuleAllowedMentions, `excludes "users" in parse`)
	}
	if slices.Contains(a.Parse, "roles") && len(a.Roles) > 0 {
		f.add(at+"/roles", RuleAllowedMentions, `excludes "roles" in parse`)
	}
}
