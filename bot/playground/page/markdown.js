// Discord's markdown, as elements. support.discord.com: "Markdown Text 101".

import { h } from "./dom.js";
import { channelById, channelName, nameOf, roleById, state, userById } from "./state.js";

/** markdown returns the nodes of a text with blocks: headings, quotes, lists, code. */
export function markdown(text) { return blocks(String(text ?? "")); }

/** inline returns the nodes of a text in which only what stands in a line counts. */
export function inline(text) { return spans(String(text ?? "")); }

function blocks(text) {
  const nodes = [];
  let plain = [];
  const flush = () => {
    if (plain.length) nodes.push(h("div", { class: "text" }, spans(plain.join("\n"))));
    plain = [];
  };
  // Code is taken out first: nothing in it counts.
  const parts = text.split(/```(?:([\w+-]+)\n)?\n?([\s\S]+?)\n?```/);
  for (let i = 0; i < parts.length; i += 3) {
    const lines = parts[i].split("\n");
    if (i > 0 && lines[0] === "") lines.shift();
    if (i + 3 < parts.length && lines.at(-1) === "") lines.pop();
    for (let n = 0; n < lines.length; n++) {
      const rest = /^>>> ([\s\S]*)/.exec(lines.slice(n).join("\n"));
      const block = rest ? quote(rest[1]) : blockAt(lines, n);
      if (!block) { plain.push(lines[n]); continue; }
      flush();
      nodes.push(block.element ?? block);
      if (rest) break;
      n += (block.lines ?? 1) - 1;
    }
    flush();
    if (i + 2 < parts.length) nodes.push(h("pre", {}, h("code", {}, parts[i + 2])));
  }
  return nodes;
}

const quote = (text) => h("blockquote", {}, blocks(text));

/** blockAt returns the block that begins at a line with the number of its lines, if one does. */
function blockAt(lines, n) {
  const heading = /^(#{1,3}) +(\S.*)/.exec(lines[n]);
  if (heading) return { element: h("div", { class: "h" + heading[1].length, role: "heading", "aria-level": heading[1].length + 2 }, spans(heading[2])) };
  const small = /^-# +(\S.*)/.exec(lines[n]);
  if (small) return { element: h("div", { class: "small" }, spans(small[1])) };
  const run = (pattern) => {
    let end = n;
    while (end < lines.length && pattern.test(lines[end])) end++;
    return lines.slice(n, end);
  };
  if (/^> /.test(lines[n])) {
    const quoted = run(/^> |^>$/);
    return { element: quote(quoted.map((line) => line.slice(2)).join("\n")), lines: quoted.length };
  }
  const item = /^( *)(?:[-*]|(\d{1,9})\.) +(\S.*)/;
  const first = item.exec(lines[n]);
  if (!first) return undefined;
  const items = run(item).map((line) => item.exec(line));
  const list = h(first[2] ? "ol" : "ul", first[2] ? { start: first[2] } : {},
    items.map((found) => h("li", { class: found[1].length >= 2 ? "deeper" : "" }, spans(found[3]))));
  return { element: list, lines: items.length };
}

// Each rule is a pattern at the beginning of what is left, and what it becomes.
const rules = [
  [/^\\([^\p{L}\p{N}\s])/u, (m) => m[1]],
  [/^(`+)([\s\S]*?[^`])\1(?!`)/, (m) => h("code", {}, m[2].trim() || m[2])],
  [/^<@!?(\d+)>/, (m) => mention("@" + (userById(m[1]) ? nameOf(userById(m[1])) : "unknown-user"))],
  [/^<@&(\d+)>/, (m) => mention("@" + (roleById(m[1])?.name ?? "unknown-role"))],
  [/^<#(\d+)>/, (m) => channelLink(m[1])],
  [/^<\/([^:>]+):(\d+)>/, (m) => mention("/" + m[1])],
  [/^<t:(-?\d{1,13})(?::([tTdDfFR]))?>/, (m) => time(Number(m[1]), m[2])],
  [/^<a?:(\w{2,32}):\d+>/, (m) => h("span", { class: "emoji" }, `:${m[1]}:`)],
  [/^\[([^\[\]]+)\]\(<?(https?:\/\/[^\s<>)]+)>?(?: +"[^"]*")?\)/, (m) => link(m[2], spans(m[1]))],
  [/^<(https?:\/\/[^\s<>]+)>/, (m) => link(m[1], m[1])],
  [/^https?:\/\/[^\s<>]*[^\s<>.,:;!?"'\])]/, (m) => link(m[0], m[0])],
  [/^\*\*\*(?=\S)([\s\S]*?\S)\*\*\*(?!\*)/, (m) => h("strong", {}, h("em", {}, spans(m[1])))],
  [/^\*\*(?=\S)((?:\\[\s\S]|[^\\])*?[^\s\\]|\S)\*\*(?!\*)/, (m) => h("strong", {}, spans(m[1]))],
  [/^__(?=\S)((?:\\[\s\S]|[^\\])*?\S)__(?!_)/, (m) => h("u", {}, spans(m[1]))],
  [/^~~(?=\S)((?:\\[\s\S]|[^\\])*?\S)~~/, (m) => h("s", {}, spans(m[1]))],
  [/^\|\|([\s\S]+?)\|\|/, (m) => spoiler(spans(m[1]))],
  [/^\*(?=\S)((?:\\[\s\S]|\*\*[\s\S]+?\*\*|[^\\*])*?[^\s\\*])\*(?!\*)/, (m) => h("em", {}, spans(m[1]))],
  [/^_(?=\S)((?:\\[\s\S]|[^\\_])*?\S)_(?![\p{L}\p{N}_])/u, (m) => h("em", {}, spans(m[1]))],
  [/^@(everyone|here)\b/, (m) => mention("@" + m[1])],
];

function spans(text) {
  const nodes = [];
  let plain = "";
  const flush = () => { if (plain) nodes.push(plain); plain = ""; };
  while (text) {
    // Letters and digits in the middle of a word begin nothing.
    const run = /^[\p{L}\p{N} .,;’'“”«»()\n-]+/u.exec(text)?.[0] ?? "";
    const address = run.search(/https?$/);
    const taken = address >= 0 && text.startsWith("://", run.length) ? run.slice(0, address) : run;
    if (taken) { plain += taken; text = text.slice(taken.length); continue; }
    let rule, found;
    for ([rule, found] of rules.map(([pattern, make]) => [make, pattern.exec(text)])) if (found) break;
    if (found) {
      const made = rule(found);
      if (typeof made === "string") plain += made;
      else { flush(); nodes.push(made); }
      text = text.slice(found[0].length);
      continue;
    }
    const character = String.fromCodePoint(text.codePointAt(0));
    plain += character;
    text = text.slice(character.length);
  }
  flush();
  return nodes;
}

const mention = (text) => h("span", { class: "mention" }, text);

function channelLink(id) {
  const channel = channelById(id);
  return channel ? h("a", { class: "mention", href: "#" + id }, "#" + channelName(channel)) : mention("#unknown");
}

export function link(address, content) {
  if (!/^https?:\/\//.test(address)) return h("span", {}, content);
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, content);
}

function spoiler(content) {
  const element = h("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Spoiler" }, content);
  const open = () => { element.classList.add("open"); element.removeAttribute("aria-label"); };
  element.addEventListener("click", open);
  element.addEventListener("keydown", (event) => { if (event.key === "Enter") open(); });
  return element;
}

const styles = {
  t: { timeStyle: "short" }, T: { timeStyle: "medium" }, d: { dateStyle: "short" }, D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" }, F: { dateStyle: "full", timeStyle: "short" },
};

function time(seconds, style = "f") {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return h("span", {}, "Invalid Date");
  const language = state.world.people.find((person) => person.id === state.world.me)?.locale;
  const text = style === "R" ? relative(date, language) : new Intl.DateTimeFormat(language, styles[style]).format(date);
  return h("time", { datetime: date.toISOString(), title: date.toLocaleString(language) }, text);
}

function relative(date, language) {
  const seconds = (date - Date.now()) / 1000;
  const units = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? units.at(-1);
  return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(Math.round(seconds / size), unit);
}
