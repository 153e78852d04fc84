/** @file Compares the runs of two sides, seed by seed. */

import { mean, meanText, signed } from "../writing/numbers.ts";
import type { Table } from "../writing/report.ts";
import type { SideResult } from "./compareSides.ts";

/** A value of each run; NaN if it was not measured. */
export function valuesOf({ runs }: SideResult, name: string): number[] {
  return runs.map(({ values }) => values[name] ?? Number.NaN);
}

/** The difference between one side and another. */
export interface Gain {
  readonly mean: number;
  /** By seed. */
  readonly each: readonly number[];
}

/** How much higher a value is on one side than on another with the same seeds. */
export function gainOf(higher: SideResult, lower: SideResult, name: string): Gain {
  const below = valuesOf(lower, name);
  const each = valuesOf(higher, name).map((value, run) => value - (below[run] as number));
  return { mean: mean(each), each };
}

/** Whether a gain reaches the threshold, with the same sign for every seed. */
export function isClear({ mean: value, each }: Gain, least: number): boolean {
  return value >= least && each.every((one) => one > 0);
}

/** "+1.2 (+0.8, +1.6 by seed)". */
export function gainText({ mean: value, each }: Gain, digits = 1): string {
  if (each.length === 1) return signed(value, digits);
  return `${signed(value, digits)} (${each.map((one) => signed(one, digits)).join(", ")} by seed)`;
}

/** A column of a table of sides. */
export interface Column {
  readonly head: string;
  /** The name of the value. */
  readonly value: string;
  readonly digits: number;
}

/** A table with a row for each side: its values, its steps and its minutes. */
export function sideTable(
  caption: string,
  results: readonly SideResult[],
  columns: readonly Column[],
): Table {
  return {
    caption,
    head: ["side", ...columns.map(({ head }) => head), "steps", "best step", "minutes"],
    rows: results.map((result) => [
      result.side.label,
      ...columns.map(({ value, digits }) => meanText(valuesOf(result, value), digits)),
      result.runs.map(({ trained }) => trained.steps).join(", "),
      result.runs.map(({ trained }) => trained.bestStep).join(", "),
      result.runs.map(({ trained }) => (trained.seconds / 60).toFixed(1)).join(", "),
    ]),
  };
}

/** The two columns for translations. */
export const translationColumns: readonly Column[] = [
  { head: "BLEU", value: "bleu", digits: 1 },
  { head: "perplexity", value: "perplexity", digits: 2 },
];
