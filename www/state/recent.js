/** Recent searches, kept in this browser only. */

const KEY = "turnsearch.recent";

/** How many are kept. */
const KEPT = 8;

/** @returns {string[]} latest first; empty where the browser keeps nothing */
export function recent() {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return stored.filter((/** @type {unknown} */ each) => typeof each === "string").slice(0, KEPT);
  } catch {
    return []; // also when something else than a list is stored
  }
}

/** @param {string} query */
export function remember(query) {
  const text = query.trim();
  if (text) write([text, ...recent().filter((each) => each !== text)].slice(0, KEPT));
}

export function forget() {
  write([]);
}

/** @param {string[]} queries */
function write(queries) {
  try {
    localStorage.setItem(KEY, JSON.stringify(queries));
  } catch {
    // Storage is off or full: nothing is remembered, and the search goes on.
  }
}
