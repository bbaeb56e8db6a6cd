// Package fakediscord is Discord at the wire, in the same process: its REST API and its
// gateway on one port of this machine, with guilds, channels, people and messages behind
// them. A real client connects to it as it would to Discord; people act through Go
// methods; what the bot did can be watched and waited for.
//
// It serves the tests of a bot, and a page in the browser that shows the bot at work. It
// knows Discord, and nothing of any client or bot.
//
//	srv, err := fakediscord.Start(fakediscord.Options{})
//	guild := srv.NewGuild(fakediscord.Guild{Name: "History"})
//	channel := srv.NewChannel(fakediscord.Channel{GuildID: guild.ID, Name: "questions"})
//	ana := srv.NewPerson("ana", "es-ES").Join(guild.ID)
//	… start the bot with srv.Token() against srv.URL() …
//	asked, err := ana.Slash(channel.ID, "ask", fakediscord.Values{"question": "Who?"})
//	answer, err := asked.Answer(ctx)
//
// # The parts
//
// The world is made by NewGuild, NewChannel, NewRole, NewPerson (world.go). A [Person]
// posts, starts threads, uses commands, presses, chooses, submits, and can do only what
// Discord's client would allow; [Person.Raw] and [Server.Dispatch] send what no client
// would. Each use of the bot is an [Interaction], whose methods wait for what the bot
// makes of it.
//
// [Server.Requests] and [Server.Faults] hold what the bot asked, [Server.Feed] tells all
// that happens in order, frames of the gateway included, [Person.Feed] what a person's
// client is told of it, and [Options].Check can hold
// every request against a description of the API.
//
// [Server.Next] and [Server.Always] play failures of REST: limits in all scopes, proxies'
// HTML, server errors, lost answers, time-outs. Reconnect, InvalidateSessions,
// CloseGateway, CutGateway, SilenceGateway, RefuseGateway and ForgetSessions play those of
// the gateway; [Server.NextSession] and [Server.AlwaysSession] those before READY or
// RESUMED.
//
// # What it enforces
//
// Every rule names the page of Discord's documentation that it comes from where it stands
// in the code, and has a test that breaks it. The pages are at
// docs.discord.com/developers.
//
//	rule                                            answer           page
//	a bot's token on every route that needs it      401, close 4004  topics/opcodes-and-status-codes
//	an interaction is acknowledged within 3 s       10062            interactions/receiving-and-responding
//	and once                                        40060            interactions/receiving-and-responding
//	with what its type takes                        50035            interactions/receiving-and-responding
//	its token lives for 15 min                      50027            interactions/receiving-and-responding
//	a deferral fixes ephemeral or not               —                interactions/receiving-and-responding
//	choices: 25, of 100 characters                  50035            interactions/receiving-and-responding
//	content, embeds, 6,000 over all embeds          50035, 50006     resources/message
//	components: rows, buttons, selects, custom ids  50035            components/reference
//	modals                                          50035            components/reference
//	commands: names, limits, order of options       50035            interactions/application-commands
//	who is notified by which mention                —                resources/message
//	a nonce makes one message                       —                resources/message
//	files of 10 MiB, requests of 25 MiB             50045, 40005     reference
//	permissions, overwrites, threads                50001, 50013     topics/permissions
//	direct messages that are closed                 50007            topics/opcodes-and-status-codes
//	forums: tags, no message without a post         40067, 40058     resources/channel
//	what does not exist                             10003, 10004, …  topics/opcodes-and-status-codes
//	limits of requests, if switched on              429              topics/rate-limits
//	intents choose events, and are allowed          4013, 4014       events/gateway
//	content is stripped without its intent          —                events/gateway
//	120 payloads a minute on the gateway            4008             events/gateway
//	Identify, Resume with replay, or op 9           4003, 4005, 4007 events/gateway
//	shards                                          4010             events/gateway
//	one Identify in 5 s, if switched on             op 9             events/gateway
//	in each of max_concurrency sequences            —                events/gateway
//
// A character is a Unicode code point. Where this package simplifies, it is stricter than
// Discord: a mention inside of code counts as a mention.
//
// Time is that of [Options].Now, so that a test moves it ([Clock]). Nothing sleeps but the
// play [Delay].
//
// # What it is not
//
// It has no voice, stages, reactions, pins, stickers, polls, webhooks other than those of
// interactions, invitations, bans, audit logs, user-installed applications, archived
// threads or HTTP interactions. The gateway speaks JSON without compression, does not
// close clients that send no heartbeats, and answers no requests for members. There is no
// daily limit on new commands. Radio groups and checkboxes in modals are refused. The
// state is in memory only.
package fakediscord
