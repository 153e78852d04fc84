import { type Answer, isSentence } from "./askJudge.ts";
import type { Tally } from "./trial.ts";

/**
 * Counts the outcome of a damaged file: the same result as without damage, a sentence, or a broken guarantee.
 *
 * @param whole the outcome without damage.
 * @param how   which file was damaged, and how.
 */
export function countDamage(tally: Tally, whole: Answer, answer: Answer, how: string): void {
  if (answer.kind === "refused" && isSentence(answer.message))
    tally.keep("rejected with one sentence");
  else if (answer.kind === "done" && whole.kind === "done" && answer.result === whole.result) {
    tally.keep("harmless");
  } else {
    const what = answer.kind === "done" ? "another result, without an error" : answer.message;
    tally.fail(`${how}: ${what.split("\n").slice(0, 3).join(" ")}`);
  }
}
