import type { Command } from "commander";
import { InvalidArgumentError, Option } from "commander";
import { computeOptions } from "../runtime/options.ts";
import { notNegative, wholeFrom } from "./numbers.ts";
import type { StudioFlags } from "./runStudio.ts";
import { addOptions } from "./tableOptions.ts";
import { type FlagUse, refuseUnused } from "./unusedFlags.ts";

const examples = `
Without --model, the studio shows the models that come with seq2see.

Examples:
  $ seq2see studio
  $ seq2see studio --model my-model --model fr-en --port 8080        fr-en comes with seq2see
  $ seq2see studio --export site        writes a folder for any static file server

To serve others on a network (details in docs/server.md):
  $ SEQ2SEE_TOKEN=$(openssl rand -hex 16) seq2see studio --host 0.0.0.0
  $ seq2see studio --cors https://example.org --embed-from https://example.org
`;

/** Adds `seq2see studio`. */
export function addStudioCommand(program: Command): void {
  const command = program
    .command("studio")
    .description("watch models translate in the browser, or export the studio as a static folder")
    .option("--model <folder>", "folder of a model, or a name such as fr-en; repeatable", collect)
    .option("--models <folder>", "folder that contains model folders")
    .option("--port <n>", "port to listen on (default: 5173, or the next free port)", portNumber)
    .option("--host <address>", "address to listen on; 0.0.0.0 for the whole network", "127.0.0.1")
    .addOption(
      new Option("--token <token>", "secret that users must enter, 16 characters or more").env(
        "SEQ2SEE_TOKEN",
      ),
    )
    .option("--cors <origin>", "origin whose pages may use the API, * for all; repeatable", collect)
    .option("--embed-from <origin>", "origin whose pages may frame the page; repeatable", collect)
    .option(
      "--exit-timeout <seconds>",
      "time to finish answers before exiting; 0 to exit at once",
      exitSeconds,
      10,
    )
    .option("--open", "open the browser (default: in a terminal)")
    .option("--no-open", "do not open the browser")
    .option("--export <folder>", "write a static folder instead of serving")
    .addOption(new Option("--page <folder>", "folder of the built page").hideHelp())
    .addHelpText("after", examples)
    .action(async (flags: StudioFlags, command: Command) => {
      if (flags.export !== undefined) refuseUnused(command, exportUse);
      // Only this command needs the server, which is slow to load.
      const { runStudio } = await import("./runStudio.ts");
      await runStudio(flags);
    });
  addOptions(command, computeOptions);
}

/** The flags that have an effect with `--export`. */
const exportUse: FlagUse = {
  what: "an exported folder, which any server serves in its own way",
  by: "--export",
  used: new Set(["model", "models", "export", "page"]),
};

const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];

/** Parses the time to wait for answers: a day at most, the limit of timers. */
function exitSeconds(text: string): number {
  const seconds = notNegative(text);
  if (seconds > 86_400) throw new InvalidArgumentError("Give seconds from 0 to 86400.");
  return seconds;
}

function portNumber(text: string): number {
  const port = wholeFrom(0)(text);
  if (port > 65535) throw new InvalidArgumentError("Give a port from 0 to 65535.");
  return port;
}
