/**
 * Measures typing on the demo page in headless Chromium: `npm run measure`, after
 * `cargo xtask build`.
 *
 * Times of a key press are those of the clock, so they want a quiet machine. The length of tasks is
 * counted in the time that the thread really had, which other work on the machine does not stretch;
 * a task is long from 50 ms on.
 */
import { browser, openPage, startServer } from "../e2e/harness.mjs";

const ROUNDS = Number(process.argv[2] ?? 5);
const QUERIES = ["多利益", "加强合作", "域名", "互联网治理", "ICANN"];

/** From this length on a task is long, in milliseconds, as in the Long Tasks API. */
const LONG_MS = 50;

/** Events that say what a task spent its time on. */
const TELLING =
  /^(?:EventDispatch|FunctionCall|UpdateLayoutTree|Layout|PrePaint|Paint|Commit|V8\.|MinorGC|MajorGC)/;

/** Servers and pages close at the end, as in a test. @type {(() => unknown)[]} */
const closing = [];
const t = /** @type {import("node:test").TestContext} */ (
  /** @type {unknown} */ ({ after: (/** @type {() => unknown} */ work) => closing.push(work) })
);

/** Puts the observers into the page, before anything else runs there. */
function observe() {
  const measured = { handled: [], painted: [], shift: 0 };
  window.measured = measured;
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries())
      if (!hadRecentInput) measured.shift += value;
  }).observe({ type: "layout-shift", buffered: true });
  let began = 0;
  addEventListener("input", () => (began = performance.now()), { capture: true });
  addEventListener("input", () => {
    const start = began;
    measured.handled.push(performance.now() - start);
    // The first task after the frame is the nearest that a page can see of the paint.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => measured.painted.push(performance.now() - start);
      port2.postMessage(null);
    });
  });
}

/** @param {number[]} list @param {number} share */
const at = (list, share) => [...list].sort((a, b) => a - b)[Math.floor(share * (list.length - 1))];

/** @param {import("playwright-core").Page} page */
async function typeAll(page) {
  const box = page.locator("#search").getByRole("combobox").first();
  for (const query of QUERIES) {
    await box.fill("");
    await box.pressSequentially(query, { delay: 60 });
  }
  await page.waitForTimeout(600);
}

/**
 * What the page's main thread did while the work went on.
 * @param {import("playwright-core").Page} page
 * @param {() => Promise<unknown>} work
 */
async function traced(page, work) {
  const session = await page.context().newCDPSession(page);
  /** @type {any[]} */
  const events = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  const ended = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
  const categories = [
    "toplevel",
    "devtools.timeline",
    "disabled-by-default-devtools.timeline",
    "v8",
  ];
  await session.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: categories },
  });
  await work();
  await session.send("Tracing.end");
  await ended;
  const main = events.find(
    ({ name, args }) => name === "thread_name" && args.name === "CrRendererMain",
  );
  return events.filter(({ pid, tid, ph }) => ph === "X" && pid === main?.pid && tid === main?.tid);
}

/** @param {any[]} events */
function tasks(events) {
  const all = events.filter(({ name }) =>
    /RunTask|RunNormalPriorityTask|ThreadControllerImpl/.test(name),
  );
  return all
    .map((task) => ({ ...task, cpu: (task.tdur ?? 0) / 1000, wall: task.dur / 1000 }))
    .sort((a, b) => b.cpu - a.cpu);
}

/** The longest things inside a task. @param {any[]} events @param {any} task */
function inside(events, { ts, dur }) {
  const parts = events.filter(
    (event) => event.ts >= ts && event.ts + event.dur <= ts + dur && TELLING.test(event.name),
  );
  return parts
    .sort((a, b) => (b.tdur ?? 0) - (a.tdur ?? 0))
    .slice(0, 5)
    .map(
      ({ name, tdur, args }) =>
        `${name}${args?.data?.type ? `(${args.data.type})` : ""} ${((tdur ?? 0) / 1000).toFixed(1)}`,
    )
    .join(", ");
}

try {
  const server = await startServer(t);
  const { page } = await openPage(t, server, { prepare: (page) => page.addInitScript(observe) });
  await page.waitForFunction(() => document.querySelector("#search")?.archive);
  await page.waitForTimeout(600);
  const loading = await page.evaluate(() => window.measured.shift);
  console.log(`layout shift while loading: ${loading.toFixed(4)}`);
  for (let round = 1; round <= ROUNDS; round++) {
    const events = await traced(page, () => typeAll(page));
    const { handled, painted } = await page.evaluate(() => ({
      handled: window.measured.handled.splice(0),
      painted: window.measured.painted.splice(0),
    }));
    const [longest, ...others] = tasks(events);
    const long = [longest, ...others].filter(({ cpu }) => cpu >= LONG_MS);
    console.log(
      `round ${round}: handled p50 ${at(handled, 0.5).toFixed(1)} p95 ${at(handled, 0.95).toFixed(1)} ms, ` +
        `painted p50 ${at(painted, 0.5).toFixed(1)} p95 ${at(painted, 0.95).toFixed(1)} ms, ` +
        `long tasks ${long.length}, longest ${longest.cpu.toFixed(1)} ms (${inside(events, longest)})`,
    );
  }
} finally {
  for (const work of closing.reverse()) await work();
  await (await browser()).close();
}
