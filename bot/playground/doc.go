// Package playground shows the bot at work without Discord: a page in the browser that
// looks and works like a Discord client, and talks to a fakediscord in this process, to
// which a real bot is connected with the real client. The page renders what Discord's API
// describes (messages, embeds, components, modals, commands) and knows nothing of the
// bot: what the bot learns later shows without a change here.
//
// # The wire
//
// The page and what it asks for stand below /SECRET/ on a port of the loopback interface;
// the secret changes with each start, and without it there is nothing to see.
//
//	GET  (nothing)          the page; its scripts and styles are below page/
//	GET  api/people         as whom one can speak
//	GET  api/world          what a person sees: guilds, channels, members, roles
//	GET  api/messages       the messages of a channel
//	GET  api/commands       the commands that a person can use in a channel
//	GET  api/events         what the person's client is told, as server-sent events
//	POST api/do             what a person does; see action
//	GET  api/wire           what goes between the bot and Discord, as server-sent events
//	GET  files/ID/NAME      an uploaded file
//	GET  texts/LINK         a quote in its text; see package reader
//
// All below api/ but people and the wire take as=ID, the person who looks or acts. Objects of
// Discord's API are sent in Discord's form.
//
// # What it is not
//
// It has no protection of people from each other: whoever has the address speaks as
// anyone. It loads nothing from other machines, so pictures that embeds link to are shown
// as links.
package playground
