import { expect, test } from "vitest";
import { emitModel } from "../../onnx/emit.ts";
import { nodeRuntime } from "../../runtime/node.ts";
import { UserError } from "../../tensor/errors.ts";
import type { TensorValue } from "../../tensor/value.ts";
import { tensorValue } from "../../tensor/value.ts";
import { type AdamDecays, updateGraph, updateRule } from "./optimizers.ts";

/** Runs `steps` updates on two parameters whose gradient is the parameter itself, or a part of it. */
async function trajectory(
  name: string,
  steps: number,
  rate: number,
  { clip = 1, part = 1, ...decays }: AdamDecays & { clip?: number; part?: number } = {},
): Promise<number[]> {
  const rule = updateRule(name, decays);
  const program = await nodeRuntime({ threads: 1 }).compile(emitModel("update", updateGraph(rule)));
  const parameter = tensorValue("float32", [2], [1, -2]);
  const moments = Array.from({ length: rule.moments }, () => tensorValue("float32", [2], 0));
  for (let step = 1; step <= steps; step++) {
    const feeds: Record<string, TensorValue> = {
      parameter,
      gradient: tensorValue(
        "float32",
        [2],
        (parameter.data as Float32Array).map((value) => value * part),
      ),
    };
    for (const [key, value] of Object.entries(rule.scalars(step, rate, clip))) {
      feeds[key] = tensorValue("float32", [], value);
    }
    const fetches: Record<string, TensorValue> = { next_parameter: parameter };
    moments.forEach((moment, index) => {
      feeds[`moment.${index}`] = moment;
      fetches[`next_moment.${index}`] = moment;
    });
    await program.run(feeds, fetches);
  }
  await program.release();
  return Array.from(parameter.data as Float32Array);
}

function expectClose(found: readonly number[], expected: readonly number[]): void {
  found.forEach((value, index) => {
    expect(value).toBeCloseTo(expected[index] as number, 5);
  });
}

test("SGD subtracts the gradient at the rate, after clipping", async () => {
  expectClose(await trajectory("sgd", 2, 0.1), [0.81, -1.62]);
  expectClose(await trajectory("sgd", 1, 0.1, { clip: 0.5 }), [0.95, -1.9]);
});

test.each([
  [0.9, 0.999, {}],
  [0.8, 0.99, { adamBeta1: 0.8, adamBeta2: 0.99 }],
])(
  "Adam follows the algorithm of Kingma and Ba, with corrected moments: β %d and %d",
  async (beta1, beta2, decays) => {
    const expected = [1, -2].map((start) => {
      let [x, m, v] = [start, 0, 0];
      for (let step = 1; step <= 5; step++) {
        const g = x;
        m = beta1 * m + (1 - beta1) * g;
        v = beta2 * v + (1 - beta2) * g * g;
        x -= (0.05 * (m / (1 - beta1 ** step))) / (Math.sqrt(v / (1 - beta2 ** step)) + 1e-8);
      }
      return x;
    });
    expectClose(await trajectory("adam", 5, 0.05, decays), expected);
  },
);

test("Adadelta follows the algorithm of Zeiler", async () => {
  const expected = [1, -2].map((start) => {
    let [x, gradients, changes] = [start, 0, 0];
    for (let step = 1; step <= 5; step++) {
      const g = x;
      gradients = 0.95 * gradients + 0.05 * g * g;
      const change = -(Math.sqrt(changes + 1e-6) / Math.sqrt(gradients + 1e-6)) * g;
      changes = 0.95 * changes + 0.05 * change * change;
      x += change;
    }
    return x;
  });
  expectClose(await trajectory("adadelta", 5, 1), expected);
});

test("an unknown optimizer is named with those that there are", () => {
  expect(() => updateRule("adm")).toThrow(UserError);
  expect(() => updateRule("adm")).toThrow(/^optimizer: "adm": .*sgd, adam, lazy-adam, adadelta/);
});

test.each(["sgd", "adam", "adadelta"])(
  "%s takes a clipped gradient as a smaller one",
  async (name) => {
    expectClose(
      await trajectory(name, 5, 0.05, { clip: 0.25 }),
      await trajectory(name, 5, 0.05, { part: 0.25 }),
    );
  },
);
