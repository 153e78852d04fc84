/** @file The options of searching on the command line. */

import type { Command } from "commander";
import type { SearchValues, TextValues } from "../decoding/options.ts";
import { checkTranslationValues, translationOptions, withUsualBeam } from "../decoding/options.ts";
import type { TranslateOptions } from "../decoding/textModel.ts";
import { givenValues } from "../options/option.ts";
import { readDictionary } from "./dictionary.ts";
import type { LoadedModels } from "./models.ts";
import { addOptions } from "./tableOptions.ts";

const { nBest, sample, seed, temperature, topK, topP, ...ofEverySearch } = translationOptions;

/** The options of searching, as commander has them. */
export interface SearchFlags extends SearchValues, Omit<TextValues, "dictionary"> {
  readonly dictionary?: string;
}

/** Adds the options of a search for one best translation of each text. */
export function addSearchOptions(command: Command): Command {
  return addOptions(command, ofEverySearch);
}

/** Adds all options of translating. */
export function addTranslationOptions(command: Command): Command {
  return addOptions(addSearchOptions(command), { nBest, sample, seed, temperature, topK, topP });
}

/**
 * The options of searching among flags, with the dictionary read.
 *
 * @throws UserError if they do not go together, or the dictionary cannot be read.
 */
export async function translateOptions(flags: SearchFlags): Promise<TranslateOptions> {
  const { dictionary: _, ...values } = givenValues(translationOptions, { ...flags });
  const options = withUsualBeam(values);
  const { dictionary } = flags;
  const told = dictionary === undefined ? {} : { dictionary: new Map<string, string>() };
  checkTranslationValues({ ...options, ...told }, { hasAttention: true, readsText: true });
  return dictionary === undefined
    ? options
    : { ...options, dictionary: await readDictionary(dictionary) };
}

/**
 * Checks that models can do what options ask for.
 *
 * @throws OptionError if they cannot.
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
