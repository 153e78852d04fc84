/** @file Programs of the machine that recipes call: npm, tar and apt. */

import { spawn } from "node:child_process";
import { UserError } from "../src/tensor/errors.ts";

/** How a program ended. */
export interface ToolResult {
  readonly status: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs a program; yields null if there is no such program. Tests put their own in its place. */
export type ToolRunner = (
  program: string,
  options: readonly string[],
) => Promise<ToolResult | null>;

/** Runs a program of the machine to its end. */
export const runTool: ToolRunner = (program, options) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, options, { stdio: ["ignore", "pipe", "pipe"] });
    const [output, errors]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
    child.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") resolve(null);
      else reject(error);
    });
    child.on("close", (status) =>
      resolve({
        status: status ?? 1,
        output: Buffer.concat(output).toString("utf8"),
        errors: Buffer.concat(errors).toString("utf8"),
      }),
    );
  });

/**
 * Runs a program that has to be there and to succeed; yields its output.
 *
 * @param missing what to tell if it is not there, a whole sentence.
 * @param failed  makes the sentence that tells why it failed.
 * @throws UserError with these sentences.
 */
export async function useTool(
  tool: ToolRunner,
  [program, ...options]: readonly [string, ...string[]],
  missing: string,
  failed: (result: ToolResult) => string,
): Promise<string> {
  const result = await tool(program, options);
  if (result === null) throw new UserError(missing);
  if (result.status !== 0) throw new UserError(failed(result));
  return result.output;
}

/** The line of a program's errors that says most: the first that is not empty. */
export function firstError({ errors }: ToolResult): string {
  const lines = errors.split("\n").map((line) => line.replace(/^(npm error|E:)\s*/, "").trim());
  return (lines.find((line) => line !== "") ?? "it does not say why").replace(/\.$/, "");
}
