/** @file The arithmetic behind a number: the terms that it is the sum of, from the trace and the weights. */

import type { Trace } from "../../trace/trace.ts";
import type { Pick } from "../state/selection.svelte.ts";
import { explainDecoder } from "./decoder.ts";
import { explainEncoder } from "./encoder.ts";
import type { Explanation } from "./explanation.ts";
import type { Weights } from "./rows.ts";

export type { Explanation, Factor, Part, Result, Term } from "./explanation.ts";

/**
 * Yields the sum behind a number of a trace, from the numbers that the trace has of the step before and
 * the model's weights: what its terms come to is the number itself, up to float32's rounding.
 *
 * @returns null for what is in no trace.
 */
export function explain(trace: Trace, weights: Weights, pick: Pick): Explanation | null {
  // The states handed over are the encoder's, wherever they are shown.
  const isEncoder = pick.side === "encoder" || pick.tensor.startsWith("state.");
  return isEncoder ? explainEncoder(trace, weights, pick) : explainDecoder(trace, weights, pick);
}
