/** @file The arithmetic behind the decoder's numbers, from the embedding of a word to the next one's probability. */

import type { Trace } from "../../trace/trace.ts";
import { spelled } from "../marks/spelled.ts";
import type { Pick } from "../state/selection.svelte.ts";
import { formatShare } from "../words/numbers.ts";
import {
  explainContext,
  explainQuery,
  explainScore,
  explainWeight,
  explainWeighted,
} from "./attention.ts";
import type { CellInput, CellSite } from "./cells.ts";
import { explainCell } from "./cells.ts";
import { stateNames } from "./encoder.ts";
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
import { words } from "./words.ts";

/** Explains a number of a decoder step's tensors; null if there is nothing to explain. */
export function explainDecoder(trace: Trace, weights: Weights, pick: Pick): Explanation | null {
  const { tensor, step, index } = pick;
  if (!trace.steps[step]) return null;
  const cell = /^decoder\.(\d+)\.(\w+)$/.exec(tensor);
  if (cell) {
    return explainCell(
      decoderSite(trace, step, Number(cell[1])),
      weights,
      cell[2] as string,
      index,
    );
  }
  switch (tensor) {
    case "embedding":
      return explainEmbedding(trace, weights, pick);
    case "attention.projected_query":
      return explainQuery(trace, weights, pick);
    case "attention.scores":
      return explainScore(trace, weights, pick);
    case "attention.weights":
    case "attention.own_weights":
      return explainWeight(trace, pick);
    case "weighted":
      return explainWeighted(trace, pick);
    case "context":
      return explainContext(trace, pick);
    case "attentional_vector":
      return explainAttentionalVector(trace, weights, step, index);
    case "readout.sums":
      return explainReadoutSum(trace, weights, step, index);
    case "readout":
      return explainReadout(trace, step, index);
    case "logits":
      return explainLogit(trace, weights, step, index);
    case "log_probabilities":
      return explainLogProbability(trace, step, index);
    default:
      return null;
  }
}

/** The top layer's new state. */
function newState(trace: Trace, step: number): Row {
  return rowOf(trace, "decoder", `decoder.${trace.model.layers - 1}.hidden_state`, step, "h");
}

/** A state that a layer brings into a step: that of the step before, or the one handed over. */
export function stateBefore(
  trace: Trace,
  step: number,
  layer: number,
  state: "hidden_state" | "cell_state",
  symbol: string,
): Row {
  if (step > 0) return rowOf(trace, "decoder", `decoder.${layer}.${state}`, step - 1, symbol);
  const names = stateNames(trace.model);
  const which = layer * names.length + (state === "cell_state" ? 1 : 0);
  return rowOf(trace, "encoder", `state.${which}`, 0, symbol);
}

function decoderSite(trace: Trace, step: number, layer: number): CellSite {
  const { model, steps } = trace;
  const x: CellInput =
    layer === 0
      ? {
          row: rowOf(trace, "decoder", "embedding", step, "x"),
          name: words.embeddingOf(spelled(steps[step]?.input ?? "")),
        }
      : {
          row: rowOf(trace, "decoder", `decoder.${layer - 1}.hidden_state`, step, "x"),
          name: words.layerBelow(null),
        };
  return {
    ...{ kind: model.cell, name: `decoder.${layer}`, size: model.hidden, x },
    h: { row: stateBefore(trace, step, layer, "hidden_state", "h₋₁"), name: words.stateBefore },
    c: stateBefore(trace, step, layer, "cell_state", "c₋₁"),
    more: layer === 0 ? furtherInput(trace, step) : null,
    made: (each, symbol) => rowOf(trace, "decoder", `decoder.${layer}.${each}`, step, symbol),
  };
}

/** What the first layer gets besides the word: the context (Bahdanau), or what is fed (Luong). */
function furtherInput(trace: Trace, step: number): CellSite["more"] {
  const { attentionPlace, inputFeeding, layers } = trace.model;
  if (attentionPlace === "before") {
    const row = rowOf(trace, "decoder", "context", step, "C");
    return { row, name: words.fromContext, weight: "weight_context", letter: "V" };
  }
  if (!inputFeeding) return null;
  const first = `state.${layers * stateNames(trace.model).length}`;
  const row =
    step > 0
      ? rowOf(trace, "decoder", "attentional_vector", step - 1, "h̃₋₁")
      : rowOf(trace, "encoder", first, 0, "h̃₋₁");
  return { row, name: words.fed, weight: "weight_feed", letter: "V" };
}

function explainEmbedding(trace: Trace, weights: Weights, { step, index }: Pick): Explanation {
  const { input, inputId } = trace.steps[step] as Trace["steps"][number];
  const value = weightAt(weights, "target_embedding", inputId, index);
  const label = words.tableRow(inputId, spelled(input));
  return copied(`y = E[${inputId}]`, words.targetTable, label, factor(value), words.learned);
}

function explainAttentionalVector(
  trace: Trace,
  weights: Weights,
  step: number,
  index: number,
): Explanation {
  const context = rowOf(trace, "decoder", "context", step, "C");
  const column = columnOf(weights, "attention.W_c", index);
  const behind = context.values.length;
  return summed(
    "h̃ = tanh([C ; h]·W_c)",
    [
      products(words.fromContext, context, column),
      products(words.fromState, newState(trace, step), (at) => column(behind + at)),
    ],
    (sum) => [{ label: both("tanh(Σ)"), value: Math.tanh(sum) }],
  );
}

function explainReadoutSum(
  trace: Trace,
  weights: Weights,
  step: number,
  index: number,
): Explanation {
  const from = (name: string): ((at: number) => number) =>
    columnOf(weights, `readout.${name}`, index);
  const state = stateBefore(trace, step, 0, "hidden_state", "s₋₁");
  const { input } = trace.steps[step] as Trace["steps"][number];
  const embedding = rowOf(trace, "decoder", "embedding", step, "y");
  return summed("t̃ = s₋₁·Uₒ + y·Vₒ + C·Cₒ", [
    products(words.stateBefore, state, from("U_o")),
    products(words.embeddingOf(spelled(input)), embedding, from("V_o")),
    products(words.fromContext, rowOf(trace, "decoder", "context", step, "C"), from("C_o")),
  ]);
}

function explainReadout(trace: Trace, step: number, index: number): Explanation {
  const { attention, attentionPlace } = trace.model;
  if (attention !== "none" && attentionPlace === "before") {
    const sums = rowOf(trace, "decoder", "readout.sums", step, "t̃");
    const pair = [2 * index, 2 * index + 1].map((at) =>
      term(placed("t̃", at), [factorAt(sums, at)]),
    );
    const total = Math.max(...pair.map(({ value }) => value));
    const results = [{ label: words.larger, value: total }];
    const formula = `t[${index}] = max(t̃[${2 * index}], t̃[${2 * index + 1}])`;
    return { formula, rule: "largest", parts: [part(null, pair)], results, total, note: null };
  }
  const row =
    attention === "none"
      ? newState(trace, step)
      : rowOf(trace, "decoder", "attentional_vector", step, "h̃");
  const { symbol } = row;
  return copied(
    `t = ${symbol}`,
    null,
    placed(symbol, index),
    factorAt(row, index),
    words.sameNumber,
  );
}

function explainLogit(trace: Trace, weights: Weights, step: number, id: number): Explanation {
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

function explainLogProbability(trace: Trace, step: number, id: number): Explanation {
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
