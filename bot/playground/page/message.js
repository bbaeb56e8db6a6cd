// A message as Discord shows it: author, text, embeds, attachments, components.

import { h, colour } from "./dom.js";
import { inline, link, markdown } from "./markdown.js";
import { components } from "./component.js";
import { nameOf, roleColour, state } from "./state.js";

const ephemeralFlag = 64;
const loadingFlag = 128;

/** renderMessage returns the list item of a message; acts are what a person can do with it. */
export function renderMessage(m, before, acts) {
  const follows = isContinuation(m, before);
  const item = h("li", { id: "m" + m.id, class: classes(m, follows) });
  const head = h("div", { class: "head" },
    h("button", { type: "button", class: "author", onclick: (event) => acts.author(m.author, event.currentTarget) }, nameOf(m.author)),
    m.author.bot && h("span", { class: "tag" }, "APP"), stamp(m));
  const hue = roleColour(m.author.id);
  if (hue) head.querySelector(".author").style.color = colour(hue);
  item.append(
    h("article", { "aria-label": `${nameOf(m.author)}, ${clock(m.timestamp)}` },
      above(m), follows ? h("span", { class: "aside-time", "aria-hidden": "true" }, clock(m.timestamp)) : [avatar(m.author), head],
      h("div", { class: "body" }, body(m, acts))),
    h("div", { class: "tools" }, h("button", {
      type: "button", class: "icon", "aria-label": "What to do with this message", "aria-haspopup": "menu", onclick: (event) => acts.menu(m, event.currentTarget),
    }, "⋯")));
  item.addEventListener("contextmenu", (event) => {
    if (event.target.closest("a, input, select, textarea") || !getSelection().isCollapsed) return;
    event.preventDefault();
    acts.menu(m, item.querySelector(".tools button"));
  });
  return item;
}

function classes(m, follows) {
  const mentioned = m.mention_everyone || m.mentions.some((user) => user.id === state.world.me) ||
    m.mention_roles.some((role) => state.world.guilds.some((guild) => guild.members.some((member) => member.user.id === state.world.me && member.roles.includes(role))));
  return ["message", follows && "follows", m.flags & ephemeralFlag && "ephemeral", mentioned && "mentioned"].filter(Boolean).join(" ");
}

/** isContinuation says whether a message is shown below the one before without its author. */
function isContinuation(m, before) {
  return before && before.author.id === m.author.id && m.type === 0 && !(m.flags & ephemeralFlag) && !(before.flags & ephemeralFlag) &&
    new Date(m.timestamp) - new Date(before.timestamp) < 7 * 60 * 1000;
}

/** above is the line above the author: what the message replies to, or the command that was used. */
function above(m) {
  const used = m.interaction_metadata;
  if (m.referenced_message) {
    const to = m.referenced_message;
    return h("a", { class: "above", href: "#m" + to.id, onclick: (event) => { event.preventDefault(); jump(to.id); } },
      h("b", {}, "@" + nameOf(to.author)), " ", h("span", { class: "cut" }, to.content ? inline(to.content.slice(0, 200)) : "a message without text"));
  }
  if (m.message_reference && m.type === 19) return h("div", { class: "above" }, "The message was deleted");
  if (used && (m.type === 20 || m.type === 23)) {
    const name = m.interaction?.name;
    return h("div", { class: "above" }, h("b", {}, nameOf(used.user)), " used ", h("span", { class: "mention" }, (m.type === 20 ? "/" : "") + (name ?? "a command")));
  }
  return undefined;
}

export function jump(id) {
  const target = document.getElementById("m" + id);
  target?.scrollIntoView({ block: "center" });
  target?.classList.add("found");
  setTimeout(() => target?.classList.remove("found"), 2000);
}

const initials = (name) => name.split(/\s+/).map((word) => word[0]).join("").slice(0, 2).toUpperCase();

export function avatar(user) {
  const element = h("span", { class: "avatar", "aria-hidden": "true" }, user.bot ? "❝" : initials(nameOf(user).replace(/\(.*/, "").trim()));
  element.style.backgroundColor = user.bot ? "#5865f2" : `hsl(${(Number(user.id.slice(-4)) * 137) % 360} 45% 40%)`;
  return element;
}

const clock = (time) => new Date(time).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

const stamp = (m) => h("time", { datetime: m.timestamp, title: new Date(m.timestamp).toLocaleString() }, clock(m.timestamp));

function body(m, acts) {
  if (m.flags & loadingFlag) {
    return [h("div", { class: "thinking" }, h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")), `${nameOf(m.author)} is thinking…`), dismissal(m, acts)];
  }
  return [
    m.content && h("div", { class: "content" }, markdown(m.content)),
    m.edited_timestamp && m.content && h("span", { class: "edited", title: new Date(m.edited_timestamp).toLocaleString() }, "(edited)"),
    m.flags & 4 ? undefined : m.embeds.map(embed),
    m.attachments.map(attachment),
    h("div", { class: "components" }, components(m.components, (component, values) => acts.use(m, component, values))),
    h("div", { class: "failure", role: "alert" }),
    m.thread && h("a", { class: "thread", href: "#" + m.thread.id }, "⤷ ", h("b", {}, m.thread.name), " See thread ›"),
    dismissal(m, acts),
  ];
}

function dismissal(m, acts) {
  if (!(m.flags & ephemeralFlag)) return undefined;
  return h("div", { class: "small" }, "◉ Only you can see this • ", h("button", { type: "button", class: "plain", onclick: () => acts.dismiss(m) }, "Dismiss message"));
}

function embed(e) {
  const element = h("div", { class: "embed" },
    e.author && h("div", { class: "embed-author" }, e.author.url ? link(e.author.url, e.author.name) : e.author.name),
    e.title && h("div", { class: "embed-title" }, e.url ? link(e.url, inline(e.title)) : inline(e.title)),
    e.description && h("div", { class: "embed-text" }, markdown(e.description)),
    e.fields?.length && h("dl", {}, e.fields.map((field) =>
      h("div", { class: field.inline ? "inline" : "" }, h("dt", {}, inline(field.name)), h("dd", {}, markdown(field.value))))),
    e.image && h("div", {}, "▣ ", link(e.image.url, e.image.url)),
    e.thumbnail && h("div", {}, "▣ ", link(e.thumbnail.url, e.thumbnail.url)),
    (e.footer || e.timestamp) && h("div", { class: "embed-footer" },
      [e.footer?.text, e.timestamp && new Date(e.timestamp).toLocaleString()].filter(Boolean).join(" • ")));
  if (e.color) element.style.borderLeftColor = colour(e.color);
  return element;
}

function attachment(a) {
  const address = `files/${a.id}/${encodeURIComponent(a.filename)}`;
  if (/^image\/(png|jpeg|gif|webp)$/.test(a.content_type ?? "")) {
    return h("a", { href: address, target: "_blank", rel: "noopener" }, h("img", { src: address, alt: a.description || a.filename, class: "picture" }));
  }
  return h("div", { class: "attachment" }, "▤ ", h("a", { href: address, download: a.filename }, a.filename), h("small", {}, ` ${size(a.size)}`));
}

const size = (bytes) => (bytes < 1024 ? `${bytes} B` : bytes < 1 << 20 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / (1 << 20)).toFixed(1)} MB`);
