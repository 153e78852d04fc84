import { OptionError } from "../options/optionError.ts";
import type { WordSum } from "./wordVectors.ts";

/**
 * Parses a sum of words such as `king - man + woman`: words and signs, separated by white space because a
 * word may contain a hyphen.
 *
 * @throws UserError saying what is wrong with it.
 */
export function parseWordSum(text: string): WordSum {
  const plus: string[] = [];
  const minus: string[] = [];
  let sign: "+" | "-" | null = "+";
  const fail = (fault: string): never => {
    throw new OptionError({
      key: "analogy",
      value: text,
      problem: fault,
      remedy: 'write words with signs between them, such as "king - man + woman"',
    });
  };
  for (const part of text.split(/\s+/).filter((part) => part !== "")) {
    const isSign = part === "+" || part === "-" || part === "−";
    if (isSign) {
      if (sign !== null && plus.length + minus.length > 0)
        fail(`a word is missing before "${part}"`);
      sign = part === "+" ? "+" : "-";
    } else {
      if (sign === null) fail(`a sign is missing before "${part}"`);
      (sign === "+" ? plus : minus).push(part);
      sign = null;
    }
  }
  if (plus.length + minus.length === 0) fail("it has no words");
  if (sign !== null) fail("a word is missing at the end");
  return { plus, minus };
}
