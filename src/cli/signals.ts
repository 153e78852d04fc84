import { removeUnfinished } from "../files/nodeUnfinished.ts";

/** Signals that ask a program to end: Ctrl-C, a request, and a closed terminal. */
export const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs work that ends with the program at Ctrl-C, at a request to end, and when the terminal closes. It
 * ends between two steps, so that no printed line is cut, and no partial file is left behind.
 */
export async function endingCleanly<Result>(work: () => Promise<Result>): Promise<Result> {
  const end = (signal: NodeJS.Signals): void => {
    removeUnfinished();
    stopListening();
    // Now it ends the program, and the parent process sees the cause.
    process.kill(process.pid, signal);
  };
  const stopListening = (): void => {
    for (const signal of signals) process.removeListener(signal, end);
  };
  for (const signal of signals) process.on(signal, end);
  try {
    return await work();
  } finally {
    stopListening();
  }
}
