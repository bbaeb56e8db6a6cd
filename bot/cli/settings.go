package cli

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"
)

// guildSettings is the command about the settings of a guild.
func (p *program) guildSettings() *cobra.Command {
	var guild string
	var unset bool
	cmd := &cobra.Command{
		Use:   "settings [NAME [VALUE]]",
		Short: "Show the settings of a guild, or change one",
		Long: `Show the settings of a guild, show one, or give one a value. With --reset, give it
its default again.`,
		Example: `  verbatim settings
  verbatim settings language fr
  verbatim settings --reset language`,
		Args: takes(0, 2),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if unset && len(args) != 1 {
				return usage("--reset wants the name of one setting")
			}
			l, err := p.openStore(cmd.Context(), p.settings.DatabaseAddress(), guild)
			if err != nil {
				return err
			}
			defer closeInto(&err, l)
			switch {
			case unset:
				err = l.settings.Reset(cmd.Context(), guild, args[0])
			case len(args) == 2:
				err = l.settings.Set(cmd.Context(), guild, args[0], args[1])
			}
			if err != nil {
				return err
			}
			return p.listSettings(cmd, l, args)
		},
	}
	cmd.Flags().StringVar(&guild, "guild", localGuild, "settings of guild `ID`")
	cmd.Flags().BoolVar(&unset, "reset", false, "give the setting its default again")
	return cmd
}

// listSettings prints the settings of a guild, or the one that is named.
func (p *program) listSettings(cmd *cobra.Command, l *library, names []string) error {
	entries, err := l.settings.List(cmd.Context(), l.guild)
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	shown := 0
	for _, e := range entries {
		if len(names) > 0 && names[0] != e.Name {
			continue
		}
		shown++
		origin := "default"
		if e.Set {
			origin = "set; default " + orDash(e.Default)
		}
		fmt.Fprintf(table, "%s\t%s\t(%s)\t%s: %s\n", e.Name, orDash(e.Value), origin, e.Wanted(), e.Description)
	}
	if shown == 0 {
		return usage("there is no setting %q: verbatim settings lists them", names[0])
	}
	return table.Flush()
}

// config is the command that shows the settings of the instance.
func (p *program) config() *cobra.Command {
	return &cobra.Command{
		Use:   "config",
		Short: "Show the settings in force and where each comes from",
		Long: `Show the settings in force and where each comes from: the default, the file
verbatim.yaml, a variable VERBATIM_..., or a flag; each goes before those named
before it.
Secrets are masked.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			table := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
			for _, e := range p.settings.Report() {
				fmt.Fprintf(table, "%s\t%s\t(%s)\t%s\n", e.Key, orDash(e.Value), e.Origin, e.Description)
			}
			return table.Flush()
		},
	}
}
