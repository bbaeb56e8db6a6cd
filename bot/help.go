package bot

import (
	"context"
	"strings"
)

// help answers /help.
func (b *Bot) help(ctx context.Context, t *turn, _ command) error {
	w := t.words()
	lines := []string{
		w.say("help_title"), "",
		w.say("help_ask"),
		w.say("help_mention"),
		w.say("help_search"),
		w.say("help_sources"),
		w.say("help_more"),
		w.say("help_guild"),
		w.say("help_privacy"),
		w.say("help_propose"),
	}
	looking, cancel := context.WithTimeout(ctx, seatTime)
	defer cancel()
	if moderates, err := b.moderates(looking, t.seat()); err == nil && moderates {
		lines = append(lines, w.say("help_moderate"))
	}
	return b.tell(ctx, t, strings.Join(lines, "\n"))
}
