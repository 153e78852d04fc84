/** @file The plan of `seq2see evaluate`: its options checked and its files read, before anything is translated. */

import type { DroppedPairs } from "../data/droppedPairs.ts";
import { blankSide } from "../data/droppedPairs.ts";
import { readLines } from "../data/node/lines.ts";
import { allPairs } from "../data/node/readPairs.ts";
import type { PairSource, SentencePair } from "../data/pairs.ts";
import { describeSource } from "../data/pairs.ts";
import { translationOptions } from "../decoding/options.ts";
import type { GoldAlignment } from "../evaluation/alignment.ts";
import { parseGoldAlignment } from "../evaluation/alignment.ts";
import type { BleuTokenizer } from "../evaluation/bleuTokenizer.ts";
import { bleuTokenizers } from "../evaluation/bleuTokenizer.ts";
import type { LengthRange } from "../evaluation/byLength.ts";
import { defaultLengthRanges, parseLengthRanges } from "../evaluation/byLength.ts";
import { didYouMean, nearest } from "../options/nearest.ts";
import { givenValues } from "../options/option.ts";
import { OptionError } from "../options/optionError.ts";
import { counted } from "../tensor/counted.ts";
import { UserError } from "../tensor/errors.ts";
import { splitWords } from "../text/normalize.ts";
import type { DataOptions } from "./data.ts";
import type { MetricName } from "./metrics.ts";
import { isForced, parseMetrics, usualMetrics } from "./metrics.ts";
import type { ModelFlags } from "./models.ts";
import type { EvaluatedSet } from "./references.ts";
import { evaluablePairs, evaluatedSet, readReferences } from "./references.ts";
import type { SearchFlags } from "./searchFlags.ts";

/** The names of `--bleu-tokenizer`. */
export const tokenizerNames: readonly string[] = Object.keys(bleuTokenizers);

/** The options of `seq2see evaluate`. */
export interface EvaluateFlags extends SearchFlags, DataOptions, ModelFlags {
  readonly metrics?: string;
  readonly references?: readonly string[];
  readonly group?: boolean;
  readonly goldAlignments?: string;
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly bleuTokenizer?: string;
  readonly lowercase?: boolean;
  /** Ranges, or true for the default ones. */
  readonly byLength?: string | true;
  readonly save?: boolean;
  readonly set?: string;
}

/** What to compare, and how. */
export interface Plan {
  /** Pairs with a source and a target, for metrics without translating. */
  readonly pairs: readonly SentencePair[];
  /** Why other pairs are dropped. */
  readonly dropped: readonly DroppedPairs[];
  readonly set: EvaluatedSet;
  readonly metrics: readonly MetricName[];
  /** One for each of `pairs`. */
  readonly gold: readonly GoldAlignment[] | null;
  readonly ranges: readonly LengthRange[] | null;
  /** Null to choose it by the references. */
  readonly tokenizer: BleuTokenizer | null;
  readonly lowercase: boolean;
}

/**
 * Reads the evaluation data.
 *
 * @throws UserError if an option or a file is invalid.
 */
export async function planOf(flags: EvaluateFlags, source: PairSource): Promise<Plan> {
  const tokenizer = bleuTokenizerOf(flags.bleuTokenizer);
  const asked = flags.metrics === undefined ? usualMetrics : parseMetrics(flags.metrics);
  const ranges = rangesOf(flags);
  // A record always has these metrics.
  const metrics: MetricName[] = flags.save
    ? [...new Set<MetricName>([...asked, "bleu", "chrf", "perplexity"])]
    : [...asked];
  const { goldAlignments, group = false } = flags;
  if (metrics.includes("aer") !== (goldAlignments !== undefined)) {
    throw new UserError(
      goldAlignments === undefined
        ? "--metrics aer: say what is right with --gold-alignments FILE."
        : `--gold-alignments ${goldAlignments}: no measure uses it; add --metrics aer, or leave it out.`,
    );
  }
  refuseUnused(flags, metrics, ranges !== null);
  const all = await allPairs(source);
  const lists = await readReferences(flags.references ?? [], all.length, source);
  const links = goldAlignments === undefined ? null : await readGold(goldAlignments, all, source);
  const { kept, dropped } = evaluablePairs(all, lists, source);
  const further = lists.map((list) => kept.map((index) => list[index]));
  const forced = kept.filter((index) => blankSide(all[index] as SentencePair) === undefined);
  const needing = metrics.find(isForced);
  if (needing !== undefined && forced.length === 0) {
    throw new UserError(
      `${describeSource(source)}: every target is empty, and ${needing} is of these; give --metrics without it.`,
    );
  }
  return {
    metrics,
    ranges,
    dropped,
    tokenizer,
    lowercase: flags.lowercase ?? false,
    pairs: forced.map((index) => all[index] as SentencePair),
    gold: links && forced.map((index) => links[index] as GoldAlignment),
    set: evaluatedSet(
      kept.map((index) => all[index] as SentencePair),
      further,
      group,
    ),
  };
}

/** Refuses options that no measure uses. */
function refuseUnused(
  flags: EvaluateFlags,
  metrics: readonly MetricName[],
  isByLength: boolean,
): void {
  const { bleuTokenizer, lowercase } = flags;
  const isBleu = isByLength || metrics.includes("bleu");
  if (bleuTokenizer !== undefined && !isBleu) {
    throw new UserError(
      `--bleu-tokenizer ${bleuTokenizer}: BLEU is not measured; add --metrics bleu, or leave it out.`,
    );
  }
  if (isByLength || !metrics.every(isForced)) return;
  const problem = `nothing is translated for ${metrics.join(" and ")}`;
  const remedy = "leave it out, or add a metric of translations, such as bleu";
  if (lowercase) throw new UserError(`--lowercase: ${problem}; ${remedy}.`);
  const [search] = Object.entries(givenValues(translationOptions, { ...flags }));
  if (search) throw new OptionError({ key: search[0], value: search[1], problem, remedy });
}

/**
 * Parses `--bleu-tokenizer`; null if it is not given.
 *
 * @throws UserError if it does not exist.
 */
export function bleuTokenizerOf(name: string | undefined): BleuTokenizer | null {
  if (name === undefined) return null;
  if (tokenizerNames.includes(name)) return name as BleuTokenizer;
  const question = didYouMean(nearest(name, tokenizerNames));
  throw new UserError(
    `--bleu-tokenizer ${name}: choose one of ${tokenizerNames.join(", ")}.${question && ` ${question}`}`,
  );
}

async function readGold(
  path: string,
  pairs: readonly SentencePair[],
  source: PairSource,
): Promise<GoldAlignment[]> {
  const gold: GoldAlignment[] = [];
  for await (const { text, line } of readLines(path)) {
    gold.push(parseGoldAlignment(text, `${path}:${line}`));
  }
  if (gold.length !== pairs.length) {
    throw new UserError(
      `--gold-alignments ${path}: it has ${counted(gold.length, "line")} and ${describeSource(source)} ${counted(pairs.length, "pair")}; give one line for each.`,
    );
  }
  gold.forEach((links, index) => {
    checkLinks(links, pairs[index] as SentencePair, `${path}:${index + 1}`);
  });
  return gold;
}

/** Rejects a gold standard that counts from 1, which would make every model look bad. */
function checkLinks({ sure, possible }: GoldAlignment, pair: SentencePair, where: string): void {
  const sources = splitWords(pair.source).length;
  const targets = splitWords(pair.target).length;
  const beyond = [...sure, ...possible].find(([from, to]) => from >= sources || to >= targets);
  if (beyond === undefined) return;
  throw new UserError(
    `${where}: the link ${beyond.join("-")} is of a word that is not there, as the source has ${counted(sources, "word")} and the target ${targets}; count them from 0, between white space.`,
  );
}

/** The requested ranges of lengths, if any. */
function rangesOf({ byLength, save, set }: EvaluateFlags): LengthRange[] | null {
  if (set !== undefined && !save) {
    throw new UserError(`--set ${set}: nothing is recorded; add --save, or leave --set out.`);
  }
  if (set?.trim() === "") throw new UserError("--set: give a name that is not empty.");
  if (byLength === undefined && !save) return null;
  return parseLengthRanges(typeof byLength === "string" ? byLength : defaultLengthRanges);
}
