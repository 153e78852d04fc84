/**
 * @file The process that opens damaged files: `node judge.js`, started by `askJudge.ts`. It answers each
 * question with the outcome; a crash or a hang is visible from outside.
 */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Seq2Seq } from "../src/library/seq2seq.ts";
import { train } from "../src/training/node/train.ts";
import type { Answer, Question } from "./askJudge.ts";

async function answer(question: Question): Promise<Answer> {
  try {
    return { kind: "done", result: await resultOf(question) };
  } catch (error) {
    const { name, message, stack } = error as Error;
    return name === "UserError"
      ? { kind: "refused", message }
      : { kind: "fault", message: stack ?? String(error) };
  }
}

async function resultOf(question: Question): Promise<string> {
  if (question.kind === "translate") {
    const model = await Seq2Seq.load(question.folder, { threads: 1, isAwaited: false });
    try {
      const results = await model.translateAll(question.sentences, { beam: 2 });
      return results.map(([best]) => `${best?.text} ${best?.logProbability}`).join("\n");
    } finally {
      await model.release();
    }
  }
  await train({ out: question.folder, resume: true, steps: question.steps });
  return (await readFile(join(question.folder, "model.safetensors"))).toString("base64");
}

process.on("message", async (question: Question) => {
  process.send?.(await answer(question));
});
process.on("disconnect", () => process.exit());
