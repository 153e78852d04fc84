/** @file Models of the command line: one folder, or several that form an ensemble. */

import type { Command } from "commander";
import { InvalidArgumentError, Option } from "commander";
import type { EnsembleAverage } from "../decoding/ensembleGraphs.ts";
import { ensembleOptions } from "../decoding/options.ts";
import { Seq2Seq } from "../library/seq2seq.ts";
import { Seq2SeqEnsemble } from "../library/seq2seqEnsemble.ts";
import { OptionError } from "../options/optionError.ts";
import type { ModelRuntimeOptions } from "../runtime/options.ts";
import { computeOptions, runtimeOptions } from "../runtime/options.ts";
import { printNotice } from "./notices.ts";
import { addOptions } from "./tableOptions.ts";

/** The options that {@link addModelOptions} adds. */
export interface ModelFlags extends ModelRuntimeOptions {
  readonly model: readonly string[];
  readonly average?: EnsembleAverage;
  /** The former name of {@link average}. */
  readonly ensemble?: EnsembleAverage;
}

/** The model of a command: a single model or an ensemble. */
export type LoadedModels = Seq2Seq | Seq2SeqEnsemble;

/** Collects the values of a repeatable option. */
export function repeated(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/** The value of `--model` where there can be only one. */
export function oneModel(value: string, before?: string): string {
  if (before === undefined) return value;
  throw new InvalidArgumentError("It is given twice; give it once.");
}

/** Adds `--model`, which may be repeated, and the options of loading. */
export function addModelOptions(command: Command): Command {
  command
    .requiredOption(
      "--model <folder>",
      "folder of the model, or a name such as fr-en; repeat it for an ensemble",
      repeated,
    )
    .addOption(new Option("--ensemble <kind>").choices(["probabilities", "logits"]).hideHelp());
  return addOptions(command, { ...ensembleOptions, ...runtimeOptions, ...computeOptions });
}

/**
 * Reads the model or models of a command.
 *
 * @throws UserError if one cannot be read, or they are incompatible.
 */
export async function loadModels({
  model: folders,
  device,
  threads,
  compute,
  ensemble,
  average = ensemble,
}: ModelFlags): Promise<LoadedModels> {
  const options = {
    onNotice: printNotice,
    ...(device !== undefined && { device }),
    ...(threads !== undefined && { threads }),
    ...(compute !== undefined && { compute }),
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
    return Seq2Seq.load(folders[0] as string, options);
  }
  return Seq2SeqEnsemble.load(folders, { ...options, ...(average && { average }) });
}
