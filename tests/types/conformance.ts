/** Holds what www/ does to the types that are published for it; it is compiled, not run. */

import type * as published from "../../www/types/turnsearch.js";
import * as real from "../../www/turnsearch.js";

type Public<Class> = { [Name in keyof Class]: Class[Name] };

/** Compiles where every member of the second has the type that the first one promises. */
declare function promise<Promised>(kept: Promised): void;

declare const search: real.TurnSearch;
promise<Public<published.TurnSearch>>(search);
promise<(options?: published.OpenOptions) => Promise<Public<published.TurnSearch>>>(
  real.TurnSearch.open,
);
promise<Pick<published.TurnSearchElement, "query" | "focus" | "load">>(
  new real.TurnSearchElement(),
);
promise<Pick<published.TurnReader, "show" | "close" | "href" | "load">>(new real.TurnReader());
