// A source text with the quote in it.

import { get } from "./api.js";
import { h, openDialog } from "./dom.js";

/** openText opens a document of a guild where a quote stands; ranges are those of the quote. */
export async function openText(guild, document, ranges) {
  const params = new URLSearchParams({ guild, document });
  for (const [start, end] of ranges) params.append("range", `${start}-${end}`);
  const { title, pieces } = await get("text", params);
  const text = h("div", { class: "source", tabindex: "0" }, pieces.map((piece) => (piece.quoted ? h("mark", {}, piece.text) : piece.text)));
  openDialog(title, text, { wide: true });
  const marks = [...text.querySelectorAll("mark")];
  let at = -1;
  const go = (step) => { at = (at + step + marks.length) % marks.length; marks[at]?.scrollIntoView({ block: "center" }); };
  text.addEventListener("keydown", (event) => { const step = { n: 1, p: -1 }[event.key]; if (step) go(step); });
  text.focus();
  go(1);
}
