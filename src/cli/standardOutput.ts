/** @file Prints the results of commands. A failure to print is never silent. */
import { isatty } from "node:tty";
import { writeAll } from "../files/nodeDescriptor.ts";
import { codeOf, explain, writeFaults } from "../files/nodeFaults.ts";

/** Nobody reads the output any more, for example because `head` is done: a reason to stop, but not a fault. */
export class ClosedOutput extends Error {}

/** The standard output, as an object so that tests can inspect what is printed. */
export const standardOutput = {
  /**
   * Writes a text and a line end. The promise settles once the system has accepted everything, so that
   * callers never run ahead of a slow reader.
   *
   * @throws ClosedOutput if nobody reads any more.
   * @throws UserError if it cannot be written, for example because the disk is full.
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
  // Node drops what does not fit on a full disk, but only Node writes every character to every terminal.
  if (!isatty(descriptor)) return writeAll(descriptor, Buffer.from(text));
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

/**
 * Keeps a failure to write messages from ending the work: the exit code reports it, unless nobody
 * reads them any more.
 */
export function guardMessages(): void {
  process.stderr.on("error", (error) => {
    if (codeOf(error) !== "EPIPE") process.exitCode ||= 1;
  });
}
