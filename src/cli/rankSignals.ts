/** @file Signals where several processes train together. */

import { signals } from "./signals.ts";

/**
 * Launchers hand this signal on to all processes, while they answer the others with an early end. In a process alone it
 * stops a training as well.
 */
export const stopSignal = "SIGUSR2";

/**
 * Works as a rank other than 0. A first signal is for rank 0, which stops the run after its step; a second one ends this
 * process.
 */
export async function endingWithRankZero(work: () => Promise<unknown>): Promise<void> {
  let isAsked = false;
  const ask = (): void => {
    if (isAsked) process.kill(process.pid, "SIGKILL");
    isAsked = true;
  };
  const ignore = (): void => {};
  for (const signal of signals) process.on(signal, ask);
  process.on(stopSignal, ignore);
  try {
    await work();
  } finally {
    for (const signal of signals) process.off(signal, ask);
    process.off(stopSignal, ignore);
  }
}
