/** The row of suggestions under the box: a listbox whose choice the box announces. */

import { el } from "./dom.js";

/** @import { Translator } from "../i18n.js" */

/**
 * @typedef {object} Option
 * @property {string} text
 * @property {string} insert what goes into the box
 * @property {string} detail said after the text
 */

/** Makes ids unique where several boxes share a root. */
let boxes = 0;

/**
 * @param {Translator} t
 * @param {HTMLInputElement} input the box
 * @param {(insert: string) => void} taken a suggestion was pressed
 */
export function suggestionList(t, input, taken) {
  /** @type {Option[]} */
  let options = [];
  let chosen = -1;
  const id = `turns-box-${++boxes}`;
  input.setAttribute("aria-controls", id);
  const element = el("ul", {
    id,
    class: "options",
    part: "suggestions",
    role: "listbox",
    "aria-orientation": "horizontal",
    "aria-label": t.text("suggestions"),
    hidden: true,
  });
  /** @param {Option} option @param {number} index */
  const row = ({ text, insert, detail }, index) =>
    el(
      "li",
      {
        id: `${id}-${index}`,
        role: "option",
        "aria-selected": "false",
        // The box keeps the focus, also when a suggestion is pressed.
        onpointerdown: (/** @type {PointerEvent} */ event) => event.preventDefault(),
        onclick: () => taken(insert),
      },
      el("bdi", text),
      " ",
      detail && el("span", { class: "detail" }, detail),
    );
  /** Chooses a suggestion for the keys. @param {number} index -1 for none */
  const choose = (index) => {
    chosen = index;
    for (const [at, each] of [...element.children].entries()) {
      each.setAttribute("aria-selected", String(at === index));
      if (at !== index) continue;
      input.setAttribute("aria-activedescendant", each.id);
      each.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
    if (index < 0) input.removeAttribute("aria-activedescendant");
  };
  return {
    element,
    choose,

    /** The one that was chosen with the keys. @returns {Option | undefined} */
    get chosen() {
      return options[chosen];
    },

    /** @param {Option[]} offered */
    show(offered) {
      options = offered;
      element.hidden = options.length === 0;
      input.setAttribute("aria-expanded", String(options.length > 0));
      element.replaceChildren(...options.map(row));
      choose(-1);
    },

    /**
     * @param {-1 | 1} step
     * @returns {boolean} whether there is one to choose, or before the first one none
     */
    step(step) {
      const index = chosen + step;
      const isThere = index >= -1 && index < options.length;
      if (isThere) choose(index);
      return isThere;
    },
  };
}
