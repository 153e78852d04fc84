/** @file Models of the command line: one folder, or several whose models decide together. */

import type { Command } from "commander";
import { Option } from "commander";
import type { EnsembleAverage } from "../decoding/ensembleGraphs.ts";
import { ensembleOptions } from "../decoding/options.ts";
import type { SourceInput } from "../decoding/sourceInput.ts";
import type { Scoring, TranslateOptions, Translation } from "../decoding/translator.ts";
import type { SourceSizes } from "../features/nodeSourceFiles.ts";
import { Seq2Seq } from "../library/seq2seq.ts";
import { Seq2SeqEnsemble } from "../library/seq2seqEnsemble.ts";
import { OptionError } from "../options/optionError.ts";
import type { RuntimeOptions } from "../runtime/options.ts";
import { runtimeOptions } from "../runtime/options.ts";
import type { TextTokenizer } from "../text/tokenizer.ts";
import { printNotice } from "./notices.ts";
import { addOptions } from "./tableOptions.ts";

/** The options that {@link addModelOptions} adds. */
export interface ModelFlags extends RuntimeOptions {
  readonly model: readonly string[];
  readonly average?: EnsembleAverage;
  /** The former name of {@link average}. */
  readonly ensemble?: EnsembleAverage;
}

/** A model or an ensemble, as commands use it. */
export interface LoadedModels {
  readonly hasAttention: boolean;
  readonly targetTokenizer: TextTokenizer;
  /** How sources are read. */
  readonly sourceSizes: SourceSizes;
  /** The model where there is only one. */
  readonly single: Seq2Seq | null;
  translateAll(
    sources: readonly SourceInput[],
    options?: TranslateOptions,
  ): Promise<Translation[][]>;
  score(
    pairs: readonly { readonly source: SourceInput; readonly target: string }[],
  ): Promise<Scoring[]>;
  release(): Promise<void>;
}

/** Gathers the values of an option that may be given several times. */
export function repeated(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/** Adds `--model`, which may be repeated, and the options of loading. */
export function addModelOptions(command: Command): Command {
  command
    .requiredOption(
      "--model <folder>",
      "folder of the model; give it several times for an ensemble",
      repeated,
    )
    .addOption(new Option("--ensemble <kind>").choices(["probabilities", "logits"]).hideHelp());
  return addOptions(command, { ...ensembleOptions, ...runtimeOptions });
}

/**
 * Reads the model or models of a command.
 *
 * @throws UserError if one cannot be read, or they do not go together.
 */
export async function loadModels({
  model: folders,
  device,
  threads,
  ensemble,
  average = ensemble,
}: ModelFlags): Promise<LoadedModels> {
  const options = {
    onNotice: printNotice,
    ...(device !== undefined && { device }),
    ...(threads !== undefined && { threads }),
  };
  if (folders.length === 1) {
    if (average !== undefined) {
      throw new OptionError({
        key: "average",
        value: average,
        problem: "there is only one model",
        remedy: "give {model} several times, or leave {average} out",
      });
    }
    const single = await Seq2Seq.load(folders[0] as string, options);
    const { sizes, targetTokenizer } = single;
    return {
      single,
      targetTokenizer,
      sourceSizes: sizes,
      hasAttention: sizes.attention !== "none",
      translateAll: (sources, asked) => single.translateAll(sources, asked),
      score: (pairs) => single.score(pairs),
      release: () => single.release(),
    };
  }
  const models = await Seq2SeqEnsemble.load(folders, { ...options, ...(average && { average }) });
  const { hasAttention, sourceSizes, targetTokenizer } = models;
  return {
    single: null,
    hasAttention,
    sourceSizes,
    targetTokenizer,
    translateAll: (sources, asked) => models.translateAll(sources, asked),
    score: (pairs) => models.score(pairs),
    release: () => models.release(),
  };
}
