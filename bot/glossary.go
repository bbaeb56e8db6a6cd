package bot

import (
	"context"
	"errors"
	"strings"

	"github.com/bwmarrin/discordgo"

	"verbatim/answers"
)

// glossaryCommand answers /glossary: the groups of equal terms, to which one can be added.
func (b *Bot) glossaryCommand(ctx context.Context, t *turn, _ command) error {
	return b.openDesk(ctx, t, &groupList{})
}

// A groupList shows the glossary, a page at a time, or one group of it.
type groupList struct {
	plain
	from   int
	chosen string        // ID of the group that is shown, "" for the list
	seen   answers.Group // as it was shown last
	terms  string        // as they were written last, "" for those of the group
}

// What the buttons of the glossary do, besides those of lists and cards.
const deskNewGroup = deskPrefix + "group"

func (l *groupList) window(w words, action string) *modal {
	title, value := "form_group", ""
	switch {
	case action == deskEdit && l.chosen != "":
		title, value = "form_group_edit", strings.Join(l.seen.Terms, "\n")
	case action != deskNewGroup:
		return nil
	}
	if l.terms != "" {
		value = l.terms
	}
	return &modal{title: w.say(title), action: action, fields: []field{
		{name: "terms", label: w.say("form_terms"), hint: w.say("form_terms_hint"), value: value, most: maxField, lines: true, required: true},
	}}
}

func (l *groupList) submit(ctx context.Context, s *bench, action string, values map[string]string) error {
	var err error
	store, terms := s.bot.options.Curated, fieldLines(values["terms"])
	l.terms = values["terms"] // which stands in the window again if it can't be stored
	if action == deskNewGroup {
		_, err = store.AddGroup(ctx, s.guild, s.at.user, terms)
	} else {
		_, err = store.EditGroup(ctx, s.guild, l.chosen, l.seen.Revision, s.at.user, terms)
	}
	if err != nil {
		return l.wrong(s, err)
	}
	l.terms = ""
	s.done("group_saved")
	return nil
}

// wrong says why a group can't be stored so.
func (l *groupList) wrong(s *bench, err error) error {
	var outdated *answers.OutdatedGroupError
	switch {
	case errors.Is(err, answers.ErrTerms):
		s.note("group_wrong")
	case errors.As(err, &outdated):
		l.seen = outdated.Current
		s.note("answer_outdated", "Who", s.words.person(outdated.Current.Editor))
	default:
		return err
	}
	return nil
}

func (l *groupList) press(ctx context.Context, s *bench, action string, values []string) error {
	switch action {
	case deskFirst:
		l.from = max(0, l.from-answersPage)
	case deskMost:
		l.from += answersPage
	case deskBack:
		l.chosen, l.terms = "", ""
	case deskOpen:
		if len(values) == 1 {
			l.chosen, l.terms = values[0], ""
		}
	case deskDelete:
		if l.chosen == "" {
			return nil
		}
		if err := s.bot.options.Curated.RemoveGroup(ctx, s.guild, l.chosen, l.seen.Revision); err != nil {
			return l.wrong(s, err)
		}
		l.chosen = ""
		s.done("group_removed", "Terms", enumerated(l.seen.Terms))
	}
	return nil
}

func (l *groupList) show(ctx context.Context, s *bench) (reply, error) {
	all, err := s.bot.options.Curated.Glossary(ctx, s.access)
	if err != nil {
		return reply{}, err
	}
	w := s.words
	for _, g := range all {
		if g.ID != l.chosen {
			continue
		}
		l.seen = g
		text := []string{"**" + w.say("group_title") + "**"}
		for _, term := range g.Terms {
			text = append(text, "- "+escape(cut(term, maxEntry, escapedLen)))
		}
		text = append(text, smallSign+w.say("group_by", "Who", s.words.person(g.Editor), "When", moment(g.Edited)))
		return reply{content: lines(text...), rows: rowOf(nil,
			s.button("button_edit", deskEdit, discordgo.PrimaryButton),
			s.button("button_delete", deskDelete, discordgo.DangerButton),
			s.button("button_back", deskBack, discordgo.SecondaryButton))}, nil
	}
	if l.chosen != "" { // somebody else has removed it
		l.chosen = ""
		s.note("desk_gone")
	}
	return l.showList(s, all), nil
}

func (l *groupList) showList(s *bench, all []answers.Group) reply {
	w := s.words
	added := s.button("button_group", deskNewGroup, discordgo.PrimaryButton)
	if len(all) == 0 {
		return reply{content: w.say("groups_none"), rows: rowOf(nil, added)}
	}
	if l.from >= len(all) {
		l.from = 0
	}
	page := all[l.from:min(l.from+answersPage, len(all))]
	text := []string{w.count("groups_title", len(all), "From", l.from+1, "To", l.from+len(page))}
	var options []discordgo.SelectMenuOption
	for _, g := range page {
		terms := strings.Join(g.Terms, " = ")
		text = append(text, "- "+escape(cut(terms, maxEntry, escapedLen)))
		options = append(options, discordgo.SelectMenuOption{Label: label(terms), Value: g.ID})
	}
	buttons := []discordgo.MessageComponent{added}
	if len(all) > answersPage {
		buttons = append(buttons, s.pageButtons(l.from, len(all))...)
	}
	rows := []discordgo.MessageComponent{selectRow(s.customID(deskOpen), w.say("groups_choose"), options)}
	return reply{content: lines(text...), rows: rowOf(rows, buttons...)}
}

// pageButtons turn the pages of a list.
func (s *bench) pageButtons(from, of int) []discordgo.MessageComponent {
	button := func(text, action string, disabled bool) discordgo.MessageComponent {
		return discordgo.Button{Label: s.words.say(text), Style: discordgo.SecondaryButton, CustomID: s.customID(action), Disabled: disabled}
	}
	return []discordgo.MessageComponent{button("button_earlier_page", deskFirst, from == 0), button("button_later_page", deskMost, from+answersPage >= of)}
}
