package bot

import (
	"context"

	"github.com/bwmarrin/discordgo"

	"verbatim/corpus"
)

// An accessPage says who sees a course, and changes it.
type accessPage struct {
	plain
	course          string
	roles, channels []string // that were chosen in the selects as they were shown
}

func (a *accessPage) limits(ctx context.Context, s *bench) (*corpus.Limits, int, error) {
	courses, err := s.bot.options.Texts.Courses(ctx, s.access)
	for _, c := range courses {
		if alike(c.Name, a.course) {
			return c.Limits, c.Documents, err
		}
	}
	return nil, 0, err
}

func (a *accessPage) press(ctx context.Context, s *bench, action string, p press) error {
	change := func(*corpus.Limits) *corpus.Limits { return nil } // to everybody
	switch action {
	case onEveryone:
	case onNobody:
		change = func(*corpus.Limits) *corpus.Limits { return &corpus.Limits{} }
	case onRoles, onChannel:
		if !p.resolves() {
			return corpus.ErrLimits
		}
		change = func(now *corpus.Limits) *corpus.Limits {
			var wanted corpus.Limits
			if now != nil {
				wanted = *now // another moderator may have changed the other half
			}
			if action == onRoles {
				wanted.Roles = chosenOf(p.Values, a.roles, wanted.Roles)
			} else {
				wanted.Channels = chosenOf(p.Values, a.channels, wanted.Channels)
			}
			return &wanted
		}
	default:
		return nil
	}
	err := s.bot.options.Texts.ChangeLimits(ctx, s.guild, a.course, change)
	if err == nil {
		s.done("set_done")
	}
	return err
}

func (a *accessPage) show(ctx context.Context, s *bench) (reply, error) {
	limits, documents, err := a.limits(ctx, s)
	if err != nil {
		return reply{}, err
	}
	title := s.say("access_without")
	if a.course != "" {
		title = s.say("access_course", "Course", escape(cut(a.course, maxTitle, escapedLen)))
	}
	text := []string{"**" + title + "** · " + s.words.count("texts", documents)}
	if a.course != "" && documents == 0 { // it may be limited before its texts come, or be misspelt
		text = append(text, "⚠️ "+s.say("draft_course", "Course", escape(cut(a.course, maxTitle, escapedLen))))
	}
	var roles, channels []string
	switch {
	case limits == nil:
		text = append(text, s.say("access_everyone"))
	case len(limits.Roles)+len(limits.Channels) == 0:
		text = append(text, s.say("access_nobody"))
	default:
		roles, channels = limits.Roles, limits.Channels
		if len(roles) > 0 {
			text = append(text, s.say("access_roles", "Roles", s.mentionsOf(someRoles, roles)))
		}
		if len(channels) > 0 {
			text = append(text, s.say("access_channels", "Channels", s.mentionsOf(someChannels, channels)))
		}
	}
	a.roles, a.channels = offered(roles), offered(channels)
	text = append(text, s.beyond(roles), s.beyond(channels))
	rows := []discordgo.MessageComponent{
		s.entities(entitySelect{action: onRoles, placeholder: "choose_roles", kind: someRoles, most: maxOptions, chosen: roles}),
		s.entities(entitySelect{action: onChannel, placeholder: "choose_channels", most: maxOptions, chosen: channels, types: placesToAsk}),
	}
	return reply{content: lines(text...), rows: rowOf(rows,
		s.button("button_everyone", onEveryone, discordgo.SecondaryButton), s.button("button_nobody", onNobody, discordgo.SecondaryButton))}, nil
}
