import { basename } from "node:path";
import type { Command } from "commander";
import { pairOptions } from "../data/pairOptions.ts";
import type { PairSource } from "../data/pairs.ts";
import { pathsOf } from "../data/pairs.ts";
import { nameOfPath } from "../data/paths.ts";
import { tableEnding } from "../data/tables.ts";
import { addOptions } from "./tableOptions.ts";

export type { PairOptions as DataOptions } from "../data/pairOptions.ts";
export { pairSource } from "../data/pairOptions.ts";

/** The name of a data set in records: its files without folders and extensions. */
export function setName(source: PairSource): string {
  return pathsOf(source)
    .map((file) => basename(nameOfPath(file)).replace(tableEnding, ""))
    .join(", ");
}

/** Adds the options that locate sentence pairs. */
export function addDataOptions(command: Command): Command {
  return addOptions(command, pairOptions);
}
