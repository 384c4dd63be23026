/** The parts of `<turn-search>` that stand from the beginning; what changes with a search goes into them. */

import { Combobox } from "./combobox.js";
import { el, icon } from "./dom.js";
import { Filters } from "./filters.js";

/** @import { Sort } from "../engine.js" */
/** @import { Translator } from "../i18n.js" */
/** @import { ComboboxEvents } from "./combobox.js" */
/** @import { FilterKind } from "./filters.js" */
/** @import { View } from "./results.js" */

/**
 * @typedef {object} FrameOptions
 * @property {string | null} placeholder
 * @property {boolean} dialog the widget stands in a dialog that a button opens
 * @property {Sort} sort
 * @property {View} view
 * @property {Node[]} status announcements and the state of loading
 */

/**
 * @typedef {object} FrameEvents
 * @property {ComboboxEvents} box
 * @property {(kind: FilterKind, key: string, chosen: boolean) => void} filter
 * @property {(sort: Sort) => void} sort
 * @property {(view: View) => void} view
 * @property {() => void} more
 * @property {(kind: "csv" | "json") => void} save
 * @property {(event: KeyboardEvent) => void} resultKey
 * @property {() => void} open
 */

/** @typedef {ReturnType<typeof frame>} Frame */

/**
 * @param {Translator} t
 * @param {FrameOptions} options
 * @param {FrameEvents} events
 */
export function frame(t, options, events) {
  const box = new Combobox(t, options.placeholder ?? t.text("placeholder"), events.box);
  const filters = new Filters(t, events.filter);
  const drawer = filterDrawer(t, filters.element);
  const sorts = {
    relevance: t.text("sortRelevance"),
    time: t.text("sortTime"),
    meeting: t.text("sortMeeting"),
  };
  const views = {
    list: t.text("viewList"),
    groups: t.text("viewGroups"),
    lines: t.text("viewLines"),
  };
  const sort = choice(t.text("sort"), sorts, options.sort, events.sort);
  const view = choice(t.text("view"), views, options.view, events.view);
  const found = el("h2", { class: "found" });
  const controls = el("div", { class: "controls" }, drawer.opener, view, sort);
  const chosen = el("div", { class: "chips", hidden: true });
  const said = el("div", { class: "notes" });
  const plot = el("div");
  const list = el("ol", { class: "results", part: "results", onkeydown: events.resultKey });
  const more = el("button", { class: "plain more", onclick: events.more });
  const saving = saveButtons(t, events.save);
  const bar = el("div", { class: "bar" }, found, controls);
  const column = el("div", { class: "column" }, bar, chosen, said, plot, list, more, saving);
  const body = el("div", { class: "body", hidden: true }, drawer.aside, column);
  const start = el("div", { class: "start" });

  const modal = options.dialog ? modalDialog(t) : null;
  const closeModal =
    modal && el("button", { class: "quiet", onclick: () => modal.close() }, t.text("close"));
  const widget = el(
    "div",
    { class: "widget", part: "widget", role: "search", "aria-label": t.text("searchLabel") },
    el("slot", { name: "header" }),
    el("div", { class: "line-of-box" }, box.box, closeModal),
    el("div", { class: "under" }, ...options.status, box.list),
    body,
    start,
    el("slot", { name: "footer" }),
  );
  modal?.append(widget);
  const trigger = modal && modalTrigger(t, events.open);
  const sheet = el("dialog", { class: "sheet", part: "reader" });
  closeOnBackdrop(sheet);
  const top = [trigger, modal ?? widget, drawer.dialog, sheet].filter((part) => part !== null);
  return {
    top,
    box,
    filters,
    apply: drawer.apply,
    sort,
    found,
    chosen,
    said,
    plot,
    list,
    more,
    saving,
    body,
    start,
    modal,
    sheet,
  };
}

/**
 * The filters stand beside the results where there is room, and in a drawer that a button opens elsewhere.
 * @param {Translator} t
 * @param {HTMLElement} filters
 */
function filterDrawer(t, filters) {
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

/**
 * A labelled `<select>`.
 * @template {string} Value
 * @param {string} label
 * @param {Record<Value, string>} texts
 * @param {Value} chosen
 * @param {(value: Value) => void} changed
 */
function choice(label, texts, chosen, changed) {
  const options = Object.entries(texts).map(([value, text]) =>
    el("option", { value }, String(text)),
  );
  const onchange = () => changed(/** @type {Value} */ (select.value));
  const select = el("select", { "aria-label": label, title: label, onchange }, ...options);
  select.value = chosen;
  return select;
}

/** @param {Translator} t @param {(kind: "csv" | "json") => void} save */
function saveButtons(t, save) {
  const as = (/** @type {"csv" | "json"} */ kind) =>
    el("button", { class: "quiet", onclick: () => save(kind) }, kind.toUpperCase());
  return el("p", { class: "saving" }, t.text("export"), as("csv"), as("json"));
}

/** @param {Translator} t */
function modalDialog(t) {
  const modal = el("dialog", {
    class: "modal",
    part: "dialog",
    "aria-label": t.text("searchLabel"),
  });
  closeOnBackdrop(modal);
  return modal;
}

/** @param {Translator} t @param {() => void} open */
function modalTrigger(t, open) {
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
function closeOnBackdrop(dialog) {
  dialog.addEventListener("click", (event) => {
    if (event.target !== dialog) return;
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    const { clientX: x, clientY: y } = event;
    if (x < left || x > right || y < top || y > bottom) dialog.close();
  });
}
