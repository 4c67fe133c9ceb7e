// Under the text that the address names: copy it as text, as a citation, as JSON.

const { model, sources, list: listId } = JSON.parse(document.getElementById("_data").textContent);
const said = document.getElementById("_said");

const records = new Map(); // id → what the model's file holds under it
function add(items) {
  for (const item of items ?? []) {
    records.set(item.id, item);
    add(item.items);
  }
}
function addTexts(owner, home, name, texts) {
  for (const [n, text] of (texts ?? []).entries()) records.set(`${owner}.${name}.${n + 1}`, { ...home, [name]: text });
}
for (const stage of model.stages) {
  addTexts(stage.id, { stage: stage.id }, "description", stage.description);
  addTexts(`stage ${stage.id}`, { stage: stage.id }, "description", stage.description);
  add(stage.items);
}
for (const theme of model.themes) {
  const home = { theme: theme.id };
  for (const line of ["complaint", "question", "motto"]) records.set(`${theme.id}.${line}`, { ...home, [line]: theme[line] });
  addTexts(theme.id, home, "description", theme.description);
  const cells = theme.stages.map((cell) => [cell.stage, cell, cell.indicators]);
  const list = theme.breakthrough_points;
  if (list) cells.push([listId, list, list.points]);
  for (const [stage, cell, items] of cells) {
    const place = { ...home, stage };
    records.set(`${theme.id}.${stage}.headline`, { ...place, headline: cell.headline });
    addTexts(`${theme.id}.${stage}`, place, "prose", cell.prose);
    add(items);
    add(cell.notes);
    for (const entry of cell.lists ?? []) add(entry.items);
  }
  for (const entry of theme.lists ?? []) add(entry.items);
}

function textOf(entry) {
  const copy = entry.querySelector(".t").cloneNode(true);
  for (const gone of copy.querySelectorAll("del")) gone.remove();
  return copy.textContent;
}

function placesOf(entry) {
  const spans = (entry.dataset.at ?? "").split(" ").filter(Boolean);
  const bySource = new Map();
  for (const span of spans) {
    const [number, range] = span.split(":");
    bySource.set(number, [...(bySource.get(number) ?? []), range.replace("-", "–")]);
  }
  return [...bySource].map(([number, ranges]) => {
    const { name, sha256 } = sources[Number(number)];
    return `${name}, characters ${ranges.join(", ")} (sha256 ${sha256})`;
  });
}

function citation(entry) {
  const theme = entry.closest(".theme").querySelector(".name").textContent;
  const stage = entry.closest(".cell")?.querySelector("h4 span")?.textContent;
  const label = entry.querySelector(".label").textContent;
  const home = [model.title, theme, stage, label].filter(Boolean).join(", ");
  const places = placesOf(entry);
  return `“${textOf(entry)}” ${home}.` + (places.length ? ` Source: ${places.join("; ")}.` : "");
}

const FORMS = [
  ["Copy text", textOf],
  ["Copy citation", citation],
  ["Copy JSON", (entry) => JSON.stringify(records.get(entry.dataset.id), null, 2)],
];

async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
    said.textContent = `${what}: done`;
  } catch {
    // A browser that keeps the clipboard from pages on disk: offer the text to be copied by hand.
    prompt(what, text);
  }
}

const bar = document.createElement("div");
bar.className = "bar-of-item";
bar.setAttribute("role", "group");
let entry = null;
for (const [name, form] of FORMS) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = name;
  button.addEventListener("click", async () => {
    await copy(form(entry), name);
    button.textContent = said.textContent.endsWith("done") ? "Copied" : name;
    setTimeout(() => (button.textContent = name), 1500);
  });
  bar.append(button);
}
const place = document.createElement("span");
place.className = "small";
bar.append(place);

document.addEventListener("here", (event) => {
  bar.remove();
  if (!event.detail.matches(".entry")) return;
  entry = event.detail;
  bar.setAttribute("aria-label", entry.querySelector(".label").textContent);
  place.textContent = (entry.dataset.at ?? "")
    .split(" ")
    .filter(Boolean)
    .map((span) => span.replace(/^\d+:/u, "").replace("-", "–"))
    .join(", ");
  entry.insertBefore(bar, entry.querySelector(":scope > ol"));
});
