/** @file A sweep: a grid of trainings in one folder, each measured on the dev set. */

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { keepStreams } from "../data/node/keptStreams.ts";
import { allPairs, sourceFolder } from "../data/node/readPairs.ts";
import { otherPairSource, pairSources } from "../data/pairOptions.ts";
import type { PairSource, SentencePair } from "../data/pairs.ts";
import { pathsOf } from "../data/pairs.ts";
import { usualBeam } from "../decoding/options.ts";
import { canJudge, corpusBleu } from "../evaluation/bleu.ts";
import type { BleuTokenizer } from "../evaluation/bleuTokenizer.ts";
import { fittingBleuTokenizer } from "../evaluation/bleuTokenizer.ts";
import { exactMatchAccuracy } from "../evaluation/editDistance.ts";
import { ModelForm } from "../evaluation/modelForm.ts";
import { SourceFiles } from "../features/nodeSourceFiles.ts";
import { parseJson } from "../files/json.ts";
import { readWholeFile, writeFileAtomically } from "../files/nodeFiles.ts";
import { makeFolder } from "../files/nodeFolder.ts";
import { modelFiles } from "../modelFolder/modelFolder.ts";
import type { Values } from "../options/option.ts";
import { checkTogether, OptionError } from "../options/optionError.ts";
import { UserError } from "../tensor/errors.ts";
import { checkFolder, runPath, wrongFolder } from "../training/node/runFolder.ts";
import { planRun, train } from "../training/node/train.ts";
import type { GridRun } from "../training/plan/grid.ts";
import { gridRuns, repeatableEvaluations } from "../training/plan/grid.ts";
import type { FullTrainOptions, TrainOptions } from "../training/plan/options.ts";
import { checkOut } from "../training/plan/plan.ts";
import type { TrainHooks } from "../training/run/events.ts";
import { Divergence } from "../training/storage/divergence.ts";
import { Seq2Seq } from "./seq2seq.ts";
import type { SweepRun } from "./sweepTable.ts";
import { sweepCsv, sweepMarkdown, sweepRunsCsv } from "./sweepTable.ts";

/** The options of a sweep: those that all its trainings share, and those that vary. */
export interface SweepOptions extends TrainOptions {
  /** The folder of the sweep; each run gets a folder in it. */
  readonly out: string;
  /** The values to try, by option of training or of the model; every combination is trained. */
  readonly vary?: Readonly<Record<string, readonly unknown[]>> | undefined;
  /** How many seeds each combination is trained with; 3 by default. */
  readonly seeds?: number | undefined;
}

/** Callbacks and controls of a sweep. */
export interface SweepHooks extends TrainHooks {
  /** Called before each run. */
  onRun?(run: { readonly name: string; readonly number: number; readonly count: number }): void;
  /** Called with the Markdown table after each run. */
  onTable?(table: string): void;
}

/** What a sweep reached. */
export interface SweepResult {
  readonly out: string;
  readonly runs: readonly SweepRun[];
  /** How many runs the grid has. */
  readonly count: number;
  /** Whether it was stopped before its last run ended. */
  readonly isInterrupted: boolean;
}

/** The files of a sweep in its folder. */
export const sweepFiles = {
  record: "sweep.json",
  csv: "sweep.csv",
  runs: "runs.csv",
  markdown: "sweep.md",
} as const;

const usualSeeds = 3;

/** Options that may differ when a sweep is taken up again: they do not change what its runs learn. */
const free: readonly string[] = ["out", "vary", "seeds", "device", "threads"];

/**
 * Trains every combination of some options with several seeds, and measures each run on the dev set: perplexity of the
 * kept weights, BLEU and exact match of translations with a beam of 5. Tables are written after each run. Called again
 * with the same options, it skips the runs that have ended, resumes a stopped one, and trains the others; values and
 * seeds may be added. A run that ends by steps or epochs is evaluated by these too, unless `evaluateEvery` is given, so that
 * a repeated sweep keeps the same weights.
 *
 * ```ts
 * await sweep({
 *   data: "pairs.tsv", dev: "dev.tsv", out: "grid", epochs: 5,
 *   vary: { hidden: [128, 256], dropout: [0.1, 0.3] },
 *   seeds: 3,
 * });
 * ```
 *
 * @throws UserError if an option or the data is invalid, or the folder holds something else.
 */
export async function sweep(given: SweepOptions, hooks: SweepHooks = {}): Promise<SweepResult> {
  const { vary = {}, seeds = usualSeeds, ...options } = given;
  const { out } = options;
  let runs: GridRun[] = [];
  checkTogether(
    () => pairSources(options),
    () => checkDev(options),
    () => checkOut(out ? { out } : {}),
    () => checkNotResumed(options),
    () => {
      runs = gridRuns({ options, vary, seeds });
    },
  );
  const record = await SweepRecord.open(given);
  // What is wrong with a combination is found before anything is trained.
  const evaluations: FullTrainOptions["evaluateEvery"][] = [];
  for (const { options: each, seed } of runs) {
    if (seed !== runs[0]?.seed) continue;
    const { options: full } = await planRun({ ...each, out: join(out, "run") }, {});
    evaluations.push(each.evaluateEvery ?? repeatableEvaluations(full));
  }
  await keepInputs(options);
  const pairs = await devPairs(options);
  await makeFolder(out);
  // A run that is stopped halfway goes on only with the options that it was begun with.
  await record.begin();
  for (const [index, run] of runs.entries()) {
    if (record.has(run)) continue;
    hooks.onRun?.({ name: run.name, number: index + 1, count: runs.length });
    // The runs of each seed come in the order of the first one's.
    const evaluateEvery = evaluations[
      index % evaluations.length
    ] as FullTrainOptions["evaluateEvery"];
    const isDone = await record.train(run, { evaluateEvery, pairs, hooks });
    if (!isDone) return { out, runs: record.of(runs), count: runs.length, isInterrupted: true };
    await record.write(runs);
    hooks.onTable?.(sweepMarkdown(record.of(runs)));
  }
  await record.write(runs);
  return { out, runs: record.of(runs), count: runs.length, isInterrupted: false };
}

function checkDev({ dev }: TrainOptions): void {
  if (dev !== undefined && dev !== false) return;
  const problem = "there are no pairs to compare the runs by";
  throw new OptionError({
    key: "dev",
    problem,
    remedy: "give a file of pairs that are not trained on",
  });
}

function checkNotResumed({ resume }: TrainOptions): void {
  if (resume === undefined) return;
  const problem = "a sweep goes on by itself where it was stopped";
  throw new OptionError({ key: "resume", value: resume, problem, remedy: "leave it out" });
}

/** The pairs that runs are measured on. */
interface MeasuredPairs {
  readonly source: PairSource;
  readonly pairs: readonly SentencePair[];
  readonly tokenizer: BleuTokenizer;
}

async function devPairs(options: TrainOptions): Promise<MeasuredPairs> {
  const source = otherPairSource("dev", options.dev || undefined, options) as PairSource;
  const all = await allPairs(source);
  const pairs = all.filter((pair) => pair.source.trim() !== "" && pair.target.trim() !== "");
  const targets = pairs.map(({ target }) => target);
  return { source, pairs, tokenizer: options.bleuTokenizer ?? fittingBleuTokenizer(targets) };
}

/** Keeps the pipes among the inputs, as every run reads them. */
async function keepInputs(options: TrainOptions): Promise<void> {
  const { dev, watch, guidedAlignment } = options;
  const pairs = [
    ...pairSources(options),
    otherPairSource("dev", dev || undefined, options),
    otherPairSource("watch", watch, options),
  ];
  await keepStreams([
    ...pairs.flatMap((source) => (source ? pathsOf(source) : [])),
    ...(guidedAlignment === undefined ? [] : [guidedAlignment]),
  ]);
}

/** How each run of a sweep is trained, besides its options. */
interface HowToTrain {
  readonly evaluateEvery: FullTrainOptions["evaluateEvery"];
  readonly pairs: MeasuredPairs;
  readonly hooks: SweepHooks;
}

const runSchema = z.object({
  name: z.string(),
  values: z.record(z.string(), z.unknown()),
  seed: z.number(),
  state: z.enum(["measured", "failed"]),
  problem: z.string().exactOptional(),
  steps: z.number().exactOptional(),
  minutes: z.number().exactOptional(),
  devPerplexity: z.number().exactOptional(),
  bleu: z.number().exactOptional(),
  exactMatch: z.number().exactOptional(),
});

const recordSchema = z.object({
  options: z.record(z.string(), z.unknown()),
  vary: z.array(z.string()),
  runs: z.array(runSchema),
});

/** What a sweep has reached so far, as its folder keeps it. */
class SweepRecord {
  private readonly out: string;
  private readonly options: Values;
  private readonly vary: readonly string[];
  private readonly runs: Map<string, SweepRun>;

  private constructor(out: string, options: Values, vary: readonly string[], runs: SweepRun[]) {
    this.out = out;
    this.options = options;
    this.vary = vary;
    this.runs = new Map(runs.map((run) => [run.name, run]));
  }

  /** Reads the record of a folder, or begins one. Throws UserError if the folder holds something else. */
  static async open(given: SweepOptions): Promise<SweepRecord> {
    const { out } = given;
    checkFolder(out);
    const options = JSON.parse(
      JSON.stringify(
        Object.fromEntries(Object.entries(given).filter(([key]) => !free.includes(key))),
      ),
    ) as Values;
    const vary = Object.keys(given.vary ?? {});
    if (existsSync(join(out, modelFiles.config)) || existsSync(runPath(out, "checkpoint"))) {
      throw wrongFolder(out, "the folder holds a model", "choose another");
    }
    const path = join(out, sweepFiles.record);
    const isTrained = existsSync(out) && readdirSync(out).some((run) => isBegun(join(out, run)));
    if (!existsSync(path)) {
      if (!isTrained) return new SweepRecord(out, options, vary, []);
      const problem = "it holds runs, but no record of their options";
      throw wrongFolder(out, problem, "choose another, or remove these runs");
    }
    const found = recordSchema.safeParse(parseJson(await readWholeFile(path), path));
    if (!found.success) throw new UserError(`${path}: it is not the record of a sweep; remove it.`);
    const before = found.data;
    if (!isTrained && before.runs.length === 0) return new SweepRecord(out, options, vary, []);
    const keys = [...new Set([...Object.keys(options), ...Object.keys(before.options)])];
    const changed = keys.find(
      (key) => JSON.stringify(options[key]) !== JSON.stringify(before.options[key]),
    );
    if (changed !== undefined) {
      const problem = `the runs in it were trained with another {${changed}}`;
      throw wrongFolder(out, problem, "give the same options, or choose another folder");
    }
    if (JSON.stringify(vary) !== JSON.stringify(before.vary)) {
      const names = before.vary.map((key) => `{${key}}`).join(", ") || "only the seed";
      const problem = `in its runs other options vary: ${names}`;
      throw wrongFolder(out, problem, "vary the same, or choose another folder");
    }
    return new SweepRecord(out, options, vary, before.runs as SweepRun[]);
  }

  has({ name }: GridRun): boolean {
    return this.runs.has(name);
  }

  /** The results of those runs that have ended. */
  of(runs: readonly GridRun[]): SweepRun[] {
    return runs.flatMap(({ name }) => this.runs.get(name) ?? []);
  }

  /**
   * Trains or resumes a run, and measures it.
   *
   * @returns whether it has ended.
   */
  async train(
    { name, values, seed, options: asked }: GridRun,
    { evaluateEvery, pairs, hooks }: HowToTrain,
  ): Promise<boolean> {
    const out = join(this.out, name);
    const options = { ...asked, evaluateEvery };
    try {
      const { reason } = await train(
        isBegun(out) ? { out, resume: true } : { ...options, out },
        hooks,
      );
      if (reason === "interrupted") return false;
    } catch (error) {
      if (!(error instanceof Divergence)) throw error;
      hooks.log?.(error.message);
      this.runs.set(name, { name, values, seed, state: "failed", problem: error.message });
      return true;
    }
    const measured = await measure(out, pairs, options);
    this.runs.set(name, { name, values, seed, state: "measured", ...measured });
    return true;
  }

  /** Writes the record, before the first run. */
  begin(): Promise<void> {
    return this.writeAll({ record: this.text });
  }

  /** Writes the record and the tables. */
  write(runs: readonly GridRun[]): Promise<void> {
    return this.writeAll({
      record: this.text,
      csv: sweepCsv(this.of(runs)),
      runs: sweepRunsCsv(this.of(runs)),
      markdown: `# Sweep\n\n${about}\n\n${sweepMarkdown(this.of(runs))}\n`,
    });
  }

  private get text(): string {
    const { options, vary } = this;
    return `${JSON.stringify({ options, vary, runs: [...this.runs.values()] }, null, 2)}\n`;
  }

  private async writeAll(texts: Partial<Record<keyof typeof sweepFiles, string>>): Promise<void> {
    for (const [file, text] of Object.entries(texts)) {
      const path = join(this.out, sweepFiles[file as keyof typeof texts]);
      await writeFileAtomically(path, [new TextEncoder().encode(text)]);
    }
  }
}

/** Whether a run was begun in a folder. */
const isBegun = (folder: string): boolean => existsSync(runPath(folder, "checkpoint"));

const about = `Mean ± standard deviation (n − 1) over the seeds, on the dev set: perplexity of the kept weights; BLEU and exact match of
translations with a beam of ${usualBeam}; steps and minutes of training up to these weights. The best of a column is bold.`;

/** Measures a trained model on the dev set. */
async function measure(
  out: string,
  { source, pairs, tokenizer }: MeasuredPairs,
  { device, threads }: Pick<TrainOptions, "device" | "threads">,
): Promise<Partial<SweepRun>> {
  const model = await Seq2Seq.load(out, { ...(device && { device }), ...(threads && { threads }) });
  try {
    const files = new SourceFiles(sourceFolder(source), model.sizes);
    const results = await files.use(pairs, (some) =>
      model.translateAll(
        some.map((pair) => pair.source),
        { beam: usualBeam },
      ),
    );
    const hypotheses = results.map(([best]) => best?.text ?? "");
    const references = [pairs.map(({ target }) => target)];
    const form = ModelForm.of(model.targetTokenizer);
    const inForm = (texts: readonly string[]): string[] => texts.map((text) => form.textOf(text));
    const { summary } = model;
    return {
      ...(summary && { steps: summary.steps, minutes: summary.seconds / 60 }),
      ...(summary?.devPerplexity !== undefined && { devPerplexity: summary.devPerplexity }),
      ...(canJudge(references, { tokenizer }) && {
        bleu: corpusBleu(hypotheses, references, { tokenizer }).score,
      }),
      exactMatch: exactMatchAccuracy(inForm(hypotheses), references.map(inForm)),
    };
  } finally {
    await model.release();
  }
}
