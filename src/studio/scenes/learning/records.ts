/** @file What a training wrote down, line by line, read for a page. Pure. */

import type { z } from "zod";
import type {
  EvaluationLine,
  SampleLine,
  WatchedLine,
} from "../../../modelFolder/trainingRecords.ts";
import {
  evaluationLineSchema,
  sampleLineSchema,
  watchedLineSchema,
} from "../../../modelFolder/trainingRecords.ts";

/** A line of `training/metrics.jsonl`. */
export type Evaluation = EvaluationLine;

/** A line of `training/watched.jsonl`: how the model saw a fixed pair after so many steps. */
export type PairSnapshot = WatchedLine;

/** A line of `training/samples.jsonl`: how the model translated a few sentences of the dev set after so many steps. */
export type Samples = SampleLine;

/** A fixed pair, and how the model saw it at one checkpoint after the other. */
export interface WatchedPair {
  readonly source: string;
  readonly sourceTokens: readonly string[];
  /** The given translation's tokens, and its end. */
  readonly targetTokens: readonly string[];
  readonly snapshots: readonly PairSnapshot[];
}

/** The evaluations of a run in the order of their steps; lines that make no sense are left out. */
export function evaluationsOf(lines: string): Evaluation[] {
  return inOrder(parsed(lines, evaluationLineSchema));
}

/** The sample translations of a run in the order of their steps. */
export function samplesOf(lines: string): Samples[] {
  return inOrder(parsed(lines, sampleLineSchema));
}

/** The sample translations at a step of the training, or the last before it; the first ones if there are none before. */
export function samplesAt(all: readonly Samples[], step: number): Samples | null {
  return all.findLast((samples) => samples.step <= step) ?? all[0] ?? null;
}

/** The pairs of a run in the order in which they are watched. */
export function pairsOf(lines: string): WatchedPair[] {
  const snapshots = new Map<string, PairSnapshot[]>();
  for (const snapshot of parsed(lines, watchedLineSchema)) {
    const key = JSON.stringify([snapshot.source, snapshot.targetTokens]);
    snapshots.set(key, [...(snapshots.get(key) ?? []), snapshot]);
  }
  return Array.from(snapshots.values(), (ofPair) => {
    const { source, sourceTokens, targetTokens } = ofPair[0] as PairSnapshot;
    return {
      source,
      sourceTokens,
      targetTokens: [...targetTokens, "</s>"],
      snapshots: inOrder(ofPair),
    };
  });
}

function parsed<Line>(lines: string, schema: z.ZodType<Line>): Line[] {
  return lines.split("\n").flatMap((line) => {
    if (line.trim() === "") return [];
    try {
      const { data } = schema.safeParse(JSON.parse(line));
      return data === undefined ? [] : [data];
    } catch {
      return [];
    }
  });
}

/** One line a step; of two the later, which a run that was taken up again wrote. */
function inOrder<Line extends { readonly step: number }>(lines: readonly Line[]): Line[] {
  const bySteps = new Map(lines.map((line) => [line.step, line]));
  return [...bySteps.values()].sort((one, other) => one.step - other.step);
}
