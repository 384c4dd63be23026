/** What stands there besides results: the meetings before a search, how to search, and how the query was understood. */

import { beginning, el, factsRow } from "./dom.js";
import { mainLink } from "./link.js";
import { size } from "./quote.js";

/** @import { Answer, Meeting } from "../types/turnsearch.js" */
/** @import { Translator } from "../i18n.js" */
/** @import { Context } from "./link.js" */

/** Meetings that are listed at first. */
const LATEST = 10;

/**
 * The meetings of the collection, latest first, each leading to its first turn.
 * @param {Context} context
 */
export function meetingList(context) {
  const { archive, t } = context;
  const { meetings, turns, speakers } = archive.collection;
  const latestFirst = [...meetings].sort((a, b) => (b.date ?? "").localeCompare(a.date ?? ""));
  const row = (/** @type {Meeting} */ meeting) => {
    const first = archive.turn(meeting.firstTurn);
    return el(
      "li",
      mainLink(context, first, meeting.title, meeting.language),
      factsRow(meeting.date && t.date(meeting.date), meeting.place, size(t, meeting)),
    );
  };
  const totals = t.text("collection", {
    turns,
    meetings: meetings.length,
    speakers: speakers.length,
  });
  const all = t.text("allOf", { n: meetings.length });
  return el(
    "div",
    { class: "collection" },
    el("p", { class: "totals" }, totals),
    ...beginning("meetings", latestFirst, row, LATEST, all),
  );
}

/** @param {Translator} t */
export function helpTable(t) {
  const [one, two] = [t.text("helpExample"), t.text("helpExample2")];
  const forms = [
    [`${one} ${two}`, t.text("helpAnd")],
    [`"${one}"`, t.text("helpPhrase")],
    [`${one} -${two}`, t.text("helpNot")],
    [`${one} OR ${two}`, t.text("helpOr")],
    ["speaker:…", t.text("helpSpeaker")],
    ["meeting:…", t.text("helpMeeting")],
    ["after:2019 before:2020-06-30", t.text("helpDate")],
  ];
  const rows = forms.map(([form, meaning]) =>
    el("div", el("dt", el("code", form)), el("dd", meaning)),
  );
  return el("details", { class: "help" }, el("summary", t.text("help")), el("dl", ...rows));
}

/**
 * By which rule the turns were found, when it is not the plain one.
 * @param {Translator} t
 * @param {Answer} answer
 * @param {(query: string) => void} search
 * @returns {HTMLElement[]}
 */
export function notes(t, answer, search) {
  const rules = /** @type {const} */ ({
    apart: "noteApart",
    joined: "noteJoined",
    words: "ruleWords",
    fuzzy: "ruleFuzzy",
    pinyin: "rulePinyin",
  });
  if (answer.total === 0) return [];
  return answer.notes.map(({ kind, terms, more }) => {
    const text = t.text(rules[kind], { terms: t.list(terms), n: more });
    const note = el("p", { class: "note", dir: "auto" }, text);
    if (kind === "joined" && more > 0) {
      // Quoted, the sides of a blank are parts of their own that may stand apart.
      const sides = terms.flatMap((term) => term.split(/\s+/));
      const apart = sides.map((side) => `"${side}"`).join(" ");
      const attributes = { class: "quiet", onclick: () => search(apart) };
      note.append(" ", el("button", attributes, t.text("showThem")));
    }
    return note;
  });
}
