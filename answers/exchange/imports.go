package exchange

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"verbatim/answers"
	"verbatim/corpus"
)

// An Exchange brings files into the stores, and back. The texts are those that sources
// quote.
type Exchange struct {
	Answers *answers.Store
	Texts   *corpus.Store
}

// Options say how a file is imported.
type Options struct {
	Author    string // of the changes
	Dry       bool   // change nothing, and tell what would be changed
	IgnoreIDs bool   // tell entries by their questions or terms only, as for a file from another guild
}

// A Step is what an import does with an entry of the file.
type Step struct {
	Row    string
	Action string   // added, edited, unchanged
	ID     string   // of one that is added in a dry run it is not the one that it will have
	Name   string   // the question, or the terms
	Course string   // of an answer that is added or gets another course
	Parts  []string // of an answer, that are edited; of a group, the terms that come and go, with + and -
}

func (s Step) String() string {
	line := fmt.Sprintf("%s: %s %s", s.Row, s.Action, s.Name)
	if len(s.Parts) > 0 {
		line += " (" + strings.Join(s.Parts, ", ") + ")"
	}
	return line
}

// everything is all that a moderator sees.
func everything(guild string) corpus.Access { return corpus.Everything(guild) }

// oneLine is how the store writes questions.
func oneLine(text string) string { return norm.NFC.String(strings.Join(strings.Fields(text), " ")) }

// ImportAnswers brings the entries of a file into a guild: all, or none where there are
// Problems. An entry is told by its ID, or if it has none by its question; one that is
// not there is added. One whose revision is not the current one any more is a Problem.
func (x *Exchange) ImportAnswers(ctx context.Context, guild string, entries []Answer, o Options) ([]Step, error) {
	all, err := x.Answers.List(ctx, everything(guild), true)
	if err != nil {
		return nil, err
	}
	p := answerPlan{Exchange: x, guild: guild, byID: map[string]answers.Curated{}, byQuestion: map[string][]answers.Curated{}, taken: map[string]string{}}
	for _, c := range all {
		p.byID[c.ID] = c
		if c.Removed.IsZero() {
			p.byQuestion[c.Question] = append(p.byQuestion[c.Question], c)
		}
	}
	var changes []answers.Change
	for _, e := range entries {
		if o.IgnoreIDs {
			e.ID, e.Revision = "", 0
		}
		change, err := p.change(ctx, e)
		if err != nil {
			return nil, err
		}
		changes = append(changes, change)
	}
	if len(p.problems) > 0 {
		return nil, p.problems
	}
	made, err := x.Answers.ChangeAnswers(ctx, guild, o.Author, changes, o.Dry)
	if err != nil {
		return nil, problemsOf(err, func(i int) string { return entries[i].Row })
	}
	var steps []Step
	for i, c := range made {
		step := Step{Row: entries[i].Row, Action: "added", ID: c.ID, Name: c.Question, Course: c.Course}
		if old, found := p.byID[changes[i].ID]; found {
			step.Action = "unchanged"
			if c.Course == old.Course {
				step.Course = ""
			}
			if c.Revision != old.Revision {
				step.Action = "edited"
				step.Parts = answers.Revision{Content: c.Content}.Changed(answers.Revision{Content: old.Content})
			}
		}
		steps = append(steps, step)
	}
	return steps, nil
}

// An answerPlan finds out what the entries of a file are to change.
type answerPlan struct {
	*Exchange
	guild      string
	byID       map[string]answers.Curated
	byQuestion map[string][]answers.Curated
	taken      map[string]string // rows by the ID or else the question that they change
	problems   Problems
}

func (p *answerPlan) change(ctx context.Context, e Answer) (answers.Change, error) {
	c := answers.Change{ID: e.ID, Base: e.Revision}
	question := ""
	if e.Question != nil {
		question = oneLine(*e.Question)
	}
	same := p.byQuestion[question]
	switch _, found := p.byID[e.ID]; {
	case e.ID != "" && !found:
		p.problems.add(e.Row, "id", "no curated answer has the ID %.40q: leave it empty to add the answer, or import without IDs", e.ID)
	case e.ID == "" && len(same) > 1:
		p.problems.add(e.Row, "id", "%d curated answers have this question: give the ID of the one that is meant", len(same))
	case e.ID == "" && len(same) == 1:
		c.ID = same[0].ID
	}
	key := c.ID
	if key == "" {
		key = "question " + question
	}
	if first, twice := p.taken[key]; twice && (c.ID != "" || question != "") {
		p.problems.add(e.Row, "", "it is about the same answer as %s: make one of both", first)
	}
	p.taken[key] = e.Row
	old := p.byID[c.ID]
	if c.Base == 0 {
		c.Base = old.Revision
	}
	var err error
	c.Content, err = p.Content(ctx, p.guild, e, old.Content)
	if failed, ok := errors.AsType[*answers.ContentError](err); ok {
		p.problems.add(e.Row, failed.Part, "%v", failed.Err)
		err = nil
	}
	return c, err
}

// Content returns a content with what an entry says instead. A quote that the content had
// stays as it was, also where its document changed since. It returns a ContentError for a
// document that is not there.
func (x *Exchange) Content(ctx context.Context, guild string, e Answer, c answers.Content) (answers.Content, error) {
	for from, to := range map[*string]*string{e.Question: &c.Question, e.Answer: &c.Answer, e.Course: &c.Course, e.Language: &c.Language} {
		if from != nil {
			*to = *from
		}
	}
	if e.Wordings != nil {
		c.Wordings = *e.Wordings
	}
	if e.Sources == nil {
		return c, nil
	}
	old := slices.Clone(c.Sources)
	c.Sources = nil
	for _, s := range *e.Sources {
		source, err := x.source(ctx, guild, s)
		if err != nil {
			return c, err
		}
		kept := slices.IndexFunc(old, func(o answers.Source) bool {
			return o.IsQuote() && o.Reference.Document == source.Reference.Document && o.Quote == source.Quote
		})
		if kept >= 0 {
			source = old[kept]
			old = slices.Delete(old, kept, kept+1) // the next one with these words is another
		}
		c.Sources = append(c.Sources, source)
	}
	return c, nil
}

// source finds the document of a source by its name, or where that is gone its ID.
func (x *Exchange) source(ctx context.Context, guild string, s Source) (answers.Source, error) {
	if s.Document == "" {
		return answers.Source{Text: s.Text}, nil
	}
	d, err := x.Texts.DocumentNamed(ctx, everything(guild), s.Document)
	if errors.Is(err, corpus.ErrNotFound) {
		d, err = x.Texts.Document(ctx, everything(guild), s.Document)
	}
	if errors.Is(err, corpus.ErrNotFound) {
		return answers.Source{}, &answers.ContentError{Part: "sources", Err: fmt.Errorf("%.100q: %w: verbatim corpus list shows the documents there are", s.Document, corpus.ErrNotFound)}
	}
	return answers.Source{Reference: corpus.Reference{Document: d.ID}, Quote: s.Quote}, err
}

// problemsOf makes Problems of the errors of several changes; others it returns as they
// are.
func problemsOf(err error, row func(item int) string) error {
	var failed answers.ItemErrors
	if !errors.As(err, &failed) {
		return err
	}
	var problems Problems
	for _, f := range failed {
		column, text := "", f.Err.Error()
		if part, ok := errors.AsType[*answers.ContentError](f.Err); ok {
			column, text = part.Part, part.Error()
		} else if errors.Is(f.Err, answers.ErrOutdated) {
			column = "revision"
		} else if errors.Is(f.Err, answers.ErrNoGroup) {
			column = "id"
		} else if errors.Is(f.Err, answers.ErrTerms) {
			column = termColumn
		}
		text = strings.TrimPrefix(text, answers.ErrContent.Error()+": ") // nothing is, as the head of the list says
		problems.add(row(f.Item), column, "%s", text)
	}
	return problems
}

// ExportAnswers returns the curated answers of a guild that are not removed, with all
// parts.
func (x *Exchange) ExportAnswers(ctx context.Context, guild string) ([]Answer, error) {
	all, err := x.Answers.List(ctx, everything(guild), false)
	var exported []Answer
	for _, c := range all {
		var a Answer
		if err == nil {
			a, err = x.Answer(ctx, guild, c.Content)
		}
		a.ID, a.Revision = c.ID, c.Revision
		exported = append(exported, a)
	}
	return exported, err
}

// Answer is the reverse of Content. A document that is not there any more has its ID for a
// name.
func (x *Exchange) Answer(ctx context.Context, guild string, c answers.Content) (Answer, error) {
	sources := []Source{}
	for _, s := range c.Sources {
		source := Source{Text: s.Text}
		if s.IsQuote() {
			d, err := x.Texts.Document(ctx, everything(guild), s.Reference.Document)
			if err != nil && !errors.Is(err, corpus.ErrNotFound) {
				return Answer{}, err
			}
			source = Source{Document: d.Name, Quote: s.Quote}
			if d.Name == "" {
				source.Document = s.Reference.Document
			}
		}
		sources = append(sources, source)
	}
	wordings := append([]string{}, c.Wordings...)
	return Answer{Question: &c.Question, Wordings: &wordings, Answer: &c.Answer, Sources: &sources, Course: &c.Course, Language: &c.Language}, nil
}

// ImportGroups is ImportAnswers for a glossary. An entry without an ID is added to the
// group that has some of its terms, which keeps the others; one with an ID is all that the
// group has.
func (x *Exchange) ImportGroups(ctx context.Context, guild string, entries []Group, o Options) ([]Step, error) {
	all, err := x.Answers.Glossary(ctx, everything(guild))
	if err != nil {
		return nil, err
	}
	byID, byTerm := map[string]answers.Group{}, map[string]string{}
	for _, g := range all {
		byID[g.ID] = g
		for _, term := range g.Terms {
			byTerm[answers.TermKey(term)] = g.ID
		}
	}
	var problems Problems
	var changes []answers.GroupChange
	taken := map[string]string{}
	for _, e := range entries {
		c := answers.GroupChange{ID: e.ID, Base: e.Revision, Terms: e.Terms}
		if o.IgnoreIDs {
			c.ID, c.Base = "", 0
		}
		if c.ID == "" {
			among := map[string]bool{}
			for _, term := range e.Terms {
				if id, found := byTerm[answers.TermKey(term)]; found {
					among[id] = true
				}
			}
			if c.ID = ""; len(among) == 1 {
				c.ID = slices.Collect(maps.Keys(among))[0]
				c.Terms = together(byID[c.ID].Terms, e.Terms)
			} else if len(among) > 1 {
				problems.add(e.Row, "id", "its terms stand in several groups (%s): give the ID of the one that is meant", strings.Join(slices.Sorted(maps.Keys(among)), ", "))
			}
		}
		if first, twice := taken[c.ID]; twice && c.ID != "" {
			problems.add(e.Row, "", "it is about the same group as %s: make one of both", first)
		}
		taken[c.ID] = e.Row
		changes = append(changes, c)
	}
	if len(problems) > 0 {
		return nil, problems
	}
	made, err := x.Answers.ChangeGroups(ctx, guild, o.Author, changes, o.Dry)
	if err != nil {
		return nil, problemsOf(err, func(i int) string { return entries[i].Row })
	}
	var steps []Step
	for i, g := range made {
		step := Step{Row: entries[i].Row, Action: "added", ID: g.ID, Name: strings.Join(g.Terms, ", ")}
		if old, found := byID[changes[i].ID]; found {
			step.Action = "unchanged"
			if g.Revision != old.Revision {
				step.Action, step.Parts = "edited", termsChanged(old.Terms, g.Terms)
			}
		}
		steps = append(steps, step)
	}
	return steps, nil
}

// together returns the terms of a group with those others that it lacks.
func together(terms, others []string) []string {
	terms = slices.Clone(terms)
	for _, term := range others {
		if !hasTerm(terms, term) {
			terms = append(terms, term)
		}
	}
	return terms
}

func hasTerm(terms []string, term string) bool {
	key := answers.TermKey(term)
	return slices.ContainsFunc(terms, func(other string) bool { return answers.TermKey(other) == key })
}

// termsChanged lists the terms that a group did not have, with +, and those that it has no
// longer, with -.
func termsChanged(old, now []string) []string {
	var changed []string
	for _, term := range now {
		if !hasTerm(old, term) {
			changed = append(changed, "+"+term)
		}
	}
	for _, term := range old {
		if !hasTerm(now, term) {
			changed = append(changed, "-"+term)
		}
	}
	return changed
}

// ExportGroups returns the glossary of a guild.
func (x *Exchange) ExportGroups(ctx context.Context, guild string) ([]Group, error) {
	all, err := x.Answers.Glossary(ctx, everything(guild))
	var groups []Group
	for _, g := range all {
		groups = append(groups, Group{ID: g.ID, Revision: g.Revision, Terms: g.Terms})
	}
	return groups, err
}
