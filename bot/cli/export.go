package cli

import (
	"github.com/spf13/cobra"
)

// export is the command that prints all that is stored.
func (p *program) export() *cobra.Command {
	return &cobra.Command{
		Use:   "export",
		Short: "Print everything that is stored, one JSON object a line",
		Long: `Print everything that is stored, one JSON object a line: every row of every table, in a
fixed order, so that equal content is printed equally from SQLite and from PostgreSQL.
docs/operation.md describes it. To keep it, use verbatim backup, which can be restored.`,
		Example: `  verbatim export > all.jsonl
  verbatim export | jq -r 'select(.table == "document") | .row.title'`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			if p.noData() {
				return p.errNoData()
			}
			l, err := p.openStore(cmd.Context(), p.settings.DatabaseAddress(), localGuild)
			if err != nil {
				return err
			}
			defer closeInto(&err, l)
			return l.db.Export(cmd.Context(), p.out)
		},
	}
}
