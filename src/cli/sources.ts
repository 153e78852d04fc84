/** @file Translating and scoring what lines name: texts, or files for a model that reads features. */

import type { PairSource, SentencePair } from "../data/pairs.ts";
import { sourceFolder } from "../data/pairs.ts";
import type { SourceInput } from "../decoding/sourceInput.ts";
import type { Scoring, TranslateOptions, Translation } from "../decoding/translator.ts";
import { SourceFiles } from "../features/nodeSourceFiles.ts";
import type { LoadedModel } from "../library/loadedModel.ts";

/** What translates: a model's or a translator's own method. */
type Translate = (
  sources: readonly SourceInput[],
  options: TranslateOptions,
) => Promise<Translation[][]>;

/** Translates what lines name; the names of files are relative to `files`' folder. */
export function translateSources(
  translate: Translate,
  files: SourceFiles,
  lines: readonly string[],
  options: TranslateOptions,
): Promise<Translation[][]> {
  const items = lines.map((source) => ({ source }));
  return files.use(items, (some, start) => {
    const { sample } = options;
    // What is drawn for a line depends on its number among all of them.
    const seeded = sample && { sample: { ...sample, seed: sample.seed + start } };
    const sources = some.map(({ source }) => source);
    return translate(sources, { ...options, ...seeded });
  });
}

/** Scores pairs whose sources are texts or, as above, names of files. */
export function scorePairs(
  model: Pick<LoadedModel, "score">,
  files: SourceFiles,
  pairs: readonly SentencePair[],
): Promise<Scoring[]> {
  return files.use(pairs, (some) => model.score(some));
}

/** The files that a set of pairs names. */
export function filesOf(pairs: PairSource, { sizes }: Pick<LoadedModel, "sizes">): SourceFiles {
  return new SourceFiles(sourceFolder(pairs), sizes);
}
