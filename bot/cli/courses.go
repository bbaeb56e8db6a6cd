package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"verbatim/corpus"
)

// corpusCourses lists the courses of a guild.
func (p *program) corpusCourses(guild *string) *cobra.Command {
	return &cobra.Command{
		Use:   "courses",
		Short: "List the courses, and who sees each",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			l, err := p.openStore(cmd.Context(), p.settings.DatabaseAddress(), *guild)
			if err != nil {
				return err
			}
			defer closeInto(&err, l)
			courses, err := l.store.Courses(cmd.Context(), corpus.Everything(l.guild))
			if err != nil {
				return err
			}
			table := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
			for i, c := range courses {
				if i == 0 {
					fmt.Fprintln(table, "COURSE\tDOCUMENTS\tSEEN BY")
				}
				fmt.Fprintf(table, "%s\t%d\t%s\n", visible(orDash(c.Name)), c.Documents, seenBy(c.Limits))
			}
			return table.Flush()
		},
	}
}

// seenBy says who sees a course with these limits.
func seenBy(l *corpus.Limits) string {
	if l == nil {
		return "everybody"
	}
	var by []string
	for _, role := range l.Roles {
		by = append(by, "role "+role)
	}
	for _, channel := range l.Channels {
		by = append(by, "channel "+channel)
	}
	if by == nil {
		return "moderators"
	}
	return strings.Join(by, ", ")
}

// corpusLimit limits a course to roles and channels.
func (p *program) corpusLimit(guild *string) *cobra.Command {
	var limits corpus.Limits
	var everybody, nobody bool
	cmd := &cobra.Command{
		Use:   "limit COURSE",
		Short: "Say who sees a course: roles, channels, everybody, or moderators alone",
		Long: `Say who sees a course, its documents and the curated answers of it: in private
replies the members who have one of the roles, and in private and public ones whoever
asks in one of the channels. What is given takes the place of what was, at once for
the next question. "" is the course of documents that have none.`,
		Example: `  verbatim corpus limit --role 112233445566778899 "Cours de licence"
  verbatim corpus limit --everybody "Cours de licence"`,
		Args: takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			set := &limits
			switch given := len(limits.Roles)+len(limits.Channels) > 0; {
			case !given && !everybody && !nobody:
				return usage("say who sees the course: --role ID, --channel ID, --everybody, or --nobody but moderators")
			case given && (everybody || nobody):
				return usage("--everybody and --nobody go with no role and no channel")
			case everybody:
				set = nil
			}
			l, err := p.openStore(cmd.Context(), p.settings.DatabaseAddress(), *guild)
			if err != nil {
				return err
			}
			defer closeInto(&err, l)
			if err := l.store.SetLimits(cmd.Context(), l.guild, args[0], set); err != nil {
				if errors.Is(err, corpus.ErrLimits) {
					return usageError{err}
				}
				return err
			}
			fmt.Fprintf(p.out, "%s: seen by %s\n", visible(orDash(args[0])), seenBy(set))
			return p.warnOfStrangeCourse(cmd, l, args[0])
		},
	}
	cmd.Flags().StringArrayVar(&limits.Roles, "role", nil, "members with the role `ID` see it; may be given several times")
	cmd.Flags().StringArrayVar(&limits.Channels, "channel", nil, "it is seen in the channel `ID`; may be given several times")
	cmd.Flags().BoolVar(&everybody, "everybody", false, "everybody sees it, as at first")
	cmd.Flags().BoolVar(&nobody, "nobody", false, "moderators alone see it")
	cmd.MarkFlagsMutuallyExclusive("everybody", "nobody")
	return cmd
}

// warnOfOpenCourse says so when a course of an answer has neither documents nor limits:
// perhaps its name is misspelt, and then who should not see the answer does.
func (p *program) warnOfOpenCourse(ctx context.Context, l *library, course string) error {
	if course == "" {
		return nil
	}
	courses, err := l.store.Courses(ctx, corpus.Everything(l.guild))
	known := slices.ContainsFunc(courses, func(other corpus.Course) bool { return corpus.Only(l.guild, course).Sees(other.Name) })
	if err == nil && !known {
		p.warn("there is no course %q yet, so everybody sees the answer: verbatim corpus courses lists those there are", visible(course))
	}
	return err
}

// warnOfStrangeCourse says so when no document is of a course: perhaps its name is
// misspelt.
func (p *program) warnOfStrangeCourse(cmd *cobra.Command, l *library, course string) error {
	documents, err := l.store.Documents(cmd.Context(), corpus.Only(l.guild, course), true)
	if err == nil && len(documents) == 0 {
		p.warn("no document is of the course %q yet: verbatim corpus courses lists those there are", visible(course))
	}
	return err
}
