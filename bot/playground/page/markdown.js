// Discord's markdown, as elements. support.discord.com: "Markdown Text 101".

import { h } from "./dom.js";
import { channelById, channelName, nameOf, roleById, state, userById } from "./state.js";

/** markdown returns the nodes of a text with blocks: headings, quotes, lists, code. */
export function markdown(text) { return blocks(String(text ?? "")); }

/** inline returns the nodes of a text in which only what stands in a line counts. */
export function inline(text) { return spans(String(text ?? "")); }

function blocks(text, quoted = false) {
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
      const rest = !quoted && lines[n].startsWith(">>> ");
      const block = rest ? quote(lines.slice(n).join("\n").slice(4)) : blockAt(lines, n, quoted);
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

// There are no quotes within quotes.
const quote = (text) => h("blockquote", {}, blocks(text, true));

/** blockAt returns the block that begins at a line with the number of its lines, if one does. */
function blockAt(lines, n, quoted) {
  const heading = /^(#{1,3}) +(\S.*)/.exec(lines[n]);
  if (heading) return { element: h("div", { class: "h" + heading[1].length, role: "heading", "aria-level": heading[1].length + 2 }, spans(heading[2])) };
  const small = /^-# +(\S.*)/.exec(lines[n]);
  if (small) return { element: h("div", { class: "small" }, spans(small[1])) };
  const run = (pattern) => {
    let end = n;
    while (end < lines.length && pattern.test(lines[end])) end++;
    return lines.slice(n, end);
  };
  if (!quoted && /^> /.test(lines[n])) {
    const found = run(/^> |^>$/);
    return { element: quote(found.map((line) => line.slice(2)).join("\n")), lines: found.length };
  }
  const item = /^( *)(?:[-*]|(\d{1,9})\.) +(\S.*)/;
  const first = item.exec(lines[n]);
  if (!first) return undefined;
  const items = run(item).map((line) => item.exec(line));
  const list = h(first[2] ? "ol" : "ul", first[2] ? { start: first[2] } : {},
    items.map((found) => h("li", { class: found[1].length >= 2 ? "deeper" : "" }, spans(found[3]))));
  return { element: list, lines: items.length };
}

// Each rule is a pattern at the beginning of what is left, and what it becomes. None of them
// has to try again what it has read, for texts may be made to slow the page.
const rules = [
  [/^\\([^\p{L}\p{N}\s])/u, (m) => m[1]],
  [/^<@!?(\d+)>/, (m) => mention("@" + (userById(m[1]) ? nameOf(userById(m[1])) : "unknown-user"))],
  [/^<@&(\d+)>/, (m) => mention("@" + (roleById(m[1])?.name ?? "unknown-role"))],
  [/^<#(\d+)>/, (m) => channelLink(m[1])],
  [/^<\/([^:>]+):(\d+)>/, (m) => mention("/" + m[1])],
  [/^<t:(-?\d{1,13})(?::([tTdDfFR]))?>/, (m) => time(Number(m[1]), m[2])],
  [/^<a?:(\w{2,32}):\d+>/, (m) => h("span", { class: "emoji" }, `:${m[1]}:`)],
  [/^\[([^\[\]]+)\]\(<?(https?:\/\/[^\s<>)]+)>?(?: +"[^"]*")?\)/, (m, depth) => link(m[2], spans(m[1], depth))],
  [/^<(https?:\/\/[^\s<>]+)>/, (m) => link(m[1], m[1])],
  [/^https?:\/\/[^\s<>]*[^\s<>.,:;!?"'\])]/, (m) => link(m[0], m[0])],
  [/^@(everyone|here)\b/, (m) => mention("@" + m[1])],
];

// Signs that stand on both sides of what they mark, the longer ones first.
const pairs = [
  ["***", (content) => h("strong", {}, h("em", {}, content))],
  ["**", (content) => h("strong", {}, content)],
  ["__", (content) => h("u", {}, content)],
  ["~~", (content) => h("s", {}, content)],
  ["||", (content) => spoiler(content)],
  ["*", (content) => h("em", {}, content)],
  ["_", (content) => h("em", {}, content)],
];

const deepest = 12; // signs within signs; beyond it they are text

/** spanAt returns the node at the beginning of a text and how much of the text it is. */
function spanAt(text, depth) {
  for (const [pattern, make] of rules) {
    const found = pattern.exec(text);
    if (found) return { node: make(found, depth), length: found[0].length };
  }
  if (text.startsWith("`")) return codeAt(text);
  if (depth >= deepest) return undefined;
  for (const [sign, make] of pairs) {
    if (!text.startsWith(sign)) continue;
    const end = closing(text, sign);
    if (end > 0) return { node: make(spans(text.slice(sign.length, end), depth + 1)), length: end + sign.length };
  }
  return undefined;
}

function codeAt(text) {
  const sign = /^`+/.exec(text)[0];
  for (let end = text.indexOf(sign, sign.length); end > 0; end = text.indexOf(sign, end)) {
    const run = /^`+/.exec(text.slice(end, end + 100))[0].length;
    if (run === sign.length) {
      const code = text.slice(sign.length, end);
      return { node: h("code", {}, code.trim() || code), length: end + run };
    }
    end += run;
  }
  return { node: sign, length: sign.length };
}

/** closing returns where the sign that begins a text comes again so that it closes, or -1. */
function closing(text, sign) {
  if (/\s/.test(text[sign.length] ?? " ")) return -1;
  const single = sign.length === 1;
  for (let i = sign.length; i < text.length; i++) {
    if (text[i] === "\\") { i++; continue; }
    if (single && text.startsWith(sign + sign, i)) { // a pair of its own inside
      const end = text.indexOf(sign + sign, i + 2);
      i = end < 0 ? i + 1 : end + 1;
      continue;
    }
    if (!text.startsWith(sign, i) || i === sign.length) continue;
    if (!single && text[i + sign.length] === sign[0]) continue; // the last of several closes
    if (single && /\s/.test(text[i - 1])) continue;
    if (sign === "_" && /[\p{L}\p{N}_]/u.test(text[i + 1] ?? "")) continue;
    return i;
  }
  return -1;
}

function spans(text, depth = 0) {
  const nodes = [];
  let plain = "";
  const flush = () => { if (plain) nodes.push(plain); plain = ""; };
  while (text) {
    // Words are taken whole: a sign in the middle of one, such as _, begins nothing.
    const run = /^(?:[\p{L}\p{N}]+(?:_+(?=[\p{L}\p{N}]))?|[ .,;’'“”«»()\n-])+/u.exec(text)?.[0] ?? "";
    const address = text.startsWith("://", run.length) ? run.search(/https?$/) : -1;
    const taken = address >= 0 ? run.slice(0, address) : run;
    if (taken) { plain += taken; text = text.slice(taken.length); continue; }
    const found = spanAt(text, depth);
    if (typeof found?.node === "string") plain += found.node;
    else if (found) { flush(); nodes.push(found.node); }
    else plain += String.fromCodePoint(text.codePointAt(0));
    text = text.slice(found?.length ?? String.fromCodePoint(text.codePointAt(0)).length);
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
