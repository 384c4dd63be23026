/**
 * Pagefind with one record for each turn. Its extended build, which its npm package ships, cuts
 * Chinese into words.
 *
 * It runs without its worker, so that its requests come under the emulated network like
 * everybody's.
 */

/** @import { BuildContext, File, Opened, Turn } from "../lib/types.js" */

export const title = "Pagefind";
export const npm = "pagefind";

const ADDRESS = "/turn/";

/** What a search needs of all that Pagefind writes; the rest is user interfaces. */
const NEEDED = /^(pagefind\.js|pagefind-entry\.json|wasm\.[^/]*|.*\.pf_[a-z]+)$/u;

/** @param {Turn[]} turns @param {BuildContext} context @returns {Promise<File[]>} */
export async function build(turns, { folder }) {
  const pagefind = await import("pagefind");
  const { readdirSync, readFileSync } = await import("node:fs");
  const { index } = await pagefind.createIndex({ forceLanguage: "zh" });
  if (!index) throw new Error("Pagefind made no index");
  for (const [turn, { speaker, text }] of turns.entries()) {
    const content = `${speaker}\n${text}`;
    await index.addCustomRecord({ url: `${ADDRESS}${turn}`, content, language: "zh" });
  }
  await index.writeFiles({ outputPath: folder });
  await pagefind.close();
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && NEEDED.test(entry.name))
    .map((entry) => {
      const path = `${entry.parentPath}/${entry.name}`;
      return { name: `pagefind${path.slice(folder.length)}`, bytes: readFileSync(path) };
    });
}

/** @returns {Promise<Opened>} */
export async function open() {
  const address = new URL("pagefind/pagefind.js", document.baseURI).href;
  const pagefind = await import(/* @vite-ignore */ address);
  await pagefind.options({ noWorker: true, excerptLength: 30 });
  await pagefind.init("zh");
  return {
    async search(query, limit) {
      const { results } = await pagefind.search(query);
      /** @type {{ data(): Promise<{ url: string, excerpt: string }> }[]} */
      const shown = results.slice(0, limit);
      const hits = await Promise.all(
        shown.map(async (result) => {
          const { url, excerpt } = await result.data();
          return {
            turn: Number(url.slice(url.lastIndexOf(ADDRESS) + ADDRESS.length)),
            snippet: excerpt,
          };
        }),
      );
      return { hits, approximate: false };
    },
  };
}
