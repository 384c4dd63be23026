/**
 * Measuring a program: how long it runs, how much the processors work for it, and its memory at
 * most.
 */

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** How often the system is asked; it keeps sum and peak itself. */
const INTERVAL_MS = 20;
/** Clock ticks in a second, as Linux counts processor time for programs. */
const TICKS = 100;

/**
 * @typedef {object} Use what the system tells of a program; nothing where it does not
 * @property {number} [peakBytes]
 * @property {number} [processorSeconds] of all threads
 */

/**
 * @param {string} program
 * @param {string[]} args
 * @returns {Promise<Use & { seconds: number }>}
 */
export async function measureProgram(program, args) {
  const started = performance.now();
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "inherit"] });
  /** @type {Use} */
  let use = {};
  const timer = setInterval(() => {
    use = { ...use, ...useOf(child.pid) };
  }, INTERVAL_MS);
  const code = await new Promise((resolve, reject) =>
    child.on("exit", resolve).on("error", reject),
  );
  clearInterval(timer);
  if (code !== 0) throw new Error(`${program} ${args.join(" ")}: exit status ${code}`);
  return { seconds: (performance.now() - started) / 1000, ...use };
}

/** @param {number | undefined} pid @returns {Use} */
function useOf(pid) {
  try {
    const peak = /^VmHWM:\s*(\d+) kB$/mu.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    // The fields behind the name, which is in brackets and may hold blanks: user and system time
    // are the 12th and 13th.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /su, "")
      .split(" ");
    const processorSeconds = (Number(fields[11]) + Number(fields[12])) / TICKS;
    return peak ? { peakBytes: Number(peak[1]) * 1024, processorSeconds } : {};
  } catch {
    // Another system, or the program has ended.
    return {};
  }
}
