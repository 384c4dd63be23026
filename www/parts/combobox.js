/**
 * The search box: a combobox with a listbox of suggestions (ARIA 1.2, "List Autocomplete with Manual Selection").
 *
 * The suggestions stand in one row under the box instead of a pop-up over the results, so that nothing moves and
 * nothing is covered while typing. Keys: down and up choose a suggestion, down after the last one leaves for the
 * results, Enter takes it or commits the text, Escape lets go of it or clears the box.
 */

import { el, icon, iconButton } from "./dom.js";
import { suggestionList } from "./suggestions.js";

/** @import { Translator } from "../i18n.js" */

/**
 * @typedef {object} ComboboxEvents
 * @property {(text: string) => void} typed the text changed, and no input method is composing
 * @property {(text: string) => void} committed Enter, or a suggestion was taken
 * @property {() => void} leave the reader goes on to the results
 * @property {() => void} focus
 */

/**
 * @param {Translator} t
 * @param {string} placeholder
 * @param {ComboboxEvents} events
 */
export function combobox(t, placeholder, events) {
  let isComposing = false;
  const input = el("input", {
    part: "input",
    type: "search",
    // The engine looks at 4,096 bytes of a query, and a code unit has three at most: nothing in the box is cut off.
    maxlength: 1365,
    role: "combobox",
    "aria-expanded": "false",
    "aria-autocomplete": "list",
    "aria-label": t.text("searchLabel"),
    placeholder,
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    enterkeyhint: "search",
    dir: "auto",
    oninput: () => changed(),
    onkeydown: (/** @type {KeyboardEvent} */ event) => press(event),
    onfocus: () => events.focus(),
    oncompositionstart: () => (isComposing = true),
    oncompositionend: () => {
      isComposing = false;
      changed();
    },
  });
  const suggestions = suggestionList(t, input, (insert) => take(insert));
  const clearButton = iconButton("close", t.text("clear"), {
    class: "tool clear",
    hidden: true,
    onclick: () => clear(),
  });
  const box = el("div", { class: "box", part: "box" }, icon("search"), input, clearButton);

  const changed = () => {
    if (isComposing) return;
    clearButton.hidden = input.value === "";
    events.typed(input.value);
  };
  /** @param {string} text */
  const put = (text) => {
    if (input.value !== text) input.value = text;
    clearButton.hidden = text === "";
  };
  const clear = () => {
    put("");
    input.focus();
    events.typed("");
  };
  /** @param {string} insert */
  const take = (insert) => {
    put(insert);
    suggestions.show([]);
    events.committed(insert);
  };
  const leave = () => {
    suggestions.choose(-1);
    events.leave();
  };
  /** @param {KeyboardEvent} event */
  const press = (event) => {
    // Keys belong to the input method while it composes; Safari ends with keyCode 229 after the composition.
    if (
      event.isComposing ||
      event.keyCode === 229 ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey
    )
      return;
    if (isHandled(event.key)) event.preventDefault();
  };
  /**
   * @param {string} key
   * @returns {boolean} whether the box used the key
   */
  const isHandled = (key) => {
    const { chosen } = suggestions;
    switch (key) {
      case "ArrowDown":
        if (!suggestions.step(1)) leave();
        return true;
      case "ArrowUp":
        return suggestions.step(-1);
      case "PageDown":
        leave();
        return true;
      case "Enter":
        if (chosen) take(chosen.insert);
        else events.committed(input.value);
        return true;
      case "Escape":
        if (chosen) suggestions.choose(-1);
        else if (input.value) clear();
        else return false;
        return true;
      default:
        return false;
    }
  };
  return { box, input, suggestions, put };
}
