/**
 * What a reader is looking at, as the fragment of the page's address.
 *
 * `#/meeting-slug/12?q=加强合作&speaker=莎莉·科斯特顿&sort=time` is turn 12 of that meeting, with the search that led
 * there; `#/?q=加强合作` is the search alone. Slugs, turn numbers and speakers' names stay the same when the collection
 * grows, so links stay good.
 */

/** @import { Sort } from "./engine.js" */

/**
 * @typedef {object} Place
 * @property {string | null} meeting slug
 * @property {number | null} n ordinal of the turn in its meeting
 * @property {string} q
 * @property {string[]} speaker names
 * @property {string[]} within slugs of the meetings that are searched
 * @property {string[]} year
 * @property {Sort} sort
 */

/** @type {readonly Sort[]} */
export const SORTS = ["relevance", "time", "meeting"];

/**
 * @param {Partial<Place>} [place]
 * @returns {Place}
 */
export function placeOf(place) {
  return {
    meeting: null,
    n: null,
    q: "",
    speaker: [],
    within: [],
    year: [],
    sort: "relevance",
    ...place,
  };
}

/**
 * @param {Partial<Place>} place
 * @returns {string} starts with `#/`
 */
export function format({
  meeting,
  n,
  q,
  speaker = [],
  within = [],
  year = [],
  sort = "relevance",
}) {
  const parameters = new URLSearchParams();
  if (q) parameters.set("q", q);
  for (const name of speaker) parameters.append("speaker", name);
  for (const slug of within) parameters.append("in", slug);
  for (const value of year) parameters.append("year", value);
  if (sort !== "relevance") parameters.set("sort", sort);
  const path = meeting ? `${encodeURIComponent(meeting)}${n ? `/${n}` : ""}` : "";
  return `#/${path}${parameters.size ? `?${parameters}` : ""}`;
}

/**
 * @param {string} hash `location.hash`
 * @returns {Place | null} null when the fragment is not one of ours
 */
export function parse(hash) {
  const parts = /^#\/([^/?]*)(?:\/(\d{1,9}))?\/?(?:\?(.*))?$/s.exec(hash);
  if (!parts) return null;
  const [, slug = "", n, query = ""] = parts;
  const parameters = new URLSearchParams(query);
  const sort = SORTS.find((known) => known === parameters.get("sort"));
  try {
    return {
      meeting: decodeURIComponent(slug) || null,
      n: n ? Number(n) : null,
      q: parameters.get("q") ?? "",
      speaker: parameters.getAll("speaker"),
      within: parameters.getAll("in"),
      year: parameters.getAll("year"),
      sort: sort ?? "relevance",
    };
  } catch {
    return null; // a broken percent code
  }
}
