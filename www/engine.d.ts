/**
 * The compiled engine (`engine.js`, made by wasm-bindgen), as the client uses it. Names are ids here; the client resolves
 * them.
 */

import type {
  Answer,
  Collection,
  Dispersion,
  Sort,
  Stats,
  Suggestion,
  Turn,
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

/** A turn with its text. */
export type WholeTurn = Omit<Turn, "headingLines"> & TurnText;

/** Gives the turns of a pack. */
export interface Turns {
  turn(id: number): WholeTurn | null;
  stats(): Stats;
}

/**
 * A pack that is open for its turns only, once `setTurnStarts` has been told what `turnStarts` of an `Engine` with the same
 * pack gives. The constructor throws an `Error` that says what is wrong with the bytes.
 */
export class Texts implements Turns {
  constructor(pack: Uint8Array);
  setTurnStarts(starts: Uint32Array): void;
  turn(id: number): WholeTurn | null;
  stats(): Stats;
}

/** An open pack. The constructor throws as that of `Texts`. */
export class Engine implements Turns {
  constructor(pack: Uint8Array);
  search(query: string, options: SearchOptions): Omit<Answer, "dispersion">;
  dispersion(query: string, options: SearchOptions): Dispersion[];
  turn(id: number): WholeTurn | null;
  marks(ids: number[], query: string, typing: boolean): Uint32Array[];
  suggest(query: string, limit: number): Suggestion[];
  collection(): Collection;
  turnStarts(): Uint32Array;
  stats(): Stats;
}

export default function init(options: { module_or_path: WebAssembly.Module }): Promise<unknown>;
