/** The recipe for GitHub Pages in docs/EMBEDDING.md: its commands, run as they stand. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { command, openPage, startServer } from "./harness.mjs";

const repository = fileURLToPath(new URL("../../", import.meta.url));

/** The workflow of the recipe. */
async function workflow() {
  const text = await readFile(join(repository, "docs/EMBEDDING.md"), "utf8");
  const [, yaml] = text.slice(text.indexOf("### GitHub Pages")).match(/```yaml\n([^]*?)```/) ?? [];
  assert.ok(yaml, "docs/EMBEDDING.md has the workflow");
  return yaml;
}

test("the workflow for GitHub Pages pins its actions and publishes from a job of its own", async () => {
  const yaml = await workflow();
  const actions = [...yaml.matchAll(/uses: (\S+)/g)].map(([, action]) => action);
  assert.equal(actions.length, 3);
  for (const action of actions) assert.match(action, /^actions\/[a-z-]+@[0-9a-f]{40}$/);
  assert.match(yaml, /^permissions: \{\}$/m);
  const [build, deploy] = yaml.split(/^ {2}deploy:$/m);
  assert.doesNotMatch(build, /write/);
  assert.doesNotMatch(deploy, /run:/);
});

test("what the workflow for GitHub Pages uploads works below the name of a repository", async (t) => {
  const project = await mkdtemp(join(tmpdir(), "turnsearch-pages-"));
  t.after(() => rm(project, { recursive: true }));
  await cp(join(repository, "seeds"), join(project, "transcripts"), { recursive: true });
  await mkdir(join(project, "tools"));
  // The command of the tests carries no engine.
  const script = `#!/bin/sh\nexec '${command()}' "$@" --engine '${join(repository, "target/site")}'\n`;
  await writeFile(join(project, "tools/turnsearch"), script, { mode: 0o755 });
  const steps = [...(await workflow()).matchAll(/run: (.*)/g)].map(([, step]) => step);
  assert.ok(steps.length > 0);
  for (const step of steps) {
    const env = { PATH: "/usr/bin:/bin", HOME: join(project, "home") };
    execFileSync("sh", ["-ec", step], { cwd: project, env, stdio: "pipe" });
  }

  const server = await startServer(t, { root: join(project, "site"), base: "/repository/" });
  const { page, assertClean } = await openPage(t, server);
  await page.locator("turn-search").getByRole("combobox").first().fill("多利益相关方");
  await page.locator("turn-search .results > li mark").first().waitFor();
  await page.locator("turn-search .results .main").first().click();
  await page.locator("turn-reader .turn.current").waitFor();
  assertClean();
});
