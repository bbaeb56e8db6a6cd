package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"verbatim/bot"
	"verbatim/config"
)

// init is the command for the first start.
func (p *program) init() *cobra.Command {
	return &cobra.Command{
		Use:   "init",
		Short: "Begin: write verbatim.yaml, check what the bot needs, print the link that invites it",
		Long: `Begin: write verbatim.yaml, in which each setting stands with what it means, unless it
is there already; check the token, the data folder, the clock and the disk; print the
link that adds the bot to a server, and what comes next.`,
		Example: `  DISCORD_TOKEN=… verbatim init`,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			file := p.configFile
			if file == "" {
				file = config.FileName
			}
			if err := p.writeSettings(file); err != nil {
				return err
			}
			if err := os.MkdirAll(p.settings.Data, 0o700); err != nil {
				p.log.Info("data folder", "err", err) // the check says it
			}
			findings := p.checkData()
			discord, look := p.checkDiscord(cmd.Context())
			well, err := p.printFindings(append(findings, discord...))
			if err != nil {
				return err
			}
			fmt.Fprintln(p.out)
			if look.Application != "" {
				fmt.Fprintf(p.out, "Add the bot to a server:\n  %s\n", bot.Invite(look.Application))
			}
			if !well {
				p.status = statusFailure
				fmt.Fprintln(p.out, "Put right what is WRONG, and run verbatim init again.")
				return nil
			}
			fmt.Fprint(p.out, "Then put in texts and start it (docs/discord.md):\n  verbatim index --guild ID FOLDER\n  verbatim run\n")
			return nil
		},
	}
}

// writeSettings writes the settings file, unless it is there.
func (p *program) writeSettings(file string) error {
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		fmt.Fprintf(p.out, "%s is there already, and stays as it is.\n\n", file)
		return nil
	}
	if err != nil {
		return err
	}
	_, err = f.WriteString(config.Template())
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	fmt.Fprintf(p.out, "%s is written: every setting stands in it, with its default.\n\n", file)
	return nil
}
