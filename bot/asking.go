package bot

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"golang.org/x/text/unicode/norm"

	"verbatim/answers"
	"verbatim/config"
	"verbatim/corpus"
	"verbatim/retrieval"
)

// An asking is a question with who asks it, and how.
type asking struct {
	seat     seat
	text     string
	course   string           // as typed, "" for none
	document string           // likewise; from a proposal, its ID
	filter   retrieval.Filter // what is searched if neither is given
	private  bool
	unsaid   bool   // whether it is private: the guild's setting says it
	replied  string // ID of the bot's message that it replies to, "" for none
	alone    bool   // it follows up nothing
	forum    bool   // a new post of a forum that is answered, whatever the channels are
}

// An outcome is what there is to say to a question.
type outcome struct {
	show  reply
	words words  // in which it is said
	id    string // of the reply among those given, "" for none
	given *given
}

// ask finds what there is to say to a question.
func (b *Bot) ask(ctx context.Context, q asking) (outcome, error) {
	guild := b.guild(q.seat.discordGuild)
	settings, err := b.options.Settings.Get(ctx, guild)
	if err != nil {
		return outcome{}, err
	}
	access, err := b.access(ctx, q.seat, !q.private)
	if err != nil {
		return outcome{}, err
	}
	if text := elsewhere(settings, q.seat, b.speech(q, settings, languageOf(q.text))); text != "" && !q.forum {
		return outcome{show: reply{content: text}}, nil
	}
	if q, err = b.atCourse(ctx, access, q, settings); err != nil {
		return outcome{}, err
	}
	narrowed, no, err := b.narrowed(ctx, access, q, b.speech(q, settings, ""))
	if err != nil || no != nil {
		return outcome{show: orEmpty(no)}, err
	}
	question := answers.Question{
		Text:     q.text,
		Access:   access,
		Filter:   narrowed.filter,
		Caution:  answers.Caution(settings.Answers),
		Excerpts: settings.Excerpts,
		Previous: b.previous(q),
	}
	answer, err := b.options.Answerer.Ask(ctx, question)
	if err != nil {
		return outcome{}, err
	}
	if answer.ReadAs != "" {
		question.Text, question.Previous = answer.ReadAs, ""
	}
	w := b.speech(q, settings, answer.Language)
	if answer.Empty {
		return outcome{show: b.noTexts(q.seat, w)}, nil
	}
	searched := scope{where: narrowed.name}
	if answer.Outcome == answers.None && !answer.SmallTalk {
		documents, err := b.options.Texts.Documents(ctx, access, false)
		if err != nil {
			return outcome{}, err
		}
		searched.texts = len(documents)
	}
	g := &given{
		seat: q.seat, guild: guild, question: question.Text, filter: narrowed.filter, private: q.private,
		reply: answer, asked: question, name: newID(),
	}
	frame, err := b.framing(ctx, q.seat, !q.private, access, w)
	if err != nil {
		return outcome{}, err
	}
	b.remember(q, question.Text, answer)
	out := outcome{show: layout(answer, searched, frame, w), words: w, given: g, id: b.replies.put(g)}
	out.show.rows = b.buttons(g, out.id, w)
	return out, nil
}

// previous returns the question that one may follow up: that of the reply to which its
// asker replies, or else the one they asked last in the place.
func (b *Bot) previous(q asking) string {
	if q.alone {
		return ""
	}
	if q.replied != "" {
		if text := b.conversations.Previous(answers.Place{Guild: q.seat.discordGuild, Channel: q.seat.channel, Message: q.replied}); text != "" {
			return text
		}
	}
	return b.conversations.Previous(placeOf(q.seat, q.private))
}

// remember keeps what the next question of the asker may follow up. One before all can't
// follow up one in private, for its reply says as what it was read.
func (b *Bot) remember(q asking, question string, r answers.Reply) {
	b.conversations.Remember(placeOf(q.seat, true), question, r)
	if !q.private {
		b.conversations.Remember(placeOf(q.seat, false), question, r)
	}
}

// placeOf returns where one person asks, in private or before all.
func placeOf(s seat, private bool) answers.Place {
	p := answers.Place{Guild: s.discordGuild, Channel: s.channel, User: s.user}
	if private {
		p.Message = "private"
	}
	return p
}

// shown does what is to be done once a reply stands where people see it. What of it fails
// costs nobody the reply.
func (b *Bot) shown(ctx context.Context, q asking, out outcome, at spot) {
	g := out.given
	if g != nil {
		g.stands(at) // at once: it can be pressed already
	}
	b.atHome(ctx, q.seat)
	if g == nil {
		return
	}
	if at.ID != "" && !q.private {
		b.conversations.Remember(answers.Place{Guild: q.seat.discordGuild, Channel: q.seat.channel, Message: at.ID}, g.question, g.reply)
	}
	var err error
	switch {
	case g.reply.Curated != nil:
		err = b.options.Curated.Used(ctx, g.guild, g.reply.Curated.ID)
	case g.reply.IsOpen() && !g.private:
		_, err = b.gather(ctx, g, answers.Unanswered)
	}
	if err != nil && ctx.Err() == nil {
		b.options.Log.Warn("note what became of a question", "err", err)
	}
}

// speech returns what the bot says in reply to a question: in the asker's language to the
// asker alone, else in the guild's, which may be that of the question.
func (b *Bot) speech(q asking, settings config.Guild, asked string) words {
	if q.private && speaks(q.seat.locale) != "" {
		return wordsIn(q.seat.locale)
	}
	if settings.Language != "auto" {
		return wordsIn(settings.Language)
	}
	return wordsIn(cmp.Or(asked, q.seat.language()))
}

// A narrowing is what of the texts is searched.
type narrowing struct {
	filter retrieval.Filter
	name   string // of the course or document, "" for none
}

// An unknownName is why nothing is searched: the asker sees no course or document of that
// name.
type unknownName struct{ text, name string }

func (e *unknownName) Error() string { return "not seen: " + e.text }

// narrowed is narrow with a reply for an asker who names what is not seen.
func (b *Bot) narrowed(ctx context.Context, access corpus.Access, q asking, w words) (narrowing, *reply, error) {
	n, err := b.narrow(ctx, access, q)
	if unknown, ok := errors.AsType[*unknownName](err); ok {
		return n, &reply{content: w.say(unknown.text, "Name", escape(cut(unknown.name, maxTitle, escapedLen)))}, nil
	}
	return n, nil, err
}

// narrow reads which course or document the asker means. Those that the asker does not
// see are as unknown as those that are not there.
func (b *Bot) narrow(ctx context.Context, access corpus.Access, q asking) (narrowing, error) {
	n := narrowing{filter: q.filter}
	if q.course == "" && q.document == "" {
		return n, nil
	}
	documents, err := b.options.Texts.Documents(ctx, access, false)
	if err != nil {
		return n, err
	}
	if q.course != "" {
		for _, d := range documents {
			if n.filter.Courses == nil && d.Course != "" && alike(d.Course, q.course) {
				n.filter.Courses, n.name = []string{d.Course}, d.Course
			}
		}
		if n.filter.Courses == nil {
			return n, &unknownName{"no_course", q.course}
		}
	}
	if q.document != "" {
		for _, d := range documents {
			if d.ID == q.document || alike(answers.Title(d), q.document) || alike(d.Name, q.document) {
				n.filter.Documents, n.name = append(n.filter.Documents, d.ID), answers.Title(d)
			}
		}
		if n.filter.Documents == nil {
			return n, &unknownName{"no_document", q.document}
		}
	}
	return n, nil
}

// alike reports whether two names are the same but for case, space and how accents are
// encoded.
func alike(a, b string) bool {
	return strings.EqualFold(norm.NFC.String(oneLine(a)), norm.NFC.String(oneLine(b)))
}

// noTexts is what is said where there are none.
func (b *Bot) noTexts(at seat, w words) reply {
	return reply{content: w.say("empty") + "\n`" + b.indexing(at.discordGuild, w.say("folder")) + "`"}
}

// indexing returns the command that adds the texts of a folder to those that a Discord
// guild is answered from.
func (b *Bot) indexing(discordGuild, folder string) string {
	guild := b.guild(discordGuild)
	if guild == b.options.LocalGuild { // which the command line means if it names none
		return "verbatim index " + folder
	}
	return "verbatim index --guild " + guild + " " + folder
}
