import { basename } from "node:path";
import type { Command } from "commander";
import { Option } from "commander";
import type { PairSource } from "../data/pairs.ts";
import { parseColumns, pathsOf } from "../data/pairs.ts";
import { nameOfPath } from "../data/paths.ts";
import type { TableFormat } from "../data/tables.ts";
import { tableEnding, tableFormats } from "../data/tables.ts";
import { UserError } from "../tensor/errors.ts";

/** Options that say where sentence pairs are. */
export interface DataOptions {
  readonly data?: string;
  readonly columns?: string;
  readonly format?: TableFormat;
  readonly source?: string;
  readonly target?: string;
}

/** The pairs that options name: one table, or two aligned files. */
export function pairSource(options: DataOptions): PairSource {
  const { data, source, target } = options;
  if (data !== undefined && (source !== undefined || target !== undefined)) {
    throw new UserError(
      "--data is one file of pairs, --source and --target are two; give one or the other.",
    );
  }
  if (data !== undefined) return table(data, options);
  if (source === undefined || target === undefined) {
    throw new UserError(
      "Give the sentence pairs: --data FILE with a table, or --source FILE and --target FILE.",
    );
  }
  for (const option of ["columns", "format"] as const) {
    if (options[option] === undefined) continue;
    throw new UserError(
      `--${option} ${options[option]}: --source and --target have one sentence a line; leave --${option} out.`,
    );
  }
  return { kind: "aligned", source, target };
}

/** A table of pairs; columns 1 and 2 unless others are named. */
function table(path: string, { columns = "1,2", format }: DataOptions): PairSource {
  return { kind: "table", path, columns: parseColumns(columns), ...(format && { format }) };
}

/** The pairs of `--dev` or `--watch`: one table, or two aligned files with a comma between. */
export function devSource(
  dev: string | undefined,
  options: DataOptions,
  option = "--dev",
): PairSource | undefined {
  if (dev === undefined) return undefined;
  if (options.data !== undefined) return table(dev, options);
  const parts = dev.split(",");
  if (parts.length !== 2) {
    throw new UserError(
      `${option} ${dev}: with --source and --target, give two files with a comma between: ${option} SOURCE,TARGET.`,
    );
  }
  return { kind: "aligned", source: parts[0] as string, target: parts[1] as string };
}

/** What records call a set: its files, without folders and endings. */
export function setName(source: PairSource): string {
  return pathsOf(source)
    .map((file) => basename(nameOfPath(file)).replace(tableEnding, ""))
    .join(", ");
}

/** Adds the options of {@link DataOptions}. */
export function addDataOptions(command: Command): Command {
  return command
    .option(
      "--data <file>",
      "pairs, a row each: tab-separated, CSV or JSON Lines, plain or gzip; - for standard input",
    )
    .option(
      "--columns <source,target>",
      "columns of --data: numbers from 1, names in its first line, or fields of JSON Lines (default: 1,2)",
    )
    .addOption(
      new Option(
        "--format <name>",
        "of --data (default: by its ending .csv or .jsonl, else tsv)",
      ).choices(tableFormats),
    )
    .option("--source <file>", "source sentences, one a line")
    .option("--target <file>", "target sentences, one a line");
}
