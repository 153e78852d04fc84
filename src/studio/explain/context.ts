/** @file The arithmetic of attention's weights and of the context. */

import type { AttentionWiring, Signal } from "../../models/wiring.ts";
import { wiringOf } from "../../models/wiring.ts";
import { contextGateEquations } from "../../nn/contextGate.ts";
import type { Trace } from "../../trace/trace.ts";
import type { Pick } from "../state/selection.svelte.ts";
import type { Translated } from "../text/translated.ts";
import type { Explanation, Term } from "./explanation.ts";
import { copied, factor, factorAt, part, summed, term } from "./explanation.ts";
import type { Weights } from "./rows.ts";
import { rowOf, signalRow } from "./rows.ts";
import { explainScope } from "./scope.ts";
import { tokenAt } from "./tokens.ts";
import { words } from "./words.ts";
import type { NamedRow } from "./written.ts";
import { written } from "./written.ts";

/** The weight of a source position: its share in the sum of all exponentials, cut by a window if there is one. */
export function explainWeight(trace: Trace, weights: Weights, pick: Pick): Explanation | null {
  if (pick.tensor === "attention.weights" && trace.steps[pick.step]?.hasGivenAttention) {
    return copied("α", { label: words.givenLabel, only: factor(pick.value), note: words.given });
  }
  return explainScope(trace, weights, "weights", pick);
}

/** A number of a source state times its weight; `row` tells which state. */
export function explainWeighted(trace: Trace, { step, index, row }: Pick): Explanation | null {
  if (row === undefined) return null;
  return summed("α × h̄", [part(null, [weightedTerm(trace, step, row, index)])]);
}

/** A number of the context: that number of every source state, each times the state's weight. */
export function explainContext(trace: Trace, { step, index }: Pick): Explanation {
  const terms = trace.source.tokens.map((_, position) =>
    weightedTerm(trace, step, position, index),
  );
  return summed("C = Σ α × h̄", [part(words.overWords, terms)]);
}

/** β, how much of the context is taken (Xu), or a number of the context as far as β lets it through. */
export function explainGate(
  trace: Trace,
  weights: Weights,
  which: keyof typeof contextGateEquations,
  { step, index }: Pick,
): Explanation {
  const { gate: state, context } = wiringOf(trace.model).attention as AttentionWiring;
  const rows: Readonly<Record<string, () => NamedRow>> = {
    state: () => ({
      row: signalRow(trace, state as Signal, step, "h₋₁"),
      name: words.stateBefore,
    }),
    gate: () => ({
      row: rowOf(trace, { side: "decoder", tensor: "context_gate", step }, "β"),
      name: null,
    }),
    context: () => ({ row: signalRow(trace, context, step, "C"), name: null }),
  };
  const vector = (name: string): NamedRow => (rows[name] as () => NamedRow)();
  return written(contextGateEquations[which], { vector }, weights, index);
}

/** What enters layers and readout besides states and words: a context, or what the step before feeds. */
export function enteringRow(trace: Trace, signal: Signal, step: number): NamedRow {
  const [symbol, name] = entering[`${signal.time} ${signal.tensor}`] ?? [signal.tensor, null];
  return { row: signalRow(trace, signal, step, symbol), name };
}

const entering: Readonly<Record<string, readonly [symbol: string, name: Translated<string>]>> = {
  "source summary": ["c", words.fromSummary],
  "current context": ["C", words.fromContext],
  "current gated_context": ["βC", words.fromGatedContext],
  "previous context": ["C₋₁", words.fedContext],
  "previous attentional_vector": ["h̃₋₁", words.fed],
};

function weightedTerm(trace: Trace, step: number, position: number, index: number): Term {
  const weights = rowOf(trace, { side: "decoder", tensor: "attention.weights", step }, "α");
  const memory = rowOf(trace, { side: "encoder", tensor: "memory", step: position }, "h̄");
  return term(tokenAt(trace, position), [factorAt(weights, position), factorAt(memory, index)]);
}
