/** @file From a corpus to ids on disk: two passes, with a report of what they found. */

import { CorpusLinks } from "../../data/corpusLinks.ts";
import type { EncodingReport } from "../../data/encodeCorpus.ts";
import { encodeCorpus } from "../../data/encodeCorpus.ts";
import { EncodedCorpus } from "../../data/encodedCorpus.ts";
import { FeatureStore } from "../../data/featureStore.ts";
import { keepStreams } from "../../data/node/keptStreams.ts";
import { pairReader } from "../../data/node/readPairs.ts";
import type { PairSource } from "../../data/pairs.ts";
import { describeSource, pathsOf } from "../../data/pairs.ts";
import { formatEncoding, formatSurvey } from "../../data/report.ts";
import { surveyCorpus } from "../../data/survey.ts";
import { OutputFile } from "../../files/nodeOutputFile.ts";
import { openBytes } from "../../files/nodeRandomAccess.ts";
import { readTokenizers, writeTokenizers } from "../../modelFolder/nodeModelFolder.ts";
import type { ModelConfiguration } from "../../models/configuration.ts";
import { TextTokenizer } from "../../text/tokenizer.ts";
import { learnTokenizer, parseTokenizerOption } from "../../text/tokenizerOption.ts";
import type { FullTrainOptions } from "../plan/options.ts";
import { mostWatched } from "../run/watch.ts";
import type { Asked, AskedPairs } from "./askedPairs.ts";
import {
  firstPairs,
  hasAskedPairs,
  keepAskedPairs,
  missingPairs,
  openAskedPairs,
} from "./askedPairs.ts";
import { featureSources, learnPlaces, placesOf } from "./featureData.ts";
import { encodeLinks } from "./guidedAlignment.ts";
import { runPath } from "./runFolder.ts";

/** A corpus that is ready to be trained on. */
export interface PreparedData {
  readonly source: TextTokenizer;
  readonly target: TextTokenizer;
  readonly train: EncodedCorpus;
  readonly dev: EncodedCorpus | null;
  /** What attention is taught; null without guided alignment. */
  readonly links: CorpusLinks | null;
  /** The sentences of dev; null unless BLEU says which weights are kept. */
  readonly devPairs: AskedPairs | null;
  /** Those of `--watch`. */
  readonly watchedPairs: AskedPairs | null;
  /** How many numbers a row of the source has; 0 where it consists of tokens. */
  readonly sourceFeatures: number;
}

/** The vocabularies of a model. */
export type Tokenizers = Pick<PreparedData, "source" | "target">;

/**
 * Learns the vocabularies, unless they are given, and encodes the sentences into the model's folder.
 *
 * @param log     takes the report, line by line.
 * @param proceed is called before anything is written; what it throws ends the work.
 * @throws UserError if a file cannot be read or nothing is left of it.
 */
export async function prepareData(
  options: FullTrainOptions,
  configuration: ModelConfiguration,
  log: (line: string) => void,
  proceed: () => void,
  given: Tokenizers | null = null,
): Promise<PreparedData> {
  const settings = parseTokenizerOption(options.tokenizer);
  const lowercase = given ? given.target.isLowercase : options.lowercase;
  const hasFeatures = configuration.sourceInput === "features";
  const sets = [options.data, options.dev, options.watch].filter((set) => set !== undefined);
  await keepStreams(sets.flatMap(pathsOf));
  // The dev set first: a mistake in it should not cost the time of the other.
  if (options.dev) await surveyCorpus(pairReader(options.dev), { lowercase });
  if (options.watch) await firstPairs(options.watch, mostWatched);
  const survey = await surveyCorpus(pairReader(options.data), { lowercase });
  log(`Training data: ${describeSource(options.data)}`);
  for (const line of formatSurvey(survey, hasFeatures)) log(`  ${line}`);
  const learn = (side: "source" | "target") =>
    TextTokenizer.fromJson(
      learnTokenizer(survey[side].counts, settings, { lowercase }),
      `the learned ${side} tokenizer`,
    );
  const learnSource = () =>
    hasFeatures ? learnPlaces(configuration, options.maxLength) : learn("source");
  const tokenizers = given ?? { source: learnSource(), target: learn("target") };
  proceed();
  // What the first file has, or the model that is started from, the others must have too.
  let size = given && hasFeatures ? configuration.sourceFeatures : null;
  const encode = async (set: "dev" | "train", pairs: PairSource): Promise<EncodingReport> => {
    const features = hasFeatures
      ? await featureSources(pairs, configuration, runPath(options.out, `${set}Features`), size)
      : null;
    proceed();
    const report = await encodeCorpus(
      pairReader(pairs),
      tokenizers,
      await OutputFile.create(runPath(options.out, set)),
      {
        maxLength: options.maxLength,
        features,
        ...(hasFeatures && { maxSource: placesOf(tokenizers.source) }),
      },
    );
    if (features) {
      size = features.size;
      log(`  ${features.files.toLocaleString("en")} files of ${size} numbers a row`);
    }
    return report;
  };
  if (options.dev) {
    log(`Dev data: ${describeSource(options.dev)}`);
    const report = await encode("dev", options.dev);
    for (const line of formatEncoding(report, tokenizers)) log(`  ${line}`);
  }
  log("As tokens:");
  const report = await encode("train", options.data);
  for (const line of formatEncoding(report, tokenizers)) log(`  ${line}`);
  const { guidedAlignment, maxLength } = options;
  if (guidedAlignment !== undefined) {
    const path = runPath(options.out, "links");
    proceed();
    const sink = await OutputFile.create(path);
    await encodeLinks(options.data, guidedAlignment, tokenizers, sink, { maxLength });
  }
  proceed();
  await writeTokenizers(options.out, tokenizers.source, tokenizers.target);
  return openData(options, configuration, true);
}

/**
 * Opens what {@link prepareData} has written, and writes the pairs that the model is asked about where they are
 * not there yet.
 */
export async function openData(
  options: FullTrainOptions,
  configuration: ModelConfiguration,
  isNew = false,
): Promise<PreparedData> {
  const { out, keepBest } = options;
  const { sourceInput } = configuration;
  const tokenizers = await readTokenizers(options.out);
  const open = (set: "dev" | "train"): EncodedCorpus =>
    EncodedCorpus.open(
      openBytes(runPath(options.out, set)),
      sourceInput === "features"
        ? FeatureStore.open(openBytes(runPath(options.out, `${set}Features`)))
        : null,
    );
  const train = open("train");
  const isGuided = options.guidedAlignment !== undefined;
  const size = train.features?.size ?? 0;
  const asked = async (name: Asked, source?: PairSource): Promise<AskedPairs | null> => {
    if (!source) return null;
    if (isNew || !hasAskedPairs(out, name)) {
      try {
        const pairs = await firstPairs(source, name === "watch" ? mostWatched : undefined);
        const reading = { tokenizer: tokenizers.source, size };
        await keepAskedPairs(out, name, pairs, { source, configuration }, reading);
      } catch (error) {
        throw isNew ? error : missingPairs(out, name, source, error);
      }
    }
    return openAskedPairs(out, name, configuration);
  };
  return {
    ...tokenizers,
    train,
    sourceFeatures: size,
    links: isGuided ? CorpusLinks.open(openBytes(runPath(out, "links")), train.pairs) : null,
    dev: options.dev ? open("dev") : null,
    devPairs: await asked("dev", keepBest === "bleu" ? options.dev : undefined),
    watchedPairs: await asked("watch", options.watch),
  };
}
