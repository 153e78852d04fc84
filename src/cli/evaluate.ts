import type { Command } from "commander";
import type { DroppedPairs } from "../data/droppedPairs.ts";
import type { TranslateOptions } from "../decoding/textModel.ts";
import { fittingBleuTokenizer } from "../evaluation/bleuTokenizer.ts";
import { bleuByLength, defaultLengthRanges, lengthTable } from "../evaluation/byLength.ts";
import type { FormDifferences } from "../evaluation/modelForm.ts";
import { ModelForm } from "../evaluation/modelForm.ts";
import { scriptOf } from "../evaluation/textUnit.ts";
import type { SourceFiles } from "../features/nodeSourceFiles.ts";
import { Seq2Seq } from "../library/seq2seq.ts";
import type { RecordedSet } from "../modelFolder/evaluationRecord.ts";
import { evaluationFile } from "../modelFolder/evaluationRecord.ts";
import { addEvaluation, readEvaluation } from "../modelFolder/nodeEvaluation.ts";
import { modelPlace } from "../modelFolder/nodeModelPlace.ts";
import { UserError } from "../tensor/errors.ts";
import { addDataOptions, pairSource, setName } from "./data.ts";
import { comparisonNotes, droppedNotes, given } from "./evaluationNotes.ts";
import type { EvaluateFlags, Plan } from "./evaluationPlan.ts";
import { planOf, tokenizerNames } from "./evaluationPlan.ts";
import { type Figures, figuresCsv } from "./figureTable.ts";
import type { Comparison, MetricName, MetricValues, SignedScore } from "./metrics.ts";
import {
  isForced,
  measureForced,
  measureTranslations,
  metricLines,
  metricNames,
  usualMetrics,
} from "./metrics.ts";
import type { LoadedModels } from "./models.ts";
import { addModelOptions, loadModels, repeated } from "./models.ts";
import { addSearchOptions, checkModelsFor, translateOptions } from "./searchFlags.ts";
import { filesOf, scorePairs, translateSources } from "./sources.ts";
import { standardOutput } from "./standardOutput.ts";

const examples = `
Examples:
  $ seq2see evaluate --model my-model --data test.tsv
  $ seq2see evaluate --model my-model --data test.tsv --bleu-tokenizer none --json      for tokenised text
  $ seq2see evaluate --model my-model --data test.tsv --by-length 1-10,11-20,21+
  $ seq2see evaluate --model my-model --data test.tsv --csv > scores.csv                for a notebook or spreadsheet
  $ seq2see evaluate --model my-model --data test.tsv --save                            to show in the studio
  $ seq2see evaluate --model one --model two --data test.tsv                            an ensemble
  $ seq2see evaluate --model my-model --data test.tsv --references more.en --references most.en --metrics bleu,chrf,rouge
  $ seq2see evaluate --model say --data cmudict.tsv --group --metrics per,exact         several right answers
  $ seq2see evaluate --model my-model --data gold.tsv --gold-alignments gold.txt --metrics aer
`;

/** Adds `seq2see evaluate`. */
export function addEvaluateCommand(program: Command): void {
  const command = addModelOptions(
    program
      .command("evaluate")
      .description("compute BLEU, chrF, perplexity and other metrics on sentence pairs"),
  );
  addSearchOptions(addDataOptions(command))
    .option(
      "--metrics <names>",
      `metrics to compute: ${metricNames.join(", ")} (default: ${usualMetrics.join(",")})`,
    )
    .option(
      "--references <file>",
      "additional references, one line per pair, blank for none; repeatable",
      repeated,
    )
    .option("--group", "treat pairs with the same source as one sentence with several references")
    .option(
      "--gold-alignments <file>",
      "gold word alignments for aer: a line of sure (0-0) and possible (0p1) links per pair",
    )
    .option(
      "--bleu-tokenizer <name>",
      `${tokenizerNames.join(", ")}; none for tokenised text (default: 13a, or zh or char if the references have no spaces between words)`,
    )
    .option("--lowercase", "compare in lower case")
    .option(
      "--by-length [ranges]",
      `also compute BLEU by source length in words (characters if there are no spaces), in ranges such as ${defaultLengthRanges}`,
    )
    .option("--save", `write the results, including --by-length, to the model's ${evaluationFile}`)
    .option("--set <name>", "name of the data set in the --save record (default: the file name)")
    .option("--json", "print one JSON object")
    .option(
      "--csv",
      "print a table as CSV: a row of figures, and one for each range of --by-length",
    )
    .addHelpText("after", examples)
    .action(evaluate);
}

async function evaluate(flags: EvaluateFlags): Promise<void> {
  if (flags.json && flags.csv) throw new UserError("--csv: --json is given too; leave one out.");
  const options = await translateOptions(flags);
  const source = pairSource(flags);
  const [folder, ...others] = flags.model.map((name) => modelPlace(name)) as [string, ...string[]];
  if (flags.save && others.length > 0) {
    throw new UserError("--save: it keeps what one model reaches; give --model once.");
  }
  const plan = await planOf(flags, source);
  const model = await loadModels(flags);
  try {
    checkModelsFor(options, model);
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
    // Report a damaged record before translating.
    if (flags.save) await readEvaluation(folder);
    const measured = await measure(model, filesOf(source, model), plan, options);
    if (flags.csv) {
      await standardOutput.print(figuresCsv(setName(source), measured).trimEnd());
    } else {
      await print(measured, flags.json ?? false);
    }
    // Last, as it may fail where the figures are of use all the same.
    if (flags.save) {
      const steps = model instanceof Seq2Seq ? (model.summary?.steps ?? null) : null;
      await addEvaluation(folder, recordedSet(measured, flags.set ?? setName(source), steps));
    }
  } finally {
    await model.release();
  }
}

/** The results, as printed by `--json`. */
interface Measured extends Figures {
  /** The number of references with text that the model cannot write, if there are any. */
  readonly referenceForm?: FormDifferences;
  /** Pairs without a source or without any reference, if there are any. */
  readonly leftOut?: readonly DroppedPairs[];
}

async function measure(
  model: LoadedModels,
  files: SourceFiles,
  plan: Plan,
  options: TranslateOptions,
): Promise<Measured> {
  const { pairs, set, metrics, gold, ranges, dropped } = plan;
  if (gold && !model.hasAttention) {
    throw new UserError("--metrics aer: this model has no attention, so that it aligns nothing.");
  }
  for (const line of droppedNotes(dropped)) console.error(line);
  const isTranslating = ranges !== null || !metrics.every(isForced);
  const translated = isTranslating ? await measureTranslated(model, files, plan, options) : null;
  const scores = metrics.some(isForced) ? await scorePairs(model, files, pairs) : null;
  return {
    sentences: set.sources.length,
    beam: options.beam ?? 1,
    seconds: null,
    ...translated,
    ...(scores && measureForced(metrics, scores, gold)),
    ...(dropped.length > 0 && { leftOut: dropped }),
  };
}

async function measureTranslated(
  model: LoadedModels,
  files: SourceFiles,
  { set: { sources, references }, metrics, ranges, tokenizer, lowercase }: Plan,
  options: TranslateOptions,
): Promise<MetricValues & Pick<Measured, "seconds" | "byLength" | "lengthUnit" | "referenceForm">> {
  const texts = given(references);
  const compared: Comparison = {
    lowercase,
    tokenizer: tokenizer ?? fittingBleuTokenizer(texts),
    unit: scriptOf(texts).unit,
    form: ModelForm.of(model.targetTokenizer),
  };
  const measured: MetricName[] = metrics.filter((name) => !isForced(name));
  if (ranges !== null && !measured.includes("bleu")) measured.push("bleu");
  for (const line of comparisonNotes(measured, references, compared)) console.error(line);
  const start = performance.now();
  const results = await translateSources(model, { files, lines: sources }, options);
  const seconds = (performance.now() - start) / 1000;
  const hypotheses = results.map(([best]) => best?.text ?? "");
  const sourceUnit = scriptOf(sources).unit;
  const differences = compared.form.differencesOf(references, lowercase);
  return {
    ...measureTranslations(metrics, hypotheses, references, compared),
    seconds,
    ...(ranges && {
      byLength: bleuByLength(sources, hypotheses, references, {
        tokenizer: compared.tokenizer,
        lowercase: compared.lowercase,
        ranges,
        sourceUnit,
      }),
      ...(sourceUnit === "characters" && { lengthUnit: sourceUnit }),
    }),
    ...(differences && { referenceForm: differences }),
  };
}

/** The entry of the model's record for the results. */
function recordedSet(measured: Measured, set: string, steps: number | null): RecordedSet {
  const { beam, sentences, byLength = [], lengthUnit, perplexity = Number.NaN } = measured;
  const [bleu, chrf] = [measured.bleu as SignedScore, measured.chrf as SignedScore];
  return {
    set,
    date: new Date().toISOString().slice(0, 10),
    beam,
    sentences,
    bleu: digits(bleu.score),
    chrf: digits(chrf.score),
    perplexity: digits(perplexity),
    signature: bleu.signature,
    steps,
    ...(lengthUnit && { lengthUnit }),
    byLength: byLength.map((range) => ({
      ...range,
      bleu: range.bleu === null ? null : digits(range.bleu),
    })),
  };
}

/** Rounds a number for a record. */
const digits = (value: number): number => Number(value.toPrecision(6));

async function print(measured: Measured, isJson: boolean): Promise<void> {
  const { beam, chrf, byLength, lengthUnit, seconds, sentences } = measured;
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
  if (byLength) await standardOutput.print(lengthTable(byLength, lengthUnit));
}
