/** @file The arithmetic from the decoder's state to the next word's probability. */

import type { Signal } from "../../models/wiring.ts";
import { wiringOf } from "../../models/wiring.ts";
import type { ReadoutEquations } from "../../nn/readout.ts";
import { readoutEquations } from "../../nn/readout.ts";
import type { Trace } from "../../trace/trace.ts";
import type { Pick } from "../state/selection.svelte.ts";
import { formatShare } from "../text/numbers.ts";
import { spelled } from "../text/spelling.ts";
import { enteringRow } from "./context.ts";
import type { Explanation } from "./explanation.ts";
import { factor, factorAt, part, products, summed, term } from "./explanation.ts";
import type { Row, Weights } from "./rows.ts";
import { columnOf, rowOf, signalRow, weightAt } from "./rows.ts";
import { words } from "./words.ts";
import type { NamedRow } from "./written.ts";
import { written } from "./written.ts";

/** A number of what the readout is made of, by its name in traces; null of other names. */
export function explainReadoutPart(
  trace: Trace,
  weights: Weights,
  { tensor, step, index }: Omit<Pick, "side" | "size" | "value" | "row">,
): Explanation | null {
  const { [tensor.replace(/^readout\.units$/, "units")]: equation }: Partial<ReadoutEquations> =
    readoutEquations[trace.model.readout];
  if (!equation) return null;
  const vector = (name: string): NamedRow => {
    const found = readoutVector(trace, name, step);
    return "same" in equation ? { row: found.row, name: null } : found;
  };
  return written(equation, { vector }, weights, index);
}

/** A vector of a readout's equations. */
function readoutVector(trace: Trace, name: string, step: number): NamedRow {
  const { state, context } = wiringOf(trace.model).readout;
  switch (name) {
    case "state":
      return state.time === "previous"
        ? { row: signalRow(trace, state, step, "s₋₁"), name: words.stateBefore }
        : { row: signalRow(trace, state, step, "h"), name: words.fromState };
    case "context":
      return enteringRow(trace, context as Signal, step);
    case "embedding": {
      const { input } = trace.steps[step] as Trace["steps"][number];
      const row = rowOf(trace, { side: "decoder", tensor: "embedding", step }, "y");
      return { row, name: words.embeddingOf(spelled(input)) };
    }
    default: {
      const symbol = name === "attentional_vector" ? "h̃" : "t̃";
      return { row: rowOf(trace, { side: "decoder", tensor: name, step }, symbol), name: null };
    }
  }
}

/** A number of what the output layer sees. */
export function explainReadout(
  trace: Trace,
  weights: Weights,
  step: number,
  index: number,
): Explanation | null {
  if (trace.model.outputRank === 0) {
    return explainReadoutPart(trace, weights, { tensor: "readout.units", step, index });
  }
  const units: Row = rowOf(trace, { side: "decoder", tensor: "readout.units", step }, "u");
  return summed("t = u·G", [products(null, units, columnOf(weights, "output.factor", index))]);
}

/** The logit of a word of the vocabulary. */
export function explainLogit(
  trace: Trace,
  weights: Weights,
  step: number,
  id: number,
): Explanation {
  const { tiedEmbeddings, outputBias } = trace.model;
  const readout = rowOf(trace, { side: "decoder", tensor: "readout", step }, "t");
  const weightOf = tiedEmbeddings
    ? (at: number) => weightAt(weights, "target_embedding", id, at)
    : columnOf(weights, "output.weight", id);
  const parts = [products(words.fromReadout, readout, weightOf)];
  if (outputBias) {
    const bias = weightAt(weights, "output.bias", 0, id);
    parts.push(part(words.bias, [term("b", [factor(bias)])]));
  }
  const formula = `ℓ = t·${tiedEmbeddings ? "E[w]" : "W"}${outputBias ? " + b" : ""}`;
  return summed(formula, parts, () => [], tiedEmbeddings ? words.tied : null);
}

/** The log-probability of a word: its logit among all. */
export function explainLogProbability(trace: Trace, step: number, id: number): Explanation {
  const logits = rowOf(trace, { side: "decoder", tensor: "logits", step }, "ℓ");
  const all = Array.from(logits.values);
  const largest = all.reduce((one, other) => Math.max(one, other), Number.NEGATIVE_INFINITY);
  const powers = all.reduce((sum, logit) => sum + Math.exp(logit - largest), 0);
  const explanation = summed("log p = ℓ − log Σ exp ℓ", [
    part(null, [
      term(words.logit, [factorAt(logits, id)]),
      term(words.normalizer, [factor(-(largest + Math.log(powers)))]),
    ]),
  ]);
  return { ...explanation, note: words.probability(formatShare(Math.exp(explanation.total))) };
}
