import { expect, test } from "vitest";
import type { Look, StepFigures } from "../../../../lab/messages.ts";
import { valuesAt } from "./values.ts";

const steps: StepFigures[] = [1, 2, 3, 4].map((step) => ({
  step,
  loss: 1 / step,
  learningRate: 0.001,
  gradientNorm: 5,
  partNorms: [3, 4],
  seconds: step / 2,
}));
const look = (step: number, right: number): Look => ({
  step,
  seconds: 0,
  trainPerplexity: 10 - step,
  heldOutPerplexity: 12 - step,
  right,
  outputs: [],
  watched: [],
  moved: [],
});
const run = {
  label: "",
  steps,
  looks: [look(0, 0), look(3, 0.5)],
  parts: ["encoder", "decoder"],
};
const written = (
  kind: Parameters<typeof valuesAt>[1]["kind"],
  step: number,
  part: string | null = null,
) => valuesAt(run, { kind, part }, step).map((value) => value.written);

test("the values are those of the step, and of the last checkpoint before it", () => {
  expect(written("loss", 2)).toEqual(["0.5"]);
  expect(written("perplexity", 2)).toEqual(["10", "12"]);
  expect(written("perplexity", 4)).toEqual(["7", "9"]);
  expect(written("right", 4)).toEqual(["50 %"]);
  expect(written("norm", 4)).toEqual(["5"]);
  expect(written("partNorm", 4, "decoder")).toEqual(["4"]);
  expect(written("speed", 4)).toEqual(["2"]);
});

test("what is not there yet has no number", () => {
  expect(written("loss", 0)).toEqual(["–"]);
  expect(written("partNorm", 4, "attention")).toEqual(["–"]);
});
