/** What an element says while its collection is on the way, and when it does not come. */

import { worded } from "../i18n.js";
import { el } from "./dom.js";

/** @import { Progress } from "../types/turnsearch.js" */
/** @import { Translator } from "../i18n.js" */

/** @param {Translator} t */
export function unsupported(t) {
  return el("slot", { name: "unsupported" }, t.text("unsupported"));
}

/** @param {Translator} t */
export function loading(t) {
  const bar = el("progress");
  const label = el("span", t.text("loading"));
  return {
    element: el("label", { class: "loading" }, bar, label),
    /** @param {Progress} progress */
    progress({ loaded, total }) {
      if (total) bar.value = loaded / total;
      label.textContent = `${t.text("loading")} ${t.number(Math.round(loaded / 1000))} kB`;
    },
  };
}

/**
 * @param {Translator} t
 * @param {Error} error
 * @param {() => void} again
 */
export function failure(t, error, again) {
  const reason = el("p", { class: "reason", dir: "auto" });
  void worded(error, t.language).then((words) => reason.append(words));
  return el(
    "div",
    { class: "failure", role: "alert" },
    el("p", t.text("failed")),
    reason,
    el("button", { class: "plain", onclick: again }, t.text("retry")),
  );
}
