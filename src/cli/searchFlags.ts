/** @file Search options of the command line. */

import type { Command } from "commander";
import type { SearchValues, TextValues } from "../decoding/options.ts";
import { checkTranslationValues, translationOptions, withUsualBeam } from "../decoding/options.ts";
import type { TranslateOptions } from "../decoding/textModel.ts";
import { givenValues } from "../options/option.ts";
import { readDictionary } from "./dictionary.ts";
import type { LoadedModels } from "./models.ts";
import { addOptions } from "./tableOptions.ts";

const { nBest, sample, seed, temperature, topK, topP, ...ofEverySearch } = translationOptions;

/** The search options, as parsed by commander. */
export interface SearchFlags extends SearchValues, Omit<TextValues, "dictionary"> {
  readonly dictionary?: string;
}

/** Adds the options of a search for the best translation of each text. */
export function addSearchOptions(command: Command): Command {
  return addOptions(command, ofEverySearch);
}

/** Adds all options of translation. */
export function addTranslationOptions(command: Command): Command {
  return addOptions(addSearchOptions(command), { nBest, sample, seed, temperature, topK, topP });
}

/**
 * Converts flags to translation options, and reads the dictionary.
 *
 * @throws UserError if options conflict, or the dictionary cannot be read.
 */
export async function translateOptions(flags: SearchFlags): Promise<TranslateOptions> {
  const { dictionary: _, ...values } = givenValues(translationOptions, { ...flags });
  const options = withUsualBeam(values);
  const { dictionary } = flags;
  const unread = dictionary === undefined ? {} : { dictionary: new Map<string, string>() };
  checkTranslationValues({ ...options, ...unread }, { hasAttention: true, readsText: true });
  return dictionary === undefined
    ? options
    : { ...options, dictionary: await readDictionary(dictionary) };
}

/**
 * Checks that loaded models support the options.
 *
 * @throws OptionError if they do not.
 */
export function checkModelsFor(
  options: TranslateOptions,
  { hasAttention, sourceSizes }: Pick<LoadedModels, "hasAttention" | "sourceSizes">,
): void {
  checkTranslationValues(options, {
    hasAttention,
    readsText: sourceSizes.sourceInput === "tokens",
  });
}
