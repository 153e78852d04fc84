import { checkKnownKeys } from "../options/knownKeys.ts";
import { namesOf } from "../options/option.ts";
import { checkTogether, OptionError } from "../options/optionError.ts";
import { counted } from "../tensor/counted.ts";
import { UserError } from "../tensor/errors.ts";
import { endId, startId } from "../tensor/specialIds.ts";
import type { BeamStep } from "./beam.ts";
import { checkIds } from "./checkIds.ts";
import type { SearchSettings, SearchValues } from "./options.ts";
import { checkSearchValues, currentOptions, translationOptions } from "./options.ts";

/** How to search for translations. */
export interface SearchOptions extends SearchValues {
  /**
   * The first ids of each translation, by the index of the sentence; the log-probabilities that the model
   * assigns to them count. The list of a sentence may be empty.
   */
  readonly prefixes?: readonly (readonly number[])[];
  /** Whether hypotheses include their attention. Default: true. */
  readonly attention?: boolean;
  /** The maximum number of sentences per batch. Default: 64 for a beam of 1, fewer for a wider one. */
  readonly batchSize?: number;
  /** Called with each step of each sentence, with the index of the sentence first. */
  readonly observe?: (sentence: number, step: BeamStep) => void;
}

const largestBatch = 65_536;

/** {@link SearchOptions} with defaults filled in. */
export type CheckedOptions = SearchOptions &
  SearchSettings &
  Required<Pick<SearchOptions, "attention" | "batchSize">>;

/**
 * Fills in defaults.
 *
 * @throws OptionError if an option is out of its range or has no effect, options exclude each other, or there is no
 *   such option.
 */
export function checkSearchOptions(
  options: SearchOptions,
  { hasAttention }: { readonly hasAttention: boolean },
): CheckedOptions {
  const {
    prefixes,
    attention = true,
    batchSize: size,
    observe,
    ...values
  } = currentOptions(options);
  // Options of the text may come along, such as in a trace.
  checkTogether(
    ...Object.entries(values).map(
      ([key, value]) =>
        () =>
          checkKnownKeys(namesOf(translationOptions), { [key]: value }, "translation"),
    ),
  );
  const settings = checkSearchValues(values, hasAttention);
  const { beam, coveragePenalty } = settings;
  // The widest products pay off until differing lengths leave much of the batch idle.
  const batchSize = size ?? (beam === 1 ? 64 : Math.max(1, Math.floor(160 / beam)));
  if (!(Number.isInteger(batchSize) && batchSize >= 1 && batchSize <= largestBatch)) {
    const remedy = `give a whole number from 1 to ${largestBatch.toLocaleString("en-US")}`;
    throw new OptionError({ key: "batchSize", value: batchSize, remedy });
  }
  return {
    ...settings,
    batchSize,
    attention: attention || coveragePenalty > 0,
    ...(prefixes && { prefixes }),
    ...(observe && { observe }),
  };
}

/**
 * Checks the ids that a translation must begin with.
 *
 * @param sentence its index, from 0; messages count from 1.
 * @throws UserError if they are more than the maximum length of the translation.
 * @throws RangeError if an id is not a token of a sentence.
 */
export function checkPrefix(
  prefix: readonly number[],
  sentence: number,
  { maxLength }: SearchOptions,
  vocabulary: number,
): void {
  const what = `The prefix of sentence ${sentence + 1}`;
  checkIds(prefix, vocabulary, what);
  const never = prefix.find((id) => id === startId || id === endId);
  if (never !== undefined) {
    throw new RangeError(`${what} has the id ${never}, which is no token of a sentence.`);
  }
  if (maxLength !== undefined && prefix.length > maxLength) {
    throw new UserError(
      `${what} has ${counted(prefix.length, "token")} and a translation at most ${maxLength}; shorten the prefix or raise the maximum length.`,
    );
  }
}
