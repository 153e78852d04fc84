/** @file The arithmetic of attention's weights and of the context. */

import type { Trace } from "../../trace/trace.ts";
import type { Pick } from "../state/selection.svelte.ts";
import type { Explanation, Term } from "./explanation.ts";
import { copied, factor, factorAt, part, summed, term } from "./explanation.ts";
import { rowOf } from "./rows.ts";
import { tokenAt } from "./tokens.ts";
import { explainGaussian, explainSoftmax } from "./window.ts";
import { words } from "./words.ts";

/** The weight of a source position: its share in the sum of all exponentials, cut by a window if there is one. */
export function explainWeight(trace: Trace, pick: Pick): Explanation {
  if (pick.tensor === "attention.weights" && trace.steps[pick.step]?.hasGivenAttention) {
    return copied("α", null, words.givenLabel, factor(pick.value), words.given);
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

function weightedTerm(trace: Trace, step: number, position: number, index: number): Term {
  const weights = rowOf(trace, "decoder", "attention.weights", step, "α");
  const memory = rowOf(trace, "encoder", "memory", position, "h̄");
  return term(tokenAt(trace, position), [factorAt(weights, position), factorAt(memory, index)]);
}
