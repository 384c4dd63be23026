/** Bringing a place into view. */

/** Part of the view below which a match is too far from the start of its turn to see both. */
const FAR = 0.7;

/** Pixels above the turn in view. */
const MARGIN = 12;

/**
 * @param {HTMLElement} article
 * @param {Element | null} mark in it
 */
export function bringIntoView(article, mark) {
  const scroller = article.closest(".scroll");
  const goal = mark ?? article;
  if (!scroller || scroller.scrollHeight <= scroller.clientHeight + 1) {
    goal.scrollIntoView({ block: mark ? "center" : "start" });
    return;
  }
  // Only the reader scrolls: `scrollIntoView` would move the page around it as well.
  const { top, height } = scroller.getBoundingClientRect();
  const turnAt = article.getBoundingClientRect().top - top;
  const markAt = goal.getBoundingClientRect().top - top;
  // A match far down in a long turn is what counts, not the beginning of the turn.
  const isFar = markAt - turnAt > height * FAR;
  scroller.scrollTop += isFar ? markAt - height / 3 : turnAt - MARGIN;
}
