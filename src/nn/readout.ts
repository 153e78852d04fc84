/** @file Computes the input of the output layer from the decoder's state. */

import { concatenate } from "../graph/operators/arrange.ts";
import { add, tanh } from "../graph/operators/elementwise.ts";
import { matMul } from "../graph/operators/matMul.ts";
import { reduceMax } from "../graph/operators/reduce.ts";
import { reshape } from "../graph/operators/reshape.ts";
import { expand } from "../graph/operators/sumAndExpand.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Equation } from "./equation.ts";
import { projection } from "./equation.ts";
import type { Initializer, Parameters } from "./parameters.ts";

/**
 * The input of the output layer: the attentional vector; `linear`, the same without tanh (tensorflow/nmt);
 * `maxout` units (Bahdanau, Cho); `concat`, state, context and embedding side by side; or `none`, the top layer's
 * state itself.
 */
export type Readout = "attentional" | "linear" | "maxout" | "concat" | "none";

/** The equations of a readout: of intermediate vectors by their names in traces, and of the result as `units`. */
export type ReadoutEquations = Readonly<{ units: Equation } & Record<string, Equation>>;

const vectorParts = [
  projection("context", "attention.W_c"),
  projection("state", "attention.W_c", { row: { behind: "context" } }),
];
const vectorItself: Equation = { formula: "t = {attentional_vector}", same: "attentional_vector" };

/** How each readout is computed from `state`, `context` and `embedding`. */
export const readoutEquations: Readonly<Record<Readout, ReadoutEquations>> = {
  attentional: {
    attentional_vector: { formula: "h̃ = tanh([C ; h]·W_c)", parts: vectorParts, after: "tanh" },
    units: vectorItself,
  },
  linear: {
    attentional_vector: { formula: "h̃ = [C ; h]·W_c", parts: vectorParts },
    units: vectorItself,
  },
  maxout: {
    "readout.sums": {
      formula: "t̃ = {state}·Uₒ + {embedding}·Vₒ + {context}·Cₒ",
      parts: [
        projection("state", "readout.U_o"),
        projection("embedding", "readout.V_o"),
        projection("context", "readout.C_o"),
      ],
    },
    units: { largerOf: "readout.sums" },
  },
  concat: {
    units: {
      formula: "t = [{state} ; {context} ; {embedding}]",
      oneOf: ["state", "context", "embedding"],
    },
  },
  none: { units: { formula: "t = {state}", same: "state" } },
};

/** All readouts. */
export const readouts: readonly Readout[] = Object.keys(readoutEquations) as Readout[];

/**
 * Luong et al. (2015), eq. 5: h~ = tanh(W_c [c; h]); `[…, hidden]`.
 *
 * @param isLinear whether to omit tanh, as in tensorflow/nmt.
 */
export function attentionalVector(
  parameters: Parameters,
  { context, state }: { readonly context: Tensor; readonly state: Tensor },
  initializer: Initializer,
  isLinear = false,
): Tensor {
  const both = concatenate([context, state], -1);
  const [from, to] = [both.shape.at(-1) as number, state.shape.at(-1) as number];
  const product = matMul(both, parameters.get("attention.W_c", [from, to], initializer));
  return isLinear ? product : tanh(product);
}

/** What a readout is computed from, each `[…, size]`. */
export interface ReadoutInputs {
  readonly state: Tensor;
  readonly embedding: Tensor;
  readonly context: Tensor;
}

/**
 * [state; context; embedding], `[…, size]`: a linear output layer on top of it adds a matrix times each of them, as
 * maxout's sums do.
 */
export function concatReadout({ state, context, embedding }: ReadoutInputs): Tensor {
  // A context that is the same for all hypotheses has one row for them.
  const rows = state.shape.slice(0, -1);
  return concatenate(
    [state, expand(context, [...rows, context.shape.at(-1) as number]), embedding],
    -1,
  );
}

/**
 * Bahdanau et al. (2014), appendix A.2.2: t~ = U_o s + V_o E y + C_o c with 2l units, of which the
 * maximum of each adjacent pair is kept. Cho et al. (2014) use the same with the fixed summary as c.
 *
 * @returns `sums` t~ `[…, 2*l]`, and `readout`, the maxima: `[…, l]`.
 */
export function maxoutReadout(
  parameters: Parameters,
  { state, embedding, context }: ReadoutInputs,
  units: number,
  initializer: Initializer,
): { readonly sums: Tensor; readonly readout: Tensor } {
  const part = (name: string, x: Tensor) =>
    matMul(
      x,
      parameters.get(`readout.${name}`, [x.shape.at(-1) as number, 2 * units], initializer),
    );
  const sums = add(add(part("U_o", state), part("V_o", embedding)), part("C_o", context));
  return { sums, readout: reduceMax(reshape(sums, [...sums.shape.slice(0, -1), units, 2]), -1) };
}
