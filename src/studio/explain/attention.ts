/** @file The arithmetic behind the scores of attention, as each kind of score states it. */

import { wiringOf } from "../../models/wiring.ts";
import { scoreKinds } from "../../nn/scores/kinds.ts";
import type { ScoreEquations } from "../../nn/scores/score.ts";
import type { Trace } from "../../trace/trace.ts";
import type { Explanation } from "./explanation.ts";
import { copied, factor } from "./explanation.ts";
import type { Row, Weights } from "./rows.ts";
import { rowOf, signalRow } from "./rows.ts";
import { words } from "./words.ts";
import { rowsOf, written } from "./written.ts";

/** The state that looks at the source. */
export function queryRow(trace: Trace, step: number): Row {
  const query = wiringOf(trace.model).attention?.query;
  if (!query) throw new Error("There is no attention.");
  const isOld = query.time === "previous";
  return signalRow(trace, query, step, isOld ? (step > 0 ? "s₋₁" : "s₀") : "h");
}

/** A number of a key, of the query that is made for the scores, or the score of a source position. */
export function explainScoring(
  trace: Trace,
  weights: Weights,
  which: "key" | "projected" | "score",
  {
    step,
    position,
    index,
  }: { readonly step: number; readonly position: number; readonly index: number },
): Explanation | null {
  const { attention } = trace.model;
  if (attention === "none") return null;
  const { [which]: equation, positions }: ScoreEquations = scoreKinds[attention].equations;
  if (!equation) return null;
  const known = positions ? rowsOf(weights, positions) : Number.POSITIVE_INFINITY;
  if (which === "score" && position >= known) {
    return copied("e = −10⁹", { label: "−10⁹", only: factor(-1e9), note: words.noLocation(known) });
  }
  const rows: Readonly<Record<string, () => Row>> = {
    query: () => queryRow(trace, step),
    projected: () =>
      rowOf(trace, { side: "decoder", tensor: "attention.projected_query", step }, "q"),
    memory: () => rowOf(trace, { side: "encoder", tensor: "memory", step: position }, "h̄"),
    key: () => rowOf(trace, { side: "encoder", tensor: "keys", step: position }, "k"),
  };
  const vector = (name: string) => ({ row: (rows[name] as () => Row)(), name: null });
  return written(equation, { vector, position }, weights, index);
}
