/**
 * @file The options of searching and of writing translations, each declared once: the library, the command
 * line, the server and traces all read them here.
 */

import { z } from "zod";
import type { OptionSettings, OptionValues } from "../options/option.ts";
import {
  checkUses,
  checkValues,
  defaultsOf,
  defineOptions,
  withCurrentNames,
  withDefaults,
} from "../options/option.ts";
import { OptionError } from "../options/optionError.ts";
import { counted } from "../tensor/counted.ts";
import type { Dictionary } from "./unknownWords.ts";

/** No search needs more; a mistyped number is rejected before memory is allocated for it. */
const widestBeam = 1024;
const longestTranslation = 100_000;

/** What determines whether an option has an effect: the model, and other options. */
interface SearchContext {
  readonly hasAttention: boolean;
  readonly lengthNormalization: string;
  readonly coveragePenalty: number;
  readonly sample: boolean;
}

/** The same for options of the text. */
interface TextContext {
  readonly hasAttention: boolean;
  /** Whether sources are texts, whose words can be copied. */
  readonly readsText: boolean;
  readonly forbidUnknown: boolean;
  readonly replaceUnknown: boolean;
}

const ofSampling = {
  isUsed: ({ sample }: SearchContext): boolean => sample,
  problem: "nothing is drawn",
  remedy: "add {sample=true}",
};

const length = z.int().max(longestTranslation);

/** The options of a search. */
export const searchOptions = defineOptions<SearchContext>()({
  beam: {
    schema: z.int().min(1).max(widestBeam),
    default: 1,
    defaultText: "5, or the n of {nBest} if that is more; 1 in the library",
    otherNames: "beamSize beamWidth numBeams beams",
    group: "Search",
    argument: "n",
    help: "hypotheses searched side by side; 1 is greedy search",
  },
  nBest: {
    schema: z.int().min(1).max(widestBeam),
    default: 1,
    otherNames: "numReturnSequences numTranslationsPerInput",
    group: "Search",
    argument: "n",
    help: "translations of each text, at most the beam, with their scores",
  },
  lengthNormalization: {
    schema: z.enum(["gnmt", "average", "none"]),
    default: "gnmt",
    otherNames: "normalize normalization",
    group: "Search",
    argument: "kind",
    help: "what a sum of log-probabilities is divided by before hypotheses are compared: GNMT's length penalty, the number of tokens, or nothing",
  },
  lengthPenalty: {
    schema: z.number().min(0),
    default: 1,
    otherNames: "lenpen beamAlpha lengthPenaltyWeight alpha",
    group: "Search",
    argument: "alpha",
    help: "exponent of GNMT's length penalty; 0 for no normalization",
    use: {
      isUsed: ({ lengthNormalization }) => lengthNormalization === "gnmt",
      problem: "only GNMT's length normalization has an exponent",
      remedy: "add {lengthNormalization=gnmt}",
    },
    formerNames: ["alpha"],
  },
  coveragePenalty: {
    schema: z.number().min(0),
    default: 0,
    otherNames: "coveragePenaltyWeight beta",
    group: "Search",
    argument: "beta",
    help: "weight of GNMT's coverage penalty",
    use: {
      isUsed: ({ coveragePenalty, hasAttention }) => coveragePenalty === 0 || hasAttention,
      problem: "the model has no attention that could cover the source",
    },
    formerNames: ["beta"],
  },
  minLength: {
    schema: length.min(0),
    default: 0,
    otherNames: "minLen minNewTokens minOutputLength",
    group: "Search",
    argument: "n",
    help: "fewest tokens of a translation, not counting its end",
    formerNames: ["minimumLength"],
  },
  maxLength: {
    schema: length.min(1),
    defaultText: "twice the source and 10",
    otherNames: "maxLen maxLenB maxOutputLength maxNewTokens maxLengthFactor tgtMaxLenInfer",
    group: "Search",
    argument: "n",
    help: "most tokens of a translation, not counting its end",
    formerNames: ["maximumLength"],
  },
  noRepeatNgram: {
    schema: length.min(0),
    default: 0,
    defaultText: "0, any may",
    otherNames: "noRepeatNgramSize blockNgramRepeat",
    group: "Search",
    argument: "n",
    help: "no sequence of n tokens may occur twice in a translation",
  },
  forbidUnknown: {
    schema: z.boolean(),
    default: false,
    otherNames: "noUnk allowUnk banUnk unkpen suppressUnk generateUnk",
    group: "Search",
    help: "never choose the unknown token",
  },
  sample: {
    schema: z.boolean(),
    default: false,
    otherNames: "sampling doSample outputSampling randomSampling inferMode",
    group: "Sampling",
    help: "draw tokens at random instead of searching for the best",
  },
  seed: {
    schema: z.int(),
    default: 1,
    otherNames: "randomSeed",
    group: "Sampling",
    argument: "n",
    help: "random seed of the draws; the texts after the first take the numbers that follow",
    use: ofSampling,
  },
  // Beyond, single precision loses the difference between tokens, or those that are forbidden.
  temperature: {
    schema: z.number().min(0.01).max(100),
    default: 1,
    otherNames: "temp samplingTemperature randomSamplingTemp",
    group: "Sampling",
    argument: "x",
    help: "divisor of the log-probabilities; below 1, probable tokens become more probable",
    use: ofSampling,
  },
  topK: {
    schema: z.int().min(1),
    defaultText: "all",
    otherNames: "samplingTopk randomSamplingTopk",
    group: "Sampling",
    argument: "n",
    help: "draw from the n most probable tokens only",
    use: ofSampling,
  },
  topP: {
    schema: z.number().gt(0).max(1),
    default: 1,
    otherNames: "samplingTopp randomSamplingTopp nucleus",
    group: "Sampling",
    argument: "p",
    help: "draw only from the most probable tokens that together reach this probability, after top k",
    use: ofSampling,
  },
});

/** The options of a translation's text. */
export const textOptions = defineOptions<TextContext>()({
  replaceUnknown: {
    schema: z.boolean(),
    default: true,
    otherNames: "replaceUnk replaceUnks",
    group: "Text",
    help: "replace an unknown token by the source word that has the most attention, where the model has attention",
    helpOff: "leave <unk> instead of the source word that has the most attention",
  },
  dictionary: {
    schema: z
      .custom<Dictionary>((value) => value instanceof Map)
      .meta({ description: "a Map from words to their translations" }),
    otherNames: "phraseTable lexicon lexicalTable alignDict",
    group: "Text",
    argument: "file",
    help: "translations of the words that replace unknown tokens",
    use: [
      {
        isUsed: ({ replaceUnknown }) => replaceUnknown,
        problem: "unknown tokens are not replaced",
        remedy: "add {replaceUnknown=true}",
      },
      {
        isUsed: ({ forbidUnknown }) => !forbidUnknown,
        problem: "there are no unknown tokens to replace",
        remedy: "add {forbidUnknown=false}",
      },
      {
        isUsed: ({ readsText }) => readsText,
        problem: "the model reads files, which have no words",
      },
      {
        isUsed: ({ hasAttention }) => hasAttention,
        problem: "the model has no attention to tell which word is unknown",
      },
    ],
  },
});

/** The options of an ensemble. */
export const ensembleOptions = defineOptions<unknown>()({
  average: {
    schema: z.enum(["probabilities", "logits"]),
    default: "probabilities",
    otherNames: "avgRawProbs weights",
    group: "Model",
    argument: "kind",
    help: "what is averaged over several models at each step",
    formerNames: ["ensemble"],
  },
});

/** All options of translating texts. */
export const translationOptions = { ...searchOptions, ...textOptions };

/** The given options of a search. */
export type SearchValues = Partial<OptionValues<typeof searchOptions>>;

/** The options of a search with defaults filled in. */
export type SearchSettings = OptionSettings<typeof searchOptions>;

/** The given options of the text of translations. */
export type TextValues = Partial<OptionValues<typeof textOptions>>;

/** The options of the text of translations with defaults filled in. */
export type TextSettings = OptionSettings<typeof textOptions>;

/** The default settings of a search. */
export const searchDefaults: SearchSettings = defaultsOf(searchOptions);

/** The default beam of the command line and the server. */
export const usualBeam = 5;

/** Adds the default beam of the command line and the server to options. */
export function withUsualBeam<Values extends SearchValues>(
  values: Values,
): Values & { readonly beam: number } {
  const { nBest = 1, sample = false } = values;
  return { ...values, beam: values.beam ?? (sample ? 1 : Math.max(usualBeam, nBest)) };
}

/** The options for texts that follow others: each text is sampled with its own seed. */
export function withSeedAfter<Values extends SearchValues>(values: Values, before: number): Values {
  const { sample = false, seed = searchDefaults.seed } = values;
  return sample ? { ...values, seed: seed + before } : values;
}

/**
 * Converts options to the current names and forms: earlier versions had other names for some, and an object
 * `sample` (null without sampling) for the options of sampling.
 */
export function currentOptions<Values extends object>(values: Values): Values {
  const { sample, ...rest } = withCurrentNames(
    translationOptions,
    values as Readonly<Record<string, unknown>>,
  );
  if (sample === undefined || sample === null) return rest as Values;
  const isFormer = typeof sample === "object" && !Array.isArray(sample);
  const sampling = isFormer ? { sample: true, ...sample } : { sample };
  return { ...rest, ...sampling } as Values;
}

/**
 * Checks the options of a search, individually and in combination.
 *
 * @throws OptionError if a value is out of its range, options exclude each other, or one has no effect.
 */
export function checkSearchValues(values: SearchValues, hasAttention: boolean): SearchSettings {
  checkValues(searchOptions, values);
  const settings = withDefaults(searchOptions, values);
  const { beam, nBest, minLength, maxLength, sample } = settings;
  for (const [key, value] of Object.entries({ beam, nBest })) {
    if (!sample || value === 1) continue;
    throw new OptionError({
      key,
      value,
      problem: "{sample=true} draws one translation",
      remedy: "give only one of them",
    });
  }
  if (nBest > beam) {
    throw new OptionError({
      key: "nBest",
      value: nBest,
      problem: `a beam of ${beam} finds no more than ${beam}`,
      remedy: `give {beam=${nBest}} or more`,
    });
  }
  if (maxLength !== undefined && minLength > maxLength) {
    throw new OptionError({
      key: "minLength",
      value: minLength,
      problem: `a translation has at most ${counted(maxLength, "token")}`,
      remedy: "raise {maxLength}",
    });
  }
  checkUses(searchOptions, values, { ...settings, hasAttention });
  return settings;
}

/**
 * Checks all options of a translation before the work begins.
 *
 * @throws OptionError as {@link checkSearchValues} and {@link checkTextValues} do.
 */
export function checkTranslationValues(
  values: SearchValues & TextValues,
  model: Pick<TextContext, "hasAttention" | "readsText">,
): void {
  checkSearchValues(values, model.hasAttention);
  checkTextValues(values, model);
}

/**
 * Checks the options of the text of translations.
 *
 * @throws OptionError if a value is invalid or has no effect.
 */
export function checkTextValues(
  values: TextValues & SearchValues,
  model: Pick<TextContext, "hasAttention" | "readsText">,
): TextSettings {
  checkValues(textOptions, values);
  checkUses(textOptions, values, { ...withDefaults(translationOptions, values), ...model });
  return withDefaults(textOptions, values);
}
