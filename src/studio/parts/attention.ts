/** @file What the scenes of attention share: which state looks, and how scores are made. */

import type { Trace } from "../../trace/trace.ts";
import { firstState, topOutput } from "../explain/structure.ts";
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
  const { attentionPlace } = trace.model;
  const isOld = attentionPlace === "before";
  const tensor = attentionPlace === "after" ? topOutput(trace.model) : "decoder.0.hidden_state";
  if (isOld && step === 0) {
    const first = firstState(trace.model, 0);
    return { values: vectorAt(trace, "encoder", first, 0), tensor: first, step, isOld };
  }
  const at = isOld ? step - 1 : step;
  return { values: vectorAt(trace, "decoder", tensor, at), tensor, step: at, isOld };
}

/** The model's scoring function as its paper writes it. */
export function scoreFormula({ attention, attentionPlace }: Trace["model"]): string {
  const h = attentionPlace === "before" ? "sₜ₋₁" : "hₜ";
  switch (attention) {
    case "dot":
      return `eₛ = ${h}ᵀ h̄ₛ`;
    case "general":
      return `eₛ = ${h}ᵀ Wₐ h̄ₛ`;
    case "scaledGeneral":
      return `eₛ = g ${h}ᵀ Wₐ h̄ₛ`;
    case "concat":
    case "additive":
      return `eₛ = vₐᵀ tanh(Wₐ ${h} + Uₐ h̄ₛ)`;
    case "normedAdditive":
      return `eₛ = (g vₐ / ‖vₐ‖)ᵀ tanh(Wₐ ${h} + Uₐ h̄ₛ + b)`;
    case "location":
      return `eₛ = (Wₐ ${h})ₛ`;
    case "none":
      return "";
  }
}

/** How the model makes weights of its scores, where it looks, and what it takes from there. */
export function weightFormulas({ attentionScope }: Trace["model"]): string[] {
  switch (attentionScope) {
    case "global":
      return ["α = softmax(e)", "C = Σ αₛ h̄ₛ"];
    case "local-m":
      return ["α = softmax(e),  |s − t| ≤ D", "C = Σ αₛ h̄ₛ"];
    case "local-p":
      return [
        "p = S σ(v_pᵀ tanh(W_p h))",
        "a = softmax(e),  |s − p| ≤ D",
        "αₛ = aₛ exp(−(s − p)² / 2σ²)",
        "C = Σ αₛ h̄ₛ",
      ];
  }
}
