package bot

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"github.com/bwmarrin/discordgo"

	"verbatim/config"
	"verbatim/corpus"
)

// forumsPage is the page of the forums whose new posts are answered.
type forumsPage struct {
	plain
	offered []string // that were chosen in the select as it was shown
}

func (f *forumsPage) press(ctx context.Context, s *bench, action string, p press) error {
	switch {
	case action == onAll:
		s.work = allSettings{}
		return nil
	case action != onValue:
		return nil
	case !p.resolves() || slices.ContainsFunc(p.Values, func(id string) bool { return p.Resolved.Channels[id].Type != channelForum }):
		return config.ErrNotAllowed
	}
	now, err := s.bot.options.Homes.Forums(ctx, s.guild)
	if err != nil {
		return err
	}
	if err := s.bot.options.Homes.SetForums(ctx, s.guild, chosenOf(p.Values, f.offered, now)); err != nil {
		return err
	}
	s.done("set_done")
	return nil
}

func (f *forumsPage) show(ctx context.Context, s *bench) (reply, error) {
	forums, err := s.bot.options.Homes.Forums(ctx, s.guild)
	if err != nil {
		return reply{}, err
	}
	value := s.say("value_none")
	if len(forums) > 0 {
		value = s.mentionsOf(someChannels, forums)
	}
	f.offered = offered(forums)
	rows := []discordgo.MessageComponent{s.entities(entitySelect{
		action: onValue, placeholder: "choose_channels", most: maxOptions, chosen: forums, types: []discordgo.ChannelType{channelForum}})}
	return reply{
		content: lines("**"+s.say("set_forums")+"**", s.say("set_forums_does"), s.say("settings_now", "Value", value, "Default", s.say("value_none")), s.beyond(forums)),
		rows:    rowOf(rows, s.button("button_settings", onAll, discordgo.SecondaryButton)),
	}, nil
}

// coursesPage is the page of the courses of channels: first a channel is chosen, then its
// course.
type coursesPage struct {
	plain
	pages            // of the courses that are offered
	channel string   // "" for none yet
	offered []string // courses as they were shown: those of now may have others between them
}

const onChannel = deskPrefix + "channel"

// noCourse is the value of the choice of none: no course is longer than a choice.
const noCourse = "-"

// coursesOffered is how many courses a select has room for, beside none.
const coursesOffered = maxOptions - 1

func (c *coursesPage) press(ctx context.Context, s *bench, action string, p press) error {
	if c.turn(action, coursesOffered) {
		return nil
	}
	switch action {
	case onAll:
		s.work = allSettings{}
	case onChannel:
		if p.one() != "" && p.resolves() {
			c.channel = p.one()
		}
	case onValue:
		if p.one() == "" || c.channel == "" {
			return nil
		}
		course := ""
		if n, err := strconv.Atoi(p.one()); err == nil && n >= 0 && n < len(c.offered) {
			course = c.offered[n]
		}
		if err := s.bot.options.Settings.SetCourse(ctx, s.guild, c.channel, course); err != nil {
			return err
		}
		s.done("set_done")
	}
	return nil
}

// courses returns the names of the courses that have texts.
func (s *bench) courses(ctx context.Context) ([]string, error) {
	all, err := s.bot.options.Texts.Courses(ctx, s.access)
	var names []string
	for _, c := range all {
		if c.Name != "" && c.Documents > 0 {
			names = append(names, c.Name)
		}
	}
	return names, err
}

func (c *coursesPage) show(ctx context.Context, s *bench) (reply, error) {
	settings, err := s.bot.options.Settings.Get(ctx, s.guild)
	if err != nil {
		return reply{}, err
	}
	courses, err := s.courses(ctx)
	if err != nil {
		return reply{}, err
	}
	c.offered = courses
	text := []string{"**" + s.say("set_courses") + "**", s.say("set_courses_does")}
	if len(courses) == 0 {
		text = append(text, s.say("no_courses"))
	}
	var bound []string
	for channel, course := range settings.Courses {
		bound = append(bound, "- <#"+channel+"> — "+escape(cut(course, maxTitle, escapedLen)))
	}
	slices.Sort(bound)
	var rows, turn []discordgo.MessageComponent
	if len(courses) > 0 {
		var ids []string
		if c.channel != "" {
			ids = []string{c.channel}
		}
		rows = append(rows, s.entities(entitySelect{action: onChannel, placeholder: "choose_channel", least: 1, most: 1, chosen: ids, types: placesToAsk}))
	}
	if c.channel != "" && len(courses) > 0 {
		now := settings.Courses[c.channel]
		options := []discordgo.SelectMenuOption{{Label: label(s.say("course_none")), Value: noCourse, Default: now == ""}}
		from, to := c.at(coursesOffered, len(courses))
		for i, name := range courses[from:to] {
			options = append(options, discordgo.SelectMenuOption{Label: label(name), Value: strconv.Itoa(from + i), Default: alike(name, now)})
		}
		turn = c.buttons(s, coursesOffered, len(courses))
		rows = append(rows, s.choose(onValue, "choose_course", options))
	}
	rows = rowOf(rows, append(turn, s.button("button_settings", onAll, discordgo.SecondaryButton))...)
	return reply{content: lines(append(text, bound...)...), rows: rows}, nil
}

// quotesPage is the page of how long quotes may be, by licences and courses.
type quotesPage struct {
	plain
	pages                       // of what is offered
	of      corpus.QuoteLimit   // what is chosen, the zero QuoteLimit for nothing yet
	offered []corpus.QuoteLimit // as they were shown
}

// quoteLengths are those that can be chosen, in characters.
var quoteLengths = []int{100, 200, 300, 500, 1000}

func (q *quotesPage) press(ctx context.Context, s *bench, action string, p press) error {
	if q.turn(action, maxOptions) {
		return nil
	}
	if action == onAll {
		s.work = allSettings{}
		return nil
	}
	n, err := strconv.Atoi(p.one())
	switch {
	case err != nil: // it is forged
	case action == onOpen && n >= 0 && n < len(q.offered):
		q.of = q.offered[n]
	case action == onValue && q.of != corpus.QuoteLimit{}:
		limit := q.of
		limit.Runes = n
		if err := s.bot.options.Texts.SetQuoteLimit(ctx, s.guild, limit); err != nil {
			return err
		}
		s.done("set_done")
	}
	return nil
}

func (s *bench) quoteLimits(ctx context.Context) (corpus.QuoteLimits, error) {
	return s.bot.options.Texts.QuoteLimits(ctx, s.access)
}

// quotable returns the licences and courses whose quotes can be limited: those of texts,
// and those that are limited.
func (s *bench) quotable(ctx context.Context) ([]corpus.QuoteLimit, error) {
	documents, err := s.bot.options.Texts.Documents(ctx, s.access, false)
	if err != nil {
		return nil, err
	}
	limits, err := s.quoteLimits(ctx)
	if err != nil {
		return nil, err
	}
	var all []corpus.QuoteLimit // the texts first, whose spelling is that of people
	for _, d := range documents {
		all = append(all, corpus.QuoteLimit{Licence: d.Licence}, corpus.QuoteLimit{Course: d.Course})
	}
	var of []corpus.QuoteLimit
	for _, l := range append(all, limits...) {
		l.Runes = 0
		known := slices.ContainsFunc(of, func(o corpus.QuoteLimit) bool { return alike(o.Licence, l.Licence) && alike(o.Course, l.Course) })
		if l.Licence+l.Course != "" && !known {
			of = append(of, l)
		}
	}
	slices.SortFunc(of, func(a, b corpus.QuoteLimit) int {
		return cmp.Or(cmp.Compare(a.Course, b.Course), cmp.Compare(a.Licence, b.Licence))
	})
	return of, nil
}

// limited names what a limit of quotes is of.
func (w words) limited(l corpus.QuoteLimit) string {
	if l.Licence != "" {
		return w.say("quotes_licence", "Name", cut(visible(l.Licence), maxLabel/2, escapedLen))
	}
	return w.say("quotes_course", "Name", cut(visible(l.Course), maxLabel/2, escapedLen))
}

func (q *quotesPage) show(ctx context.Context, s *bench) (reply, error) {
	of, err := s.quotable(ctx)
	if err != nil {
		return reply{}, err
	}
	limits, err := s.quoteLimits(ctx)
	if err != nil {
		return reply{}, err
	}
	q.offered = of
	text := []string{"**" + s.say("set_quotes") + "**", s.say("set_quotes_does")}
	now := 0
	for _, l := range limits {
		named := l
		if i := slices.IndexFunc(of, func(o corpus.QuoteLimit) bool { return alike(o.Licence, l.Licence) && alike(o.Course, l.Course) }); i >= 0 {
			named = of[i]
		}
		text = append(text, "- "+escape(s.words.limited(named))+" — "+s.words.count("characters", l.Runes))
		if alike(l.Licence, q.of.Licence) && alike(l.Course, q.of.Course) {
			now = l.Runes
		}
	}
	var rows, turn []discordgo.MessageComponent
	if len(of) == 0 {
		text = append(text, s.say("quotes_nothing"))
	} else {
		var options []discordgo.SelectMenuOption
		from, to := q.at(maxOptions, len(of))
		turn = q.buttons(s, maxOptions, len(of))
		for i, l := range of[from:to] {
			chosen := alike(l.Licence, q.of.Licence) && alike(l.Course, q.of.Course)
			options = append(options, discordgo.SelectMenuOption{Label: label(s.words.limited(l)), Value: strconv.Itoa(from + i), Default: chosen})
		}
		rows = append(rows, s.choose(onOpen, "choose_quotable", options))
	}
	if q.of != (corpus.QuoteLimit{}) {
		options := []discordgo.SelectMenuOption{{Label: s.say("quotes_any"), Value: "0", Default: now == 0}}
		for _, n := range quoteLengths {
			options = append(options, discordgo.SelectMenuOption{Label: s.words.count("characters", n), Value: strconv.Itoa(n), Default: n == now})
		}
		rows = append(rows, s.choose(onValue, "choose_value", options))
	}
	rows = rowOf(rows, append(turn, s.button("button_settings", onAll, discordgo.SecondaryButton))...)
	return reply{content: lines(text...), rows: rows}, nil
}
