import { UserError } from "../tensor/errors.ts";

/**
 * The right answers in one or several lists, as sacreBLEU takes them: each list has a line for every
 * hypothesis, or `undefined` where it has no reference. An empty line is a reference of no words.
 */
export type References = readonly (readonly (string | undefined)[])[];

/**
 * Yields the references of every sentence.
 *
 * @throws UserError if a list is shorter or longer than the hypotheses, or a sentence has none.
 */
export function referencesOf(hypotheses: readonly string[], references: References): string[][] {
  if (hypotheses.length === 0) throw new UserError("There is no sentence to be scored; give some.");
  if (references.length === 0) throw new UserError("There is no reference; give at least one.");
  for (const list of references) {
    if (list.length !== hypotheses.length) {
      throw new UserError(
        `${hypotheses.length} hypotheses cannot be scored against ${list.length} references; give one line for each.`,
      );
    }
  }
  return hypotheses.map((_, index) => {
    const present = references.map((list) => list[index]).filter((line) => line !== undefined);
    if (present.length === 0) {
      throw new UserError(`Sentence ${index + 1} has no reference; give one, or leave it out.`);
    }
    return present;
  });
}

/** Yields how many references every sentence has, or "var" if that varies, for a signature. */
export function referenceCount(references: readonly (readonly string[])[]): string {
  const counts = new Set(references.map((list) => list.length));
  return counts.size === 1 ? String([...counts][0]) : "var";
}
