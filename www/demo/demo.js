/** The demo page's own control: the language of the interface. */

const select = /** @type {HTMLSelectElement} */ (document.getElementById("language"));

select.addEventListener("change", () => {
  for (const element of document.querySelectorAll("turn-search, turn-reader"))
    element.setAttribute("lang", select.value);
});
