/** @file Options of searching that several commands share. */

import type { Command } from "commander";
import { Option } from "commander";
import type { SearchValues } from "../decoding/options.ts";
import type { TranslateOptions } from "../decoding/translator.ts";
import { UserError } from "../tensor/errors.ts";
import { optionName } from "../training/plan/options.ts";
import { readDictionary } from "./dictionary.ts";
import type { LoadedModels } from "./models.ts";
import { notNegative, wholeFrom } from "./numbers.ts";

/** What {@link addSearchOptions} adds, and what only some commands have besides. */
export interface SearchFlags {
  readonly beam?: number;
  readonly lengthPenalty?: number;
  readonly coveragePenalty?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly noRepeatNgram?: number;
  readonly replaceUnknown?: boolean;
  readonly dictionary?: string;
  readonly sample?: boolean;
  readonly temperature?: number;
  readonly topK?: number;
  readonly topP?: number;
  readonly seed?: number;
}

/** Adds the options of {@link SearchFlags} that all commands have. */
export function addSearchOptions(command: Command): Command {
  const noRepeatNgram = new Option(
    "--no-repeat-ngram <n>",
    "let no sequence of n tokens come twice in a translation (default: they may)",
  ).argParser(wholeFrom(1));
  // Its name begins as those of options that switch others off do.
  noRepeatNgram.negate = false;
  return command
    .option(
      "--beam <n>",
      "hypotheses searched side by side; 1 is greedy (default: 5)",
      wholeFrom(1),
    )
    .option(
      "--length-penalty <alpha>",
      "length normalisation of GNMT, 0 for none (default: 1)",
      notNegative,
    )
    .option("--coverage-penalty <beta>", "coverage penalty of GNMT (default: 0)", notNegative)
    .option("--min-length <n>", "fewest tokens of a translation (default: 0)", wholeFrom(0))
    .option(
      "--max-length <n>",
      "most tokens of a translation (default: twice the source and 10)",
      wholeFrom(1),
    )
    .addOption(noRepeatNgram)
    .option("--no-replace-unknown", "leave <unk> instead of the attended source word")
    .option(
      "--dictionary <file>",
      "translations of words (source, target, probability; tabs between) to replace <unk> by",
    )
    .option("--device <name>", "cpu, cuda or webgpu (default: cpu)")
    .option("--threads <n>", "(default: all processors)", wholeFrom(1));
}

/**
 * The search that flags ask for.
 *
 * @throws UserError if they do not go together, or the dictionary cannot be read.
 */
export async function translateOptions(flags: SearchFlags, nBest = 1): Promise<TranslateOptions> {
  const { lengthPenalty, coveragePenalty, minLength, maxLength, noRepeatNgram } = flags;
  const { replaceUnknown, dictionary } = flags;
  if (minLength !== undefined && maxLength !== undefined && minLength > maxLength) {
    throw new UserError(
      `--min-length ${minLength}: a translation has at most ${maxLength} tokens; raise --max-length.`,
    );
  }
  if (dictionary !== undefined && replaceUnknown === false) {
    throw new UserError(
      `--dictionary ${dictionary}: nothing is replaced with --no-replace-unknown; give only one of them.`,
    );
  }
  return {
    ...widths(flags, nBest),
    ...(lengthPenalty !== undefined && { lengthPenalty }),
    ...(coveragePenalty !== undefined && { coveragePenalty }),
    ...(minLength !== undefined && { minLength }),
    ...(maxLength !== undefined && { maxLength }),
    ...(noRepeatNgram !== undefined && { noRepeatNgram }),
    ...(replaceUnknown === false && { replaceUnknown: false }),
    ...(dictionary !== undefined && { dictionary: await readDictionary(dictionary) }),
    ...sampling(flags),
  };
}

/**
 * Checks that a model can do what flags ask for.
 *
 * @throws UserError if it cannot.
 */
export function checkSearchFlags(
  { dictionary }: SearchFlags,
  { hasAttention, sourceSizes }: Pick<LoadedModels, "hasAttention" | "sourceSizes">,
): void {
  if (dictionary === undefined) return;
  if (sourceSizes.sourceInput !== "tokens") {
    throw new UserError(
      `--dictionary ${dictionary}: the model reads files, which have no words; leave it out.`,
    );
  }
  if (hasAttention) return;
  throw new UserError(
    `--dictionary ${dictionary}: this model has no attention to tell which word is unknown; leave it out.`,
  );
}

function widths(flags: SearchFlags, nBest: number): { beam: number; nBest: number } {
  if (flags.sample && nBest > 1) {
    throw new UserError(
      `--n-best ${nBest}: --sample draws one translation; give only one of them.`,
    );
  }
  if (flags.sample && flags.beam !== undefined && flags.beam > 1) {
    throw new UserError(`--beam ${flags.beam}: --sample does not search; give only one of them.`);
  }
  const beam = flags.beam ?? (flags.sample ? 1 : Math.max(5, nBest));
  if (nBest > beam) {
    throw new UserError(
      `--n-best ${nBest}: a beam of ${beam} finds no more than ${beam}; give --beam ${nBest} or more.`,
    );
  }
  return { beam, nBest };
}

function sampling(flags: SearchFlags): SearchValues {
  const { sample, temperature, topK, topP, seed } = flags;
  if (!sample) {
    for (const [key, value] of Object.entries({ temperature, topK, topP, seed })) {
      if (value === undefined) continue;
      throw new UserError(`${optionName(key)} ${value}: nothing is drawn; add --sample.`);
    }
    return {};
  }
  if (topP !== undefined && topP > 1) {
    throw new UserError(`--top-p ${topP}: give a number above 0, up to 1.`);
  }
  return {
    sample: true,
    seed: seed ?? 1,
    ...(temperature !== undefined && { temperature }),
    ...(topK !== undefined && { topK }),
    ...(topP !== undefined && { topP }),
  };
}
