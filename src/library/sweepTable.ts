/** @file The results of a sweep as tables: the mean and the spread of each combination, and every run. */

import { csvText } from "../files/csvText.ts";
import type { Values } from "../options/option.ts";

/** What a run of a sweep reached. */
export interface SweepRun {
  readonly name: string;
  /** The values of the options that vary. */
  readonly values: Values;
  readonly seed: number;
  /** `failed` for a run whose loss was no longer finite. */
  readonly state: "measured" | "failed";
  /** Why it failed. */
  readonly problem?: string;
  /** Steps up to the weights that were kept. */
  readonly steps?: number;
  /** Minutes of training up to them. */
  readonly minutes?: number;
  /** Perplexity of the dev set. */
  readonly devPerplexity?: number;
  /** BLEU of the translations of the dev set, 0 to 100; missing if no target has four words. */
  readonly bleu?: number;
  /** The part of the dev set that is translated exactly, 0 to 1. */
  readonly exactMatch?: number;
}

/** A mean, and the sample standard deviation if there are several values. */
export interface Spread {
  readonly mean: number;
  readonly deviation: number | null;
}

/** What is measured of each run. */
const measures = [
  { key: "devPerplexity", title: "dev perplexity", digits: 3, scale: 1, isBest: Math.min },
  { key: "bleu", title: "BLEU", digits: 2, scale: 1, isBest: Math.max },
  { key: "exactMatch", title: "exact match, %", digits: 1, scale: 100, isBest: Math.max },
  { key: "steps", title: "steps", digits: 0, scale: 1, isBest: null },
  { key: "minutes", title: "minutes", digits: 2, scale: 1, isBest: null },
] as const;

type Measure = (typeof measures)[number]["key"];

/** One combination of values, over its seeds. */
export interface SweepRow {
  readonly values: Values;
  /** How many of its runs are measured. */
  readonly runs: number;
  readonly failed: number;
  readonly spreads: Readonly<Partial<Record<Measure, Spread>>>;
}

/** The combinations in the order of the runs. */
export function sweepRows(runs: readonly SweepRun[]): SweepRow[] {
  const groups = new Map<string, SweepRun[]>();
  for (const run of runs) {
    const key = JSON.stringify(run.values);
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups.values()].map((group) => {
    const measured = group.filter(({ state }) => state === "measured");
    const spreads = measures.flatMap(({ key }) => {
      const numbers = measured.flatMap((run) => run[key] ?? []);
      return numbers.length === 0 ? [] : [[key, spreadOf(numbers)] as const];
    });
    return {
      values: group[0]?.values ?? {},
      runs: measured.length,
      failed: group.length - measured.length,
      spreads: Object.fromEntries(spreads),
    };
  });
}

/** The mean and the sample standard deviation (n − 1) of numbers. */
export function spreadOf(numbers: readonly number[]): Spread {
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  if (numbers.length < 2) return { mean, deviation: null };
  const squares = numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (numbers.length - 1)) };
}

/** The combinations as CSV, with a mean and a standard deviation for each measure. */
export function sweepCsv(runs: readonly SweepRun[]): string {
  const rows = sweepRows(runs);
  const keys = variedKeys(runs);
  const header = [
    ...keys,
    "runs",
    "failed",
    ...measures.flatMap(({ key }) => [`${key}_mean`, `${key}_sd`]),
  ];
  const lines = rows.map(({ values, runs: count, failed, spreads }) => [
    ...keys.map((key) => values[key]),
    count,
    failed,
    ...measures.flatMap(({ key }) => [spreads[key]?.mean, spreads[key]?.deviation]),
  ]);
  return csvText([header, ...lines]);
}

/** Every run as CSV. */
export function sweepRunsCsv(runs: readonly SweepRun[]): string {
  const keys = variedKeys(runs);
  const names = measures.map(({ key }) => key);
  const lines = runs.map((run) => [
    run.name,
    ...keys.map((key) => run.values[key]),
    run.seed,
    run.state,
    ...names.map((key) => run[key]),
    run.problem,
  ]);
  return csvText([["run", ...keys, "seed", "state", ...names, "problem"], ...lines]);
}

/** The combinations as a Markdown table; the best values are bold. */
export function sweepMarkdown(runs: readonly SweepRun[]): string {
  const rows = sweepRows(runs);
  const keys = variedKeys(runs);
  const shown = measures.filter(({ key }) => rows.some(({ spreads }) => spreads[key]));
  const best = new Map(
    shown.flatMap(({ key, isBest }) => {
      const means = rows.flatMap(({ spreads }) => spreads[key]?.mean ?? []);
      const isOpen = new Set(means).size > 1;
      return isBest && isOpen ? [[key as string, isBest(...means)] as const] : [];
    }),
  );
  const header = [...keys, "runs", ...shown.map(({ title }) => title)];
  const lines = rows.map(({ values, runs: count, failed, spreads }) => [
    ...keys.map((key) => String(values[key])),
    failed === 0 ? String(count) : `${count} (${failed} failed)`,
    ...shown.map(({ key, digits, scale }) => {
      const spread = spreads[key];
      if (spread === undefined) return "";
      const text = spreadText(spread, digits, scale);
      return best.get(key) === spread.mean ? `**${text}**` : text;
    }),
  ]);
  const table = [header, header.map(() => "---"), ...lines];
  return table
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`)
    .join("\n");
}

function spreadText({ mean, deviation }: Spread, digits: number, scale: number): string {
  const text = (scale * mean).toFixed(digits);
  return deviation === null ? text : `${text} ± ${(scale * deviation).toFixed(digits)}`;
}

function variedKeys(runs: readonly SweepRun[]): string[] {
  return Object.keys(runs[0]?.values ?? {});
}
