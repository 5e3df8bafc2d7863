"use strict";
// The matrix by arrow keys: one stop of the Tab key instead of two thousand. Without it every cell is a link as before.
for (const table of document.querySelectorAll("table.matrix")) {
  const rows = [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.querySelector("a")));
  const links = rows.flat().filter(Boolean);
  if (!links.length) continue;
  links.forEach((link, place) => { link.tabIndex = place ? -1 : 0; });
  const find = (row, column, step) => {
    for (let at = row; at >= 0 && at < rows.length; at += step) if (rows[at][column]) return rows[at][column];
    return null;
  };
  table.addEventListener("keydown", (event) => {
    const row = rows.findIndex((cells) => cells.includes(event.target));
    if (row < 0 || event.altKey || event.metaKey) return;
    const cells = rows[row], column = cells.indexOf(event.target), all = cells.filter(Boolean);
    const place = all.indexOf(event.target);
    const next = {
      ArrowRight: () => all[place + 1],
      ArrowLeft: () => all[place - 1],
      ArrowDown: () => find(row + 1, column, 1),
      ArrowUp: () => find(row - 1, column, -1),
      Home: () => (event.ctrlKey ? links[0] : all[0]),
      End: () => (event.ctrlKey ? links[links.length - 1] : all[all.length - 1]),
    }[event.key];
    if (!next) return;
    event.preventDefault();
    const target = next();
    if (!target) return;
    event.target.tabIndex = -1;
    target.tabIndex = 0;
    target.focus();
    target.scrollIntoView({block: "nearest", inline: "nearest"});
  });
}
