package cli

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"verbatim/bot/shards"
)

// shards is the command that shows who answers for what.
func (p *program) shards() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "shards",
		Short: "Show which process answers for which part of Discord",
		Long: `Show which process answers for which part of Discord, where several run on one
PostgreSQL database (docs/scaling.md): for each shard its process, since when that was
heard of Discord last, and in how many servers the bot is there.

A process that runs alone on SQLite answers for everything, and tells nobody.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.withShards(cmd.Context(), func(table *shards.Table) error {
				o, err := table.Read(cmd.Context())
				if err != nil {
					return err
				}
				p.printShards(o)
				return nil
			})
		},
	}
	cmd.AddCommand(&cobra.Command{
		Use:   "drain PROCESS",
		Short: "Let a process give its shards to the others, before it is stopped",
		Long: `Let a process give its shards to the others, one after the other, so that it can be
stopped without anybody noticing. It is named as verbatim shards shows it. A process
that is stopped with SIGTERM gives its shards away too, but all at once.`,
		Example: `  verbatim shards drain "4711 host-a"`,
		Args:    takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.withShards(cmd.Context(), func(table *shards.Table) error {
				found, err := table.Drain(cmd.Context(), args[0])
				if err == nil && !found {
					return usage("no process %q runs: verbatim shards shows those that do", args[0])
				}
				return err
			})
		},
	})
	return cmd
}

// withShards opens the database alone.
func (p *program) withShards(ctx context.Context, fn func(*shards.Table) error) (err error) {
	if p.settings.Database == "" {
		return usage("a bot on SQLite is alone and answers for everything: several processes need a PostgreSQL database, see docs/scaling.md")
	}
	l, err := p.openStore(ctx, p.settings.DatabaseAddress(), localGuild)
	if err != nil {
		return err
	}
	defer closeInto(&err, l)
	return fn(shards.NewTable(l.db))
}

func (p *program) printShards(o shards.Overview) {
	names := map[string]string{}
	for _, process := range o.Processes {
		held := 0
		for _, s := range o.Shards {
			if s.Owner == process.ID && !s.Free {
				held++
			}
		}
		drains := ""
		if process.Draining {
			drains = ", gives them away"
		}
		names[process.ID] = process.Name
		fmt.Fprintf(p.out, "process %s: %s%s, runs for %s\n", process.Name, count(held, "shard"), drains, o.Now.Sub(process.Started).Round(time.Second))
	}
	for _, s := range o.Shards {
		owner := cmp.Or(names[s.Owner], "nobody")
		if s.Free {
			owner = "nobody"
		}
		heard := "never heard of Discord"
		if !s.Heard.IsZero() {
			heard = "heard of Discord " + o.Now.Sub(s.Heard).Round(time.Second).String() + " ago"
		}
		fmt.Fprintf(p.out, "shard %d of %d: %s, %s, %s\n", s.Shard, s.Shards, owner, heard, count(s.Guilds, "server"))
	}
	if len(o.Processes) == 0 {
		fmt.Fprintln(p.out, "no process runs")
	}
}
