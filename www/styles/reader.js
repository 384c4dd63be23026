/** Styles of `<turn-reader>`. */

import { sheet } from "../parts/dom.js";

export const readerStyles = sheet(/* css */ `
:host { block-size: 100%; }
.page { display: flex; flex-direction: column; block-size: 100%; background: var(--paper); container-type: inline-size; }
.top { position: sticky; inset-block-start: 0; z-index: 1; display: grid; gap: 0.5rem; padding: 1rem 1.5rem 0.75rem; background: var(--paper); border-block-end: 1px solid var(--line); }
.line-of-title { display: grid; gap: 0.25rem; }
.close { justify-self: start; margin-inline-start: -0.2rem; }
h2 { font-size: 1.25rem; font-weight: 600; line-height: 1.35; text-wrap: balance; }
.bar { display: flex; align-items: center; gap: 0.5rem; }
.find { max-inline-size: 20rem; }
.stepper { display: inline-flex; align-items: center; gap: 0.125rem; margin-inline-start: auto; }
.stepper .count { min-inline-size: 4.5rem; text-align: center; color: var(--soft); font-size: 0.8125rem; }
audio, video { inline-size: 100%; max-block-size: 12rem; }

.scroll { flex: 1; min-block-size: 0; overflow: auto; padding: 0.75rem 1.5rem 4rem; outline: 0; }
.chunk { margin-inline: -0.75rem; content-visibility: auto; contain-intrinsic-block-size: auto calc(var(--lines) * 1.9rem); }
.turn { display: grid; gap: 0.25rem 0.875rem; grid-template-columns: 2.25rem minmax(0, 1fr); padding: 0.875rem 0.75rem; border-radius: var(--radius); scroll-margin-block: 12rem 2rem; outline-offset: -2px; }
.turn > header { display: contents; }
.turn .name { grid-column: 2; grid-row: 1; align-self: center; padding-inline-end: 3rem; font-weight: 600; color: light-dark(oklch(38% 0.07 var(--hue, 90)), oklch(88% 0.06 var(--hue, 90))); }
.turn .avatar { grid-row: 1; }
.turn > .words { grid-column: 2; max-inline-size: 42em; line-height: 1.9; }
.turn .number, .turn .time { grid-row: 1; grid-column: 2; justify-self: end; align-self: center; min-inline-size: 1.5rem; text-align: end; color: var(--soft); font-size: 0.75rem; text-decoration: none; }
.turn .time { margin-inline-end: 2.25rem; }
.turn a.number { padding-block: 0.25rem; }
.turn a.number:hover { color: var(--accent); text-decoration: underline; }
.turn.current { background: var(--raised); }
.turn.followed { box-shadow: inset 3px 0 0 light-dark(oklch(64% 0.1 var(--hue, 90)), oklch(68% 0.1 var(--hue, 90))); }
.turn.playing { box-shadow: inset 3px 0 0 var(--accent); }
mark.current { outline: 2px solid var(--accent); outline-offset: 1px; }
.turn.section { grid-template-columns: minmax(0, 1fr); }
.turn.section .words { grid-column: 1; grid-row: 1; }
.turn.section .number { grid-column: 1; align-self: start; }
.section .heading { padding-inline-end: 2.5rem; line-height: 1.5; text-wrap: balance; }
.section h3 { font-size: 1.25rem; }

.who-spoke { margin-block-end: 0.5rem; font-size: 0.875rem; }
.who-spoke summary { padding-block: 0.375rem; color: var(--soft); cursor: pointer; }
.shares { display: grid; gap: 0.125rem; padding-block: 0.25rem 0.75rem; }
.shares button { display: grid; grid-template-columns: 1.75rem minmax(0, 10rem) minmax(3rem, 1fr) auto; align-items: center; gap: 0.75rem; inline-size: 100%; padding: 0.25rem 0.5rem; border-radius: 0.375rem; }
.shares button:hover, .shares button[aria-pressed="true"] { background: var(--raised); }
.shares .avatar { inline-size: 1.75rem; block-size: 1.75rem; font-size: 0.625rem; }
.shares .bar { display: block; inline-size: 100%; block-size: 0.5rem; }
.shares .share { color: var(--soft); font-size: 0.8125rem; white-space: nowrap; }
.missing { padding: 1.5rem; }

@container (inline-size < 30rem) {
  .top, .scroll { padding-inline: 1rem; }
  .turn > .words { grid-column: 1 / -1; }
  .shares button { grid-template-columns: 1.75rem minmax(0, 1fr) auto; }
  .shares .bar { display: none; }
}
@media (forced-colors: active) {
  .turn.current { outline: 1px solid Highlight; }
  .bar rect { fill: CanvasText; }
}
@media print {
  .close, .bar, .who-spoke, audio, video { display: none; }
  .top { position: static; padding-inline: 0; }
  .page, .scroll { display: block; overflow: visible; block-size: auto; padding-inline: 0; }
  .chunk { content-visibility: visible; }
  .turn { display: block; break-inside: auto; padding-inline: 0; margin-inline: 0; }
  .turn .avatar { display: none; }
  .turn .name { break-after: avoid; display: inline; }
  .turn.current { background: none; }
}
`);
