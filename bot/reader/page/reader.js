// Keys: n goes to the next quote, p to the previous one. The page can be read without.

const marks = [...document.querySelectorAll("mark")].filter((mark, i, all) => mark.id || !isNext(all[i - 1], mark));
const way = (rel) => document.querySelector(`.hits a[rel="${rel}"]`);
let at = marks.indexOf(document.getElementById("quote")?.nextElementSibling);

/** isNext says whether nothing is to be read between two marks. */
function isNext(before, mark) {
  if (!before) return false;
  const range = document.createRange();
  range.setStartAfter(before);
  range.setEndBefore(mark);
  return range.toString().trim() === "";
}

function go(to) {
  at = to;
  marks[to].tabIndex = -1;
  marks[to].focus({ preventScroll: true });
  marks[to].scrollIntoView({ block: "center" });
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const step = { n: 1, p: -1 }[event.key];
  if (!step) return;
  const to = at + step;
  const link = way(step > 0 ? "next" : "prev");
  if (marks[to]) go(to);
  else if (link) link.click();
  else if (marks.length) go(step > 0 ? 0 : marks.length - 1);
});
