import { expect } from "vitest";
import type { TrainingGraph } from "../../src/models/trainingGraph.ts";
import type { TensorValue } from "../../src/tensor/value.ts";
import { compile, evaluate } from "./evaluate.ts";

/**
 * Expects a training graph's gradients to match finite differences, for some elements spread over each
 * parameter.
 *
 * @param feeds all inputs of the graph, in float64.
 */
export async function expectParameterGradients(
  graph: TrainingGraph,
  feeds: Readonly<Record<string, TensorValue>>,
): Promise<void> {
  const found = await evaluate(graph.outputs, feeds);
  const program = await compile({ loss: graph.outputs["loss"] as never });
  const step = 1e-5;
  for (const { name } of graph.parameters) {
    const gradient = found[`gradient.${name}`]?.data as Float64Array;
    const { data } = feeds[name] as { data: Float64Array };
    for (let index = 0; index < data.length; index += Math.ceil(data.length / 9)) {
      const before = data[index] as number;
      const lossAt = async (value: number): Promise<number> => {
        data[index] = value;
        return (await program.run(feeds))["loss"]?.data[0] as number;
      };
      const narrow = ((await lossAt(before + step)) - (await lossAt(before - step))) / (2 * step);
      const wide =
        ((await lossAt(before + 2 * step)) - (await lossAt(before - 2 * step))) / (4 * step);
      data[index] = before;
      const expected = (4 * narrow - wide) / 3;
      const error = Math.abs((gradient[index] as number) - expected);
      expect(error, `${name}[${index}]`).toBeLessThan(1e-7);
    }
  }
  await program.release();
}
