/** What `turnsearch.js` gives to a page: the search, and the two elements, by class and by name. */

import type {
  Answer,
  Collection,
  Meeting,
  Sort,
  Speaker,
  Stats,
  Suggestion,
  Turn,
} from "./engine.js";

export type * from "./engine.js";

/** How far a download is. */
export interface Progress {
  /** Bytes that have arrived. */
  loaded: number;
  /** Bytes to expect, null when the server does not tell. */
  total: number | null;
}

/** Which turns to keep: a speaker by name, alias or id, a meeting by slug or id, a year by its four digits. */
export interface Filter {
  speaker?: (string | number)[];
  meeting?: (string | number)[];
  year?: string[];
}

export interface SearchRequest {
  /** Hits to return; 10 when absent. */
  limit?: number;
  /** Hits to skip; 0 when absent. */
  offset?: number;
  /** `relevance` when absent. */
  sort?: Sort;
  /** The last Latin word also matches as a prefix. */
  typing?: boolean;
  filter?: Filter;
}

export interface OpenOptions {
  /** Address of a `.turns` file, relative to the document; the pack inside the engine when absent. */
  src?: string | null;
  /**
   * Whether to search in a worker; packs of more than 2 MB are when absent. The first caller who names a pack decides.
   * Where there can be no worker, the page's own thread searches.
   */
  worker?: boolean;
  /** Is told about the bytes that arrive. */
  onProgress?: (progress: Progress) => void;
}

/** A collection of transcripts, open for searching. */
export class TurnSearch {
  private constructor();
  /**
   * Opens a collection. Callers that name the same one share it, and all share one engine.
   *
   * @throws {Error} when a file cannot be fetched or is not what it should be; the message names it
   */
  static open(options?: OpenOptions): Promise<TurnSearch>;
  /** Meetings, speakers and totals; the same object every time. */
  get collection(): Collection;
  search(query: string, request?: SearchRequest): Promise<Answer>;
  /** What the query may be about to become; 6 at most unless told otherwise. */
  suggest(query: string, limit?: number): Promise<Suggestion[]>;
  /**
   * A turn by its id in the whole collection.
   *
   * @throws {RangeError} when there is none
   */
  turn(id: number): Turn;
  /** Where the query matches in turns: for each of them pairs of start and end offsets in its text. */
  marks(ids: number[], query: string, options?: { typing?: boolean }): Promise<Uint32Array[]>;
  /** A meeting by slug or id. */
  meeting(key: string | number): Meeting | undefined;
  /** A speaker by name, alias or id. */
  speaker(key: string | number | null): Speaker | undefined;
  stats(): Stats;
}

/** Events of both elements. */
export interface TurnElementEventMap extends HTMLElementEventMap {
  /** The collection is open. */
  "turns-ready": CustomEvent<Collection>;
  /** It could not be opened; the page shows why, with a way to try again. */
  "turns-error": CustomEvent<unknown>;
}

export interface TurnSearchElementEventMap extends TurnElementEventMap {
  /** An answer is shown. */
  "turn-results": CustomEvent<Answer>;
  /** A turn is about to be shown; cancel it to show the turn yourself. */
  "turn-open": CustomEvent<{ turn: Turn; query: string }>;
}

export interface TurnReaderEventMap extends TurnElementEventMap {
  /** Another turn was chosen in the reader. */
  "turn-select": CustomEvent<Turn>;
  "reader-close": CustomEvent<null>;
}

/** A listener of an element, with the type of its event where the name is known. */
interface Listening<Events> {
  addEventListener<Name extends keyof Events>(
    type: Name,
    listener: (event: Events[Name]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

/** What both elements have in common. */
interface TurnElement extends HTMLElement {
  /** The open collection, null before it has arrived. */
  readonly turns: TurnSearch | null;
  /** Opens the collection now, unless that has begun; `again` also after a failure. Never rejects. */
  load(how?: { again?: boolean }): Promise<void>;
}

/** `<turn-search>` */
export interface TurnSearchElement
  extends Omit<TurnElement, "addEventListener">, Listening<TurnSearchElementEventMap> {
  /** What stands in the box. Setting it searches. */
  query: string;
  /** Opens the dialog (`mode="dialog"`) and puts the caret into the box. */
  focus(): void;
}
export const TurnSearchElement: { prototype: TurnSearchElement; new (): TurnSearchElement };

/** `<turn-reader>` */
export interface TurnReader
  extends Omit<TurnElement, "addEventListener">, Listening<TurnReaderEventMap> {
  /** Where a link to a turn leads; null when the page has no such links. */
  href: (turn: Turn) => string | null;
  /** Shows a turn, by its id in the collection, in its meeting, and marks the query. */
  show(
    id: number,
    query?: string,
    arrival?: { focus: boolean; scroll: boolean },
  ): Promise<void> | undefined;
  close(): void;
}
export const TurnReader: { prototype: TurnReader; new (): TurnReader };

declare global {
  interface HTMLElementTagNameMap {
    "turn-search": TurnSearchElement;
    "turn-reader": TurnReader;
  }
}
