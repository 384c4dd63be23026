/**
 * The dispersion plot: one strip for each meeting, from its start to its end, with a tick for each
 * match.
 *
 * A strip is a slider over its matches: arrows go from one to the next and say who speaks there,
 * Enter opens it; a pointer shows the nearest match and a press opens it. The caption of every
 * strip says the number in words.
 */

import { beginning, el, svg } from "./dom.js";
import { around, position } from "./quote.js";

/** @import { Dispersion, Meeting, Turn } from "../types/turnsearch.js" */
/** @import { Context } from "./link.js" */

/** Width of the drawing; it is stretched to the width of the strip. */
const WIDTH = 1000;

/** Strips that are shown at first. */
const STRIPS = 6;

/** Characters of a turn in the balloon. */
const PREVIEW = 48;

/** @param {Context} context @param {Dispersion[]} dispersion */
export function dispersionPlot(context, dispersion) {
  const { t } = context;
  const rest = t.text("allStrips", { n: dispersion.length - STRIPS });
  return el(
    "section",
    { class: "plot", part: "plot", "aria-label": t.text("where") },
    ...beginning("strips", dispersion, (row) => strip(context, row), STRIPS, rest),
  );
}

/** @param {Context} context @param {Dispersion} row */
function strip(context, { meeting: id, positions, turns }) {
  const { t } = context;
  const meeting = /** @type {Meeting} */ (context.archive.meeting(id));

  const cursor = svg("path", { class: "cursor" });
  const drawing = svg(
    "svg",
    { viewBox: `0 0 ${WIDTH} 16`, preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("path", { class: "ticks", d: ticks(positions) }),
    cursor,
  );
  const balloon = el("div", {
    class: "balloon",
    dir: "auto",
    lang: meeting.language,
    hidden: true,
  });
  const hide = () => {
    cursor.setAttribute("d", "");
    balloon.hidden = true;
  };
  const slider = el(
    "div",
    {
      class: "strip",
      role: "slider",
      tabindex: 0,
      "aria-label": t.text("whereRow", { title: meeting.title, n: turns.length }),
      "aria-description": t.text("whereKeys"),
      "aria-valuemin": 1,
      "aria-valuemax": turns.length,
      onfocus: () => slider.matches(":focus-visible") && show(),
      onblur: hide,
      onpointermove: (/** @type {PointerEvent} */ event) => {
        point(event);
        show();
      },
      onpointerleave: hide,
      onclick: (/** @type {MouseEvent} */ event) => {
        point(event);
        open();
      },
      onkeydown: (/** @type {KeyboardEvent} */ event) => press(event),
    },
    drawing,
    balloon,
  );

  let at = 0;
  /** @param {number} index */
  const choose = async (index) => {
    const chosen = (at = Math.min(Math.max(index, 0), turns.length - 1));
    slider.setAttribute("aria-valuenow", String(at + 1));
    // The matches of a turn stand side by side.
    const occurrence = at - turns.indexOf(turns[at]);
    const turn = context.archive.turn(turns[at]);
    const text = await describe(context, turn, meeting, occurrence);
    if (chosen !== at) return;
    slider.setAttribute("aria-valuetext", text);
    balloon.textContent = text;
  };
  const show = () => {
    const x = positions[at];
    cursor.setAttribute("d", ticks([x]));
    balloon.hidden = false;
    // The balloon hangs from the match, and leans inwards near the ends.
    balloon.style.setProperty("--x", `${(x * 100).toFixed(1)}%`);
  };
  const open = () => context.open(context.archive.turn(turns[at]));
  void choose(0);

  /** @param {MouseEvent} event */
  const point = ({ clientX }) => {
    const { left, width } = slider.getBoundingClientRect();
    void choose(nearest(positions, (clientX - left) / width));
  };
  /** @param {KeyboardEvent} event */
  const press = (event) => {
    /** Keys of a slider. @type {Record<string, number>} */
    const goals = {
      ArrowRight: at + 1,
      ArrowUp: at + 1,
      ArrowLeft: at - 1,
      ArrowDown: at - 1,
      PageUp: at + 10,
      PageDown: at - 10,
      Home: 0,
      End: turns.length,
    };
    if (event.key === "Enter" || event.key === " ") open();
    else if (event.key in goals) {
      void choose(goals[event.key]);
      show();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const caption = el(
    "span",
    { class: "caption", "aria-hidden": "true" },
    el("span", { class: "title", dir: "auto", lang: meeting.language }, meeting.title),
    el("span", { class: "count" }, t.number(turns.length)),
  );
  return el("li", caption, slider);
}

/** @param {ArrayLike<number>} positions */
function ticks(positions) {
  return Array.from(positions, (x) => `M${(x * WIDTH).toFixed(1)} 1V15`).join("");
}

/**
 * @param {Float32Array} positions ascending
 * @param {number} x
 */
function nearest(positions, x) {
  let best = 0;
  for (let index = 1; index < positions.length; index++) {
    if (Math.abs(positions[index] - x) < Math.abs(positions[best] - x)) best = index;
  }
  return best;
}

/**
 * @param {Context} context
 * @param {Turn} turn
 * @param {Meeting} meeting
 * @param {number} occurrence which match in the turn, from 0
 */
async function describe({ archive, t, marks }, turn, meeting, occurrence) {
  const who = archive.speaker(turn.speaker)?.name ?? turn.heading.at(-1) ?? t.text("unnamed");
  const [[said], [places]] = await Promise.all([archive.texts([turn.id]), marks([turn.id])]);
  const [text, match] = around(said, places[2 * occurrence] ?? 0);
  const start = Math.max(0, match - PREVIEW / 4);
  const words = text.slice(start, start + PREVIEW).replaceAll("\n", " ");
  return `${who} (${position(t, turn.n, meeting)}): ${start ? "…" : ""}${words}…`;
}
