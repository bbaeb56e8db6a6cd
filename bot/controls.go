package bot

import (
	"slices"

	"github.com/bwmarrin/discordgo"
)

// What is pressed and chosen at desks.

// button returns a button of the desk.
func (s *bench) button(text, action string, style discordgo.ButtonStyle) discordgo.MessageComponent {
	return discordgo.Button{Label: s.say(text), Style: style, CustomID: s.customID(action)}
}

// greyable returns a button that can't be pressed now, or can.
func (s *bench) greyable(text, action string, disabled bool) discordgo.MessageComponent {
	return discordgo.Button{Label: s.say(text), Style: discordgo.SecondaryButton, CustomID: s.customID(action), Disabled: disabled}
}

// rowOf adds a row of buttons to rows, if there is any button.
func rowOf(rows []discordgo.MessageComponent, buttons ...discordgo.MessageComponent) []discordgo.MessageComponent {
	if len(buttons) == 0 {
		return rows
	}
	return append(rows, discordgo.ActionsRow{Components: buttons})
}

// choose returns a row with a select of texts.
func (s *bench) choose(action, placeholder string, options []discordgo.SelectMenuOption) discordgo.MessageComponent {
	return selectRow(s.customID(action), s.say(placeholder), options)
}

// An entitySelect is a select of roles or channels.
type entitySelect struct {
	action, placeholder string
	kind                settingKind
	least, most         int
	chosen              []string // their IDs: as many as there is room for stand in it
	types               []discordgo.ChannelType
}

// entities returns a row with a select of roles or channels.
func (s *bench) entities(e entitySelect) discordgo.MessageComponent {
	menu := discordgo.SelectMenu{
		MenuType: discordgo.ChannelSelectMenu, CustomID: s.customID(e.action), Placeholder: s.say(e.placeholder),
		MinValues: &e.least, MaxValues: e.most, ChannelTypes: e.types,
	}
	of := discordgo.SelectMenuDefaultValueChannel
	if e.kind == someRoles {
		menu.MenuType, of = discordgo.RoleSelectMenu, discordgo.SelectMenuDefaultValueRole
	}
	for _, id := range offered(e.chosen) {
		menu.DefaultValues = append(menu.DefaultValues, discordgo.SelectMenuDefaultValue{ID: id, Type: of})
	}
	return discordgo.ActionsRow{Components: []discordgo.MessageComponent{menu}}
}

// offered returns which roles or channels stand in a select: as many as there is room for.
func offered(ids []string) []string { return ids[:min(len(ids), maxOptions)] }

// chosenOf returns what is set when some roles or channels are chosen of those that were
// offered: others that are set now stay, for who chose did not see them.
func chosenOf(chosen, offered, now []string) []string {
	all := slices.Clone(chosen)
	for _, id := range now {
		if !slices.Contains(offered, id) && !slices.Contains(all, id) {
			all = append(all, id)
		}
	}
	return all
}

// beyond says that a select has not room for all roles or channels, "" where it has.
func (s *bench) beyond(ids []string) string {
	if more := len(ids) - maxOptions; more > 0 {
		return smallSign + s.words.count("select_beyond", more, "Shown", maxOptions)
	}
	return ""
}
