/** @file The arithmetic of local attention: the middle of its window, and what is inside of it (Luong et al. 2015, §3.2). */

import { largestOf } from "../../tensor/extremes.ts";
import type { Trace } from "../../trace/trace.ts";
import { type Window, windowOf } from "../scale/window.ts";
import type { Pick } from "../state/selection.svelte.ts";
import { formatNumber } from "../text/numbers.ts";
import { queryRow } from "./attention.ts";
import type { Explanation } from "./explanation.ts";
import { both, copied, factor, factorAt, foldedPart, part, summed, term } from "./explanation.ts";
import type { Weights } from "./rows.ts";
import { rowOf, weightAt } from "./rows.ts";
import { tokenAt } from "./tokens.ts";
import { words } from "./words.ts";

/** The middle of the window: the number of the step (local-m), or predicted from the state (local-p). */
export function explainCentre(trace: Trace, weights: Weights, { step }: Pick): Explanation {
  const { attentionScope, window: reach } = trace.model;
  const length = trace.source.tokens.length;
  if (attentionScope === "local-m") {
    const last = length - 1 + reach;
    if (step <= last)
      return copied("p = t", { label: words.stepNumber, only: factor(step), note: words.counted });
    return copied("p = S − 1 + D", {
      label: words.lastWindow,
      only: factor(last),
      note: words.beyond,
    });
  }
  const query = queryRow(trace, step);
  const units = weights.get("attention.v_p")?.shape[0] ?? 0;
  const inner = Array.from({ length: units }, (_, unit) => {
    let sum = 0;
    for (let at = 0; at < query.values.length; at++) {
      sum += (query.values[at] as number) * weightAt(weights, "attention.W_p", at, unit);
    }
    return sum;
  });
  const outward = (unit: number): number => weightAt(weights, "attention.v_p", unit, 0);
  const squashed = (unit: number): number => Math.tanh(inner[unit] as number);
  return summed(
    `p = S × σ(tanh(${query.symbol}·W_p)·v_p)`,
    [
      foldedPart(
        null,
        units,
        (unit) => squashed(unit) * outward(unit),
        (unit) => {
          const text = `tanh(${formatNumber(inner[unit] as number)})`;
          const made = factor(squashed(unit), query.pickAt(0), text);
          return term(words.unit(unit), [{ ...made, pick: null }, factor(outward(unit))]);
        },
      ),
    ],
    (sum) => {
      const share = 1 / (1 + Math.exp(-sum));
      return [
        { label: both("σ(Σ)"), value: share },
        { label: both(`${length} × σ(Σ)`), value: length * share },
      ];
    },
    words.predicted,
  );
}

/** The softmax inside of the window, before the Gaussian of local-p. */
export function explainAligned(trace: Trace, pick: Pick): Explanation {
  return explainSoftmax(trace, pick, "a");
}

/** A position's share in the sum of the exponentials of all scores, or of those inside of the window. */
export function explainSoftmax(trace: Trace, { step, index }: Pick, symbol: string): Explanation {
  const window = windowOf(trace, step);
  if (window && !window.isInside(index)) {
    return copied(`${symbol} = 0`, {
      label: tokenAt(trace, index),
      only: factor(0),
      note: words.outside,
    });
  }
  const scores = rowOf(trace, { side: "decoder", tensor: "attention.scores", step }, "e");
  const all = Array.from(scores.values);
  const places = all.flatMap((_, at) => (!window || window.isInside(at) ? [at] : []));
  const largest = largestOf(places.map((at) => all[at] as number));
  const power = (at: number): number => Math.exp((all[at] as number) - largest);
  const terms = places.map((at) => {
    const less = formatNumber((all[at] as number) - largest);
    return term(tokenAt(trace, at), [factor(power(at), scores.pickAt(at), `exp(${less})`)]);
  });
  const own = power(index);
  const label = formatNumber(own);
  return summed(
    `${symbol} = exp(e − max e) / Σ exp(e − max e)`,
    [part(window ? words.overWindow : null, terms)],
    (sum) => [
      {
        label: {
          en: `“${tokenAt(trace, index)}”: ${label} / Σ`,
          zh: `“${tokenAt(trace, index)}”：${label} / Σ`,
        },
        value: own / sum,
      },
    ],
    words.exponent(formatNumber(largest)),
  );
}

/** A weight of local-p: the softmax inside of the window times the Gaussian around its middle. */
export function explainGaussian(trace: Trace, { step, index }: Pick): Explanation {
  const window = windowOf(trace, step) as Window;
  const aligned = rowOf(trace, { side: "decoder", tensor: "attention.aligned", step }, "a");
  const centre = rowOf(trace, { side: "decoder", tensor: "attention.centre", step }, "p");
  const offset = formatNumber(index - window.centre);
  const text = `exp(−2 × (${offset})² / ${window.reach}²)`;
  const bell = factor(window.gaussian(index), centre.pickAt(0), text);
  return summed(
    "α = a × exp(−(s − p)² / (2σ²)),  σ = D/2",
    [part(null, [term(tokenAt(trace, index), [factorAt(aligned, index), bell])])],
    () => [],
    words.notNormalised,
  );
}
