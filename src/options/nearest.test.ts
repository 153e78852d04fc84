import { expect, test } from "vitest";
import { didYouMean, nearest } from "./nearest.ts";

const options = [
  { name: "learningRate", otherNames: ["lr", "learn-rate"] },
  { name: "layers", otherNames: ["num_layers"] },
  { name: "batch" },
  { name: "batchTokens" },
];
const presets = ["luong2015", "luong2015-paper", "bahdanau2014", "bahdanau2014-paper", "xu2015"];

test.each([
  ["learning_rate", ["learningRate"]],
  ["LR", ["learningRate"]],
  ["learn-rates", ["learningRate"]],
  ["num-layers", ["layers"]],
  ["layer", ["layers"]],
  ["bacth", ["batch"]],
  ["batch-token", ["batchTokens"]],
  ["window", []],
  ["", []],
  ["--", []],
])("the option %j probably means %j", (word, meant) => {
  expect(nearest(word, options)).toEqual(meant);
});

test.each([
  ["bahdanau", ["bahdanau2014"]],
  ["Bahdanau", ["bahdanau2014"]],
  ["luong2016", ["luong2015"]],
  ["xu", ["xu2015"]],
  ["transformer", []],
])("the value %j probably means %j", (word, meant) => {
  expect(nearest(word, presets)).toEqual(meant);
});

test("equally good names are all given, up to three", () => {
  expect(nearest("tesd", ["test", "tess", "best"])).toEqual(["test", "tess"]);
  expect(nearest("abcx", ["abca", "abcb", "abcc", "abcd"])).toHaveLength(3);
});

test("a question names what may be meant", () => {
  expect(didYouMean([])).toBe("");
  expect(didYouMean(["a"])).toBe("Did you mean a?");
  expect(didYouMean(["a", "b", "c"])).toBe("Did you mean a, b or c?");
});
