/** Orama with its tokenizer for Mandarin, which cuts words as the platform does. */

import { count, create, insertMultiple, load, save, search as ask } from "@orama/orama";
import { createTokenizer } from "@orama/tokenizers/mandarin";

import { fetchJson, parts, snippet } from "../lib/text.js";

/** @import { File, Opened, Turn } from "../lib/types.js" */

export const title = "Orama, Mandarin";
export const npm = "@orama/orama";

/** An empty collection. */
function collection() {
  return create({
    schema: { speaker: "string", text: "string" },
    components: { tokenizer: createTokenizer() },
  });
}

/** @param {Turn[]} turns @returns {Promise<File[]>} */
export async function build(turns) {
  const orama = collection();
  await insertMultiple(
    orama,
    turns.map(({ speaker, text }, id) => ({ id: String(id), speaker, text })),
  );
  return [{ name: "index.json", bytes: JSON.stringify(save(orama)), preload: true }];
}

/** @returns {Promise<Opened>} */
export async function open() {
  const orama = collection();
  load(orama, await fetchJson("index.json"));
  return {
    async search(query, most) {
      // It makes room for as many results as it is allowed to give.
      const limit = Math.min(most, count(orama));
      // A threshold of 0 asks for every term, one of 1 for any.
      let found = await ask(orama, { term: query, limit, threshold: 0 });
      const approximate = found.hits.length === 0;
      if (approximate) found = await ask(orama, { term: query, limit, threshold: 1 });
      const asked = parts(query);
      const hits = found.hits.map(({ id, document }) => ({
        turn: Number(id),
        snippet: snippet(String(document.text), asked),
      }));
      return { hits, approximate };
    },
  };
}
