/** @file What the scenes of attention share: which state looks, and how scores are made. */

import type { AttentionWiring } from "../../models/wiring.ts";
import { wiringOf } from "../../models/wiring.ts";
import { scopeKinds } from "../../nn/attentionScope.ts";
import { scoreKinds } from "../../nn/scores/kinds.ts";
import type { Trace } from "../../trace/trace.ts";
import { vectorAt } from "../scale/domain.ts";

/** The decoder state that attention compares with the encoder's. */
export interface Query {
  readonly values: ArrayLike<number>;
  /** Where the trace has it. */
  readonly tensor: string;
  readonly step: number;
  /** Whether it is the state before the step (Bahdanau) and not the new one (Luong). */
  readonly isOld: boolean;
}

/**
 * The query of a decoder step: what the top layer newly hands on, the bottom layer's new state, or its
 * state before the step.
 */
export function queryOf(trace: Trace, step: number): Query {
  const { query } = wiringOf(trace.model).attention as AttentionWiring;
  const { tensor, time, first } = query;
  const isOld = time === "previous";
  if (isOld && step === 0) {
    const given = first as string;
    return { values: vectorAt(trace, "encoder", given, 0), tensor: given, step, isOld };
  }
  const at = isOld ? step - 1 : step;
  return { values: vectorAt(trace, "decoder", tensor, at), tensor, step: at, isOld };
}

/** The model's scoring function as its paper writes it. */
export function scoreFormula(model: Trace["model"]): string {
  if (model.attention === "none") return "";
  const isOld = wiringOf(model).attention?.query.time === "previous";
  return scoreKinds[model.attention].equations.written.replace("{h}", isOld ? "sₜ₋₁" : "hₜ");
}

/** How the model makes weights of its scores, where it looks, and what it takes from there. */
export function weightFormulas({ attentionScope }: Trace["model"]): string[] {
  return [...scopeKinds[attentionScope].written, "C = Σ αₛ h̄ₛ"];
}
