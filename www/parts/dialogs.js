/** The dialogs of a search: the one that it may stand in, and the drawer of the filters. */

import { el, icon } from "./dom.js";

/** @import { Translator } from "../i18n.js" */

/**
 * The filters stand beside the results where there is room, and in a drawer that a button opens elsewhere.
 * @param {Translator} t
 * @param {HTMLElement} filters
 */
export function filterDrawer(t, filters) {
  const label = t.text("filters");
  const aside = el("aside", { "aria-label": label }, filters);
  const body = el("div");
  const apply = el("button", { class: "primary", onclick: () => dialog.close() });
  const dialog = el(
    "dialog",
    { class: "drawer", "aria-label": label, onclose: () => aside.append(filters) },
    body,
    apply,
  );
  closeOnBackdrop(dialog);
  const open = () => {
    body.append(filters);
    dialog.showModal();
  };
  const opener = el(
    "button",
    { class: "plain open-filters", onclick: open },
    icon("filter"),
    label,
  );
  return { aside, dialog, opener, apply };
}

/** The dialog around the whole search. @param {Translator} t */
export function modalDialog(t) {
  const modal = el("dialog", {
    class: "modal",
    part: "dialog",
    "aria-label": t.text("searchLabel"),
  });
  closeOnBackdrop(modal);
  return modal;
}

/** The button that opens it. @param {Translator} t @param {() => void} open */
export function modalTrigger(t, open) {
  const keys = /Mac|iP/.test(navigator.platform) ? "⌘ K" : "Ctrl K";
  const attributes = {
    class: "trigger",
    part: "trigger",
    "aria-keyshortcuts": "Control+K Meta+K /",
  };
  const label = el("kbd", { "aria-hidden": "true" }, keys);
  return el("button", { ...attributes, onclick: open }, icon("search"), t.text("open"), label);
}

/** A press beside a dialog closes it. @param {HTMLDialogElement} dialog */
export function closeOnBackdrop(dialog) {
  dialog.addEventListener("click", (event) => {
    if (event.target !== dialog) return;
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    const { clientX: x, clientY: y } = event;
    if (x < left || x > right || y < top || y > bottom) dialog.close();
  });
}
