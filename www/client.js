/**
 * The search without any user interface.
 *
 * ```js
 * const archive = await TurnSearch.open();
 * const { total, hits } = await archive.search("多利益相关方", { filter: { meetings: ["icann70"] } });
 * ```
 */

import { turnOf } from "./client/columns.js";
import { Shared } from "./client/shared.js";
import { load } from "./load.js";

/** @import { Failure } from "./client/failure.js" */
/** @import { Ask, Opened } from "./engine.js" */
/** @import { Answer, Collection, Dispersion, Meeting, OpenOptions } from "./types/turnsearch.js" */
/** @import { SearchRequest, Speaker, Stats, Suggestion } from "./types/turnsearch.js" */
/** @import { Turn, TurnText } from "./types/turnsearch.js" */

/** @type {Map<string, Shared<TurnSearch>>} */
const collections = new Map();

/** A collection of transcripts, open for searching. */
export class TurnSearch {
  #opened;
  /** @type {Ask} */
  #ask;
  #speakerIds;
  #meetingIds;

  /**
   * Opens the pack inside the engine, or the one at `src`. Callers that name the same one share it.
   * @param {OpenOptions} [options]
   * @returns {Promise<TurnSearch>}
   * @throws {Failure} when a file cannot be fetched or is not what it should be
   */
  static open({ src = null, worker, onProgress } = {}) {
    const address = src ? new Request(src).url : ""; // relative to the document, or to whatever else runs this
    let shared = collections.get(address);
    if (!shared) {
      shared = new Shared(async (report) => new TurnSearch(await load(address, worker, report)));
      collections.set(address, shared);
    }
    return shared.get(onProgress);
  }

  /**
   * `ask` is made here where it is not given, since browsers keep all that a function sees: one
   * made where the pack is loaded would keep the pack.
   * @param {Opened} opened
   */
  constructor(opened) {
    const { collection, engine } = opened;
    this.#opened = opened;
    this.#ask = opened.ask ?? (async (method, ...values) => engine[method](...values));
    this.#speakerIds = speakerIds(collection);
    this.#meetingIds = new Map(collection.meetings.map(({ slug, id }) => [slug, id]));
    for (const meeting of collection.meetings) meeting.language ??= collection.language;
  }

  /** The same object every time. A meeting without a language has the collection's. */
  get collection() {
    return this.#opened.collection;
  }

  /**
   * @param {string} query
   * @param {SearchRequest} [request]
   * @returns {Promise<Answer>}
   */
  async search(query, { filter = {}, ...rest } = {}) {
    const options = {
      ...rest,
      speakers: resolve(filter.speakers, this.#speakerIds),
      meetings: resolve(filter.meetings, this.#meetingIds),
      years: filter.years ?? [],
    };
    const ask = this.#ask;
    /** @type {Promise<Dispersion[]> | undefined} */
    let dispersion;
    return {
      ...(await ask("search", query, options)),
      // Every match has a place in it: it is made when somebody looks.
      get dispersion() {
        return (dispersion ??= ask("dispersion", query, options));
      },
    };
  }

  /**
   * @param {string} query what stands in the box
   * @param {number} [limit]
   * @returns {Promise<Suggestion[]>}
   */
  suggest(query, limit = 6) {
    return this.#ask("suggest", query, limit);
  }

  /**
   * @param {number} id
   * @returns {Turn}
   * @throws {RangeError} when the collection has no such turn
   */
  turn(id) {
    const { meetings, turns } = this.#opened.collection;
    if (id >>> 0 !== id || id >= turns)
      throw new RangeError(`turnsearch: there is no turn ${id}; the last one is ${turns - 1}`);
    return turnOf(this.#opened.columns, meetings, id);
  }

  /**
   * @param {number[]} ids of turns in the whole collection
   * @returns {Promise<TurnText[]>} in the order of the ids
   * @throws {RangeError} when the collection lacks one of them
   */
  async texts(ids) {
    for (const id of ids) this.turn(id);
    return this.#ask("texts", ids);
  }

  /**
   * Where the query matches in turns: for each of them pairs of start and end offsets in its text.
   * @param {number[]} ids
   * @param {string} query
   * @param {{ typing?: boolean }} [options] as for `search`
   * @returns {Promise<Uint32Array[]>}
   */
  marks(ids, query, { typing = false } = {}) {
    return this.#ask("marks", ids, query, typing);
  }

  /**
   * @param {string | number} key slug or id
   * @returns {Meeting | undefined}
   */
  meeting(key) {
    const id = typeof key === "number" ? key : this.#meetingIds.get(key);
    return id === undefined ? undefined : this.#opened.collection.meetings[id];
  }

  /**
   * @param {string | number | null} key name, alias or id
   * @returns {Speaker | undefined}
   */
  speaker(key) {
    const id = typeof key === "string" ? this.#speakerIds.get(key) : key;
    return id === undefined || id === null ? undefined : this.#opened.collection.speakers[id];
  }

  /** @returns {Stats} */
  stats() {
    return this.#opened.stats;
  }
}

/**
 * Speakers by every name that they have; a name of two is that of the first.
 * @param {Collection} collection
 */
function speakerIds({ speakers }) {
  /** @type {Map<string, number>} */
  const ids = new Map();
  for (const { id, name, aliases } of speakers)
    for (const known of [name, ...aliases]) if (!ids.has(known)) ids.set(known, id);
  return ids;
}

/**
 * A name that the collection does not know must not widen the search, so it becomes an id that no
 * turn has.
 * @param {(string | number)[] | undefined} keys
 * @param {Map<string, number>} ids
 */
function resolve(keys = [], ids) {
  const NOBODY = 0xffff_ffff;
  return keys.map((key) => (typeof key === "number" ? key : (ids.get(key) ?? NOBODY)));
}
