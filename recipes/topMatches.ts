import { UserError } from "../src/tensor/errors.ts";

/**
 * The share of sentences whose answer is among the translations from `seq2see translate --n-best`.
 *
 * @param output  lines in the format "number ||| translation ||| score", numbers counted from 0.
 * @param answers the correct answers for each number.
 * @throws UserError if a line has another format.
 */
export function shareAmongBest(output: string, answers: readonly string[]): number {
  const found = new Set<number>();
  for (const line of output.split("\n").filter((each) => each !== "")) {
    const [number, translation, score] = line.split(" ||| ");
    if (translation === undefined || score === undefined) {
      throw new UserError(`"${line}" is not a line of seq2see translate --n-best; run it again.`);
    }
    if (translation === answers[Number(number)]) found.add(Number(number));
  }
  return found.size / answers.length;
}
