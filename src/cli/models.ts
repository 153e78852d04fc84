/** @file Models of the command line: one folder, or several whose models decide together. */

import type { Command } from "commander";
import { Option } from "commander";
import type { EnsembleAverage } from "../decoding/ensembleGraphs.ts";
import type { SourceInput } from "../decoding/sourceInput.ts";
import type { Scoring, TranslateOptions, Translation } from "../decoding/translator.ts";
import type { SourceSizes } from "../features/nodeSourceFiles.ts";
import { Seq2Seq } from "../library/seq2seq.ts";
import { Seq2SeqEnsemble } from "../library/seq2seqEnsemble.ts";
import type { RuntimeOptions } from "../runtime/runtime.ts";
import { UserError } from "../tensor/errors.ts";
import type { TextTokenizer } from "../text/tokenizer.ts";
import { printNotice } from "./notices.ts";

/** The options that {@link addModelOptions} adds. */
export interface ModelFlags extends RuntimeOptions {
  readonly model: readonly string[];
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

/** Adds `--model`, which may be repeated, and `--ensemble`. */
export function addModelOptions(command: Command): Command {
  return command
    .requiredOption(
      "--model <folder>",
      "folder of the model; give it several times for an ensemble",
      repeated,
    )
    .addOption(
      new Option(
        "--ensemble <average>",
        "what several models' average is taken of (default: probabilities)",
      ).choices(["probabilities", "logits"]),
    );
}

/**
 * Reads the model or models of a command.
 *
 * @throws UserError if one cannot be read, or they do not go together.
 */
export async function loadModels({
  model: folders,
  ensemble: average,
  ...flags
}: ModelFlags): Promise<LoadedModels> {
  const options = { ...flags, onNotice: printNotice };
  if (folders.length === 1) {
    if (average !== undefined) {
      throw new UserError(
        `--ensemble ${average}: there is one model only; give --model several times, or leave it out.`,
      );
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
