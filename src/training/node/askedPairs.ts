/**
 * @file Pairs that a run asks its model about, as `--watch` and `--keep-best bleu` do. They lie in the run's folder, so
 * that it goes on without the files that they came from, and does not care when these change.
 */

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { blankSide } from "../../data/droppedPairs.ts";
import { FeatureStore } from "../../data/featureStore.ts";
import { readPairs } from "../../data/node/readPairs.ts";
import type { PairSource, SentencePair } from "../../data/pairs.ts";
import { describeSource } from "../../data/pairs.ts";
import { writeFileAtomically } from "../../files/nodeFiles.ts";
import { openBytes } from "../../files/nodeRandomAccess.ts";
import type { ModelConfiguration } from "../../models/configuration.ts";
import { UserError } from "../../tensor/errors.ts";
import type { FeatureInput } from "../../tensor/sequence.ts";
import type { TextTokenizer } from "../../text/tokenizer.ts";
import { featureSources, placesOf } from "./featureData.ts";
import { runPath } from "./runFolder.ts";

/** What the pairs are asked for: the BLEU of the dev set, or to watch the model learn. */
export type Asked = "dev" | "watch";

/** Pairs, with what their sources name where these are files of features. */
export interface AskedPairs {
  readonly pairs: readonly SentencePair[];
  readonly features: FeatureStore | null;
}

/** A pair's source as a model takes it. */
export function sourceOf({ pairs, features }: AskedPairs, index: number): string | FeatureInput {
  const { source } = pairs[index] as SentencePair;
  if (!features) return source;
  const data = features.read(index);
  const shape = [data.length / features.size, features.size] as const;
  return { name: source.trim(), shape, data, picture: null };
}

/**
 * Writes pairs into the folder of a run.
 *
 * @param tokenizer of the sources; where these are features, pairs with more places than it knows are left out.
 * @param size      the numbers of a row of features.
 * @throws UserError if a file cannot be read or written.
 */
export async function keepAskedPairs(
  out: string,
  asked: Asked,
  pairs: Iterable<SentencePair>,
  from: { readonly source: PairSource; readonly configuration: ModelConfiguration },
  { tokenizer, size }: { readonly tokenizer: TextTokenizer; readonly size: number },
): Promise<void> {
  const { source, configuration } = from;
  const kept: SentencePair[] = [];
  if (configuration.sourceInput === "tokens") {
    for (const pair of pairs) kept.push(pair);
  } else {
    const path = runPath(out, asked === "dev" ? "devPairFeatures" : "watchedPairFeatures");
    const features = await featureSources(source, configuration, path, size);
    try {
      for (const pair of pairs) {
        const { length } = await features.encode(pair);
        if (length === 0 || length > placesOf(tokenizer)) continue;
        features.keep();
        kept.push(pair);
      }
      await features.finish();
    } catch (error) {
      await features.abandon();
      throw error;
    }
  }
  const text = kept.map((pair) => `${JSON.stringify(pair)}\n`).join("");
  await writeFileAtomically(pathOf(out, asked), [new TextEncoder().encode(text)]);
}

/**
 * The pairs of a source, or its first ones. Pairs with a blank side are not among them, as they are in no corpus.
 *
 * @throws UserError if no pair is left.
 */
export async function firstPairs(
  source: PairSource,
  most: number = Number.POSITIVE_INFINITY,
): Promise<SentencePair[]> {
  const pairs: SentencePair[] = [];
  for await (const pair of readPairs(source)) {
    if (blankSide(pair) === undefined && pairs.push(pair) >= most) break;
  }
  if (pairs.length > 0) return pairs;
  throw new UserError(
    `${describeSource(source)}: every source or target is empty; check the columns.`,
  );
}

/** Whether the folder of a run has these pairs; those of earlier versions had not. */
export function hasAskedPairs(out: string, asked: Asked): boolean {
  return existsSync(pathOf(out, asked));
}

const pairSchema = z.object({ source: z.string(), target: z.string(), line: z.number() });

/**
 * Reads what {@link keepAskedPairs} has written.
 *
 * @throws UserError if it is damaged.
 */
export async function openAskedPairs(
  out: string,
  asked: Asked,
  { sourceInput }: ModelConfiguration,
): Promise<AskedPairs> {
  const path = pathOf(out, asked);
  const lines = (await readFile(path, "utf8")).split("\n").filter((line) => line !== "");
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
  const featuresPath = runPath(out, asked === "dev" ? "devPairFeatures" : "watchedPairFeatures");
  const features = FeatureStore.open(openBytes(featuresPath));
  if (features.pairs === pairs.length) return { pairs, features };
  throw new UserError(
    `${featuresPath}: it has the features of ${features.pairs} pairs and ${path} has ${pairs.length}; put back the files as the run wrote them.`,
  );
}

/** Says which files a run of an earlier version needs, if they are not to be read. */
export function missingPairs(
  out: string,
  asked: Asked,
  source: PairSource,
  error: unknown,
): unknown {
  if (!(error instanceof UserError)) return error;
  const option = asked === "dev" ? "--keep-best bleu" : "--watch";
  return new UserError(
    `${error.message.replace(/\.$/, "")}; ${out} was begun by an earlier version, which did not keep the pairs of ${option}: go on from the folder in which the run was started, so that ${describeSource(source)} is found.`,
  );
}

function pathOf(out: string, asked: Asked): string {
  return runPath(out, asked === "dev" ? "devPairs" : "watchedPairs");
}
