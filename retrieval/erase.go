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

func (x *Indexes) erase(guild string) error {
	if x.busy[guild] != nil {
		return fmt.Errorf("index of guild %s: %w", guild, ErrBusy)
	}
	if g := x.open[guild]; g != nil {
		if g.users > 0 {
			return fmt.Errorf("index of guild %s: %w", guild, ErrBusy)
		}
		delete(x.open, guild)
		if err := g.close(); err != nil {
			return fmt.Errorf("close index of guild %s: %w", guild, err)
		}
	}
	x.passages.forget(guild)
	dir := x.dirOf(guild)
	if err := errors.Join(os.RemoveAll(dir), os.RemoveAll(dir+beforeName)); err != nil {
		return fmt.Errorf("erase index of guild %s: %w", guild, err)
	}
	return nil
}
