import { UserError } from "../tensor/errors.ts";
import { type NormalizeOptions, normalizeText } from "../text/normalize.ts";
import { countWords, type WordCounts } from "../text/wordCounts.ts";
import { DropCounter, type DroppedPairs, reasonToDrop } from "./droppedPairs.ts";
import { LengthCounter, type Lengths } from "./lengths.ts";
import type { PairReader } from "./pairs.ts";

/** How to survey a corpus. */
export interface SurveyOptions extends NormalizeOptions {
  /** The maximum number of words of a sentence. Default: no limit. */
  readonly maxWords?: number;
}

/** The results of the first pass over a corpus. */
export interface CorpusSurvey {
  /** The number of counted pairs, without dropped ones. */
  readonly pairs: number;
  readonly dropped: readonly DroppedPairs[];
  readonly source: SurveyedSide;
  readonly target: SurveyedSide;
}

/** One side of a surveyed corpus. */
export interface SurveyedSide {
  /** The count of each normalised word. */
  readonly counts: WordCounts;
  /** Lengths in words separated by white space. */
  readonly words: Lengths;
}

/**
 * Reads a corpus once and counts its words, from which tokenizers are learned.
 *
 * @throws UserError if the corpus cannot be read, or no pair of it is left.
 */
export async function surveyCorpus(
  corpus: PairReader,
  options: SurveyOptions,
): Promise<CorpusSurvey> {
  const maxWords = options.maxWords ?? Number.POSITIVE_INFINITY;
  const most = { source: maxWords, target: maxWords };
  const sourceSide = newSide();
  const targetSide = newSide();
  const dropped = new DropCounter();
  let pairs = 0;
  for await (const pair of corpus.read()) {
    const sourceText = normalizeText(pair.source, options);
    const targetText = normalizeText(pair.target, options);
    const words = { source: wordsIn(sourceText), target: wordsIn(targetText) };
    const reason = reasonToDrop(words, most, "word");
    if (reason !== undefined) {
      dropped.add(reason, pair.line);
      continue;
    }
    pairs++;
    countWords(sourceSide.counts, sourceText);
    countWords(targetSide.counts, targetText);
    sourceSide.words.add(words.source);
    targetSide.words.add(words.target);
  }
  const report = dropped.report();
  if (pairs === 0) throw nothingLeft(corpus, report);
  return {
    pairs,
    dropped: report,
    source: { ...sourceSide, words: sourceSide.words.report() },
    target: { ...targetSide, words: targetSide.words.report() },
  };
}

/** Returns the error for a corpus whose pairs were all dropped. */
export function nothingLeft({ name }: PairReader, dropped: readonly DroppedPairs[]): UserError {
  if (dropped.length === 0) {
    return new UserError(
      `${name}: no pair is left, as all are in the dev set; leave the file out, or give a dev set.`,
    );
  }
  const reasons = dropped.map(({ reason, count }) => `${count} for ${reason}`).join(", ");
  return new UserError(
    `${name}: no pair is left, as all were dropped (${reasons}); check the columns and the longest length allowed.`,
  );
}

function newSide(): { counts: WordCounts; words: LengthCounter } {
  return { counts: new Map(), words: new LengthCounter() };
}

/** Counts the words of a normalised text. */
function wordsIn(text: string): number {
  if (text === "") return 0;
  let words = 1;
  for (let at = text.indexOf(" "); at >= 0; at = text.indexOf(" ", at + 1)) words++;
  return words;
}
