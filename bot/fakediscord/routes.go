package fakediscord

// restRoutes is the whole REST API of this package. The templates are those of Discord's
// description of its API.
func (s *Server) restRoutes() []route {
	const (
		global  = "/applications/{application_id}/commands"
		inGuild = "/applications/{application_id}/guilds/{guild_id}/commands"
		token   = "/webhooks/{webhook_id}/{webhook_token}"
		channel = "/channels/{channel_id}"
		message = "/channels/{channel_id}/messages/{message_id}"
		guild   = "/guilds/{guild_id}"
	)
	open := func(method, template string, e endpoint) route { return route{method, template, true, e} }
	with := func(method, template string, e endpoint) route { return route{method, template, false, e} }
	return []route{
		open("GET", "/gateway", s.getGateway),
		with("GET", "/gateway/bot", s.getGatewayBot),
		with("GET", "/applications/@me", s.getApplication),
		with("GET", "/oauth2/applications/@me", s.getApplication),

		with("GET", "/users/@me", s.getSelf),
		with("GET", "/users/@me/guilds", s.getOwnGuilds),
		with("DELETE", "/users/@me/guilds/{guild_id}", s.leaveGuild),
		with("POST", "/users/@me/channels", s.openDirectChannel),
		with("GET", "/users/{user_id}", s.getUser),

		with("GET", global, s.listCommands),
		with("PUT", global, s.replaceCommands),
		with("POST", global, s.createCommand),
		with("GET", global+"/{command_id}", s.getCommand),
		with("PATCH", global+"/{command_id}", s.editCommand),
		with("DELETE", global+"/{command_id}", s.deleteCommand),
		with("GET", inGuild, s.listCommands),
		with("PUT", inGuild, s.replaceCommands),
		with("POST", inGuild, s.createCommand),
		with("GET", inGuild+"/{command_id}", s.getCommand),
		with("PATCH", inGuild+"/{command_id}", s.editCommand),
		with("DELETE", inGuild+"/{command_id}", s.deleteCommand),

		open("POST", "/interactions/{interaction_id}/{interaction_token}/callback", s.acknowledge),
		open("POST", token, s.followUp),
		open("GET", token+"/messages/@original", s.getInteractionMessage),
		open("PATCH", token+"/messages/@original", s.editInteractionMessage),
		open("DELETE", token+"/messages/@original", s.deleteInteractionMessage),
		open("GET", token+"/messages/{message_id}", s.getInteractionMessage),
		open("PATCH", token+"/messages/{message_id}", s.editInteractionMessage),
		open("DELETE", token+"/messages/{message_id}", s.deleteInteractionMessage),

		with("GET", channel, s.getChannel),
		with("POST", channel+"/typing", s.showTyping),
		with("POST", channel+"/threads", s.startThread),
		with("GET", channel+"/messages", s.listMessages),
		with("POST", channel+"/messages", s.createMessage),
		with("GET", message, s.getMessage),
		with("PATCH", message, s.editMessage),
		with("DELETE", message, s.deleteMessage),
		with("POST", message+"/threads", s.startThreadFromMessage),

		with("GET", guild, s.getGuild),
		with("GET", guild+"/channels", s.listGuildChannels),
		with("GET", guild+"/threads/active", s.listActiveThreads),
		with("GET", guild+"/members", s.listMembers),
		with("GET", guild+"/members/{user_id}", s.getMember),
		with("GET", guild+"/roles", s.listRoles),
	}
}
