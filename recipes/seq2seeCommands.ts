import { type StdioOptions, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Command, CommandRunner } from "./recipe.ts";

/** A command in the form in which a reader can type it. */
export function typed(command: Command): string {
  const quoted = command.map((word) =>
    /^[\w./:,@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`,
  );
  return `$ npx seq2see ${quoted.join(" ")}`;
}

/** Runs the command line that was compiled with the recipes, and prints each command first. */
export const seq2see: CommandRunner = {
  async run(command, label = "") {
    console.error(`\n${label}${typed(command)}`);
    if (label === "") return (await start(command, ["inherit", "inherit", "inherit"])).status;
    return (await start(command, ["ignore", "pipe", "pipe"], label)).status;
  },
  async capture(command) {
    console.error(`\n${typed(command)}`);
    return start(command, ["inherit", "pipe", "inherit"]);
  },
};

/**
 * Ctrl-C also reaches the command, which saves its work; the recipe waits for it.
 *
 * @param label prefix of the command's output lines; without it, the output is not shown.
 */
async function start(
  command: Command,
  stdio: StdioOptions,
  label?: string,
): Promise<{ status: number; output: string }> {
  const main = join(import.meta.dirname, "../src/cli/main.js");
  const wait = (): void => undefined;
  process.on("SIGINT", wait);
  try {
    return await new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [main, ...command], { stdio });
      const chunks: Buffer[] = [];
      child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
      for (const stream of label === undefined ? [] : [child.stdout, child.stderr]) {
        if (stream === null) continue;
        createInterface({ input: stream }).on("line", (line) => console.error(`${label}${line}`));
      }
      child.on("error", reject);
      child.on("close", (status, signal) =>
        resolve({
          status: status ?? (signal === "SIGINT" ? 130 : 1),
          output: Buffer.concat(chunks).toString("utf8"),
        }),
      );
    });
  } finally {
    process.off("SIGINT", wait);
  }
}
