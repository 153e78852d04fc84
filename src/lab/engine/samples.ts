/** @file The pairs by which a run is judged: the held-out ones, and a fixed sample of those it learns from. */

import { blankSide } from "../../data/droppedPairs.ts";
import type { TrainingCorpus } from "../../data/trainingCorpus.ts";
import type { IdPair } from "../../models/batchFeeds.ts";
import type { SourceSigns } from "../../text/sourceSigns.ts";
import { withSourceSigns } from "../../text/sourceSigns.ts";
import type { TextPair } from "../../training/memory/memoryRun.ts";
import type { Tokenizers } from "../../training/storage/model.ts";

/** The held-out pairs that looks measure, and those whose outputs are shown. */
export const mostHeldOut = 200;
export const mostShown = 16;
/** The training pairs that looks measure. */
const mostTrained = 100;

/** The first held-out pairs that have two sides. */
export function usableHeldOut(pairs: readonly TextPair[]): TextPair[] {
  return pairs.filter((pair) => blankSide(pair) === undefined).slice(0, mostHeldOut);
}

/** The pairs as the model reads them; those without tokens are left out. */
export function encoded(
  pairs: readonly TextPair[],
  { source, target }: Tokenizers,
  sizes: SourceSigns,
): IdPair[] {
  return pairs
    .map((pair) => ({
      source: withSourceSigns(source.encodeIds(pair.source), sizes),
      target: target.encodeIds(pair.target),
    }))
    .filter((pair) => pair.source.length > 0 && pair.target.length > 0);
}

/** Pairs from all over a corpus, the same ones each time. */
export function trainedSample(corpus: TrainingCorpus): IdPair[] {
  const every = Math.max(1, Math.floor(corpus.pairs / mostTrained));
  const sample: IdPair[] = [];
  for (let block = 0; block < corpus.blocks && sample.length < mostTrained; block++) {
    for (const pair of corpus.read([block])) {
      if (pair.number % every === 0 && sample.length < mostTrained) sample.push(pair);
    }
  }
  return sample;
}
