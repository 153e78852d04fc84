import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Command, CommandRunner } from "./recipe.ts";

/** A command as a reader can type it. */
export function typed(command: Command): string {
  const quoted = command.map((word) =>
    /^[\w./:,@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`,
  );
  return `$ npx seq2see ${quoted.join(" ")}`;
}

/** Runs the command line that was compiled beside the recipes, and shows each command first. */
export const seq2see: CommandRunner = {
  async run(command) {
    console.error(`\n${typed(command)}`);
    return (await start(command, false)).status;
  },
  async capture(command) {
    console.error(`\n${typed(command)}`);
    return start(command, true);
  },
};

/** Ctrl-C reaches the command as well, which saves its work; the recipe waits for that. */
async function start(
  command: Command,
  isCaptured: boolean,
): Promise<{ status: number; output: string }> {
  const main = join(import.meta.dirname, "../src/cli/main.js");
  const wait = (): void => undefined;
  process.on("SIGINT", wait);
  try {
    return await new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [main, ...command], {
        stdio: ["inherit", isCaptured ? "pipe" : "inherit", "inherit"],
      });
      const chunks: Buffer[] = [];
      child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
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
