/** @file The arithmetic from the decoder's state to the next word's probability. */

import { largestOf } from "../../tensor/extremes.ts";
import type { Trace } from "../../trace/trace.ts";
import { formatShare } from "../text/numbers.ts";
import { spelled } from "../text/spelling.ts";
import { takenContext } from "./context.ts";
import type { Explanation } from "./explanation.ts";
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
import type { Row, Weights } from "./rows.ts";
import { columnOf, rowOf, weightAt } from "./rows.ts";
import { newState, stateBefore } from "./states.ts";
import { hasSummary } from "./structure.ts";
import { words } from "./words.ts";

/** A number of the vector that context and state become (Luong), with tanh or without. */
export function explainAttentionalVector(
  trace: Trace,
  weights: Weights,
  step: number,
  index: number,
): Explanation {
  const context = rowOf(trace, "decoder", "context", step, "C");
  const column = columnOf(weights, "attention.W_c", index);
  const behind = context.values.length;
  const parts = [
    products(words.fromContext, context, column),
    products(words.fromState, newState(trace, step), (at) => column(behind + at)),
  ];
  if (trace.model.readout === "linear") return summed("h̃ = [C ; h]·W_c", parts);
  return summed("h̃ = tanh([C ; h]·W_c)", parts, (sum) => [
    { label: both("tanh(Σ)"), value: Math.tanh(sum) },
  ]);
}

/** A sum before maxout: of a state, the word received and the context. */
export function explainReadoutSum(
  trace: Trace,
  weights: Weights,
  step: number,
  index: number,
): Explanation {
  const { model } = trace;
  const from = (name: string): ((at: number) => number) =>
    columnOf(weights, `readout.${name}`, index);
  const isOld = model.readoutState === "previous";
  const state = isOld
    ? stateBefore(trace, step, model.layers - 1, "hidden_state", "s₋₁")
    : newState(trace, step);
  const { input } = trace.steps[step] as Trace["steps"][number];
  const embedding = rowOf(trace, "decoder", "embedding", step, "y");
  const { row: context, name } = hasSummary(model)
    ? { row: rowOf(trace, "encoder", "summary", 0, "c"), name: words.fromSummary }
    : takenContext(trace, step);
  return summed(`t̃ = ${state.symbol}·Uₒ + y·Vₒ + ${context.symbol}·Cₒ`, [
    products(isOld ? words.stateBefore : words.fromState, state, from("U_o")),
    products(words.embeddingOf(spelled(input)), embedding, from("V_o")),
    products(name, context, from("C_o")),
  ]);
}

/** A number of the readout, before it is multiplied by the factor if the output weights have one. */
export function explainReadoutUnit(trace: Trace, step: number, index: number): Explanation {
  const { readout } = trace.model;
  if (readout === "maxout") return explainMaxout(trace, step, index);
  const row =
    readout === "none"
      ? newState(trace, step)
      : rowOf(trace, "decoder", "attentional_vector", step, "h̃");
  const label = placed(row.symbol, index);
  return copied(`t = ${row.symbol}`, null, label, factorAt(row, index), words.sameNumber);
}

function explainMaxout(trace: Trace, step: number, index: number): Explanation {
  const sums = rowOf(trace, "decoder", "readout.sums", step, "t̃");
  const pair = [2 * index, 2 * index + 1].map((at) => term(placed("t̃", at), [factorAt(sums, at)]));
  const total = largestOf(pair.map(({ value }) => value));
  const results = [{ label: words.larger, value: total }];
  const formula = `t[${index}] = max(t̃[${2 * index}], t̃[${2 * index + 1}])`;
  return { formula, rule: "largest", parts: [part(null, pair)], results, total, note: null };
}

/** A number of what the output layer sees. */
export function explainReadout(
  trace: Trace,
  weights: Weights,
  step: number,
  index: number,
): Explanation {
  if (trace.model.outputRank === 0) return explainReadoutUnit(trace, step, index);
  const units: Row = rowOf(trace, "decoder", "readout.units", step, "u");
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
  const readout = rowOf(trace, "decoder", "readout", step, "t");
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
  const logits = rowOf(trace, "decoder", "logits", step, "ℓ");
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
