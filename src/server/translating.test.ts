import { expect, test } from "vitest";
import type { TranslateOptions, Translation } from "../decoding/textModel.ts";
import type { Seq2Seq } from "../library/seq2seq.ts";
import { limits } from "./requests.ts";
import { translateInTurns } from "./translating.ts";
import { WorkQueue } from "./workQueue.ts";

/** A model that writes its name behind each text, and notes what it was asked. */
function modelNamed(
  name: string,
  calls: { texts: readonly string[]; seed?: number }[] = [],
): Seq2Seq {
  const translateAll = async (texts: readonly string[], { seed }: TranslateOptions) => {
    calls.push({ texts, ...(seed !== undefined && { seed }) });
    return texts.map((text): Partial<Translation>[] => [
      { text: `${text} ${name}`, sourceTokens: ["a"], attention: [Float32Array.of(1)] },
    ]);
  };
  return { translateAll } as unknown as Seq2Seq;
}

const translated = async (
  models: readonly Seq2Seq[],
  texts: readonly string[],
  changes: { options?: TranslateOptions; withAttention?: boolean } = {},
) => {
  let loads = 0;
  // A text is a turn.
  const queue = new WorkQueue({ waiting: 1000, turn: 1 });
  const answers = await translateInTurns(queue, {
    texts,
    options: { beam: 1, maxLength: 1 },
    withAttention: false,
    folder: "model",
    client: "me",
    signal: new AbortController().signal,
    load: async () => models[Math.min(loads++, models.length - 1)] as Seq2Seq,
    ...changes,
  });
  return answers.map(({ translations }) => translations[0]?.text);
};

test("texts that are translated in several turns come in their order", async () => {
  expect(await translated([modelNamed("one")], ["a", "b", "c"])).toEqual([
    "a one",
    "b one",
    "c one",
  ]);
});

test("all texts are translated by one model, though it is replaced meanwhile", async () => {
  const [one, two] = [modelNamed("one"), modelNamed("two")];
  expect(await translated([one, one, two], ["a", "b", "c"])).toEqual(["a two", "b two", "c two"]);
});

test("a model that never stays is told", async () => {
  const models = Array.from({ length: 50 }, (_, index) => modelNamed(String(index)));
  await expect(translated(models, ["a", "b"])).rejects.toMatchObject({ status: 503 });
});

test("a sampled text has the random numbers of its place in the request", async () => {
  const calls: { texts: readonly string[]; seed?: number }[] = [];
  const options = { beam: 1, maxLength: 1, sample: true, seed: 7 };
  await translated([modelNamed("one", calls)], ["a", "b", "c"], { options });
  expect(calls).toEqual([
    { texts: ["a"], seed: 7 },
    { texts: ["b"], seed: 8 },
    { texts: ["c"], seed: 9 },
  ]);
});

test("too many weights of attention end the request", async () => {
  const sourceTokens = { length: limits.weights } as unknown as string[];
  const model = {
    translateAll: async (texts: readonly string[]) =>
      texts.map(() => [{ text: "", sourceTokens, attention: [new Float32Array(1)] }]),
  } as unknown as Seq2Seq;
  await expect(translated([model], ["a"], { withAttention: true })).resolves.toHaveLength(1);
  await expect(translated([model], ["a", "b"], { withAttention: true })).rejects.toMatchObject({
    status: 413,
  });
  await expect(translated([model], ["a", "b"])).resolves.toHaveLength(2);
});
