// The panel that shows what happens inside: what goes between the bot and Discord, and why
// the bot answered as it did.

import { follow } from "./api.js";
import { byId, h } from "./dom.js";
import { link } from "./markdown.js";

const most = 300; // entries that are shown

let source;
let tab = "why";
const begun = new Map(); // when interactions were sent to the bot
const seen = new Set(); // numbers of thoughts

/** togglePanel opens or closes the panel. */
export function togglePanel() {
  const panel = byId("panel");
  panel.hidden = !panel.hidden;
  document.body.classList.toggle("inspecting", !panel.hidden);
  byId("inspect").setAttribute("aria-expanded", String(!panel.hidden));
  if (panel.hidden) { source.close(); panel.replaceChildren(); begun.clear(); seen.clear(); return; }
  const tabs = [["why", "Why this answer"], ["wire", "On the wire"]].map(([name, label]) =>
    h("button", { type: "button", role: "tab", id: "tab-" + name, "aria-controls": "list-" + name, onclick: () => choose(name) }, label));
  panel.append(
    h("div", { class: "tabs", role: "tablist", "aria-label": "What happens inside" }, tabs, h("button", { type: "button", class: "icon", "aria-label": "Close", onclick: togglePanel }, "✕")),
    h("ol", { id: "list-why", role: "tabpanel", "aria-labelledby": "tab-why" }), h("ol", { id: "list-wire", role: "tabpanel", "aria-labelledby": "tab-wire" }));
  choose(tab);
  source = follow("wire", { after: 0 }, { message: (entry) => put("list-wire", wireEntry(entry)), thought: (entry) => { if (!seen.has(entry.number)) { seen.add(entry.number); put("list-why", thoughtEntry(entry)); } } });
}

function choose(name) {
  tab = name;
  for (const one of ["why", "wire"]) {
    byId("tab-" + one).setAttribute("aria-selected", String(one === name));
    byId("list-" + one).hidden = one !== name;
  }
}

function put(list, item) {
  const at = byId(list);
  if (!at || !item) return;
  at.prepend(item);
  while (at.children.length > most) at.lastChild.remove();
}

const clock = (time) => new Date(time).toLocaleTimeString([], { hour12: false }) + "." + String(new Date(time).getMilliseconds()).padStart(3, "0");

function wireEntry(entry) {
  const heartbeat = /^Heartbeat/.test(entry.what);
  const data = parse(entry.sent);
  if (entry.what === "INTERACTION_CREATE") begun.set(data?.id, new Date(entry.time));
  const sign = { request: "⇧", "from the bot": "⇧", "to the bot": "⇩" }[entry.kind];
  return h("li", { class: heartbeat ? "quiet" : "" }, h("details", {},
    h("summary", {}, h("time", {}, clock(entry.time)), " ", sign, " ", h("b", {}, shorten(entry.what)), entry.status ? h("span", { class: entry.status >= 400 ? "danger" : "small" }, ` ${entry.status}`) : "",
      entry.took ? h("span", { class: "small" }, ` ${entry.took.toFixed(1)} ms`) : ""),
    limitsOf(entry, data), entry.sent && h("pre", {}, pretty(entry.sent)), entry.answer && [h("div", { class: "small" }, "answer"), h("pre", {}, pretty(entry.answer))]));
}

// Tokens of interactions are long and say nothing.
const shorten = (text) => text.replace(/aW50ZXJhY3Rpb24[\w-]+/g, "TOKEN");

function parse(text) { try { return JSON.parse(text); } catch { return undefined; } }

function pretty(text) {
  const value = parse(text);
  return shorten(value === undefined ? text : JSON.stringify(value, null, 2));
}

/** limitsOf shows how much of Discord's limits a request takes. */
function limitsOf(entry, data) {
  const meters = [];
  const meter = (label, value, max) => meters.push(h("li", {}, h("span", {}, `${label} ${value.toLocaleString()} of ${max.toLocaleString()}`), h("meter", { min: 0, max, value, high: max * 0.9, "aria-label": label })));
  const interaction = /^POST \/interactions\/(\d+)\//.exec(entry.what)?.[1];
  if (interaction && begun.has(interaction)) meter("acknowledged after (ms)", new Date(entry.time) - begun.get(interaction), 3000);
  const message = data?.data ?? data;
  const length = (text) => [...(text ?? "")].length;
  if (entry.kind === "request" && message && typeof message === "object") {
    if (message.content) meter("characters of content", length(message.content), 2000);
    if (message.embeds?.length) {
      meter("embeds", message.embeds.length, 10);
      meter("characters in all embeds", message.embeds.reduce((sum, e) => sum + length(e.title) + length(e.description) + length(e.footer?.text) + length(e.author?.name) +
        (e.fields ?? []).reduce((inner, f) => inner + length(f.name) + length(f.value), 0), 0), 6000);
    }
    if (message.components?.length) meter("rows of components", message.components.length, 5);
    if (message.choices) meter("choices", message.choices.length, 25);
  }
  return meters.length ? h("ul", { class: "meters" }, meters) : undefined;
}

const percent = (share) => `${Math.round(share * 100)} %`;

function thoughtEntry(t) {
  const verdict = { curated: "A moderator's answer", excerpts: t.hedged ? "Excerpts, with “perhaps”" : "Excerpts", none: "No answer" }[t.outcome] ?? t.error ?? t.outcome;
  return h("li", {}, h("details", { open: true },
    h("summary", {}, h("time", {}, clock(t.time)), " ", h("b", {}, t.question)),
    h("p", {}, `${verdict}, in ${t.took.toFixed(1)} ms`), t.read_as && h("p", {}, "Read as: ", h("i", {}, t.read_as)), t.curated && h("p", {}, "Its question: ", h("i", {}, t.curated)),
    h("ul", { class: "meters" }, [["the texts speak of it", t.belongs], ["an answer is shown", t.confidence]].map(([label, share]) =>
      h("li", {}, h("span", {}, `${label}: ${percent(share)}`), h("meter", { min: 0, max: 1, value: share, "aria-label": label })))),
    h("ol", { class: "quotes" }, t.quotes.map((q) => quoteEntry(q)))));
}

function quoteEntry(q) {
  const parts = Object.entries(q.parts).filter(([name, value]) => (name === "weight" ? value !== 1 : value !== 0));
  const words = (label, list) => list?.length > 0 && h("div", { class: "words" }, label + " ", list.map((word) => h("span", { class: "chip" }, word)));
  return h("li", {}, h("blockquote", {}, q.text), h("div", { class: "small" }, q.citation),
    q.link && h("div", {}, link(q.link, "Open in the text ↗")),
    h("div", {}, `score ${q.score.toFixed(2)} = `, parts.map(([name, value], i) => (name === "weight" ? `, times ${value.toFixed(2)}` : `${i ? " + " : ""}${name} ${value.toFixed(2)}`))),
    words("found", q.found), words("elsewhere in its passage", q.elsewhere), words("missing", (q.missing ?? []).filter((word) => !(q.elsewhere ?? []).includes(word))));
}
