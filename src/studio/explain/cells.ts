/** @file The arithmetic inside one step of a cell, as each kind of cell states it. */

import type { CellForm, CellKind } from "../../nn/cells.ts";
import { cellEquations, cellLetter } from "../../nn/cells.ts";
import type { Trace } from "../../trace/trace.ts";
import type { Explanation } from "./explanation.ts";
import type { Weights } from "./rows.ts";
import type { NamedRow, Site } from "./written.ts";
import { written } from "./written.ts";

export { cellLetter };

/** One step of one cell. */
export interface CellSite extends Site {
  readonly kind: CellKind;
  readonly form: CellForm;
  readonly size: number;
}

/** One step of a cell in a trace. */
export interface CellStep extends Pick<CellSite, "prefix" | "size"> {
  /** What it reads: `input`, `state`, `cell`, and `further` if something else enters. */
  readonly rows: Readonly<Record<string, NamedRow>>;
  /** What the step computed, by the cell's own names. */
  readonly made: (name: string, symbol: string) => NamedRow["row"];
  /** The weights of what else enters; null if nothing does. */
  readonly further: string | null;
}

/** The step of a model's cell. */
export function cellSite(
  { cell, cellBias, cellClip, resetGate }: Trace["model"],
  { rows, made, further, ...site }: CellStep,
): CellSite {
  return {
    ...site,
    kind: cell,
    form: { hasBias: cellBias, clip: cellClip, isResetAfter: resetGate === "after", further },
    vector: (name) => rows[name] ?? { row: made(name, cellLetter(cell, name)), name: null },
  };
}

/** Explains a number of what a cell's step computes; null if it computes nothing of that name. */
export function explainCell(
  site: CellSite,
  weights: Weights,
  name: string,
  index: number,
): Explanation | null {
  const equation = cellEquations(site.kind, site.form)[name];
  return equation ? written(equation, site, weights, index) : null;
}
