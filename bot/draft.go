package bot

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"verbatim/answers"
	"verbatim/corpus"
)

// A purpose is what a draft becomes.
type purpose int

// The purposes.
const (
	toAdd     purpose = iota // a new curated answer
	toEdit                   // another content of one
	toAnswer                 // the answer to an open question
	toAccept                 // a member's proposal, edited
	toPropose                // a proposal
)

// A draft is a curated answer while it is written: first in a window, then as it will
// look, until it is stored.
type draft struct {
	purpose purpose
	of      string // ID of what it is for: a curated answer, a question or a proposal
	base    int    // the revision that was seen, of a curated answer
	member  string // whose proposal it is
	waiting int    // how many want to be told of the answer
	form    *form
	back    work // what the desk shows afterwards, nil for the answer itself

	checked *answers.Curated // as it would be stored; nil until it can be
	theirs  *answers.Curated // what somebody else has made of it in the meantime
}

// What the buttons of a draft do.
const (
	onWrite     = deskPrefix + "write"
	onSave      = deskPrefix + "save"
	onThrowAway = deskPrefix + "away"
	onOverwrite = deskPrefix + "over"
	onTheirs    = deskPrefix + "theirs"
)

func (d *draft) forMembers() bool { return d.purpose == toPropose }

func (d *draft) window(w words, action string) *modal {
	if action != onWrite {
		return nil
	}
	title := map[purpose]string{toAdd: "form_add", toEdit: "form_edit", toAnswer: "form_reply", toAccept: "form_edit", toPropose: "form_propose"}[d.purpose]
	return d.form.window(w, title, onWrite)
}

func (d *draft) submit(ctx context.Context, s *bench, _ string, values map[string]string) error {
	d.form.take(values)
	err := s.explained(d.check(ctx, s))
	if err != nil { // what was written is worth more than this try
		s.bot.options.Log.Error("check a draft", "interaction", s.turn.ID, "err", err)
		s.note("draft_unchecked", "ID", s.turn.ID)
	}
	return nil
}

func (d *draft) press(ctx context.Context, s *bench, action string, _ press) error {
	switch action {
	case onSave:
		return d.save(ctx, s)
	case onOverwrite:
		if d.theirs != nil {
			d.base, d.theirs = d.theirs.Revision, nil
			return d.save(ctx, s)
		}
	case onTheirs:
		if d.theirs != nil {
			s.work = &card{of: d.theirs.ID}
		}
	case onThrowAway:
		s.notes = append(s.notes, s.say("draft_away"))
		s.work = orBack(d.back, &finished{open: d.forMembers()})
	}
	return nil
}

// check finds out whether the draft can be stored, and how it will look. What can't be
// found out now can be tried again: the draft stays.
func (d *draft) check(ctx context.Context, s *bench) error {
	d.checked = nil
	c, err := d.content(ctx, s)
	if err == nil && d.purpose == toPropose && c.Course != "" {
		err = s.seesCourse(ctx, c.Course)
	}
	if err != nil {
		return d.wrong(ctx, s, err)
	}
	made, err := d.tried(ctx, s, c)
	if err != nil {
		return d.wrong(ctx, s, err)
	}
	d.checked = &made
	return d.warn(ctx, s, c)
}

// tried returns what is made when the draft is stored, and stores nothing.
func (d *draft) tried(ctx context.Context, s *bench, c answers.Content) (answers.Curated, error) {
	if d.purpose == toAccept {
		return s.bot.options.Curated.Acceptable(ctx, s.access, d.of, s.at.user, c)
	}
	change := answers.Change{Content: c}
	if d.purpose == toEdit {
		change.ID, change.Base = d.of, d.base
	}
	made, err := s.bot.options.Curated.ChangeAnswers(ctx, s.guild, s.at.user, []answers.Change{change}, true)
	if err != nil {
		return answers.Curated{}, err
	}
	return made[0], nil
}

// content reads the form.
func (d *draft) content(ctx context.Context, s *bench) (answers.Content, error) {
	documents, err := s.bot.options.Texts.Documents(ctx, s.access, false)
	if err != nil {
		return answers.Content{}, err
	}
	return d.form.content(documents)
}

// warn says what is probably a slip of the pen, or worth knowing.
func (d *draft) warn(ctx context.Context, s *bench, c answers.Content) error {
	if d.purpose == toAnswer {
		if _, err := s.overtaken(ctx, "question", d.of); err != nil { // the answer can be stored all the same
			return err
		}
	}
	if c.Course == "" {
		return nil
	}
	err := s.seesCourse(ctx, c.Course)
	if errors.Is(err, answers.ErrContent) {
		s.note("draft_course", "Course", escape(cut(c.Course, maxTitle, escapedLen)))
		return nil
	}
	return err
}

// seesCourse returns a ContentError for a course that who works there can't see: the same
// for one that is hidden from them and for one that is not there.
func (s *bench) seesCourse(ctx context.Context, course string) error {
	courses, err := s.bot.options.Texts.Courses(ctx, s.access)
	if err == nil && !slices.ContainsFunc(courses, func(known corpus.Course) bool { return alike(known.Name, course) }) {
		err = &answers.ContentError{Part: "course", Err: answers.ErrContent}
	}
	return err
}

// wrong says why a draft can't be stored as it is. It returns what is no fault of the
// writer.
func (d *draft) wrong(ctx context.Context, s *bench, err error) error {
	var outdated *answers.OutdatedError
	var content *answers.ContentError
	var unknown *unknownSource
	switch {
	case errors.As(err, &outdated):
		d.theirs = &outdated.Current
	case errors.As(err, &unknown):
		s.note("draft_document", "Name", escape(cut(unknown.name, maxTitle, escapedLen)))
	case errors.As(err, &content):
		s.note(cmp.Or(wrongParts[content.Part], "draft_wrong"))
	case errors.Is(err, answers.ErrContent):
		s.note("draft_wrong")
	case errors.Is(err, answers.ErrTooMany):
		s.note("draft_too_many")
	case errors.Is(err, answers.ErrNotFound), errors.Is(err, answers.ErrSettled):
		// Somebody else has settled the question or the proposal: what was written is not lost.
		if d.purpose == toAnswer || d.purpose == toAccept {
			return d.saveOwn(ctx, s)
		}
		return err
	default:
		return err
	}
	return nil
}

// saveOwn makes a draft of a new answer of one for what is settled already.
func (d *draft) saveOwn(ctx context.Context, s *bench) error {
	kind := map[purpose]string{toAnswer: "question", toAccept: "proposal"}[d.purpose]
	told, err := s.overtaken(ctx, kind, d.of)
	if err != nil {
		return err
	}
	if !told {
		s.note("desk_gone")
	}
	d.purpose, d.of = toAdd, ""
	s.notes = append(s.notes, s.say("draft_settled"))
	return d.check(ctx, s)
}

// wrongParts are what is said of a part that can't be stored.
var wrongParts = map[string]string{
	"question": "draft_wrong_question", "wordings": "draft_wrong_wordings", "answer": "draft_wrong_answer",
	"sources": "draft_wrong_sources", "course": "draft_wrong_course", "language": "draft_wrong_language",
}

// save stores the draft.
func (d *draft) save(ctx context.Context, s *bench) error {
	c, err := d.content(ctx, s)
	if err != nil {
		return d.wrong(ctx, s, err)
	}
	store, user := s.bot.options.Curated, s.at.user
	var made answers.Curated
	switch d.purpose {
	case toAdd:
		made, err = store.Add(ctx, s.guild, user, c)
	case toEdit:
		made, err = store.Edit(ctx, s.guild, d.of, d.base, user, c)
	case toAnswer:
		made, err = store.AnswerOpen(ctx, s.access, d.of, user, c)
	case toAccept:
		made, err = store.Accept(ctx, s.access, d.of, user, &c)
	case toPropose:
		return d.propose(ctx, s, c)
	}
	if err != nil {
		return d.wrong(ctx, s, err)
	}
	s.stored(d.saved(s, made))
	if d.back == nil {
		s.work = &card{of: made.ID}
	} else {
		s.work = d.back
	}
	return nil
}

// orBack returns the first work if there is one.
func orBack(back, other work) work {
	if back != nil {
		return back
	}
	return other
}

// names returns the names of documents by their IDs.
func namesOf(documents []corpus.Document) map[string]string {
	names := map[string]string{}
	for _, d := range documents {
		names[d.ID] = d.Name
	}
	return names
}

// formOf writes a content into a form.
func (s *bench) formOf(ctx context.Context, c answers.Content) (*form, error) {
	documents, err := s.bot.options.Texts.Documents(ctx, s.access, true)
	if err != nil {
		return nil, err
	}
	return newForm(c, namesOf(documents)), nil
}
