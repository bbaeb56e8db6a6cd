package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"verbatim/bot/playground"
	"verbatim/bot/reader"
	"verbatim/corpus"
	"verbatim/corpus/sample"
)

// playground is the command that shows the bot in the browser.
func (p *program) playground() *cobra.Command {
	var docs string
	var port int
	var quiet bool
	cmd := &cobra.Command{
		Use:   "playground",
		Short: "Show the bot in the browser, without Discord",
		Long: `Show the bot in the browser, without Discord and without a token: a page that looks
and works like a Discord client, with two servers in it, the sample notes, and people
as whom you can speak. The bot is the real one. Only this machine can reach the page,
and only with the address that is printed.

What is asked and stored goes when the program ends, unless --data names a directory
that keeps it.`,
		Example: `  verbatim playground
  verbatim playground --docs ~/course --data ~/rehearsal`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.play(cmd.Context(), docs, port, !quiet)
		},
	}
	cmd.Flags().StringVar(&docs, "docs", "", "add the texts below `DIR` to the first server")
	cmd.Flags().IntVar(&port, "port", 0, fmt.Sprintf("serve the page on port `N` (default %d, or a free one)", playground.DefaultPort))
	cmd.Flags().BoolVar(&quiet, "no-browser", false, "do not open the browser")
	return cmd
}

// play runs the playground and the bot in it until ctx is done.
func (p *program) play(ctx context.Context, docs string, port int, browse bool) (err error) {
	leave, err := p.ownData()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, leave()) }()
	l, err := p.openOwn(ctx)
	if err != nil {
		return err
	}
	defer closeInto(&err, l)
	if err := p.fillGuilds(ctx, l, docs); err != nil {
		return err
	}
	keep := ""
	if _, given := p.flags["data"]; given {
		keep = filepath.Join(p.settings.Data, "playground.json")
	}
	page, err := playground.New(playground.Options{Port: port, Keep: keep, Log: p.log})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, page.Close()) }()
	texts, err := p.newReader(l, page.TextsAddress(), reader.DefaultLife)
	if err != nil {
		return err
	}
	page.ShowTexts(texts)
	p.settings.Discord.API, p.settings.Discord.SingleGuild = page.API(), ""
	p.settings.Discord.MessageContent = true // which the Discord of the playground allows

	ctx, stop := context.WithCancel(ctx)
	ended := make(chan error, 2)
	go func() { ended <- page.Run(ctx) }()
	ready := make(chan struct{})
	talk := conversation{
		answerer: page.Watch(l.answerer), token: page.Token(), link: linker(texts),
		tell:  func(string) {}, // it is not connected to Discord itself
		ready: sync.OnceFunc(func() { close(ready) }),
	}
	go func() { ended <- p.converse(ctx, l, talk) }()
	select {
	case <-ready:
		fmt.Fprintln(p.out, page.Address())
		p.warn("the playground is open at the address above; Ctrl-C ends it")
		if browse {
			p.browse(page.Address())
		}
		err = <-ended
	case err = <-ended:
	}
	stop() // one does not go on without the other
	return errors.Join(err, <-ended)
}

// ownData makes the playground's data folder the one that --data names, else a
// temporary one: never that of the bot, or its database. It returns what to do at the end.
func (p *program) ownData() (leave func() error, err error) {
	if _, given := p.flags["data"]; given {
		if _, given := p.flags["database"]; !given {
			p.settings.Database = ""
		}
		return func() error { return nil }, os.MkdirAll(p.settings.Data, 0o700)
	}
	p.settings.Database = ""
	p.settings.Data, err = os.MkdirTemp("", "verbatim-playground-")
	return func() error { return os.RemoveAll(p.settings.Data) }, err
}

// fillGuilds gives each guild a part of the sample, so that one can see that they are kept
// apart, and the first the texts of a folder. What a guild has from before it keeps.
func (p *program) fillGuilds(ctx context.Context, l *library, docs string) error {
	for _, guild := range []string{playground.FirstGuild, playground.SecondGuild} {
		has, err := l.store.Documents(ctx, corpus.Everything(guild), true)
		if err != nil {
			return err
		}
		if len(has) > 0 {
			continue
		}
		folder, err := corpus.NewFolder("sample", sample.Notes())
		if err != nil {
			return err
		}
		folder.Names = slices.DeleteFunc(folder.Names, func(name string) bool {
			return strings.HasPrefix(name, "prim") != (guild == playground.SecondGuild)
		})
		if _, err := l.store.Import(ctx, guild, folder, corpus.ImportOptions{Extractor: p.files()}); err != nil {
			return err
		}
	}
	if docs == "" {
		return nil
	}
	folder, err := p.folder(docs)
	if err != nil {
		return err
	}
	report, err := l.store.Import(ctx, playground.FirstGuild, folder, corpus.ImportOptions{Extractor: p.files()})
	for _, failed := range report.Failed {
		p.warn("%v", failed)
	}
	return err
}

// browse opens an address in the browser, where there is one: who starts the program can
// open it, too.
func (p *program) browse(address string) {
	command := []string{"xdg-open"}
	switch runtime.GOOS {
	case "darwin":
		command = []string{"open"}
	case "windows":
		command = []string{"rundll32", "url.dll,FileProtocolHandler"}
	}
	opening := exec.Command(command[0], append(command[1:], address)...)
	if err := opening.Start(); err != nil {
		p.log.Info("no browser", "err", err)
		return
	}
	go func() { _ = opening.Wait() }()
}
