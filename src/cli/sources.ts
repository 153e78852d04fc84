/** @file Translates and scores lines: texts, or names of files for a model that reads features. */

import { sourceFolder } from "../data/node/readPairs.ts";
import type { PairSource, SentencePair } from "../data/pairs.ts";
import { withSeedAfter } from "../decoding/options.ts";
import type { Scoring, TranslateOptions, Translation } from "../decoding/textModel.ts";
import { type Read, SourceFiles } from "../features/nodeSourceFiles.ts";
import type { LoadedModels } from "./models.ts";

/** Lines of texts or of file names. */
export interface NamedSources {
  /** Reads the named files, relative to its folder. */
  readonly files: SourceFiles;
  readonly lines: readonly string[];
  /** The number of the first line in the whole input; 0 by default. */
  readonly first?: number;
}

/** Translates lines. */
export function translateSources(
  model: Pick<LoadedModels, "translateAll">,
  { files, lines, first = 0 }: NamedSources,
  options: TranslateOptions,
): Promise<Translation[][]> {
  const items = lines.map((source) => ({ source }));
  const work = (
    some: readonly Read<{ readonly source: string }>[],
    start: number,
  ): Promise<Translation[][]> => {
    const { prefixes } = options;
    const sources = some.map(({ source }) => source);
    return model.translateAll(sources, {
      // Random draws for a line depend on its number in the whole input.
      ...withSeedAfter(options, first + start),
      ...(prefixes && { prefixes: prefixes.slice(start, start + some.length) }),
    });
  };
  return files.use(items, work, first);
}

/** Scores pairs whose sources are texts or names of files. */
export function scorePairs(
  model: Pick<LoadedModels, "score">,
  files: SourceFiles,
  pairs: readonly SentencePair[],
  first = 0,
): Promise<Scoring[]> {
  return files.use(pairs, (some) => model.score(some), first);
}

/** The files named by a set of pairs. */
export function filesOf(
  pairs: PairSource,
  { sourceSizes }: Pick<LoadedModels, "sourceSizes">,
): SourceFiles {
  return new SourceFiles(sourceFolder(pairs), sourceSizes);
}
