package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"verbatim/answers"
	"verbatim/answers/eval"
	"verbatim/corpus"
)

// An evaluation is what eval was asked to do.
type evaluation struct {
	docs   string
	asJSON bool
	misses bool
}

// eval is the command that measures replies on question sets.
func (p *program) eval() *cobra.Command {
	var e evaluation
	cmd := &cobra.Command{
		Use:   "eval SET...",
		Short: "Measure the replies on question sets",
		Long: `Measure the replies on question sets. A set is a folder with queries.jsonl (id,
text, answers, optional kind), and corpus.jsonl (one document a line: id, title,
text) with qrels.tsv (query, tab, document); or without corpus.jsonl, the documents
are those below the folder given with --docs. Optional are unanswerable.jsonl and
curated.jsonl. docs/json.md explains the measures.`,
		Example: `  verbatim eval corpus/sample/questions --docs corpus/sample/notes`,
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, dirs []string) error {
			for _, dir := range dirs {
				if err := p.evaluate(cmd.Context(), dir, e); err != nil {
					return fmt.Errorf("evaluate %s: %w", filepath.Base(dir), err)
				}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&e.docs, "docs", "", "ask about the text files below `DIR`")
	cmd.Flags().BoolVar(&e.asJSON, "json", false, "print one JSON object a set")
	cmd.Flags().BoolVar(&e.misses, "misses", false, "name the questions whose answer is not in the reply, on standard error")
	return cmd
}

func (p *program) evaluate(ctx context.Context, dir string, e evaluation) (err error) {
	set, err := eval.Load(dir)
	if err != nil {
		return err
	}
	docs := e.docs
	if docs == "" {
		docs = dir
		if !set.HasDocuments() {
			return usage("it has no corpus.jsonl: name the folder of its documents with --docs")
		}
	}
	folder, err := p.folder(docs)
	if err != nil {
		return err
	}
	if e.docs == "" {
		folder.Names = []string{corpus.CollectionName} // and no other text that lies beside it
	}
	l, err := p.openTemporary(ctx, folder, p.showProgress)
	if err != nil {
		return err
	}
	defer closeInto(&err, l)
	report, err := p.judge(ctx, set, l)
	if err != nil {
		return err
	}
	if e.misses {
		p.printMisses(report)
	}
	if e.asJSON {
		return json.NewEncoder(p.out).Encode(report)
	}
	_, err = io.WriteString(p.out, report.Text())
	return err
}

func (p *program) judge(ctx context.Context, set *eval.Set, l *library) (eval.Report, error) {
	target := eval.Target{Store: l.store, Indexes: l.indexes, Answerer: l.answerer, Access: corpus.Everything(l.guild), Now: time.Now}
	bar := p.showSteps("asking", len(set.Queries)+len(set.Unanswerable))
	defer bar.finish()
	return eval.Run(ctx, set, target, bar.set)
}

// printMisses names the questions whose answer is not in the reply, those that are
// refused, and those without an answer that are answered.
func (p *program) printMisses(r eval.Report) {
	for _, q := range r.Questions {
		var miss string
		switch {
		case !q.Answerable && q.Outcome == answers.None:
			continue
		case !q.Answerable:
			miss = "false"
		case q.Outcome == answers.None:
			miss = "refused"
		case len(q.Answers) > 0 && !q.InReply[len(q.InReply)-1]:
			miss = "missed"
		default:
			continue
		}
		fmt.Fprintf(p.err, "%s\t%s\t%s\t%.2f\t%s\n", miss, q.ID, orDash(q.Kind), q.Confidence, q.Text)
	}
}
