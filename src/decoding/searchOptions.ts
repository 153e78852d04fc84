import { UserError } from "../tensor/errors.ts";
import { endId, startId } from "../tensor/specialIds.ts";
import type { BeamStep } from "./beam.ts";
import { checkIds } from "./checkIds.ts";
import type { ScoringOptions } from "./scoring.ts";

/** How tokens are drawn instead of searched for. */
export interface SamplingOptions {
  /** The log-probabilities are divided by it: below 1 the likely tokens get likelier. 1 unless given. */
  readonly temperature?: number;
  /** Draws from this many most probable tokens only; from all unless given. */
  readonly topK?: number;
  /**
   * Draws only from the most probable tokens that together reach this share of the probability, after
   * {@link topK}; 1, unless given, for all.
   */
  readonly topP?: number;
  /** Each sentence has a random stream of its own, of this and its number in the list. */
  readonly seed: number;
}

/** How translations are searched for. */
export interface SearchOptions extends ScoringOptions {
  /** How many hypotheses run side by side, up to 1,024; 1, unless given, is greedy search. */
  readonly beam?: number;
  /** How many translations of each sentence are wanted, at most the beam; 1 unless given. */
  readonly nBest?: number;
  /** The most tokens, the end not counted, up to 100,000; twice the source and 10 more unless given. */
  readonly maximumLength?: number;
  /** The fewest tokens, the end not counted; 0 unless given. */
  readonly minimumLength?: number;
  /** The size of n-grams of tokens that may not come twice in a translation; 0, unless given, for any. */
  readonly noRepeatNgram?: number;
  /**
   * Ids that each translation begins with, by the sentence's number in the list; their log-probabilities
   * count as the model's own do. Sentences without any may have an empty list.
   */
  readonly prefixes?: readonly (readonly number[])[];
  /** Whether no unknown token may be said; it may unless this is given. */
  readonly forbidUnknown?: boolean;
  /** Draws tokens at random; takes a beam of 1. */
  readonly sample?: SamplingOptions;
  /** Whether hypotheses carry their attention; they do unless this is false. */
  readonly attention?: boolean;
  /** The most sentences that are run together; 64 for a beam of 1, fewer for a wider one. */
  readonly batchSize?: number;
  /** Is called with each step of each sentence, whose number in the list comes first. */
  readonly observe?: (sentence: number, step: BeamStep) => void;
}

/** Beyond these nobody searches; a number with a slip in it is refused before memory is taken for it. */
const widestBeam = 1024;
const longestTranslation = 100_000;
const largestBatch = 65_536;

/** {@link SearchOptions} with what is missing filled in. */
export type CheckedOptions = SearchOptions &
  Required<
    Pick<
      SearchOptions,
      | "beam"
      | "nBest"
      | "minimumLength"
      | "forbidUnknown"
      | "noRepeatNgram"
      | "attention"
      | "batchSize"
    >
  >;

/**
 * Fills in what is missing.
 *
 * @throws UserError if an option is out of its range, or the model cannot do what is asked.
 */
export function checkSearchOptions(
  options: SearchOptions,
  { hasAttention }: { readonly hasAttention: boolean },
): CheckedOptions {
  const { beam = 1, nBest = 1, minimumLength = 0, alpha = 1, beta = 0, sample } = options;
  const { noRepeatNgram = 0 } = options;
  // The widest products pay, until the batch's many lengths make much of it idle.
  const batchSize = options.batchSize ?? (beam === 1 ? 64 : Math.max(1, Math.floor(160 / beam)));
  whole("Beam size", beam, 1, widestBeam);
  whole("The number of best translations", nBest, 1, widestBeam);
  whole("The minimum length", minimumLength, 0, longestTranslation);
  whole("The batch size", batchSize, 1, largestBatch);
  whole("The size of n-grams that may not repeat", noRepeatNgram, 0);
  if (options.maximumLength !== undefined) {
    whole(
      "The maximum length",
      options.maximumLength,
      Math.max(1, minimumLength),
      longestTranslation,
    );
  }
  if (nBest > beam) fail(`A beam of ${beam} has no ${nBest} best translations; widen it.`);
  if (!(alpha >= 0)) fail(`The length normalisation's alpha is ${alpha}; give 0 or more.`);
  if (!(beta >= 0)) fail(`The coverage penalty's beta is ${beta}; give 0 or more.`);
  if (beta > 0 && !hasAttention) {
    fail(
      `The coverage penalty is ${beta}, and a model without attention covers nothing; leave --coverage-penalty (beta) out.`,
    );
  }
  if (sample) checkSampling(sample, beam);
  return {
    ...options,
    beam,
    nBest,
    minimumLength,
    batchSize,
    noRepeatNgram,
    forbidUnknown: options.forbidUnknown ?? false,
    attention: (options.attention ?? true) || beta > 0,
  };
}

function checkSampling(
  { temperature = 1, topK, topP = 1, seed }: SamplingOptions,
  beam: number,
): void {
  if (beam !== 1) fail(`Sampling draws one token at a time; give a beam of 1 instead of ${beam}.`);
  if (!(temperature > 0)) fail(`The temperature is ${temperature}; give a number above 0.`);
  if (topK !== undefined) whole("The number of tokens to sample from", topK, 1);
  if (!(topP > 0 && topP <= 1)) {
    fail(`The share of the probability to sample from is ${topP}; give a number above 0, up to 1.`);
  }
  if (!Number.isInteger(seed)) fail(`The seed is ${seed}; give a whole number.`);
}

/**
 * Checks the ids that a translation has to begin with.
 *
 * @param sentence its index, from 0; messages count from 1.
 * @throws UserError if they are more than the longest translation may have.
 * @throws RangeError if one cannot be said.
 */
export function checkPrefix(
  prefix: readonly number[],
  sentence: number,
  { maximumLength }: SearchOptions,
  vocabulary: number,
): void {
  const what = `The prefix of sentence ${sentence + 1}`;
  checkIds(prefix, vocabulary, what);
  const never = prefix.find((id) => id === startId || id === endId);
  if (never !== undefined) {
    throw new RangeError(`${what} has the id ${never}, which is no token of a sentence.`);
  }
  if (maximumLength !== undefined && prefix.length > maximumLength) {
    fail(
      `${what} has ${prefix.length} tokens and a translation at most ${maximumLength}; shorten the prefix or raise the maximum length.`,
    );
  }
}

function whole(what: string, value: number, least: number, most?: number): void {
  if (Number.isInteger(value) && value >= least && value <= (most ?? value)) return;
  const range = most === undefined ? "" : ` to ${most.toLocaleString("en-US")}`;
  fail(`${what} is ${value}; give a whole number from ${least}${range}.`);
}

function fail(message: string): never {
  throw new UserError(message);
}
