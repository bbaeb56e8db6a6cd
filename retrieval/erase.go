package retrieval

import (
	"errors"
	"fmt"
	"os"
)

// ErrBusy is returned by Erase for an index that is being searched.
var ErrBusy = errors.New("the index is in use")

// Erase deletes the index of a guild from the disk, if there is one.
func (x *Indexes) Erase(guild string) error {
	x.mutex.Lock()
	defer x.mutex.Unlock()
	x.await(guild)
	return x.erase(guild)
}

// erase deletes an index without the mutex, which is held before and after. What is deleted needs
// no seal, for which a full disk has no room.
func (x *Indexes) erase(guild string) error {
	if x.closed {
		return errClosed
	}
	if x.busy[guild] != nil {
		return fmt.Errorf("index of guild %s: %w", guild, ErrBusy)
	}
	g := x.open[guild]
	if g != nil && g.users > 0 {
		return fmt.Errorf("index of guild %s: %w", guild, ErrBusy)
	}
	delete(x.open, guild)
	x.searches.Add(1)
	defer x.searches.Done()
	done := x.occupy(guild)
	defer done()
	x.mutex.Unlock()
	defer x.mutex.Lock()
	if g != nil {
		g.discard()
	}
	x.passages.forget(guild)
	dir := x.dirOf(guild)
	if err := errors.Join(os.RemoveAll(dir), os.RemoveAll(dir+beforeName)); err != nil {
		return fmt.Errorf("erase index of guild %s: %w", guild, err)
	}
	return nil
}
