// A modal: a window with fields that the bot shows to one person.
// docs.discord.com/developers/components/reference#label

import { act, fileOf } from "./api.js";
import { h, openDialog } from "./dom.js";
import { markdown } from "./markdown.js";
import { select } from "./component.js";
import { expect } from "./interactions.js";

/** openModal shows the modal of an interaction. */
export function openModal(interaction) {
  const { modal } = interaction;
  const fields = []; // {customId, value()}
  const problem = h("p", { role: "alert", class: "problem" });
  const form = h("form", { class: "modal" }, modal.components.map((component) => part(component, fields)), problem,
    h("footer", {}, h("button", { type: "button", class: "button secondary", onclick: () => dialog.close() }, "Cancel"),
      h("button", { type: "submit", class: "button primary" }, "Submit")));
  const dialog = openDialog(modal.title, form);
  form.querySelector("input, textarea, select")?.focus();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.textContent = "";
    try {
      const values = {};
      for (const field of fields) {
        const value = await field.value();
        if (value !== undefined) values[field.customId] = value;
      }
      const sent = await act({ do: "submit", interaction: interaction.id, values });
      expect(sent, { text: modal.title });
      dialog.close();
    } catch (error) {
      problem.textContent = error.message;
    }
  });
}

function part(c, fields, label, description) {
  switch (c.type) {
    case 1: return c.components.map((inner) => part(inner, fields));
    case 10: return h("div", { class: "text" }, markdown(c.content));
    case 18: return part(c.component, fields, c.label, c.description);
    case 4: return text(c, fields, label ?? c.label, description);
    case 19: return upload(c, fields, label, description);
    case 21: case 22: return group(c, fields, label, description);
    case 23: return checkbox(c, fields, label, description);
    default: return chosen(c, fields, label, description);
  }
}

let count = 0;

function labelled(input, c, label, description) {
  input.id = `field${++count}`;
  return h("div", { class: "field" },
    h("label", { for: input.id }, label, c.required !== false && h("span", { class: "required", "aria-hidden": "true" }, " *")),
    description && h("small", {}, description), input);
}

function text(c, fields, label, description) {
  const props = {
    value: c.value ?? "", placeholder: c.placeholder, minlength: c.min_length, maxlength: c.max_length ?? 4000,
    required: c.required !== false, dataset: { customId: c.custom_id },
  };
  const input = c.style === 2 ? h("textarea", { ...props, rows: 5 }) : h("input", { ...props, type: "text" });
  fields.push({ customId: c.custom_id, value: () => input.value });
  return labelled(input, c, label, description);
}

function upload(c, fields, label, description) {
  const input = h("input", { type: "file", required: c.required !== false, multiple: (c.max_values ?? 1) > 1, dataset: { customId: c.custom_id } });
  fields.push({ customId: c.custom_id, value: () => (input.files.length ? Promise.all([...input.files].map(fileOf)) : undefined) });
  return labelled(input, c, label, description);
}

/** group shows all that can be chosen: one of it (21), or several (22). */
function group(c, fields, label, description) {
  const name = `field${++count}`;
  const several = c.type === 22;
  const inputs = c.options.map((option) => h("input", { type: several ? "checkbox" : "radio", name, value: option.value, checked: option.default, required: !several && c.required !== false }));
  const most = c.max_values ?? inputs.length;
  const check = () => { for (const input of inputs) if (several && !input.checked) input.disabled = inputs.filter((one) => one.checked).length >= most; };
  for (const input of inputs) input.addEventListener("change", check);
  check();
  fields.push({ customId: c.custom_id, value: () => inputs.filter((input) => input.checked).map((input) => input.value) });
  return h("fieldset", { class: "field group", dataset: { customId: c.custom_id } }, h("legend", {}, label, c.required !== false && h("span", { class: "required", "aria-hidden": "true" }, " *")),
    description && h("small", {}, description),
    inputs.map((input, i) => h("label", {}, input, h("span", {}, c.options[i].label, c.options[i].description && h("small", {}, c.options[i].description)))));
}

function checkbox(c, fields, label, description) {
  const input = h("input", { type: "checkbox", checked: c.default, dataset: { customId: c.custom_id } });
  fields.push({ customId: c.custom_id, value: () => input.checked });
  return h("div", { class: "field group" }, h("label", {}, input, h("span", {}, label, description && h("small", {}, description))));
}

function chosen(c, fields, label, description) {
  let values; // undefined: as the modal came
  const input = select({ ...c, placeholder: c.placeholder ?? label }, (now) => { values = now; }, { inForm: true });
  values = undefined; // drawing it is no choice
  fields.push({ customId: c.custom_id, value: () => values });
  return labelled(input, c, label, description);
}
