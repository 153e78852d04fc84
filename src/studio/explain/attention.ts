/** @file The arithmetic behind the scores of attention (`nn/scores`). */

import { norm } from "../../tensor/extremes.ts";
import type { Trace } from "../../trace/trace.ts";
import type { Pick } from "../state/selection.svelte.ts";
import { formatNumber } from "../text/numbers.ts";
import type { Explanation, Part } from "./explanation.ts";
import {
  both,
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
import type { Weights } from "./rows.ts";
import { columnOf, rowOf, weightAt } from "./rows.ts";
import { queryRow } from "./states.ts";
import { words } from "./words.ts";

/** A number of W_a h, which concat and additive scores compare with the keys; normedAdditive adds b. */
export function explainQuery(trace: Trace, weights: Weights, { step, index }: Pick): Explanation {
  const row = queryRow(trace, step);
  const parts: Part[] = [products(null, row, columnOf(weights, "attention.W_a", index))];
  const hasBias = trace.model.attention === "normedAdditive";
  if (hasBias) {
    const bias = weightAt(weights, "attention.b", 0, index);
    parts.push(part(words.bias, [term("b", [factor(bias)])]));
  }
  return summed(`q = ${row.symbol}·Wₐ${hasBias ? " + b" : ""}`, parts);
}

/** The score of a source position: a product of two vectors, or what the units of a small layer vote. */
export function explainScore(trace: Trace, weights: Weights, pick: Pick): Explanation {
  const { attention, locations } = trace.model;
  if (attention === "location" && pick.index >= locations) {
    const note = words.noLocation(locations);
    return copied("e = −10⁹", null, "−10⁹", factor(-1e9), note);
  }
  return attention === "concat" || attention === "additive" || attention === "normedAdditive"
    ? explainEnergy(trace, weights, pick)
    : explainProduct(trace, weights, pick);
}

/** What the query is multiplied with, by the kind of score. */
const productKeys: Readonly<Record<string, string>> = {
  dot: "h̄",
  general: "k,  k = h̄·Wₐ",
  scaledGeneral: "k × g,  k = h̄·Wₐ",
  location: "k,  k = Wₐ[s]",
};

function explainProduct(trace: Trace, weights: Weights, { step, index }: Pick): Explanation {
  const { attention } = trace.model;
  const [query, key] = [queryRow(trace, step), rowOf(trace, "encoder", "keys", index, "k")];
  const parts = [
    foldedPart(
      null,
      query.values.length,
      (unit) => (query.values[unit] as number) * (key.values[unit] as number),
      (unit) =>
        term(`${placed(query.symbol, unit)} × ${placed("k", unit)}`, [
          factorAt(query, unit),
          factorAt(key, unit),
        ]),
    ),
  ];
  const formula = `e = ${query.symbol}·${productKeys[attention]}`;
  if (attention !== "scaledGeneral") return summed(formula, parts);
  const gain = weightAt(weights, "attention.g", 0, 0);
  const label = both(`Σ × g (${formatNumber(gain)})`);
  return summed(formula, parts, (sum) => [{ label, value: sum * gain }]);
}

function explainEnergy(trace: Trace, weights: Weights, { step, index }: Pick): Explanation {
  const key = rowOf(trace, "encoder", "keys", index, "k");
  const query = rowOf(trace, "decoder", "attention.projected_query", step, "q");
  const learned = (unit: number): number => weightAt(weights, "attention.v_a", unit, 0);
  const isNormed = trace.model.attention === "normedAdditive";
  const scale = isNormed ? normScale(weights, query.values.length) : 1;
  const outward = (unit: number): number => scale * learned(unit);
  const energy = (unit: number): number =>
    Math.tanh((query.values[unit] as number) + (key.values[unit] as number));
  return summed(
    `e = tanh(q + k)·${isNormed ? "(g × vₐ / ‖vₐ‖)" : "vₐ"}`,
    [
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
    ],
    () => [],
    isNormed ? words.normed(formatNumber(scale)) : null,
  );
}

/** g / ‖v‖ of normedAdditive. */
function normScale(weights: Weights, units: number): number {
  const all = Array.from({ length: units }, (_, unit) =>
    weightAt(weights, "attention.v_a", unit, 0),
  );
  return weightAt(weights, "attention.g", 0, 0) / norm(all);
}
