/**
 * Searching in a worker: large packs by themselves, others where the page wants it, and none where
 * there can be no worker.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { command, openPage, startServer } from "./harness.mjs";
import { STRICT_POLICY, standIn } from "./stand-in.mjs";

const run = promisify(execFile);
const site = fileURLToPath(new URL("../../target/site", import.meta.url));

/**
 * The pack of the seeds, opened for a worker before the widget asks for it: who comes first
 * decides.
 */
const FAR = `import { TurnSearch } from "./turnsearch.js";
  await TurnSearch.open({ src: "example.turns", worker: true });
  const widget = document.createElement("turn-search");
  widget.setAttribute("src", "example.turns");
  document.body.append(widget);`;

/**
 * Opens a page whose widget has the seeds in a worker, if there can be one.
 * @param {import("node:test").TestContext} t
 * @param {object} [options]
 * @param {string | null} [options.policy]
 * @param {import("./proxy.mjs").Fault} [options.fault]
 * @param {(page: import("playwright-core").Page) => Promise<unknown>} [options.prepare] runs before
 *   the page is opened
 */
async function openFar(t, { policy, fault, prepare } = {}) {
  const server = await serveFar(t, policy, fault);
  const opened = await openPage(t, server, { path: "own.html", prepare });
  await opened.page.waitForFunction(() => document.querySelector("turn-search")?.archive);
  return { ...opened, widget: opened.page.locator("turn-search") };
}

/**
 * @param {import("node:test").TestContext} t
 * @param {string | null} [policy]
 * @param {import("./proxy.mjs").Fault} [fault]
 * @param {string} [script] of the page
 */
function serveFar(t, policy = STRICT_POLICY, fault, script = FAR) {
  const pages = { "own.html": '<script type="module" src="far.js"></script>' };
  return startServer(t, {
    fault: (path, before) =>
      path.endsWith("/far.js")
        ? { status: 200, headers: { "content-type": "text/javascript" }, body: script }
        : standIn(null, { pages, policy, fault })(path, before),
  });
}

/** @param {import("playwright-core").Locator} widget @param {string} query */
async function search(widget, query) {
  await widget.getByRole("combobox").first().fill(query);
  await widget.locator(".results > li mark").first().waitFor();
}

test("a worker gives the answers that the page itself gives", async (t) => {
  const { page, assertClean } = await openFar(t);
  assert.equal(page.workers().length, 1);
  const differing = await page.evaluate(async () => {
    const { TurnSearch } = await import("./turnsearch.js");
    const far = document.querySelector("turn-search").archive;
    const near = await TurnSearch.open({ src: "example.turns?near" });
    const both = async (
      /** @type {string} */ what,
      /** @type {(archive: any) => unknown} */ ask,
    ) => {
      const [one, other] = [JSON.stringify(await ask(far)), JSON.stringify(await ask(near))];
      return one === other && one !== undefined ? [] : [`${what}: ${one} ≠ ${other}`];
    };
    const queries = [
      "互联网",
      "“多利益相关方”",
      "duoliyi",
      "什么是域名系统？",
      "speaker:Perrin 隐私",
      "DNS -滥用",
      "互聨网",
      "",
    ];
    const found = [
      both("collection", ({ collection }) => collection),
      both("stats", (archive) => archive.stats()),
    ];
    for (const query of queries) {
      const request = {
        typing: query.length % 2 === 0,
        filter: { meetings: [0, 1, 2] },
        limit: 30,
      };
      found.push(
        both(query, (archive) => archive.search(query, request)),
        both(query, async (archive) => {
          const { dispersion } = await archive.search(query, request);
          return (await dispersion).map(({ meeting, positions, turns }) => [
            meeting,
            [...positions],
            [...turns],
          ]);
        }),
        both(query, async (archive) =>
          (await archive.marks([0, 5, 9, 1e9], query)).map((marks) => [...marks]),
        ),
        both(query, (archive) => archive.suggest(query)),
      );
    }
    for (let id = 0; id < near.collection.turns; id += 1)
      found.push(
        both(`turn ${id}`, (archive) => archive.turn(id)),
        both(`text ${id}`, (archive) => archive.texts([id])),
      );
    return (await Promise.all(found)).flat();
  });
  assert.deepEqual(differing, []);
  assertClean();
});

test("the widget does all that it does, its matches found in a worker", async (t) => {
  const { page, widget, assertClean } = await openFar(t);
  await search(widget, "多利益");
  await widget.getByRole("heading", { name: /^\d+ turns in \d meetings$/ }).waitFor();
  const strip = widget.locator(".strip").first();
  await strip.focus();
  await page.keyboard.press("ArrowRight");
  await widget.locator('.strip[aria-valuetext*="多利益"]').first().waitFor();
  assert.match(await widget.locator(".balloon:visible").innerText(), /多利益/);

  await widget.getByRole("button", { name: "Read whole" }).first().click();
  await widget.locator(".results .neighbour").first().waitFor();
  assert.ok((await widget.locator(".results > li").first().locator("mark").count()) > 0);
  const before = await widget.locator(".results > li").count();
  await widget.getByRole("button", { name: /^Show \d+ more$/ }).click();
  await page.waitForFunction(
    (count) =>
      document.querySelector("turn-search").shadowRoot.querySelectorAll(".results > li").length >
      count,
    before,
  );

  await widget.getByRole("combobox", { name: "View" }).selectOption("lines");
  await widget.locator(".results .kwic mark").first().waitFor();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    widget.getByRole("button", { name: "CSV" }).click(),
  ]);
  assert.equal(download.suggestedFilename(), "turns.csv");

  await widget.locator(".results .main").first().click();
  const reader = widget.locator("turn-reader");
  await reader.locator(".turn.current mark").first().waitFor();
  await reader
    .locator(".stepper .count")
    .filter({ hasText: /^\d+ of \d+$/ })
    .waitFor();
  await reader.getByRole("searchbox").fill("互联网");
  await reader.locator("mark").filter({ hasText: "互联网" }).first().waitFor();
  await page.keyboard.press("Enter");
  await reader.locator("mark.current").first().waitFor();
  assert.equal(await reader.locator("mark").filter({ hasText: "多利益" }).count(), 0);
  assert.equal(page.workers().length, 1);
  assertClean();
});

test("of answers that come late only the last one is shown", async (t) => {
  // A worker that takes its time for the second letter.
  const slow = `import "./worker.js?self"; const answer = onmessage;
    onmessage = (event) => {
      const end = performance.now() + (event.data[1] === "互联" ? 300 : 0);
      while (performance.now() < end);
      return answer(event);
    };`;
  const { page, widget, assertClean } = await openFar(t, {
    fault: (path, before) =>
      path.endsWith("/worker.js") && before === 0
        ? { status: 200, headers: { "content-type": "text/javascript" }, body: slow }
        : undefined,
  });
  await page.evaluate(() => {
    const widget = document.querySelector("turn-search");
    window.shown = [];
    widget.addEventListener("turn-results", ({ detail }) => window.shown.push(detail.query));
  });
  const box = widget.getByRole("combobox").first();
  await box.pressSequentially("互联网");
  await page.waitForFunction(() => window.shown.at(-1) === "互联网");
  await page.waitForTimeout(400);
  assert.equal(await page.evaluate(() => window.shown.at(-1)), "互联网");
  assert.ok(!(await page.evaluate(() => window.shown)).includes("互联"));
  assertClean();
});

/** What keeps a page from having a worker. The page searches by itself then. */
const OBSTACLES = {
  "no worker by its policy": { policy: `${STRICT_POLICY}; worker-src 'none'` },
  "no policy for addresses of scripts": { policy: `${STRICT_POLICY}; trusted-types 'none'` },
  "worker.js is missing": {
    fault: (path) => (path.endsWith("/worker.js") ? { status: 404, body: "gone" } : undefined),
  },
  "worker.js is a page": {
    fault: (path) =>
      path.endsWith("/worker.js")
        ? { status: 200, headers: { "content-type": "text/html" }, body: "<!doctype html><p>hello" }
        : undefined,
  },
  "worker.js is no script": {
    fault: (path) => (path.endsWith("/worker.js") ? { body: "this is no script" } : undefined),
  },
  "remote.js is missing": {
    fault: (path) => (path.endsWith("/remote.js") ? { status: 404, body: "gone" } : undefined),
  },
};

for (const [obstacle, options] of Object.entries(OBSTACLES)) {
  test(`without a worker the page searches by itself: ${obstacle}`, async (t) => {
    const { page, widget } = await openFar(t, options);
    await search(widget, "多利益");
    assert.equal(page.workers().length, 0);
  });
}

/**
 * Waits until the page has so many workers.
 * @param {import("playwright-core").Page} page
 * @param {number} count
 */
async function workersAre(page, count) {
  for (let tries = 0; page.workers().length !== count; tries += 1) {
    assert.ok(tries < 500, `${page.workers().length} workers, not ${count}`);
    await page.waitForTimeout(20);
  }
}

test("a worker starts while its pack is still on the way", async (t) => {
  const server = await serveFar(t, STRICT_POLICY, (path) =>
    path.endsWith("/example.turns") ? { stallAfter: 10_000 } : undefined,
  );
  const { page } = await openPage(t, server, { path: "own.html" });
  await workersAre(page, 1);
  assert.equal(
    await page.locator("turn-search").count(),
    0,
    "the pack is open only when it is whole",
  );
});

test("a pack that does not arrive takes its worker with it", async (t) => {
  const script = `import { TurnSearch } from "./turnsearch.js";
    const open = () => TurnSearch.open({ src: "example.turns", worker: true });
    window.told = await open().then(() => "opened", String);
    window.total = (await (await open()).search("互联网")).total;`;
  const fault = (/** @type {string} */ path, /** @type {number} */ before) =>
    path.endsWith("/example.turns") && before === 0 ? { cutAfter: 10_000 } : undefined;
  const { page } = await openPage(t, await serveFar(t, STRICT_POLICY, fault, script), {
    path: "own.html",
  });
  await page.waitForFunction(() => window.total);
  assert.match(await page.evaluate(() => window.told), /example\.turns: /);
  await workersAre(page, 1);
});

test("a worker that never begins is given up, and the page searches by itself", async (t) => {
  /** @type {(value?: unknown) => void} */
  let ask = () => {};
  const asked = new Promise((resolve) => (ask = resolve));
  const { page, widget } = await openFar(t, {
    fault: (path) => {
      if (!path.endsWith("/worker.js")) return undefined;
      ask();
      return { stallAfter: 10 };
    },
    prepare: async (page) => {
      await page.clock.install();
      const files = ["example.turns", "engine_bg.wasm"];
      const arrived = files.map((file) =>
        page.waitForEvent("requestfinished", (request) => request.url().endsWith(file)),
      );
      void Promise.all([asked, ...arrived]).then(async () => {
        await page.waitForTimeout(500); // a clock moved on while a file arrives ends its download
        await page.clock.fastForward(31_000);
      });
    },
  });
  await search(widget, "多利益");
  assert.equal(page.workers().length, 0);
});

test("a question that cannot be sent fails, and the next ones get their own answers", async (t) => {
  const { page, assertClean } = await openFar(t);
  const told = await page.evaluate(async () => {
    const { archive } = document.querySelector("turn-search");
    const unsendable = archive.search("互联网", { limit: () => 1 }).catch(({ name }) => name);
    const [one, other] = await Promise.all([archive.search("互联网"), archive.search("域名")]);
    return [await unsendable, one.query, other.query];
  });
  assert.deepEqual(told, ["DataCloneError", "互联网", "域名"]);
  assertClean();
});

test("a policy that names the widget's is enough for a worker", async (t) => {
  const policy = `${STRICT_POLICY}; worker-src 'self'; trusted-types turnsearch`;
  const { page, widget, assertClean } = await openFar(t, { policy });
  await search(widget, "多利益");
  assert.equal(page.workers().length, 1);
  assertClean();
});

test("a damaged pack is told of by the same code, wherever it is opened", async (t) => {
  const server = await startServer(t, {
    fault: (path) =>
      path.endsWith("/example.turns") ? { body: "TURNSEARCH, but nothing like it" } : undefined,
  });
  const { page } = await openPage(t, server);
  const messages = await page.evaluate(async () => {
    const { TurnSearch } = await import("./turnsearch.js");
    const open = (/** @type {boolean} */ worker) =>
      TurnSearch.open({ src: `example.turns?${worker}`, worker }).then(
        String,
        ({ message }) => message,
      );
    return [await open(false), await open(true)];
  });
  assert.match(messages[0], /example\.turns\?false: pack\/not-a-pack$/);
  assert.equal(messages[1], messages[0].replace("false", "true"));
  await workersAre(page, 0);
});

test("the page keeps no pack beside the engine's own copy, wherever it is searched", async (t) => {
  const { page } = await openPage(t, await startServer(t), { path: "examples.js" });
  const browser = await page.context().newCDPSession(page);
  /**
   * Bytes outside the heap that scripts hold, their own texts among them; memories of WebAssembly
   * are not.
   */
  const held = async () => {
    await browser.send("HeapProfiler.collectGarbage");
    const usage = await browser.send("Runtime.getHeapUsage");
    return /** @type {{ backingStorageSize: number }} */ (/** @type {unknown} */ (usage))
      .backingStorageSize;
  };
  await page.evaluate(() => import("./turnsearch.js"));
  const scripts = await held();
  for (const worker of [false, true]) {
    const packBytes = await page.evaluate(async (worker) => {
      const { TurnSearch } = await import("./turnsearch.js");
      const archive = await TurnSearch.open({ src: `example.turns?${worker}`, worker });
      await archive.search("互联网");
      return archive.stats().packBytes;
    }, worker);
    const before = await held();
    assert.ok(
      before - scripts < packBytes,
      `${before} bytes are held, ${scripts} of them by scripts`,
    );
    await page.evaluate((bytes) => void (window.kept = new ArrayBuffer(bytes)), packBytes);
    assert.ok((await held()) >= before + packBytes, "a pack that is kept is seen");
    await page.evaluate(() => delete window.kept);
  }
});

test("a worker that stops says so to whoever waits, and to whoever asks again", async (t) => {
  const { page } = await openFar(t, {
    fault: (path, before) =>
      path.endsWith("/worker.js") && before === 0
        ? {
            status: 200,
            headers: { "content-type": "text/javascript" },
            body: `import "./worker.js?self"; const answer = onmessage;
              onmessage = (event) => {
                if (event.data[1] === "stop") setTimeout(() => { throw new Error("out of order"); });
                else answer(event);
              };`,
          }
        : undefined,
  });
  const told = await page.evaluate(async () => {
    const { archive } = document.querySelector("turn-search");
    const ask = (/** @type {string} */ query) =>
      archive.search(query).then(
        ({ total }) => total,
        ({ message }) => message,
      );
    const before = await ask("互联网");
    return [before > 0, await ask("stop"), await ask("互联网"), archive.turn(0).n];
  });
  assert.equal(told[0], true);
  assert.match(told[1], /the worker stopped: .*out of order/);
  assert.equal(told[2], told[1]);
  assert.equal(told[3], 1, "what is known without the texts is known still");
});

/**
 * A bundle with a pack of somewhat over two million bytes: random ideographs, which no code makes
 * smaller.
 * @param {import("node:test").TestContext} t
 */
async function largeBundle(t) {
  const folder = await mkdtemp(join(tmpdir(), "turnsearch-large-"));
  t.after(() => rm(folder, { recursive: true }));
  let state = 1;
  const ideograph = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return String.fromCodePoint(0x4e00 + ((state >>> 8) % 8000));
  };
  const turns = Array.from({ length: 3000 }, (_, n) => {
    const text = Array.from({ length: 500 }, ideograph).join("");
    return `Speaker ${n % 9}: ${n === 1234 ? `${text}这里有一句话` : text}`;
  });
  await mkdir(join(folder, "in"));
  await writeFile(join(folder, "in", "long.txt"), turns.join("\n\n"));
  const out = join(folder, "out");
  await run(command(), [
    "build",
    join(folder, "in"),
    "--engine",
    site,
    "--out",
    out,
    "--no-compress",
    "--quiet",
  ]);
  return out;
}

test("a large collection is searched in a worker without anybody asking for it, a small one is not", async (t) => {
  const small = await openPage(t, await startServer(t));
  await small.page.waitForFunction(() => document.querySelector("#search").archive);
  assert.equal(small.page.workers().length, 0);
  assert.ok(!small.requests.some((url) => url.endsWith("/remote.js")));

  const server = await startServer(t, { root: await largeBundle(t) });
  const { page, requests, assertClean } = await openPage(t, server);
  await search(page.locator("turn-search"), "这里有一句话");
  assert.equal(page.workers().length, 1);
  assert.ok(requests.some((url) => url.endsWith("/remote.js")));
  await page.locator("turn-search .results .main").first().click();
  await page.locator("turn-reader .turn.current mark").first().waitFor();
  assertClean();
});
