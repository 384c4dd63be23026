/** The recording of a meeting whose turns have times. Tells `reach` with the id of the turn that is spoken, or null. */

import { el, webAddress } from "./dom.js";
import { tell } from "./tell.js";

/** @import { Meeting, Turn } from "../types/turnsearch.js" */

const VIDEO = /\.(?:mp4|m4v|webm|ogv|mov)$/i;

/**
 * @param {Meeting} meeting
 * @param {Turn[]} turns of the meeting
 * @returns {HTMLMediaElement | null} null without a recording or times
 */
export function player(meeting, turns) {
  const address = webAddress(meeting.media);
  const timed = turns.filter(({ startMs }) => startMs !== null);
  if (!address || timed.length === 0) return null;
  const tag = /** @type {"audio"} */ (VIDEO.test(new URL(address).pathname) ? "video" : "audio");
  const element = el(tag, {
    src: address,
    controls: true,
    preload: "none",
    "aria-label": meeting.title,
    ontimeupdate: () => {
      const now = element.currentTime * 1000;
      const spoken = timed.findLast(({ startMs }) => (startMs ?? 0) <= now);
      tell(element, "reach", element.paused ? null : spoken?.id);
    },
  });
  return element;
}

/** @param {HTMLMediaElement} media @param {Turn} turn */
export function play(media, turn) {
  media.currentTime = (turn.startMs ?? 0) / 1000;
  // A refusal shows in the player itself.
  media.play().catch(() => undefined);
}
