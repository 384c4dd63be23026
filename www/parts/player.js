/** The recording of a meeting whose turns have times. */

import { el, webAddress } from "./dom.js";

/** @import { Meeting, Turn } from "../engine.js" */
/** @import { TurnReader } from "../turn-reader.js" */

const VIDEO = /\.(?:mp4|m4v|webm|ogv|mov)$/i;

/**
 * @param {TurnReader} reader
 * @param {Meeting} meeting
 * @param {(turn: number | null) => void} reached told which turn is being spoken
 * @returns {{ element: HTMLMediaElement, play: (turn: Turn) => void } | null} null without a recording or times
 */
export function player({ turns }, meeting, reached) {
  const address = webAddress(meeting.media);
  if (!turns || !address) return null;
  const starts = startsOf(meeting, (id) => turns.turn(id).startMs);
  if (starts.length === 0) return null;
  const tag = /** @type {"audio"} */ (VIDEO.test(new URL(address).pathname) ? "video" : "audio");
  const element = el(tag, {
    src: address,
    controls: true,
    preload: "none",
    "aria-label": meeting.title,
  });
  element.addEventListener("timeupdate", () => {
    const now = element.currentTime * 1000;
    reached(element.paused ? null : (starts.findLast(({ start }) => start <= now)?.id ?? null));
  });
  return {
    element,
    play(turn) {
      element.currentTime = (turn.startMs ?? 0) / 1000;
      // A refusal shows in the player itself.
      element.play().catch(() => undefined);
    },
  };
}

/**
 * @param {Meeting} meeting
 * @param {(id: number) => number | null} startOf
 */
function startsOf({ firstTurn, turns }, startOf) {
  const starts = [];
  for (let id = firstTurn; id < firstTurn + turns; id++) {
    const start = startOf(id);
    if (start !== null) starts.push({ id, start });
  }
  return starts;
}
