package bot

import (
	"context"
	"fmt"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/answers"
)

// questionsCommand answers /questions: the open questions one after another, the most
// frequent first.
func (b *Bot) questionsCommand(ctx context.Context, t *turn, _ command) error {
	return b.openDesk(ctx, t, &questionQueue{})
}

// A queue is where a moderator stands in what others work at, too.
type queue struct {
	passed map[string]bool // IDs of what was left for later
	last   string          // of what was shown last
}

// next returns which of the IDs is to be shown: the one that was shown last as long as it
// is there, else the first that was not left for later. It returns -1 when none is left.
func (q *queue) next(ids []string) int {
	first := -1
	for i, id := range ids {
		if id == q.last && !q.passed[id] {
			return i
		}
		if first < 0 && !q.passed[id] {
			first = i
		}
	}
	return first
}

// step does what the buttons do that lead through a queue: what was shown last is left for
// later, or all that was is shown again.
func (q *queue) step(action string) {
	switch action {
	case onPass:
		if q.passed == nil {
			q.passed = map[string]bool{}
		}
		q.passed[q.last] = true
	case onAgain:
		q.passed, q.last = nil, ""
	}
}

// A questionQueue shows the open questions one by one.
type questionQueue struct {
	plain
	queue
	shown     *answers.OpenQuestion // nil for none
	draft     *form                 // for the answer to it
	dismissed string                // ID of the one that was dismissed last
}

// What the buttons of the queues do.
const (
	onAnswer   = deskPrefix + "answer"
	onExisting = deskPrefix + "existing"
	onDismiss  = deskPrefix + "dismiss"
	onUndo     = deskPrefix + "undo"
	onPass     = deskPrefix + "pass"
	onAgain    = deskPrefix + "again"
)

func (q *questionQueue) window(w words, action string) *modal {
	if q.shown == nil {
		return nil
	}
	switch action {
	case onAnswer:
		return q.draft.window(w, "form_reply", onAnswer)
	case onDismiss:
		if q.shown.Followers == 0 {
			return reasonWindow(w, "form_dismiss", "form_dismiss_alone", onDismiss)
		}
		return reasonWindow(w, "form_dismiss", "form_dismiss_hint", onDismiss)
	}
	return nil
}

// reasonWindow asks for a reason, which may be left out.
func reasonWindow(w words, title, hint, action string) *modal {
	return &modal{title: w.say(title), action: action, fields: []field{
		{name: "reason", label: w.say("form_reason"), hint: w.say(hint), most: maxFormReason, lines: true},
	}}
}

func (q *questionQueue) submit(ctx context.Context, s *bench, action string, values map[string]string) error {
	if q.shown == nil {
		return nil
	}
	switch action {
	case onAnswer:
		d := &draft{purpose: toAnswer, of: q.shown.ID, waiting: q.shown.Followers, form: q.draft, back: q}
		s.work = d
		return d.submit(ctx, s, action, values)
	case onDismiss:
		if told, err := s.overtaken(ctx, "question", q.shown.ID); err != nil || told {
			return err
		}
		if err := s.bot.options.Curated.Dismiss(ctx, s.access, q.shown.ID, values["reason"]); err != nil {
			return err
		}
		q.dismissed = q.shown.ID
		s.doneTelling(q.shown.Followers, "question_dismissed", "Question", escape(cut(q.shown.Text, maxTitle, escapedLen)))
	}
	return nil
}

func (q *questionQueue) press(ctx context.Context, s *bench, action string, p press) error {
	q.step(action)
	switch action {
	case onPass:
		q.dismissed = ""
	case onUndo:
		if q.dismissed == "" {
			return nil
		}
		if err := s.bot.options.Curated.Reopen(ctx, s.access, q.dismissed); err != nil {
			return err
		}
		q.last, q.dismissed = q.dismissed, ""
		s.done("question_reopened")
	case onExisting:
		if q.shown != nil && p.one() != "" {
			if told, err := s.overtaken(ctx, "question", q.shown.ID); err != nil || told {
				return err
			}
			with, err := s.bot.options.Curated.AnswerOpenWith(ctx, s.access, q.shown.ID, p.one(), s.at.user)
			if err != nil {
				return err
			}
			s.doneTelling(q.shown.Followers, "question_answered", "Question", escape(cut(q.shown.Text, maxTitle, escapedLen)), "With", escape(cut(with.Question, maxTitle, escapedLen)))
		}
	}
	return nil
}

// doneTelling is done that says besides how many who waited are told.
func (s *bench) doneTelling(waited int, id string, fill ...any) {
	text := s.say(id, fill...)
	if waited > 0 {
		text += " " + s.words.count("waited_told", waited)
	}
	s.stored(text)
}

func (q *questionQueue) show(ctx context.Context, s *bench) (reply, error) {
	all, err := s.bot.options.Curated.OpenQuestions(ctx, s.access, false)
	if err != nil {
		return reply{}, err
	}
	var ids []string
	for _, o := range all {
		ids = append(ids, o.ID)
	}
	var rows []discordgo.MessageComponent
	var undo []discordgo.MessageComponent
	if q.dismissed != "" {
		undo = append(undo, s.button("button_reopen", onUndo, discordgo.SecondaryButton))
	}
	at := q.next(ids)
	if at < 0 {
		q.shown = nil
		return s.queueEnd(len(all), "questions_none", "questions_passed", undo), nil
	}
	o := all[at]
	q.shown, q.last = &o, o.ID
	if q.draft, err = s.formOf(ctx, o.Content()); err != nil {
		return reply{}, err
	}
	existing, err := s.existing(ctx, o)
	if err != nil {
		return reply{}, err
	}
	if existing != nil {
		rows = append(rows, existing)
	}
	rows = rowOf(rows, append([]discordgo.MessageComponent{
		s.button("button_answer", onAnswer, discordgo.PrimaryButton),
		s.button("button_dismiss", onDismiss, discordgo.DangerButton),
		s.button("button_pass", onPass, discordgo.SecondaryButton),
	}, undo...)...)
	return reply{content: s.questionShown(o, at+1, len(all)), rows: rows}, nil
}

// queueEnd says that nothing is left, or only what was left for later.
func (s *bench) queueEnd(passed int, none, some string, buttons []discordgo.MessageComponent) reply {
	if passed == 0 {
		return reply{content: s.say(none), rows: rowOf(nil, buttons...)}
	}
	again := s.button("button_again", onAgain, discordgo.PrimaryButton)
	return reply{content: s.words.count(some, passed), rows: rowOf(nil, append([]discordgo.MessageComponent{again}, buttons...)...)}
}

// maxWaysShown is how many ways to ask a question are shown.
const maxWaysShown = 5

// questionShown shows an open question, with the ways in which it was asked.
func (s *bench) questionShown(o answers.OpenQuestion, number, of int) string {
	w := s.words
	text := []string{
		w.say("question_title", "Number", number, "Of", of),
		"**" + escape(cut(o.Text, maxTitle*2, escapedLen)) + "**",
	}
	asked := smallSign + w.count("question_times", o.Times, "Last", moment(o.Last))
	one := len(o.Wordings) == 1 && o.Wordings[0].Text == o.Text
	if one {
		asked += " · " + w.say(openReasons[o.Wordings[0].Reason])
	}
	text = append(text, asked)
	if o.Followers > 0 {
		text = append(text, smallSign+w.count("question_waiting", o.Followers))
	}
	if courses, but := o.Asked.Courses(); !but {
		text = append(text, smallSign+w.say("question_courses", "Courses", enumerated(courses)))
	}
	shown := 0
	for _, way := range o.Wordings {
		if one || shown == maxWaysShown {
			break
		}
		shown++
		text = append(text, "- "+w.say("question_way", "Text", escape(cut(way.Text, maxTitle, escapedLen)),
			"Times", way.Times, "Reason", w.say(openReasons[way.Reason])))
	}
	return lines(text...)
}

// openReasons say why a question is open.
var openReasons = map[answers.Reason]string{
	answers.Unanswered: "reason_unanswered", answers.Unhelpful: "reason_unhelpful", answers.Sent: "reason_sent",
}

// moment writes a time, which Discord shows as each reader's place and language have it.
func moment(t time.Time) string { return fmt.Sprintf("<t:%d:R>", t.Unix()) }

// existing is the select of the curated answers that may answer a question, nil for none.
func (s *bench) existing(ctx context.Context, o answers.OpenQuestion) (discordgo.MessageComponent, error) {
	list, err := s.bot.options.Curated.List(ctx, s.access, false)
	if err != nil {
		return nil, err
	}
	var options []discordgo.SelectMenuOption
	for _, c := range nearest(list, o.Text, maxOptions) {
		options = append(options, discordgo.SelectMenuOption{Label: label(c.Question), Value: c.ID, Description: label(c.Answer)})
	}
	if options == nil {
		return nil, nil
	}
	return s.choose(onExisting, "question_existing", options), nil
}
