// The servers, their channels and threads, and who speaks.

import { act } from "./api.js";
import { byId, h, openDialog } from "./dom.js";
import { channelName, guildOf, isThread, me, state } from "./state.js";

// Languages of Discord's client that the page offers.
// docs.discord.com/developers/reference#locales
const locales = { "en-US": "English", fr: "français", "es-ES": "español", "es-419": "español (LATAM)", de: "Deutsch", it: "italiano", "pt-BR": "português" };

/** showSide draws the rail, the channels and the person. */
export function showSide() {
  const guild = guildOf(state.channel);
  byId("rail").replaceChildren(
    server(state.world.direct, "❝", "Direct messages", !guild),
    ...state.world.guilds.map((one) => server(one.channels[0], initials(one.name), one.name, one === guild, one.channels)));
  byId("place").replaceChildren(h("h2", {}, guild?.name ?? "Direct messages"));
  showRole(guild);
  byId("channels").replaceChildren(h("ul", {}, guild ? guildChannels(guild) : entry(state.world.direct)));
}

/** showRole shows whether the person has the moderators' role in a guild, and lets it be given and taken. */
function showRole(guild) {
  const moderates = byId("moderates");
  const role = guild?.roles.find((one) => one.name === "Moderators");
  const mine = guild?.members.find((member) => member.user.id === state.world.me)?.roles ?? [];
  moderates.disabled = !role;
  moderates.checked = Boolean(role) && mine.includes(role.id);
  moderates.onchange = () => act({ do: "roles", guild: guild.id, chosen: moderates.checked ? [...mine, role.id] : mine.filter((id) => id !== role.id) });
}

const initials = (name) => name.split(/\s+/).map((word) => word[0]).join("").slice(0, 3);

function server(channel, short, name, open, channels = [channel]) {
  const unread = channels.some((one) => state.unread.has(one.id));
  return h("a", { href: "#" + channel.id, class: "server" + (unread ? " unread" : ""), title: name, "aria-label": name + (unread ? ", unread" : ""), "aria-current": open ? "true" : undefined }, short);
}

function guildChannels(guild) {
  const tops = guild.channels.filter((channel) => !isThread(channel) && channel.type !== 4);
  return tops.map((channel) => [entry(channel),
    channel.type === 15 ? [] : guild.channels.filter((thread) => isThread(thread) && thread.parent_id === channel.id).map(entry)]);
}

const signs = { 1: "❝", 5: "▶", 11: "⤷", 12: "⤷", 15: "▤" };

function entry(channel) {
  const unread = state.unread.has(channel.id);
  return h("li", { class: isThread(channel) ? "inner" : "" }, h("a", {
    href: "#" + channel.id, class: unread ? "unread" : "", "aria-current": channel.id === state.channel?.id ? "page" : undefined,
  }, h("span", { class: "sign", "aria-hidden": "true" }, signs[channel.type] ?? "#"), channelName(channel), unread && h("span", { class: "hidden" }, ", unread")));
}

/** showPerson draws who speaks; change(id) is called to speak as another. */
export function showPerson(change) {
  const as = byId("as");
  as.replaceChildren(...state.world.people.map((person) => h("option", { value: person.id }, person.name)));
  as.value = state.world.me;
  as.onchange = () => change(as.value);
  const locale = byId("locale");
  const known = { ...locales, [me().locale]: locales[me().locale] ?? me().locale };
  locale.replaceChildren(...Object.entries(known).map(([code, name]) => h("option", { value: code }, name)));
  locale.value = me().locale;
  locale.onchange = async () => { byId("main").setAttribute("aria-busy", "true"); await act({ do: "locale", locale: locale.value }); change(as.value); };
}

/** forumView is what stands in the place of messages in a forum: its posts, and a way to post. */
export function forumView(forum, open) {
  const posts = guildOf(forum).channels.filter((channel) => channel.parent_id === forum.id).reverse();
  return [
    h("li", {}, h("button", { type: "button", class: "button primary", id: "newpost", onclick: () => newPost(forum, open) }, "New post")),
    ...posts.map((post) => h("li", { class: "post" }, h("a", { href: "#" + post.id }, h("b", {}, post.name),
      h("small", {}, `${post.message_count ?? 0} messages`)))),
    posts.length === 0 && h("li", { class: "small" }, "There are no posts yet."),
  ].filter(Boolean);
}

function newPost(forum, open) {
  const title = h("input", { id: "post-title", type: "text", required: true, maxlength: 100 });
  const content = h("textarea", { id: "post-text", rows: 5, required: true, maxlength: 2000 });
  const tags = (forum.available_tags ?? []).map((tag) => h("input", { type: "checkbox", value: tag.id }));
  const problem = h("p", { role: "alert", class: "problem" });
  const form = h("form", { class: "modal" },
    h("div", { class: "field" }, h("label", { for: title.id }, "Title"), title),
    h("div", { class: "field" }, h("label", { for: content.id }, "Message"), content),
    tags.length > 0 && h("fieldset", { class: "select several" }, h("legend", {}, "Tags"), tags.map((box, i) => h("label", {}, box, forum.available_tags[i].name))),
    problem, h("footer", {}, h("button", { type: "submit", class: "button primary" }, "Post")));
  const dialog = openDialog("New post", form);
  title.focus();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const chosen = tags.filter((box) => box.checked).map((box) => box.value);
      const { channel } = await act({ do: "forum post", channel: forum.id, name: title.value, content: content.value, tags: chosen });
      dialog.close();
      open(channel);
    } catch (error) {
      problem.textContent = error.message;
    }
  });
}
