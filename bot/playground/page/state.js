// What the page knows: the world as the person sees it, and where the person is.

export const state = {
  world: null, // see worldView in view.go
  channel: null, // the one that is open
  messages: new Map(), // of that channel, by id
  commands: [], // that can be used there
  unread: new Set(), // channels
  replyTo: null, // the message that the next one answers
};

export const me = () => state.world.people.find((person) => person.id === state.world.me);

export const guildOf = (channel) => state.world.guilds.find((guild) => guild.id === channel?.guild_id);

export function channelsAll() {
  return [...state.world.guilds.flatMap((guild) => guild.channels), state.world.direct];
}

export const channelById = (id) => channelsAll().find((channel) => channel.id === id);

export const isThread = (channel) => channel.type === 11 || channel.type === 12;

export function channelName(channel) {
  return channel.type === 1 ? state.world.bot.username : channel.name;
}

const members = () => state.world.guilds.flatMap((guild) => guild.members);

export function userById(id) {
  return members().find((member) => member.user.id === id)?.user ?? (state.world.bot.id === id ? state.world.bot : undefined);
}

export const nameOf = (user) => user.global_name ?? user.username;

export const roleById = (id) => state.world.guilds.flatMap((guild) => guild.roles).find((role) => role.id === id);

/** roleColour is that of the highest role with a colour that a user has in the open guild. */
export function roleColour(userId) {
  const guild = guildOf(state.channel);
  const roles = guild?.members.find((member) => member.user.id === userId)?.roles ?? [];
  return guild?.roles.filter((role) => roles.includes(role.id) && role.color).sort((a, b) => b.position - a.position)[0]?.color;
}

/** localized returns a command's or option's name or description in the person's language. */
export const localized = (thing, key) => thing[`${key}_localizations`]?.[me().locale] ?? thing[key];
