import type { Command } from "commander";
import { Help, Option } from "commander";

/**
 * Makes `--help` show the basic options, and `--help-all` all of them.
 *
 * @param basic the flags in short help.
 */
export function addShortHelp(command: Command, basic: ReadonlySet<string>): Command {
  let isFull = false;
  const shown = new Set([...basic, "--help", "--help-all"]);
  return command
    .addOption(new Option("--help-all", "show all options").helpGroup("Options:"))
    .on("option:help-all", () => {
      isFull = true;
      command.help();
    })
    .configureHelp({
      visibleOptions: (of) =>
        new Help().visibleOptions(of).filter(({ long }) => isFull || shown.has(long ?? "")),
    })
    .addHelpText("after", () => {
      const count = command.options.filter(({ negate }) => !negate).length;
      return isFull ? "" : `\nAll ${count} options, by group: seq2see ${command.name()} --help-all`;
    });
}
