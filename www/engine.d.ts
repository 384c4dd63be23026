/**
 * The compiled engine (`engine.js`, made by wasm-bindgen), as the client uses it. Names are ids
 * here; the client resolves them.
 */

import type {
  Answer,
  Collection,
  Dispersion,
  Sort,
  Stats,
  Suggestion,
  TurnText,
} from "./types/turnsearch.js";

export interface SearchOptions {
  /** Number of hits to return; 10 when absent. */
  limit?: number;
  /** Number of hits to skip; 0 when absent. */
  offset?: number;
  sort?: Sort;
  /** The last Latin word is still being typed and also matches as a prefix. */
  typing?: boolean;
  /** Speaker ids; a turn passes when one of them speaks it. */
  speakers?: number[];
  /** Meeting ids. */
  meetings?: number[];
  /** Four-digit years. */
  years?: string[];
}

/** What is known of all turns without their texts. */
export interface Columns {
  /**
   * Six numbers for each turn: its meeting, its speaker, its path of headings as an index into
   * `headings`, how many of those headings are the first lines of its text, start and end in
   * milliseconds. 2³² - 1 stands for what is not known.
   */
  numbers: Uint32Array;
  headings: string[][];
}

/**
 * An open pack. The constructor throws an `Error` whose message is a code with its values,
 * separated by blanks: `pack/damaged coll`. `i18n/errors.js` has the codes.
 */
export class Engine {
  constructor(pack: Uint8Array);
  collection(): Collection;
  columns(): Columns;
  stats(): Stats;
  search(query: string, options: SearchOptions): Omit<Answer, "dispersion">;
  dispersion(query: string, options: SearchOptions): Dispersion[];
  /** `null` for a turn that is not there. */
  texts(ids: number[]): (TurnText | null)[];
  marks(ids: number[], query: string, typing: boolean): Uint32Array[];
  suggest(query: string, limit: number): Suggestion[];
}

export default function init(options: { module_or_path: WebAssembly.Module }): Promise<unknown>;

/** The engine's own JavaScript, and the module that it is for. */
export interface EngineFiles {
  bindings: typeof import("./engine.js");
  module: WebAssembly.Module;
}

export type Loaded = EngineFiles & { pack: Uint8Array<ArrayBuffer> };

/** Calls a method of an engine, wherever that is. */
export type Ask = (
  method: "search" | "dispersion" | "texts" | "marks" | "suggest",
  ...values: any[]
) => Promise<any>;

/** What a page keeps of an open pack. */
export interface Opened {
  collection: Collection;
  columns: Columns;
  stats: Stats;
  /** Where it is in the page. */
  engine?: any;
  /** Where it is elsewhere. */
  ask?: Ask;
}
