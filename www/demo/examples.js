/** What the examples show that attributes cannot: properties, methods and events. */

import { TurnSearch } from "./turnsearch.js";

/** @template {Element} T @param {string} id @returns {T} */
const byId = (id) => /** @type {any} */ (document.getElementById(id));

/** Writes what an event says into the page, latest first. @param {string} id @param {string} line */
function tell(id, line) {
  const log = byId(id);
  log.textContent = [line, ...(log.textContent ?? "").split("\n").slice(0, 3)].join("\n").trim();
}

const told = /** @type {import("../types/turnsearch.js").TurnSearchElement} */ (byId("told"));
told.addEventListener("turns-ready", ({ detail }) =>
  tell("log", `turns-ready: ${detail.turns} turns`),
);
told.addEventListener("turns-error", ({ detail }) => tell("log", `turns-error: ${detail}`));
told.addEventListener("turn-results", ({ detail }) => tell("log", `turn-results: ${detail.total}`));
told.addEventListener("turn-open", (event) => {
  event.preventDefault();
  tell("log", `turn-open: turn ${event.detail.turn.id} for “${event.detail.query}”`);
});
byId("ask").addEventListener("click", () => (told.query = "互联网"));
byId("go").addEventListener("click", () => told.focus());

const shown = /** @type {import("../types/turnsearch.js").TurnReader} */ (byId("shown"));
shown.addEventListener("turn-select", ({ detail }) =>
  tell("reader-log", `turn-select: turn ${detail.n}`),
);
shown.addEventListener("reader-close", () => tell("reader-log", "reader-close"));
byId("show").addEventListener("click", () => void shown.show(0, "互联网"));
byId("shut").addEventListener("click", () => shown.close());

const archive = await TurnSearch.open();
const { total, hits } = await archive.search("互联网", { limit: 3 });
byId("answer").textContent =
  `${total} turns\n${hits.map(({ snippet }) => snippet.text).join("\n")}`;
