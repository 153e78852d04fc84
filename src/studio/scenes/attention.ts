/** @file What the scenes of attention share: which state looks, and how scores are made. */

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

/** The query of a decoder step: the top layer's new state, or the state before the step. */
export function queryOf(trace: Trace, step: number): Query {
  const { attentionPlace, layers } = trace.model;
  const tensor = `decoder.${layers - 1}.hidden_state`;
  if (attentionPlace === "after") {
    return { values: vectorAt(trace, "decoder", tensor, step), tensor, step, isOld: false };
  }
  if (step > 0) {
    const before = step - 1;
    return {
      values: vectorAt(trace, "decoder", tensor, before),
      tensor,
      step: before,
      isOld: true,
    };
  }
  return {
    values: vectorAt(trace, "encoder", "state.0", 0),
    tensor: "state.0",
    step: 0,
    isOld: true,
  };
}

/** The model's scoring function as its paper writes it. */
export function scoreFormula({ attention, attentionPlace }: Trace["model"]): string {
  const h = attentionPlace === "after" ? "hₜ" : "sₜ₋₁";
  switch (attention) {
    case "dot":
      return `eₛ = ${h}ᵀ h̄ₛ`;
    case "general":
      return `eₛ = ${h}ᵀ Wₐ h̄ₛ`;
    case "concat":
    case "additive":
      return `eₛ = vₐᵀ tanh(Wₐ ${h} + Uₐ h̄ₛ)`;
    case "none":
      return "";
  }
}
