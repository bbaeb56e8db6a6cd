package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"verbatim/answers/exchange"
)

// A fileKind is what an import and an export of one kind of thing do.
type fileKind struct {
	things string
	with   func(context.Context, func(*library) error) error
	read   func(ctx context.Context, l *library, data []byte, f exchange.Format, o exchange.Options) (steps []exchange.Step, notice string, err error)
	write  func(ctx context.Context, l *library, out io.Writer, f exchange.Format) error
}

func (c *curatedCommand) files() fileKind {
	return fileKind{
		things: "answers",
		with:   c.with,
		read: func(ctx context.Context, l *library, data []byte, f exchange.Format, o exchange.Options) ([]exchange.Step, string, error) {
			entries, notice, err := exchange.ReadAnswers(data, f)
			if err != nil {
				return nil, notice, err
			}
			steps, err := l.exchange().ImportAnswers(ctx, l.guild, entries, o)
			return steps, notice, err
		},
		write: func(ctx context.Context, l *library, out io.Writer, f exchange.Format) error {
			all, err := l.exchange().ExportAnswers(ctx, l.guild)
			if err != nil {
				return err
			}
			return exchange.WriteAnswers(out, f, all)
		},
	}
}

func (c *glossaryCommand) files() fileKind {
	return fileKind{
		things: "groups of equal terms",
		with:   c.with,
		read: func(ctx context.Context, l *library, data []byte, f exchange.Format, o exchange.Options) ([]exchange.Step, string, error) {
			entries, notice, err := exchange.ReadGroups(data, f)
			if err != nil {
				return nil, notice, err
			}
			steps, err := l.exchange().ImportGroups(ctx, l.guild, entries, o)
			return steps, notice, err
		},
		write: func(ctx context.Context, l *library, out io.Writer, f exchange.Format) error {
			all, err := l.exchange().ExportGroups(ctx, l.guild)
			if err != nil {
				return err
			}
			return exchange.WriteGroups(out, f, all)
		},
	}
}

// importFile is the command that reads a file.
func (p *program) importFile(kind fileKind) *cobra.Command {
	var format string
	var options exchange.Options
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: "Add and change " + kind.things + " as a file says: YAML, JSON, or CSV from a spreadsheet",
		Long: `Add and change ` + kind.things + ` as a file says (- for standard input), all of
it or, where something is wrong, nothing. What has no id is added, unless it is there
already. Nothing is removed. docs/files.md shows the files.`,
		Args: takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			f, err := exchange.FormatOf(format, args[0])
			if err != nil {
				return usage("--format: %w", err)
			}
			data, err := readInput(cmd, args[0])
			if err != nil {
				return err
			}
			return kind.with(cmd.Context(), func(l *library) error {
				steps, notice, err := kind.read(cmd.Context(), l, data, f, options)
				if notice != "" {
					p.warn("%s", notice)
				}
				if problems, ok := errors.AsType[exchange.Problems](err); ok {
					return usage("%s: nothing was imported\n%w", args[0], problems)
				}
				if err != nil {
					return err
				}
				if err := p.reportSteps(steps, options.Dry); err != nil {
					return err
				}
				courses := map[string]bool{}
				for _, s := range steps {
					courses[s.Course] = true
				}
				for _, course := range slices.Sorted(maps.Keys(courses)) {
					if err := p.warnOfOpenCourse(cmd.Context(), l, course); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&format, "format", "", "yaml, json or csv (default by the file's name)")
	cmd.Flags().StringVar(&options.Author, "author", "command line", "who makes the changes, as the history names them")
	cmd.Flags().BoolVar(&options.Dry, "dry-run", false, "only say what would be changed, a line for each")
	cmd.Flags().BoolVar(&options.IgnoreIDs, "ignore-ids", false, "take no notice of ids and revisions, as for a file from another server")
	return cmd
}

// reportSteps prints a line for each change, and their sum.
func (p *program) reportSteps(steps []exchange.Step, dry bool) error {
	counts := map[string]int{}
	for _, s := range steps {
		if counts[s.Action]++; s.Action != "unchanged" {
			fmt.Fprintln(p.out, visible(s.String()))
		}
	}
	would := ""
	if dry {
		would = "would be: "
	}
	_, err := fmt.Fprintf(p.out, "%s%d added, %d edited, %d unchanged\n", would, counts["added"], counts["edited"], counts["unchanged"])
	return err
}

// exportFile is the command that writes a file.
func (p *program) exportFile(kind fileKind) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "export [FILE]",
		Short: "Write all " + kind.things + " to a file that import takes: YAML, JSON or CSV",
		Args:  takes(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			name := ""
			if len(args) > 0 {
				name = args[0]
			} else if format == "" {
				format = string(exchange.YAML)
			}
			f, err := exchange.FormatOf(format, name)
			if err != nil {
				return usage("--format: %w", err)
			}
			return kind.with(cmd.Context(), func(l *library) error {
				var file bytes.Buffer
				if err := kind.write(cmd.Context(), l, &file, f); err != nil {
					return err
				}
				if name == "" || name == "-" {
					_, err := p.out.Write(file.Bytes())
					return err
				}
				return replaceFile(name, file.Bytes())
			})
		},
	}
	cmd.Flags().StringVar(&format, "format", "", "yaml, json or csv (default by the file's name, or yaml)")
	return cmd
}
