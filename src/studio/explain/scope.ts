/** @file The arithmetic of attention's weights, as each scope states it. */

import type { ScopeEquations } from "../../nn/attentionScope.ts";
import { scopeKinds } from "../../nn/attentionScope.ts";
import type { Trace } from "../../trace/trace.ts";
import { queryRow } from "./attention.ts";
import type { Explanation } from "./explanation.ts";
import type { Row, Weights } from "./rows.ts";
import { rowOf, single } from "./rows.ts";
import { tokenAt } from "./tokens.ts";
import { written } from "./written.ts";

/** A weight of a source position, or what it is made of: the centre of the window, the softmax in it. */
export function explainScope(
  trace: Trace,
  weights: Weights,
  which: keyof ScopeEquations,
  { step, index }: { readonly step: number; readonly index: number },
): Explanation | null {
  const { attentionScope, window } = trace.model;
  const equation = scopeKinds[attentionScope].equations(window)[which];
  if (!equation) return null;
  const traced = (tensor: string, symbol: string): Row =>
    rowOf(trace, { side: "decoder", tensor: `attention.${tensor}`, step }, symbol);
  const rows: Readonly<Record<string, () => Row>> = {
    step: () => single(step, "t"),
    length: () => single(trace.source.tokens.length, "S"),
    query: () => queryRow(trace, step),
    scores: () => traced("scores", "e"),
    centre: () => traced("centre", "p"),
    aligned: () => traced("aligned", "a"),
  };
  const vector = (name: string) => ({ row: (rows[name] as () => Row)(), name: null });
  const label = (position: number): string => tokenAt(trace, position);
  return written(equation, { vector, label }, weights, index);
}
