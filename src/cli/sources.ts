/** @file Translating and scoring what lines name: texts, or files for a model that reads features. */

import { sourceFolder } from "../data/node/readPairs.ts";
import type { PairSource, SentencePair } from "../data/pairs.ts";
import { withSeedAfter } from "../decoding/options.ts";
import type { Scoring, TranslateOptions, Translation } from "../decoding/textModel.ts";
import { type Read, SourceFiles } from "../features/nodeSourceFiles.ts";
import type { LoadedModels } from "./models.ts";

/** Lines that are texts, or name files. */
export interface NamedSources {
  /** Reads what lines name; names of files are relative to its folder. */
  readonly files: SourceFiles;
  readonly lines: readonly string[];
  /** The number of the first line among all of them; 0 unless given. */
  readonly first?: number;
}

/** Translates what lines name. */
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
      // What is drawn for a line depends on its number among all of them.
      ...withSeedAfter(options, first + start),
      ...(prefixes && { prefixes: prefixes.slice(start, start + some.length) }),
    });
  };
  return files.use(items, work, first);
}

/** Scores pairs whose sources are texts or, as above, names of files. */
export function scorePairs(
  model: Pick<LoadedModels, "score">,
  files: SourceFiles,
  pairs: readonly SentencePair[],
  first = 0,
): Promise<Scoring[]> {
  return files.use(pairs, (some) => model.score(some), first);
}

/** The files that a set of pairs names. */
export function filesOf(
  pairs: PairSource,
  { sourceSizes }: Pick<LoadedModels, "sourceSizes">,
): SourceFiles {
  return new SourceFiles(sourceFolder(pairs), sourceSizes);
}
