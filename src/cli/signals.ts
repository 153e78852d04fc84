import { removeUnfinished } from "../files/nodeUnfinished.ts";

/** What tells a program to end: Ctrl-C, a request, and a terminal that is closed. */
export const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Does some work that ends with the program at Ctrl-C, at a request to end, and when the terminal closes. It
 * would anyway; but thus it ends between two steps, so that no line that is printed is cut, and no part of
 * a file stays.
 */
export async function endingCleanly<Result>(work: () => Promise<Result>): Promise<Result> {
  const end = (signal: NodeJS.Signals): void => {
    removeUnfinished();
    stopListening();
    // Now it ends the program, and whoever started it sees what did.
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
