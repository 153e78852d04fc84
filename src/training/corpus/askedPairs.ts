/**
 * @file Pairs that a run translates or scores at each evaluation, for `watch` and `keepBest: "bleu"`. The run stores
 * them, so that it can be resumed after the original files have changed or gone.
 */

import { z } from "zod";
import { blankSide } from "../../data/droppedPairs.ts";
import { FeatureStore } from "../../data/featureStore.ts";
import type { PairReader, SentencePair } from "../../data/pairs.ts";
import type { ModelConfiguration } from "../../models/configuration.ts";
import { counted } from "../../tensor/counted.ts";
import { UserError } from "../../tensor/errors.ts";
import type { FeatureInput } from "../../tensor/sequence.ts";
import type { TextTokenizer } from "../../text/tokenizer.ts";
import type { RunStorage } from "../storage/runStorage.ts";
import { readText, runFiles, writeText } from "../storage/runStorage.ts";
import { featureSources, placesOf } from "./places.ts";
import type { PairsOfRun } from "./runSources.ts";

/** The maximum number of watched pairs. */
export const mostWatched = 20;

/** The use of the pairs: BLEU of the dev set, watching the model learn, or a sample of the dev set. */
export type Asked = "dev" | "watch" | "sample";

/** Pairs, with the features of their sources if these are files of features. */
export interface AskedPairs {
  readonly pairs: readonly SentencePair[];
  readonly features: FeatureStore | null;
}

/** Pairs to store with a run. */
export interface FoundPairs {
  readonly pairs: Iterable<SentencePair>;
  /** The reader that they come from. */
  readonly source: PairsOfRun;
  /** The source tokenizer; pairs of features with more positions than it knows are left out. */
  readonly tokenizer: TextTokenizer;
  /** The size of a row of features. */
  readonly size: number;
}

/** The source of a pair as an input of a model. */
export function sourceOf({ pairs, features }: AskedPairs, index: number): string | FeatureInput {
  const { source } = pairs[index] as SentencePair;
  if (!features) return source;
  const data = features.read(index);
  const shape = [data.length / features.size, features.size] as const;
  return { name: source.trim(), shape, data, picture: null };
}

/** The files of the pairs, by use. */
const filesOf = {
  dev: { pairs: runFiles.devPairs, features: runFiles.devPairFeatures },
  watch: { pairs: runFiles.watchedPairs, features: runFiles.watchedPairFeatures },
  sample: { pairs: runFiles.samplePairs, features: runFiles.samplePairFeatures },
} as const;

/**
 * Stores pairs with a run.
 *
 * @throws UserError if a file cannot be read or written.
 */
export async function keepAskedPairs(
  storage: RunStorage,
  asked: Asked,
  { pairs, source, tokenizer, size }: FoundPairs,
): Promise<void> {
  const files = filesOf[asked];
  const kept: SentencePair[] = [];
  const features = await featureSources(source, storage, files.features, size);
  try {
    for (const pair of pairs) {
      if (features) {
        const { length } = await features.encode(pair);
        if (length === 0 || length > placesOf(tokenizer)) continue;
        features.keep();
      }
      kept.push(pair);
    }
    await features?.finish();
  } catch (error) {
    await features?.abandon();
    throw error;
  }
  await writeText(storage, files.pairs, kept.map((pair) => `${JSON.stringify(pair)}\n`).join(""));
}

/**
 * The first pairs of a source, or all of them. Pairs with a blank side are left out, as in a corpus.
 *
 * @throws UserError if no pair is left.
 */
export async function firstPairs(
  source: PairReader,
  most: number = Number.POSITIVE_INFINITY,
): Promise<SentencePair[]> {
  const pairs: SentencePair[] = [];
  for await (const pair of source.read()) {
    if (blankSide(pair) === undefined && pairs.push(pair) >= most) break;
  }
  if (pairs.length > 0) return pairs;
  throw new UserError(`${source.name}: every source or target is empty; check the columns.`);
}

/** Whether a run has stored the pairs; runs of earlier versions have not. */
export function hasAskedPairs(storage: RunStorage, asked: Asked): boolean {
  return storage.has(filesOf[asked].pairs);
}

const pairSchema = z.object({ source: z.string(), target: z.string(), line: z.number() });

/**
 * Reads the pairs stored by {@link keepAskedPairs}.
 *
 * @throws UserError if they are damaged.
 */
export async function openAskedPairs(
  storage: RunStorage,
  asked: Asked,
  { sourceInput }: ModelConfiguration,
): Promise<AskedPairs> {
  const files = filesOf[asked];
  const path = storage.pathOf(files.pairs);
  const lines = (await readText(storage, files.pairs)).split("\n").filter((line) => line !== "");
  const pairs = lines.map((line, index) => {
    try {
      return pairSchema.parse(JSON.parse(line));
    } catch {
      throw new UserError(
        `${path}: line ${index + 1} is damaged; put back the file as the run wrote it, or train again from the corpus.`,
      );
    }
  });
  if (sourceInput === "tokens") return { pairs, features: null };
  const features = FeatureStore.open(storage.open(files.features));
  if (features.pairs === pairs.length) return { pairs, features };
  throw new UserError(
    `${storage.pathOf(files.features)}: it has the features of ${counted(features.pairs, "pair")} and ${path} has ${pairs.length}; put back the files as the run wrote them.`,
  );
}

/** Explains which files a run of an earlier version needs, if they cannot be read. */
export function missingPairs(
  storage: RunStorage,
  asked: Asked,
  source: PairReader,
  error: unknown,
): unknown {
  if (!(error instanceof UserError)) return error;
  const set = asked === "dev" ? "dev set" : "watched pairs";
  return new UserError(
    `${error.message.replace(/\.$/, "")}. An earlier version of seq2see started the run in ${storage.name} and did not store its ${set}; continue from the folder in which you started it, so that ${source.name} is found.`,
  );
}
