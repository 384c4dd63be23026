/** What follows when a person does something on the screen of a search. */

import { suggestions } from "../asking/suggestions.js";
import { later } from "../later.js";
import { remember } from "../state/recent.js";

/** @import { TurnSearchElement } from "../types/turnsearch.js" */
/** @import { Translator } from "../i18n.js" */
/** @import { Asking } from "../asking/asking.js" */
/** @import { Context } from "../parts/link.js" */
/** @import { SearchEvents, SearchScreen } from "../screens/search.js" */

/**
 * @param {Pick<TurnSearchElement, "archive" | "query" | "load" | "focus"> & { t: Translator }}
 *   element
 * @param {Asking} asking
 * @param {() => Context} context
 * @param {() => SearchScreen["box"] | undefined} box
 * @returns {SearchEvents}
 */
export function searchEvents(element, asking, context, box) {
  const suggest = async () => {
    const text = box()?.input.value ?? "";
    const options = await suggestions(element.archive, element.t, text);
    if (text === box()?.input.value) box()?.suggestions.show(options);
  };
  return {
    typed(q) {
      void element.load();
      void asking.search({ q, typing: true });
      void suggest();
    },
    committed(q) {
      remember(q);
      void asking.search({ q, typing: false, push: true });
      void suggest();
    },
    focus() {
      void element.load();
      void suggest();
    },
    filter: (kind, key, chosen) => asking.choose(kind, key, chosen),
    sort: (sort) => void asking.search({ sort, push: true }),
    view: (view) => (asking.view = view),
    more: () => void asking.more(),
    async save(kind) {
      const shown = context();
      const [{ saveHits }, hits] = await Promise.all([later.saving(), asking.all(shown.archive)]);
      await saveHits(kind, shown, element.query, hits);
    },
    open: () => element.focus(),
    search: (query) => (element.query = query),
    suggest: () => void suggest(),
  };
}
