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
	pages
	chosen string        // ID of the group that is shown, "" for the list
	seen   answers.Group // as it was shown last
	terms  string        // as they were written last, "" for those of the group
}

// What the buttons of the glossary do, besides those of lists and cards.
const onNewGroup = deskPrefix + "group"

func (l *groupList) window(w words, action string) *modal {
	title, value := "form_group", ""
	switch {
	case action == onEdit && l.chosen != "":
		title, value = "form_group_edit", strings.Join(l.seen.Terms, "\n")
	case action != onNewGroup:
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
	if action == onNewGroup {
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
	var taken *answers.TakenTermError
	switch {
	case errors.As(err, &taken):
		s.note("group_taken", "Term", escape(taken.Term), "Terms", escape(cut(strings.Join(taken.Group.Terms, " = "), maxEntry, escapedLen)))
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

func (l *groupList) press(ctx context.Context, s *bench, action string, p press) error {
	if l.turn(action, answersPage) {
		return nil
	}
	switch action {
	case onBack:
		l.chosen, l.terms = "", ""
	case onOpen:
		l.chosen, l.terms = p.one(), ""
	case onDelete:
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
			s.button("button_edit", onEdit, discordgo.PrimaryButton),
			s.button("button_delete", onDelete, discordgo.DangerButton),
			s.button("button_back", onBack, discordgo.SecondaryButton))}, nil
	}
	if l.chosen != "" { // somebody else has removed it
		l.chosen = ""
		s.note("desk_gone")
	}
	return l.showList(s, all), nil
}

func (l *groupList) showList(s *bench, all []answers.Group) reply {
	w := s.words
	added := s.button("button_group", onNewGroup, discordgo.PrimaryButton)
	if len(all) == 0 {
		return reply{content: w.say("groups_none"), rows: rowOf(nil, added)}
	}
	from, to := l.at(answersPage, len(all))
	text := []string{w.count("groups_title", len(all), "From", from+1, "To", to)}
	var options []discordgo.SelectMenuOption
	for _, g := range all[from:to] {
		terms := strings.Join(g.Terms, " = ")
		text = append(text, "- "+escape(cut(terms, maxEntry, escapedLen)))
		options = append(options, discordgo.SelectMenuOption{Label: label(terms), Value: g.ID})
	}
	rows := []discordgo.MessageComponent{s.choose(onOpen, "groups_choose", options)}
	return reply{content: lines(text...), rows: rowOf(rows, append([]discordgo.MessageComponent{added}, l.buttons(s, answersPage, len(all))...)...)}
}
