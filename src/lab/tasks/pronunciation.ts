/** @file The task of pronouncing English words: "queen" → "kwin", in the International Phonetic Alphabet. */

import { UserError } from "../../tensor/errors.ts";
import { Random } from "../../tensor/random.ts";
import type { TextPair } from "../../training/memory/memoryRun.ts";
import type { Task } from "../task.ts";
import { spreadByLength } from "./draw.ts";

/** The file of words and their pronunciations, beside the page: a word, a tab and its pronunciation a line. */
export const pronunciationFile = "pronunciation/words.tsv";

const heldOutWords = 200;

export const pronunciation: Task = {
  name: "pronunciation",
  tokenizer: "char",
  example: "thought",
  pairs: async (seed, fetchText) => {
    const pairs = new Random(seed).shuffle(pairsOf(await fetchText(pronunciationFile)));
    return {
      train: pairs.slice(heldOutWords),
      heldOut: spreadByLength(pairs.slice(0, heldOutWords)),
    };
  },
  // English spelling does not say it.
  answer: () => null,
};

/** @throws UserError if the file is not what the page was built with. */
function pairsOf(text: string): TextPair[] {
  const pairs = text
    .split("\n")
    .filter((line) => line !== "")
    .map((line): TextPair => {
      const [source = "", target = ""] = line.split("\t");
      return { source, target };
    });
  const isWhole = pairs.every(({ source, target }) => source !== "" && target !== "");
  if (isWhole && pairs.length > 2 * heldOutWords) return pairs;
  throw new UserError(
    `${pronunciationFile}: this is not the list of words that belongs to the page; build the studio again.`,
  );
}
