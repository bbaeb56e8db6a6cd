package cli

import (
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"

	"verbatim/answers"
	"verbatim/bot/fakediscord"
	"verbatim/corpus"
	"verbatim/corpus/sample"
)

// benchGuild returns the ID of a server, the same in each run.
func benchGuild(n int) string { return strconv.Itoa((n + 1) << 22) }

// A benchChannel is where users ask in a server.
type benchChannel struct{ guild, id string }

// A benchQuestion is asked in a channel.
type benchQuestion struct{ channel, text string }

// openBench makes the servers, and a channel in each.
func openBench(discord *fakediscord.Server, guilds int) []benchChannel {
	channels := make([]benchChannel, guilds)
	owner := discord.NewPerson("Owner", "fr")
	for n := range channels {
		guild := discord.NewGuild(fakediscord.Guild{ID: benchGuild(n), Name: fmt.Sprintf("Bench %d", n+1), OwnerID: owner.ID})
		channel := discord.NewChannel(fakediscord.Channel{GuildID: guild.ID, Name: "questions"})
		channels[n] = benchChannel{guild.ID, channel.ID}
	}
	return channels
}

// fillBench stores and indexes the texts for each server, which is closed again after: what
// is measured begins on a disk that has everything and in a memory that has nothing.
func (p *program) fillBench(ctx context.Context, run benchRun) (err error) {
	folder, err := p.benchFolder(run)
	if err != nil {
		return err
	}
	l, err := p.openOwn(ctx)
	if err != nil {
		return err
	}
	defer closeInto(&err, l)
	bar := p.showProgress(folder)
	defer bar.finish()
	if err := p.fillGuild(ctx, l, benchGuild(0), folder, bar.read); err != nil {
		return err
	}
	if err := warmGuild(ctx, l, benchGuild(0)); err != nil {
		return err
	}
	if err := p.fillOthers(ctx, l, run.guilds, folder); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(p.settings.Data, benchFilled(run)), nil, 0o600)
}

// fillOthers fills all servers but the first as that one is filled.
func (p *program) fillOthers(ctx context.Context, l *library, guilds int, folder *corpus.Folder) error {
	bar := p.showSteps("filling", guilds)
	defer bar.finish()
	var next atomic.Int64
	var filling sync.WaitGroup
	failed := make([]error, runtime.GOMAXPROCS(0))
	for i := range failed {
		filling.Go(func() {
			for n := int(next.Add(1)); n < guilds && failed[i] == nil; n = int(next.Add(1)) {
				guild := benchGuild(n)
				if failed[i] = p.fillGuild(ctx, l, guild, folder, nil); failed[i] == nil {
					failed[i] = copyGauges(ctx, l, benchGuild(0), guild)
				}
				bar.set(n+1, guilds)
			}
		})
	}
	filling.Wait()
	return errors.Join(failed...)
}

// copyGauges indexes a server that has the same texts as another, and gives it what would
// be found out of them anew.
func copyGauges(ctx context.Context, l *library, from, to string) error {
	for language := range warmQuestions {
		note, err := l.indexes.Note(ctx, from, answers.GaugeNote+language)
		if err == nil && note != nil {
			err = l.indexes.SetNote(ctx, to, answers.GaugeNote+language, note)
		}
		if err != nil {
			return err
		}
	}
	_, err := l.answerer.Ask(ctx, answers.Question{Text: warmQuestions["fr"], Access: corpus.Everything(to)})
	return err
}

// benchFilled names the file that says that a folder that is kept was filled to the end,
// and with what.
func benchFilled(run benchRun) string {
	return fmt.Sprintf("filled-%d-%d-%x", run.guilds, run.passages, crc32.ChecksumIEEE([]byte(run.docs)))
}

func (p *program) fillGuild(ctx context.Context, l *library, guild string, folder *corpus.Folder, reading func(corpus.Progress)) error {
	report, err := l.store.Import(ctx, guild, folder, corpus.ImportOptions{Extractor: p.files(), Progress: reading})
	for _, failed := range report.Failed {
		p.warn("%v", failed)
	}
	return err
}

// benchFolder returns the texts that are asked about: those of a folder, made-up ones, or
// the sample.
func (p *program) benchFolder(run benchRun) (*corpus.Folder, error) {
	if run.passages > 0 {
		dir := filepath.Join(p.settings.Data, "texts")
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, err
		}
		if err := makeUp(run.passages).write(dir); err != nil {
			return nil, err
		}
		return p.folder(dir)
	}
	if run.docs != "" {
		return p.folder(run.docs)
	}
	return corpus.NewFolder("sample", sample.Notes())
}

// benchPassages counts the passages of a server.
func benchPassages(ctx context.Context, l *library, guild string) (int, error) {
	documents, err := l.store.Documents(ctx, corpus.Everything(guild), false)
	sum := 0
	for _, d := range documents {
		sum += d.Passages
	}
	return sum, err
}
