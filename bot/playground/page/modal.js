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
  const input = h("input", { type: "file", required: c.required !== false });
  fields.push({ customId: c.custom_id, value: () => (input.files.length ? fileOf(input.files[0]) : undefined) });
  return labelled(input, c, label, description);
}

function chosen(c, fields, label, description) {
  let values; // undefined: as the modal came
  const input = select({ ...c, placeholder: c.placeholder ?? label }, (now) => { values = now; }, { inForm: true });
  values = undefined; // drawing it is no choice
  fields.push({ customId: c.custom_id, value: () => values });
  return labelled(input, c, label, description);
}
