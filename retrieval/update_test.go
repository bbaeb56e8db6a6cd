package retrieval_test

import (
	"context"
	"testing"
	"time"

	"verbatim/config/database"
	"verbatim/corpus"
	"verbatim/retrieval"
)

// ends returns what fn returns, and fails if that takes a minute.
func ends(t *testing.T, what string, fn func() error) error {
	t.Helper()
	done := make(chan error, 1)
	go func() { done <- fn() }()
	select {
	case err := <-done:
		return err
	case <-time.After(time.Minute):
		t.Fatalf("%s does not end", what)
		return nil
	}
}

// behind is a library whose index holds a.txt. Since then there is b.txt too, which is being
// indexed, and is not before the source is let go.
func behind(t *testing.T) (*library, held) {
	t.Helper()
	l := open(t)
	l.put(t, guild, map[string]string{"a.txt": "Le soviet vote."})
	l.ranking(t, corpus.Everything(guild), "soviet")
	check(t, l.Indexes.Close())
	source := held{l.Store, make(chan struct{}, 1), make(chan struct{})}
	l.openHeld(t, source)
	l.names(t, "soviet")
	l.put(t, guild, map[string]string{"b.txt": "Le soviet siège."})
	if got := l.names(t, "soviet"); got != "a.txt" {
		t.Fatalf("meanwhile found %q, want a.txt", got)
	}
	<-source.asked
	return l, source
}

// A gated source says when it is asked for a stamp first, and gives it once it is opened.
type gated struct {
	held
	inStamp, open chan struct{}
}

func (g gated) Stamp(ctx context.Context, guild string, revision int64) (string, error) {
	select {
	case g.inStamp <- struct{}{}:
	default:
	}
	<-g.open
	return g.Store.Stamp(ctx, guild, revision)
}

// Head also says that a question is on its way.
func (g gated) Head(ctx context.Context, guild string) (database.Head, error) {
	defer func() {
		select {
		case g.asked <- struct{}{}:
		default:
		}
	}()
	return g.Store.Head(ctx, guild)
}

// TestEmptiedIndexIsNotAsked: a question that waits for another to bring an index up to date
// waits on when the index is found to be of other data, and emptied.
func TestEmptiedIndexIsNotAsked(t *testing.T) {
	const patience = 300 * time.Millisecond
	l := open(t)
	l.put(t, guild, map[string]string{"a.txt": "Le soviet vote."})
	l.ranking(t, corpus.Everything(guild), "soviet")
	check(t, l.Indexes.Close())
	source := gated{held{l.Store, make(chan struct{}, 1), make(chan struct{})}, make(chan struct{}, 1), make(chan struct{})}
	l.openHeld(t, source)
	l.WaitAtMost(patience)
	l.names(t, "soviet")
	<-source.asked
	_, err := l.sql.Exec(`UPDATE guild_change SET stamp = 'another' WHERE guild = ?`, guild)
	check(t, err)
	l.put(t, guild, map[string]string{"b.txt": "Le soviet siège."})
	found := make(chan string, 2)
	ask := func() { found <- l.names(t, "soviet") }
	go ask()
	<-source.inStamp
	<-source.asked // of the first
	go ask()
	<-source.asked
	time.AfterFunc(patience/6, func() { close(source.open) })  // by then the second waits
	time.AfterFunc(patience*2, func() { close(source.letGo) }) // by then its patience is over
	for range 2 {
		if got := <-found; got == "" {
			t.Error("a question found nothing, of an index that was emptied")
		}
	}
}

// TestRenewEnds: who waits for an index that another makes anew does not once its context is done.
func TestRenewEnds(t *testing.T) {
	l, source := upgraded(t, retrieval.FormatVersion-1)
	l.names(t, "soviet")
	<-source.asked
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond) // in which it comes to wait
	defer cancel()
	if err := ends(t, "Renew", func() error { return l.Renew(ctx, guild) }); err == nil {
		t.Error("Renew ends well, want that its time was over")
	}
}

// TestNoteDoesNotWait: a note is left out while the index is brought up to date, and kept
// afterwards.
func TestNoteDoesNotWait(t *testing.T) {
	l, source := behind(t)
	set := func() error { return l.SetNote(t.Context(), guild, "n", []byte("one")) }
	check(t, ends(t, "SetNote", set))
	if note, err := l.Note(t.Context(), guild, "n"); err != nil || note != nil {
		t.Errorf("meanwhile the note is %q, %v, want none", note, err)
	}
	close(source.letGo)
	check(t, l.Indexes.Close())
	l.openIndexes(t)
	check(t, set())
	if note, err := l.Note(t.Context(), guild, "n"); err != nil || string(note) != "one" {
		t.Errorf("afterwards the note is %q, %v", note, err)
	}
}
