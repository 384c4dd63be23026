/**
 * What a reader is looking at, and how that stands in the fragment of the page's address.
 *
 * `#/meeting-slug/12?q=加强合作&speaker=莎莉·科斯特顿&sort=time` is turn 12 of that meeting, with the search that led
 * there; `#/?q=加强合作` is the search alone. Slugs, turn numbers and speakers' names stay the same when the collection
 * grows, so links stay good.
 */

/** @import { Filter, Sort } from "../types/turnsearch.js" */

/** @typedef {keyof Filter} FilterKind */

/**
 * @typedef {object} Place
 * @property {string | null} meeting slug of the meeting that is read
 * @property {number | null} n ordinal of the turn in its meeting
 * @property {string} q
 * @property {Record<FilterKind, string[]>} filter names of speakers, slugs of meetings, years
 * @property {Sort} sort
 */

/** @type {readonly Sort[]} */
const SORTS = ["relevance", "time", "meeting"];

/** Names of the filters in an address. @type {Record<FilterKind, string>} */
const PARAMETERS = { speakers: "speaker", meetings: "in", years: "year" };

/** The kinds of filters, in the order in which they are shown. */
export const FILTER_KINDS = /** @type {FilterKind[]} */ (Object.keys(PARAMETERS));

/**
 * @param {string | null} value
 * @returns {Sort} the best first, when the value names no order
 */
export function sortOf(value) {
  return SORTS.find((known) => known === value) ?? "relevance";
}

/**
 * Where an element begins whose attributes choose a filter or an order.
 * @param {{ speaker: string | null, meeting: string | null, sort: Sort }} attributes
 * @param {string} [q]
 * @returns {Place}
 */
export function placeOf({ speaker, meeting, sort }, q = "") {
  const list = (/** @type {string | null} */ value) => (value ? [value] : []);
  const filter = { speakers: list(speaker), meetings: list(meeting), years: [] };
  return { meeting: null, n: null, q, filter, sort };
}

/** @param {Place} place */
export function isFiltered({ filter }) {
  return FILTER_KINDS.some((kind) => filter[kind].length > 0);
}

/**
 * @param {Place} place
 * @returns {string} starts with `#/`
 */
export function format({ meeting, n, q, filter, sort }) {
  const parameters = new URLSearchParams();
  if (q) parameters.set("q", q);
  for (const kind of FILTER_KINDS)
    for (const value of filter[kind]) parameters.append(PARAMETERS[kind], value);
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
  try {
    return {
      meeting: decodeURIComponent(slug) || null,
      n: n ? Number(n) : null,
      q: parameters.get("q") ?? "",
      filter: /** @type {Place["filter"]} */ (
        Object.fromEntries(FILTER_KINDS.map((kind) => [kind, parameters.getAll(PARAMETERS[kind])]))
      ),
      sort: sortOf(parameters.get("sort")),
    };
  } catch {
    return null; // a broken percent code
  }
}
