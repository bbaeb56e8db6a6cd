package bot

import (
	"context"
	"slices"
	"strings"
	"time"

	"verbatim/config"
	"verbatim/corpus"
)

// What a guild has set for questions: where they are answered, before whom, and of which
// course they are.

// termsTime is how long the acknowledgement of a question may wait for what the guild has
// set: it says whether the reply is private.
const termsTime = time.Second

// maxTerms is for how many guilds it is remembered what they had set last, and termsLife
// for how long, in case that the database is slow.
const (
	maxTerms  = 5000
	termsLife = 24 * time.Hour
)

// learn remembers what a guild has set, before anybody asks there.
func (b *Bot) learn(ctx context.Context, guild string) error {
	settings, err := b.options.Settings.Get(ctx, guild)
	if _, known := b.terms.get(guild); err == nil && !known {
		b.terms.set(guild, settings)
	}
	return err
}

// agreed applies to a command what the guild has set, as far as that is known in time, or
// what it had set last. Where nothing is known the reply is private, which tells nobody too
// much. Where questions are not answered it returns what to say.
func (b *Bot) agreed(ctx context.Context, q asking, w words) (asking, string) {
	if q.seat.direct {
		return q, ""
	}
	reading, cancel := context.WithTimeout(ctx, termsTime)
	defer cancel()
	guild := b.guild(q.seat.discordGuild)
	settings, err := b.options.Settings.Get(reading, guild)
	if err == nil {
		b.terms.set(guild, settings)
	} else {
		b.options.Log.Warn("settings are not known in time", "err", err)
		known := false
		if settings, known = b.terms.get(guild); !known {
			q.private = true
			return q, ""
		}
	}
	if q.unsaid {
		q.private = settings.Private
	}
	return q, elsewhere(settings, q.seat, w)
}

// elsewhere says where questions are answered, to who asks in another place; "" where they
// are answered.
func elsewhere(g config.Guild, at seat, w words) string {
	if at.direct || g.AnswersIn(at.places()...) {
		return ""
	}
	var all []string
	for _, id := range g.Channels {
		all = append(all, "<#"+id+">")
	}
	return w.say("elsewhere", "Channels", strings.Join(all, ", "))
}

// atCourse narrows a question to the course of its channel, unless its asker has narrowed
// it otherwise, or does not see any text of that.
func (b *Bot) atCourse(ctx context.Context, access corpus.Access, q asking, g config.Guild) (asking, error) {
	f := q.filter
	course := g.CourseOf(q.seat.places()...)
	if q.seat.direct || course == "" || q.course != "" || q.document != "" || f.Courses != nil || f.Documents != nil {
		return q, nil
	}
	documents, err := b.options.Texts.Documents(ctx, access, false)
	if err != nil {
		return q, err
	}
	if slices.ContainsFunc(documents, func(d corpus.Document) bool { return alike(d.Course, course) }) {
		q.course = course
	}
	return q, nil
}
