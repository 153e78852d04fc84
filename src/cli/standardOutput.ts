/** @file Where commands print their results. Nothing of them is lost without a word. */
import { isatty } from "node:tty";
import { writeAll } from "../files/nodeDescriptor.ts";
import { codeOf, explain, writeFaults } from "../files/nodeFaults.ts";

/** Nobody reads the output any more, as when `head` has what it wants: a reason to stop, but no fault. */
export class ClosedOutput extends Error {}

/** The standard output. It is an object so that tests can look at what is printed. */
export const standardOutput = {
  /**
   * Writes a text and the end of its line. The promise settles once the system has taken it all, so that
   * who waits for it never runs ahead of a slow reader.
   *
   * @throws ClosedOutput if nobody reads any more.
   * @throws UserError if it cannot be written, as when the disk is full.
   */
  async print(text: string): Promise<void> {
    try {
      await writeText(`${text}\n`);
    } catch (error) {
      if (codeOf(error) === "EPIPE") throw new ClosedOutput("The standard output is closed.");
      throw explain(error, "The standard output could not be written", writeFaults);
    }
  },
};

/** The descriptor of the standard output. */
const descriptor = 1;

function writeText(text: string): Promise<void> {
  // Node drops what a full disk leaves over; but only Node writes every letter to every terminal.
  if (!isatty(descriptor)) return writeAll(descriptor, Buffer.from(text));
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

/**
 * Sees to it that a failure to write messages ends no work: the exit code tells of it, unless nobody
 * reads them any more.
 */
export function guardMessages(): void {
  process.stderr.on("error", (error) => {
    if (codeOf(error) !== "EPIPE") process.exitCode ||= 1;
  });
}
