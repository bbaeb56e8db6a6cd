// Components of messages: buttons, selects, and the newer ones that lay a message out.
// docs.discord.com/developers/components/reference

import { h, colour } from "./dom.js";
import { inline, link, markdown } from "./markdown.js";
import { channelName, guildOf, nameOf, state } from "./state.js";

const buttonStyles = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link", 6: "premium" };

/** components renders components; use(component, values) is called when a person uses one. */
export function components(list, use) {
  return (list ?? []).map((component) => render(component, use));
}

function render(c, use) {
  switch (c.type) {
    case 1: return h("div", { class: "row" }, components(c.components, use));
    case 2: return button(c, use);
    case 3: case 5: case 6: case 7: case 8: return select(c, (values) => use(c, values));
    case 9: return h("div", { class: "section" }, h("div", {}, components(c.components, use)), c.accessory && render(c.accessory, use));
    case 10: return h("div", { class: "text-display" }, markdown(c.content));
    case 11: return media(c.media, c.description);
    case 12: return h("div", { class: "gallery" }, (c.items ?? []).map((item) => media(item.media, item.description)));
    case 13: return h("div", { class: "attachment" }, "▤ ", (c.file?.url ?? "").replace("attachment://", ""));
    case 14: return c.divider === false ? h("div", { class: "space" }) : h("hr");
    case 17: return container(c, use);
    default: return h("div", { class: "unknown" }, `A component of type ${c.type}, which this page does not know`);
  }
}

function container(c, use) {
  const element = h("div", { class: "container" }, components(c.components, use));
  if (c.accent_color) element.style.borderLeftColor = colour(c.accent_color);
  return element;
}

const media = (item, description) =>
  h("span", { class: "media" }, "▣ ", link(item?.url ?? "", description || item?.url || "picture"));

export const emojiOf = (emoji) => emoji && h("span", { class: "emoji", "aria-hidden": "true" }, emoji.id ? `:${emoji.name}:` : emoji.name);

function button(c, use) {
  const style = buttonStyles[c.style] ?? "secondary";
  const content = [emojiOf(c.emoji), h("span", {}, c.label ?? (c.emoji ? "" : "…"))];
  if (c.style === 5) {
    const anchor = link(c.url, [...content, h("span", { "aria-hidden": "true" }, " ↗")]);
    anchor.className = "button secondary";
    return anchor;
  }
  return h("button", {
    type: "button", class: `button ${style}`, disabled: c.disabled, dataset: { customId: c.custom_id ?? "" },
    "aria-label": c.label ? undefined : c.emoji?.name, onclick: () => use(c),
  }, content);
}

/** choicesOf returns what a select offers: [{value, label, description, default}]. */
function choicesOf(c) {
  if (c.type === 3) return (c.options ?? []).map((option) => ({ ...option, label: (option.emoji && !option.emoji.id ? option.emoji.name + " " : "") + option.label }));
  const guild = guildOf(state.channel);
  const users = guild?.members.map((member) => member.user) ?? [state.world.bot];
  const roles = guild?.roles ?? [];
  const channels = (guild?.channels ?? []).filter((channel) => !c.channel_types?.length || c.channel_types.includes(channel.type));
  const preset = new Set((c.default_values ?? []).map((value) => value.id));
  const named = (list, name) => list.map((thing) => ({ value: thing.id, label: name(thing), default: preset.has(thing.id) }));
  const of = {
    5: () => named(users, nameOf), 6: () => named(roles, (role) => role.name),
    7: () => [...named(users, nameOf), ...named(roles, (role) => "@" + role.name)],
    8: () => named(channels, (channel) => "#" + channelName(channel)),
  };
  return of[c.type]();
}

/**
 * select renders a select. One that takes one value chooses at once; one that takes several
 * has boxes to tick and a button. done is called with the values.
 */
export function select(c, done, { inForm = false } = {}) {
  const choices = choicesOf(c);
  const most = c.max_values ?? 1;
  const label = c.placeholder || c.label || "Make a selection";
  if (most === 1) return selectOne(c, choices, label, done);
  return selectSeveral(c, choices, label, done, inForm);
}

function selectOne(c, choices, label, done) {
  const preset = choices.find((choice) => choice.default)?.value ?? "";
  const element = h("select", { class: "select", "aria-label": label, disabled: c.disabled, dataset: { customId: c.custom_id } },
    h("option", { value: "", hidden: true, disabled: c.required !== false }, label),
    choices.map((choice) => h("option", { value: choice.value, title: choice.description },
      choice.description ? `${choice.label} — ${choice.description}` : choice.label)));
  element.value = preset;
  element.addEventListener("change", () => done(element.value === "" ? [] : [element.value]));
  return element;
}

function selectSeveral(c, choices, label, done, inForm) {
  const boxes = choices.map((choice) => h("input", { type: "checkbox", value: choice.value, checked: choice.default, disabled: c.disabled }));
  const least = c.min_values ?? 1;
  const most = c.max_values ?? 1;
  const chosen = () => boxes.filter((box) => box.checked).map((box) => box.value);
  const apply = h("button", { type: "button", class: "button primary", onclick: () => done(chosen()) }, "Choose");
  const check = () => {
    const count = chosen().length;
    for (const box of boxes) if (!box.checked) box.disabled = c.disabled || count >= most;
    apply.disabled = c.disabled || count < least;
    if (inForm) done(chosen());
  };
  for (const box of boxes) box.addEventListener("change", check);
  check();
  return h("fieldset", { class: "select several", dataset: { customId: c.custom_id } }, h("legend", {}, inForm ? `Choose ${least}–${most}` : `${label} (${least}–${most})`),
    boxes.map((box, i) => h("label", {}, box, inline(choices[i].label), choices[i].description && h("small", {}, choices[i].description))),
    inForm ? undefined : apply);
}
