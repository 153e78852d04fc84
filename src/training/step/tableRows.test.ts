import { expect, test } from "vitest";
import { configure } from "../../models/configuration.ts";
import type { ConfigurationChanges } from "../../models/options.ts";
import { nodeRuntime } from "../../runtime/node.ts";
import type { TensorValue } from "../../tensor/value.ts";
import { updateRule } from "./optimizers.ts";
import { TrainingStep } from "./trainingStep.ts";

const size = 8;
const words = 40;
const tables = ["source_embedding", "target_embedding"] as const;
const first = [
  { source: [5, 6, 7], target: [8, 9] },
  { source: [5], target: [9, 9, 10] },
];
const second = [{ source: [7, 20], target: [21] }];
/** The ids that {@link first} reads: its words, the start symbol and padding. */
const read = { source_embedding: [0, 5, 6, 7], target_embedding: [0, 2, 8, 9, 10] };

async function stepOf(
  optimizer: string,
  { clip = 0, changes = {} }: { clip?: number; changes?: ConfigurationChanges } = {},
): Promise<TrainingStep> {
  const configuration = configure("luong2015", {
    hidden: 12,
    embedding: size,
    layers: 1,
    dropout: 0.1,
    ...changes,
  });
  return TrainingStep.create(
    nodeRuntime({ threads: 1 }),
    { ...configuration, sourceVocabulary: words, targetVocabulary: words },
    { rule: updateRule(optimizer), clip, labelSmoothing: 0, lossPer: "token", seed: 1 },
  );
}

const numbersOf = (view: TensorValue): number[] => [...(view.data as Float32Array)];
const parametersOf = (step: TrainingStep): Record<string, number[]> =>
  Object.fromEntries(
    [...step.parameters.views]
      .map(([name, view]) => [name, numbersOf(view)] as const)
      .toSorted(([one], [other]) => one.localeCompare(other)),
  );
const rowOf = (numbers: readonly number[], row: number): number[] =>
  numbers.slice(row * size, (row + 1) * size);

test("the first step is that of Adam, whose moments are still zero elsewhere", async () => {
  const [lazy, dense] = [await stepOf("lazy-adam"), await stepOf("adam")];
  const [one, other] = [await lazy.run(first, 1, 0.01), await dense.run(first, 1, 0.01)];
  expect(parametersOf(lazy)).toEqual(parametersOf(dense));
  expect(one.gradientNorm).toBeCloseTo(other.gradientNorm, 6);
  await lazy.run(second, 2, 0.01);
  await dense.run(second, 2, 0.01);
  expect(parametersOf(lazy)["source_embedding"]).not.toEqual(
    parametersOf(dense)["source_embedding"],
  );
  await lazy.release();
  await dense.release();
});

test("rows that a batch does not read keep their numbers and moments; the others follow Adam", async () => {
  const step = await stepOf("lazy-adam", { clip: 0.01 });
  const arenas = [step.parameters, ...step.moments];
  await step.run(second, 1, 0.02);
  const before = tables.map((name) =>
    arenas.map(({ views }) => numbersOf(views.get(name) as TensorValue)),
  );
  const { gradientNorm } = await step.run(first, 2, 0.02);
  expect(gradientNorm).toBeGreaterThan(0.01);
  for (const [index, name] of tables.entries()) {
    const after = arenas.map(({ views }) => numbersOf(views.get(name) as TensorValue));
    const gradients = numbersOf(step.gradients.views.get(name) as TensorValue);
    for (let id = 0; id < words; id++) {
      const old = before[index]?.map((numbers) => rowOf(numbers, id)) as number[][];
      const rows = after.map((numbers) => rowOf(numbers, id));
      const place = read[name].indexOf(id);
      if (place < 0) {
        expect(rows).toEqual(old);
        continue;
      }
      const [parameter, mean, square] = old as [number[], number[], number[]];
      for (const [at, raw] of rowOf(gradients, place).entries()) {
        const g = (raw * 0.01) / gradientNorm;
        const m = 0.9 * (mean[at] as number) + 0.1 * g;
        const v = 0.999 * (square[at] as number) + 0.001 * g * g;
        const corrected = m / (1 - 0.9 ** 2) / (Math.sqrt(v / (1 - 0.999 ** 2)) + 1e-8);
        expect(rows[0]?.[at]).toBeCloseTo((parameter[at] as number) - 0.02 * corrected, 5);
      }
    }
  }
  await step.release();
});

test("a table that the output layer uses too is updated as a whole", async () => {
  const step = await stepOf("lazy-adam", { changes: { tiedEmbeddings: true, hidden: size } });
  expect(step.graph.lookups.map(({ table }) => table)).toEqual(["source_embedding"]);
  const { loss } = await step.run(first, 1, 0.01);
  expect((await step.run(first, 2, 0.01)).loss).toBeLessThan(loss);
  await step.release();
});
