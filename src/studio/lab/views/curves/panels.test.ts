import { expect, test } from "vitest";
import type { Look, StepFigures } from "../../../../lab/messages.ts";
import { type CurveRun, panelAt, panelsOf, placeOfStep, stepUnder } from "./panels.ts";

const parts = ["encoder", "attention", "decoder"];
const stepsOf = (count: number): StepFigures[] =>
  Array.from({ length: count }, (_, index) => ({
    step: index + 1,
    loss: 3 * 0.99 ** index + 0.01 * (index % 2),
    learningRate: 0.001,
    gradientNorm: 1 + (index % 3),
    partNorms: [0.5, 0, 0.7],
    seconds: index / 40,
  }));
const looksOf = (count: number, every: number): Look[] =>
  Array.from({ length: count }, (_, index) => ({
    step: index * every,
    seconds: index,
    trainPerplexity: 20 / (index + 1),
    heldOutPerplexity: 22 / (index + 1),
    right: index / count,
    outputs: [],
    watched: [],
    moved: [],
  }));
const run = (count: number): CurveRun => ({
  label: "one",
  steps: stepsOf(count),
  looks: looksOf(11, count / 10),
  parts,
});

test.each([
  [1200, 1],
  [560, 1],
  [350, 2],
])("at a width of %i, panels of %i runs lie inside and do not overlap", (width, count) => {
  const { panels, height } = panelsOf(Array(count).fill(run(1000)), width, count);
  expect(panels).toHaveLength(4 + 1 + parts.length);
  for (const [index, panel] of panels.entries()) {
    expect(panel.left).toBeGreaterThanOrEqual(0);
    expect(panel.right).toBeLessThanOrEqual(width);
    expect(panel.right - panel.left).toBeGreaterThan(60);
    expect(panel.bottom).toBeLessThan(height);
    for (const other of panels.slice(0, index)) {
      expect(other.right < panel.left || panel.right < other.left || other.bottom < panel.top).toBe(
        true,
      );
    }
  }
});

test("a long run takes no longer path than its pixels", () => {
  const { panels } = panelsOf([run(20_000)], 700, 1);
  const [loss] = panels;
  const points = loss?.lines[0]?.path.split("L").length ?? 0;
  expect(points).toBeGreaterThan(100);
  expect(points).toBeLessThanOrEqual(350);
  expect(loss?.lines[0]?.band).not.toBe("");
});

test("a gradient of 0 has no place on a logarithmic axis", () => {
  const { panels } = panelsOf([run(100)], 700, 1);
  const frozen = panels.find(({ part }) => part === "attention");
  expect(frozen?.lines.map(({ path }) => path)).toEqual([""]);
});

test("the gradients of the parts can be compared: their axes are the same", () => {
  const { panels } = panelsOf([run(100)], 1200, 1);
  const norms = panels.filter(({ kind }) => kind === "norm" || kind === "partNorm");
  const valuesOf = (index: number) => norms[index]?.ticks.map(({ value }) => value);
  expect(valuesOf(0)).toEqual(valuesOf(1));
});

test("two runs have a line each, also where one lacks a part", () => {
  const other = { ...run(500), parts: ["encoder", "decoder"] };
  const { panels } = panelsOf([run(1000), other], 900, 2);
  const linesOf = (part: string) =>
    panels.find((panel) => panel.part === part)?.lines.map((line) => line.run);
  expect(linesOf("encoder")).toEqual([0, 1]);
  expect(linesOf("attention")).toEqual([0]);
});

test("a place and its step are each other's inverse", () => {
  const { panels, last } = panelsOf([run(1000)], 900, 1);
  for (const panel of panels) {
    expect(stepUnder(panel, placeOfStep(panel, 250, last), last)).toBeCloseTo(250, 6);
    expect(panelAt(panels, (panel.left + panel.right) / 2, panel.bottom - 5)).toBe(panel);
  }
});

test("a run without a step yet has empty panels", () => {
  const { panels } = panelsOf([{ label: "", steps: [], looks: [], parts }], 700, 1);
  expect(panels.flatMap(({ lines }) => lines).every(({ path }) => path === "")).toBe(true);
});
