/** @file The task of reading numbers in words: "zweihunderteinundvierzig" → "241". */

import { Random } from "../../tensor/random.ts";
import type { TextPair } from "../../training/memory/memoryRun.ts";
import type { Task } from "../task.ts";
import { spreadByLength } from "./draw.ts";
import { largestNumber, numberInWords, numberLanguages } from "./numberWords.ts";

const heldOutNumbers = 200;

/** A held-out number occurs in no language of the training pairs. */
export const numbers: Task = {
  name: "numbers",
  tokenizer: "char",
  example: "zweihunderteinundvierzig",
  pairs: async (seed) => {
    const random = new Random(seed);
    const drawn = random.shuffle(Array.from({ length: largestNumber + 1 }, (_, number) => number));
    const heldOut = drawn.slice(0, heldOutNumbers).map((number): TextPair => {
      const language = numberLanguages[random.integer(numberLanguages.length)];
      if (language === undefined) throw new Error("a random index is out of range");
      return { source: numberInWords(number, language), target: String(number) };
    });
    const train = drawn.slice(heldOutNumbers).flatMap((number) =>
      numberLanguages.map(
        (language): TextPair => ({
          source: numberInWords(number, language),
          target: String(number),
        }),
      ),
    );
    return { train: random.shuffle(train), heldOut: spreadByLength(heldOut) };
  },
  answer: (source) =>
    numbersByWords().get(
      source
        .trim()
        .toLowerCase()
        .replace(/两(?=[百千])/gu, "二"),
    ) ?? null,
};

let byWords: ReadonlyMap<string, string> | null = null;

/** All numbers by their words; made when it is first asked for. */
function numbersByWords(): ReadonlyMap<string, string> {
  byWords ??= new Map(
    Array.from({ length: largestNumber + 1 }, (_, number) => number).flatMap((number) =>
      numberLanguages.map((language) => [numberInWords(number, language), String(number)] as const),
    ),
  );
  return byWords;
}
