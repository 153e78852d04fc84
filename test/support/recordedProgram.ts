/** @file Runs the command line of a built checkout, two commands at a time. */

import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A built checkout, and a folder for its output. */
export interface Place {
  readonly checkout: string;
  readonly folder: string;
  /** Only what a test has time for. */
  readonly isQuick: boolean;
}

/**
 * Runs a command of the checkout in the folder and returns its output.
 *
 * @param command words separated by spaces; words that contain spaces are in double quotes.
 * @throws Error with the error output of a failed command.
 */
export async function seq2see(place: Place, command: string): Promise<string> {
  const words = (command.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ""));
  const program = join(place.checkout, "dist/cli/main.js");
  const options = { cwd: place.folder, maxBuffer: 2 ** 28 };
  return (await run("node", [program, ...words], options)).stdout;
}

/**
 * Calls a function with each element, two at a time; results are in the order of elements.
 *
 * @throws the function's error, once no call is running.
 */
export async function twoAtATime<Element, Result>(
  elements: readonly Element[],
  work: (element: Element) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const entries = [...elements.entries()];
  const worker = async () => {
    for (let next = entries.shift(); next; next = entries.shift()) {
      results[next[0]] = await work(next[1]);
    }
  };
  const stop = (reason: unknown) => {
    entries.length = 0;
    throw reason;
  };
  const ends = await Promise.allSettled([worker().catch(stop), worker().catch(stop)]);
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return results;
}
