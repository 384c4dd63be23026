/**
 * The search without any user interface: loads the engine once for the whole page and opens packs.
 *
 * ```js
 * const turns = await TurnSearch.open();
 * const { total, hits } = turns.search("多利益相关方", { filter: { meeting: ["icann70"] } });
 * ```
 */

/** @import { Answer, Collection, Engine, Meeting, Sort, Speaker, Stats, Suggestion, Turn } from "./engine.js" */

/** Name of the custom section of the module that carries its pack. */
const PACK_SECTION = "turnsearch.pack";

/** The engine's two files stand beside this one. */
const ENGINE_WASM = new URL("./engine_bg.wasm", import.meta.url).href;

/**
 * How far a download is.
 * @typedef {object} Progress
 * @property {number} loaded bytes that have arrived
 * @property {number | null} total bytes to expect, null when the server does not tell
 */
/** @typedef {(progress: Progress) => void} ProgressListener */

/**
 * Which turns to keep. Names are resolved through the collection: a speaker by name or alias, a meeting by slug.
 * @typedef {object} Filter
 * @property {(string | number)[]} [speaker]
 * @property {(string | number)[]} [meeting]
 * @property {string[]} [year] four digits each
 */

/**
 * @typedef {object} SearchRequest
 * @property {number} [limit] hits to return, 10 when absent
 * @property {number} [offset] hits to skip, 0 when absent
 * @property {Sort} [sort] "relevance" when absent
 * @property {boolean} [typing] the last Latin word also matches as a prefix
 * @property {Filter} [filter]
 */

/** @typedef {{ Engine: typeof Engine, pack: ArrayBuffer | undefined }} LoadedModule */

/**
 * Work that is done once and shared by everybody who asks while it lasts or after it succeeded.
 * @template T
 */
class Shared {
  /** @type {Promise<T> | undefined} */
  #promise;
  /** @type {Set<ProgressListener>} */
  #listeners = new Set();
  #work;

  /** @param {(onProgress: ProgressListener) => Promise<T>} work */
  constructor(work) {
    this.#work = work;
  }

  /**
   * @param {ProgressListener} [onProgress]
   * @returns {Promise<T>}
   */
  async get(onProgress) {
    if (onProgress) this.#listeners.add(onProgress);
    this.#promise ??= this.#work((progress) => {
      for (const listener of this.#listeners) listener(progress);
    });
    try {
      return await this.#promise;
    } catch (error) {
      // A failure is not kept: the next call tries again.
      this.#promise = undefined;
      throw error;
    } finally {
      if (onProgress) this.#listeners.delete(onProgress);
    }
  }
}

/** @type {Shared<LoadedModule>} */
const engineModule = new Shared(async (onProgress) => {
  const [bindings, module] = await Promise.all([
    import("./engine.js"),
    fetchCounted(ENGINE_WASM, onProgress, "application/wasm").then(compile),
  ]);
  await bindings.default({ module_or_path: module });
  return {
    Engine: bindings.Engine,
    pack: WebAssembly.Module.customSections(module, PACK_SECTION)[0],
  };
});

/** @type {Map<string, Shared<TurnSearch>>} */
const collections = new Map();

/** A collection of transcripts, open for searching. */
export class TurnSearch {
  #engine;
  /** @type {Collection} */
  #collection;
  /** @type {Map<string, number>} */
  #speakerIds = new Map();
  /** @type {Map<string, number>} */
  #meetingIds = new Map();

  /**
   * Opens the pack that the engine's module carries, or the one at `src`. Callers that name the same pack share it.
   * @param {object} [options]
   * @param {string | null} [options.src] address of a `.turns` file, relative to the document
   * @param {ProgressListener} [options.onProgress] told about the bytes that arrive
   * @returns {Promise<TurnSearch>}
   * @throws {Error} when a file cannot be fetched or is not what it should be; the message names it
   */
  static open({ src = null, onProgress } = {}) {
    const address = src ? new URL(src, document.baseURI).href : "";
    let shared = collections.get(address);
    if (!shared) {
      shared = new Shared((report) => TurnSearch.#load(address, report));
      collections.set(address, shared);
    }
    return shared.get(onProgress);
  }

  /**
   * @param {string} address empty for the pack inside the module
   * @param {ProgressListener} onProgress
   */
  static async #load(address, onProgress) {
    const [{ Engine, pack }, fetched] = await Promise.all([
      engineModule.get(address ? undefined : onProgress),
      address
        ? fetchCounted(address, onProgress).then((response) => response.arrayBuffer())
        : undefined,
    ]);
    const bytes = fetched ?? pack;
    if (!bytes) {
      throw new Error(
        `${ENGINE_WASM} carries no pack: name one with src="….turns", or build the module with one`,
      );
    }
    try {
      return new TurnSearch(new Engine(new Uint8Array(bytes)));
    } catch (error) {
      throw new Error(`${address || ENGINE_WASM}: ${messageOf(error)}`, { cause: error });
    }
  }

  /** @param {Engine} engine */
  constructor(engine) {
    this.#engine = engine;
    this.#collection = engine.collection();
    for (const { id, name, aliases } of this.#collection.speakers) {
      for (const known of [name, ...aliases]) {
        if (!this.#speakerIds.has(known)) this.#speakerIds.set(known, id);
      }
    }
    for (const meeting of this.#collection.meetings) {
      this.#meetingIds.set(meeting.slug, meeting.id);
      meeting.language ??= this.#collection.language;
    }
  }

  /** Meetings, speakers and totals; the same object every time. A meeting without a language has the collection's. */
  get collection() {
    return this.#collection;
  }

  /**
   * @param {string} query
   * @param {SearchRequest} [request]
   * @returns {Answer}
   */
  search(query, { filter = {}, ...rest } = {}) {
    const options = {
      ...rest,
      speakers: resolve(filter.speaker, this.#speakerIds),
      meetings: resolve(filter.meeting, this.#meetingIds),
      years: filter.year ?? [],
    };
    const engine = this.#engine;
    /** @type {Answer["dispersion"] | undefined} */
    let dispersion;
    return Object.defineProperty(/** @type {Answer} */ (engine.search(query, options)), "dispersion", {
      // Every match has a place in it: it is made when somebody looks.
      get: () => (dispersion ??= engine.dispersion(query, options)),
      enumerable: true,
    });
  }

  /**
   * @param {string} query what stands in the box
   * @param {number} [limit]
   * @returns {Suggestion[]}
   */
  suggest(query, limit = 6) {
    return this.#engine.suggest(query, limit);
  }

  /**
   * @param {number} id of a turn in the whole collection
   * @returns {Turn}
   * @throws {RangeError} when the collection has no such turn
   */
  turn(id) {
    const turn = this.#engine.turn(id);
    if (!turn)
      throw new RangeError(
        `turnsearch: there is no turn ${id}; the last one is ${this.#collection.turns - 1}`,
      );
    return turn;
  }

  /**
   * Where the query matches in a turn: pairs of start and end offsets in its text.
   * @param {number} id
   * @param {string} query
   * @param {{ typing?: boolean }} [options] as for `search`
   * @returns {Uint32Array}
   */
  marks(id, query, { typing = false } = {}) {
    return this.#engine.marks(id, query, typing);
  }

  /**
   * @param {string | number} key slug or id
   * @returns {Meeting | undefined}
   */
  meeting(key) {
    const id = typeof key === "number" ? key : this.#meetingIds.get(key);
    return id === undefined ? undefined : this.#collection.meetings[id];
  }

  /**
   * @param {string | number | null} key name, alias or id
   * @returns {Speaker | undefined}
   */
  speaker(key) {
    const id = typeof key === "string" ? this.#speakerIds.get(key) : key;
    return id === undefined || id === null ? undefined : this.#collection.speakers[id];
  }

  /** @returns {Stats} */
  stats() {
    return this.#engine.stats();
  }
}

/**
 * A name that the collection does not know must not widen the search, so it becomes an id that no turn has.
 * @param {(string | number)[] | undefined} keys
 * @param {Map<string, number>} ids
 */
function resolve(keys = [], ids) {
  const NOBODY = 0xffff_ffff;
  return keys.map((key) => (typeof key === "number" ? key : (ids.get(key) ?? NOBODY)));
}

/**
 * Fetches a file and counts its bytes as they arrive.
 *
 * The body is handed on under the media type that is given, so that a server which mislabels `.wasm` files does not
 * keep the browser from compiling while it downloads.
 * @param {string} address
 * @param {ProgressListener} onProgress
 * @param {string} [mediaType]
 */
async function fetchCounted(address, onProgress, mediaType = "application/octet-stream") {
  let response;
  try {
    response = await fetch(address);
  } catch (error) {
    throw new Error(`${address}: ${messageOf(error)}`, { cause: error });
  }
  if (!response.ok || !response.body) {
    throw new Error(`${address}: ${response.status} ${response.statusText}`);
  }
  // Under a content coding the header counts other bytes than the ones that come out here.
  const length = response.headers.has("content-encoding")
    ? null
    : Number(response.headers.get("content-length"));
  const total = length || null;
  let loaded = 0;
  const counted = response.body.pipeThrough(
    new TransformStream({
      transform(chunk, controller) {
        loaded += chunk.byteLength;
        onProgress({ loaded, total });
        controller.enqueue(chunk);
      },
    }),
  );
  return new Response(counted, { headers: { "content-type": mediaType } });
}

/** @param {Response} response */
async function compile(response) {
  try {
    return await WebAssembly.compileStreaming(response);
  } catch (error) {
    throw new Error(`${ENGINE_WASM} is not a WebAssembly module: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/** @param {unknown} error */
export function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
