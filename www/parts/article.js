/** One turn in the text of its meeting. Tells `play` with the turn, and `choose` with its id. */

import { el } from "./dom.js";
import { plainly } from "./link.js";
import { avatar, tint } from "./people.js";
import { tell } from "./tell.js";
import { paragraphs, timeCode } from "./text.js";

/** @import { Meeting, Turn, TurnSearch, TurnText } from "../types/turnsearch.js" */
/** @import { Translator } from "../i18n.js" */

/**
 * @typedef {object} ScriptContext
 * @property {TurnSearch} archive
 * @property {Translator} t
 * @property {(turn: Turn) => string | null} href
 * @property {(id: number) => ArrayLike<number>} marks pairs of offsets in the text of a turn
 */

/** Elements of a document's headings; the title of the meeting is an `h2`. */
const HEADINGS = /** @type {const} */ (["h3", "h4", "h5"]);

/**
 * @param {ScriptContext} context
 * @param {Meeting} meeting
 * @param {Turn} turn
 * @param {TurnText} text
 */
export function article(context, meeting, turn, text) {
  const { archive, t } = context;
  const isDocument = meeting.kind === "document";
  const name = archive.speaker(turn.speaker)?.name;
  const label = isDocument
    ? []
    : [
        avatar(turn.speaker, name),
        el("h3", { class: "name", dir: "auto" }, name ?? t.text("unnamed")),
      ];
  const made = el(
    "article",
    {
      class: isDocument ? "turn section" : "turn",
      tabindex: -1,
      part: "turn",
      "data-turn": turn.n,
    },
    el("header", ...label, time(t, meeting, turn), number(context, turn)),
    el("div", { class: "words" }, ...words(context, meeting, turn, text)),
  );
  return tint(made, turn.speaker);
}

/**
 * @param {ScriptContext} context
 * @param {Meeting} meeting
 * @param {Turn} turn
 * @param {TurnText} text
 */
export function words({ marks }, meeting, turn, text) {
  const tag = (/** @type {number} */ depth) => HEADINGS[Math.min(depth, 2)];
  return paragraphs(turn, text, marks(turn.id), meeting.language, tag);
}

/** @param {Translator} t @param {Meeting} meeting @param {Turn} turn */
function time(t, meeting, turn) {
  if (turn.startMs === null) return null;
  const code = timeCode(turn.startMs);
  if (!meeting.media) return el("span", { class: "time" }, code);
  const onclick = () => tell(button, "play", turn);
  const label = t.text("play", { time: code });
  const button = el("button", { class: "time", "aria-label": label, onclick }, code);
  return button;
}

/** @param {ScriptContext} context @param {Turn} turn */
function number({ t, href }, turn) {
  const address = href(turn);
  const n = String(turn.n);
  if (!address) return el("span", { class: "number", "aria-hidden": "true" }, n);
  const label = t.text("permalink", { k: turn.n });
  const onclick = plainly(() => tell(link, "choose", turn.id));
  const attributes = { class: "number", href: address, "aria-label": label, title: label, onclick };
  const link = el("a", attributes, n);
  return link;
}
