/** @file What a run does, settled before it begins: all that can be wrong with its options is found here. */

import { z } from "zod";
import { heldOutSet, otherPairSource, pairSources } from "../../data/pairOptions.ts";
import type { PairSource } from "../../data/pairs.ts";
import { parsePatches } from "../../features/patches.ts";
import { configure, presetNamed } from "../../models/configuration.ts";
import type { ConfigurationChanges, ModelConfiguration, ModelSizes } from "../../models/options.ts";
import { modelOptions } from "../../models/options.ts";
import { noteWithoutAttention } from "../../models/withoutAttention.ts";
import { nearest } from "../../options/nearest.ts";
import type { OptionTable, Values } from "../../options/option.ts";
import {
  checkUses,
  checkValues,
  defaultsOf,
  namesOf,
  withEarlierValues,
} from "../../options/option.ts";
import { checkTogether, OptionError } from "../../options/optionError.ts";
import { counted } from "../../tensor/counted.ts";
import type { TokenizerSettings } from "../../text/tokenizerOption.ts";
import { parseTokenizerOption } from "../../text/tokenizerOption.ts";
import type { UpdateRule } from "../step/optimizers.ts";
import { isAdam, updateRule } from "../step/optimizers.ts";
import type { SamplingDecay } from "../step/scheduledSampling.ts";
import { parseSamplingDecay } from "../step/scheduledSampling.ts";
import type { Limits, Schedule } from "../step/schedules.ts";
import { checkSchedule, parseSchedule } from "../step/schedules.ts";
import type { CorpusFacts, OpenOption } from "./corpusDefaults.ts";
import {
  choiceFor,
  chosenNote,
  chosenOptions,
  chosenSizes,
  keepBestFor,
} from "./corpusDefaults.ts";
import type { FullTrainOptions, TrainOptions } from "./options.ts";
import { spentOptions, trainingOptions } from "./options.ts";
import { isOfPaper, recipeFor } from "./recipes.ts";
import { checkFinish, checkWeights } from "./weights.ts";

const trainingDefaults = defaultsOf(trainingOptions);

/** A checked plan of a run. */
export interface Plan {
  /** The complete options, as stored beside the checkpoint. */
  readonly options: FullTrainOptions;
  readonly configuration: ModelConfiguration;
  readonly tokenizer: TokenizerSettings;
  readonly rule: UpdateRule;
  readonly schedule: Schedule;
  /** The decay of scheduled sampling; null without it. */
  readonly samplingDecay: SamplingDecay | null;
  /** Parameters that stay fixed. */
  readonly frozen: readonly string[];
  /** The options that nobody gave and that may follow the corpus; see {@link fitToCorpus}. */
  readonly open: readonly OpenOption[];
  /** What a user should know about the plan, in sentences. */
  readonly notes: readonly string[];
}

/** The facts that planning needs from the files named by the options. */
export interface Found {
  /** The sizes of the model to start from. */
  readonly start?: ModelSizes | undefined;
  /** The size of the word vectors, by side. */
  readonly vectors?: { readonly source?: number | undefined; readonly target?: number | undefined };
}

/**
 * Plans a new run.
 *
 * @param found the facts from the files of `from`, `sourceEmbeddings` and `targetEmbeddings`.
 * @throws OptionError naming every option that is missing, unknown or out of range; if there is none, those without
 * effect, or the first in conflict with others.
 */
export function plan(options: TrainOptions, { start, vectors = {} }: Found = {}): Plan {
  const { model = {}, ...given } = withoutUndefined(options) as unknown as TrainOptions;
  const values: TrainOptions & typeof trainingDefaults = {
    ...trainingDefaults,
    ...(recipeFor(given) as object),
    ...(given as { readonly out: string }),
  };
  checkTogether(
    () => checkKnown(given, model),
    () => checkValues(trainingOptions, { ...given }),
    () => checkValues(modelOptions, { ...model }),
    () => checkWeights(given, pairSources(given).length),
    () => checkOut(values),
    () => checkEnd(values),
  );
  const data = pairSources(given);
  const dev = devSet(given);
  const watch = otherPairSource("watch", given.watch, given);
  const asked = changesOf(given, withoutUndefined(model));
  const changes = start ? keptShape(start, asked) : withVectorSize(asked, given, vectors);
  const { preset } = start ?? values;
  const configuration = configure(preset, changes);
  const open = start || isOfPaper(preset) ? [] : openOptions({ ...given, ...changes });
  const isChosen = open.includes("keepBest") && given.dev !== false;
  const known = { ...values, ...(isChosen && { keepBest: keepBestFor(values) }) };
  checkTogether(
    () => start || checkUses(modelOptions, { ...model }, { ...configuration }),
    () => checkUses(trainingOptions, { ...given }, { ...configuration, ...known }),
  );
  const kept = Object.fromEntries(
    Object.entries(values).filter(
      ([key]) => key !== "dev" && !(spentOptions as readonly string[]).includes(key),
    ),
  );
  const full = {
    ...kept,
    preset,
    data: data.length === 1 ? (data[0] as PairSource) : data,
    model: changes,
    ...(dev && { dev }),
    ...(watch && { watch }),
  };
  const note = start ? null : noteWithoutAttention(presetNamed(preset), changes);
  const notes = note === null ? [] : [note];
  return { ...planned(full as FullTrainOptions, configuration), notes, open };
}

/**
 * Chooses the options left open by what the corpus is like and how long the run may take.
 *
 * @param hasDev whether there is a dev set; without one, no evaluation is the best.
 * @returns the plan with the chosen options. Where options given by hand rule the chosen sizes out, the preset's sizes
 * stay, and the other options follow them.
 */
export function fitToCorpus(before: Plan, facts: CorpusFacts, hasDev: boolean): Plan {
  const { options, open } = before;
  if (open.length === 0) return before;
  const usable = open.filter(
    (key) =>
      (key !== "keepBest" || hasDev) &&
      // Other optimisers have rates of their own.
      (key !== "learningRate" || isAdam(options.optimizer)),
  );
  const others = usable.filter((key) => key !== "hidden" && key !== "embedding");
  return fitted(before, facts, usable) ?? fitted(before, facts, others) ?? before;
}

/** Chooses some options; null if the sizes do not go with the options given by hand. */
function fitted(
  { options, configuration: preset }: Plan,
  facts: CorpusFacts,
  open: readonly OpenOption[],
): Plan | null {
  const { epochs, minutes, steps } = options;
  const hidden = open.includes("hidden") ? undefined : preset.hidden;
  const choice = choiceFor(facts, { limits: { epochs, minutes, steps }, hidden });
  const chosen = (keys: readonly OpenOption[]) =>
    Object.fromEntries(keys.filter((key) => open.includes(key)).map((key) => [key, choice[key]]));
  const model = { ...options.model, ...chosen(chosenSizes) };
  const configuration = configurationOrNull(options.preset, model);
  if (configuration === null) return null;
  const full = { ...options, ...chosen(chosenOptions), model } as FullTrainOptions;
  const note = chosenNote(open, { ...full, ...configuration });
  return { ...planned(full, configuration), notes: [note], open };
}

function configurationOrNull(
  preset: string,
  changes: ConfigurationChanges,
): ModelConfiguration | null {
  try {
    return configure(preset, changes);
  } catch (error) {
    if (error instanceof OptionError) return null;
    throw error;
  }
}

function openOptions(given: object): OpenOption[] {
  return [...chosenOptions, ...chosenSizes].filter((key) => !Object.hasOwn(given, key));
}

/**
 * Plans to resume a run.
 *
 * @param before the options of the run, as {@link storedOptions} reads them.
 * @param limits new limits; if any is given, the earlier limits no longer apply.
 * @throws OptionError naming the first option that is unknown or out of range.
 */
export function planResumed(before: FullTrainOptions, limits: Limits): Plan {
  const { epochs, minutes, steps, ...rest } = before;
  const given = withoutUndefined(limits);
  checkValues(trainingOptions, given);
  const isChanged = Object.keys(given).length > 0;
  const options = isChanged ? { ...rest, ...(given as object) } : before;
  return planned(options, configure(options.preset, options.model));
}

/**
 * Reads the stored options of a run, also of an earlier version.
 *
 * @throws OptionError naming the first option that is unknown or out of range.
 */
export function storedOptions(stored: unknown): FullTrainOptions {
  const object = z.record(z.string(), z.unknown()).safeParse(stored);
  if (!object.success) {
    throw new OptionError({ key: "options", remedy: "give an object" });
  }
  const { model = {}, ...values } = withEarlierValues(trainingOptions, object.data);
  checkKnown(values, {}, spentOptions);
  // Only stored options name the dev set that a run made.
  const isMade = heldOutSet.safeParse(values["dev"]).success;
  checkValues(trainingOptions, isMade ? { ...values, dev: undefined } : values);
  const recipe = recipeFor(values as unknown as TrainOptions);
  return { ...trainingDefaults, ...recipe, ...values, model } as FullTrainOptions;
}

function planned(options: FullTrainOptions, configuration: ModelConfiguration): Plan {
  const { scheduledSampling } = options;
  checkFinish(options);
  const schedule = parseSchedule(options.schedule);
  checkSchedule(schedule, options);
  return {
    options,
    configuration,
    tokenizer: parseTokenizerOption(options.tokenizer),
    rule: updateRule(options.optimizer, options),
    schedule,
    samplingDecay: scheduledSampling === undefined ? null : parseSamplingDecay(scheduledSampling),
    frozen: frozenParameters(options),
    open: [],
    notes: [],
  };
}

function checkKnown(given: object, model: object, unknown: readonly string[] = []): void {
  const isKnown = (table: OptionTable, key: string): boolean =>
    Object.hasOwn(table, key) && !unknown.includes(key);
  const wrong = [
    ...Object.keys(given).filter((key) => !isKnown(trainingOptions, key)),
    ...Object.keys(model).filter((key) => !isKnown(modelOptions, key) || key === "preset"),
  ];
  const problem = "there is no such option of training";
  const names = [...namesOf(trainingOptions), ...namesOf(modelOptions)];
  checkTogether(
    ...wrong.map((key) => () => {
      if (isKnown(modelOptions, key)) {
        const remedy = `give it as a field of {model}`;
        throw new OptionError({ key, problem: "it is an option of the model", remedy });
      }
      const suggestions = nearest(key, names).map((name) => `{${name}}`);
      throw new OptionError({ key, problem, remedy: "leave it out", suggestions });
    }),
  );
}

/** The changes to the preset, including the grid of `patches`. */
function changesOf({ patches }: TrainOptions, model: ConfigurationChanges): ConfigurationChanges {
  if (patches === undefined) return model;
  const { rows, columns } = parsePatches(patches);
  return { ...model, sourceInput: "features", patchRows: rows, patchColumns: columns };
}

/** The shape of the model to start from. Options may repeat it; only dropout may change. */
function keptShape(
  { preset, sourceVocabulary: _, targetVocabulary: __, ...shape }: ModelSizes,
  { dropout = shape.dropout, ...changes }: ConfigurationChanges,
): ConfigurationChanges {
  const asked = { ...shape, ...changes };
  const [grid, kept] = [gridOf(asked), gridOf(shape)];
  if (grid !== kept) throw fixedByStart("patches", grid, kept);
  for (const [key, value] of Object.entries(changes)) {
    const kept = shape[key as keyof typeof shape];
    if (value !== kept) throw fixedByStart(key, value, kept);
  }
  return { ...shape, dropout };
}

const gridOf = ({ patchRows, patchColumns }: Pick<ModelSizes, "patchRows" | "patchColumns">) =>
  patchRows > 0 ? `${patchRows}x${patchColumns}` : "none";

function fixedByStart(key: string, value: unknown, kept: unknown): OptionError {
  const problem = `the model to start from fixes it (${String(kept)})`;
  return new OptionError({ key, value, problem, remedy: "leave it out, or train without {from}" });
}

/** Takes the size of the embeddings from files of word vectors. */
function withVectorSize(
  model: ConfigurationChanges,
  options: TrainOptions,
  { source, target }: NonNullable<Found["vectors"]>,
): ConfigurationChanges {
  const embedding = source ?? target;
  if (embedding === undefined) return model;
  if (model.embedding !== undefined && model.embedding !== embedding) {
    const file = source === undefined ? options.targetEmbeddings : options.sourceEmbeddings;
    throw new OptionError({
      key: "embedding",
      value: model.embedding,
      problem: `the vectors of ${file} have ${counted(embedding, "number")}`,
      remedy: `give {embedding=${embedding}}, or leave it out`,
    });
  }
  if (target !== undefined && target !== embedding) {
    throw new OptionError({
      key: "targetEmbeddings",
      value: options.targetEmbeddings,
      problem: `its vectors have ${counted(target, "number")} and those of ${options.sourceEmbeddings} ${embedding}`,
      remedy: "give both sides vectors of one size",
    });
  }
  return { ...model, embedding };
}

/** Checks that the run has a folder; a run in memory has the empty name. */
export function checkOut({ out }: Partial<TrainOptions>): void {
  if (out === undefined)
    throw new OptionError({ key: "out", remedy: "give the folder of the model" });
}

/** The dev set of a new run: the given one, pairs of the corpus, or none. */
function devSet(given: TrainOptions): FullTrainOptions["dev"] {
  const { dev } = given;
  if (dev === undefined) return { kind: "heldOut" };
  if (dev === false) return undefined;
  return otherPairSource("dev", dev, given);
}

/** The error for a run that nothing ends. */
export function endlessRun(problem: string): OptionError {
  const remedy =
    "say how long to train with {epochs}, {minutes} or {steps}, or give a {dev} set to stop when it does not improve";
  return new OptionError({ key: "epochs", problem, remedy });
}

/** Checks that something ends the run. */
function checkEnd({
  epochs,
  minutes,
  steps,
  dev,
  patience,
}: TrainOptions & typeof trainingDefaults): void {
  if ((epochs ?? minutes ?? steps) !== undefined) return;
  if (dev === false) throw endlessRun("without a dev set nothing ends the run");
  if (patience > 0) return;
  throw new OptionError({
    key: "patience",
    value: patience,
    problem: "the dev set does not end the run then",
    remedy: "add {epochs}, {minutes} or {steps}",
  });
}

/**
 * The parameters that stay fixed: with `freezeEmbeddings`, the embedding tables that were initialised from a file of
 * vectors, or both tables of the model to start from.
 */
function frozenParameters(options: FullTrainOptions): string[] {
  const { freezeEmbeddings, from, sourceEmbeddings, targetEmbeddings } = options;
  if (!freezeEmbeddings) return [];
  const tables = [
    { name: "source_embedding", file: sourceEmbeddings ?? from },
    { name: "target_embedding", file: targetEmbeddings ?? from },
  ];
  return tables.filter(({ file }) => file !== undefined).map(({ name }) => name);
}

function withoutUndefined<T extends object>(values: T): Values & Partial<T> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Values & Partial<T>;
}
