package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"verbatim/corpus"
	"verbatim/corpus/extract"
)

// index is the command that puts files into the store.
func (p *program) index() *cobra.Command {
	var guild string
	var mirror bool
	cmd := &cobra.Command{
		Use:   "index DIR...",
		Short: "Read the texts below folders into the data folder",
		Long: `Read the texts below the folders into the data folder (verbatim config shows
where it is): text (.txt), Markdown (.md), HTML, EPUB, OpenDocument (.odt), Word
(.docx) and PDF files. A file that has changed since replaces its document, which keeps its
identity; files that have not changed are left alone. Documents whose files are
gone stay, unless --mirror is given.

What a document is called is its path below the folder. Title, author, date,
language, course, licence and link come from front matter between lines of three
hyphens, or from a file NAME.yaml beside it.`,
		Example: `  verbatim index ~/course
  verbatim index --data /srv/verbatim --guild 112233445566778899 ~/course`,
		Args: atLeast(1),
		RunE: func(cmd *cobra.Command, dirs []string) (err error) {
			folders, err := p.folders(dirs)
			if err != nil {
				return err
			}
			l, err := p.openStore(cmd.Context(), p.settings.DatabaseAddress(), guild)
			if err != nil {
				return err
			}
			defer closeInto(&err, l)
			for _, folder := range folders {
				if err := p.importFolder(cmd.Context(), l, folder, mirror); err != nil {
					return err
				}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&guild, "guild", localGuild, "read the files into guild `ID`")
	cmd.Flags().BoolVar(&mirror, "mirror", false, "remove documents of the folders whose files are gone, and bring back removed ones")
	return cmd
}

// folders opens all folders before the first is read.
func (p *program) folders(dirs []string) ([]*corpus.Folder, error) {
	var folders []*corpus.Folder
	for _, dir := range dirs {
		folder, err := p.folder(dir)
		if err != nil {
			return nil, err
		}
		folders = append(folders, folder)
	}
	return folders, nil
}

func (p *program) importFolder(ctx context.Context, l *library, folder *corpus.Folder, mirror bool) error {
	bar := p.showProgress(folder)
	report, err := l.store.Import(ctx, l.guild, folder, corpus.ImportOptions{Extractor: p.files(), Mirror: mirror, Alike: true, Progress: bar.read})
	bar.finish()
	p.reportImport(folder, report)
	if err != nil {
		return err
	}
	if report.Changed() {
		if err := p.followQuotes(ctx, l); err != nil {
			return err
		}
	}
	if n := len(report.Failed); n > 0 {
		return fmt.Errorf("%s not stored; the others are", count(n, "file"))
	}
	return nil
}

// reportImport says what an import did: the sum on standard output, what needs a
// look on standard error.
func (p *program) reportImport(folder *corpus.Folder, r corpus.Import) {
	for _, failed := range r.Failed {
		p.warn("%v", failed)
	}
	for _, name := range r.LeftOut {
		p.warn("%s was removed and stays so: verbatim corpus restore %[1]q brings it back", name)
	}
	for _, name := range r.Kept {
		p.warn("%s was given another text, which stays until its file changes; --mirror takes the file's", name)
	}
	if !r.Changed() && len(r.Failed) == 0 {
		fmt.Fprintf(p.out, "%s: nothing to do, %s unchanged\n", folder.Path, count(r.Unchanged, "document"))
	} else {
		renamed := ""
		if n := len(r.Renamed); n > 0 {
			renamed = fmt.Sprintf("%d renamed, ", n)
		}
		fmt.Fprintf(p.out, "%s: %d added, %d replaced, %s%d removed, %d unchanged, %d failed\n",
			folder.Path, r.Added, r.Replaced, renamed, r.Removed, r.Unchanged, len(r.Failed))
	}
	if len(r.Renamed) > 0 {
		p.warn("files that were renamed, whose documents stay what they are: %s", some(r.Renamed))
	}
	if n := len(r.Gone); n > r.Removed {
		p.warn("%s no longer in the folder, kept all the same (--mirror removes what is gone): %s", count(n, "document"), some(r.Gone))
	} else if n > 0 {
		p.warn("removed, for the files are gone: %s", some(r.Gone))
	}
	p.warnOfPairs(r.Alike)
	if n := len(folder.Other); n > 0 {
		p.warn("%s left alone, not in a format that is read: %s", count(n, "other file"), some(folder.Other))
		for _, line := range advice(folder.Other) {
			p.warn("%s", line)
		}
	}
}

// advice says once for each kind of file that was left alone what to do about it.
func advice(names []string) []string {
	var lines []string
	for _, name := range names {
		about := extract.Advice(name)
		if about == "" || slices.ContainsFunc(lines, func(line string) bool { return strings.HasSuffix(line, ": "+about) }) {
			continue
		}
		lines = append(lines, visible(name)+": "+about)
	}
	return lines
}

// some names the first of a list.
func some(names []string) string {
	const most = 8
	if len(names) > most {
		return fmt.Sprintf("%s, and %d more", visible(strings.Join(names[:most], ", ")), len(names)-most)
	}
	return visible(strings.Join(names, ", "))
}

// count writes a number with what is counted.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
