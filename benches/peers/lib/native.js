/** Measuring a program: how long it runs, and how much memory it takes at most. */

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** How often the peak of the memory is read; the system itself keeps the highest value. */
const INTERVAL_MS = 20;

/**
 * @param {string} program
 * @param {string[]} args
 * @returns {Promise<{ seconds: number, peakBytes: number | undefined }>} no peak where the system does not tell
 */
export async function measureProgram(program, args) {
  const started = performance.now();
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "inherit"] });
  /** @type {number | undefined} */
  let peakBytes;
  const timer = setInterval(() => {
    peakBytes = peak(child.pid) ?? peakBytes;
  }, INTERVAL_MS);
  const code = await new Promise((resolve, reject) => child.on("exit", resolve).on("error", reject));
  clearInterval(timer);
  if (code !== 0) throw new Error(`${program} ${args.join(" ")}: exit status ${code}`);
  return { seconds: (performance.now() - started) / 1000, peakBytes };
}

/** @param {number | undefined} pid */
function peak(pid) {
  try {
    const found = /^VmHWM:\s*(\d+) kB$/mu.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return found ? Number(found[1]) * 1024 : undefined;
  } catch {
    // Another system, or the program has ended.
    return undefined;
  }
}
