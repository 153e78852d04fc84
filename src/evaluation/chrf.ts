import { checkKnownKeys } from "../options/knownKeys.ts";
import { countNgrams, matchesOf, type NgramCounts, totalOf } from "./ngrams.ts";
import { type References, referenceCount, referencesOf } from "./references.ts";
import { signatureOf } from "./signature.ts";
import { fixed, wordsOf } from "./text.ts";

/** How to compute chrF; the defaults are sacreBLEU's. */
export interface ChrfOptions {
  /** The longest character n-gram. Default: 6. */
  readonly characterOrder?: number;
  /** The longest word n-gram: 0 for chrF, 1 for chrF+, 2 for chrF++. Default: 0. */
  readonly wordOrder?: number;
  /** The weight of recall relative to precision. Default: 2. */
  readonly beta?: number;
  /** Whether to ignore case. Default: false. */
  readonly lowercase?: boolean;
  /** Whether to count spaces as characters. Default: false. */
  readonly whitespace?: boolean;
}

const optionNames: readonly (keyof ChrfOptions)[] = [
  "characterOrder",
  "wordOrder",
  "beta",
  "lowercase",
  "whitespace",
];

/** A chrF score and its parameters. */
export interface ChrfScore {
  /** From 0 to 100. */
  readonly score: number;
  /** The parameters of the score, to be published with it. */
  readonly signature: string;
  /** Returns sacreBLEU's line, `chrF2|<signature> = 59.73`. */
  toString(): string;
}

/** Counts for one order: n-grams of the hypotheses, of the references, and common ones. */
interface OrderStatistics {
  readonly hypothesis: number;
  readonly reference: number;
  readonly matches: number;
}

/**
 * Returns chrF of a corpus: the F-score of character n-grams (Popović, 2015,
 * https://aclanthology.org/W15-3049). With `wordOrder: 2` it includes word n-grams and is called chrF++ (2017,
 * https://aclanthology.org/W17-4770). The same options give the same score as in sacreBLEU 2. With
 * several references, each sentence is compared with the one that gives the best score.
 *
 * @param hypotheses one per line, detokenized.
 * @param references one list or several, each with a line for every hypothesis.
 * @throws UserError if the lists differ in length or a sentence has no reference.
 */
export function corpusChrf(
  hypotheses: readonly string[],
  references: References,
  options: ChrfOptions = {},
): ChrfScore {
  checkKnownKeys(optionNames, options, "chrF");
  const { characterOrder = 6, wordOrder = 0, beta = 2 } = options;
  const referencesBySentence = referencesOf(hypotheses, references);
  let sum: OrderStatistics[] | undefined;
  for (const [index, hypothesis] of hypotheses.entries()) {
    const lines = referencesBySentence[index] as string[];
    const best = bestStatistics(hypothesis, lines, options);
    sum = sum === undefined ? best : sum.map((total, order) => add(total, best[order]));
  }
  const score = fScore(sum as OrderStatistics[], beta);
  const signature = signatureOf({
    nrefs: referenceCount(referencesBySentence),
    case: options.lowercase ? "lc" : "mixed",
    eff: "yes",
    nc: characterOrder,
    nw: wordOrder,
    space: options.whitespace ? "yes" : "no",
  });
  const name = `chrF${beta}${"+".repeat(wordOrder)}`;
  return { score, signature, toString: () => `${name}|${signature} = ${fixed(score, 2)}` };
}

/**
 * Returns chrF of one sentence.
 *
 * @throws UserError if there is no reference.
 */
export function sentenceChrf(
  hypothesis: string,
  references: readonly string[],
  options: ChrfOptions = {},
): ChrfScore {
  return corpusChrf(
    [hypothesis],
    references.map((reference) => [reference]),
    options,
  );
}

function add(total: OrderStatistics, other: OrderStatistics | undefined): OrderStatistics {
  if (other === undefined) throw new Error("two sentences have different numbers of orders");
  return {
    hypothesis: total.hypothesis + other.hypothesis,
    reference: total.reference + other.reference,
    matches: total.matches + other.matches,
  };
}

function bestStatistics(
  hypothesis: string,
  references: readonly string[],
  options: ChrfOptions,
): OrderStatistics[] {
  const counts = countsOf(hypothesis, options);
  let best: OrderStatistics[] = [];
  let bestScore = -1;
  for (const reference of references) {
    const others = countsOf(reference, options);
    const statistics = counts.map((ofOrder, index) =>
      compare(ofOrder, others[index] as NgramCounts),
    );
    const score = fScore(statistics, options.beta ?? 2);
    if (score > bestScore) {
      best = statistics;
      bestScore = score;
    }
  }
  return best;
}

/** Counts character n-grams by order, then word n-grams by order. */
function countsOf(line: string, options: ChrfOptions): NgramCounts[] {
  const { characterOrder = 6, wordOrder = 0, lowercase = false, whitespace = false } = options;
  const text = lowercase ? line.toLowerCase() : line;
  const characters = [...(whitespace ? text : wordsOf(text).join(""))];
  return [
    ...countNgrams(characters, characterOrder, ""),
    ...countNgrams(wordOrder > 0 ? wordsOf(text).flatMap(splitPunctuation) : [], wordOrder, " "),
  ];
}

// A reference that is too short for an order skips it; the hypothesis's n-grams then do not count as errors.
const compare = (counts: NgramCounts, reference: NgramCounts): OrderStatistics => ({
  hypothesis: reference.size === 0 ? 0 : totalOf(counts),
  reference: totalOf(reference),
  matches: matchesOf(counts, reference),
});

const isPunctuation = (character: string): boolean => /^[!-/:-@[-`{-~]$/.test(character);

/** Separates a mark from the end of a word or, if there is none, from its beginning, as chrF++.py does. */
function splitPunctuation(word: string): string[] {
  if ([...word].length === 1) return [word];
  const last = word.slice(-1);
  if (isPunctuation(last)) return [word.slice(0, -1), last];
  const first = word.slice(0, 1);
  return isPunctuation(first) ? [first, word.slice(1)] : [word];
}

/** Returns F-beta, in percent, of precision and recall averaged over the orders that both sides have. */
function fScore(statistics: readonly OrderStatistics[], beta: number): number {
  const present = statistics.filter(({ hypothesis, reference }) => hypothesis > 0 && reference > 0);
  let precision = 0;
  let recall = 0;
  for (const { hypothesis, reference, matches } of present) {
    precision += matches / hypothesis;
    recall += matches / reference;
  }
  if (precision + recall === 0) return 0;
  precision /= present.length;
  recall /= present.length;
  const factor = beta ** 2;
  return (100 * (1 + factor) * precision * recall) / (factor * precision + recall);
}
