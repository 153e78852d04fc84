/** @file From a corpus to ids that a run keeps: two passes, with a report of what they found. */

import { blockCount } from "../../data/corpusFile.ts";
import { CorpusLinks } from "../../data/corpusLinks.ts";
import type { DroppedPairs } from "../../data/droppedPairs.ts";
import type { EncodingReport } from "../../data/encodeCorpus.ts";
import { encodeCorpus } from "../../data/encodeCorpus.ts";
import { EncodedCorpus } from "../../data/encodedCorpus.ts";
import { FeatureStore } from "../../data/featureStore.ts";
import type { PartWeights } from "../../data/mixture.ts";
import { Mixture } from "../../data/mixture.ts";
import type { SentencePair } from "../../data/pairs.ts";
import { formatEncoding, formatPairs, formatSurvey } from "../../data/report.ts";
import { samplePairs } from "../../data/samplePairs.ts";
import { surveyCorpus } from "../../data/survey.ts";
import { counted } from "../../tensor/counted.ts";
import { chineseCharacters } from "../../text/chineseCharacters.ts";
import { hasHan } from "../../text/chineseForm.ts";
import type { NormalizeOptions } from "../../text/normalize.ts";
import { TextTokenizer } from "../../text/tokenizer.ts";
import { learnTokenizer } from "../../text/tokenizerOption.ts";
import { corpusFacts } from "../plan/corpusDefaults.ts";
import type { FullTrainOptions } from "../plan/options.ts";
import type { Plan } from "../plan/plan.ts";
import { fitToCorpus } from "../plan/plan.ts";
import { weightsOf } from "../plan/weights.ts";
import type { Tokenizers } from "../storage/model.ts";
import { readTokenizers, writeTokenizers } from "../storage/model.ts";
import type { RunStorage } from "../storage/runStorage.ts";
import { runFiles, trainFile } from "../storage/runStorage.ts";
import type { Asked, AskedPairs } from "./askedPairs.ts";
import {
  firstPairs,
  hasAskedPairs,
  keepAskedPairs,
  missingPairs,
  mostWatched,
  openAskedPairs,
} from "./askedPairs.ts";
import { dividedSources, tooLongNote } from "./divide.ts";
import { encodeLinks } from "./encodeLinks.ts";
import { checkEpochs, checkReadable, joined, shareLines, surveyParts } from "./parts.ts";
import { featureSources, learnPlaces, placesOf } from "./places.ts";
import type { PairsOfRun, RunSources } from "./runSources.ts";

/** The number of dev pairs that each evaluation translates. */
const mostSampled = 100;

/** A corpus ready for training. */
export interface PreparedData extends Tokenizers {
  /** One corpus, or several as a mixture. */
  readonly train: EncodedCorpus | Mixture;
  readonly dev: EncodedCorpus | null;
  /** The dev pairs that were held out of the corpus; 0 if none could be, null if none were to be. */
  readonly heldOut: number | null;
  /** The links that guide attention; null without guided alignment. */
  readonly links: CorpusLinks | null;
  /** The sentences of the dev set; null unless `keepBest` is `bleu`. */
  readonly devPairs: AskedPairs | null;
  /** The pairs of `watch`. */
  readonly watchedPairs: AskedPairs | null;
  /** The pairs of the dev set that each evaluation translates; null for none. */
  readonly samplePairs: AskedPairs | null;
  /** The size of a feature row of the source; 0 if sources are tokens. */
  readonly sourceFeatures: number;
}

/** The results of preparing a new run. */
export interface Prepared {
  readonly plan: Plan;
  readonly data: PreparedData;
  /** The training pairs that are left out, by reason. */
  readonly dropped: readonly DroppedPairs[];
}

/** The storage of a run and its inputs. */
export interface RunSetting {
  readonly plan: Plan;
  readonly storage: RunStorage;
  readonly sources: RunSources;
}

/**
 * Learns the vocabularies, unless they are given, and encodes the sentences into the run's files.
 *
 * @param log     receives the report, line by line.
 * @param proceed called before each write; an error from it ends the work.
 * @returns the data, the plan with the options that follow the corpus, and which pairs it has left out.
 * @throws UserError if a file cannot be read, or no usable pair is left in it.
 */
export async function prepareData(
  setting: RunSetting,
  log: (line: string) => void,
  proceed: () => void,
  given: Tokenizers | null = null,
): Promise<Prepared> {
  const { storage } = setting;
  const { options, configuration } = setting.plan;
  const normalization: NormalizeOptions = given
    ? given.target.normalization
    : {
        lowercase: options.lowercase,
        ...(options.normalize === "zh" && { chinese: chineseCharacters() }),
      };
  const hasFeatures = configuration.sourceInput === "features";
  // The dev set first: a mistake in it should not cost the time of the other.
  if (setting.sources.dev) await surveyCorpus(setting.sources.dev, normalization);
  if (setting.sources.watch) await firstPairs(setting.sources.watch, mostWatched);
  await checkReadable(setting.sources.data);
  const { heldOut, note, ...divided } = await dividedSources(setting.plan, setting.sources);
  let { sources } = divided;
  const weights = weightsOf(options, sources.data.length);
  const isMixture = sources.data.length > 1;
  const { parts, epoch: survey } = await surveyParts(sources.data, weights, normalization);
  log(`Training data: ${joined(sources.data).name}`);
  if (isMixture) {
    for (const [index, { pairs, dropped }] of parts.entries()) {
      for (const line of formatPairs(pairs, dropped, sources.data[index]?.name)) log(`  ${line}`);
    }
    log(`An epoch of it: ${counted(survey.pairs, "pair")}`);
  }
  for (const line of formatSurvey(survey, hasFeatures).slice(isMixture ? 1 : 0)) log(`  ${line}`);
  if (note !== null) log(note);
  const plan = fitToCorpus(setting.plan, corpusFacts(survey, hasFeatures), sources.dev !== null);
  if (plan !== setting.plan) for (const chosen of plan.notes) log(chosen);
  const learn = (side: "source" | "target") =>
    TextTokenizer.fromJson(
      learnTokenizer(survey[side].counts, plan.tokenizer, {
        ...normalization,
        // Long lists of characters only where there are any.
        ...(!hasHan(survey[side].counts.keys()) && { chinese: undefined }),
      }),
      `the learned ${side} tokenizer`,
    );
  const learnSource = () =>
    hasFeatures ? learnPlaces(configuration, options.maxLength) : learn("source");
  const tokenizers = given ?? { source: learnSource(), target: learn("target") };
  const tooLong = heldOut && !hasFeatures ? tooLongNote(heldOut, tokenizers, plan) : null;
  if (tooLong !== null) {
    log(tooLong);
    sources = { ...sources, dev: null };
  }
  proceed();
  // All feature rows must have the size of the first file, or of the model to start from.
  let size = given && hasFeatures ? configuration.sourceFeatures : null;
  const encode = async (
    set: "dev" | "train",
    pairs: PairsOfRun,
    file: string = runFiles[set],
  ): Promise<EncodingReport> => {
    const features = await featureSources(pairs, storage, runFiles[`${set}Features`], size);
    proceed();
    const report = await encodeCorpus(pairs, tokenizers, await storage.create(file), {
      maxLength: options.maxLength,
      features,
      sourceStart: configuration.sourceStart,
      sourceEnd: configuration.sourceEnd,
      ...(hasFeatures && { maxSource: placesOf(tokenizers.source) }),
    });
    if (features) {
      size = features.size;
      log(`  ${counted(features.files, "file")} of ${size} numbers a row`);
    }
    return report;
  };
  if (sources.dev) {
    log(`Dev data: ${sources.dev.name}`);
    const report = await encode("dev", sources.dev);
    for (const line of formatEncoding(report, tokenizers)) log(`  ${line}`);
  }
  log("As tokens:");
  const reports: EncodingReport[] = [];
  for (const [index, part] of sources.data.entries()) {
    const report = await encode("train", part, trainFile(index));
    if (isMixture) log(`  ${part.name}`);
    for (const line of formatEncoding(report, tokenizers))
      log(`${isMixture ? "    " : "  "}${line}`);
    reports.push(report);
  }
  if (isMixture) {
    const pairs = reports.map((report) => report.pairs);
    checkEpochs(pairs.map(blockCount), weights);
    log("An epoch takes:");
    for (const line of shareLines(sources.data, pairs, weights)) log(`  ${line}`);
  }
  if (sources.alignments) {
    proceed();
    const { maxLength } = options;
    const sink = await storage.create(runFiles.links);
    const { alignments } = sources;
    const linked = { pairs: joined(setting.sources.data), alignments, heldOut };
    await encodeLinks(linked, tokenizers, sink, { maxLength, signs: plan.configuration });
  }
  proceed();
  await writeTokenizers(storage, tokenizers);
  const data = await openData({ ...setting, plan, sources }, true);
  return { plan, data, dropped: reports.flatMap((report) => report.dropped) };
}

/**
 * Opens the files of {@link prepareData}, and writes the dev and watched pairs if they are missing.
 */
export async function openData(
  { plan: { options, configuration }, storage, sources }: RunSetting,
  isNew = false,
): Promise<PreparedData> {
  const tokenizers = await readTokenizers(storage);
  const open = (set: "dev" | "train", file: string = runFiles[set]): EncodedCorpus =>
    EncodedCorpus.open(
      storage.open(file),
      configuration.sourceInput === "features"
        ? FeatureStore.open(storage.open(runFiles[`${set}Features`]))
        : null,
    );
  const weights = weightsOf(options, [options.data].flat().length);
  const corpora = weights.map((_, index) => open("train", trainFile(index)));
  const [first] = corpora as [EncodedCorpus];
  const train =
    corpora.length === 1
      ? first
      : new Mixture(
          corpora.map((corpus, index) => ({ corpus, ...(weights[index] as PartWeights) })),
        );
  const size = first.features?.size ?? 0;
  const asked = async (name: Asked, source: PairsOfRun | null): Promise<AskedPairs> => {
    // A set that the run made itself was stored at once.
    if (source && (isNew || !hasAskedPairs(storage, name))) {
      try {
        const pairs = await pairsFor(name, source, options);
        const found = { pairs, source, tokenizer: tokenizers.source, size };
        await keepAskedPairs(storage, name, found);
      } catch (error) {
        throw isNew ? error : missingPairs(storage, name, source, error);
      }
    }
    return openAskedPairs(storage, name, configuration);
  };
  const hasDev = isNew ? sources.dev !== null : options.dev !== undefined;
  const dev = hasDev ? open("dev") : null;
  // Runs of earlier versions have none.
  const hasSample =
    dev !== null && options.samples > 0 && (isNew || hasAskedPairs(storage, "sample"));
  return {
    ...tokenizers,
    train,
    sourceFeatures: size,
    links: sources.alignments ? CorpusLinks.open(storage.open(runFiles.links), first.pairs) : null,
    dev,
    heldOut: options.dev?.kind === "heldOut" ? (dev?.pairs ?? 0) : null,
    devPairs: dev && options.keepBest === "bleu" ? await asked("dev", sources.dev) : null,
    watchedPairs: sources.watch ? await asked("watch", sources.watch) : null,
    samplePairs: hasSample ? await asked("sample", sources.dev) : null,
  };
}

/** The pairs that each evaluation translates, or scores. */
function pairsFor(
  name: Asked,
  source: PairsOfRun,
  options: FullTrainOptions,
): Promise<SentencePair[]> {
  if (name === "watch") return firstPairs(source, mostWatched);
  if (name === "dev") return firstPairs(source);
  // BLEU of the whole dev set needs no second score.
  return samplePairs(
    source,
    options.keepBest === "bleu" ? options.samples : Math.max(mostSampled, options.samples),
  );
}
