/** Lunr over pairs of ideographs: its own tokenizer and stemmer know English only. */

import lunr from "lunr";

import {
  allThenAny,
  bigrams,
  fetchJson,
  fetchTurns,
  parts,
  snippet,
  turnsFile,
} from "../lib/text.js";

/** @import { File, Opened, Turn } from "../lib/types.js" */

export const title = "Lunr, bigrams";
export const npm = "lunr";

/** @param {Turn[]} turns @returns {File[]} */
export function build(turns) {
  const index = lunr(function configure() {
    this.tokenizer = Object.assign(
      (/** @type {unknown} */ text) =>
        bigrams(String(text ?? "")).map((term) => new lunr.Token(term, {})),
      { separator: lunr.tokenizer.separator },
    );
    this.pipeline.reset();
    this.searchPipeline.reset();
    this.ref("id");
    this.field("speaker");
    this.field("text");
    turns.forEach(({ speaker, text }, id) => this.add({ id, speaker, text }));
  });
  return [turnsFile(turns), { name: "index.json", bytes: JSON.stringify(index), preload: true }];
}

/** @returns {Promise<Opened>} */
export async function open() {
  const [turns, serialized] = await Promise.all([fetchTurns(), fetchJson("index.json")]);
  const index = lunr.Index.load(serialized);
  const { OPTIONAL, REQUIRED } = lunr.Query.presence;
  return {
    search(query, limit) {
      const terms = bigrams(query);
      const { results, approximate } = allThenAny((anything) =>
        index.query((asked) => {
          for (const term of terms) asked.term(term, { presence: anything ? OPTIONAL : REQUIRED });
        }),
      );
      const asked = parts(query);
      const hits = results.slice(0, limit).map(({ ref }) => {
        const turn = Number(ref);
        return { turn, snippet: snippet(turns[turn][1], asked) };
      });
      return { hits, approximate };
    },
  };
}
