// The box in which one writes, and from which a command is begun.

import { act, fileOf } from "./api.js";
import { byId, h } from "./dom.js";
import { beginCommand, leaves } from "./command.js";
import { suggestions } from "./suggest.js";
import { channelName, guildOf, localized, nameOf, state } from "./state.js";

const form = byId("composer");
let files = [];
let mentions = new Map(); // "@Name" as typed, to how it is sent

/** showComposer shows the box for the open channel, with a text in it. */
export function showComposer(text = "") {
  const { channel } = state;
  mentions = new Map();
  if (!channel || channel.type === 15 || !channel.can_send) {
    files = [];
    form.replaceChildren(h("p", { class: "closed" }, channel?.type === 15 ? "" : "You do not have permission to send messages here."));
    return;
  }
  const label = `Message ${channel.type === 1 ? "@" : "#"}${channelName(channel)}`;
  const box = h("textarea", { id: "text", rows: 1, "aria-label": label, placeholder: label, maxlength: 4000 });
  const picker = h("input", { type: "file", multiple: true, hidden: true, onchange: () => addFiles(picker.files) });
  form.replaceChildren(
    h("div", { id: "reply" }), h("ul", { id: "files", "aria-label": "Files to send" }), h("p", { id: "problem", role: "alert" }),
    h("div", { class: "box" },
      h("button", { type: "button", class: "icon", "aria-label": "Attach files", onclick: () => picker.click() }, "+"), picker, box,
      h("button", { type: "submit", class: "icon", "aria-label": "Send" }, "➤")));
  const proposals = suggestions(box, form);
  box.addEventListener("input", () => { grow(box); propose(box, proposals); });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
    if (event.key === "Escape") answerTo(null);
  });
  box.value = text;
  form.onsubmit = (event) => { event.preventDefault(); send(box); };
  showFiles();
  answerTo(state.replyTo);
  grow(box);
}

const grow = (box) => { box.style.height = "auto"; box.style.height = Math.min(box.scrollHeight, 240) + "px"; };

/** answerTo makes what is written next a reply to a message. */
export function answerTo(m) {
  state.replyTo = m;
  byId("reply")?.replaceChildren(...(m ? [`Replying to ${nameOf(m.author)}`, h("button", { type: "button", class: "plain", onclick: () => answerTo(null) }, "Cancel")] : []));
  if (m) byId("text")?.focus();
}

/** addFiles adds files to what is written next. */
export function addFiles(list) { files.push(...list); showFiles(); }

function showFiles() {
  byId("files")?.replaceChildren(...files.map((file) => h("li", {}, "▤ ", file.name,
    h("button", { type: "button", class: "icon", "aria-label": `Remove ${file.name}`, onclick: () => { files = files.filter((other) => other !== file); showFiles(); } }, "✕"))));
}

export function showProblem(text) { const at = byId("problem"); if (at) at.textContent = text; }

/** propose offers commands behind a slash at the beginning, and names behind @ and #. */
function propose(box, proposals) {
  showProblem("");
  const typed = box.value;
  if (typed.startsWith("/") && !typed.includes("\n")) {
    const all = leaves();
    const names = (leaf) => [leaf.shown, leaf.name];
    const complete = all.find((leaf) => names(leaf).some((name) => typed.startsWith(`/${name} `)) && !all.some((other) => other !== leaf && other.shown.startsWith(leaf.shown + " ")));
    if (complete) {
      const name = names(complete).find((one) => typed.startsWith(`/${one} `));
      proposals.hide();
      start(complete, typed.slice(name.length + 2));
      return;
    }
    const begin = typed.slice(1).toLowerCase();
    proposals.show(all.filter((leaf) => names(leaf).some((name) => name.startsWith(begin)))
      .map((leaf) => ({ label: "/" + leaf.shown, detail: localized(leaf, "description"), choose: () => start(leaf, "") })), { first: true });
    return;
  }
  const found = /(^|\s)([@#])([^\s@#]*)$/.exec(typed.slice(0, box.selectionStart));
  if (!found) { proposals.hide(); return; }
  const from = box.selectionStart - found[3].length - 1;
  const items = (found[2] === "@" ? people() : channels()).filter((item) => item.label.toLowerCase().includes(found[3].toLowerCase()));
  proposals.show(items.slice(0, 10).map((item) => ({
    ...item,
    choose: () => {
      mentions.set(item.label, item.sent);
      box.setRangeText(item.label + " ", from, box.selectionStart, "end");
    },
  })), { first: found[3] !== "" });
}

function people() {
  const guild = guildOf(state.channel);
  const users = guild?.members.map((member) => member.user) ?? [state.world.bot];
  const roles = (guild?.roles ?? []).filter((role) => role.name !== "@everyone");
  return [
    ...users.sort((a, b) => Boolean(b.bot) - Boolean(a.bot)).map((user) => ({ label: "@" + nameOf(user), sent: `<@${user.id}>` })),
    ...roles.map((role) => ({ label: "@" + role.name, sent: `<@&${role.id}>` })),
  ];
}

const channels = () => (guildOf(state.channel)?.channels ?? []).map((channel) => ({ label: "#" + channelName(channel), sent: `<#${channel.id}>` }));

/** withMentions writes the names that were typed as Discord sends them. */
function withMentions(text) {
  for (const item of [...people(), ...channels()]) if (!mentions.has(item.label)) mentions.set(item.label, item.sent);
  for (const label of [...mentions.keys()].sort((a, b) => b.length - a.length)) text = text.replaceAll(label, mentions.get(label));
  return text;
}

function start(leaf, rest) {
  beginCommand(form, leaf, rest, () => { showComposer(); byId("text").focus(); });
}

async function send(box) {
  const content = withMentions(box.value.trim());
  if (!content && files.length === 0) return;
  const exact = leaves().find((leaf) => box.value.trim() === "/" + leaf.shown);
  if (exact) { start(exact, ""); return; }
  const sending = { do: "post", channel: state.channel.id, content, reply_to: state.replyTo?.id };
  try {
    sending.files = await Promise.all(files.map(fileOf));
    await act(sending);
    box.value = "";
    files = [];
    mentions = new Map();
    grow(box);
    showFiles();
    answerTo(null);
    showProblem("");
  } catch (error) {
    showProblem(error.message);
  }
}

/** takeDrops lets files be dropped on an element, and pasted. */
export function takeDrops(element) {
  element.addEventListener("dragover", (event) => { event.preventDefault(); element.classList.add("drop"); });
  element.addEventListener("dragleave", () => element.classList.remove("drop"));
  element.addEventListener("drop", (event) => {
    event.preventDefault();
    element.classList.remove("drop");
    const option = event.target.closest("input[type=file]") ?? form.querySelector(".field input[type=file]");
    if (option) { option.files = event.dataTransfer.files; return; }
    addFiles(event.dataTransfer.files);
  });
  element.addEventListener("paste", (event) => { if (event.clipboardData.files.length) addFiles(event.clipboardData.files); });
}
