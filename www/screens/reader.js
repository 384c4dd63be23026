/** The screen of a reader: one meeting, the turn that is read in view, and every match marked. */

import { el, factsRow, icon, webAddress } from "../parts/dom.js";
import { findBar } from "../parts/find-bar.js";
import { play, player } from "../parts/player.js";
import { size } from "../parts/quote.js";
import { script } from "../parts/script.js";
import { whoSpoke } from "../parts/shares.js";
import { tell } from "../parts/tell.js";

/** @import { Arrival, Meeting, Turn, TurnSearch } from "../types/turnsearch.js" */
/** @import { Matches, Spot } from "../asking/matches.js" */
/** @import { Translator } from "../i18n.js" */

/**
 * What is read. The screen keeps it up to date, so that it can be built anew.
 * @typedef {object} Reading
 * @property {number | null} turn id of the turn in view
 * @property {string} query what is marked
 * @property {Arrival} arrival
 */

/**
 * @typedef {object} ReaderContext
 * @property {TurnSearch} archive
 * @property {Translator} t
 * @property {Node[]} status announcements and the state of loading
 * @property {(turn: Turn) => string | null} href
 */

/** How a match comes into view that is stepped to. @type {Arrival} */
const STEP = { focus: false, scroll: true };

/**
 * Its parts tell the page what a person does; the page tells `leave`, and `chosen` with the id of a turn.
 * @param {ReaderContext} context
 * @param {Meeting} meeting
 * @param {Matches} matches
 * @param {Reading} reading
 */
export function readerScreen({ archive, t, status, href }, meeting, matches, reading) {
  /** Speaker whose turns are stepped through, instead of matches. @type {number | null | undefined} */
  let following;
  const ids = Array.from({ length: meeting.turns }, (_, index) => meeting.firstTurn + index);
  const turns = ids.map((id) => archive.turn(id));
  const bar = findBar(t, reading.query);
  const who = meeting.kind === "document" ? null : whoSpoke(archive, t, turns);
  const media = player(meeting, turns);
  const marks = (/** @type {number} */ id) => matches.marks(id);
  const text = script({ archive, t, href, marks }, meeting, turns);

  const showCount = () => bar.show(matches.index, matches.length, reading.query);
  /** @param {Spot} spot @param {Arrival} arrival */
  const arrive = (spot, arrival) => {
    reading.turn = spot.turn;
    showCount();
    return text.goTo(spot, arrival);
  };
  /** Brings a turn into view. @param {number} id */
  const goTo = (id) => arrive(matches.at(id) ?? { turn: id, match: null }, reading.arrival);
  /** @param {-1 | 1} direction */
  const step = (direction) => {
    const spot = matches.step(direction);
    if (!spot) return;
    void arrive(spot, STEP);
    tell(page, "chosen", spot.turn);
  };
  /** @param {string} query */
  const find = async (query) => {
    reading.query = query;
    following = undefined;
    who?.press(undefined);
    const before = matches.found;
    if (!(await matches.find(query))) return;
    await text.refresh(new Set([...before, ...matches.found]));
    const near = matches.from(reading.turn ?? 0);
    if (near) await text.goTo(near, STEP);
    showCount();
  };
  /** Steps through the turns of a speaker from now on, or through the matches again. @param {number | null} speaker */
  const follow = async (speaker) => {
    following = speaker === following ? undefined : speaker;
    who?.press(following);
    text.follow(following);
    if (following === undefined) {
      await matches.find(reading.query);
      showCount();
    } else {
      matches.through(turns.filter((turn) => turn.speaker === following));
      step(1);
    }
  };
  const leave = () => tell(page, "leave");

  /** @satisfies {Record<string, (event: any) => void>} */
  const events = {
    onfind: ({ detail }) => void find(detail),
    onstep: ({ detail }) => step(detail),
    onfollow: ({ detail }) => void follow(detail),
    onreach: ({ detail }) => text.playing(detail),
    onplay: ({ detail }) => media && play(media, detail),
    onchoose: ({ detail }) => {
      reading.arrival = { focus: true, scroll: true };
      void goTo(detail);
      tell(page, "chosen", detail);
    },
    onkeydown: (event) => {
      // In the box Escape takes the text away first.
      if (event.key !== "Escape" || event.isComposing || event.target.value) return;
      event.preventDefault();
      leave();
    },
  };
  const page = el(
    "section",
    { class: "page", part: "page", "aria-label": meeting.title, ...events },
    el(
      "header",
      { class: "top" },
      el(
        "div",
        { class: "line-of-title" },
        el("button", { class: "quiet close", onclick: leave }, icon("back"), t.text("back")),
        el("h2", { dir: "auto", lang: meeting.language }, meeting.title),
      ),
      facts(t, meeting),
      media,
      bar.element,
    ),
    ...status,
    el("div", { class: "scroll", part: "text", tabindex: -1 }, who?.element, text.element),
  );
  return { page, meeting: meeting.id, goTo, stop: text.stop };
}

/** What is known of a meeting. @param {Translator} t @param {Meeting} meeting */
function facts(t, meeting) {
  const source = webAddress(meeting.url);
  const time = [meeting.time?.replace("-", "–"), meeting.zone].filter(Boolean).join(" ");
  const { language } = meeting;
  return factsRow(
    meeting.date && el("time", { datetime: meeting.date }, t.date(meeting.date)),
    time && el("span", { lang: language, dir: "auto" }, time),
    meeting.place && el("span", { lang: language, dir: "auto" }, meeting.place),
    size(t, meeting),
    source && el("a", { href: source }, t.text("source")),
  );
}
