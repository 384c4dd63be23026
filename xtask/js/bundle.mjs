/**
 * Makes the widget that is published out of the modules of www/: `node bundle.mjs WWW OUT`.
 *
 * In `OUT/page`, `turnsearch.js` has both elements and one language inside. What few readers use
 * and what can wait stays files of their own, fetched when it is wanted: the other languages, the
 * reader's styles, saving. So does the engine, which another tool makes. In `OUT/npm` the classes
 * stand in `elements.js`, from which `turnsearch.js` takes and defines them: a project that imports
 * both has them once.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { transform } from "lightningcss";
import { rolldown } from "rolldown";
import { minify } from "terser";

/** What stands between these is a style sheet. */
const STYLE_SHEET = /\/\* css \*\/ `([^`]*)`/g;

/** Makes the style sheets smaller that modules hold as template strings. */
const smallerStyles = {
  name: "smaller-styles",
  /** @param {string} code @param {string} id */
  transform(code, id) {
    return code.replace(STYLE_SHEET, (_, css) => JSON.stringify(minified(css, id)));
  },
};

/** @param {string} css @param {string} filename for messages */
function minified(css, filename) {
  return transform({ filename, code: Buffer.from(css), minify: true }).code.toString();
}

const [www, out] = process.argv.slice(2).map((folder) => resolve(folder));

/** What modules fetch while they run, by its place in www/. @type {Set<string>} */
const fetchedLater = new Set();

/** Leaves `import()` as it is, but for the address: it is called from the top of a folder now. */
const lazyImports = {
  name: "lazy-imports",
  /** @param {string} specifier @param {string} importer */
  resolveDynamicImport(specifier, importer) {
    const name = relative(www, resolve(importer, "..", specifier));
    fetchedLater.add(name);
    return { id: `./${name}`, external: true };
  },
};

/**
 * What terser still finds after the bundler's minifier: some 200 bytes of the widget in brotli;
 * alone it finds less. Gathered declarations and functions that stay where they are repeat more
 * than they add.
 */
const COMPRESS = {
  passes: 3,
  unsafe_arrows: true,
  pure_getters: true,
  hoist_vars: true,
  inline: 1,
};
const SECOND_PASS = { module: true, ecma: 2022, compress: COMPRESS };

/** The engine is made by another tool, and the worker's half stands beside it as it is. */
const MADE_ELSEWHERE = new Set(["engine.js", "remote.js"]);

/** Leaves the classes in a file of their own. */
const classesApart = {
  name: "classes-apart",
  /** @param {string} specifier @param {string} importer */
  resolveId(specifier, importer) {
    return importer && specifier === "./elements.js" ? { id: specifier, external: true } : null;
  },
};

/** @param {string} input @param {string} file @param {import("rolldown").Plugin[]} plugins */
async function bundle(input, file, ...plugins) {
  const made = await rolldown({ input, plugins: [smallerStyles, lazyImports, ...plugins] });
  const { output } = await made.generate({ format: "esm", minify: true });
  await made.close();
  const { code } = await minify(output[0].code, SECOND_PASS);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${code}\n`);
}

await bundle(join(www, "turnsearch.js"), join(out, "page/turnsearch.js"));
await bundle(join(www, "turnsearch.js"), join(out, "npm/turnsearch.js"), classesApart);
await bundle(join(www, "elements.js"), join(out, "npm/elements.js"));
for (const name of fetchedLater) {
  if (MADE_ELSEWHERE.has(name)) continue;
  for (const kind of ["page", "npm"]) await bundle(join(www, name), join(out, kind, name));
}
