import { UserError } from "../src/tensor/errors.ts";

/**
 * The share of sentences whose answer is among the translations that `seq2see translate --n-best` gave.
 *
 * @param output  lines of the form "number ||| translation ||| score", numbers from 0 on.
 * @param answers what is right for each number.
 * @throws UserError if a line has another form.
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
