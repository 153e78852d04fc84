import type { Command } from "commander";
import type { RecordedSet } from "../checkpoint/evaluationRecord.ts";
import { evaluationFile, withSet } from "../checkpoint/evaluationRecord.ts";
import { readEvaluation, writeEvaluation } from "../checkpoint/nodeEvaluation.ts";
import type { PairSource, SentencePair } from "../data/pairs.ts";
import { readPairs } from "../data/pairs.ts";
import type { TranslateOptions } from "../decoding/translator.ts";
import { corpusBleu } from "../evaluation/bleu.ts";
import type { BleuTokenizer } from "../evaluation/bleuTokenizer.ts";
import { bleuTokenizers } from "../evaluation/bleuTokenizer.ts";
import type { LengthRange, LengthScore } from "../evaluation/byLength.ts";
import {
  bleuByLength,
  defaultLengthRanges,
  lengthTable,
  parseLengthRanges,
} from "../evaluation/byLength.ts";
import { corpusChrf } from "../evaluation/chrf.ts";
import { exactMatchAccuracy } from "../evaluation/editDistance.ts";
import { perplexity } from "../evaluation/perplexity.ts";
import type { SourceFiles } from "../features/nodeSourceFiles.ts";
import { Seq2Seq } from "../library/seq2seq.ts";
import type { RuntimeOptions } from "../runtime/runtime.ts";
import { UserError } from "../tensor/errors.ts";
import { normalizeText } from "../text/normalize.ts";
import type { DataOptions } from "./data.ts";
import { addDataOptions, pairSource, setName } from "./data.ts";
import { filesOf, scorePairs, translateSources } from "./sources.ts";
import type { SearchFlags } from "./translate.ts";
import { addSearchOptions, translateOptions } from "./translate.ts";

const tokenizerNames = Object.keys(bleuTokenizers);

const examples = `
Examples:
  $ seq2see evaluate --model my-model --data test.tsv
  $ seq2see evaluate --model my-model --data test.tsv --bleu-tokenizer none --json      for text that is tokenised
  $ seq2see evaluate --model my-model --data test.tsv --by-length 1-10,11-20,21+
  $ seq2see evaluate --model my-model --data test.tsv --save                            for the studio to show
`;

interface EvaluateFlags extends SearchFlags, DataOptions, RuntimeOptions {
  readonly model: string;
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
  const command = program
    .command("evaluate")
    .description("BLEU, chrF and perplexity on sentence pairs")
    .requiredOption("--model <folder>", "folder of the model");
  addSearchOptions(addDataOptions(command))
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

async function evaluate(flags: EvaluateFlags): Promise<void> {
  const tokenizer = flags.bleuTokenizer as BleuTokenizer;
  if (!tokenizerNames.includes(tokenizer)) {
    throw new UserError(
      `--bleu-tokenizer ${tokenizer}: choose one of ${tokenizerNames.join(", ")}.`,
    );
  }
  const options = translateOptions(flags);
  const ranges = rangesOf(flags);
  const source = pairSource(flags);
  const pairs = await allPairs(source);
  const model = await Seq2Seq.load(flags.model, flags);
  // A record that is damaged is found before the work is done.
  const record = flags.save ? await readEvaluation(flags.model) : null;
  try {
    const isText = model.sizes.sourceInput === "tokens";
    if (!isText && flags.byLength !== undefined) {
      throw new UserError("--by-length: the model reads files, which have no words; leave it out.");
    }
    const measured = await measure(
      model,
      filesOf(source, model),
      pairs,
      isText ? ranges : null,
      options,
      {
        tokenizer,
        lowercase: flags.lowercase ?? false,
      },
    );
    if (flags.save) {
      const { summary } = model;
      const set = recordedSet(measured, flags.set ?? setName(source), summary?.steps ?? null);
      await writeEvaluation(flags.model, withSet(record, set));
    }
    print(measured, flags.json ?? false);
  } finally {
    await model.release();
  }
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
interface Measured {
  readonly sentences: number;
  readonly beam: number;
  readonly bleu: { readonly score: number; readonly signature: string; readonly text: string };
  readonly chrf: { readonly score: number; readonly signature: string; readonly text: string };
  readonly perplexity: number;
  readonly exactMatch: number;
  readonly seconds: number;
  readonly byLength?: readonly LengthScore[];
}

async function measure(
  model: Seq2Seq,
  files: SourceFiles,
  pairs: readonly SentencePair[],
  ranges: readonly LengthRange[] | null,
  options: TranslateOptions,
  compared: { readonly tokenizer: BleuTokenizer; readonly lowercase: boolean },
): Promise<Measured> {
  const start = performance.now();
  const sources = pairs.map(({ source }) => source);
  const translate = model.translateAll.bind(model);
  const results = await translateSources(translate, files, sources, options);
  const seconds = (performance.now() - start) / 1000;
  const hypotheses = results.map(([best]) => best?.text ?? "");
  const references = pairs.map(({ target }) => target);
  const bleu = corpusBleu(hypotheses, [references], compared);
  const chrf = corpusChrf(hypotheses, [references], { lowercase: compared.lowercase });
  const filled = pairs.filter(({ source }) => normalizeText(source) !== "");
  const scores = await scorePairs(model, files, filled);
  const sum = scores.reduce((total, { logProbability }) => total + logProbability, 0);
  const tokens = scores.reduce((total, { logProbabilities }) => total + logProbabilities.length, 0);
  return {
    sentences: pairs.length,
    beam: options.beam ?? 1,
    bleu: { score: bleu.score, signature: bleu.signature, text: bleu.toString() },
    chrf: { score: chrf.score, signature: chrf.signature, text: chrf.toString() },
    perplexity: perplexity(sum, tokens),
    exactMatch: exactMatchAccuracy(hypotheses, [references]),
    seconds,
    ...(ranges && { byLength: bleuByLength(sources, hypotheses, references, ranges, compared) }),
  };
}

/** What the model's record says of a measurement. */
function recordedSet(measured: Measured, set: string, steps: number | null): RecordedSet {
  const { beam, sentences, bleu, chrf, byLength = [] } = measured;
  return {
    ...{ set, date: new Date().toISOString().slice(0, 10), beam, sentences },
    ...{ bleu: digits(bleu.score), chrf: digits(chrf.score) },
    ...{ perplexity: digits(measured.perplexity), signature: bleu.signature, steps },
    byLength: byLength.map((range) => ({
      ...range,
      bleu: range.bleu === null ? null : digits(range.bleu),
    })),
  };
}

/** A number as a record shows it. */
const digits = (value: number): number => Number(value.toPrecision(6));

function print(measured: Measured, isJson: boolean): void {
  const { beam, bleu, chrf, byLength, exactMatch, seconds, sentences } = measured;
  if (isJson) {
    const { text: _, ...chrfScore } = chrf;
    console.log(JSON.stringify({ ...measured, chrf: chrfScore }, null, 2));
    return;
  }
  console.log(bleu.text);
  console.log(chrf.text);
  console.log(
    `perplexity ${measured.perplexity.toFixed(3)} a token, the end of each sentence included`,
  );
  console.log(`exactly right: ${(100 * exactMatch).toFixed(1)} % of ${sentences} sentences`);
  console.log(`translated with beam ${beam} in ${seconds.toFixed(1)} s`);
  if (byLength) console.log(lengthTable(byLength));
}
