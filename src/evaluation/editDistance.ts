/** @file Scores for tasks with one right answer, such as dates, and few, such as pronunciations. */
import { type References, referencesOf } from "./references.ts";
import { wordsOf } from "./text.ts";
import { charactersOf, type TextUnit } from "./textUnit.ts";

/**
 * Yields the fewest insertions, deletions and replacements of one element that turn `first` into
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
 * Yields the word error rate: edits over words of the references. 0 is perfect, and it may be over
 * 1. Of several references a sentence is held against the one with the fewest edits, of equals the
 * longest. Where the words are phonemes, this is the phoneme error rate.
 *
 * @param references one list or several, each with a line for every hypothesis.
 * @param unit       what stands in the place of words, for texts without spaces.
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
 * Yields the character error rate: {@link wordErrorRate} over characters (code points), with spaces.
 *
 * @throws UserError if the lists differ in length or a sentence has no reference.
 */
export function characterErrorRate(hypotheses: readonly string[], references: References): number {
  return errorRate(hypotheses, references, (line) => [...line]);
}

/**
 * Yields the share, from 0 to 1, of hypotheses that are one of their references to the letter.
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
