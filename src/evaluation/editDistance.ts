/** @file Scores for tasks with one correct answer, such as dates, or few, such as pronunciations. */
import { type References, referencesOf } from "./references.ts";
import { wordsOf } from "./text.ts";
import { charactersOf, type TextUnit } from "./textUnit.ts";

/**
 * Returns the minimum number of insertions, deletions and replacements that turn `first` into
 * `second` (Levenshtein, 1966).
 */
export function editDistance(first: readonly string[], second: readonly string[]): number {
  // distances[j]: from the elements of `first` seen so far to the first j of `second`.
  const distances = Array.from({ length: second.length + 1 }, (_, index) => index);
  for (const [index, element] of first.entries()) {
    let diagonal = index;
    distances[0] = index + 1;
    for (let position = 1; position <= second.length; position++) {
      const replaced = diagonal + (element === second[position - 1] ? 0 : 1);
      diagonal = distances[position] as number;
      distances[position] = Math.min(
        replaced,
        diagonal + 1,
        (distances[position - 1] as number) + 1,
      );
    }
  }
  return distances[second.length] as number;
}

/**
 * Returns the word error rate: edits divided by the number of reference words. 0 is perfect, and it may
 * exceed 1. With several references, the one with the fewest edits counts; ties go to the longest. If the
 * words are phonemes, this is the phoneme error rate.
 *
 * @param references one list or several, each with a line for every hypothesis.
 * @param unit       what to count instead of words, for texts without spaces.
 * @throws UserError if the lists differ in length or a sentence has no reference.
 */
export function wordErrorRate(
  hypotheses: readonly string[],
  references: References,
  unit: TextUnit = "words",
): number {
  return errorRate(hypotheses, references, unit === "words" ? wordsOf : charactersOf);
}

/**
 * Returns the character error rate: {@link wordErrorRate} over characters (code points), with spaces.
 *
 * @throws UserError if the lists differ in length or a sentence has no reference.
 */
export function characterErrorRate(hypotheses: readonly string[], references: References): number {
  return errorRate(hypotheses, references, (line) => [...line]);
}

/**
 * Returns the share, from 0 to 1, of hypotheses that equal one of their references exactly.
 *
 * @param references one list or several, each with a line for every hypothesis.
 * @throws UserError if the lists differ in length or a sentence has no reference.
 */
export function exactMatchAccuracy(hypotheses: readonly string[], references: References): number {
  const referencesBySentence = referencesOf(hypotheses, references);
  const exact = hypotheses.filter((hypothesis, index) =>
    referencesBySentence[index]?.includes(hypothesis),
  );
  return exact.length / hypotheses.length;
}

function errorRate(
  hypotheses: readonly string[],
  references: References,
  unitsOf: (line: string) => string[],
): number {
  let edits = 0;
  let length = 0;
  for (const [index, lines] of referencesOf(hypotheses, references).entries()) {
    const hypothesis = unitsOf(hypotheses[index] as string);
    const candidates = lines.map((line) => {
      const reference = unitsOf(line);
      return { edits: editDistance(hypothesis, reference), length: reference.length };
    });
    const closest = candidates.reduce((best, candidate) =>
      candidate.edits < best.edits ||
      (candidate.edits === best.edits && candidate.length > best.length)
        ? candidate
        : best,
    );
    edits += closest.edits;
    length += closest.length;
  }
  return edits === 0 ? 0 : edits / length;
}
