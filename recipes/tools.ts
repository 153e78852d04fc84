/** @file Programs on the machine that recipes call: npm, tar and apt. */

import { spawn } from "node:child_process";
import { UserError } from "../src/tensor/errors.ts";

/** The outcome of a program. */
export interface ToolResult {
  readonly status: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs a program; returns null if it does not exist. Tests substitute their own. */
export type ToolRunner = (
  program: string,
  options: readonly string[],
) => Promise<ToolResult | null>;

/** Runs a program on the machine to its end. */
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
 * Runs a program that must exist and succeed; returns its output.
 *
 * @param missing the whole error sentence if it does not exist.
 * @param failed  makes the error sentence if it fails.
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

/** The most informative line of a program's errors: the first that is not empty. */
export function firstError({ errors }: ToolResult): string {
  const lines = errors.split("\n").map((line) => line.replace(/^(npm error|E:)\s*/, "").trim());
  return (lines.find((line) => line !== "") ?? "without a reason").replace(/\.$/, "");
}
