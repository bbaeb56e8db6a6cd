package bot

import "context"

// moderates reports whether who sits there moderates the guild now.
func (b *Bot) moderates(_ context.Context, s seat) (bool, error) { return s.isModerator(), nil }
