/** @file The order of gates in the weights of cells: ours, and what other programs have. */

import type { CellKind } from "../nn/cells.ts";

/** The gates of each kind of cell, in the order of our weights. */
export const gateOrder: Readonly<Record<CellKind, readonly string[]>> = {
  lstm: ["input", "forget", "candidate", "output"],
  gru: ["reset", "update", "candidate"],
  rnn: [],
};

/** Where each of our gates stands in another order, and its sign. */
export interface GatePlace {
  readonly place: number;
  readonly sign: 1 | -1;
}

/**
 * Brings the gates of another program into our order. Weights may hold only some of a cell's gates, such as a GRU's
 * two gates without the candidate.
 *
 * @param theirs gates in their order; a minus in front turns the sign around.
 * @returns the places by our order; a clause about the fault if the names are no gates of the cell.
 */
export function gatePlaces(theirs: readonly string[], kind: CellKind): GatePlace[] | string {
  const known = gateOrder[kind];
  const names = theirs.map((gate) => gate.replace(/^-/, ""));
  const unknown = names.find((name) => !known.includes(name));
  if (known.length === 0) return "a simple recurrent cell has no gates";
  if (unknown !== undefined) {
    return `there is no gate ${unknown}; the gates are ${known.join(", ")}`;
  }
  if (new Set(names).size < names.length) return "a gate is named twice";
  return known
    .filter((name) => names.includes(name))
    .map((name) => {
      const place = names.indexOf(name);
      return { place, sign: theirs[place]?.startsWith("-") ? -1 : 1 };
    });
}
