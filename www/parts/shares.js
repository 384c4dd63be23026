/** Who spoke how much in a meeting. Tells `follow` with the speaker whose turns are wanted, by id; null is nobody named. */

import { el } from "./dom.js";
import { avatar, bar } from "./people.js";
import { tell } from "./tell.js";

/** @import { Turn, TurnSearch } from "../types/turnsearch.js" */
/** @import { Translator } from "../i18n.js" */

/**
 * @typedef {object} Share
 * @property {number | null} speaker
 * @property {string} name
 * @property {number} turns
 * @property {number} characters
 */

/**
 * A list that is counted when it is opened.
 * @param {TurnSearch} archive
 * @param {Translator} t
 * @param {Turn[]} turns of a meeting
 */
export function whoSpoke(archive, t, turns) {
  /** @type {Map<number | null, HTMLButtonElement>} */
  const buttons = new Map();
  const list = el("ul", { class: "shares" });
  const ontoggle = async () => {
    if (buttons.size > 0) return;
    const counted = await shares(archive, t, turns);
    const all = counted.reduce((sum, { characters }) => sum + characters, 0) || 1;
    const rows = counted.map(({ speaker, name, turns: n, characters }) => {
      const share = `${Math.round((100 * characters) / all)}%`;
      const button = el(
        "button",
        {
          "aria-pressed": "false",
          title: t.text("jumpTo", { name }),
          onclick: () => tell(element, "follow", speaker),
        },
        avatar(speaker, name),
        el("span", { class: "name", dir: "auto" }, name),
        bar(characters / counted[0].characters, speaker),
        el("span", { class: "share" }, `${share} · ${t.text("found", { n })}`),
      );
      buttons.set(speaker, button);
      return el("li", button);
    });
    list.replaceChildren(...rows);
  };
  const summary = el("summary", t.text("whoSpoke"));
  const element = el("details", { class: "who-spoke", ontoggle }, summary, list);
  return {
    element,
    /** Shows whose turns are stepped through. @param {number | null | undefined} followed undefined for no one's */
    press(followed) {
      for (const [speaker, button] of buttons)
        button.setAttribute("aria-pressed", String(speaker === followed));
    },
  };
}

/**
 * Counts, most first.
 * @param {TurnSearch} archive
 * @param {Translator} t
 * @param {Turn[]} turns
 */
async function shares(archive, t, turns) {
  /** @type {Map<number | null, Share>} */
  const counted = new Map();
  const texts = await archive.texts(turns.map(({ id }) => id));
  for (const [at, { speaker }] of turns.entries()) {
    let share = counted.get(speaker);
    if (!share) {
      const name = archive.speaker(speaker)?.name ?? t.text("unnamed");
      counted.set(speaker, (share = { speaker, name, turns: 0, characters: 0 }));
    }
    share.turns += 1;
    share.characters += texts[at].text.length;
  }
  return [...counted.values()].sort((a, b) => b.characters - a.characters);
}
