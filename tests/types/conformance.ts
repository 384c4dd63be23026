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
/** What an element has besides every other one; the types of its events are the page's concern. */
type Own<Element> = Omit<Element, keyof HTMLElement>;

promise<Own<published.TurnSearchElement> & Pick<published.TurnSearchElement, "focus">>(
  new real.TurnSearchElement(),
);
promise<Own<published.TurnReader>>(new real.TurnReader());
