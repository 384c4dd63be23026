/**
 * What both elements share: the custom properties that a page can set, type for Chinese and Latin,
 * buttons.
 *
 * The colours follow the `color-scheme` of the page (or the `theme` attribute) through
 * `light-dark()`.
 */

import { sheet } from "../parts/dom.js";

export const base = sheet(/* css */ `
:host {
  --ink: var(--turns-ink, light-dark(#1d1c1a, #e9e6df));
  --soft: var(--turns-soft, light-dark(#625d55, #a9a49a));
  --line: var(--turns-line, light-dark(#e2ddd3, #3a3832));
  --paper: var(--turns-paper, light-dark(#fffefb, #1b1a17));
  --raised: var(--turns-raised, light-dark(#f5f2eb, #26241f));
  --accent: var(--turns-accent, light-dark(#0e5a6d, #86c8da));
  --mark: var(--turns-mark, light-dark(#ffe79a, #66521a));
  --radius: var(--turns-radius, 0.625rem);
  /* The system knows its fonts for each script, and lang tells it which forms of an ideograph are
     meant. */
  --sans: var(--turns-font, system-ui, sans-serif);
  /* Lines that show where a field is, which WCAG wants darker than the ones that only divide. */
  --edge: light-dark(#8d877b, #77736a);

  display: block;
}
/* Below the host, where no rule of the page can reach. */
:host > * {
  color: var(--ink);
  font: 1rem/1.6 var(--sans);
  font-style: normal;
  letter-spacing: normal;
  text-align: start;
  text-autospace: normal;
  text-spacing-trim: trim-start;
  line-break: strict;
  overflow-wrap: anywhere;
  -webkit-text-size-adjust: none;
}
:host([hidden]), [hidden] { display: none !important; }
:host([theme="light"]) { color-scheme: light; }
:host([theme="dark"]) { color-scheme: dark; }
:host([theme="auto"]) { color-scheme: light dark; }

*, ::before, ::after { box-sizing: border-box; }
h2, h3, h4, h5, p, ul, ol, dl, dd, fieldset, legend { margin: 0; padding: 0; border: 0; min-inline-size: 0; font: inherit; }
ul, ol { list-style: none; }
button, input, select { font: inherit; color: inherit; letter-spacing: inherit; }
a { color: var(--accent); text-underline-offset: 0.2em; text-decoration-thickness: 1px; }
bdi, [dir="auto"] { unicode-bidi: isolate; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }

mark {
  background: var(--mark);
  color: var(--ink);
  border-radius: 2px;
  padding-block: 0.08em;
  box-decoration-break: clone;
  -webkit-box-decoration-break: clone;
}
.icon { inline-size: 1em; block-size: 1em; flex: none; fill: none; stroke: currentColor; stroke-width: 1.4; stroke-linecap: round; stroke-linejoin: round; }
.spoken { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

button { cursor: pointer; background: none; border: 0; padding: 0; text-align: start; }
button:disabled { cursor: default; opacity: 0.4; }
.tool { display: inline-grid; place-content: center; inline-size: 2rem; block-size: 2rem; border-radius: 50%; color: var(--soft); }
.quiet { display: inline-flex; align-items: center; gap: 0.35em; min-block-size: 1.75rem; color: var(--soft); font-size: 0.8125rem; border-radius: 0.25rem; }
.plain, .primary { display: inline-flex; align-items: center; justify-content: center; gap: 0.4em; min-block-size: 2.25rem; padding: 0.25rem 0.9rem; border: 1px solid var(--line); border-radius: var(--radius); background: var(--paper); font-size: 0.875rem; }
.primary { background: var(--accent); border-color: var(--accent); color: var(--paper); }

.avatar {
  display: inline-grid; place-content: center; flex: none;
  inline-size: 2.25rem; block-size: 2.25rem; border-radius: 50%;
  font-size: 0.75rem; font-weight: 600; line-height: 1; letter-spacing: 0; text-spacing-trim: normal;
  background: light-dark(oklch(92% 0.045 var(--hue, 90)), oklch(35% 0.055 var(--hue, 90)));
  color: light-dark(oklch(38% 0.07 var(--hue, 90)), oklch(88% 0.06 var(--hue, 90)));
}
.bar rect { fill: light-dark(oklch(64% 0.1 var(--hue, 90)), oklch(68% 0.1 var(--hue, 90))); }

.where { display: flex; flex-wrap: wrap; column-gap: 0.5em; color: var(--soft); font-size: 0.8125rem; line-height: 1.5; }
.where > :not(:last-child)::after { content: "·"; margin-inline-start: 0.5em; }

.find { flex: 1; inline-size: 100%; min-inline-size: 0; block-size: 2.25rem; padding-inline: 0.75rem; border: 1px solid var(--edge); border-radius: var(--radius); background: var(--paper); font-size: 0.875rem; }
.words p + p { margin-block-start: 0.75em; }
.heading { font-weight: 600; }
.event { margin-inline: 0.25em; padding: 0.05em 0.5em; border: 1px solid var(--line); border-radius: 1em; color: var(--soft); font-size: 0.8125em; }

.loading { display: flex; align-items: center; gap: 0.75rem; color: var(--soft); font-size: 0.875rem; }
progress { accent-color: var(--accent); }
.failure { display: grid; gap: 0.5rem; justify-items: start; padding: 1rem; border: 1px solid var(--line); border-radius: var(--radius); }
.reason { color: var(--soft); font-size: 0.875rem; }

dialog { color: var(--ink); background: var(--paper); border: 1px solid var(--line); padding: 0; overscroll-behavior: contain; }
dialog::backdrop { background: #0006; }

@media (forced-colors: active) {
  mark { background: Mark; color: MarkText; forced-color-adjust: none; }
  .avatar, .plain, .primary { border: 1px solid ButtonBorder; }
}
`);
