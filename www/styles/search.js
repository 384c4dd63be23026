/** Styles of `<turn-search>`. */

import { sheet } from "../parts/dom.js";

export const searchStyles = sheet(/* css */ `
.widget { container-type: inline-size; display: block; }

/* The box, and one row of fixed height under it, so that suggestions move nothing. */
.line-of-box { display: flex; align-items: center; gap: 0.75rem; }
.box {
  flex: 1; display: flex; align-items: center; gap: 0.625rem; min-inline-size: 0;
  padding-inline: 1rem 0.5rem; block-size: 3.25rem;
  background: var(--paper); border: 1px solid var(--edge); border-radius: var(--radius);
}
.box:focus-within { border-color: var(--accent); box-shadow: 0 0 0 3px color-mix(in oklab, var(--accent) 22%, transparent); }
.box > .icon { font-size: 1.125rem; color: var(--soft); }
.box input { flex: 1; min-inline-size: 0; block-size: 100%; padding: 0; border: 0; outline: 0; background: none; font-size: 1.125rem; appearance: none; }
.box input::placeholder { color: var(--soft); opacity: 1; }
input::-webkit-search-cancel-button { display: none; }
.under { display: flex; align-items: center; gap: 0.75rem; min-block-size: 2.75rem; padding-block: 0.375rem; }
.options { flex: 1; min-inline-size: 0; display: flex; gap: 0.375rem; block-size: 2rem; overflow-x: auto; scrollbar-width: none; padding-inline: 0.125rem; }
.options li {
  flex: none; display: flex; align-items: center; gap: 0.4em; max-inline-size: 22rem; padding-inline: 0.75rem;
  border-radius: 1rem; background: var(--raised); font-size: 0.875rem; white-space: nowrap; cursor: pointer;
}
.options bdi { overflow: hidden; text-overflow: ellipsis; }
.options .detail { color: var(--soft); font-size: 0.75rem; }
.options li[aria-selected="true"] { background: var(--accent); color: var(--paper); }
.options li[aria-selected="true"] .detail { color: inherit; }

/* Filters beside the results where there is room, else in a drawer. */
.body { display: grid; gap: 2.5rem; }
aside { display: none; }
@container (inline-size >= 52rem) {
  .meetings { display: grid; grid-template-columns: 1fr 1fr; column-gap: 2.5rem; }
  .body { grid-template-columns: 13.5rem minmax(0, 1fr); }
  aside { display: block; padding-block-start: 0.5rem; }
  .open-filters { display: none; }
}
.filters { display: grid; gap: 1.5rem; align-content: start; }
.filters fieldset { display: grid; gap: 0.25rem; }
.filters legend { padding-block-end: 0.375rem; color: var(--soft); font-size: 0.8125rem; }
.filters label { display: flex; align-items: baseline; gap: 0.5rem; padding-block: 0.1875rem; font-size: 0.875rem; line-height: 1.4; cursor: pointer; }
.filters input[type="checkbox"] { flex: none; inline-size: 1rem; block-size: 1rem; margin: 0; translate: 0 0.125rem; accent-color: var(--accent); }
.filters .name { flex: 1; min-inline-size: 0; }
.filters .count { color: var(--soft); }
.drawer { inline-size: 100%; max-inline-size: 100%; max-block-size: 85dvh; margin: auto 0 0; padding: 1.25rem 1.25rem 0; border-width: 1px 0 0; border-radius: 1rem 1rem 0 0; overflow: auto; }
.drawer .primary { position: sticky; inset-block-end: 1rem; inline-size: 100%; margin-block: 1.25rem 1rem; min-block-size: 2.75rem; }
.drawer .filters label { padding-block: 0.375rem; }

.bar { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.5rem 1rem; min-block-size: 2.25rem; }
.found { font-size: 0.9375rem; }
.controls { display: flex; flex-wrap: wrap; gap: 0.5rem; }
select { max-inline-size: 8rem; block-size: 2.25rem; padding-inline: 0.5rem; border: 1px solid var(--line); border-radius: var(--radius); background: var(--paper); font-size: 0.875rem; cursor: pointer; }
option { background: var(--paper); color: var(--ink); }
.chips { display: flex; flex-wrap: wrap; gap: 0.375rem; margin-block-start: 0.625rem; }
.chip { display: inline-flex; align-items: center; gap: 0.4em; min-block-size: 1.875rem; padding-inline: 0.75rem; border-radius: 1rem; background: var(--accent); color: var(--paper); font-size: 0.8125rem; }
.notes:not(:empty) { margin-block-start: 0.75rem; padding: 0.5rem 0.875rem; border-radius: var(--radius); background: var(--raised); font-size: 0.875rem; }
.note .quiet { color: var(--accent); text-decoration: underline; text-underline-offset: 0.2em; }

/* Where in each meeting the turns stand. */
.plot { margin-block: 0.875rem 0.5rem; }
.strips { display: grid; gap: 0.375rem; }
.strips li { display: grid; grid-template-columns: minmax(0, 15rem) minmax(0, 1fr); gap: 0.75rem; align-items: center; }
.caption { display: flex; gap: 0.5rem; color: var(--soft); font-size: 0.75rem; line-height: 1.4; }
.caption .title { flex: 1; min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.strip { position: relative; block-size: 1.5rem; cursor: pointer; touch-action: pan-y; border-radius: 0.25rem; }
.strip svg { display: block; inline-size: 100%; block-size: 100%; border-radius: inherit; background: var(--raised); overflow: visible; }
.ticks { fill: none; stroke: var(--accent); stroke-width: 1.5; vector-effect: non-scaling-stroke; }
.cursor { stroke: var(--ink); stroke-width: 3; vector-effect: non-scaling-stroke; }
.balloon {
  position: absolute; z-index: 2; inset-block-start: calc(100% + 0.375rem); inset-inline-start: var(--x, 0); translate: calc(-1 * var(--x, 0)) 0;
  inline-size: max-content; max-inline-size: min(22rem, 100%); padding: 0.375rem 0.75rem; border-radius: 0.375rem;
  background: var(--ink); color: var(--paper); font-size: 0.75rem; line-height: 1.5; pointer-events: none;
}

/* One turn each. At a key press only the ones in view are laid out: shaping Chinese text is most
   of that work.
   The room that is kept for the others holds the highest, so that nothing in them is cut off or covered. */
.hit { content-visibility: auto; contain-intrinsic-block-size: auto 24rem; display: grid; grid-template-columns: 2.25rem minmax(0, 1fr); column-gap: 0.875rem; padding-block: 1.125rem; border-block-end: 1px solid var(--line); cursor: pointer; }
.hit > :not(.avatar) { grid-column: 2; }
.hit > .avatar { grid-row: 1; }
.hit:not(:has(> .avatar)) { display: block; }
.main { color: inherit; font-weight: 600; text-decoration: none; line-height: 1.4; }
.main:hover, .hit:hover .main, .line:hover .main { color: var(--accent); }
.words { margin-block-start: 0.375rem; line-height: 1.75; }
.neighbour { padding-inline-start: 0.875rem; border-inline-start: 2px solid var(--line); color: var(--soft); font-size: 0.875rem; max-block-size: 5.25em; overflow: hidden; }
.neighbour .label { font-size: 0.75rem; }
.tools { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin-block-start: 0.25rem; }
.group { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.75rem; padding-block: 1.5rem 0.25rem; border-block-end: 1px solid var(--line); }
.group h3 { font-weight: 600; font-size: 1.0625rem; }
.group .day { color: var(--soft); font-size: 0.8125rem; }
.line { display: grid; align-items: baseline; grid-template-columns: 8rem minmax(0, 1fr); gap: 0.75rem; padding-block: 0.375rem; border-block-end: 1px solid var(--line); font-size: 0.875rem; cursor: pointer; }
.line .main { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-weight: 400; color: var(--soft); }
.kwic { display: grid; align-items: baseline; grid-template-columns: minmax(0, 1fr) auto minmax(0, 1fr); white-space: nowrap; }
.kwic .left { display: flex; justify-content: flex-end; overflow: hidden; }
.kwic .right { overflow: hidden; text-overflow: ellipsis; }
.kwic mark { max-inline-size: 12rem; overflow: hidden; text-overflow: ellipsis; }
@container (inline-size < 40rem) {
  .strips li { grid-template-columns: minmax(0, 8rem) minmax(0, 1fr); }
  .line { display: block; }
}
.more { inline-size: 100%; margin-block-start: 1rem; }
.saving { display: flex; flex-wrap: wrap; align-items: center; gap: 1rem; margin-block-start: 1rem; color: var(--soft); font-size: 0.8125rem; }

/* Before a search, and when nothing is found. */
.start { display: grid; gap: 1rem; justify-items: start; }
.start > * { max-inline-size: 100%; }
.totals { color: var(--soft); font-size: 0.875rem; }
.collection { inline-size: 100%; }
.meetings li { padding-block: 0.75rem; border-block-end: 1px solid var(--line); }
.help { font-size: 0.875rem; color: var(--soft); }
.help summary { cursor: pointer; padding-block: 0.25rem; }
.help dl { display: grid; gap: 0.375rem; margin-block-start: 0.5rem; }
.help dl div { display: grid; grid-template-columns: minmax(0, 14rem) minmax(0, 1fr); gap: 1rem; }
code { padding: 0.1em 0.4em; border-radius: 0.25rem; background: var(--raised); color: var(--ink); font: 0.8125rem/1.5 ui-monospace, monospace; }

/* The dialog that Ctrl K opens, and the sheet that shows a meeting. */
.trigger { display: inline-flex; align-items: center; gap: 0.625rem; min-block-size: 2.5rem; padding-inline: 0.875rem; border: 1px solid var(--line); border-radius: var(--radius); background: var(--paper); color: var(--soft); font-size: 0.9375rem; }
@media (hover: none) { kbd { display: none; } }
kbd { color: var(--soft); font: inherit; }
.modal { inline-size: min(46rem, 100% - 2rem); max-block-size: 86dvh; margin: 7dvh auto; padding: 1rem; border-radius: var(--radius); overflow: auto; }
.sheet { inline-size: 46rem; max-inline-size: 100%; block-size: 100dvh; max-block-size: 100dvh; margin: 0 0 0 auto; border-width: 0 0 0 1px; overflow: hidden; }
@media (width < 40rem) {
  .modal { inline-size: 100%; max-inline-size: 100%; block-size: 100dvh; max-block-size: 100dvh; margin: 0; border: 0; border-radius: 0; padding: 1rem; }
  .sheet { border: 0; }
}
@media (forced-colors: active) {
  .ticks, .cursor { stroke: CanvasText; }
  .options li, .chip { border: 1px solid ButtonBorder; }
  .options li[aria-selected="true"] { outline: 2px solid Highlight; }
}
@media print {
  .hit { content-visibility: visible; }
  .line-of-box, .under, .controls, .tools, .more, .saving, aside { display: none !important; }
}
`);
