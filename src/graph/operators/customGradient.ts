import type { Operator, Tensor } from "../tensor.ts";
import { makeTensor } from "../tensor.ts";

/** Yields the cotangents of the inputs from the output's. */
export type GradientRule = (
  inputs: readonly Tensor[],
  output: Tensor,
  cotangent: Tensor,
) => readonly (Tensor | null)[];

export const customGradientOperator: Operator<{ rule: GradientRule; title: string }> = {
  name: "customGradient",
  infer: ([output]) => [{ dtype: (output as Tensor).dtype, shape: (output as Tensor).shape }],
  lower: (_, inputs) => [inputs[0] as string],
  gradient: ({ inputs, attributes: { rule } }, [g]) => {
    const [output, ...rest] = inputs as [Tensor, ...Tensor[]];
    return [null, ...(g ? rule(rest, output, g) : rest.map(() => null))];
  },
  describe: ({ title }) => title,
};

/**
 * A computed tensor whose gradient is known in a better form than its operators' own. `output` was
 * computed from `inputs`; gradients flow to `inputs` by `rule` and not through the computation.
 */
export function customGradient(
  title: string,
  inputs: readonly Tensor[],
  output: Tensor,
  rule: GradientRule,
): Tensor {
  return makeTensor(customGradientOperator, [output, ...inputs], { rule, title });
}
