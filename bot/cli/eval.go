package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"verbatim/answers"
	"verbatim/answers/eval"
	"verbatim/corpus"
)

// An evaluation is what eval was asked to do.
type evaluation struct {
	docs     string
	asJSON   bool
	misses   bool
	leaveOut float64 // share of the documents, 0 for none
	fold     bool
	noise    *uint64 // seed
	curated  bool    // take the documents as curated answers
}

// eval is the command that measures replies on question sets.
func (p *program) eval() *cobra.Command {
	var e evaluation
	var seed uint64
	cmd := &cobra.Command{
		Use:   "eval SET...",
		Short: "Measure the replies on question sets",
		Long: `Measure the replies on question sets. A set is a folder with queries.jsonl (id,
text, answers, optional kind), and corpus.jsonl (one document a line: id, title,
text) with qrels.tsv (query, tab, document); or without corpus.jsonl, the documents
are those below the folder given with --docs. Optional are unanswerable.jsonl and
curated.jsonl. docs/json.md explains the measures.`,
		Example: `  verbatim eval corpus/sample/questions --docs corpus/sample/notes`,
		Args:    atLeast(1),
		RunE: func(cmd *cobra.Command, dirs []string) error {
			if cmd.Flags().Changed("leave-out") && !(e.leaveOut > 0 && e.leaveOut < 1) {
				return usage("--leave-out %v: give a share between 0 and 1, such as 0.5", e.leaveOut)
			}
			if cmd.Flags().Changed("noise") {
				e.noise = &seed
			}
			for _, dir := range dirs {
				if err := p.evaluate(cmd.Context(), dir, e); err != nil {
					return fmt.Errorf("evaluate %s: %w", dir, err)
				}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&e.docs, "docs", "", "ask about the texts below `DIR`")
	cmd.Flags().BoolVar(&e.asJSON, "json", false, "print one JSON object a set")
	cmd.Flags().BoolVar(&e.misses, "misses", false, "name the questions whose answer is not in the reply, on standard error")
	cmd.Flags().Float64Var(&e.leaveOut, "leave-out", 0, "leave out `SHARE` of the documents, by their titles, and measure how well their questions are told apart")
	cmd.Flags().BoolVar(&e.curated, "curated", false, "take the documents as curated answers to their titles, and the questions as their asks")
	cmd.Flags().BoolVar(&e.fold, "fold", false, "ask in lower case without accents")
	cmd.Flags().Uint64Var(&seed, "noise", 0, "ask with one typing error a question; `SEED` says which")
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
	if e.leaveOut > 0 {
		if err := leaveOut(ctx, set, l, e.leaveOut); err != nil {
			return err
		}
	}
	if e.curated {
		if err := set.Curate(ctx, l.store, corpus.Everything(l.guild)); err != nil {
			return err
		}
	}
	if e.noise != nil {
		set.AddNoise(*e.noise)
	}
	if e.fold { // after the errors, so that they are the same ones with it and without
		set.Fold()
	}
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

// leaveOut takes a share of the documents out of the library, before it is searched.
func leaveOut(ctx context.Context, set *eval.Set, l *library, share float64) error {
	documents, err := l.store.Documents(ctx, corpus.Everything(l.guild), false)
	if err != nil {
		return err
	}
	out, err := set.LeaveOut(share, documents)
	if err != nil {
		return err
	}
	for _, d := range out {
		if err := l.store.Remove(ctx, l.guild, d.ID); err != nil {
			return err
		}
	}
	return nil
}

func (p *program) judge(ctx context.Context, set *eval.Set, l *library) (eval.Report, error) {
	target := eval.Target{Store: l.store, Indexes: l.indexes, Answerer: answers.New(l.store, l.indexes, p.log),
		Access: corpus.Everything(l.guild), Now: time.Now, Curated: l.curated, CuratedIndexes: l.curatedIndexes}
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
	for _, a := range r.Asks {
		switch {
		case len(a.Want) == 0 && a.Found != "":
			fmt.Fprintf(p.err, "curated, false\t%s\t%s\n", a.Found, a.Text)
		case len(a.Want) > 0 && !slices.Contains(a.Want, a.Found):
			fmt.Fprintf(p.err, "curated, missed\t%s\t%s\t%s\n", strings.Join(a.Want, " "), orDash(a.Found), a.Text)
		}
	}
}
