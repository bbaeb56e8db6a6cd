// Filling in a slash command: its options, what autocomplete proposes, what is wrong.

import { act, fileOf } from "./api.js";
import { h } from "./dom.js";
import { select } from "./component.js";
import { expect } from "./interactions.js";
import { suggestions } from "./suggest.js";
import { localized, me, state } from "./state.js";

/**
 * leaves returns the slash commands with their subcommands: name is how they are sent,
 * shown how the person reads it.
 */
export function leaves() {
  const down = (thing, name, shown) => {
    const inner = (thing.options ?? []).filter((option) => option.type <= 2);
    const here = { name: [...name, thing.name], shown: [...shown, localized(thing, "name")] };
    if (inner.length) return inner.flatMap((option) => down(option, here.name, here.shown));
    return [{ ...thing, name: here.name.join(" "), shown: here.shown.join(" "), options: thing.options ?? [] }];
  };
  return state.commands.filter((command) => command.type === 1).flatMap((command) => down(command, [], []));
}

/** beginCommand shows the form of a command; rest is what was typed behind its name. */
export function beginCommand(form, leaf, rest, leave) {
  const problem = h("p", { id: "problem", role: "alert" });
  const fields = h("div", { class: "fields" });
  const more = h("div", { class: "more" });
  const open = new Map(); // fields by option
  const send = { current: null };

  const add = (option) => {
    const field = fieldOf(option, leaf, () => valuesOf(open), () => form.requestSubmit());
    open.set(option, field);
    fields.append(field.element);
    showMore();
    return field;
  };
  const showMore = () => more.replaceChildren(...leaf.options.filter((option) => !open.has(option)).map((option) =>
    h("button", { type: "button", class: "chip", title: localized(option, "description"), onclick: () => add(option).input.focus() }, "+ " + localized(option, "name"))));

  form.replaceChildren(
    h("div", { class: "command" }, h("b", {}, "/" + leaf.shown), " ", h("span", {}, localized(leaf, "description")),
      h("button", { type: "button", class: "icon", "aria-label": "Leave the command", onclick: () => over() }, "✕")),
    problem, fields, more,
    h("div", { class: "box" }, h("button", { type: "submit", class: "button primary" }, "Send /" + leaf.shown)));
  for (const option of leaf.options) if (option.required) add(option);
  showMore();
  const first = [...open.values()][0] ?? (rest && leaf.options[0] ? add(leaf.options[0]) : undefined);
  if (first) { if (rest && "value" in first.input && first.input.type !== "file") first.input.value = rest; first.input.focus(); } else form.querySelector("[type=submit]").focus();

  const over = () => { form.onkeydown = form.onkeypress = null; leave(); };
  form.onkeydown = (event) => {
    if (event.key === "Escape") over();
    if (event.key === "Enter" && !event.isComposing && event.target.type === "text") form.requestSubmit();
  };
  // Enter sends only as above: one that took a proposal does not.
  form.onkeypress = (event) => { if (event.key === "Enter" && event.target.type === "text") event.preventDefault(); };
  form.onsubmit = async (event) => {
    event.preventDefault();
    if (send.current) return;
    problem.textContent = "";
    for (const [option, field] of open) {
      if (option.required && field.empty()) { problem.textContent = `${localized(option, "name")}: this option is required. Specify a value.`; field.input.focus(); return; }
    }
    send.current = true;
    try {
      const values = await valuesOf(open, true);
      expect(await act({ do: "slash", channel: state.channel.id, name: leaf.name, values }), { text: "/" + leaf.shown });
      over();
    } catch (error) {
      problem.textContent = error.message;
      send.current = null;
    }
  };
}

async function valuesOf(open, all = false) {
  const values = {};
  for (const [option, field] of open) if (!field.empty() && (all || option.type !== 11)) values[option.name] = await field.value();
  return values;
}

const entitySelects = { 6: 5, 7: 8, 8: 6, 9: 7 }; // types of options, to those of selects

/** fieldOf returns {element, input, value, empty} for an option. */
function fieldOf(option, leaf, others) {
  const id = "option-" + option.name;
  const wrap = (input, rest) => ({
    element: h("div", { class: "field" }, h("label", { for: id }, localized(option, "name"), option.required && h("span", { "aria-hidden": "true" }, " *")), input,
      h("small", { id: id + "-about" }, localized(option, "description"))),
    input, ...rest,
  });
  const chosenFrom = (choices) => {
    const input = h("select", { id, class: "select", "aria-describedby": id + "-about" }, h("option", { value: "" }, ""), choices.map(([value, name], i) => h("option", { value: i }, name)));
    return wrap(input, { value: () => choices[Number(input.value)][0], empty: () => input.value === "" });
  };
  if (option.choices?.length) return chosenFrom(option.choices.map((choice) => [choice.value, localized(choice, "name")]));
  if (option.type === 5) return chosenFrom([[true, "True"], [false, "False"]]);
  if (entitySelects[option.type]) {
    let chosen = [];
    const input = select({ type: entitySelects[option.type], placeholder: localized(option, "name"), channel_types: option.channel_types, required: option.required }, (values) => { chosen = values; });
    input.id = id;
    return wrap(input, { value: () => chosen[0], empty: () => chosen.length === 0 });
  }
  if (option.type === 11) {
    const input = h("input", { id, type: "file" });
    return wrap(input, { value: () => fileOf(input.files[0]), empty: () => input.files.length === 0 });
  }
  return typedField(option, leaf, others, id, wrap);
}

/** typedField is a field for a text or number, with autocomplete if the option has it. */
function typedField(option, leaf, others, id, wrap) {
  const number = option.type === 4 || option.type === 10;
  const input = h("input", {
    id, type: "text", inputmode: number ? "decimal" : undefined, maxlength: number ? undefined : option.max_length ?? 6000,
    "aria-describedby": id + "-about", "aria-required": option.required ? "true" : undefined,
  });
  let chosen; // what autocomplete proposed and the person took
  const value = () => {
    if (chosen && input.value === chosen.name) return chosen.value;
    return number && input.value.trim() !== "" && !Number.isNaN(Number(input.value)) ? Number(input.value) : input.value;
  };
  const field = wrap(input, { value, empty: () => input.value.trim() === "" });
  if (option.autocomplete) {
    const proposals = suggestions(input, field.element);
    let waiting;
    let asked = 0;
    const ask = async () => {
      const turn = ++asked;
      try {
        const values = await others();
        values[option.name] = input.value;
        const { choices } = await act({ do: "autocomplete", channel: state.channel.id, name: leaf.name, option: option.name, values });
        if (turn !== asked || document.activeElement !== input) return;
        proposals.show((choices ?? []).map((choice) => {
          const name = choice.name_localizations?.[me().locale] ?? choice.name;
          return { label: name, choose: () => { input.value = name; chosen = { name, value: choice.value }; } };
        }));
      } catch {
        if (turn === asked) proposals.hide();
      }
    };
    const soon = () => { clearTimeout(waiting); waiting = setTimeout(ask, 200); };
    input.addEventListener("input", soon);
    input.addEventListener("focus", soon);
  }
  return field;
}
