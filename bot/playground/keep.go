package playground

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"
)

// keepEvery is how often what was said is written down where it is kept.
const keepEvery = 5 * time.Second

// A kept is the file with what was said: what the Discord gives, and the address of the page
// at that time, which stands in links.
type kept struct {
	Address string          `json:"address"`
	Said    json.RawMessage `json:"said"`
}

// recall brings back what was said before, and reports whether there was anything.
func (p *Playground) recall() (bool, error) {
	if p.keepIn == "" {
		return false, nil
	}
	data, err := os.ReadFile(p.keepIn)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	var before kept
	if err == nil {
		err = json.Unmarshal(data, &before)
	}
	if err == nil && before.Address != "" {
		before.Said = bytes.ReplaceAll(before.Said, []byte(before.Address), []byte(p.Address()))
	}
	if err == nil {
		err = p.discord.Restore(before.Said)
	}
	if err != nil {
		return false, fmt.Errorf("what was said before can't be read from %s: delete it to start anew: %w", p.keepIn, err)
	}
	return true, nil
}

// keep writes down what is said until ctx is done.
func (p *Playground) keep(ctx context.Context) {
	ticker := time.NewTicker(keepEvery)
	defer ticker.Stop()
	written := int64(-1)
	for ctx.Err() == nil {
		select {
		case <-ticker.C:
		case <-ctx.Done():
		}
		if now := p.discord.LastEvent(); now != written {
			written = now
			if err := p.writeDown(); err != nil {
				p.log.Error("keep what was said", "err", err)
			}
		}
	}
}

// writeDown replaces the file, so that nobody finds half of it.
func (p *Playground) writeDown() error {
	said, err := p.discord.Save()
	if err != nil {
		return err
	}
	data, err := json.Marshal(kept{p.Address(), said})
	if err != nil {
		return err
	}
	part := p.keepIn + ".part"
	if err := os.WriteFile(part, data, 0o600); err != nil {
		return err
	}
	return os.Rename(part, p.keepIn)
}
