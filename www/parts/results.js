/** The results: a card for each turn, or a line for each match (keyword in context). */

import { el, factsRow, webAddress } from "./dom.js";
import { avatar } from "./people.js";
import { ownText, position, quotation } from "./quote.js";
import { marked, paragraphs, timeCode } from "./text.js";

/** @import { Hit, Meeting, Rule, Turn } from "../engine.js" */
/** @import { TurnSearch } from "../client.js" */
/** @import { Translator } from "../i18n.js" */

/**
 * What a result needs from the element that shows it.
 * @typedef {object} ResultContext
 * @property {TurnSearch} turns
 * @property {Translator} t
 * @property {(turns: number[]) => Promise<Uint32Array[]>} marks matches of the present query in turns
 * @property {(turn: Turn) => string | null} href fragment that leads to a turn, null when the page has no such links
 * @property {(turn: Turn) => void} open
 * @property {(text: string) => void} announce
 */

/** @typedef {"list" | "groups" | "lines"} View */

/** Characters on each side of a match in the view of lines; more than any screen shows. */
const LINE_CONTEXT = 60;

/** What a card says about a turn that was not found word for word. */
const RULES = /** @type {const} */ ({ words: "byWords", fuzzy: "byFuzzy", pinyin: "byPinyin" });

/** Milliseconds for which a button says that it has copied. */
const COPIED_MS = 1600;

/**
 * @param {ResultContext} context
 * @param {Hit[]} hits
 * @param {View} view
 * @param {number | null} lastMeeting meeting of the hit before these, so that a group goes on without a new heading
 * @returns {Promise<HTMLLIElement[]>}
 */
export async function results(context, hits, view, lastMeeting) {
  const marks = view === "lines" ? await context.marks(hits.map(({ turn }) => turn)) : [];
  const made = [];
  let last = lastMeeting;
  for (const [at, hit] of hits.entries()) {
    const turn = context.turns.turn(hit.turn);
    const meeting = /** @type {Meeting} */ (context.turns.meeting(turn.meeting));
    if (view !== "list" && last !== meeting.id) made.push(groupHeading(context, meeting));
    last = meeting.id;
    if (view === "lines") made.push(...lines(context, turn, meeting, marks[at]));
    else made.push(card(context, hit, turn, meeting, view === "groups"));
  }
  return made;
}

/** @param {ResultContext} context @param {Meeting} meeting */
function groupHeading({ t }, meeting) {
  const day = meeting.date && el("span", { class: "day" }, t.date(meeting.date));
  return el(
    "li",
    { class: "group" },
    el("h3", { dir: "auto", lang: meeting.language }, meeting.title),
    day,
  );
}

/**
 * @param {ResultContext} context
 * @param {Hit} hit
 * @param {Turn} turn
 * @param {Meeting} meeting
 * @param {boolean} grouped the meeting's title stands above already
 */
function card(context, hit, turn, meeting, grouped) {
  const { turns, t } = context;
  const { language } = meeting;
  const { text, marks, before, after } = hit.snippet;
  const snippet = el(
    "p",
    { class: "snippet", part: "snippet", lang: language, dir: "auto" },
    before && "… ",
    ...marked(text, marks),
    after && " …",
  );
  const body = el("div", { class: "words" }, snippet);
  const cut = before || after;
  const source = webAddress(meeting.url, turn);
  return el(
    "li",
    { class: "hit", part: "hit", onclick: opener(context, turn) },
    turn.speaker !== null && avatar(turn.speaker, turns.speaker(turn.speaker)?.name),
    el(
      "div",
      { class: "head" },
      el("h3", mainLink(context, turn, nameOf(context, turn, meeting), language)),
      where(t, turn, meeting, grouped, hit.matched),
    ),
    body,
    el(
      "div",
      { class: "tools" },
      cut && expander(context, turn, language, body, snippet),
      copier(context, turn, body),
      source && el("a", { class: "quiet", href: source }, t.text("source")),
    ),
  );
}

/**
 * A press on the text of a card opens it, unless the reader is selecting words or presses something else.
 * @param {ResultContext} context
 * @param {Turn} turn
 */
function opener(context, turn) {
  return (/** @type {MouseEvent} */ { target, currentTarget, button }) => {
    const pressed = target instanceof Element && target.closest("a, button");
    const item = /** @type {HTMLElement} */ (currentTarget);
    if (button === 0 && !pressed && !selectedIn(item)) context.open(turn);
  };
}

/**
 * @param {ResultContext} context
 * @param {Turn} turn
 * @param {Meeting} meeting
 */
function nameOf({ turns, t }, turn, meeting) {
  const heading = turn.heading.join(" › ");
  if (meeting.kind === "document") return heading || meeting.title;
  return turns.speaker(turn.speaker)?.name ?? t.text("unnamed");
}

/**
 * What opens a turn: a link, or where the page has no links to turns, a button.
 * @param {ResultContext} context
 * @param {Turn} turn
 * @param {string} text
 * @param {string | null} language
 */
export function mainLink(context, turn, text, language) {
  const href = context.href(turn);
  const attributes = {
    class: "main",
    dir: "auto",
    lang: language,
    onclick: (/** @type {MouseEvent} */ event) => follow(event),
  };
  /** @param {MouseEvent} event */
  const follow = (event) => {
    // With a modifier the browser opens the link elsewhere.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    context.open(turn);
  };
  return href ? el("a", { href, ...attributes }, text) : el("button", attributes, text);
}

/**
 * @param {Translator} t
 * @param {Turn} turn
 * @param {Meeting} meeting
 * @param {boolean} grouped
 * @param {Rule} rule
 */
function where(t, turn, meeting, grouped, rule) {
  return factsRow(
    !grouped && el("span", { class: "title", dir: "auto", lang: meeting.language }, meeting.title),
    !grouped && meeting.date && el("time", { datetime: meeting.date }, t.date(meeting.date)),
    position(t, turn.n, meeting),
    turn.startMs !== null && timeCode(turn.startMs),
    rule !== "exact" && el("span", { class: "rule" }, t.text(RULES[rule])),
  );
}

/**
 * Shows the whole turn and the ones around it in place of the snippet.
 * @param {ResultContext} context
 * @param {Turn} turn
 * @param {string | null} language
 * @param {HTMLElement} body
 * @param {HTMLElement} snippet
 */
function expander(context, turn, language, body, snippet) {
  const { t } = context;
  const button = el(
    "button",
    { class: "quiet", "aria-expanded": "false", onclick: () => void toggle() },
    t.text("wholeTurn"),
  );
  let open = false;
  const toggle = async () => {
    open = !open;
    button.setAttribute("aria-expanded", String(open));
    button.textContent = t.text(open ? "lessTurn" : "wholeTurn");
    const [marks] = open ? await context.marks([turn.id]) : [];
    if (!open) body.replaceChildren(snippet);
    else if (marks) {
      const whole = paragraphs(turn, marks, language);
      const parts = [neighbour(context, turn, -1), ...whole, neighbour(context, turn, 1)];
      body.replaceChildren(...parts.filter((part) => part !== null));
    }
  };
  return button;
}

/**
 * The turn before or after, short, to see what was answered or asked.
 * @param {ResultContext} context
 * @param {Turn} turn
 * @param {-1 | 1} step
 */
function neighbour({ turns, t }, turn, step) {
  const meeting = turns.meeting(turn.meeting);
  const n = turn.n + step;
  if (!meeting || n < 1 || n > meeting.turns) return null;
  const other = turns.turn(turn.id + step);
  const name = turns.speaker(other.speaker)?.name ?? other.heading.at(-1);
  const label = el("span", { class: "label" }, t.text(step < 0 ? "before" : "after"));
  const who = name && el("b", { dir: "auto" }, name);
  return el(
    "p",
    { class: "neighbour", lang: meeting.language, dir: "auto" },
    label,
    " ",
    who,
    who && " ",
    ownText(other),
  );
}

/**
 * @param {ResultContext} context
 * @param {Turn} turn
 * @param {HTMLElement} body
 */
function copier(context, turn, body) {
  const { t, turns, announce } = context;
  const label = el("span", t.text("copy"));
  const copy = async () => {
    const href = context.href(turn);
    const link = href && new URL(href, location.href).href;
    const done = await copyText(quotation(turns, t, turn, { selected: selectedIn(body), link }));
    label.textContent = t.text(done ? "copied" : "notCopied");
    announce(label.textContent);
    setTimeout(() => (label.textContent = t.text("copy")), COPIED_MS);
  };
  return el("button", { class: "quiet", onclick: copy }, label);
}

/** @param {string} text */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // refused, or not a secure context
  }
}

/**
 * What the reader has selected, if it lies in the element.
 * @param {HTMLElement} element
 */
export function selectedIn(element) {
  const root = element.getRootNode();
  // Chromium keeps a selection per shadow root; elsewhere the document's one reaches into it.
  const scope = /** @type {{ getSelection?: () => Selection | null }} */ (root);
  const selection = scope.getSelection?.() ?? document.getSelection();
  const inside = selection && !selection.isCollapsed && element.contains(selection.anchorNode);
  return inside ? selection.toString().trim() : "";
}

/**
 * A line for each match, the match in the middle column.
 * @param {ResultContext} context
 * @param {Turn} turn
 * @param {Meeting} meeting
 * @param {Uint32Array} marks
 */
function lines(context, turn, meeting, marks) {
  const { language } = meeting;
  const flat = turn.text.replaceAll("\n", " ");
  const made = [];
  for (let pair = 0; pair + 1 < marks.length; pair += 2) {
    const [from, to] = [marks[pair], marks[pair + 1]];
    const line = el(
      "span",
      { class: "kwic", lang: language },
      el("span", { class: "left" }, el("bdi", flat.slice(Math.max(0, from - LINE_CONTEXT), from))),
      el("mark", flat.slice(from, to)),
      el("span", { class: "right" }, el("bdi", flat.slice(to, to + LINE_CONTEXT))),
    );
    const name = mainLink(context, turn, nameOf(context, turn, meeting), language);
    const attributes = { class: "line", part: "line", onclick: opener(context, turn) };
    made.push(el("li", attributes, name, line));
  }
  return made;
}
