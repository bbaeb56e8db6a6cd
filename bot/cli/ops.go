package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	"verbatim/answers"
	"verbatim/bot"
	"verbatim/bot/ops"
	"verbatim/config"
	"verbatim/config/database"
	"verbatim/corpus"
	"verbatim/retrieval"
)

// watchOver gives a watch what it asks about of a bot and its library.
func watchOver(w *ops.Watch, l *library, b *bot.Bot) {
	w.Set(ops.Options{
		Version:  version(),
		Search:   l.tinySearch,
		Behind:   l.behind,
		UnderWay: b.UnderWay,
		Shards:   b.Shards,
	})
}

// tinySearch asks a guild that has texts something that its texts need not answer. Without
// any, it is enough that the database answers. While that is away, what is answered from
// meanwhile must do: to start the process again would lose it.
func (l *library) tinySearch(ctx context.Context) error {
	guilds, err := l.guilds(ctx)
	if database.IsAway(err) && l.copy != nil {
		if served := l.copy.Serves(); len(served) > 0 {
			guilds, err = served, nil
		}
	}
	if err != nil {
		return err
	}
	for _, guild := range guilds {
		ctx := database.Near(ctx, guild)
		head, err := l.db.Head(ctx, guild)
		if err != nil {
			return err
		}
		if head.Revision > 0 {
			_, err := l.answerer.Ask(ctx, answers.Question{Text: warmQuestions["en"], Access: corpus.Everything(guild)})
			return err
		}
	}
	return nil
}

// guildsTime bounds one question which guilds there are, where a copy can stand in for a
// database that is silent: there must be time left for the search.
const guildsTime = time.Second

// guilds returns the guilds of which something is stored.
func (l *library) guilds(ctx context.Context) ([]string, error) {
	if l.copy == nil {
		return l.db.Guilds(ctx)
	}
	asking, cancel := context.WithTimeout(ctx, guildsTime)
	defer cancel()
	guilds, err := l.db.Guilds(asking)
	if err != nil && asking.Err() != nil && ctx.Err() == nil {
		err = fmt.Errorf("%w within %v (%w)", database.ErrAway, guildsTime, err)
	}
	return guilds, err
}

// behind returns by how many changes the indexes of texts are behind.
func (l *library) behind(ctx context.Context) (int64, error) {
	var sum int64
	for _, indexes := range []*retrieval.Indexes{l.indexes, l.curatedIndexes} {
		n, err := indexes.Behind(ctx)
		if err != nil {
			return 0, err
		}
		sum += n
	}
	return sum, nil
}

// serveOps serves health and figures at the address that is set, in the background until
// ctx is done. The result waits for the end. A bot that nobody gave an address to does
// without where another has the usual one.
func (p *program) serveOps(ctx context.Context, w *ops.Watch) (wait func() error, err error) {
	nothing := func() error { return nil }
	address := p.settings.Ops
	if address == "off" {
		return nothing, nil
	}
	listener, err := net.Listen("tcp", address)
	if err != nil && address == config.DefaultOps {
		p.log.Info("no health and metrics", "err", err)
		return nothing, nil
	}
	if err != nil {
		return nil, fmt.Errorf("ops.listen: %w", err)
	}
	ended := make(chan error, 1)
	go func() { ended <- w.Serve(ctx, listener) }()
	p.log.Info("health and metrics", "address", listener.Addr().String())
	return func() error { return errors.Join(<-ended) }, nil
}
