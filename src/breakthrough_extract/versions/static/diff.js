"use strict";
// From change to change: by buttons, or by the keys j and k, which can be switched off.
{
  const rows = [...document.querySelectorAll("[data-change]")];
  const where = document.getElementById("where");
  const keys = document.getElementById("keys");
  let at = -1;

  const show = (n) => {
    if (!rows.length) return;
    at = (n + rows.length) % rows.length;
    rows[at].focus({ preventScroll: true });
    rows[at].scrollIntoView({ block: "center" });
    where.textContent = `${at + 1} of ${rows.length}`;
    history.replaceState(null, "", `#${rows[at].id}`);
  };
  const next = () => show(at + 1);
  const previous = () => show(at < 0 ? rows.length - 1 : at - 1);

  document.getElementById("next").addEventListener("click", next);
  document.getElementById("previous").addEventListener("click", previous);
  document.getElementById("only").addEventListener("change", (event) => {
    document.body.classList.toggle("only", event.target.checked);
  });
  document.addEventListener("keydown", (event) => {
    if (!keys.checked || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j" || event.key === "n") next();
    else if (event.key === "k" || event.key === "p") previous();
    else return;
    event.preventDefault();
  });
  for (const [n, row] of rows.entries()) row.addEventListener("focus", () => { at = n; });

  document.getElementById("steps").hidden = false;
  where.textContent = `${rows.length} in all`;
  const linked = rows.findIndex((row) => `#${row.id}` === location.hash);
  if (linked >= 0) show(linked);
}
