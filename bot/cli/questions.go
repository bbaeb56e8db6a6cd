package cli

import (
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"verbatim/answers"
	"verbatim/corpus"
)

// questions is the command about questions without an answer.
func (p *program) questions() *cobra.Command {
	d, cmd := p.newDesk("questions", "List open questions, answer or dismiss them",
		`Questions that found no answer, or none that helped, wait here for a moderator: those
that ask the same are one, the most frequent first. docs/moderation.md shows how they
come here.`)
	cmd.AddCommand(d.questionList(), d.questionShow(), d.questionAnswer(), d.questionDismiss(), d.questionReopen())
	return cmd
}

var questionListing = listing[answers.OpenQuestion]{
	none:   "no open questions",
	header: "ID\tASKED\tLAST\tWAITING\tSEEN IN\tQUESTION",
	row: func(q answers.OpenQuestion) string {
		return fmt.Sprintf("%s\t%d\t%s\t%d\t%s\t%s", q.ID, q.Times, q.Last.Format(time.DateOnly), q.Followers, visible(coursesOf(q.Asked)), visible(q.Text))
	},
	object: func(q answers.OpenQuestion) any { return newJSONQuestion(q) },
}

func (d *desk) questionList() *cobra.Command {
	var dismissed, asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the open questions, the most frequent first",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return d.with(cmd.Context(), func(l *library, access corpus.Access) error {
				list, err := l.curated.OpenQuestions(cmd.Context(), access, dismissed)
				if err != nil {
					return err
				}
				return questionListing.print(d.program, list, asJSON)
			})
		},
	}
	cmd.Flags().BoolVar(&dismissed, "dismissed", false, "list the dismissed ones")
	addJSON(cmd, &asJSON)
	return cmd
}

// coursesOf names the courses that an access shows.
func coursesOf(access corpus.Access) string {
	courses, but := access.Courses()
	for i, c := range courses {
		if c == "" {
			courses[i] = "no course"
		}
	}
	list := strings.Join(courses, ", ")
	switch {
	case but && list == "":
		return "all courses"
	case but:
		return "all but " + list
	}
	return list
}

func (d *desk) questionShow() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "show ID",
		Short: "Show a question and all ways in which it was asked",
		Args:  takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return d.with(cmd.Context(), func(l *library, access corpus.Access) error {
				q, err := l.curated.OpenQuestion(cmd.Context(), access, args[0])
				if err != nil {
					return err
				}
				if asJSON {
					return d.printObject(newJSONQuestion(q))
				}
				fmt.Fprintf(d.out, "%s\nasked %s, first %s, last %s, where %s can be seen; %s to be told\n", visible(q.Text), count(q.Times, "time"),
					at(q.First), at(q.Last), visible(coursesOf(q.Asked)), count(q.Followers, "member"))
				if !q.Dismissed.IsZero() {
					fmt.Fprintf(d.out, "dismissed %s: %s\n", at(q.Dismissed), visible(orDash(q.Why)))
				}
				table := tabwriter.NewWriter(d.out, 0, 0, 2, ' ', 0)
				for _, w := range q.Wordings {
					fmt.Fprintf(table, "%d\t%s\t%s\t%s\n", w.Times, w.Reason, at(w.Last), visible(w.Text))
				}
				return table.Flush()
			})
		},
	}
	addJSON(cmd, &asJSON)
	return cmd
}

func (d *desk) questionAnswer() *cobra.Command {
	var in contentInput
	var author, as string
	cmd := &cobra.Command{
		Use:   "answer ID --answer TEXT | --file FILE | --as CURATED",
		Short: "Make a curated answer of a question, or give it one that is there",
		Long: `Make a curated answer of a question: with its most frequent wordings, unless others
are given. With --as, it is answered by a curated answer that is there already, which
gets the wordings. The question goes from the list, and who waits for it is told.`,
		Example: `  verbatim questions answer 0f3a --answer "Sokolnikov." --quote "brest.md: signé par Sokolnikov"
  verbatim questions answer 0f3a --as 77c1`,
		Args: takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return d.with(cmd.Context(), func(l *library, access corpus.Access) error {
				if as != "" {
					a, err := l.curated.AnswerOpenWith(cmd.Context(), access, args[0], as, author)
					if err == nil {
						fmt.Fprintf(d.out, "%s answered by %s, revision %d\n", args[0], a.ID, a.Revision)
					}
					return err
				}
				q, err := l.curated.OpenQuestion(cmd.Context(), access, args[0])
				if err != nil {
					return err
				}
				content, _, err := in.read(cmd, l, q.Content())
				if err != nil {
					return err
				}
				a, err := l.curated.AnswerOpen(cmd.Context(), access, q.ID, author, content)
				if err != nil {
					return err
				}
				fmt.Fprintf(d.out, "%s answered by %s\n", q.ID, a.ID)
				return d.warnOfOpenCourse(cmd.Context(), l, a.Course)
			})
		},
	}
	in.addFlags(cmd)
	addAuthor(cmd, &author)
	cmd.Flags().StringVar(&as, "as", "", "the curated answer `ID` that answers it")
	for _, flag := range []string{"file", "question", "answer", "wording", "source", "quote", "course", "language"} {
		cmd.MarkFlagsMutuallyExclusive("as", flag)
	}
	return cmd
}

func (d *desk) questionDismiss() *cobra.Command {
	var reason string
	cmd := &cobra.Command{
		Use:   "dismiss ID...",
		Short: "Take questions out of the list without an answer; reopen brings them back",
		Args:  atLeast(1),
		RunE: func(cmd *cobra.Command, ids []string) error {
			return d.with(cmd.Context(), func(l *library, access corpus.Access) error {
				for _, id := range ids {
					if err := l.curated.Dismiss(cmd.Context(), access, id, reason); err != nil {
						return err
					}
					fmt.Fprintf(d.out, "%s dismissed\n", id)
				}
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&reason, "reason", "", "why, told to who waits for an answer")
	return cmd
}

func (d *desk) questionReopen() *cobra.Command {
	return &cobra.Command{
		Use:   "reopen ID...",
		Short: "Bring dismissed questions back",
		Args:  atLeast(1),
		RunE: func(cmd *cobra.Command, ids []string) error {
			return d.with(cmd.Context(), func(l *library, access corpus.Access) error {
				for _, id := range ids {
					if err := l.curated.Reopen(cmd.Context(), access, id); err != nil {
						return err
					}
					fmt.Fprintf(d.out, "%s open\n", id)
				}
				return nil
			})
		},
	}
}

// The object that questions --json prints, as docs/json.md describes it.
type (
	jsonQuestion struct {
		ID        string        `json:"id"`
		Question  string        `json:"question"`
		Language  string        `json:"language"`
		Times     int           `json:"times"`
		First     time.Time     `json:"first"`
		Last      time.Time     `json:"last"`
		Waiting   int           `json:"waiting"`
		Courses   string        `json:"courses"`
		Dismissed bool          `json:"dismissed"`
		Reason    string        `json:"reason"`
		Wordings  []jsonWording `json:"wordings"`
	}
	jsonWording struct {
		Text   string    `json:"text"`
		Reason string    `json:"reason"`
		Times  int       `json:"times"`
		Last   time.Time `json:"last"`
	}
)

func newJSONQuestion(q answers.OpenQuestion) jsonQuestion {
	o := jsonQuestion{ID: q.ID, Question: q.Text, Language: q.Language, Times: q.Times, First: q.First.UTC(), Last: q.Last.UTC(),
		Waiting: q.Followers, Courses: coursesOf(q.Asked), Dismissed: !q.Dismissed.IsZero(), Reason: q.Why, Wordings: []jsonWording{}}
	for _, w := range q.Wordings {
		o.Wordings = append(o.Wordings, jsonWording{w.Text, string(w.Reason), w.Times, w.Last.UTC()})
	}
	return o
}
