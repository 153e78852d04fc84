/** @file The arithmetic behind attention: scores, weights and the context. */

import type { Trace } from "../../trace/trace.ts";
import { spelled } from "../marks/spelled.ts";
import type { Pick } from "../state/selection.svelte.ts";
import { formatNumber } from "../words/numbers.ts";
import type { Explanation, Term } from "./explanation.ts";
import {
  copied,
  factor,
  factorAt,
  foldedPart,
  part,
  placed,
  products,
  summed,
  term,
} from "./explanation.ts";
import type { Row, Weights } from "./rows.ts";
import { columnOf, rowOf, weightAt } from "./rows.ts";
import { words } from "./words.ts";

/** The decoder state that looks: the top layer's new one (Luong), the first layer's before (Bahdanau). */
function queryRow(trace: Trace, step: number): Row {
  const { attentionPlace, layers } = trace.model;
  if (attentionPlace === "after") {
    return rowOf(trace, "decoder", `decoder.${layers - 1}.hidden_state`, step, "h");
  }
  return step > 0
    ? rowOf(trace, "decoder", "decoder.0.hidden_state", step - 1, "s₋₁")
    : rowOf(trace, "encoder", "state.0", 0, "s₀");
}

/** A source token by its position. */
const tokenAt = ({ source }: Trace, position: number): string =>
  spelled(source.tokens[position] ?? "");

/** A number of W_a h, which concat and additive scores compare with the keys. */
export function explainQuery(trace: Trace, weights: Weights, { step, index }: Pick): Explanation {
  const row = queryRow(trace, step);
  return summed(`q = ${row.symbol}·Wₐ`, [
    products(null, row, columnOf(weights, "attention.W_a", index)),
  ]);
}

/** The score of a source position: a product of two vectors, or what the units of a small layer vote. */
export function explainScore(trace: Trace, weights: Weights, { step, index }: Pick): Explanation {
  const key = rowOf(trace, "encoder", "keys", index, "k");
  const { attention } = trace.model;
  if (attention === "dot" || attention === "general") {
    const query = queryRow(trace, step);
    const formula = `e = ${query.symbol}·${attention === "dot" ? "h̄" : "k,  k = h̄·Wₐ"}`;
    const at = (row: Row, unit: number): number => row.values[unit] as number;
    return summed(formula, [
      foldedPart(
        null,
        query.values.length,
        (unit) => at(query, unit) * at(key, unit),
        (unit) =>
          term(`${placed(query.symbol, unit)} × ${placed("k", unit)}`, [
            factorAt(query, unit),
            factorAt(key, unit),
          ]),
      ),
    ]);
  }
  const query = rowOf(trace, "decoder", "attention.projected_query", step, "q");
  const outward = (unit: number): number => weightAt(weights, "attention.v_a", unit, 0);
  const energy = (unit: number): number =>
    Math.tanh((query.values[unit] as number) + (key.values[unit] as number));
  return summed("e = tanh(q + k)·vₐ", [
    foldedPart(
      null,
      query.values.length,
      (unit) => energy(unit) * outward(unit),
      (unit) => {
        const sum = [query, key].map(({ values }) => formatNumber(values[unit] as number));
        const text = `tanh(${sum.join(" + ")})`;
        const squashed = factor(energy(unit), key.pickAt(unit), text);
        return term(words.unit(unit), [squashed, factor(outward(unit))]);
      },
    ),
  ]);
}

/** The weight of a source position: its share in the sum of all exponentials. */
export function explainWeight(trace: Trace, { tensor, step, index, value }: Pick): Explanation {
  if (tensor === "attention.weights" && trace.steps[step]?.hasGivenAttention) {
    return copied("α", null, words.givenLabel, factor(value), words.given);
  }
  const scores = rowOf(trace, "decoder", "attention.scores", step, "e");
  const all = Array.from(scores.values);
  const largest = Math.max(...all);
  const powers = all.map((score) => Math.exp(score - largest));
  const terms = powers.map((power, position) => {
    const less = formatNumber((all[position] as number) - largest);
    const from = factor(power, scores.pickAt(position), `exp(${less})`);
    return term(tokenAt(trace, position), [from]);
  });
  const own = powers[index] as number;
  return summed(
    "α = exp(e − max e) / Σ exp(e − max e)",
    [part(null, terms)],
    (sum) => [
      {
        label: {
          en: `“${tokenAt(trace, index)}”: ${formatNumber(own)} / Σ`,
          zh: `“${tokenAt(trace, index)}”：${formatNumber(own)} / Σ`,
        },
        value: own / sum,
      },
    ],
    words.exponent(formatNumber(largest)),
  );
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

function weightedTerm(trace: Trace, step: number, position: number, index: number): Term {
  const weights = rowOf(trace, "decoder", "attention.weights", step, "α");
  const memory = rowOf(trace, "encoder", "memory", position, "h̄");
  return term(tokenAt(trace, position), [factorAt(weights, position), factorAt(memory, index)]);
}
