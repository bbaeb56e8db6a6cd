package cli

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"verbatim/corpus"
)

// originCommand is the origin of documents that single files were added as.
const originCommand = "command line"

// readDraft reads a file for the library.
func (p *program) readDraft(cmd *cobra.Command, name string) (corpus.Draft, error) {
	report, err := checkFile(cmd.Context(), p.files(), name)
	if err != nil {
		return corpus.Draft{}, err
	}
	d := report.Draft
	d.Origin, d.File = originCommand, ""
	return d, nil
}

// corpusAdd adds single files.
func (p *program) corpusAdd(guild *string) *cobra.Command {
	var course, name string
	cmd := &cobra.Command{
		Use:   "add FILE...",
		Short: "Add single files; verbatim index reads folders",
		Long: `Add single files as documents that are called as the files are. A file that is there
already is left alone. For folders there is verbatim index, which also sees what changed.`,
		Example: `  verbatim corpus add --course "Droit" cours.pdf`,
		Args:    atLeast(1),
		RunE: func(cmd *cobra.Command, files []string) error {
			if name != "" && len(files) > 1 {
				return usage("--name goes with one file")
			}
			if err := corpus.CheckCourse(course); err != nil {
				return usageError{err}
			}
			if cmd.Flags().Changed("name") {
				if err := corpus.CheckName(name); err != nil {
					return usageError{err}
				}
			}
			return p.withStore(cmd.Context(), *guild, func(l *library) error {
				var failed []error
				for _, file := range files {
					d, err := p.readDraft(cmd, file)
					if err == nil {
						if cmd.Flags().Changed("course") {
							d.Chosen = &course
						}
						d.Name = cmp.Or(name, filepath.Base(file))
						err = p.addDraft(cmd, l, d)
					}
					failed = append(failed, err)
				}
				return errors.Join(failed...)
			})
		},
	}
	cmd.Flags().StringVar(&course, "course", "", "sort them into `COURSE`, whatever the files state; \"\" for none")
	cmd.Flags().StringVar(&name, "name", "", "call the document `NAME`")
	return cmd
}

// addDraft stores a draft, unless another document has its name.
func (p *program) addDraft(cmd *cobra.Command, l *library, d corpus.Draft) error {
	if err := p.warnOfAlike(cmd, l, d); err != nil {
		return err
	}
	old, err := l.store.DocumentNamed(cmd.Context(), corpus.Everything(l.guild), d.Name)
	if err == nil && old.Removed.IsZero() && old.Revision != d.Revision {
		return usage("there is a document %s with another text: verbatim corpus replace %[1]q FILE takes its place, or give this one another name with --name", d.Name)
	}
	if err != nil && !errors.Is(err, corpus.ErrNotFound) {
		return err
	}
	if err == nil && old.Removed.IsZero() {
		fmt.Fprintf(p.out, "%s: nothing to do\n", visible(d.Name))
		return nil
	}
	return p.putDraft(cmd, l, d)
}

func (p *program) putDraft(cmd *cobra.Command, l *library, d corpus.Draft) error {
	outcomes, err := l.store.Put(cmd.Context(), l.guild, []corpus.Draft{d}, true)
	if err != nil {
		return err
	}
	said := map[corpus.Outcome]string{corpus.Added: " added", corpus.Replaced: " replaced", corpus.Unchanged: ": nothing to do"}[outcomes[0]]
	fmt.Fprintf(p.out, "%s%s\n", visible(d.Name), said)
	if outcomes[0] != corpus.Unchanged {
		return p.followQuotes(cmd.Context(), l)
	}
	return nil
}

// corpusReplace gives a document the text of a file.
func (p *program) corpusReplace(guild *string) *cobra.Command {
	return &cobra.Command{
		Use:   "replace DOCUMENT FILE",
		Short: "Give a document the text of a file, of any format",
		Long: `Give a document the text of a file, which may be of another format. It stays the same
document: its name, its course, licence and link stay, unless the file states others, and
quotes in curated answers are found again where the text still has them.`,
		Example: `  verbatim corpus replace cours.txt ~/cours.pdf`,
		Args:    takes(2, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.withDocuments(cmd.Context(), *guild, args[:1], func(l *library, old corpus.Document) error {
				d, err := p.readDraft(cmd, args[1])
				if err != nil {
					return err
				}
				d.Name = old.Name
				if d.Course == "" {
					d.Chosen = &old.Course
				}
				d.Licence, d.Link = cmp.Or(d.Licence, old.Licence), cmp.Or(d.Link, old.Link)
				return p.putDraft(cmd, l, d)
			})
		},
	}
}

// corpusRename gives a document another name.
func (p *program) corpusRename(guild *string) *cobra.Command {
	return &cobra.Command{
		Use:   "rename DOCUMENT NAME",
		Short: "Give a document another name",
		Long: `Give a document another name. If it was read from a folder, its file keeps its own, and
goes on being the document's. Titles stand in the files, or in sidecars beside them.`,
		Args: takes(2, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.withDocuments(cmd.Context(), *guild, args[:1], func(l *library, d corpus.Document) error {
				if d.Name == args[1] {
					fmt.Fprintf(p.out, "%s: nothing to do\n", visible(d.Name))
					return nil
				}
				if err := l.store.Rename(cmd.Context(), l.guild, d.ID, args[1]); err != nil {
					return err
				}
				fmt.Fprintf(p.out, "%s renamed to %s\n", visible(d.Name), visible(args[1]))
				return nil
			})
		},
	}
}

// corpusMove sorts documents into a course.
func (p *program) corpusMove(guild *string) *cobra.Command {
	var course string
	cmd := &cobra.Command{
		Use:   "move DOCUMENT... --course COURSE",
		Short: "Sort documents into a course",
		Long: `Sort documents into a course, "" for none. They stay in it when their files change, until
a file states another course than before.`,
		Args: atLeast(1),
		RunE: func(cmd *cobra.Command, names []string) error {
			if !cmd.Flags().Changed("course") {
				return usage(`say which course: --course NAME, or --course "" for none`)
			}
			return p.withDocuments(cmd.Context(), *guild, names, func(l *library, d corpus.Document) error {
				if d.Course == course {
					fmt.Fprintf(p.out, "%s: nothing to do\n", visible(d.Name))
					return nil
				}
				err := l.store.SetCourse(cmd.Context(), l.guild, d.ID, course)
				if errors.Is(err, corpus.ErrLimits) {
					return usageError{err}
				}
				if err == nil {
					fmt.Fprintf(p.out, "%s moved to %s\n", visible(d.Name), visible(orDash(course)))
				}
				return err
			})
		},
	}
	cmd.Flags().StringVar(&course, "course", "", "the `COURSE`")
	return cmd
}
