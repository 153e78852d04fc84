/** @file The arithmetic of attention's weights and of the context. */

import type { AttentionWiring, Signal } from "../../models/wiring.ts";
import { wiringOf } from "../../models/wiring.ts";
import type { Trace } from "../../trace/trace.ts";
import type { Pick } from "../state/selection.svelte.ts";
import type { Translated } from "../text/translated.ts";
import type { Explanation, Term } from "./explanation.ts";
import {
  both,
  copied,
  factor,
  factorAt,
  part,
  placed,
  products,
  summed,
  term,
} from "./explanation.ts";
import type { Weights } from "./rows.ts";
import { columnOf, rowOf, signalRow, weightAt } from "./rows.ts";
import { tokenAt } from "./tokens.ts";
import { explainGaussian, explainSoftmax } from "./window.ts";
import { words } from "./words.ts";
import type { NamedRow } from "./written.ts";

/** The weight of a source position: its share in the sum of all exponentials, cut by a window if there is one. */
export function explainWeight(trace: Trace, pick: Pick): Explanation {
  if (pick.tensor === "attention.weights" && trace.steps[pick.step]?.hasGivenAttention) {
    return copied("α", { label: words.givenLabel, only: factor(pick.value), note: words.given });
  }
  return trace.model.attentionScope === "local-p"
    ? explainGaussian(trace, pick)
    : explainSoftmax(trace, pick, "α");
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

/** β, how much of the context is taken (Xu). */
export function explainContextGate(trace: Trace, weights: Weights, { step }: Pick): Explanation {
  const { gate } = wiringOf(trace.model).attention as AttentionWiring;
  const state = signalRow(trace, gate as Signal, step, "h₋₁");
  const parts = [
    products(words.stateBefore, state, columnOf(weights, "attention.gate.W", 0)),
    part(words.bias, [term("b", [factor(weightAt(weights, "attention.gate.bias", 0, 0))])]),
  ];
  return summed("β = σ(h₋₁·W + b)", parts, (sum) => [
    { label: both("σ(Σ)"), value: 1 / (1 + Math.exp(-sum)) },
  ]);
}

/** A number of the context as far as the gate lets it through. */
export function explainGatedContext(trace: Trace, { step, index }: Pick): Explanation {
  const gate = rowOf(trace, { side: "decoder", tensor: "context_gate", step }, "β");
  const context = rowOf(trace, { side: "decoder", tensor: "context", step }, "C");
  const factors = [factorAt(gate, 0), factorAt(context, index)];
  return summed("β × C", [part(null, [term(`β × ${placed("C", index)}`, factors)])]);
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
