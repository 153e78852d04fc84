/** @file Kills a process that has waited too long for another one: a cut connection never reports itself. */

import { writeSync } from "node:fs";

/** The longest time between two looks, in milliseconds. */
const lookEvery = 1000;

/** Watches calls that wait for other processes. */
export class Watchdog {
  /** Seconds that a call may wait. */
  limit: number;
  private readonly describe: (seconds: number) => string;
  private readonly kill: (sentence: string) => void;

  /**
   * @param describe a sentence about the process that has waited.
   * @param kill     ends the process; replaced in tests.
   */
  constructor(limit: number, describe: (seconds: number) => string, kill = killThisProcess) {
    this.limit = limit;
    this.describe = describe;
    this.kill = kill;
  }

  /** Waits for a call, and kills the process if it takes too long. */
  async during<Result>(call: () => Promise<Result>): Promise<Result> {
    const every = Math.min(lookEvery, (this.limit * 1000) / 4);
    let last = performance.now();
    let waited = 0;
    const timer = setInterval(() => {
      const now = performance.now();
      // While the machine slept, nobody could answer.
      waited += Math.min(now - last, 2 * every);
      last = now;
      if (waited >= this.limit * 1000) this.kill(this.describe(Math.round(waited / 1000)));
    }, every);
    try {
      return await call();
    } finally {
      clearInterval(timer);
    }
  }
}

/** A thread that waits in MPI would keep the process from ending in any other way. */
function killThisProcess(sentence: string): void {
  try {
    writeSync(2, `${sentence}\n`);
  } catch {} // Nobody reads it.
  process.kill(process.pid, "SIGKILL");
}
