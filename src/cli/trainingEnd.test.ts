import { expect, test } from "vitest";
import type { TrainResult } from "../training/run/events.ts";
import { endLines } from "./trainingEnd.ts";

const result: TrainResult = {
  out: "my model",
  reason: "limit",
  steps: 587,
  seconds: 95,
  bestStep: 450,
  devPerplexity: 5.678,
};
const settings = { example: "l'été", program: "npx seq2see" };

test("a run that reached its limit says how to use the model, and how to train on", () => {
  expect(endLines(result, settings)).toEqual([
    "Done after 587 steps, 1 min 35 s: the limit is reached; kept the weights of step 450, with dev perplexity 5.68.",
    "The model is in my model. Next:",
    "  translate:    echo 'l'\\''été' | npx seq2see translate --model 'my model'",
    "  look inside:  npx seq2see studio --model 'my model'",
    "  train on:     npx seq2see train --out 'my model' --resume --minutes 4",
  ]);
});

test("a run that was stopped says how to resume in its last line", () => {
  const stopped = { ...result, reason: "interrupted", bestStep: 587, devPerplexity: null } as const;
  const lines = endLines(stopped, settings);
  expect(lines[0]).toBe("Stopped after 1 min 35 s; kept the last weights. Use them, or train on:");
  expect(lines.at(-1)).toBe(
    "Stopped at step 587; resume with: npx seq2see train --out 'my model' --resume",
  );
});

test("a run whose patience ended does not go on", () => {
  const lines = endLines({ ...result, reason: "patience" }, { program: "seq2see" });
  expect(lines[0]).toContain("the dev set stopped improving");
  expect(lines.join("\n")).not.toContain("--resume");
  expect(lines[2]).toBe("  translate:    echo '…' | seq2see translate --model 'my model'");
});

test("a run without a step left nothing", () => {
  const lines = endLines({ ...result, reason: "interrupted", steps: 0 }, settings);
  expect(lines).toEqual([expect.stringContaining("nothing was saved")]);
});
