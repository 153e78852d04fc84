import { basename } from "node:path";
import type { Command } from "commander";
import type { PairSource } from "../data/pairs.ts";
import { parseColumns } from "../data/pairs.ts";
import { UserError } from "../tensor/errors.ts";

/** Options that say where sentence pairs are. */
export interface DataOptions {
  readonly data?: string;
  readonly columns?: string;
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
  if (data !== undefined) return table(data, options.columns);
  if (source === undefined || target === undefined) {
    throw new UserError(
      "Give the sentence pairs: --data FILE with tab-separated columns, or --source FILE and --target FILE.",
    );
  }
  if (options.columns !== undefined) {
    throw new UserError(
      `--columns ${options.columns}: --source and --target have one sentence a line; leave --columns out.`,
    );
  }
  return { kind: "aligned", source, target };
}

/** A table of pairs; columns 1 and 2 unless others are named. */
export function table(path: string, columns = "1,2"): PairSource {
  return { kind: "table", path, columns: parseColumns(columns) };
}

/** The pairs of `--dev` or `--watch`: one table, or two aligned files with a comma between. */
export function devSource(
  dev: string | undefined,
  options: DataOptions,
  option = "--dev",
): PairSource | undefined {
  if (dev === undefined) return undefined;
  if (options.data !== undefined) return table(dev, options.columns);
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
  const files = source.kind === "table" ? [source.path] : [source.source, source.target];
  return files.map((file) => basename(file).replace(/(\.(tsv|txt))?(\.gz)?$/, "")).join(", ");
}

/** Adds the options of {@link DataOptions}. */
export function addDataOptions(command: Command): Command {
  return command
    .option("--data <file>", "pairs, tab-separated, plain or gzip")
    .option(
      "--columns <source,target>",
      "columns of --data: numbers from 1, or names in its first line (default: 1,2)",
    )
    .option("--source <file>", "source sentences, one a line")
    .option("--target <file>", "target sentences, one a line");
}
