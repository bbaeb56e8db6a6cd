package playground

import "verbatim/bot/fakediscord"

// Discord is the Discord of a playground, for tests that act as a bot themselves.
func (p *Playground) Discord() *fakediscord.Server { return p.discord }
