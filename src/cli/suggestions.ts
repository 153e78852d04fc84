/** @file What mistyped commands, options and words probably mean. */

import type { Option, ParseOptionsResult } from "commander";
import { Command, InvalidArgumentError } from "commander";
import type { Candidate } from "../options/nearest.ts";
import { didYouMean, nearest } from "../options/nearest.ts";

/** What other tools call an option that a row declares. */
export const otherNames: WeakMap<Option, readonly string[]> = new WeakMap();

/** What other tools call options that only the command line has, by their names; separated by spaces. */
const otherFlags: Readonly<Record<string, string>> = {
  model:
    "checkpoint ckpt path models loadModel modelDir modelPath modelFile saveDir modelNameOrPath",
  models: "modelsDir dir",
  input: "src source inputFile inferenceInputFile test testData file text srcFile",
  prefix: "tgtPrefix forcedPrefix prefixText",
  prefixColumn: "prefixSize",
  alignments: "alignment reportAlign printAlignment outputAlignments saveAttention",
  showAlignment: "attnDebug showAttention outputAttention plotAttention",
  trace: "dumpBeam dump outputTrace attnJson",
  metrics: "metric scoring evalMetric evalMetrics validMetrics score",
  references: "reference ref refs inferenceRefFile tgt",
  goldAlignments: "referenceAlignments gold",
  bleuTokenizer: "tok tokenize sacrebleuTokenizer",
  lowercase: "lc lower",
  byLength: "lengths bucketByLength",
  out: "output outputDir outDir saveDir exportDir",
  layout: "mapping format map framework",
  sourceVocabulary: "srcVocab vocabSrc sourceVocab",
  targetVocabulary: "tgtVocab vocabTgt targetVocab",
  weights: "dtype precision quantize fp16 int8 quantization",
  config: "configuration configFile configYml hparamsPath hyperparameters",
  port: "p serverPort",
  host: "address bind ip listen",
  nearest: "similar mostSimilar neighbours neighbors",
  vectors: "embeddings wordVectors file",
  top: "k n topK topN",
  helpAll: "fullHelp allOptions",
  version: "v",
};

/** What other tools, or other people, call the commands. */
const otherCommands: Readonly<Record<string, string>> = {
  train: "fit finetune fine-tune learn",
  translate: "predict infer inference decode decoder generate interactive test run",
  evaluate: "eval validate bleu measure",
  score: "rescore scorer forced",
  average: "averageCheckpoints avg mean",
  inspect: "info show describe summary print",
  embeddings: "vectors words analogies",
  studio: "serve server web visualize visualise view ui start",
  export: "convert quantize compress publish",
  import: "load from fromPretrained convertFrom",
  demo: "example quickstart try",
  sweep: "grid search tune hyperparameters gridSearch experiment",
};

/** A command that says what a mistyped option or command probably means. */
export class HelpfulCommand extends Command {
  private unknown: readonly string[] = [];

  override createCommand(name?: string): Command {
    return new HelpfulCommand(name);
  }

  /** Reads options, and remembers the unknown ones. */
  override parseOptions(words: string[]): ParseOptionsResult {
    const parsed = super.parseOptions(words);
    this.unknown = parsed.unknown.filter((word) => /^-{1,2}\p{L}/u.test(word));
    return parsed;
  }

  /** Called by commander for the first unknown option; the error names all of them. */
  unknownOption(first: string): void {
    const flags = this.unknown.length > 0 ? this.unknown : [first];
    const candidates = optionCandidates([...this.options, ...(this.parent?.options ?? [])]);
    const named = flags.map(
      (flag) => `'${flag}'${inBrackets(nearest(flag.replace(/=.*$/s, ""), candidates))}`,
    );
    const plural = flags.length > 1 ? "s" : "";
    this.error(`error: unknown option${plural} ${named.join(", ")}`, {
      code: "commander.unknownOption",
    });
  }

  /** Called by commander for a missing option. An unknown option may have been meant for it, so it is said first. */
  missingMandatoryOptionValue({ flags }: Option): void {
    const [unknown] = this.unknown;
    if (unknown !== undefined) this.unknownOption(unknown);
    this.error(`error: required option '${flags}' not specified`, {
      code: "commander.missingMandatoryOptionValue",
    });
  }

  /** Called by commander for a command that does not exist. */
  unknownCommand(): void {
    const [typed = ""] = this.args;
    const commands = this.commands.map((command) => ({
      name: command.name(),
      otherNames: otherCommands[command.name()]?.split(" "),
    }));
    this.error(`error: unknown command '${typed}'${inBrackets(nearest(typed, commands))}`, {
      code: "commander.unknownCommand",
    });
  }
}

/** Lets an option take one of some words; an error says which is probably meant. */
export function choicesWithSuggestions(
  option: Option,
  words: readonly (Candidate | string)[],
): Option {
  const names = words.map((word) => (typeof word === "string" ? word : word.name));
  option.choices(names);
  // Commander's own reader of choices makes no suggestions.
  return option.argParser((text: string) => {
    if (names.includes(text)) return text;
    const question = didYouMean(nearest(text, words));
    throw new InvalidArgumentError(
      `${question && `${question} `}Allowed choices are ${names.join(", ")}.`,
    );
  });
}

/** Lets an option take a list of words with commas between, or `none`. */
export function listWithSuggestions(option: Option, words: readonly Candidate[]): Option {
  const names = words.map(({ name }) => name);
  return option.argParser((text: string) => {
    if (text.trim() === "none") return [];
    return text.split(",").map((part) => {
      const word = part.trim();
      if (names.includes(word)) return word;
      const question = didYouMean(nearest(word, words));
      throw new InvalidArgumentError(
        `${question && `${question} `}Give none, or some of ${names.join(", ")}, with commas between.`,
      );
    });
  });
}

function optionCandidates(options: readonly Option[]): Candidate[] {
  const listed = options
    .filter(({ hidden, long }) => !hidden && long !== undefined)
    .map((option) => ({
      name: option.long as string,
      otherNames: otherNames.get(option) ?? otherFlags[option.attributeName()]?.split(" "),
    }));
  return [...listed, { name: "--help", otherNames: ["usage"] }];
}

function inBrackets(names: readonly string[]): string {
  return names.length === 0 ? "" : ` (${didYouMean(names)})`;
}
