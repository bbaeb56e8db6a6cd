// A list of proposals below which one types, as a combobox: arrow keys, Enter or Tab, Escape.
// w3.org/WAI/ARIA/apg/patterns/combobox

import { h } from "./dom.js";

let count = 0;

/**
 * suggestions gives an input proposals. The result's show takes items {label, detail,
 * choose}; with first, the first is chosen by Enter at once.
 */
export function suggestions(input, container) {
  const list = h("ul", { class: "suggest", role: "listbox", id: `suggest${++count}`, "aria-label": "Proposals", hidden: true });
  container.append(list);
  for (const [name, value] of [["role", "combobox"], ["aria-controls", list.id], ["aria-expanded", "false"], ["aria-autocomplete", "list"]]) input.setAttribute(name, value);
  let items = [];
  let active = -1;

  const activate = (index) => {
    active = index;
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
    if (index >= 0) input.setAttribute("aria-activedescendant", list.children[index].id);
    else input.removeAttribute("aria-activedescendant");
    list.children[index]?.scrollIntoView({ block: "nearest" });
  };
  const hide = () => { list.hidden = true; items = []; input.setAttribute("aria-expanded", "false"); activate(-1); };
  const choose = (index) => { const item = items[index]; hide(); item.choose(); };
  const show = (found, { first = false } = {}) => {
    items = found;
    list.replaceChildren(...found.map((item, i) => h("li", {
      role: "option", id: `${list.id}-${i}`, "aria-selected": "false",
      onmousedown: (event) => { event.preventDefault(); choose(i); },
    }, h("b", {}, item.label), item.detail && h("span", {}, item.detail))));
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
    activate(first && found.length ? 0 : -1);
  };
  input.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) activate((active + step + items.length) % items.length);
    else if ((event.key === "Enter" || event.key === "Tab") && active >= 0) choose(active);
    else if (event.key === "Escape") hide();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  });
  input.addEventListener("blur", hide);
  return { show, hide };
}
