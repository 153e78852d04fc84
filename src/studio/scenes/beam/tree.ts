/** @file The beam search of a trace as a tree. Pure. */

import { type LengthNormalization, lengthPenalty } from "../../../decoding/scoring.ts";
import { endId } from "../../../tensor/specialIds.ts";
import type {
  TracedExtension,
  TracedHypothesis,
  TracedOptions,
  TracedSearchStep,
} from "../../../trace/trace.ts";

/** A token that the search considered, as a node of the tree. */
export interface BeamNode extends Omit<TracedExtension, "parent"> {
  /** The step of the search, from 0. */
  readonly column: number;
  /** The place among all candidates of the step, from 0. */
  readonly rank: number;
  /** What it extends; null for the start symbol. */
  readonly parent: BeamNode | null;
  /** Of those that run on: whether all that would have extended them was dropped. */
  readonly isDeadEnd: boolean;
}

/** A step of the search. */
export interface BeamColumn {
  /** All candidates, best first. */
  readonly nodes: readonly BeamNode[];
  /** How many hypotheses were extended. */
  readonly parents: number;
  readonly isDone: boolean;
}

/** Links the candidates of a search with what they extend. */
export function searchTree(search: readonly TracedSearchStep[]): BeamColumn[] {
  let running: readonly BeamNode[] = [];
  return search.map(({ candidates, isDone }, column) => {
    const after = search[column + 1]?.candidates ?? [];
    const extended = new Set(
      after.filter(({ fate }) => fate !== "dropped").map(({ parent }) => parent),
    );
    let place = -1;
    const nodes = candidates.map((candidate, rank): BeamNode => {
      const isRunning = candidate.fate === "running";
      if (isRunning) place++;
      const isDeadEnd = isRunning && !isDone && !extended.has(place);
      return { ...candidate, column, rank, parent: running[candidate.parent] ?? null, isDeadEnd };
    });
    const parents = Math.max(1, running.length);
    running = nodes.filter(({ fate }) => fate === "running");
    return { nodes, parents, isDone };
  });
}

/** The way from the start to a node, the node included. */
export function pathTo(node: BeamNode): BeamNode[] {
  const path: BeamNode[] = [];
  for (let at: BeamNode | null = node; at; at = at.parent) path.push(at);
  return path.reverse();
}

/** The node at which a hypothesis ended or was cut; null if it is not in the tree. */
export function leafOf(
  { ids, finished }: Pick<TracedHypothesis, "ids" | "finished">,
  columns: readonly BeamColumn[],
): BeamNode | null {
  const whole = finished ? [...ids, endId] : ids;
  const leaves = columns[whole.length - 1]?.nodes ?? [];
  return (
    leaves.find((leaf) => {
      if (leaf.fate !== (finished ? "finished" : "running")) return false;
      return pathTo(leaf).every(({ id }, at) => id === whole[at]);
    }) ?? null
  );
}

/** What the sum of a node's hypothesis is divided by, if it ends there. */
export function penaltyOf({ column }: BeamNode, options: TracedOptions): number {
  return lengthPenalty(column + 1, options);
}

/** Why a candidate was dropped. */
export type DropReason = "beamFull" | "endTooLate" | "tooLong";

/** Tells why a node was dropped: its rank, or that the search had come to the greatest length. */
export function dropReason(node: BeamNode, { maxLength }: TracedOptions): DropReason {
  if (node.id === endId) return "endTooLate";
  return node.column >= maxLength ? "tooLong" : "beamFull";
}

/** Where taking the likeliest token each time leaves a hypothesis. */
export interface GreedyLoss {
  readonly node: BeamNode;
  /** The token that greedy search takes there. */
  readonly instead: BeamNode;
}

/** The first node of a path that is not the likeliest extension of what came before; null if none. */
export function greedyLoss(
  path: readonly BeamNode[],
  columns: readonly BeamColumn[],
): GreedyLoss | null {
  for (const node of path) {
    const siblings = (columns[node.column]?.nodes ?? []).filter(
      ({ parent }) => parent === node.parent,
    );
    // Candidates are sorted, so that the first of the siblings is the likeliest.
    const [instead] = siblings;
    if (instead && instead !== node) return { node, instead };
  }
  return null;
}

/** The formula of the length penalty, for a length or for any. */
export function penaltyFormula(
  kind: LengthNormalization,
  length: number | "|Y|",
  alpha: number,
): string {
  if (kind === "none") return "1";
  if (kind === "average") return String(length);
  return alpha === 1 ? `(5 + ${length}) / 6` : `((5 + ${length}) / 6)^${alpha}`;
}
