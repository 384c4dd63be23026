/**
 * Optional: after the first visit the page works without a network.
 *
 * ```html
 * <script src="turnsearch-offline.js" defer></script>
 * ```
 *
 * The file plays two parts. In the page it registers itself as a service worker, and tells it what
 * the page has loaded.
 * As the worker it keeps these files, asks the network first, and gives what it has kept when the
 * network does not answer. So nobody sees an old page who is online, and the files of one visit fit
 * each other.
 * It works for the pages in its own folder and below.
 */
"use strict";

(() => {
  const FAMILY = "turnsearch-offline";

  /** What is kept in another form than this version's is thrown away. */
  const CACHE = `${FAMILY}-1`;

  const own = /** @type {HTMLScriptElement | null} */ (globalThis.document?.currentScript);
  if (own) inPage(own.src);
  else inWorker(/** @type {any} */ (globalThis));

  /** @param {string} address of this file */
  async function inPage(address) {
    // Missing in old browsers, and where the page is not served securely.
    if (!navigator.serviceWorker) return;
    const { trustedTypes } = /** @type {any} */ (globalThis);
    const policy = trustedTypes?.createPolicy(FAMILY, { createScriptURL: () => address });
    try {
      const { scope } = await navigator.serviceWorker.register(
        policy?.createScriptURL("") ?? address,
      );
      if (!location.href.startsWith(scope)) {
        console.warn(`${address} works below ${scope} only: put it beside the page, or above`);
        return;
      }
      const { active } = await navigator.serviceWorker.ready;
      active?.postMessage([location.href]);
      const told = new PerformanceObserver((list) =>
        active?.postMessage(list.getEntries().map(({ name }) => name)),
      );
      told.observe({ type: "resource", buffered: true });
    } catch (error) {
      console.warn(`${address}: the page will not work offline:`, error);
    }
  }

  /** @param {any} worker the global scope */
  function inWorker(worker) {
    worker.addEventListener("install", () => worker.skipWaiting());
    worker.addEventListener("activate", (/** @type {any} */ event) =>
      event.waitUntil(Promise.all([dropOldCaches(), worker.clients.claim()])),
    );
    worker.addEventListener("message", (/** @type {any} */ event) =>
      event.waitUntil(Promise.allSettled(event.data.filter(isOwn).map(keep))),
    );
    worker.addEventListener("fetch", (/** @type {any} */ event) => {
      const { request } = event;
      // A part of a recording is not the file.
      if (request.method !== "GET" || !isOwn(request.url) || request.headers.has("range")) return;
      event.respondWith(networkFirst(event));
    });
  }

  /** @param {string} address */
  function isOwn(address) {
    return new URL(address).origin === location.origin;
  }

  async function dropOldCaches() {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith(`${FAMILY}-`) && name !== CACHE);
    await Promise.all(old.map((name) => caches.delete(name)));
  }

  /**
   * Keeps a file that the page loaded before the worker was there.
   * @param {string} address
   */
  async function keep(address) {
    const cache = await caches.open(CACHE);
    if (!(await cache.match(address, { ignoreVary: true }))) await cache.add(address);
  }

  /**
   * The answer of the network, kept for later; without a network, the one of an earlier visit.
   * @param {{ request: Request, waitUntil: (work: Promise<unknown>) => void }} event
   */
  async function networkFirst(event) {
    const { request } = event;
    const cache = await caches.open(CACHE);
    try {
      const response = await fetch(request);
      if (response.status === 200 && !response.redirected) {
        event.waitUntil(cache.put(request, response.clone()));
      }
      return response;
    } catch (error) {
      // The query of a page's address is for its scripts.
      const how = { ignoreVary: true, ignoreSearch: request.mode === "navigate" };
      const kept = await cache.match(request, how);
      if (!kept) throw error;
      return kept;
    }
  }
})();
