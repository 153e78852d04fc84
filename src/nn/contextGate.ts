import { multiply, sigmoid } from "../graph/operators/elementwise.ts";
import { affine } from "../graph/operators/matMul.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Equation } from "./equation.ts";
import { bias, only, own, projection } from "./equation.ts";
import type { Initializer, Parameters } from "./parameters.ts";
import { zeros } from "./parameters.ts";

/** β from `state`, and β·c from `gate`, which is β, and `context`. */
export const contextGateEquations: Readonly<Record<"gate" | "gated", Equation>> = {
  gate: {
    formula: "β = σ({state}·W + b)",
    parts: [projection("state", "attention.gate.W"), bias("attention.gate.bias")],
    after: "sigmoid",
  },
  gated: {
    formula: "{gate} × {context}",
    parts: [{ terms: [{ factors: [only("gate"), own("context")] }] }],
  },
};

/**
 * Xu et al. (2015), §4.2.1: one number, computed from the decoder's previous state, scales the
 * context,
 *
 *     β = σ(f_β(h)),  with f_β linear;  β·c replaces c.
 *
 * @param state   h: `[batch, queries, hidden]`.
 * @param context c: `[batch, queries, size]`.
 * @returns β `[batch, queries, 1]`, and β·c.
 */
export function gateContext(
  parameters: Parameters,
  state: Tensor,
  context: Tensor,
  initializer: Initializer,
): { readonly gate: Tensor; readonly gated: Tensor } {
  const weight = parameters.get("attention.gate.W", [state.shape.at(-1) as number, 1], initializer);
  const gate = sigmoid(affine(state, weight, parameters.get("attention.gate.bias", [1], zeros)));
  return { gate, gated: multiply(context, gate) };
}
