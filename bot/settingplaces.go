package bot

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"verbatim/config"
	"verbatim/corpus"
)

// forumsPage is the page of the forums whose new posts are answered.
type forumsPage struct{}

func (f forumsPage) press(ctx context.Context, s *sitting, action string, p press) (leaf, error) {
	switch {
	case action == onAll:
		return allSettings{}, nil
	case action != onValue:
		return f, nil
	case !p.resolves() || slices.ContainsFunc(p.Values, func(id string) bool { return p.Resolved.Channels[id].Type != channelForum }):
		s.note(s.say("value_refused"))
		return f, nil
	}
	if err := s.bot.options.Homes.SetForums(ctx, s.guild, p.Values); err != nil {
		return f, err
	}
	s.saved(s.say("set_done"))
	return f, nil
}

func (forumsPage) show(ctx context.Context, s *sitting) (reply, error) {
	forums, err := s.bot.options.Homes.Forums(ctx, s.guild)
	if err != nil {
		return reply{}, err
	}
	value := s.say("value_none")
	if len(forums) > 0 {
		value = s.mentionsOf(someChannels, forums)
	}
	lines := []string{"**" + s.say("set_forums") + "**", s.say("set_forums_does"), s.say("settings_now", "Value", value, "Default", s.say("value_none"))}
	return reply{content: strings.Join(lines, "\n"), rows: []discordgo.MessageComponent{
		s.entities(onValue, s.say("choose_channels"), discordgo.ChannelSelectMenu, 0, maxOptions, forums, channelForum),
		buttons(s.button("button_settings", onAll, discordgo.SecondaryButton)),
	}}, nil
}

// coursesPage is the page of the courses of channels: first a channel is chosen, then its
// course.
type coursesPage struct {
	channel string   // "" for none yet
	from    int      // the first course that is offered
	offered []string // courses as they were shown: those of now may have others between them
}

const onChannel = "channel"

// What turns the pages of a select that has not room for all.
const (
	onEarlier = "earlier"
	onLater   = "later"
)

// step returns how far a button turns pages of a size.
func step(action string, size int) int {
	if action == onEarlier {
		return -size
	}
	return size
}

// pageAt returns what the page begins with that begins about there, of so many things.
func pageAt(from, size, count int) int {
	return max(0, min(from, (count-1)/size*size))
}

// turning returns the buttons that turn pages, none where there is only one.
func (s *sitting) turning(from, size, count int) []discordgo.MessageComponent {
	if count <= size {
		return nil
	}
	button := func(text, action string, disabled bool) discordgo.MessageComponent {
		return discordgo.Button{Label: s.say(text), Style: discordgo.SecondaryButton, CustomID: customID(boardPrefix+action, s.id), Disabled: disabled}
	}
	return []discordgo.MessageComponent{button("button_earlier_page", onEarlier, from == 0), button("button_later_page", onLater, from+size >= count)}
}

// noCourse is the value of the choice of none: no course is longer than a choice.
const noCourse = "-"

func (c *coursesPage) press(ctx context.Context, s *sitting, action string, p press) (leaf, error) {
	switch action {
	case onAll:
		return allSettings{}, nil
	case onEarlier, onLater:
		c.from += step(action, maxOptions-1)
		return c, nil
	case onChannel:
		if len(p.Values) == 1 && p.resolves() {
			c.channel = p.Values[0]
		}
		return c, nil
	case onValue:
		if len(p.Values) != 1 || c.channel == "" {
			return c, nil
		}
	default:
		return c, nil
	}
	course := ""
	if n, err := strconv.Atoi(p.Values[0]); err == nil && n >= 0 && n < len(c.offered) {
		course = c.offered[n]
	}
	err := s.bot.options.Settings.SetCourse(ctx, s.guild, c.channel, course)
	if errors.Is(err, config.ErrNotAllowed) {
		s.note(s.say("value_refused"))
		return c, nil
	}
	if err != nil {
		return c, err
	}
	s.saved(s.say("set_done"))
	return c, nil
}

// courses returns the names of the courses that have texts.
func (s *sitting) courses(ctx context.Context) ([]string, error) {
	all, err := s.bot.options.Texts.Courses(ctx, corpus.Everything(s.guild))
	var names []string
	for _, c := range all {
		if c.Name != "" && c.Documents > 0 {
			names = append(names, c.Name)
		}
	}
	return names, err
}

func (c *coursesPage) show(ctx context.Context, s *sitting) (reply, error) {
	settings, err := s.bot.options.Settings.Get(ctx, s.guild)
	if err != nil {
		return reply{}, err
	}
	courses, err := s.courses(ctx)
	if err != nil {
		return reply{}, err
	}
	c.offered = courses
	lines := []string{"**" + s.say("set_courses") + "**", s.say("set_courses_does")}
	if len(courses) == 0 {
		lines = append(lines, s.say("no_courses"))
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
		rows = append(rows, s.entities(onChannel, s.say("choose_channel"), discordgo.ChannelSelectMenu, 1, 1, ids, placesToAsk...))
	}
	if c.channel != "" && len(courses) > 0 {
		now := settings.Courses[c.channel]
		options := []discordgo.SelectMenuOption{{Label: label(s.say("course_none")), Value: noCourse, Default: now == ""}}
		c.from = pageAt(c.from, maxOptions-1, len(courses))
		for i, name := range courses[c.from:min(c.from+maxOptions-1, len(courses))] {
			options = append(options, discordgo.SelectMenuOption{Label: label(name), Value: strconv.Itoa(c.from + i), Default: alike(name, now)})
		}
		turn = s.turning(c.from, maxOptions-1, len(courses))
		rows = append(rows, s.choose(onValue, s.say("choose_course"), options))
	}
	rows = append(rows, buttons(append(turn, s.button("button_settings", onAll, discordgo.SecondaryButton))...))
	return reply{content: stacked(append(lines, bound...), maxContent-200), rows: rows}, nil
}

// quotesPage is the page of how long quotes may be, by licences and courses.
type quotesPage struct {
	from    int                 // the first that is offered
	of      corpus.QuoteLimit   // what is chosen, the zero QuoteLimit for nothing yet
	offered []corpus.QuoteLimit // as they were shown
}

// quoteLengths are those that can be chosen, in characters.
var quoteLengths = []int{100, 200, 300, 500, 1000}

func (q *quotesPage) press(ctx context.Context, s *sitting, action string, p press) (leaf, error) {
	switch {
	case action == onAll:
		return allSettings{}, nil
	case action == onEarlier, action == onLater:
		q.from += step(action, maxOptions)
		return q, nil
	case len(p.Values) != 1:
		return q, nil
	}
	switch action {
	case onOpen:
		if n, err := strconv.Atoi(p.Values[0]); err == nil && n >= 0 && n < len(q.offered) {
			q.of = q.offered[n]
		}
	case onValue:
		runes, err := strconv.Atoi(p.Values[0])
		if err != nil || q.of == (corpus.QuoteLimit{}) {
			return q, nil
		}
		limit := q.of
		limit.Runes = runes
		err = s.bot.options.Texts.SetQuoteLimit(ctx, s.guild, limit)
		if errors.Is(err, corpus.ErrLimits) {
			s.note(s.say("value_refused"))
			return q, nil
		}
		if err != nil {
			return q, err
		}
		s.saved(s.say("set_done"))
	}
	return q, nil
}

func (s *sitting) quoteLimits(ctx context.Context) (corpus.QuoteLimits, error) {
	return s.bot.options.Texts.QuoteLimits(ctx, corpus.Everything(s.guild))
}

// quotable returns the licences and courses whose quotes can be limited: those of texts,
// and those that are limited.
func (s *sitting) quotable(ctx context.Context) ([]corpus.QuoteLimit, error) {
	documents, err := s.bot.options.Texts.Documents(ctx, corpus.Everything(s.guild), false)
	if err != nil {
		return nil, err
	}
	all, err := s.quoteLimits(ctx)
	if err != nil {
		return nil, err
	}
	for _, d := range documents {
		all = append(all, corpus.QuoteLimit{Licence: d.Licence}, corpus.QuoteLimit{Course: d.Course})
	}
	var of []corpus.QuoteLimit
	for _, l := range all {
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
func (s *sitting) limited(l corpus.QuoteLimit) string {
	if l.Licence != "" {
		return s.say("quotes_licence", "Name", cut(visible(l.Licence), maxLabel/2, escapedLen))
	}
	return s.say("quotes_course", "Name", cut(visible(l.Course), maxLabel/2, escapedLen))
}

func (q *quotesPage) show(ctx context.Context, s *sitting) (reply, error) {
	of, err := s.quotable(ctx)
	if err != nil {
		return reply{}, err
	}
	limits, err := s.quoteLimits(ctx)
	if err != nil {
		return reply{}, err
	}
	q.offered = of
	lines := []string{"**" + s.say("set_quotes") + "**", s.say("set_quotes_does")}
	now := 0
	for _, l := range limits {
		lines = append(lines, "- "+escape(s.limited(l))+" — "+s.words.count("characters", l.Runes))
		if alike(l.Licence, q.of.Licence) && alike(l.Course, q.of.Course) {
			now = l.Runes
		}
	}
	var rows, turn []discordgo.MessageComponent
	if len(of) == 0 {
		lines = append(lines, s.say("quotes_nothing"))
	} else {
		var options []discordgo.SelectMenuOption
		q.from = pageAt(q.from, maxOptions, len(of))
		turn = s.turning(q.from, maxOptions, len(of))
		for i, l := range of[q.from:min(q.from+maxOptions, len(of))] {
			chosen := alike(l.Licence, q.of.Licence) && alike(l.Course, q.of.Course)
			options = append(options, discordgo.SelectMenuOption{Label: label(s.limited(l)), Value: strconv.Itoa(q.from + i), Default: chosen})
		}
		rows = append(rows, s.choose(onOpen, s.say("choose_quotable"), options))
	}
	if q.of != (corpus.QuoteLimit{}) {
		options := []discordgo.SelectMenuOption{{Label: s.say("quotes_any"), Value: "0", Default: now == 0}}
		for _, n := range quoteLengths {
			options = append(options, discordgo.SelectMenuOption{Label: s.words.count("characters", n), Value: strconv.Itoa(n), Default: n == now})
		}
		rows = append(rows, s.choose(onValue, s.say("choose_value"), options))
	}
	rows = append(rows, buttons(append(turn, s.button("button_settings", onAll, discordgo.SecondaryButton))...))
	return reply{content: stacked(lines, maxContent-200), rows: rows}, nil
}
