/**
 * The surface of the compiled engine (`engine.js`, made by wasm-bindgen), as the page uses it.
 *
 * Offsets into text are UTF-16 code units, so that they can be used with `String.prototype.slice`.
 */

/** The way a query, or one hit, was matched: as typed, or relaxed in the open. */
export type Rule = "exact" | "words" | "fuzzy" | "pinyin";

export type Sort = "relevance" | "time" | "meeting";

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

/** Something the reader should know about how the query was understood. */
export interface Note {
  kind: "apart" | "joined" | "words" | "fuzzy" | "pinyin";
  terms: string[];
  /** Turns that would be found besides; 0 when that does not apply. */
  more: number;
}

export interface Snippet {
  text: string;
  /** Pairs of start and end offsets. */
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

/** Where the matches of one meeting stand; turns that a filter alone let through count as one. */
export interface Dispersion {
  meeting: number;
  /** From 0 (start of the meeting) to 1 (its end), ascending. */
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

export interface TurnEvent {
  offset: number;
  text: string;
}

export interface Turn {
  id: number;
  /** Ordinal in its meeting, from 1. */
  n: number;
  meeting: number;
  speaker: number | null;
  /** Path of headings, outermost first; empty in transcripts. */
  heading: string[];
  /** A line feed separates paragraphs. In documents the headings that open the turn are its first lines. */
  text: string;
  /** Where those headings end in the text; 0 when there are none. */
  headingEnd: number;
  events: TurnEvent[];
  startMs: number | null;
  endMs: number | null;
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

/** Gives the turns of a pack. */
export interface Turns {
  turn(id: number): Turn | null;
  stats(): Stats;
}

/**
 * A pack that is open for its turns only, once `setTurnStarts` has been told what `turnStarts` of an `Engine` with the same
 * pack gives. The constructor throws an `Error` that says what is wrong with the bytes.
 */
export class Texts implements Turns {
  constructor(pack: Uint8Array);
  setTurnStarts(starts: Uint32Array): void;
  turn(id: number): Turn | null;
  stats(): Stats;
}

/** An open pack. The constructor throws as that of `Texts`. */
export class Engine implements Turns {
  constructor(pack: Uint8Array);
  search(query: string, options: SearchOptions): Omit<Answer, "dispersion">;
  dispersion(query: string, options: SearchOptions): Dispersion[];
  turn(id: number): Turn | null;
  marks(ids: number[], query: string, typing: boolean): Uint32Array[];
  suggest(query: string, limit: number): Suggestion[];
  collection(): Collection;
  turnStarts(): Uint32Array;
  stats(): Stats;
}

export default function init(options: { module_or_path: WebAssembly.Module }): Promise<unknown>;
