/**
 * SQLite's FTS5 with the trigram tokenizer, in WebAssembly. Parts of fewer than three characters,
 * of which a trigram index knows nothing, are looked for with `LIKE`; where no turn has everything,
 * any trigram of the query will do.
 */

import init from "@sqlite.org/sqlite-wasm";

import { parts } from "../lib/text.js";

/** @import { File, Opened, Turn } from "../lib/types.js" */

export const title = "SQLite FTS5, trigrams";
export const npm = "@sqlite.org/sqlite-wasm";

const TRIGRAM = 3;
const WASM = "sqlite3.wasm";

/** @param {Turn[]} turns @returns {Promise<File[]>} */
export async function build(turns) {
  const { readFileSync } = await import("node:fs");
  const { fileURLToPath } = await import("node:url");
  const entry = fileURLToPath(import.meta.resolve("@sqlite.org/sqlite-wasm"));
  const folder = entry.slice(0, entry.lastIndexOf("/"));
  const sqlite = await init();
  const database = new sqlite.oo1.DB(":memory:");
  database.exec(
    "PRAGMA page_size = 1024; VACUUM; CREATE VIRTUAL TABLE turns USING fts5(speaker, text, tokenize = 'trigram')",
  );
  database.exec("BEGIN");
  const insert = database.prepare("INSERT INTO turns(rowid, speaker, text) VALUES (?, ?, ?)");
  turns.forEach(({ speaker, text }, turn) => insert.bind([turn, speaker, text]).stepReset());
  insert.finalize();
  database.exec("COMMIT; INSERT INTO turns(turns) VALUES ('optimize'); VACUUM");
  const bytes = sqlite.capi.sqlite3_js_db_export(database);
  return [
    { name: "turns.sqlite", bytes, preload: true },
    { name: WASM, bytes: readFileSync(`${folder}/${WASM}`), preload: true },
  ];
}

/** @returns {Promise<Opened>} */
export async function open() {
  const [sqlite, bytes] = await Promise.all([
    init({ locateFile: (/** @type {string} */ name) => new URL(name, document.baseURI).href }),
    fetch("turns.sqlite").then((response) => response.arrayBuffer()),
  ]);
  const database = new sqlite.oo1.DB();
  const memory = sqlite.wasm.allocFromTypedArray(bytes);
  const flags = sqlite.capi.SQLITE_DESERIALIZE_FREEONCLOSE;
  sqlite.capi.sqlite3_deserialize(
    database.pointer,
    "main",
    memory,
    bytes.byteLength,
    bytes.byteLength,
    flags,
  );

  const columns = "SELECT rowid AS turn, snippet(turns, 1, '', '', '…', 60) AS snippet FROM turns";
  const indexed = database.prepare(`${columns} WHERE turns MATCH ? ORDER BY rank LIMIT ?`);

  /** @param {string} match @param {number} limit */
  const ask = (match, limit) => rows(indexed.bind([match, limit]));

  /** @param {string[]} short @param {string} match @param {number} limit */
  const askShort = (short, match, limit) => {
    const conditions = short.map(() => "speaker || char(10) || text LIKE ?");
    if (match) conditions.push("turns MATCH ?");
    const statement = database.prepare(`${columns} WHERE ${conditions.join(" AND ")} LIMIT ?`);
    const values = [...short.map((part) => `%${part}%`), ...(match ? [match] : []), limit];
    const found = rows(statement.bind(values));
    statement.finalize();
    return found;
  };

  return {
    search(query, limit) {
      const asked = parts(query);
      const short = asked.filter((part) => [...part].length < TRIGRAM);
      const long = asked.filter((part) => [...part].length >= TRIGRAM);
      const match = long.map(quoted).join(" AND ");
      const hits = short.length
        ? askShort(short, match, limit)
        : asked.length
          ? ask(match, limit)
          : [];
      if (hits.length || long.length === 0) return { hits, approximate: false };
      return {
        hits: ask(long.flatMap(trigrams).map(quoted).join(" OR "), limit),
        approximate: true,
      };
    },
  };
}

/** All rows of a bound statement as objects. */
function rows(/** @type {any} */ statement) {
  const found = [];
  while (statement.step()) found.push(statement.get({}));
  statement.reset();
  return found;
}

/** @param {string} part */
function quoted(part) {
  return `"${part.replaceAll('"', '""')}"`;
}

/** @param {string} part */
function trigrams(part) {
  const characters = [...part];
  return characters.slice(TRIGRAM - 1).map((_, at) => characters.slice(at, at + TRIGRAM).join(""));
}
