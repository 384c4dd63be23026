/**
 * A result as a card: who, where, the words around the match, and what can be done with the turn.
 */

import { copier } from "./copier.js";
import { el, factsRow, webAddress } from "./dom.js";
import { mainLink, nameOf, opener } from "./link.js";
import { avatar } from "./people.js";
import { ownText, position } from "./quote.js";
import { marked, paragraphs, timeCode } from "./text.js";

/** @import { Hit, Meeting, Rule, Turn, TurnText } from "../types/turnsearch.js" */
/** @import { Translator } from "../i18n.js" */
/** @import { Context } from "./link.js" */

/** What a card says about a turn that was not found word for word. */
const RULES = /** @type {const} */ ({ words: "byWords", fuzzy: "byFuzzy", pinyin: "byPinyin" });

/**
 * @param {Context} context
 * @param {Hit} hit
 * @param {Turn} turn
 * @param {Meeting} meeting
 * @param {boolean} grouped the meeting's title stands above already
 */
export function card(context, hit, turn, meeting, grouped) {
  const { archive, t } = context;
  const { language } = meeting;
  const { text, marks, events, before, after } = hit.snippet;
  const snippet = el(
    "p",
    { class: "snippet", part: "snippet", lang: language, dir: "auto" },
    before && "… ",
    ...marked(text, marks, events),
    after && " …",
  );
  const body = el("div", { class: "words" }, snippet);
  const cut = before || after;
  const source = webAddress(meeting.url, turn);
  return el(
    "li",
    { class: "hit", part: "hit", onclick: opener(context, turn) },
    turn.speaker !== null && avatar(turn.speaker, archive.speaker(turn.speaker)?.name),
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
      cut && expander(context, turn, meeting, body, snippet),
      copier(context, turn, body),
      source && el("a", { class: "quiet", href: source }, t.text("source")),
    ),
  );
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
 * @param {Context} context
 * @param {Turn} turn
 * @param {Meeting} meeting
 * @param {HTMLElement} body
 * @param {HTMLElement} snippet
 */
function expander(context, turn, meeting, body, snippet) {
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
    const parts = open ? await whole(context, turn, meeting) : [snippet];
    if (open === (parts[0] !== snippet)) body.replaceChildren(...parts);
  };
  return button;
}

/**
 * The turn, after the one before and before the one after it.
 * @param {Context} context
 * @param {Turn} turn
 * @param {Meeting} meeting
 * @returns {Promise<HTMLElement[]>}
 */
async function whole(context, turn, { turns, language }) {
  const { archive } = context;
  const steps = [-1, 0, 1].filter((step) => turn.n + step >= 1 && turn.n + step <= turns);
  const [texts, [marks]] = await Promise.all([
    archive.texts(steps.map((step) => turn.id + step)),
    context.marks([turn.id]),
  ]);
  return steps.flatMap((step, at) =>
    step === 0
      ? paragraphs(turn, texts[at], marks, language)
      : neighbour(context, archive.turn(turn.id + step), texts[at], step, language),
  );
}

/**
 * The turn before or after, short, to see what was answered or asked.
 * @param {Context} context
 * @param {Turn} turn
 * @param {TurnText} text
 * @param {number} step below 0 for the one before
 * @param {string | null} language
 */
function neighbour({ archive, t }, turn, text, step, language) {
  const name = archive.speaker(turn.speaker)?.name ?? turn.heading.at(-1);
  const label = el("span", { class: "label" }, t.text(step < 0 ? "before" : "after"));
  const who = name && el("b", { dir: "auto" }, name);
  const attributes = { class: "neighbour", lang: language, dir: "auto" };
  return el("p", attributes, label, " ", who, who && " ", ownText(text));
}
