package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"verbatim/answers"
	"verbatim/config"
	"verbatim/corpus"
)

// ask is the command that answers questions.
func (p *program) ask() *cobra.Command {
	var from texts
	var form form
	var interactive bool
	cmd := &cobra.Command{
		Use:   `ask "QUESTION" | - | -i`,
		Short: "Answer a question, or with - one question a line from standard input",
		Long: `Answer a question with excerpts of the texts, each with its source. With - as the
question, answer one question a line from standard input. With -i that is a
conversation: a question may follow up the one before it ("and in 2016?"), and the
reply says what it was read as.

The texts are those below the folder given with --docs; else those of the guild in
the data folder; else the sample notes that are built in.

Exit status: 0 answered, 1 no answer, 2 wrong use, 3 failure; after several
questions 0 unless the run failed.`,
		Example: `  verbatim ask "Qui dirigeait le Secrétariat sud-américain ?"
  verbatim ask --docs ~/course --json - < questions.txt
  verbatim ask -i`,
		Args: func(cmd *cobra.Command, args []string) error {
			if interactive && len(args) == 0 {
				return nil
			}
			if interactive {
				return errors.New("-i takes no question: type it at the prompt")
			}
			return oneQuestion(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := from.check(cmd); err != nil {
				return err
			}
			if interactive {
				return p.askInteractive(cmd.Context(), &from, form)
			}
			if args[0] == "-" {
				return p.askAll(cmd.Context(), &from, form)
			}
			return p.askOne(cmd.Context(), &from, args[0], form)
		},
	}
	from.addFlags(cmd)
	cmd.Flags().BoolVarP(&interactive, "interactive", "i", false, "a conversation: a question a line, which may follow up the one before")
	cmd.Flags().BoolVar(&form.json, "json", false, "print one JSON object a question (docs/json.md)")
	cmd.Flags().BoolVar(&form.notes, "notes", false, "show the footnotes that an excerpt calls beside it")
	cmd.Flags().BoolVar(&form.explain, "explain", false, "say what the score of each quote is made of")
	addAsker(cmd, &form.asker)
	cmd.MarkFlagsMutuallyExclusive("json", "explain")
	return cmd
}

// oneQuestion refuses anything but one argument.
func oneQuestion(_ *cobra.Command, args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("want one question, got %d words: put quotes around it, and -- before one that begins with a hyphen", len(args))
	}
	return nil
}

// A form says how replies are shown.
type form struct {
	json  bool
	notes bool // with the notes that an excerpt calls

	explain bool // with what the score of each excerpt is made of
	asker   corpus.Asker
}

// addAsker adds the flags that say who asks, and where.
func addAsker(cmd *cobra.Command, a *corpus.Asker) {
	cmd.Flags().StringArrayVar(&a.Roles, "as-role", nil, "answer as for a member who has the role `ID`; may be given several times")
	cmd.Flags().StringArrayVar(&a.Channels, "in-channel", nil, "answer as in the channel `ID`; may be given several times")
	cmd.Flags().BoolVar(&a.Public, "public", false, "answer as if all in the channel read it")
}

// accessOf returns what the asker sees: everything, where none is given.
func accessOf(ctx context.Context, l *library, a corpus.Asker) (corpus.Access, error) {
	if len(a.Roles)+len(a.Channels) == 0 && !a.Public {
		return corpus.Everything(l.guild), nil
	}
	return l.store.AccessOf(ctx, l.guild, a)
}

// A session answers questions one after another from one library.
type session struct {
	*library
	question answers.Question // what all questions share, but for the access
	asker    corpus.Asker
	access   *corpus.Access // what is seen; nil for what the asker sees
	notes    bool
	print    func(reply) error
}

// A reply is what came of a question.
type reply struct {
	answers.Reply
	question string
	notes    [][]answers.Excerpt // called by each of Quotes, if they are asked for
	err      error
	took     time.Duration
}

func (p *program) newSession(ctx context.Context, from *texts, form form) (*session, error) {
	l, err := from.open(ctx, p)
	if err != nil {
		return nil, err
	}
	s, err := p.sessionOf(ctx, l, form)
	if err != nil {
		return nil, errors.Join(err, l.close())
	}
	return s, nil
}

// sessionOf returns a session with a library that is open.
func (p *program) sessionOf(ctx context.Context, l *library, form form) (*session, error) {
	guild, err := p.settingsOf(ctx, l.guild)
	if err != nil {
		return nil, err
	}
	printer := p.newPrinter(guild.Language)
	printer.explain = form.explain
	s := &session{library: l, asker: form.asker, notes: form.notes, print: printer.print}
	if form.json {
		s.print = p.printJSON
	}
	s.question = answers.Question{
		Caution:  answers.Caution(guild.Answers),
		Excerpts: guild.Excerpts,
	}
	return s, nil
}

// settingsOf returns the settings of a guild, which are in the data folder also
// when the texts are not.
func (p *program) settingsOf(ctx context.Context, guild string) (config.Guild, error) {
	if p.noData() {
		return config.DefaultGuild(), nil
	}
	l, err := p.openStore(ctx, p.settings.DatabaseAddress(), guild)
	if err != nil {
		return config.Guild{}, err
	}
	settings, err := l.settings.Get(ctx, guild)
	return settings, errors.Join(err, l.close())
}

// ask answers one question, which may follow up another. An error about the question is in the reply.
func (s *session) ask(ctx context.Context, text, previous string) reply {
	begun := time.Now()
	q := s.question
	q.Text, q.Previous = text, previous
	var r answers.Reply
	var err error
	if s.access != nil {
		q.Access = *s.access
	} else {
		q.Access, err = accessOf(ctx, s.library, s.asker)
	}
	if err == nil {
		r, err = s.answerer.Ask(ctx, q)
	}
	out := reply{Reply: r, question: text, err: err, took: time.Since(begun)}
	if s.notes && err == nil {
		for _, e := range r.Quotes {
			notes, err := s.answerer.Notes(ctx, q.Access, e)
			if err != nil {
				out.err = err
			}
			out.notes = append(out.notes, notes)
		}
	}
	return out
}

// countUse counts that a curated answer was the reply.
func (s *session) countUse(ctx context.Context, r reply) error {
	if r.Curated == nil {
		return nil
	}
	return s.library.curated.Used(ctx, s.guild, r.Curated.ID)
}

func (p *program) askOne(ctx context.Context, from *texts, text string, form form) (err error) {
	if err := answers.Check(text); err != nil {
		if form.json {
			p.printJSON(reply{question: text, err: err})
		}
		return err
	}
	s, err := p.newSession(ctx, from, form)
	if err != nil {
		if form.json {
			p.printJSON(reply{question: text, err: err})
		}
		return err
	}
	defer closeInto(&err, s.library)
	r := s.ask(ctx, text, "")
	if r.err != nil && !form.json {
		return r.err
	}
	if err := s.print(r); err != nil {
		return err
	}
	if err := s.countUse(ctx, r); err != nil {
		return err
	}
	if r.err == nil && r.Outcome == answers.None {
		p.status = statusNoAnswer
	}
	return r.err
}

// askAll answers the questions of standard input, one a line, in their order.
func (p *program) askAll(ctx context.Context, from *texts, form form) (err error) {
	s, err := p.newSession(ctx, from, form)
	if err != nil {
		return err
	}
	defer closeInto(&err, s.library)
	lines := newLines(p.in)
	for {
		text, err := lines.next(ctx)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if !form.json {
			fmt.Fprintf(p.out, "? %s\n\n", visible(text))
		}
		r := s.ask(ctx, text, "")
		if err := s.print(r); err != nil {
			return err
		}
		if err := s.countUse(ctx, r); err != nil {
			return err
		}
	}
}

// closeInto closes a library at the end of a function; its error counts if there is
// no other.
func closeInto(err *error, l *library) {
	if closed := l.close(); *err == nil {
		*err = closed
	}
}
