package cli_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"verbatim/answers"
	"verbatim/bot"
	"verbatim/config/database"
	"verbatim/corpus"
	"verbatim/retrieval"
)

// seed is a command of the transcripts. It does what members do on Discord, as the
// member ana: "seed asked QUESTION" asks what finds no answer and waits for one,
// "seed unhelpful QUESTION" votes on the reply, "seed proposed QUESTION ANSWER" suggests
// an answer. What was done is about days ago if an @days stands before it.
func seed(ts *testscript.TestScript, neg bool, args []string) {
	ctx, now := context.Background(), time.Now
	if len(args) > 0 && args[0] == "@100" {
		now, args = func() time.Time { return time.Now().Add(-100 * 24 * time.Hour) }, args[1:]
	}
	if neg || len(args) < 2 {
		ts.Fatalf("usage: seed [@100] asked|unhelpful|proposed QUESTION [ANSWER]")
	}
	db, err := database.Open(ctx, filepath.Join(ts.Getenv("XDG_DATA_HOME"), "verbatim", "verbatim.db"))
	ts.Check(err)
	defer db.Close()
	texts := corpus.NewStore(db, now)
	store := answers.NewStore(db, texts, now)
	log := slog.New(slog.DiscardHandler)
	indexes, err := retrieval.OpenIndexes(ts.MkAbs("seed-index"), texts, log)
	ts.Check(err)
	defer indexes.Close()
	curatedIndexes, err := retrieval.OpenIndexes(ts.MkAbs("seed-index-curated"), store, log)
	ts.Check(err)
	defer curatedIndexes.Close()
	answerer := answers.New(texts, indexes, log).WithCurated(store, curatedIndexes)
	ts.Check(bot.NewHomes(db, now).Settle(ctx, "local", "ana"))
	access := corpus.Everything("local")
	asking := answers.Asking{Text: args[1], Access: access, Language: "fr", Reason: answers.Unanswered}
	switch args[0] {
	case "asked":
		q, err := answerer.Gather(ctx, asking)
		ts.Check(err)
		if q.Dismissed.IsZero() {
			ts.Check(store.Follow(ctx, access, q.ID, answers.Follower{Member: "ana", Place: "7", Text: args[1]}))
		}
	case "unhelpful":
		q := answers.Question{Text: args[1], Access: access}
		r, err := answerer.Ask(ctx, q)
		ts.Check(err)
		ts.Check(answerer.Vote(ctx, "local", answers.Vote{Reply: args[1], Member: "ana", Comment: "à côté"}, answers.ShownOf(q, r, false)))
	case "proposed":
		_, err := store.Propose(ctx, access, "ana", answers.Content{Question: args[1], Answer: args[2]})
		ts.Check(err)
	}
}
