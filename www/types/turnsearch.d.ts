/**
 * The types of turnsearch: what `turnsearch.js` exports to a page, and what the modules of www/
 * take theirs from.
 *
 * Offsets into text are UTF-16 code units, so that they can be used with `String.prototype.slice`.
 */

/** The way a query, or one hit, was matched: as typed, or relaxed in the open. */
export type Rule = "exact" | "words" | "fuzzy" | "pinyin";

export type Sort = "relevance" | "time" | "meeting";

/** Something the reader should know about how the query was understood. */
export interface Note {
  kind: "apart" | "joined" | "words" | "fuzzy" | "pinyin";
  terms: string[];
  /** Turns that would be found besides; 0 when that does not apply. */
  more: number;
}

export interface Snippet {
  text: string;
  /** What happens in this text and matches, in the order of the text. */
  events: TurnEvent[];
  /**
   * Pairs of start and end offsets. They go on through the texts of the events: the first begins
   * where the text ends, each other where the one before ends.
   */
  marks: number[];
  /** The turn has text before the snippet. */
  before: boolean;
  /** The turn has text after the snippet. */
  after: boolean;
}

export interface Hit {
  /** Id of the turn in the whole collection, from 0. */
  turn: number;
  matched: Rule;
  score: number;
  snippet: Snippet;
}

export interface FacetCount<Id> {
  id: Id;
  count: number;
}

/**
 * Where the matches of one meeting stand, those in events too; turns that a filter alone let
 * through count as one.
 */
export interface Dispersion {
  meeting: number;
  /**
   * From 0 (start of the meeting) to 1 (its end), ascending, but for those in the events of a turn,
   * which come after those in its text.
   */
  positions: Float32Array;
  /** Id of the turn in which each match stands. */
  turns: Uint32Array;
}

export interface Answer {
  query: string;
  total: number;
  matched: Rule | "none";
  notes: Note[];
  hits: Hit[];
  /** Counts under the query; a facet's own filter is not applied to it. */
  facets: {
    speakers: FacetCount<number>[];
    meetings: FacetCount<number>[];
    years: FacetCount<string>[];
  };
  /** Made when it is first read. */
  readonly dispersion: Promise<Dispersion[]>;
}

/** What is known of a turn without its text. */
export interface Turn {
  /** In the whole collection, from 0. */
  id: number;
  /** Ordinal in its meeting, from 1. */
  n: number;
  meeting: number;
  speaker: number | null;
  /** Path of headings, outermost first; empty in transcripts. */
  heading: string[];
  /** How many of these headings, the innermost ones, are the first lines of the turn's text. */
  headingLines: number;
  startMs: number | null;
  endMs: number | null;
}

export interface TurnText {
  /**
   * A line feed separates paragraphs. In documents the headings that open the turn are its first
   * lines.
   */
  text: string;
  /** Where those headings end in the text; 0 when there are none. */
  headingEnd: number;
  /** What happened while the turn was spoken, in the order of the text. */
  events: TurnEvent[];
}

/** What happens and is not said. */
export interface TurnEvent {
  /** Where in the text. */
  offset: number;
  /** As printed, mostly in brackets: `[Applause]`. */
  text: string;
}

export interface Suggestion {
  kind: "speaker" | "meeting" | "phrase" | "term" | "correction";
  /** What to show. */
  text: string;
  /** What to put into the box. */
  insert: string;
  detail: string;
  count: number;
  id: number | null;
}

export interface Meeting {
  id: number;
  /** Stable name of the meeting, used in links. */
  slug: string;
  /** Name of the file that it was made from. */
  source: string;
  kind: "transcript" | "document";
  title: string;
  event: string | null;
  /** `YYYY-MM-DD`. */
  date: string | null;
  time: string | null;
  zone: string | null;
  place: string | null;
  language: string | null;
  /** Where the source was published. */
  url: string | null;
  /** An audio or video file that the turns' times refer to. */
  media: string | null;
  /** Id of the first turn; the meeting's turns are consecutive. */
  firstTurn: number;
  turns: number;
}

export interface Speaker {
  id: number;
  name: string;
  aliases: string[];
  role: string | null;
  turns: number;
  characters: number;
}

export interface Collection {
  title: string | null;
  language: string | null;
  meetings: Meeting[];
  speakers: Speaker[];
  turns: number;
  /** Bytes of all texts in UTF-8. */
  textBytes: number;
}

export interface Stats {
  packBytes: number;
  /** Name and bytes of each section of the pack. */
  sections: [name: string, bytes: number][];
  [other: string]: unknown;
}

/** How far a download is. */
export interface Progress {
  /** Bytes that have arrived. */
  loaded: number;
  /** Bytes to expect, null when the server does not tell. */
  total: number | null;
}

/**
 * Which turns to keep: a speaker by name, alias or id, a meeting by slug or id, a year by its four
 * digits.
 */
export interface Filter {
  speakers?: (string | number)[];
  meetings?: (string | number)[];
  years?: string[];
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
  /**
   * Address of a `.turns` file, relative to the document; the pack inside the engine when absent.
   */
  src?: string | null;
  /**
   * Whether to search in a worker; packs of more than 2 MB are when absent. The first caller who
   * names a pack decides.
   * Where there can be no worker, the page's own thread searches.
   */
  worker?: boolean;
  /** Is told about the bytes that arrive. */
  onProgress?: (progress: Progress) => void;
}

/** Why a collection could not be opened. */
export interface OpenError extends Error {
  /**
   * What is wrong, with values, separated by blanks: `pack/damaged coll`, `file/status 404 Not
   * Found`. Absent where `src` is no address.
   */
  code?: string;
  /** Of the file that it is about. */
  address?: string;
}

/** A collection of transcripts, open for searching. */
export class TurnSearch {
  private constructor();
  /**
   * Opens a collection. Callers that name the same one share it, and all share one engine.
   *
   * @throws {OpenError} when a file cannot be fetched or is not what it should be
   */
  static open(options?: OpenOptions): Promise<TurnSearch>;
  /** Meetings, speakers and totals; the same object every time. */
  get collection(): Collection;
  search(query: string, request?: SearchRequest): Promise<Answer>;
  /** What the query may be about to become; 6 at most unless told otherwise. */
  suggest(query: string, limit?: number): Promise<Suggestion[]>;
  /**
   * A turn by its id in the whole collection; its text is asked for apart.
   *
   * @throws {RangeError} when there is none
   */
  turn(id: number): Turn;
  /**
   * The texts of turns, in the order of the ids.
   *
   * @throws {RangeError} when one of the turns does not exist
   */
  texts(ids: number[]): Promise<TurnText[]>;
  /**
   * Where the query matches in turns: for each of them pairs of start and end offsets in its text.
   * As in a snippet, they go on through the texts of its events.
   */
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
  "turns-error": CustomEvent<OpenError>;
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

/**
 * What both elements have in common. Properties named like an attribute are that attribute; null
 * takes it away.
 */
interface TurnElement extends HTMLElement {
  /** The open collection, null before it has arrived. */
  readonly archive: TurnSearch | null;
  src: string | null;
  theme: string | null;
  eager: boolean;
  /**
   * Opens the collection now, unless that has begun; `again` also after a failure. Never rejects.
   */
  load(how?: { again?: boolean }): Promise<void>;
}

/** `<turn-search>` */
export interface TurnSearchElement
  extends Omit<TurnElement, "addEventListener">, Listening<TurnSearchElementEventMap> {
  placeholder: string | null;
  limit: number;
  sort: Sort;
  speaker: string | null;
  meeting: string | null;
  mode: string | null;
  hash: boolean;
  reader: string | null;
  /** What stands in the box. Setting it searches. */
  query: string;
  /** Opens the dialog (`mode="dialog"`) and puts the caret into the box. */
  focus(): void;
}
export const TurnSearchElement: { prototype: TurnSearchElement; new (): TurnSearchElement };

/**
 * How a turn is shown: `focus` moves the focus to it, so that a screen reader goes on from there.
 */
export interface Arrival {
  focus: boolean;
  scroll: boolean;
}

/** `<turn-reader>` */
export interface TurnReader
  extends Omit<TurnElement, "addEventListener">, Listening<TurnReaderEventMap> {
  meeting: string | null;
  turn: number;
  query: string | null;
  /** Whether a meeting is shown. */
  readonly open: boolean;
  /** Where a link to a turn leads; null when the page has no such links. */
  href: (turn: Turn) => string | null;
  /** Shows a turn, by its id in the collection, in its meeting, and marks the query. */
  show(id: number, query?: string, arrival?: Arrival): Promise<void>;
  close(): void;
}
export const TurnReader: { prototype: TurnReader; new (): TurnReader };

declare global {
  interface HTMLElementTagNameMap {
    "turn-search": TurnSearchElement;
    "turn-reader": TurnReader;
  }
}
