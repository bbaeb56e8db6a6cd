// Making elements. Texts become text nodes: nothing that people or documents say is ever
// read as HTML.

/** h makes an element: h("a", {class: "link", onclick: f}, "text", child). */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value") element.value = value;
    else if (name === "dataset") Object.assign(element.dataset, value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

export const byId = (id) => document.getElementById(id);

/** colour returns the CSS colour of a number of Discord's, "" for none. */
export const colour = (number) => (number ? "#" + number.toString(16).padStart(6, "0") : "");

let menuCount = 0;

/**
 * openMenu shows a menu at an element. Entries are {label, act, danger}; one without act is
 * a heading. Arrow keys move in it, Escape closes it.
 */
export function openMenu(at, entries, label) {
  const menu = h("div", { class: "menu", role: "menu", popover: "auto", id: `menu${++menuCount}`, "aria-label": label });
  for (const entry of entries) {
    if (!entry.act) {
      menu.append(h("div", { class: "menu-head", role: "presentation" }, entry.label));
      continue;
    }
    const choose = () => { menu.hidePopover(); entry.act(); };
    menu.append(h("button", { type: "button", role: "menuitem", class: entry.danger ? "danger" : "", onclick: choose }, entry.label));
  }
  menu.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const items = [...menu.querySelectorAll("button")];
    items[(items.indexOf(document.activeElement) + step + items.length) % items.length]?.focus();
  });
  menu.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    menu.remove();
    if (document.activeElement === document.body) at.focus?.();
  });
  document.body.append(menu);
  menu.showPopover();
  const place = at.getBoundingClientRect();
  menu.style.top = Math.max(8, Math.min(place.bottom + 4, innerHeight - menu.offsetHeight - 8)) + "px";
  menu.style.left = Math.max(8, Math.min(place.right - menu.offsetWidth, innerWidth - menu.offsetWidth - 8)) + "px";
  menu.querySelector("button")?.focus();
}

/**
 * openDialog shows a dialog with a title, and returns it. Closing it by any way removes it
 * and calls closed.
 */
export function openDialog(title, content, { wide = false, closed } = {}) {
  const dialog = h("dialog", { class: wide ? "wide" : "", "aria-label": title },
    h("header", {}, h("h2", {}, title), h("button", { type: "button", class: "icon", "aria-label": "Close", onclick: () => dialog.close() }, "✕")),
    content);
  dialog.addEventListener("close", () => { dialog.remove(); closed?.(); });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
