import type { Command } from "commander";
import type { RecordedSet } from "../checkpoint/evaluationRecord.ts";
import { evaluationFile, withSet } from "../checkpoint/evaluationRecord.ts";
import { readEvaluation, writeEvaluation } from "../checkpoint/nodeEvaluation.ts";
import { readLines } from "../data/lines.ts";
import type { PairSource, SentencePair } from "../data/pairs.ts";
import { describeSource, readPairs } from "../data/pairs.ts";
import type { TranslateOptions } from "../decoding/translator.ts";
import type { GoldAlignment } from "../evaluation/alignment.ts";
import { parseGoldAlignment } from "../evaluation/alignment.ts";
import type { BleuTokenizer } from "../evaluation/bleuTokenizer.ts";
import { bleuTokenizers } from "../evaluation/bleuTokenizer.ts";
import type { LengthRange, LengthScore } from "../evaluation/byLength.ts";
import {
  bleuByLength,
  defaultLengthRanges,
  lengthTable,
  parseLengthRanges,
} from "../evaluation/byLength.ts";
import type { SourceFiles } from "../features/nodeSourceFiles.ts";
import { UserError } from "../tensor/errors.ts";
import { normalizeText, splitWords } from "../text/normalize.ts";
import type { DataOptions } from "./data.ts";
import { addDataOptions, pairSource, setName } from "./data.ts";
import type { Comparison, MetricName, MetricValues, SignedScore } from "./metrics.ts";
import {
  measureForced,
  measureTranslations,
  metricLines,
  metricNames,
  parseMetrics,
  usualMetrics,
} from "./metrics.ts";
import type { LoadedModels, ModelFlags } from "./models.ts";
import { addModelOptions, loadModels, repeated } from "./models.ts";
import type { EvaluatedSet } from "./references.ts";
import { evaluatedSet, readReferences } from "./references.ts";
import type { SearchFlags } from "./searchFlags.ts";
import { addSearchOptions, checkSearchFlags, translateOptions } from "./searchFlags.ts";
import { filesOf, scorePairs, translateSources } from "./sources.ts";
import { standardOutput } from "./standardOutput.ts";

const tokenizerNames = Object.keys(bleuTokenizers);

const examples = `
Examples:
  $ seq2see evaluate --model my-model --data test.tsv
  $ seq2see evaluate --model my-model --data test.tsv --bleu-tokenizer none --json      for text that is tokenised
  $ seq2see evaluate --model my-model --data test.tsv --by-length 1-10,11-20,21+
  $ seq2see evaluate --model my-model --data test.tsv --save                            for the studio to show
  $ seq2see evaluate --model one --model two --data test.tsv                            an ensemble
  $ seq2see evaluate --model my-model --data test.tsv --references more.en --references most.en --metrics bleu,chrf,rouge
  $ seq2see evaluate --model say --data cmudict.tsv --group --metrics per,exact         any pronunciation is right
  $ seq2see evaluate --model my-model --data gold.tsv --gold-alignments gold.txt --metrics aer
`;

interface EvaluateFlags extends SearchFlags, DataOptions, ModelFlags {
  readonly metrics?: string;
  readonly references?: readonly string[];
  readonly group?: boolean;
  readonly goldAlignments?: string;
  readonly json?: boolean;
  readonly bleuTokenizer?: string;
  readonly lowercase?: boolean;
  /** Ranges, or true for the usual ones. */
  readonly byLength?: string | true;
  readonly save?: boolean;
  readonly set?: string;
}

/** Reads all pairs. */
export async function allPairs(source: PairSource): Promise<SentencePair[]> {
  const pairs: SentencePair[] = [];
  for await (const pair of readPairs(source)) pairs.push(pair);
  return pairs;
}

/** Adds `seq2see evaluate`. */
export function addEvaluateCommand(program: Command): void {
  const command = addModelOptions(
    program
      .command("evaluate")
      .description("BLEU, chrF, perplexity and other measures on sentence pairs"),
  );
  addSearchOptions(addDataOptions(command))
    .option(
      "--metrics <names>",
      `some of ${metricNames.join(", ")} (default: ${usualMetrics.join(",")})`,
    )
    .option(
      "--references <file>",
      "further references, a line for each pair or a blank one; may be repeated",
      repeated,
    )
    .option("--group", "pairs with the same source are one sentence with several references")
    .option(
      "--gold-alignments <file>",
      "of aer: a line of sure 0-0 and possible 0p1 links of words for each pair",
    )
    .option(
      "--bleu-tokenizer <name>",
      `${tokenizerNames.join(", ")}; none for text that is tokenised already`,
      "13a",
    )
    .option("--lowercase", "compare in small letters")
    .option(
      "--by-length [ranges]",
      `also BLEU by the words of the source, in ranges as ${defaultLengthRanges}`,
    )
    .option("--save", `write it all into the model's ${evaluationFile}, --by-length included`)
    .option("--set <name>", "of --save, what to call the pairs (default: the name of their file)")
    .option("--json", "print one JSON object")
    .addHelpText("after", examples)
    .action(evaluate);
}

/** What is compared with what, and how. */
interface Plan {
  readonly pairs: readonly SentencePair[];
  readonly set: EvaluatedSet;
  readonly metrics: readonly MetricName[];
  readonly gold: readonly GoldAlignment[] | null;
  readonly ranges: readonly LengthRange[] | null;
  readonly compared: Comparison;
}

async function evaluate(flags: EvaluateFlags): Promise<void> {
  const options = await translateOptions(flags);
  const source = pairSource(flags);
  const [folder, ...others] = flags.model as [string, ...string[]];
  if (flags.save && others.length > 0) {
    throw new UserError("--save: it keeps what one model reaches; give --model once.");
  }
  const plan = await planOf(flags, source);
  const model = await loadModels(flags);
  try {
    checkSearchFlags(flags, model);
    if (
      model.sourceSizes.sourceInput !== "tokens" &&
      (flags.save || flags.byLength !== undefined)
    ) {
      throw new UserError(
        flags.save
          ? "--save: it records BLEU by the words of the source, and the model reads files, which have none; leave it out."
          : "--by-length: the model reads files, which have no words; leave it out.",
      );
    }
    // A record that is damaged is found before the work is done.
    const record = flags.save ? await readEvaluation(folder) : null;
    const measured = await measure(model, filesOf(source, model), plan, options);
    if (flags.save) {
      const steps = model.single?.summary?.steps ?? null;
      const set = recordedSet(measured, flags.set ?? setName(source), steps);
      await writeEvaluation(folder, withSet(record, set));
    }
    await print(measured, flags.json ?? false);
  } finally {
    await model.release();
  }
}

async function planOf(flags: EvaluateFlags, source: PairSource): Promise<Plan> {
  const tokenizer = flags.bleuTokenizer as BleuTokenizer;
  if (!tokenizerNames.includes(tokenizer)) {
    throw new UserError(
      `--bleu-tokenizer ${tokenizer}: choose one of ${tokenizerNames.join(", ")}.`,
    );
  }
  const asked = flags.metrics === undefined ? usualMetrics : parseMetrics(flags.metrics);
  const ranges = rangesOf(flags);
  // A record has these, whatever else is wanted.
  const metrics: MetricName[] = flags.save
    ? [...new Set<MetricName>([...asked, "bleu", "chrf", "perplexity"])]
    : [...asked];
  const { goldAlignments, group = false } = flags;
  if (metrics.includes("aer") !== (goldAlignments !== undefined)) {
    throw new UserError(
      goldAlignments === undefined
        ? "--metrics aer: say what is right with --gold-alignments FILE."
        : `--gold-alignments ${goldAlignments}: nothing is held against it; add --metrics aer.`,
    );
  }
  const pairs = await allPairs(source);
  const further = await readReferences(flags.references ?? [], pairs.length, source);
  return {
    ...{ pairs, metrics, ranges, set: evaluatedSet(pairs, further, group) },
    gold: goldAlignments === undefined ? null : await readGold(goldAlignments, pairs, source),
    compared: { tokenizer, lowercase: flags.lowercase ?? false },
  };
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
      `--gold-alignments ${path}: it has ${gold.length} lines and ${describeSource(source)} ${pairs.length} pairs; give one line for each.`,
    );
  }
  const empty = pairs.find((pair) => normalizeText(pair.source) === "");
  if (empty) {
    throw new UserError(
      `${describeSource(source)}: line ${empty.line} has an empty source, which cannot be aligned; remove it.`,
    );
  }
  gold.forEach((links, index) => {
    checkLinks(links, pairs[index] as SentencePair, `${path}:${index + 1}`);
  });
  return gold;
}

/** A gold standard that counts from 1 would make every model look bad. */
function checkLinks({ sure, possible }: GoldAlignment, pair: SentencePair, where: string): void {
  const sources = splitWords(pair.source).length;
  const targets = splitWords(pair.target).length;
  const beyond = [...sure, ...possible].find(([from, to]) => from >= sources || to >= targets);
  if (beyond === undefined) return;
  throw new UserError(
    `${where}: the link ${beyond.join("-")} is of a word that is not there, as the source has ${sources} words and the target ${targets}; count them from 0, between white space.`,
  );
}

/** The ranges of lengths that are asked for, if any are. */
function rangesOf({ byLength, save, set }: EvaluateFlags): LengthRange[] | null {
  if (set !== undefined && !save) {
    throw new UserError(`--set ${set}: nothing is recorded; add --save, or leave --set out.`);
  }
  if (set?.trim() === "") throw new UserError("--set: give a name that is not empty.");
  if (byLength === undefined && !save) return null;
  return parseLengthRanges(typeof byLength === "string" ? byLength : defaultLengthRanges);
}

/** What was measured; what `--json` prints. */
interface Measured extends MetricValues {
  readonly sentences: number;
  readonly beam: number;
  /** Of translating; null if nothing was translated. */
  readonly seconds: number | null;
  readonly byLength?: readonly LengthScore[];
}

async function measure(
  model: LoadedModels,
  files: SourceFiles,
  { pairs, set, metrics, gold, ranges, compared }: Plan,
  options: TranslateOptions,
): Promise<Measured> {
  if (gold && !model.hasAttention) {
    throw new UserError("--metrics aer: this model has no attention, so that it aligns nothing.");
  }
  const { sources, references } = set;
  const isForced = (name: MetricName): boolean => name === "perplexity" || name === "aer";
  let translated: Pick<Measured, "seconds"> & MetricValues = { seconds: null };
  let byLength: LengthScore[] | null = null;
  if (ranges || !metrics.every(isForced)) {
    const start = performance.now();
    const results = await translateSources(model, files, sources, options);
    const seconds = (performance.now() - start) / 1000;
    const hypotheses = results.map(([best]) => best?.text ?? "");
    translated = { ...measureTranslations(metrics, hypotheses, references, compared), seconds };
    byLength = ranges && bleuByLength(sources, hypotheses, references, ranges, compared);
  }
  const scores = metrics.some(isForced)
    ? await scorePairs(
        model,
        files,
        pairs.filter(({ source }) => normalizeText(source) !== ""),
      )
    : [];
  return {
    ...{ sentences: sources.length, beam: options.beam ?? 1, ...translated },
    ...(scores.length > 0 && measureForced(metrics, scores, gold)),
    ...(byLength && { byLength }),
  };
}

/** What the model's record says of a measurement. */
function recordedSet(measured: Measured, set: string, steps: number | null): RecordedSet {
  const { beam, sentences, byLength = [], perplexity = Number.NaN } = measured;
  const [bleu, chrf] = [measured.bleu as SignedScore, measured.chrf as SignedScore];
  return {
    ...{ set, date: new Date().toISOString().slice(0, 10), beam, sentences },
    ...{ bleu: digits(bleu.score), chrf: digits(chrf.score) },
    ...{ perplexity: digits(perplexity), signature: bleu.signature, steps },
    byLength: byLength.map((range) => ({
      ...range,
      bleu: range.bleu === null ? null : digits(range.bleu),
    })),
  };
}

/** A number as a record shows it. */
const digits = (value: number): number => Number(value.toPrecision(6));

async function print(measured: Measured, isJson: boolean): Promise<void> {
  const { beam, chrf, byLength, seconds, sentences } = measured;
  if (isJson) {
    const { text: _, ...chrfScore } = chrf ?? {};
    const told = { ...measured, ...(chrf && { chrf: chrfScore }) };
    await standardOutput.print(JSON.stringify(told, null, 2));
    return;
  }
  for (const line of metricLines(measured, sentences)) await standardOutput.print(line);
  if (seconds !== null) {
    await standardOutput.print(`translated with beam ${beam} in ${seconds.toFixed(1)} s`);
  }
  if (byLength) await standardOutput.print(lengthTable(byLength));
}
