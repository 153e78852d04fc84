/** @file One process that runs many commands one after the other, since Node takes longer to start than most take to fail. */

import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** How a command ended, and what it wrote to standard error. */
export interface CommandEnd {
  readonly code: number;
  readonly stderr: string;
}

/** Runs the program anew for each message: a module with another address is another module. */
const script = `
import { pathToFileURL } from "node:url";
const { address, runs } = { address: pathToFileURL(process.argv[2]).href, runs: [] };
for (const each of [process, process.stdout, process.stderr]) each.setMaxListeners(0);
let stderr = "";
process.stderr.write = (text) => {
  stderr += text;
  return true;
};
process.on("message", async (words) => {
  stderr = "";
  process.argv = [process.argv[0], process.argv[1], ...words];
  process.exitCode = 0;
  await import(address + "?" + runs.push(words));
  const code = process.exitCode;
  process.exitCode = 0;
  process.send({ code, stderr });
});
`;

/** A process for commands that read no standard input. */
export class OneProcess {
  private readonly folder = mkdtempSync(join(tmpdir(), "seq2see-process-"));
  private readonly child: ChildProcess;

  /** @param program the module of the program, and `cwd` the folder it runs in. */
  constructor(program: string, cwd: string) {
    const file = join(this.folder, "commands.mjs");
    writeFileSync(file, script);
    this.child = fork(file, [program], { cwd, stdio: ["ignore", "ignore", "inherit", "ipc"] });
  }

  /** Runs one command; the one before must have ended. */
  run(words: readonly string[]): Promise<CommandEnd> {
    return new Promise((resolve, reject) => {
      const ended = (code: number | null): void =>
        reject(new Error(`The process ended with ${code} at: ${words.join(" ")}`));
      this.child.once("exit", ended);
      this.child.once("message", (end: CommandEnd) => {
        this.child.off("exit", ended);
        resolve(end);
      });
      this.child.send([...words]);
    });
  }

  end(): void {
    this.child.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
