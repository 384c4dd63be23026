/** The parts of `<turn-search>` that stand from the beginning; what changes with a search goes into them. */

import { combobox } from "./combobox.js";
import { closeOnBackdrop, filterDrawer, modalDialog, modalTrigger } from "./dialogs.js";
import { el } from "./dom.js";
import { Filters } from "./filters.js";

/** @import { Sort } from "../types/turnsearch.js" */
/** @import { Translator } from "../i18n.js" */
/** @import { ComboboxEvents } from "./combobox.js" */
/** @import { FilterKind } from "../state/place.js" */
/** @import { View } from "../asking/asking.js" */

/**
 * @typedef {object} FrameOptions
 * @property {string | null} placeholder
 * @property {boolean} dialog the widget stands in a dialog that a button opens
 * @property {Sort} sort
 * @property {View} view
 * @property {FilterKind[]} kinds of filters
 * @property {Node[]} status announcements and the state of loading
 */

/**
 * @typedef {object} OwnEvents
 * @property {(kind: FilterKind, key: string, chosen: boolean) => void} filter
 * @property {(sort: Sort) => void} sort
 * @property {(view: View) => void} view
 * @property {() => void} more
 * @property {(kind: "csv" | "json") => void} save
 * @property {(event: KeyboardEvent) => void} resultKey
 * @property {() => void} open
 */

/** @typedef {ComboboxEvents & OwnEvents} FrameEvents */

/**
 * @param {Translator} t
 * @param {FrameOptions} options
 * @param {FrameEvents} events
 */
export function frame(t, options, events) {
  const box = combobox(t, options.placeholder ?? t.text("placeholder"), events);
  const filters = new Filters(t, options.kinds, events.filter);
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
    el("div", { class: "under" }, ...options.status, box.suggestions.element),
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
