package cli

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"verbatim/answers"
	"verbatim/corpus"
)

// feedback is the command that shows how replies were voted on.
func (p *program) feedback() *cobra.Command {
	var asJSON bool
	d, cmd := p.newDesk("feedback", "List answers and quotes by the votes on them",
		`List the curated answers and the quotes that members voted on, those that helped
least first, with the questions to which they did not help and what members said.
Votes don't change what is found: that is for moderators, who curate an answer.`)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return d.with(cmd.Context(), func(l *library, access corpus.Access) error {
			list, err := l.curated.Feedback(cmd.Context(), access)
			if err != nil {
				return err
			}
			if len(list) == 0 && !asJSON {
				d.warn("no votes yet")
			}
			for _, j := range list {
				if asJSON {
					err = d.printObject(newJSONJudged(j))
				} else {
					err = d.printJudged(j)
				}
				if err != nil {
					return err
				}
			}
			return nil
		})
	}
	addJSON(cmd, &asJSON)
	return cmd
}

func (d *desk) printJudged(j answers.Judged) error {
	what := "quote of " + j.Name
	switch {
	case j.Curated != "":
		what = "curated answer " + j.Curated + ": " + j.Name
	case j.Text == "":
		what += ", which changed since"
	}
	fmt.Fprintf(d.out, "+%d -%d  %s  %s\n", j.Helpful, j.Unhelpful, j.Last.Format(time.DateOnly), visible(what))
	if j.Text != "" {
		fmt.Fprintf(d.out, "  > %s\n", visible(j.Text))
	}
	for _, q := range j.Questions {
		fmt.Fprintf(d.out, "  ? %s\n", visible(q))
	}
	for _, c := range j.Comments {
		fmt.Fprintf(d.out, "  \" %s\n", visible(c))
	}
	_, err := fmt.Fprintln(d.out)
	return err
}

// A jsonJudged is what feedback --json prints, as docs/json.md describes it.
type jsonJudged struct {
	Curated   string    `json:"curated"`
	Document  string    `json:"document"`
	Text      string    `json:"text"`
	Helpful   int       `json:"helpful"`
	Unhelpful int       `json:"unhelpful"`
	Last      time.Time `json:"last"`
	Questions []string  `json:"questions"`
	Comments  []string  `json:"comments"`
}

func newJSONJudged(j answers.Judged) jsonJudged {
	o := jsonJudged{j.Curated, "", j.Text, j.Helpful, j.Unhelpful, j.Last.UTC(), append([]string{}, j.Questions...), append([]string{}, j.Comments...)}
	if j.Curated == "" {
		o.Document = j.Name
	}
	return o
}
