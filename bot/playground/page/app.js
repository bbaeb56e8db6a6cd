// The page: loads the world as the person sees it, follows what happens, and joins the parts.

import { act, follow, get, speakAs } from "./api.js";
import { byId, h, openDialog, openMenu } from "./dom.js";
import { answerTo, showComposer, showProblem, takeDrops } from "./compose.js";
import { expect, hear, modalsOpen } from "./interactions.js";
import { openModal } from "./modal.js";
import { forumView, showPerson, showSide } from "./side.js";
import { renderMessage } from "./message.js";
import { togglePanel } from "./panel.js";
import { channelById, channelName, guildOf, localized, nameOf, state } from "./state.js";

modalsOpen(openModal);

let events;

async function begin(person) {
  byId("main").setAttribute("aria-busy", "true");
  events?.close();
  speakAs(person);
  await readWorld();
  events = follow("events", { after: state.world.after }, { message: happened });
  showPerson((other) => { remember("as", other); begin(other); });
  await open(here());
}

async function readWorld() {
  state.world = await get("world");
  if (state.channel) state.channel = channelById(state.channel.id);
}

/** here is the channel in the address of the page, or the first. */
const here = () => channelById(location.hash.slice(1)) ?? state.world.guilds[0]?.channels[0] ?? state.world.direct;

let opening = 0;

async function open(channel) {
  const turn = ++opening;
  byId("main").setAttribute("aria-busy", "true");
  state.channel = channel;
  state.replyTo = null;
  state.unread.delete(channel.id);
  closeDrawer();
  const [messages, commands] = await Promise.all([get("messages", { channel: channel.id }), get("commands", { channel: channel.id })]);
  if (turn !== opening) return;
  state.messages = new Map(messages.map((m) => [m.id, m]));
  state.commands = commands;
  const name = channelName(channel);
  byId("title").textContent = (channel.type === 1 ? "@" : "#") + name;
  byId("topic").textContent = channel.topic ?? "";
  document.title = `${name} – ${guildOf(channel)?.name ?? "Direct messages"}`;
  showSide();
  showMessages();
  showComposer();
  if (matchMedia("(min-width: 800px)").matches) byId("text")?.focus();
  byId("main").removeAttribute("aria-busy");
}

function showMessages() {
  const list = byId("messages");
  if (state.channel.type === 15) { list.replaceChildren(...forumView(state.channel, openById)); return; }
  let before;
  list.replaceChildren(h("li", { class: "beginning" }, `This is the beginning of ${state.channel.type === 1 ? "your messages with " : "#"}${channelName(state.channel)}.`),
    ...[...state.messages.values()].map((m) => { const item = renderMessage(m, before, acts); before = m; return item; }));
  toEnd();
}

/** openById opens a channel that may have just been made. */
async function openById(id) {
  if (!channelById(id)) await readWorld();
  location.hash = id;
}

const toEnd = () => { const list = byId("messages"); list.scrollTop = list.scrollHeight; };

const atEnd = () => { const list = byId("messages"); return list.scrollHeight - list.scrollTop - list.clientHeight < 120; };

function drawMessage(m) {
  const stay = atEnd();
  const old = byId("m" + m.id);
  const known = [...state.messages.values()];
  const item = renderMessage(m, known[known.findIndex((other) => other.id === m.id) - 1], acts);
  const focused = old?.contains(document.activeElement) ? document.activeElement.dataset.customId : undefined;
  if (old) old.replaceWith(item);
  else byId("messages").append(item);
  if (focused) item.querySelector(`[data-custom-id="${CSS.escape(focused)}"]`)?.focus();
  if (stay) toEnd();
}

let reading;

/** happened is told of each event of the person's feed; see eventView in events.go. */
async function happened(event) {
  const isHere = event.channel_id === state.channel?.id;
  switch (event.kind) {
    case "message posted": case "message edited":
      byId("status").replaceChildren();
      if (!isHere) { if (event.message.author.id !== state.world.me) { state.unread.add(event.channel_id); showSide(); } break; }
      if (event.kind === "message edited" && !state.messages.has(event.message.id)) break;
      state.messages.set(event.message.id, event.message);
      drawMessage(event.message);
      break;
    case "message deleted":
      if (isHere) { state.messages.delete(event.message.id); byId("m" + event.message.id)?.remove(); }
      break;
    case "channel opened": case "guild changed":
      clearTimeout(reading);
      reading = setTimeout(async () => { await readWorld(); if (!state.channel) await open(here()); showSide(); if (state.channel.type === 15) showMessages(); }, 100);
      break;
    case "commands changed":
      state.commands = await get("commands", { channel: state.channel.id });
      break;
    case "typing":
      if (isHere) { byId("status").replaceChildren(`${nameOf(state.world.bot)} is typing…`); setTimeout(() => byId("status").replaceChildren(), 8000); }
      break;
    case "interaction sent": case "interaction changed":
      hear(event.interaction);
      break;
  }
}

/** acts are what a person can do with a message. */
const acts = {
  async use(m, component, values) {
    const failed = (text) => { const at = byId("m" + m.id)?.querySelector(".failure"); if (at) at.textContent = text; };
    failed("");
    try {
      const what = values ? { do: "choose", chosen: values } : { do: "press" };
      expect(await act({ ...what, message: m.id, custom_id: component.custom_id }), { message: m.id, failed });
    } catch (error) {
      failed(error.message);
    }
  },
  menu(m, at) {
    const mine = m.author.id === state.world.me;
    const commands = state.commands.filter((command) => command.type === 3);
    const loading = m.flags & 128;
    const ephemeral = m.flags & 64;
    openMenu(at, [
      !ephemeral && state.channel.can_send && { label: "Reply", act: () => answerTo(m) },
      state.channel.type === 0 && !m.thread && !ephemeral && { label: "Create thread", act: () => ask("Thread name", (name) => act({ do: "thread", message: m.id, name }).then((made) => openById(made.channel))) },
      mine && { label: "Edit message", act: () => ask("Edit message", (content) => act({ do: "edit", message: m.id, content }), m.content) },
      { label: "Copy text", act: () => navigator.clipboard.writeText(m.content || m.embeds.map((e) => e.description).join("\n\n")) },
      (mine || ephemeral || state.channel.can_manage) && { label: ephemeral ? "Dismiss message" : "Delete message", danger: true, act: () => acts.dismiss(m) },
      !loading && commands.length > 0 && { label: "Apps" },
      ...(loading ? [] : commands.map((command) => ({ label: localized(command, "name"), act: () => run({ do: "message command", message: m.id, name: command.name }, localized(command, "name")) }))),
    ].filter(Boolean), "Message");
  },
  author(user, at) {
    const commands = state.commands.filter((command) => command.type === 2);
    openMenu(at, [
      { label: "Mention", act: () => { const box = byId("text"); if (box) { box.setRangeText(`@${nameOf(user)} `, box.selectionStart, box.selectionEnd, "end"); box.focus(); } } },
      user.bot && { label: "Message", act: () => { location.hash = state.world.direct.id; } },
      commands.length > 0 && { label: "Apps" },
      ...commands.map((command) => ({ label: localized(command, "name"), act: () => run({ do: "user command", channel: state.channel.id, user: user.id, name: command.name }, localized(command, "name")) })),
    ].filter(Boolean), nameOf(user));
  },
  dismiss: (m) => act({ do: "delete", message: m.id }).catch((error) => showProblem(error.message)),
};

async function run(action, text) {
  try { expect(await act(action), { text }); } catch (error) { showProblem(error.message); }
}

/** ask asks for a text in a dialog. */
function ask(title, done, value = "") {
  const input = h("textarea", { id: "asked", rows: 2, required: true, value, "aria-label": title });
  const problem = h("p", { role: "alert", class: "problem" });
  const form = h("form", { class: "modal" }, h("div", { class: "field" }, input), problem, h("footer", {}, h("button", { type: "submit", class: "button primary" }, "Save")));
  const dialog = openDialog(title, form);
  input.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); form.requestSubmit(); } });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try { await done(input.value.trim()); dialog.close(); } catch (error) { problem.textContent = error.message; }
  });
  input.focus();
}

// What the browser remembers: only what the page looks like, and who spoke.
const remember = (key, value) => { try { localStorage.setItem("playground-" + key, value); } catch { /* it works without */ } };
const recall = (key) => { try { return localStorage.getItem("playground-" + key); } catch { return null; } };

const closeDrawer = () => { document.body.classList.remove("drawer"); byId("drawer").setAttribute("aria-expanded", "false"); };

byId("drawer").addEventListener("click", () => {
  const is = document.body.classList.toggle("drawer");
  byId("drawer").setAttribute("aria-expanded", String(is));
});
byId("theme").addEventListener("click", () => {
  const dark = getComputedStyle(document.documentElement).colorScheme.includes("dark");
  document.documentElement.dataset.theme = dark ? "light" : "dark";
  remember("theme", document.documentElement.dataset.theme);
});
byId("inspect").addEventListener("click", togglePanel);
addEventListener("hashchange", () => { const channel = channelById(location.hash.slice(1)); if (channel && channel.id !== state.channel?.id) open(channel); });
takeDrops(byId("main"));
if (recall("theme")) document.documentElement.dataset.theme = recall("theme");

const first = await get("people");
const wanted = recall("as");
begin(first.some((person) => person.id === wanted) ? wanted : first[0].id);
