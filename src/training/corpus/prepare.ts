/** @file From a corpus to ids that a run keeps: two passes, with a report of what they found. */

import { CorpusLinks } from "../../data/corpusLinks.ts";
import type { EncodingReport } from "../../data/encodeCorpus.ts";
import { encodeCorpus } from "../../data/encodeCorpus.ts";
import { EncodedCorpus } from "../../data/encodedCorpus.ts";
import { FeatureStore } from "../../data/featureStore.ts";
import { formatEncoding, formatSurvey } from "../../data/report.ts";
import { surveyCorpus } from "../../data/survey.ts";
import { TextTokenizer } from "../../text/tokenizer.ts";
import { learnTokenizer } from "../../text/tokenizerOption.ts";
import type { Plan } from "../plan/plan.ts";
import type { Tokenizers } from "../storage/model.ts";
import { readTokenizers, writeTokenizers } from "../storage/model.ts";
import type { RunStorage } from "../storage/runStorage.ts";
import { runFiles } from "../storage/runStorage.ts";
import type { Asked, AskedPairs } from "./askedPairs.ts";
import {
  firstPairs,
  hasAskedPairs,
  keepAskedPairs,
  missingPairs,
  mostWatched,
  openAskedPairs,
} from "./askedPairs.ts";
import { encodeLinks } from "./encodeLinks.ts";
import { featureSources, learnPlaces, placesOf } from "./places.ts";
import type { PairsOfRun, RunSources } from "./runSources.ts";

/** A corpus that is ready to be trained on. */
export interface PreparedData extends Tokenizers {
  readonly train: EncodedCorpus;
  readonly dev: EncodedCorpus | null;
  /** What attention is taught; null without guided alignment. */
  readonly links: CorpusLinks | null;
  /** The sentences of dev; null unless BLEU says which weights are kept. */
  readonly devPairs: AskedPairs | null;
  /** Those of `watch`. */
  readonly watchedPairs: AskedPairs | null;
  /** How many numbers a row of the source has; 0 where it consists of tokens. */
  readonly sourceFeatures: number;
}

/** Where a run is, and of what it is made. */
export interface RunSetting {
  readonly plan: Plan;
  readonly storage: RunStorage;
  readonly sources: RunSources;
}

/**
 * Learns the vocabularies, unless they are given, and encodes the sentences into the run's files.
 *
 * @param log     takes the report, line by line.
 * @param proceed is called before anything is written; what it throws ends the work.
 * @throws UserError if a file cannot be read or nothing is left of it.
 */
export async function prepareData(
  setting: RunSetting,
  log: (line: string) => void,
  proceed: () => void,
  given: Tokenizers | null = null,
): Promise<PreparedData> {
  const { plan, storage, sources } = setting;
  const { options, configuration } = plan;
  const lowercase = given ? given.target.isLowercase : options.lowercase;
  const hasFeatures = configuration.sourceInput === "features";
  // The dev set first: a mistake in it should not cost the time of the other.
  if (sources.dev) await surveyCorpus(sources.dev, { lowercase });
  if (sources.watch) await firstPairs(sources.watch, mostWatched);
  const survey = await surveyCorpus(sources.data, { lowercase });
  log(`Training data: ${sources.data.name}`);
  for (const line of formatSurvey(survey, hasFeatures)) log(`  ${line}`);
  const learn = (side: "source" | "target") =>
    TextTokenizer.fromJson(
      learnTokenizer(survey[side].counts, plan.tokenizer, { lowercase }),
      `the learned ${side} tokenizer`,
    );
  const learnSource = () =>
    hasFeatures ? learnPlaces(configuration, options.maxLength) : learn("source");
  const tokenizers = given ?? { source: learnSource(), target: learn("target") };
  proceed();
  // What the first file has, or the model that is started from, the others must have too.
  let size = given && hasFeatures ? configuration.sourceFeatures : null;
  const encode = async (set: "dev" | "train", pairs: PairsOfRun): Promise<EncodingReport> => {
    const features = await featureSources(pairs, storage, runFiles[`${set}Features`], size);
    proceed();
    const report = await encodeCorpus(pairs, tokenizers, await storage.create(runFiles[set]), {
      maxLength: options.maxLength,
      features,
      ...(hasFeatures && { maxSource: placesOf(tokenizers.source) }),
    });
    if (features) {
      size = features.size;
      log(`  ${features.files.toLocaleString("en")} files of ${size} numbers a row`);
    }
    return report;
  };
  if (sources.dev) {
    log(`Dev data: ${sources.dev.name}`);
    const report = await encode("dev", sources.dev);
    for (const line of formatEncoding(report, tokenizers)) log(`  ${line}`);
  }
  log("As tokens:");
  const report = await encode("train", sources.data);
  for (const line of formatEncoding(report, tokenizers)) log(`  ${line}`);
  if (sources.alignments) {
    proceed();
    const { maxLength } = options;
    const sink = await storage.create(runFiles.links);
    await encodeLinks(sources.data, sources.alignments, tokenizers, sink, { maxLength });
  }
  proceed();
  await writeTokenizers(storage, tokenizers);
  return openData(setting, true);
}

/**
 * Opens what {@link prepareData} has written, and writes the pairs that the model is asked about where they are
 * not there yet.
 */
export async function openData(
  { plan: { options, configuration }, storage, sources }: RunSetting,
  isNew = false,
): Promise<PreparedData> {
  const tokenizers = await readTokenizers(storage);
  const open = (set: "dev" | "train"): EncodedCorpus =>
    EncodedCorpus.open(
      storage.open(runFiles[set]),
      configuration.sourceInput === "features"
        ? FeatureStore.open(storage.open(runFiles[`${set}Features`]))
        : null,
    );
  const train = open("train");
  const size = train.features?.size ?? 0;
  const asked = async (name: Asked, source: PairsOfRun | null): Promise<AskedPairs | null> => {
    if (!source) return null;
    if (isNew || !hasAskedPairs(storage, name)) {
      try {
        const pairs = await firstPairs(source, name === "watch" ? mostWatched : undefined);
        const reading = { tokenizer: tokenizers.source, size };
        await keepAskedPairs(storage, name, pairs, source, reading);
      } catch (error) {
        throw isNew ? error : missingPairs(storage, name, source, error);
      }
    }
    return openAskedPairs(storage, name, configuration);
  };
  return {
    ...tokenizers,
    train,
    sourceFeatures: size,
    links: sources.alignments ? CorpusLinks.open(storage.open(runFiles.links), train.pairs) : null,
    dev: sources.dev ? open("dev") : null,
    devPairs: await asked("dev", options.keepBest === "bleu" ? sources.dev : null),
    watchedPairs: await asked("watch", sources.watch),
  };
}
