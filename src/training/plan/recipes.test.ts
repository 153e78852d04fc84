import { expect, test } from "vitest";
import { configure, presets } from "../../models/configuration.ts";
import type { TrainOptions } from "./options.ts";
import { plan } from "./plan.ts";
import { recipeFor, recipes } from "./recipes.ts";

const given: TrainOptions = { source: "a", target: "b", dev: "c,d", out: "model" };
const fullOptions = (options: TrainOptions) => plan(options).options;

test.each(Object.keys(recipes))("%s is a preset, and its recipe can be trained", (preset) => {
  expect(configure(preset)).toEqual(presets[preset]);
  const options = fullOptions({ ...given, preset });
  expect(options.lossPer).toBe("sentence");
});

test("a preset's recipe comes before the general defaults, and what is given before both", () => {
  const options = fullOptions({ ...given, preset: "nmt-iwslt15", batch: 32 });
  expect(options).toMatchObject({ optimizer: "sgd", learningRate: 1, clip: 5, batch: 32 });
  expect(options).toMatchObject({ schedule: "luong234:12000", steps: 12_000, seed: 1 });
});

test("a run that is given an end does not have the recipe's too", () => {
  const options = fullOptions({ ...given, preset: "nmt-iwslt15", minutes: 5 });
  expect([options.steps, options.minutes]).toEqual([undefined, 5]);
});

test("another optimiser does not get the recipe's rate and schedule", () => {
  const options = fullOptions({ ...given, preset: "nmt-iwslt15", optimizer: "adam" });
  expect([options.learningRate, options.schedule]).toEqual([undefined, "plateau"]);
});

test("a preset without a recipe has the general defaults, also the default one", () => {
  const general = { optimizer: "adam", schedule: "plateau", batch: 64, lossPer: "token" };
  expect(fullOptions({ ...given, preset: "bahdanau2014" })).toMatchObject(general);
  expect(fullOptions(given)).toMatchObject({ ...general, preset: "luong2015" });
});

test("a run from a model does not begin with its preset's recipe", () => {
  expect(recipeFor({ ...given, preset: "nmt-iwslt15", from: "other" })).toEqual({});
});
