import { checkKnownKeys } from "../options/knownKeys.ts";
import { OptionError } from "../options/optionError.ts";
import { type BleuTokenizer, bleuTokenizers } from "./bleuTokenizer.ts";
import { countNgrams, matchesOf, type NgramCounts, totalOf } from "./ngrams.ts";
import { type References, referenceCount, referencesOf } from "./references.ts";
import { signatureOf } from "./signature.ts";
import { fixed, withoutTrailingWhitespace, wordsOf } from "./text.ts";

/**
 * How to smooth an order without matching n-grams, by sacreBLEU's name (Chen and Cherry, 2014,
 * https://aclanthology.org/W14-3346): `exp` counts ½, ¼, … match (NIST), `floor` a small number,
 * `add-k` adds to matches and totals above order 1, `none` lets the score be 0.
 */
export type BleuSmoothing = "exp" | "floor" | "add-k" | "none";

/** How to compute BLEU; the defaults are sacreBLEU's. */
export interface BleuOptions {
  /** Default: `13a`. */
  readonly tokenizer?: BleuTokenizer;
  /** Default: `exp`. */
  readonly smoothing?: BleuSmoothing;
  /** The number of matches that `floor` counts (default 0.1), or that `add-k` adds (default 1). */
  readonly smoothingValue?: number;
  /** Whether to ignore case. Default: false. */
  readonly lowercase?: boolean;
  /**
   * Whether to skip orders for which the hypotheses are too short. Default: false for a corpus, true for a
   * sentence.
   */
  readonly effectiveOrder?: boolean;
}

/** A BLEU score and its components. */
export interface BleuScore {
  /** From 0 to 100. */
  readonly score: number;
  /** The precision of n-grams of order 1 to 4, each from 0 to 100, after smoothing. */
  readonly precisions: readonly [number, number, number, number];
  /** From 0 to 1; 1 if the hypotheses are as long as the references, or longer. */
  readonly brevityPenalty: number;
  /** Tokens of the hypotheses. */
  readonly systemLength: number;
  /** Tokens of the references; for a sentence with several, those of the reference closest in length. */
  readonly referenceLength: number;
  /** The parameters of the score, to be published with it. */
  readonly signature: string;
  /** Returns sacreBLEU's line, `BLEU|<signature> = 48.53 82.4/50.0/45.5/37.5 (BP = … )`. */
  toString(): string;
}

const optionNames: readonly (keyof BleuOptions)[] = [
  "tokenizer",
  "smoothing",
  "smoothingValue",
  "lowercase",
  "effectiveOrder",
];
const maxOrder = 4;
const smoothingDefaults = { exp: undefined, floor: 0.1, "add-k": 1, none: undefined } as const;

/**
 * Returns BLEU of a corpus: the geometric mean of the precisions of 1- to 4-grams, times a brevity
 * penalty (Papineni et al., 2002, https://aclanthology.org/P02-1040). The same options give the
 * same score as in sacreBLEU 2 (Post, 2018, https://aclanthology.org/W18-6319).
 *
 * @param hypotheses one per line, detokenized.
 * @param references one list or several, each with a line for every hypothesis.
 * @throws UserError if the lists differ in length or a sentence has no reference.
 */
export function corpusBleu(
  hypotheses: readonly string[],
  references: References,
  options: BleuOptions = {},
): BleuScore {
  checkKnownKeys(optionNames, options, "BLEU");
  const tokensOf = (line: string): string[] => bleuTokens(line, options);
  const referencesBySentence = referencesOf(hypotheses, references);
  const statistics: BleuStatistics = {
    matches: [0, 0, 0, 0],
    totals: [0, 0, 0, 0],
    systemLength: 0,
    referenceLength: 0,
  };
  for (const [index, hypothesis] of hypotheses.entries()) {
    const lines = referencesBySentence[index] as string[];
    addSentence(statistics, tokensOf(hypothesis), lines.map(tokensOf));
  }
  return scoreOf(statistics, options, referenceCount(referencesBySentence));
}

/**
 * Returns BLEU of one sentence, by default over the orders for which it is long enough, like sacreBLEU's
 * `sentence_bleu`. Use it to compare sentences; use {@link corpusBleu} for a system.
 *
 * @throws UserError if there is no reference.
 */
export function sentenceBleu(
  hypothesis: string,
  references: readonly string[],
  options: BleuOptions = {},
): BleuScore {
  return corpusBleu(
    [hypothesis],
    references.map((reference) => [reference]),
    { effectiveOrder: true, ...options },
  );
}

/**
 * Returns whether BLEU is meaningful for a corpus. If no reference has four tokens, and therefore no 4-gram,
 * BLEU is 0 even for perfect translations.
 */
export function canJudge(references: References, options: BleuOptions = {}): boolean {
  return references.some((list) =>
    list.some((line) => line !== undefined && bleuTokens(line, options).length >= maxOrder),
  );
}

function bleuTokens(line: string, { tokenizer = "13a", lowercase }: BleuOptions): string[] {
  if (!Object.hasOwn(bleuTokenizers, tokenizer)) {
    throw new OptionError({
      key: "tokenizer",
      value: tokenizer,
      remedy: `give ${Object.keys(bleuTokenizers).join(", ")}`,
    });
  }
  const text = withoutTrailingWhitespace(lowercase ? line.toLowerCase() : line);
  return wordsOf(bleuTokenizers[tokenizer](text));
}

/** Counts summed over sentences; `matches` and `totals` are indexed by order. */
interface BleuStatistics {
  readonly matches: number[];
  readonly totals: number[];
  systemLength: number;
  referenceLength: number;
}

function addSentence(
  statistics: BleuStatistics,
  hypothesis: readonly string[],
  references: readonly (readonly string[])[],
): void {
  const counts = countNgrams(hypothesis, maxOrder, " ");
  const allowed = greatestCounts(references.map((tokens) => countNgrams(tokens, maxOrder, " ")));
  for (const [index, ofOrder] of counts.entries()) {
    statistics.totals[index] = (statistics.totals[index] as number) + totalOf(ofOrder);
    statistics.matches[index] =
      (statistics.matches[index] as number) + matchesOf(ofOrder, allowed[index] as NgramCounts);
  }
  statistics.systemLength += hypothesis.length;
  statistics.referenceLength += closestLength(
    hypothesis.length,
    references.map((tokens) => tokens.length),
  );
}

/** Returns each n-gram's maximum count over the references. */
function greatestCounts(references: readonly NgramCounts[][]): NgramCounts[] {
  if (references.length === 1) return references[0] as NgramCounts[];
  return Array.from({ length: maxOrder }, (_, index) => {
    const greatest = new Map<string, number>();
    for (const counts of references) {
      for (const [ngram, count] of counts[index] as NgramCounts) {
        greatest.set(ngram, Math.max(greatest.get(ngram) ?? 0, count));
      }
    }
    return greatest;
  });
}

/** Returns the length nearest to `length`; of two, the shorter one. */
function closestLength(length: number, candidates: readonly number[]): number {
  return candidates.reduce((best, candidate) => {
    const gain = Math.abs(length - best) - Math.abs(length - candidate);
    return gain > 0 || (gain === 0 && candidate < best) ? candidate : best;
  });
}

function scoreOf(
  { matches, totals, systemLength, referenceLength }: BleuStatistics,
  options: BleuOptions,
  references: string,
): BleuScore {
  const { tokenizer = "13a", smoothing = "exp", lowercase, effectiveOrder } = options;
  const smoothingValue = options.smoothingValue ?? smoothingDefaults[smoothing];
  const brevityPenalty =
    systemLength >= referenceLength
      ? 1
      : systemLength === 0
        ? 0
        : Math.exp(1 - referenceLength / systemLength);
  const { precisions, longest } = precisionsOf(matches, totals, smoothing, smoothingValue ?? 0);
  const score = matches.every((count) => count === 0)
    ? 0
    : brevityPenalty * geometricMean(precisions.slice(0, effectiveOrder ? longest : maxOrder));
  const signature = signatureOf({
    nrefs: references,
    case: lowercase ? "lc" : "mixed",
    eff: effectiveOrder ? "yes" : "no",
    tok: tokenizer,
    smooth:
      smoothingDefaults[smoothing] === undefined
        ? smoothing
        : `${smoothing}[${fixed(smoothingValue as number, 2)}]`,
  });
  const ratio = referenceLength === 0 ? 0 : systemLength / referenceLength;
  return {
    score,
    precisions,
    brevityPenalty,
    systemLength,
    referenceLength,
    signature,
    toString: () =>
      `BLEU|${signature} = ${fixed(score, 2)} ${precisions.map((value) => fixed(value, 1)).join("/")} ` +
      `(BP = ${fixed(brevityPenalty, 3)} ratio = ${fixed(ratio, 3)} ` +
      `hyp_len = ${systemLength} ref_len = ${referenceLength})`,
  };
}

/** Returns the smoothed precisions, all 0 if nothing matches, and the longest order that occurs. */
function precisionsOf(
  matches: readonly number[],
  totals: readonly number[],
  smoothing: BleuSmoothing,
  smoothingValue: number,
): { precisions: [number, number, number, number]; longest: number } {
  const precisions: [number, number, number, number] = [0, 0, 0, 0];
  let longest = maxOrder;
  if (matches.every((count) => count === 0)) return { precisions, longest };
  let share = 1;
  for (let index = 0; index < maxOrder; index++) {
    const added = smoothing === "add-k" && index > 0 ? smoothingValue : 0;
    const total = (totals[index] as number) + added;
    let matching = (matches[index] as number) + added;
    if (total === 0) break;
    longest = index + 1;
    if (matching === 0 && smoothing === "exp") {
      share /= 2;
      matching = share;
    } else if (matching === 0 && smoothing === "floor") matching = smoothingValue;
    precisions[index] = (100 * matching) / total;
  }
  return { precisions, longest };
}

function geometricMean(values: readonly number[]): number {
  const logarithms = values.reduce((sum, value) => sum + Math.log(value), 0);
  return Math.exp(logarithms / values.length);
}
