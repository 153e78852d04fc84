import { makeTensor } from "../node.ts";
import type { Operator, Tensor, Tensors } from "../tensor.ts";

/** Computes the cotangents of the inputs from that of the output. */
export type GradientRule = (
  inputs: Tensors,
  output: Tensor,
  cotangent: Tensor,
) => readonly (Tensor | null)[];

export const customGradientOperator: Operator<
  { rule: GradientRule; title: string },
  readonly [Tensor, ...Tensor[]],
  readonly [Tensor]
> = {
  name: "customGradient",
  infer: ([{ dtype, shape }]) => [{ dtype, shape }],
  lower: (_, [output]) => [output],
  gradient: ({ inputs: [output, ...rest], attributes: { rule } }, [g]) => [
    null,
    ...(g ? rule(rest, output, g) : rest.map(() => null)),
  ],
  describe: ({ title }) => title,
};

/**
 * A computed tensor with a better gradient than its operators would give. `output` was
 * computed from `inputs`; gradients flow to `inputs` by `rule` and not through the computation.
 */
export function customGradient(
  title: string,
  inputs: Tensors,
  output: Tensor,
  rule: GradientRule,
): Tensor {
  return makeTensor(customGradientOperator, [output, ...inputs], { rule, title });
}
