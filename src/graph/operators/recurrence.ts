/** @file Recurrent layers over whole sequences as single operators of ONNX, for inference: they have no gradient. */

import { DtypeError, ShapeError } from "../../tensor/errors.ts";
import { makeNode } from "../node.ts";
import type { Dimension } from "../shape.ts";
import { sameShape } from "../shape.ts";
import type { Operator, Tensor } from "../tensor.ts";

/** The operators of ONNX, with the number of their gates and of their states. */
const kinds = { LSTM: { gates: 4, states: 2 }, GRU: { gates: 3, states: 1 } } as const;

/** The attributes of a recurrence. */
export interface RecurrenceAttributes {
  readonly kind: keyof typeof kinds;
  /** Whether it runs from the last token to the first; outputs stay in time order. */
  readonly reverse: boolean;
  /** Whether a GRU's reset gate acts after the product with the state's weights. */
  readonly resetAfter: boolean;
}

/** The inputs of a recurrence. */
export interface RecurrenceInputs {
  /** float32 `[time, batch, input]`. */
  readonly x: Tensor;
  /** `[input, gates*hidden]`, the gates in ONNX's order: i, o, f, c or z, r, h. */
  readonly weight: Tensor;
  /** `[hidden, gates*hidden]`. */
  readonly recurrent: Tensor;
  /** The biases of inputs, then those of states: `[2*gates*hidden]`. */
  readonly biases: Tensor;
  /** The number of tokens of each sequence, int32 `[batch]`; padding comes last. */
  readonly lengths: Tensor;
}

type InputList = readonly [Tensor, Tensor, Tensor, Tensor, Tensor];

export const recurrenceOperator: Operator<RecurrenceAttributes, InputList, Tensor[]> = {
  name: "recurrence",
  infer: ([x, weight, recurrent, biases, lengths], { kind }) => {
    const { gates, states } = kinds[kind];
    const [time, batch, size] = x.shape as [Dimension, Dimension, Dimension];
    const hidden = recurrent.shape[0] as Dimension;
    const width = gates * Number(hidden);
    const fits =
      x.rank === 3 &&
      sameShape(weight.shape, [size, width]) &&
      sameShape(recurrent.shape, [hidden, width]) &&
      sameShape(biases.shape, [2 * width]) &&
      sameShape(lengths.shape, [batch]);
    if (!fits) {
      throw new ShapeError(
        `recurrence: ${x} of the lengths ${lengths} with ${weight}, ${recurrent} and ${biases}.`,
      );
    }
    const areReal = [x, weight, recurrent, biases].every(({ dtype }) => dtype === "float32");
    if (!areReal || lengths.dtype !== "int32") {
      throw new DtypeError(
        `recurrence: needs float32 and lengths in int32, not ${x} and ${lengths}.`,
      );
    }
    return [
      { dtype: x.dtype, shape: [time, batch, hidden] },
      ...Array.from({ length: states }, () => ({ dtype: x.dtype, shape: [batch, hidden] })),
    ];
  },
  lower: (emitter, [x, weight, recurrent, biases, lengths], { attributes, inputs }, used) => {
    const { kind, reverse, resetAfter } = attributes;
    const first = emitter.ints([0]);
    // ONNX's first axis is that of directions.
    const alone = (name: string): string => emitter.op("Unsqueeze", [name, first]);
    const rows = (name: string): string =>
      alone(emitter.op("Transpose", [name], { perm: { ints: [1, 0] } }));
    const names = emitter.ops(
      kind,
      [x, rows(weight), rows(recurrent), alone(biases), lengths],
      {
        hidden_size: { int: inputs[2].shape[0] as number },
        direction: { text: reverse ? "reverse" : "forward" },
        ...(kind === "GRU" && { linear_before_reset: { int: Number(resetAfter) } }),
      },
      used,
    );
    return names.map((name, index) =>
      name === "" ? "" : emitter.op("Squeeze", [name, index === 0 ? emitter.ints([1]) : first]),
    );
  },
  describe: ({ kind, reverse }) => `${kind}${reverse ? " from the end" : ""}`,
};

/**
 * A recurrent layer from a zero state: ONNX's LSTM or GRU.
 *
 * @returns outputs `[time, batch, hidden]`, zeros at padding, and the states after the last token, each `[batch, hidden]`.
 * @throws ShapeError or DtypeError if inputs do not fit.
 */
export function recurrence(
  { x, weight, recurrent, biases, lengths }: RecurrenceInputs,
  attributes: RecurrenceAttributes,
): { readonly outputs: Tensor; readonly states: readonly Tensor[] } {
  const inputs: InputList = [x, weight, recurrent, biases, lengths];
  const [outputs, ...states] = makeNode(recurrenceOperator, inputs, attributes).outputs;
  return { outputs: outputs as Tensor, states };
}
