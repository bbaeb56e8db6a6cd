// What became of the uses of the bot that were begun on this page: waiting, failed, a modal.

import { byId, h } from "./dom.js";

// An application has to acknowledge within 3 s.
// docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback
const limit = 3000;

const waiting = new Map(); // by interaction: {failed, timer}
const heard = new Map(); // what was told of interactions, before or after they were expected

let openModal; // shows the modal of an interaction

/** modalsOpen says what shows modals: they expect interactions themselves. */
export function modalsOpen(open) {
  openModal = open;
}

/**
 * expect waits for the bot to acknowledge an interaction. text names what was done; failed,
 * if given, is called when the bot does not respond, else the status line says so.
 */
export function expect({ interaction }, { text, message, failed } = {}) {
  const entry = { text, failed };
  waiting.set(interaction, entry);
  if (message) {
    entry.busy = byId("m" + message);
    entry.busy?.setAttribute("aria-busy", "true");
  }
  entry.timer = setTimeout(() => {
    done(interaction);
    if (failed) failed("This interaction failed");
    else say(h("span", { class: "danger" }, `${text}: The application did not respond`));
  }, limit);
  if (text) say(h("span", {}, `Sending ${text}…`));
  const known = heard.get(interaction);
  if (known) hear(known);
}

/** hear is told of each interaction of the person. */
export function hear(interaction) {
  heard.set(interaction.id, interaction);
  if (heard.size > 500) heard.delete(heard.keys().next().value);
  if (!waiting.has(interaction.id) || !interaction.callback) return;
  done(interaction.id);
  if (interaction.modal) openModal(interaction);
}

function done(id) {
  const entry = waiting.get(id);
  clearTimeout(entry?.timer);
  entry?.busy?.removeAttribute("aria-busy");
  waiting.delete(id);
  say("");
}

const say = (content) => byId("status").replaceChildren(content);
