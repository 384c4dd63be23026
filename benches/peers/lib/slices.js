/** Parts of a corpus, up to a size. */

import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";

/** What a corpus may be packed as. */
const ARCHIVE = "data.tar.xz";

/**
 * The files of a corpus, sorted by name; an archive in its folder is unpacked first.
 * @param {string} corpus
 * @param {string} folder an empty one
 */
export function corpusFiles(corpus, folder) {
  let source = corpus;
  if (existsSync(join(corpus, ARCHIVE))) {
    execFileSync("tar", ["xf", join(corpus, ARCHIVE), "-C", folder]);
    source = folder;
  }
  return readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

/**
 * Copies files spread evenly over all, up to about `bytes` in sum.
 * @param {string[]} files
 * @param {number} bytes
 * @param {string} folder
 */
export function slice(files, bytes, folder) {
  mkdirSync(folder);
  const sizes = files.map((file) => statSync(file).size);
  const all = sizes.reduce((sum, size) => sum + size, 0);
  let [seen, taken] = [0, 0];
  for (const [at, file] of files.entries()) {
    seen += sizes[at];
    // Taken as soon as the share of what has passed by asks for it.
    if (taken + sizes[at] > Math.min(1, bytes / all) * seen + sizes[at] / 2) continue;
    taken += sizes[at];
    copyFileSync(file, join(folder, basename(file)));
  }
  return folder;
}
