package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"path/filepath"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"verbatim/answers"
	"verbatim/bot"
	"verbatim/bot/ops"
	"verbatim/bot/shards"
	"verbatim/corpus"
	"verbatim/retrieval"
)

// run is the command that answers on Discord.
func (p *program) run() *cobra.Command {
	return &cobra.Command{
		Use:   "run",
		Short: "Answer on Discord until the process is told to stop",
		Long: `Answer on Discord from the texts in the data folder, until the process is told
to stop (SIGTERM or Ctrl-C; a second time ends it at once). It goes on trying while
Discord can't be reached, and ends by itself only when Discord refuses the bot.
docs/discord.md shows how to make the bot's account and invite it.

The token is read from DISCORD_TOKEN, or from the file that DISCORD_TOKEN_FILE
names. Folders that verbatim.yaml names (follow.folders) are followed meanwhile:
docs/library.md.

On a PostgreSQL database it can be started any number of times, on one machine or on
several: the processes divide the servers among themselves. docs/scaling.md says how.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			token, err := p.settings.Discord.ReadToken()
			if err != nil {
				return err
			}
			watch := ops.New()
			p.log = slog.New(watch.Log(p.log.Handler()))
			l, err := p.openShared(cmd.Context())
			if err != nil {
				return err
			}
			defer closeInto(&err, l)
			return p.answer(cmd.Context(), l, token, watch)
		},
	}
}

// answer runs the bot, and beside it health and figures, and the texts in the browser
// where that is wanted.
func (p *program) answer(ctx context.Context, l *library, token string, watch *ops.Watch) error {
	ctx, stop := context.WithCancel(ctx)
	watched, err := p.serveOps(ctx, watch)
	if err != nil {
		stop()
		return err
	}
	texts, wait, err := p.serveReader(ctx, l)
	if err != nil {
		stop()
		return errors.Join(err, watched())
	}
	c := conversation{answerer: watch.Answerer(l.answerer), token: token, watch: watch, shards: p.keeper(l)}
	if texts != nil {
		c.link = linker(texts)
	}
	var following sync.WaitGroup
	following.Go(func() { p.follow(ctx, l) })
	err = p.converse(ctx, l, c)
	stop()
	following.Wait()
	return errors.Join(err, wait(), watched())
}

// A conversation is what differs between Discord and the playground.
type conversation struct {
	answerer bot.Answerer
	token    string
	link     func(guild string, asker corpus.Asker, quotes []corpus.Reference) string
	tell     func(string) // nil to say on standard error what the bot tells
	watch    *ops.Watch   // is told how the bot is
	shards   *shards.Keeper
	// unlimited lets everybody ask as much as they like.
	unlimited bool
	cold      bool   // opens no guild's texts before somebody asks
	ready     func() // called whenever the bot can be spoken to; nil for nothing
}

func (c conversation) limits() bot.Limits {
	if c.unlimited {
		return bot.Limits{}
	}
	return bot.DefaultLimits
}

// requests returns how many a second go to Discord, 0 for as many as there are.
func (p *program) requests(c conversation) int {
	if c.unlimited {
		return 0
	}
	return p.settings.Discord.Requests
}

// openOwn opens the library in the data folder for a bot, which no other process may
// run on it.
func (p *program) openOwn(ctx context.Context) (*library, error) {
	l, err := p.openStore(ctx, p.settings.DatabaseAddress(), localGuild)
	if err != nil {
		return nil, err
	}
	if err := p.openOwnIndexes(l, p.settings.Data); err != nil {
		if errors.Is(err, retrieval.ErrLocked) {
			err = fmt.Errorf("another verbatim runs on the data in %s: stop it first, or give this one a place of its own with --data", p.settings.Data)
		}
		return nil, errors.Join(err, l.close())
	}
	return l, nil
}

// openOwnIndexes opens the indexes below a directory, which no other process may have, and
// what answers from them.
func (p *program) openOwnIndexes(l *library, dir string) (err error) {
	if l.indexes, err = p.openOwnIndex(l, filepath.Join(dir, indexName), l.store); err != nil {
		return err
	}
	if l.curatedIndexes, err = p.openOwnIndex(l, filepath.Join(dir, curatedName), l.curated); err != nil {
		return err
	}
	l.dir = dir
	l.answerer = answers.New(l.store, l.indexes, p.log).WithCurated(l.curated, l.curatedIndexes)
	return nil
}

func (p *program) openOwnIndex(l *library, dir string, source retrieval.Source) (*retrieval.Indexes, error) {
	indexes, err := retrieval.OpenIndexes(dir, source, p.log)
	if err == nil {
		indexes.WaitAtMost(patience)
		l.closers = append(l.closers, indexes.Close)
	}
	return indexes, err
}

// patience is how long a question waits for texts that came in just now. Small ones are
// indexed in this time; a whole library must not keep a group waiting.
const patience = 300 * time.Millisecond

// converse runs the bot, and keeps the file by which health sees how it is.
func (p *program) converse(ctx context.Context, l *library, c conversation) error {
	moreThreads()
	if c.tell == nil {
		c.tell = func(sentence string) { p.warn("%s", sentence) }
	}
	if c.watch == nil {
		c.watch = ops.New()
	}
	standby := func() bool { return c.shards != nil && c.shards.Status().Standby }
	state := newHealth(filepath.Join(l.dir, healthName), standby)
	defer state.remove()
	located := make(chan struct{})
	b, err := bot.New(bot.Options{
		Extractor:   p.files(),
		Token:       c.token,
		API:         p.settings.Discord.API,
		SingleGuild: p.settings.Discord.SingleGuild,
		LocalGuild:  localGuild,
		Answerer:    c.answerer,
		Texts:       l.store,
		Curated:     l.curated,
		Homes:       bot.NewHomes(l.db, time.Now),
		Settings:    l.settings,
		Shards:      c.shards,
		Link:        c.link,
		Log:         p.log,

		MessageContent: p.settings.Discord.MessageContent,
		Limits:         c.limits(),

		Ready: func(is bool) {
			state.set(is)
			c.watch.Connected(is)
			if is && c.ready != nil {
				c.ready()
			}
		},
		Located: sync.OnceFunc(func() { close(located) }),
		Tell:    c.tell,

		Requests: c.watch.Requests(http.DefaultTransport),

		RequestsPerSecond: p.requests(c),
	})
	if err != nil {
		return err
	}
	watchOver(c.watch, l, b)
	ctx, stop := context.WithCancel(ctx)
	var beside sync.WaitGroup
	beside.Go(func() { state.keep(ctx, healthEvery) })
	beside.Go(func() { p.keepRoom(ctx, l) })
	beside.Go(func() { p.keepPurging(ctx, l, b.Locates, purgeEvery, located, clockOf(b)) })
	beside.Go(func() {
		switch {
		case c.shards != nil:
			p.freshen(ctx, l, b.Answers, c.watch.Warmed)
		case !c.cold:
			p.warm(ctx, l)
			c.watch.Warmed()
		}
	})
	defer func() { stop(); beside.Wait() }()
	return b.Run(ctx)
}

// invite is the command that prints the address at which the bot is added to a
// server.
func (p *program) invite() *cobra.Command {
	return &cobra.Command{
		Use:   "invite",
		Short: "Print the link that adds the bot to a Discord server",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			token, err := p.settings.Discord.ReadToken()
			if err != nil {
				return err
			}
			ctx, cancel := context.WithTimeout(cmd.Context(), 30*time.Second)
			defer cancel()
			application, err := bot.Application(ctx, p.settings.Discord.API, token)
			if err != nil {
				return err
			}
			fmt.Fprintln(p.out, bot.Invite(application))
			return nil
		},
	}
}
