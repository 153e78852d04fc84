/** @file The arithmetic behind a source of features: rows of a file become vectors (`ModelParts.embedFeatures`). */

import type { Trace } from "../../trace/trace.ts";
import type { Pick } from "../state/selection.svelte.ts";
import type { Explanation } from "./explanation.ts";
import { both, copied, factor, factorAt, part, products, summed, term } from "./explanation.ts";
import type { Row, Weights } from "./rows.ts";
import { columnOf, rowOf, weightAt } from "./rows.ts";
import { words } from "./words.ts";

/** Explains a number of a row, of its projection, or of the vector that comes of it; null of others. */
export function explainFeatures(trace: Trace, weights: Weights, pick: Pick): Explanation | null {
  const { tensor, step, index } = pick;
  const place = trace.source.tokens[step] ?? "";
  if (tensor === "source_features") {
    const label = words.featureAt(place, index);
    return copied(`f[${index}]`, { label, only: factor(pick.value), note: words.ofFile });
  }
  if (tensor === "projected_features") {
    const row = rowOf(trace, { side: "encoder", tensor: "source_features", step }, "f");
    const bias = weightAt(weights, "features.bias", 0, index);
    return summed(
      "p = tanh(f·W + b)",
      [
        products(words.features(place), row, columnOf(weights, "features.W", index)),
        part(words.bias, [term("b", [factor(bias)])]),
      ],
      (sum) => [{ label: both("tanh(Σ)"), value: Math.tanh(sum) }],
    );
  }
  if (tensor !== "source_embedding") return null;
  const projected = rowOf(trace, { side: "encoder", tensor: "projected_features", step }, "p");
  const id = trace.source.ids[step] ?? 0;
  return summed(`x = p + P[${id}]`, [
    part(null, [
      term(words.projected, [factorAt(projected, index)]),
      term(words.placeRow(place), [factor(weightAt(weights, "position_embedding", id, index))]),
    ]),
  ]);
}

/** The mean of all places, which stands for the encoder's last states where there is no encoder. */
export function meanOfPlaces(trace: Trace): Row {
  const { shape = [], data = [] } = trace.encoder.tensors["memory"] ?? {};
  const [places = 0, size = 0] = shape;
  const values = Float64Array.from({ length: size }, (_, index) => {
    let sum = 0;
    for (let place = 0; place < places; place++) sum += data[place * size + index] as number;
    return sum / places;
  });
  return { values, symbol: "x̄", pickAt: () => null };
}
