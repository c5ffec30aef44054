"use strict";
// The list of customers: sorted, searched and filtered. Everything else on the page works without this script.
(() => {
  const list = document.getElementById("list");
  const body = list.tBodies[0];
  const rest = document.getElementById("rest");
  const tools = document.getElementById("tools");
  const search = document.getElementById("search");
  const picks = [...tools.querySelectorAll("input[type=checkbox]")];
  const shown = document.getElementById("shown");
  const more = document.getElementById("more");
  const step = Number(more.dataset.step);
  const number = new Intl.NumberFormat(document.documentElement.lang + "-u-nu-latn");
  const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
  const plain = (text) => text.normalize("NFKC").toLowerCase();

  let rows = [...body.rows, ...(rest ? rest.content.querySelectorAll("tr") : [])];
  const found = new Map(rows.map((row) => [row, plain(row.cells[0].textContent + " " + row.dataset.id)]));
  let room = step;

  const draw = () => {
    const words = plain(search.value).split(/\s+/);
    const bands = new Set(picks.filter((pick) => pick.checked).map((pick) => pick.value));
    const fitting = rows.filter((row) => bands.has(row.dataset.band) && words.every((word) => found.get(row).includes(word)));
    body.replaceChildren(...fitting.slice(0, room));
    more.hidden = fitting.length <= room;
    const text = { shown: number.format(Math.min(room, fitting.length)), all: number.format(fitting.length) };
    shown.value = shown.dataset.text.replace(/\{(shown|all)\}/g, (_, key) => text[key]);
  };

  const order = (column, direction) => (one, other) => {
    const [a, b] = [one, other].map((row) => row.cells[column].dataset.value);
    if (a === undefined) return direction * compare(found.get(one), found.get(other));
    if (a === "" || b === "") return (a === "") - (b === ""); // unknown stands last, whichever way
    return direction * (a - b);
  };

  const sortBy = (heading) => {
    const before = heading.getAttribute("aria-sort");
    const up = before ? before !== "ascending" : heading.dataset.first === "up";
    for (const other of heading.parentNode.cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", up ? "ascending" : "descending");
    rows = rows.sort(order(heading.cellIndex, up ? 1 : -1));
    draw();
  };

  for (const heading of list.tHead.querySelectorAll("th[data-first]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => sortBy(heading));
    heading.append(button);
  }
  const again = () => { room = step; draw(); };
  search.addEventListener("input", again);
  for (const pick of picks) pick.addEventListener("change", again);
  more.addEventListener("click", () => { room += step; draw(); });
  tools.hidden = false;
  draw();
})();
