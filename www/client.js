/**
 * The search without any user interface: loads the engine once for the whole page and opens packs.
 *
 * ```js
 * const turns = await TurnSearch.open();
 * const { total, hits } = await turns.search("多利益相关方", { filter: { meeting: ["icann70"] } });
 * ```
 */

/** @import { Answer, Collection, Dispersion, Engine, Meeting, Sort, Speaker, Stats, Suggestion, Texts, Turn, Turns } from "./engine.js" */

/** Name of the custom section of the module that carries its pack. */
const PACK_SECTION = "turnsearch.pack";

/**
 * A pack of more bytes, some 8 MB of text, is searched in a worker, unless the page says otherwise. Reckoned between the
 * figures of `docs/PERFORMANCE.md` for 2 and 22 MB, a query of it can take 4 ms there: over 8 on a machine of half the
 * speed. Opening would hold the page for 0.1 s there.
 */
const WORKER_PACK_BYTES = 2_000_000;

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
 * Called when a download begins and with each piece of it. `size` is what is known of its bytes: so many there will be, or
 * under a content coding more.
 * @typedef {(progress: Progress, size: number) => void} Report
 */

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

/** @typedef {{ Engine: typeof Engine, Texts: typeof Texts, module: WebAssembly.Module }} LoadedModule */
/** @typedef {LoadedModule & { pack: Uint8Array }} Loaded */

/**
 * Calls a method of the engine, wherever that is.
 * @typedef {(method: "search" | "dispersion" | "marks" | "suggest", ...values: any[]) => Promise<any>} Ask
 */

/** A download of which nothing arrives for so many milliseconds has stalled. */
const STALLED_MS = 30_000;

/**
 * Work that is done once and shared by everybody who asks while it lasts or after it succeeded.
 * @template T
 */
class Shared {
  /** @type {Promise<T> | undefined} */
  #promise;
  /** @type {Set<Report | undefined>} */
  #listeners = new Set();
  #work;

  /** @param {(onProgress: Report) => Promise<T>} work */
  constructor(work) {
    this.#work = work;
  }

  /**
   * @param {Report} [onProgress]
   * @returns {Promise<T>}
   */
  async get(onProgress) {
    this.#listeners.add(onProgress);
    this.#promise ??= this.#work((...progress) => {
      for (const listener of this.#listeners) listener?.(...progress);
    });
    try {
      return await this.#promise;
    } catch (error) {
      // A failure is not kept: the next call tries again.
      this.forget();
      throw error;
    } finally {
      this.#listeners.delete(onProgress);
    }
  }

  /** The next call does the work again. */
  forget() {
    this.#promise = undefined;
  }
}

/** How often loading the engine has failed, or the engine itself. */
let engineFailures = 0;

/** @type {Shared<LoadedModule>} */
const engineModule = new Shared(async (onProgress) => {
  try {
    const [bindings, module] = await Promise.all([
      importBindings(),
      download(ENGINE_WASM, onProgress, compile),
    ]);
    await bindings.default({ module_or_path: module });
    return { ...bindings, module };
  } catch (error) {
    engineFailures += 1;
    throw error;
  }
});

/**
 * The engine's own JavaScript. After a failure it is asked for under another address: browsers keep a module that failed
 * to load, and the bindings keep an instance that has run out of memory.
 * @returns {Promise<typeof import("./engine.js")>}
 */
function importBindings() {
  return engineFailures === 0
    ? import("./engine.js")
    : import(new URL(`./engine.js?again=${engineFailures}`, import.meta.url).href);
}

/**
 * The engine and a pack, fetched side by side.
 * @param {string} address empty for the pack inside the module
 * @param {Report} onProgress
 * @returns {Promise<Loaded>}
 */
async function loadFiles(address, onProgress) {
  const [engine, fetched] = await Promise.all([
    engineModule.get(address ? undefined : onProgress),
    address && download(address, onProgress, (response) => response.arrayBuffer()),
  ]);
  const pack = fetched || WebAssembly.Module.customSections(engine.module, PACK_SECTION)[0];
  if (!pack) throw named(ENGINE_WASM, "no pack inside: name one with src");
  return { ...engine, pack: new Uint8Array(pack) };
}

/** @type {Map<string, Shared<TurnSearch>>} */
const collections = new Map();

/** A collection of transcripts, open for searching. */
export class TurnSearch {
  /** @type {Turns} */
  #texts;
  /** @type {Ask} */
  #ask;
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
   * @param {boolean} [options.worker] whether to search in a worker; a large pack is when absent. The first caller who
   *   names a pack decides
   * @param {ProgressListener} [options.onProgress] told about the bytes that arrive
   * @returns {Promise<TurnSearch>}
   * @throws {Error} when a file cannot be fetched or is not what it should be; the message names it
   */
  static open({ src = null, worker, onProgress } = {}) {
    const address = src ? new URL(src, document.baseURI).href : "";
    let shared = collections.get(address);
    if (!shared) {
      shared = new Shared((report) => TurnSearch.#load(address, worker, report));
      collections.set(address, shared);
    }
    return shared.get(onProgress);
  }

  /**
   * @param {string} address empty for the pack inside the module
   * @param {boolean | undefined} worker
   * @param {Report} report
   */
  static async #load(address, worker, report) {
    /** Gives nothing where there can be no worker. @type {Promise<[Texts, Collection, Ask] | void> | undefined} */
    let remote;
    const startWorker = (/** @type {number} */ bytes) => {
      if (worker ?? bytes > WORKER_PACK_BYTES) {
        remote ??= import("./remote.js").then(({ open }) => open(loading)).catch(() => {});
      }
    };
    const loading = loadFiles(address, (progress, size) => {
      report(progress, size);
      startWorker(size); // while the bytes arrive
    });
    const { Engine, pack } = await loading;
    startWorker(pack.length);
    const far = await remote;
    if (far) return new TurnSearch(...far);
    // Also for a pack that a worker can do nothing with: what is wrong is found out here.
    try {
      return new TurnSearch(new Engine(pack));
    } catch (error) {
      const stopped = error instanceof WebAssembly.RuntimeError;
      if (stopped) {
        // Its memory is not trusted again.
        engineFailures += 1;
        engineModule.forget();
      }
      const what = stopped ? "the engine stopped, most likely for want of memory: " : "";
      throw named(address || ENGINE_WASM, error, what);
    }
  }

  /**
   * Over an engine in the page, or over turns and what is asked elsewhere. The default of `ask` stands here since
   * browsers keep all that a function sees: one made where the pack is loaded would keep the pack.
   * @param {any} texts an `Engine`; `Turns`, where the others are given
   * @param {Collection} [collection]
   * @param {Ask} [ask]
   */
  constructor(
    texts,
    collection = texts.collection(),
    ask = async (method, ...values) => texts[method](...values),
  ) {
    this.#texts = texts;
    this.#collection = collection;
    this.#ask = ask;
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
   * @returns {Promise<Answer>}
   */
  async search(query, { filter = {}, ...rest } = {}) {
    const options = {
      ...rest,
      speakers: resolve(filter.speaker, this.#speakerIds),
      meetings: resolve(filter.meeting, this.#meetingIds),
      years: filter.year ?? [],
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
   * @param {number} id of a turn in the whole collection
   * @returns {Turn}
   * @throws {RangeError} when the collection has no such turn
   */
  turn(id) {
    const turn = this.#texts.turn(id);
    if (!turn)
      throw new RangeError(
        `turnsearch: there is no turn ${id}; the last one is ${this.#collection.turns - 1}`,
      );
    return turn;
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
    return this.#texts.stats();
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
 * Fetches a file, counts its bytes as they arrive, and gives up when none do.
 *
 * The body is handed on as WebAssembly, so that a server which mislabels `.wasm` files does not keep the browser from
 * compiling while it downloads; who takes a pack does not look at its type.
 * @template T
 * @param {string} address
 * @param {Report} onProgress
 * @param {(response: Response) => Promise<T>} take what becomes of the body
 * @returns {Promise<T>}
 */
async function download(address, onProgress, take) {
  const watch = stallWatch();
  try {
    const response = await fetch(address, { signal: watch.signal });
    if (!response.ok || !response.body) {
      throw new Error(`${response.status} ${response.statusText}`);
    }
    const body = response.body.pipeThrough(counter(response, onProgress, watch.heard), watch);
    return await take(new Response(body, { headers: { "content-type": "application/wasm" } }));
  } catch (error) {
    // Compilers do not pass the reason on for which a body ended.
    throw named(address, watch.signal.reason ?? error);
  } finally {
    watch.end();
  }
}

/**
 * Passes bytes on and tells how many there were.
 * @param {Response} response
 * @param {Report} onProgress
 * @param {() => void} heard called for each piece
 */
function counter({ headers }, onProgress, heard) {
  // Under a content coding the header counts other bytes than the ones that come out here.
  const length = Number(headers.get("content-length"));
  const total = headers.has("content-encoding") ? null : length || null;
  let loaded = 0;
  const count = (/** @type {number} */ more) => {
    heard();
    loaded += more;
    onProgress({ loaded, total }, Math.max(loaded, length));
  };
  count(0);
  return new TransformStream({
    transform(chunk, controller) {
      count(chunk.byteLength);
      controller.enqueue(chunk);
    },
  });
}

/** Gives up on a download of which nothing has been heard for too long. */
function stallWatch() {
  const giveUp = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const end = () => clearTimeout(timer);
  const heard = () => {
    end();
    timer = setTimeout(
      () => giveUp.abort(new Error(`stalled: nothing arrived for ${STALLED_MS / 1000} seconds`)),
      STALLED_MS,
    );
  };
  heard();
  return { signal: giveUp.signal, heard, end };
}

/** @param {Response} response */
async function compile(response) {
  try {
    return await (WebAssembly.compileStreaming?.(response) ??
      WebAssembly.compile(await response.arrayBuffer()));
  } catch (error) {
    if (!(error instanceof WebAssembly.CompileError)) throw error;
    throw new Error(`not a WebAssembly module: ${error.message}`, { cause: error });
  }
}

/**
 * An error that says which file it is about.
 * @param {string} address
 * @param {unknown} error
 * @param {string} [what] goes before the error's own message
 */
function named(address, error, what = "") {
  return new Error(`${address}: ${what}${messageOf(error)}`, { cause: error });
}

/** @param {unknown} error */
export function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
