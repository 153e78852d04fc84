import { counted } from "../tensor/counted.ts";
import { UserError } from "../tensor/errors.ts";

/**
 * The references in one or several lists, as in sacreBLEU: each list has a line for every hypothesis,
 * or `undefined` if it has no reference for it. An empty line is a reference without words.
 */
export type References = readonly (readonly (string | undefined)[])[];

/**
 * Returns the references of every sentence.
 *
 * @throws UserError if a list is shorter or longer than the hypotheses, or a sentence has none.
 */
export function referencesOf(hypotheses: readonly string[], references: References): string[][] {
  if (hypotheses.length === 0) throw new UserError("There are no sentences to score; give some.");
  if (references.length === 0) throw new UserError("There is no reference; give at least one.");
  for (const list of references) {
    if (list.length !== hypotheses.length) {
      throw new UserError(
        `${counted(hypotheses.length, "hypothesis", "hypotheses")} cannot be scored against ${counted(list.length, "reference")}; give one line for each.`,
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

/** Returns the number of references per sentence, or "var" if it varies, for a signature. */
export function referenceCount(references: readonly (readonly string[])[]): string {
  const counts = new Set(references.map((list) => list.length));
  return counts.size === 1 ? String([...counts][0]) : "var";
}
