/** @file The options of a training run. */

import { z } from "zod";
import type { HeldOutSet } from "../../data/pairOptions.ts";
import { mostCorpora, pairOptions, pairSet, pairSets } from "../../data/pairOptions.ts";
import type { PairSource } from "../../data/pairs.ts";
import type { BleuTokenizer } from "../../evaluation/bleuTokenizer.ts";
import { bleuTokenizers } from "../../evaluation/bleuTokenizer.ts";
import { presets } from "../../models/configuration.ts";
import type { ConfigurationChanges } from "../../models/options.ts";
import type { OptionSettings, OptionValues, Values } from "../../options/option.ts";
import { defineOptions } from "../../options/option.ts";
import { runtimeOptions } from "../../runtime/options.ts";
import { normalizations } from "../../text/normalize.ts";
import { isAdam } from "../step/optimizers.ts";
import { parseSchedule, plateauOf } from "../step/schedules.ts";

const whole = (least: number, most = Number.MAX_SAFE_INTEGER) => z.int().min(least).max(most);
const between = (least: number, most: number) => z.number().min(least).max(most);
const natural = z.number().min(0);

/** The last part of a run with other weights, if it is not given. */
export const usualFinish = 0.15;

// `corpusDefaults.ts` chooses it; the default in the row serves models that start from another.
const byCorpus = "by the corpus";
const hasDev = ({ dev }: Values): boolean => dev !== false;
const noDev = "there is no dev set to measure";
const giveDev = "leave {dev=false} out";
const ofAdam = {
  isUsed: ({ optimizer }: Values): boolean => isAdam(String(optimizer)),
  problem: "only Adam uses it",
  remedy: "add {optimizer=adam}",
};
const ofWholeTables = {
  isUsed: ({ optimizer }: Values): boolean => optimizer !== "lazy-adam",
  problem: "the lazy form of Adam updates the embeddings of one whole batch",
  remedy: "add {optimizer=adam}",
};
const ofNewModel = {
  isUsed: ({ from }: Values): boolean => from === undefined,
  problem: "the model to start from fixes it",
};

const weightList = z.array(between(0, 1000)).min(1).max(mostCorpora);
const hasSeveral = ({ data }: Values): boolean => Array.isArray(data) && data.length > 1;
const ofSeveral = {
  isUsed: hasSeveral,
  problem: "there is only one file of pairs",
  remedy: "give {data} several times",
};

/**
 * The options of a run, in the order of help. Whether an option has an effect may depend on all of them and on the
 * options of the model.
 */
export const trainingOptions = defineOptions<Values>()({
  ...pairOptions,
  /** A table or a set, or a list of these: corpora that are trained on together, each with a weight. */
  data: {
    ...pairOptions.data,
    schema: pairSets,
    help: `${pairOptions.data.help}; several times for several corpora`,
    isRepeatable: true,
    use: {
      isUsed: (values) => !hasSeveral(values) || values["sourceInput"] === "tokens",
      problem: "sources that are files of features come from one file of pairs",
      remedy: "join the files",
    },
  },
  /** How much of each corpus an epoch takes: 1 is every pair once, 0.3 a further 30 % in each epoch, 2 every pair twice. */
  weights: {
    schema: weightList,
    defaultText: "1 each",
    otherNames:
      "weight dataWeights samplingWeights dataWeighting probabilities mixingWeights interleave samplingRates ratios",
    group: "Pairs of sentences",
    argument: "a,b,…",
    help: "part of each {data} that an epoch takes: 1 is every pair once, 0.3 a further 30 % in each epoch",
    use: ofSeveral,
  },
  /** The weights in the last part of the run, which `finish` sets. */
  finishWeights: {
    schema: weightList,
    otherNames: "annealWeights finalWeights fineTuneWeights curriculum",
    group: "Pairs of sentences",
    argument: "a,b,…",
    help: "weights in the last part of the run, from an epoch's beginning on",
    use: ofSeveral,
  },
  /** The last part of the run, between 0 and 1, in which `finishWeights` hold. */
  finish: {
    schema: z.number().gt(0).lt(1),
    defaultText: String(usualFinish),
    otherNames: "annealing cooldown finalPart",
    group: "Pairs of sentences",
    argument: "x",
    help: "last part of the run with {finishWeights}, such as 0.15",
    use: {
      isUsed: ({ finishWeights }) => finishWeights !== undefined,
      problem: "there are no other weights for it",
      remedy: "add {finishWeights}",
    },
  },
  /**
   * Held-out sentence pairs that decide which weights are kept and when to stop. By default, pairs of the corpus are held
   * out for this; `false` trains on all of them without a dev set.
   */
  dev: {
    schema: z.union([pairSet, z.literal(false)]),
    otherNames:
      "valid validation validSets validData devData devPrefix validPref validationFile validSrc evalData",
    defaultText: "5 % of {data}, at most 2,000 pairs, which are not trained on",
    group: "Pairs of sentences",
    argument: "file",
    help: "pairs that decide which weights are kept and when to stop (two files with a comma between, with {source})",
    helpOff: "train on all pairs, without a dev set",
    isBasic: true,
  },
  /** At most 20 pairs whose alignment and translation each evaluation records in `training/watched.jsonl`. */
  watch: {
    schema: pairSet,
    otherNames: "monitor printValidSents",
    group: "Pairs of sentences",
    argument: "file",
    help: "pairs, at most 20, whose alignment and translation each evaluation records",
  },
  /** `bpe:8000`, `word:8000`, `word:8000:split` or `char`. */
  tokenizer: {
    schema: z.string(),
    default: "bpe:8000",
    defaultText: byCorpus,
    otherNames:
      "vocab vocabSize vocLimit dimVocabs srcVocabSize tgtVocabSize vocabs vocabPrefix subwordOption level bpe sentencepiece nwordsSrc nwordsTgt srcVocabMaxSize",
    group: "Pairs of sentences",
    argument: "kind",
    help: "bpe:N for byte-pair pieces, word:N, word:N:split, or char for letters",
    isBasic: true,
    use: ofNewModel,
  },
  lowercase: {
    schema: z.boolean(),
    default: false,
    otherNames: "lower lc",
    group: "Pairs of sentences",
    help: "convert text to lower case",
    use: ofNewModel,
  },
  /** `zh`: traditional characters, half-width marks and spaces beside Chinese become what printed Chinese has. */
  normalize: {
    schema: z.enum(normalizations),
    defaultText: "text stays as it is",
    otherNames:
      "normalizer normalizationRuleName textNormalization opencc simplified preprocessing",
    group: "Pairs of sentences",
    argument: "rules",
    help: "zh: bring Chinese to its standard written form: simplified characters, full-width punctuation, no spaces",
    use: ofNewModel,
  },
  /** Pairs with a longer side, in tokens, are left out. */
  maxLength: {
    schema: whole(1, 100_000),
    default: 100,
    otherNames:
      "maxLen srcMaxLen tgtMaxLen srcSeqLength tgtSeqLength maxSentLength maxSourcePositions maxTargetPositions maxSequenceLength maxSourceLength",
    group: "Pairs of sentences",
    argument: "n",
    help: "leave out pairs with more tokens on a side",
  },
  /** The folder of the model. */
  out: {
    schema: z.string(),
    otherNames: "output outDir outputDir saveDir saveModel modelDir workspace",
    group: "The run",
    argument: "folder",
    help: "folder of the model",
    isBasic: true,
  },
  /**
   * The folder of a trained model to start from: its weights, vocabularies and shape. The optimiser,
   * the schedule and the count of steps begin anew.
   */
  from: {
    schema: z.string(),
    otherNames:
      "trainFrom finetuneFromModel pretrainedModel loadModel initFrom restoreFile modelNameOrPath initCheckpoint finetune ckpt checkpoint",
    group: "The run",
    argument: "folder",
    help: "start from the weights and vocabularies of a trained model, such as fr-en",
    isBasic: true,
  },
  /** Resumes the run in `out`; only limits may change. */
  resume: {
    schema: z.boolean(),
    otherNames: "continue resumeFrom resumeFromCheckpoint restore",
    group: "The run",
    help: "resume the run in {out}; only {epochs}, {minutes} and {steps} may change",
    isBasic: true,
  },
  epochs: {
    schema: whole(1),
    otherNames: "maxEpoch maxEpochs afterEpochs numEpochs numTrainEpochs nEpochs epoch",
    group: "The run",
    argument: "n",
    help: "stop after this many epochs",
    isBasic: true,
  },
  minutes: {
    schema: z.number().positive(),
    otherNames: "time stopTimeHours hours maxTime",
    group: "The run",
    argument: "n",
    help: "stop after this many minutes",
    isBasic: true,
  },
  steps: {
    schema: whole(1),
    otherNames:
      "trainSteps numTrainSteps maxUpdate maxSteps updates afterBatches after iterations maxTrainSteps",
    group: "The run",
    argument: "n",
    help: "stop after this many steps",
  },
  seed: {
    schema: whole(0, 2 ** 31),
    default: 1,
    otherNames: "randomSeed",
    group: "The run",
    argument: "n",
    help: "random seed of weights, order and dropout",
  },
  device: { ...runtimeOptions.device, group: "The run" },
  threads: { ...runtimeOptions.threads, group: "The run" },
  /** Only processes that train together wait for each other. */
  stallTimeout: {
    schema: whole(1, 86_400),
    default: 300,
    otherNames: "timeout ddpTimeout distTimeout processGroupTimeout",
    group: "The run",
    argument: "seconds",
    help: "seconds that a process waits for another one of the same training before it is killed",
  },
  preset: {
    schema: z.string(),
    default: "luong2015",
    otherNames: "arch architecture modelType type modelTask",
    group: "Model",
    argument: "name",
    help: Object.keys(presets).join(", "),
    isBasic: true,
    use: ofNewModel,
  },
  /** Cuts pictures: `8` into 8 rows of 8 patches, `4x16` into 4 rows of 16. */
  patches: {
    schema: z.string(),
    otherNames: "patchSize imageSize",
    group: "Model",
    argument: "grid",
    help: "sources are PNG pictures, cut into 8 (rows of 8) or 4x16 (rows, columns) patches",
  },
  /** Files of word vectors for the initial embeddings; they set the size of the embeddings. */
  sourceEmbeddings: {
    schema: z.string(),
    otherNames:
      "srcEmbeddings encoderEmbedPath embeddingVectors embedPrefix preWordVecsEnc pretrainedEmbeddings bothEmbeddings",
    group: "Word vectors",
    argument: "file",
    help: "initial source embeddings: word2vec, GloVe or fastText .vec, plain or gzip, or models/vectors",
    use: [
      {
        isUsed: ({ from }) => from === undefined,
        problem: "the model to start from has embeddings of its own",
      },
      {
        isUsed: ({ sourceInput }) => sourceInput === "tokens",
        problem: "the model's source has no embeddings of words",
      },
    ],
  },
  targetEmbeddings: {
    schema: z.string(),
    otherNames: "tgtEmbeddings decoderEmbedPath preWordVecsDec",
    group: "Word vectors",
    argument: "file",
    help: "initial target embeddings",
    use: {
      isUsed: ({ from }) => from === undefined,
      problem: "the model to start from has embeddings of its own",
    },
  },
  /** Whether these embeddings, or the embeddings of the model to start from, stay fixed. */
  freezeEmbeddings: {
    schema: z.boolean(),
    default: false,
    defaultText: "fine-tuned",
    otherNames:
      "freeze freezeWordVecsEnc freezeWordVecsDec fixWordVecsEnc encoderFreezeEmbed embeddingFixSrc",
    group: "Word vectors",
    help: "keep these embeddings, or those of {from}, as they are",
    use: {
      isUsed: ({ freezeEmbeddings, sourceEmbeddings, targetEmbeddings, from }) =>
        freezeEmbeddings !== true || (sourceEmbeddings ?? targetEmbeddings ?? from) !== undefined,
      problem: "random embeddings would never learn",
      remedy: "give {sourceEmbeddings}, {targetEmbeddings} or {from}",
    },
  },
  batch: {
    schema: whole(1, 65_536),
    default: 64,
    defaultText: byCorpus,
    otherNames: "batchSize miniBatch maxSentences perDeviceTrainBatchSize trainBatchSize bs",
    group: "Training",
    argument: "n",
    help: "sentences of a batch",
  },
  /** The maximum number of padded target tokens of a batch; no limit by default. */
  batchTokens: {
    schema: whole(1),
    otherNames: "maxTokens miniBatchWords tokensPerBatch",
    group: "Training",
    argument: "n",
    help: "most target tokens of a batch, padding included",
  },
  /**
   * The number of batches whose gradients are summed before an update. A step is an update; the loss is divided by the
   * target tokens of all its batches.
   */
  accumulate: {
    schema: whole(1, 10_000),
    default: 1,
    otherNames:
      "updateFreq accumCount accumulation gradientAccumulation gradientAccumulationSteps accumulateGradBatches optimizerDelay batchMultiplier",
    group: "Training",
    argument: "n",
    help: "batches whose gradients are summed before an update",
    use: ofWholeTables,
  },
  /**
   * The number of parts of a batch. Their gradients are summed in one order, so that weights are the same to the last bit
   * for any number of processes that divides it. Dropout differs from part to part, so another number of parts is another
   * training.
   */
  shards: {
    schema: whole(1, 4096),
    default: 1,
    otherNames: "numShards dataParallel dataParallelSize nprocPerNode numReplicas workers",
    group: "Training",
    argument: "n",
    help: "parts of a batch, for training by several processes; a multiple of their number",
    use: ofWholeTables,
  },
  optimizer: {
    schema: z.string(),
    default: "adam",
    otherNames: "optim optimiser",
    group: "Training",
    argument: "name",
    help: "adam, lazy-adam, sgd or adadelta",
  },
  /** Adam's β₁: the decay rate of the running mean of gradients. */
  adamBeta1: {
    schema: between(0, 0.9999),
    defaultText: "0.9",
    otherNames: "beta1 adamBetas betas",
    group: "Training",
    argument: "x",
    help: "decay of Adam's mean of gradients",
    use: ofAdam,
  },
  /** Adam's β₂: the decay rate of the running mean of squared gradients. */
  adamBeta2: {
    schema: between(0, 0.999999),
    defaultText: "0.999",
    otherNames: "beta2",
    group: "Training",
    argument: "x",
    help: "decay of Adam's mean of squared gradients",
    use: ofAdam,
  },
  learningRate: {
    schema: z.number().positive(),
    defaultText: "by the corpus for adam and lazy-adam, 1 for the others",
    otherNames: "lr learnRate",
    group: "Training",
    argument: "x",
    help: "learning rate",
  },
  schedule: {
    schema: z.string(),
    default: "plateau",
    defaultText: "linear if a limit ends the run, else plateau",
    otherNames:
      "lrScheduler scheduler scheduling learningRateSchedule learningRateScheduling lrSchedule decayMethod decayScheme learningRateDecay lrDecay lrDecayStrategy warmup warmupSteps warmupUpdates lrWarmup learningRateWarmup startDecaySteps decreaseFactor warmupScheme",
    group: "Training",
    argument: "kind",
    help: "schedule of the learning rate: constant, warmup:STEPS, t2t:STEPS, halve:EPOCHS[:EVERY], luong234, luong5 or luong10[:STEPS], linear, plateau[:FACTOR:PATIENCE], or several joined by +",
    use: {
      isUsed: ({ dev, schedule }) =>
        dev !== false || plateauOf(parseSchedule(String(schedule))) === null,
      problem: noDev,
      remedy: giveDev,
    },
  },
  /** The maximum norm of the gradient; 0 for no limit. */
  clip: {
    schema: natural,
    default: 5,
    otherNames:
      "clipNorm gradClip clipGradNorm clipGradVal maxGradNorm maxGradientNorm gradientClipping",
    group: "Training",
    argument: "x",
    help: "largest norm of the gradient; 0 for no limit",
  },
  labelSmoothing: {
    schema: between(0, 0.9),
    default: 0,
    otherNames: "smoothing labelSmoothingFactor",
    group: "Training",
    argument: "x",
    help: "probability that label smoothing spreads over all tokens",
  },
  lossPer: {
    schema: z.enum(["token", "sentence"]),
    default: "token",
    otherNames: "normalization costType lossNormalization sentenceAvg",
    group: "Training",
    argument: "unit",
    help: "unit that the loss is averaged over",
  },
  /** The decay rate, every 16 steps, of the running average of the weights; 0 for no average. */
  average: {
    schema: between(0, 0.9999),
    default: 0,
    otherNames: "ema averageDecay exponentialSmoothing movingAverage",
    group: "Training",
    argument: "x",
    help: "decay of the running average of the weights, every 16 steps; 0 for no average",
  },
  /** The decay of scheduled sampling; see `parseSamplingDecay`. Off by default. */
  scheduledSampling: {
    schema: z.string(),
    otherNames: "teacherForcing teacherForcingRatio samplingProbability scheduledSamplingDecay",
    group: "Training",
    argument: "decay",
    help: "scheduled sampling of input tokens: linear:STEPS[:LEAST], exponential:K, inverse-sigmoid:K",
  },
  /** A file of word alignments that guide attention, one line in Pharaoh format per pair. */
  guidedAlignment: {
    schema: z.string(),
    otherNames: "alignments lambdaAlign alignmentFile loadAlignments",
    group: "Training",
    argument: "file",
    help: "guide attention with word alignments (0-0 1-2), one line per pair",
    use: [
      {
        isUsed: ({ attention }) => attention !== "none",
        problem: "a model without attention aligns nothing",
        remedy: "choose another {attention}",
      },
      {
        isUsed: ({ sourceInput }) => sourceInput === "tokens",
        problem: "links are of words, and the sources of this model are files of features",
      },
      {
        isUsed: (values) => !hasSeveral(values),
        problem: "its lines belong to one file of pairs",
        remedy: "join the files of {data}",
      },
    ],
  },
  /** The weight of the guided alignment loss relative to the translation loss. */
  guidedAlignmentWeight: {
    schema: natural,
    default: 1,
    otherNames: "alignmentWeight guidedAlignmentCost",
    group: "Training",
    argument: "x",
    help: "weight of the loss of guided alignment",
    use: {
      isUsed: ({ guidedAlignment }) => guidedAlignment !== undefined,
      problem: "alignment is not guided",
      remedy: "add {guidedAlignment}",
    },
  },
  /** λ of Xu et al. (2015), eq. 14, who used 1. */
  evenAttention: {
    schema: natural,
    default: 0,
    otherNames: "doublyStochastic attentionRegularization alphaC",
    group: "Training",
    argument: "x",
    help: "weight of the doubly stochastic attention penalty (Xu et al. 2015, eq. 14)",
    use: {
      isUsed: ({ attention, evenAttention }) => attention !== "none" || evenAttention === 0,
      problem: "the model has no attention",
      remedy: "choose another {attention}",
    },
  },
  /**
   * When to evaluate: every so many steps, after each `epoch`, or by `time`: after a minute, then at growing intervals.
   * A run that must be reproducible bit by bit evaluates by steps or epochs.
   */
  evaluateEvery: {
    schema: z.union([whole(1), z.enum(["time", "epoch"])]),
    default: "time",
    // Runs of earlier versions left it out to evaluate after each epoch.
    earlier: "epoch",
    otherNames:
      "evalEvery validFreq validationFreq validSteps evalSteps validateInterval validateIntervalUpdates stepsPerExternalEval saveCheckpointSteps saveFreq saveSteps",
    group: "Evaluation",
    argument: "when",
    help: "steps from one evaluation to the next; epoch: after each epoch; time: after a minute, then at growing intervals",
    isBasic: true,
  },
  /**
   * The number of dev sentences that each evaluation shows with their translations, with BLEU or exact match of a hundred
   * of them; 0 for neither.
   */
  samples: {
    schema: whole(0, 20),
    default: 3,
    earlier: 0,
    group: "Evaluation",
    argument: "n",
    help: "show n dev sentences with their translations at each evaluation, and the BLEU or exact match of 100; 0 for neither",
    use: {
      isUsed: ({ dev, samples }) => dev !== false || samples === 0,
      problem: noDev,
      remedy: giveDev,
    },
  },
  /** The dev set metric that selects the weights to keep; `none` keeps the last. */
  keepBest: {
    schema: z.enum(["perplexity", "bleu", "none"]),
    default: "perplexity",
    defaultText: "bleu if a limit ends the run, else perplexity",
    otherNames:
      "validMetrics bestCheckpointMetric earlyStoppingMetric evalMetric earlyStoppingCriteria metricForBestModel saveBest",
    group: "Evaluation",
    argument: "measure",
    help: "keep the weights with the best dev perplexity or greedy BLEU; none: the last",
    use: { isUsed: hasDev, problem: noDev, remedy: giveDev },
  },
  /** The tokenizer of the BLEU of `keepBest`; by default, chosen by the script of the dev targets. */
  bleuTokenizer: {
    schema: z.enum(Object.keys(bleuTokenizers) as [BleuTokenizer, ...BleuTokenizer[]]),
    defaultText: "13a, or zh or char where the dev targets have no spaces between words",
    otherNames: "tok sacrebleuTokenizer",
    group: "Evaluation",
    argument: "name",
    help: "tokenizer of the dev BLEU, with {keepBest=bleu}",
    use: {
      isUsed: ({ keepBest }) => keepBest === "bleu",
      problem: "BLEU is not measured",
      remedy: "add {keepBest=bleu}",
    },
  },
  /** The number of evaluations whose weights are kept as models in `training/checkpoints`. */
  keepCheckpoints: {
    schema: whole(0),
    default: 0,
    otherNames:
      "keepCheckpoint keepBestCkpts numKeepCkpts keepLastEpochs keepLastCkpts keepIntervalUpdates saveTotalLimit",
    group: "Evaluation",
    argument: "n",
    help: "keep the weights of the last n evaluations, for averaging",
  },
  /**
   * Evaluations without improvement after which training stops; 0 for never. If evaluations come by time, as many epochs
   * must have passed without improvement.
   */
  patience: {
    schema: whole(0),
    default: 5,
    defaultText: "0 if a limit ends the run, else 5",
    otherNames: "earlyStopping earlyStop",
    group: "Evaluation",
    argument: "n",
    help: "stop after this many evaluations and, with {evaluateEvery=time}, epochs without improvement; 0 for never",
    use: {
      isUsed: ({ dev, patience }) => dev !== false || patience === 0,
      problem: noDev,
      remedy: giveDev,
    },
  },
});

/** Options that a plan replaces by others, so that the stored options do not contain them. */
export const spentOptions = ["columns", "format", "source", "target", "patches", "resume"] as const;

type TrainingValues = OptionValues<typeof trainingOptions>;
type Given<T> = { readonly [Key in keyof T]?: T[Key] | undefined };

/** The options of `train`. */
export interface TrainOptions extends Given<TrainingValues> {
  readonly out: string;
  /** Changes to the preset. */
  readonly model?: ConfigurationChanges | undefined;
}

/**
 * The complete options of a training run, with defaults filled in. They are stored beside the checkpoint, so that
 * resuming needs no options.
 */
export interface FullTrainOptions
  extends Omit<
    OptionSettings<typeof trainingOptions>,
    "data" | "dev" | "watch" | "out" | (typeof spentOptions)[number]
  > {
  /** Several corpora as a list. */
  readonly data: PairSource | readonly PairSource[];
  /** Absent without a dev set. */
  readonly dev?: PairSource | HeldOutSet;
  readonly watch?: PairSource;
  readonly out: string;
  readonly model: ConfigurationChanges;
}
