package bot

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"verbatim/config"
)

// settings answers /settings: all settings of the guild, and a page for each.
func (b *Bot) settings(ctx context.Context, t *turn, _ command) error {
	return b.openDesk(ctx, t, allSettings{})
}

// A setting is what moderators can set on a page of its own.
type setting struct {
	name        string // of the setting in package config, or of what else is set
	title, does string // texts
	values      map[string]string
	kind        settingKind
}

// A settingKind is how the value of a setting is chosen.
type settingKind int

const (
	oneValue settingKind = iota
	someRoles
	someChannels
	oneChannel
)

// settingsOf are those of package config, in the order in which they are shown.
var settingsOf = []setting{
	{name: "language", title: "set_language", does: "set_language_does", values: map[string]string{
		"auto": "value_auto", "fr": "language_fr", "es": "language_es", "en": "language_en"}},
	{name: "excerpts", title: "set_excerpts", does: "set_excerpts_does"},
	{name: "answers", title: "set_answers", does: "set_answers_does", values: map[string]string{
		"few": "value_few", "balanced": "value_balanced", "many": "value_many"}},
	{name: "private", title: "set_private", does: "set_private_does", values: map[string]string{"no": "value_no", "yes": "value_yes"}},
	{name: "channels", title: "set_channels", does: "set_channels_does", kind: someChannels},
	{name: "moderator_roles", title: "set_roles", does: "set_roles_does", kind: someRoles},
	{name: "retention", title: "set_retention", does: "set_retention_does"},
	{name: "digest", title: "set_digest", does: "set_digest_does", values: map[string]string{
		"off": "value_off", "daily": "value_daily", "weekly": "value_weekly"}},
	{name: "digest_channel", title: "set_digest_channel", does: "set_digest_channel_does", kind: oneChannel},
	{name: "log_channel", title: "set_log_channel", does: "set_log_channel_does", kind: oneChannel},
}

// What else is set stands in other tables and has pages of its own.
var otherSettings = []struct {
	setting
	open func() work
}{
	{setting{name: "forums", title: "set_forums"}, func() work { return new(forumsPage) }},
	{setting{name: "courses", title: "set_courses"}, func() work { return new(coursesPage) }},
	{setting{name: "quotes", title: "set_quotes"}, func() work { return new(quotesPage) }},
}

// What is pressed on pages of settings.
const (
	onAll   = deskPrefix + "all"
	onValue = deskPrefix + "value"
	onReset = deskPrefix + "reset"
)

// allSettings is the page with all settings.
type allSettings struct{ plain }

func (allSettings) press(_ context.Context, s *bench, _ string, p press) error {
	for _, set := range settingsOf {
		if set.name == p.one() {
			s.work = oneSetting{setting: set}
		}
	}
	for _, set := range otherSettings {
		if set.name == p.one() {
			s.work = set.open()
		}
	}
	return nil
}

func (allSettings) show(ctx context.Context, s *bench) (reply, error) {
	entries, err := s.bot.options.Settings.List(ctx, s.guild)
	if err != nil {
		return reply{}, err
	}
	var changed, usual []string // lines
	var options []discordgo.SelectMenuOption
	add := func(set setting, value string, isDefault bool) {
		of := &changed
		if isDefault {
			of = &usual
		}
		*of = append(*of, "- "+s.say("settings_line", "Name", s.say(set.title), "Value", value))
		options = append(options, discordgo.SelectMenuOption{Label: label(s.say(set.title)), Value: set.name})
	}
	for _, set := range settingsOf {
		for _, e := range entries {
			if e.Name == set.name {
				add(set, s.inForce(set, e.Value), !e.Set)
			}
		}
	}
	counts, err := s.counts(ctx)
	if err != nil {
		return reply{}, err
	}
	for i, set := range otherSettings {
		value := s.words.count(countTexts[set.name], counts[i])
		if counts[i] == 0 {
			value = s.say(cmp.Or(map[string]string{"quotes": "value_any"}[set.name], "value_none"))
		}
		add(set.setting, value, counts[i] == 0)
	}
	text := []string{"**" + s.say("settings_title") + "**"}
	if changed != nil {
		text = append(append(text, s.say("settings_changed")), changed...)
	}
	if usual != nil {
		text = append(append(text, s.say("settings_default")), usual...)
	}
	return reply{content: lines(text...), rows: []discordgo.MessageComponent{
		s.choose(onOpen, "settings_choose", options),
	}}, nil
}

// countTexts say how many of the other settings there are.
var countTexts = map[string]string{"forums": "count_forums", "courses": "count_courses", "quotes": "count_quotes"}

// counts returns how many of the other settings there are, in their order.
func (s *bench) counts(ctx context.Context) ([]int, error) {
	forums, err := s.bot.options.Homes.Forums(ctx, s.guild)
	if err != nil {
		return nil, err
	}
	settings, err := s.bot.options.Settings.Get(ctx, s.guild)
	if err != nil {
		return nil, err
	}
	limits, err := s.quoteLimits(ctx)
	return []int{len(forums), len(settings.Courses), len(limits)}, err
}

// shownIDs is how many roles or channels are named in a list.
const shownIDs = 5

// inForce writes the value of a setting that is in force, and that the bot can't do it.
func (s *bench) inForce(set setting, value string) string {
	text := s.valueOf(set, value)
	if set.name == "log_channel" && s.bot.isSilenced(s.guild, value) {
		text += " ⚠️ " + s.say("channel_silent")
	}
	return text
}

// valueOf writes the value of a setting for people.
func (s *bench) valueOf(set setting, value string) string {
	or := value
	if set.kind != oneValue && value != "" {
		or = s.mentionsOf(set.kind, strings.Split(value, ","))
	}
	return s.words.valued(set, value, or)
}

// mentionsOf names roles or channels, a few of many.
func (s *bench) mentionsOf(kind settingKind, ids []string) string {
	sign := "<#"
	if kind == someRoles {
		sign = "<@&"
	}
	var all []string
	for _, id := range ids[:min(len(ids), shownIDs)] {
		all = append(all, sign+id+">")
	}
	text := strings.Join(all, ", ")
	if more := len(ids) - len(all); more > 0 {
		text += " " + s.words.count("and_more", more)
	}
	return text
}

// oneSetting is the page of one setting of package config.
type oneSetting struct {
	plain
	setting
}

func (o oneSetting) press(ctx context.Context, s *bench, action string, p press) error {
	switch action {
	case onAll:
		s.work = allSettings{}
	case onReset:
		return o.set(ctx, s, nil)
	case onValue:
		return o.set(ctx, s, &p)
	}
	return nil
}

// set takes what was chosen, nil for the default.
func (o oneSetting) set(ctx context.Context, s *bench, p *press) error {
	if o.name == "moderator_roles" && !s.at.permissions.may(permissionManageMessages) {
		s.note("roles_not_yours") // else who has a role could give it on
		return nil
	}
	settings := s.bot.options.Settings
	var err error
	switch {
	case p == nil:
		err = settings.Reset(ctx, s.guild, o.name)
	case o.kind != oneValue && !p.resolves(): // nothing is written where Discord does not name
		err = config.ErrNotAllowed
	case o.kind == oneChannel && p.one() != "":
		var ok bool
		if ok, err = s.mayPost(ctx, p.one(), o.setting); err != nil || !ok {
			return err
		}
		fallthrough
	default:
		err = settings.Set(ctx, s.guild, o.name, strings.Join(p.Values, ","))
	}
	if err != nil {
		return err
	}
	if o.name == "log_channel" {
		s.bot.trySpeaking(s.guild)
	}
	s.done("set_done")
	if o.name == "moderator_roles" && p != nil && len(p.Values) > 0 {
		s.notes = append(s.notes, s.say("roles_hint"))
	}
	return nil
}

// mayPost reports whether the bot can write in a channel, by a message that says what will
// stand there.
func (s *bench) mayPost(ctx context.Context, channel string, set setting) (bool, error) {
	settings, err := s.bot.options.Settings.Get(ctx, s.guild)
	if err != nil {
		return false, err
	}
	w := s.words
	if settings.Language != "auto" {
		w = wordsIn(settings.Language)
	}
	_, err = s.bot.post(ctx, channel, "", "set-"+s.turn.ID, reply{content: w.say("channel_chosen", "Name", w.say(set.title))})
	if refused(err) {
		s.note("channel_refused", "Channel", "<#"+channel+">")
		return false, nil
	}
	return err == nil, err
}

func (o oneSetting) show(ctx context.Context, s *bench) (reply, error) {
	entries, err := s.bot.options.Settings.List(ctx, s.guild)
	if err != nil {
		return reply{}, err
	}
	i := slices.IndexFunc(entries, func(e config.GuildEntry) bool { return e.Name == o.name })
	e := entries[i] // a test looks for each
	text := []string{
		"**" + s.say(o.title) + "**", s.say(o.does),
		s.say("settings_now", "Value", s.inForce(o.setting, e.Value), "Default", s.valueOf(o.setting, e.Default)),
	}
	rows := []discordgo.MessageComponent{o.control(s, e)}
	return reply{content: lines(text...), rows: rowOf(rows,
		s.greyable("button_default", onReset, !e.Set), s.button("button_settings", onAll, discordgo.SecondaryButton))}, nil
}

// control is that with which the value is chosen.
func (o oneSetting) control(s *bench, e config.GuildEntry) discordgo.MessageComponent {
	switch o.kind {
	case someRoles:
		return s.entities(entitySelect{action: onValue, placeholder: "choose_roles", kind: someRoles, most: e.Most, chosen: e.IDs()})
	case someChannels:
		return s.entities(entitySelect{action: onValue, placeholder: "choose_channels", most: e.Most, chosen: e.IDs(), types: placesToAsk})
	case oneChannel:
		return s.entities(entitySelect{action: onValue, placeholder: "choose_channel", least: 1, most: 1, chosen: e.IDs(), types: placesToPost})
	}
	var options []discordgo.SelectMenuOption
	for _, value := range e.Allowed {
		options = append(options, discordgo.SelectMenuOption{Label: label(s.valueOf(o.setting, value)), Value: value, Default: value == e.Value})
	}
	return s.choose(onValue, "choose_value", options)
}

// Channels in which can be asked, and written.
var (
	placesToAsk = []discordgo.ChannelType{
		discordgo.ChannelTypeGuildText, discordgo.ChannelTypeGuildVoice, discordgo.ChannelTypeGuildNews,
		discordgo.ChannelTypeGuildForum, discordgo.ChannelTypeGuildStageVoice,
	}
	placesToPost = []discordgo.ChannelType{discordgo.ChannelTypeGuildText, discordgo.ChannelTypeGuildNews}
)

// settingsCommand is /settings as Discord is to have it.
func settingsCommand() *discordgo.ApplicationCommand {
	return forModerators(commandNamed(nameSettings, false))
}
