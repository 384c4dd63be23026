/** What the box offers: how the query may go on, or before there is one, recent searches. */

import { recent } from "../state/recent.js";

/** @import { TurnSearch } from "../types/turnsearch.js" */
/** @import { Translator } from "../i18n.js" */
/** @import { Option } from "../parts/suggestions.js" */

/**
 * @param {TurnSearch | null} archive
 * @param {Translator} t
 * @param {string} text what stands in the box
 * @returns {Promise<Option[]>}
 */
export async function suggestions(archive, t, text) {
  if (!text.trim()) return recent().map((each) => ({ text: each, insert: each, detail: "" }));
  const found = (await archive?.suggest(text)) ?? [];
  return found
    .filter(({ insert }) => insert !== text)
    .map(({ kind, text: shown, insert, detail, count }) => {
      const about = kind === "phrase" || kind === "term" ? "" : t.text(kind);
      return {
        text: shown,
        insert,
        detail: [about, detail, count ? t.number(count) : ""].filter(Boolean).join(" · "),
      };
    });
}
