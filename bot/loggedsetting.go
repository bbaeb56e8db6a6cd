package bot

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"verbatim/answers"
	"verbatim/corpus"
)

// loggedSetting writes what a setting was set to as its page does: names and values are those
// that moderators chose, not those of the program. Name is what the entry calls the setting,
// for one that this version does not know.
func loggedSetting(e answers.Logged, name string, w words) string {
	i := slices.IndexFunc(settingsOf, func(set setting) bool { return set.name == e.Name })
	value := loggedDetail(e)
	switch {
	case e.Name == "courses":
		name = w.say("set_courses")
		if mention.MatchString(strings.TrimSpace(e.Detail)) {
			value += " " + w.say("course_none")
		}
	case i >= 0:
		set := settingsOf[i]
		name, value = w.say(set.title), w.valued(set, e.Detail, value)
	}
	return w.say("settings_line", "Name", name, "Value", value)
}

// noValue stands in the log for a setting without roles or channels.
const noValue = "—"

// valued writes the value of a setting for people; or is for one that needs no words.
func (w words) valued(set setting, value, or string) string {
	switch {
	case set.kind != oneValue && (value == "" || value == noValue):
		return w.say(cmp.Or(map[string]string{"channels": "value_everywhere"}[set.name], "value_none"))
	case set.values[value] != "":
		return w.say(set.values[value])
	}
	n, err := strconv.Atoi(value)
	if err == nil && set.name == "retention" {
		return w.count("days", n)
	}
	return or
}

// loggedQuotes names a licence or a course, and how long quotes of it may be.
func loggedQuotes(e answers.Logged, w words) string {
	limit := corpus.QuoteLimit{Course: e.Name}
	if e.Kind == "licence" {
		limit = corpus.QuoteLimit{Licence: e.Name}
	}
	name := escape(w.limited(limit))
	n, err := strconv.Atoi(e.Detail)
	if err != nil { // it was lifted
		return name
	}
	return w.say("settings_line", "Name", name, "Value", w.count("characters", n))
}
