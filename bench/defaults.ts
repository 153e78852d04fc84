/**
 * @file `npm run bench:defaults -- PHASE [options]`: how good the defaults that follow the corpus are.
 *
 * Trains models on six corpora with the defaults of today, the defaults of earlier versions and settings chosen by
 * hand, and translates held-out texts with them. Three phases, each repeated for what is missing:
 *
 * - `speed` measures the steps a minute of each setting. It needs an idle machine.
 * - `train` makes as many steps as such a machine makes in the given minutes, however busy the machine is now, and
 *   evaluates. Its figures belong to the machine on which `speed` was run.
 * - `table` prints the results.
 *
 * `docs/defaults.md` has the results.
 */
import { execFile } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import { pairReader } from "../src/data/node/readPairs.ts";
import { surveyCorpus } from "../src/data/survey.ts";
import { dateSamples } from "../src/samples/dates.ts";
import { choiceFor, corpusFacts } from "../src/training/plan/corpusDefaults.ts";

/** What a corpus is measured with. */
interface Corpus {
  readonly name: string;
  readonly metric: "bleu" | "exact" | "rouge";
  /** The rows of training and held-out pairs. */
  rows(): { readonly train: readonly string[]; readonly dev: readonly string[] };
  /** Options of each training besides the settings. */
  readonly options?: readonly string[];
  /** Settings chosen by hand, as options of `train`. */
  readonly byHand: readonly string[];
}

/** The result of a training. */
interface Result {
  readonly corpus: string;
  readonly setting: string;
  readonly minutes: number;
  readonly options: string;
  readonly steps: number;
  readonly score: number;
}

/** The measured speed of a setting. */
interface Speed {
  readonly corpus: string;
  /** The options that speed depends on. */
  readonly sizes: string;
  readonly stepsPerMinute: number;
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    corpora: { type: "string", default: "../shared/data" },
    /** The work folder of `npm run recipe -- summaries --prepare-only`. */
    descriptions: { type: "string", default: ".tmp/recipes/summaries" },
    work: { type: "string", default: ".tmp/defaults" },
    minutes: { type: "string", default: "3,10" },
    corpus: { type: "string", default: "" },
    setting: { type: "string", default: "" },
    threads: { type: "string", default: "2" },
  },
});

/** Before the defaults followed the corpus: one size for everything. */
const before =
  "--tokenizer bpe:8000 --batch 64 --learning-rate 0.001 --schedule constant --hidden 512 --embedding 512 --dropout 0.3";

/** The share of the minutes that evaluations during the run take. */
const evaluationShare = 0.05;

const corpora: readonly Corpus[] = [
  {
    name: "tatoeba-5000",
    metric: "bleu",
    rows: () => tatoeba(5000),
    byHand: [
      "--tokenizer bpe:1000 --batch 32 --learning-rate 0.003 --hidden 256 --embedding 128 --dropout 0.3",
      "--tokenizer bpe:1000 --batch 64 --learning-rate 0.005 --hidden 192 --embedding 96 --dropout 0.3",
    ],
  },
  {
    name: "tatoeba-20000",
    metric: "bleu",
    rows: () => tatoeba(20_000),
    byHand: [
      "--tokenizer bpe:3000 --batch 128 --learning-rate 0.002 --hidden 256 --embedding 128 --dropout 0.3",
      "--tokenizer bpe:2000 --batch 32 --learning-rate 0.003 --hidden 256 --embedding 256 --dropout 0.2",
    ],
  },
  {
    name: "tatoeba-160000",
    metric: "bleu",
    rows: () => tatoeba(Number.POSITIVE_INFINITY),
    byHand: [
      "--tokenizer bpe:4000 --batch 32 --learning-rate 0.003 --hidden 256 --embedding 128 --dropout 0.1",
      "--tokenizer bpe:4000 --batch 64 --learning-rate 0.003 --hidden 384 --embedding 192 --dropout 0.1",
    ],
  },
  {
    name: "dates",
    metric: "exact",
    rows() {
      const rows = dateSamples(10_500, 1).map(({ source, target }) => `${source}\t${target}`);
      return { train: rows.slice(0, 10_000), dev: rows.slice(10_000) };
    },
    byHand: [
      "--tokenizer char --batch 128 --learning-rate 0.005 --hidden 96 --embedding 32 --dropout 0.1",
      "--tokenizer char --batch 64 --learning-rate 0.003 --hidden 128 --embedding 32 --dropout 0.1",
    ],
  },
  {
    name: "cmudict",
    metric: "exact",
    rows() {
      const dev = lines("cmudict.dev.tsv.gz");
      const words = new Set(dev.map((row) => row.split("\t")[0]));
      const train = lines("cmudict.train.tsv.gz").filter((row) => !words.has(row.split("\t")[0]));
      return { train, dev: sample(dev, 1000) };
    },
    byHand: [
      "--tokenizer bpe:160 --batch 64 --learning-rate 0.003 --hidden 128 --embedding 64 --dropout 0.1",
      "--tokenizer bpe:160 --batch 128 --learning-rate 0.005 --hidden 192 --embedding 64 --dropout 0",
    ],
  },
  {
    name: "descriptions",
    metric: "rouge",
    options: ["--lowercase", "--max-length", "130"],
    rows: () => ({
      train: rowsOf(readFileSync(join(values.descriptions, "data/train.tsv"), "utf8")),
      dev: sample(rowsOf(readFileSync(join(values.descriptions, "data/dev.tsv"), "utf8")), 500),
    }),
    byHand: [
      "--tokenizer bpe:4000 --batch 32 --learning-rate 0.003 --hidden 256 --embedding 256 --dropout 0.1",
      "--tokenizer bpe:8000 --batch 64 --learning-rate 0.003 --hidden 256 --embedding 128 --dropout 0.1",
    ],
  },
];

/** The metric's name as `evaluate` and the table spell it. */
const metricNames = {
  bleu: { option: "bleu", title: "BLEU" },
  exact: { option: "exact", title: "right, %" },
  rouge: { option: "rouge", title: "ROUGE L, %" },
} as const;

/** What is read from the report of `evaluate --json`. */
interface Report {
  readonly bleu?: { readonly score: number };
  readonly exactMatch?: number;
  readonly rouge?: { readonly rougeL: number };
}

const program = join(import.meta.dirname, "../src/cli/main.js");
const run = promisify(execFile);
const resultsFile = join(values.work, "results.jsonl");
const speedsFile = join(values.work, "speeds.jsonl");

const phases: Readonly<Record<string, () => Promise<void> | void>> = {
  speed: measureSpeeds,
  train: trainAll,
  table: printTable,
};
const phase = phases[positionals[0] ?? ""];
if (phase === undefined) {
  console.error(`Name a phase: ${Object.keys(phases).join(", ")}.`);
  process.exit(1);
}
mkdirSync(values.work, { recursive: true });
await phase();

async function measureSpeeds(): Promise<void> {
  for (const { corpus, options } of await trainings()) {
    const sizes = sizesIn(options);
    const known = read<Speed>(speedsFile);
    if (known.some((speed) => speed.corpus === corpus.name && speed.sizes === sizes)) continue;
    const { steps, seconds } = await train(corpus, options, ["--minutes", "0.6"]);
    const stepsPerMinute = Math.round((60 * steps) / seconds);
    append(speedsFile, { corpus: corpus.name, sizes, stepsPerMinute } satisfies Speed);
    console.log(`${corpus.name}  ${stepsPerMinute} steps a minute  ${sizes}`);
  }
}

async function trainAll(): Promise<void> {
  for (const { corpus, setting, minutes, options } of await trainings()) {
    const isDone = ({ corpus: name, setting: other, minutes: time }: Result): boolean =>
      name === corpus.name && other === setting && time === minutes;
    if (read<Result>(resultsFile).some(isDone)) continue;
    const speed = read<Speed>(speedsFile).find(
      (each) => each.corpus === corpus.name && each.sizes === sizesIn(options),
    );
    if (speed === undefined) {
      throw new Error(`${corpus.name}: no speed of ${options}; run the phase speed first.`);
    }
    const steps = Math.round(minutes * (1 - evaluationShare) * speed.stepsPerMinute);
    await train(corpus, options, ["--steps", String(steps)]);
    const score = await evaluate(corpus);
    const result = { corpus: corpus.name, setting, minutes, options, steps, score };
    append(resultsFile, result satisfies Result);
    console.log(`${corpus.name}  ${minutes} min  ${setting}  ${steps} steps  ${score}  ${options}`);
  }
}

function printTable(): void {
  const results = read<Result>(resultsFile);
  console.log(
    "| corpus | minutes | before | now | best by hand |\n| --- | --- | --- | --- | --- |",
  );
  for (const { name, metric } of corpora) {
    const ofCorpus = results.filter((result) => result.corpus === name);
    for (const minutes of [...new Set(ofCorpus.map((result) => result.minutes))]) {
      const cell = (prefix: string): string => {
        const [best] = ofCorpus
          .filter((result) => result.minutes === minutes && result.setting.startsWith(prefix))
          .sort((a, b) => b.score - a.score);
        return best === undefined ? "–" : `${best.score} (\`${best.options}\`)`;
      };
      const title = `${name}, ${metricNames[metric].title}`;
      console.log(
        `| ${title} | ${minutes} | ${cell("before")} | ${cell("now")} | ${cell("hand")} |`,
      );
    }
  }
}

/** The trainings that the command line asks for, in the order of the minutes. */
async function trainings() {
  const wanted = (list: string, name: string): boolean =>
    list === "" || list.split(",").includes(name);
  const all = [];
  for (const minutes of values.minutes.split(",").map(Number)) {
    for (const corpus of corpora.filter(({ name }) => wanted(values.corpus, name))) {
      prepare(corpus);
      const settings: Record<string, string> = { now: await choiceOf(corpus, minutes), before };
      corpus.byHand.forEach((options, i) => {
        settings[`hand${i + 1}`] = `${options} --schedule linear`;
      });
      for (const [setting, options] of Object.entries(settings)) {
        if (wanted(values.setting, setting)) all.push({ corpus, setting, minutes, options });
      }
    }
  }
  return all;
}

/** The options that decide how long a step takes. */
function sizesIn(options: string): string {
  return options.replaceAll(/ ?--(dropout|learning-rate|schedule) \S+/g, "");
}

/** What `train --minutes` chooses by itself, as options. */
async function choiceOf(corpus: Corpus, minutes: number): Promise<string> {
  const source = { kind: "table", path: file(corpus, "train"), columns: ["1", "2"] } as const;
  const lowercase = corpus.options?.includes("--lowercase") ?? false;
  const facts = corpusFacts(await surveyCorpus(pairReader(source), { lowercase }), false);
  const limits = { minutes, epochs: undefined, steps: undefined };
  const choice = choiceFor(facts, { limits, hidden: undefined });
  const { tokenizer, batch, learningRate, schedule, hidden, embedding, dropout } = choice;
  return `--tokenizer ${tokenizer} --batch ${batch} --learning-rate ${learningRate} --hidden ${hidden} --embedding ${embedding} --dropout ${dropout} --schedule ${schedule}`;
}

/** Trains a model from nothing; returns the steps that it made and the seconds that they took. */
async function train(
  corpus: Corpus,
  options: string,
  end: readonly string[],
): Promise<{ steps: number; seconds: number }> {
  const model = join(values.work, `model-${process.pid}`);
  rmSync(model, { recursive: true, force: true });
  const { stderr } = await run(
    process.execPath,
    [
      ...[program, "train", "--data", file(corpus, "train"), "--no-dev", "--out", model],
      ...[...options.split(" "), ...(corpus.options ?? []), ...end, "--threads", values.threads],
    ],
    { maxBuffer: 1 << 26 },
  );
  const done = /Done after ([\d,]+) steps, (?:(\d+) min )?(?:(\d+) s)?/.exec(stderr);
  if (done === null) throw new Error(`train did not say how many steps it made:\n${stderr}`);
  const [, steps = "", minutes = "0", seconds = "0"] = done;
  return {
    steps: Number(steps.replaceAll(",", "")),
    seconds: 60 * Number(minutes) + Number(seconds),
  };
}

async function evaluate(corpus: Corpus): Promise<number> {
  const model = join(values.work, `model-${process.pid}`);
  const { option } = metricNames[corpus.metric];
  const { stdout } = await run(process.execPath, [
    ...[program, "evaluate", "--model", model, "--data", file(corpus, "dev"), "--json"],
    ...["--metrics", option, "--beam", "1", "--threads", values.threads],
    ...(corpus.options?.includes("--lowercase") ? ["--lowercase"] : []),
  ]);
  rmSync(model, { recursive: true, force: true });
  return scoreOf(JSON.parse(stdout) as Report, corpus.metric);
}

/** The figure in a report of `evaluate --json`, in hundredths. */
function scoreOf(report: Report, metric: Corpus["metric"]): number {
  const scores = {
    bleu: report.bleu?.score,
    exact: 100 * (report.exactMatch ?? Number.NaN),
    rouge: 100 * (report.rouge?.rougeL ?? Number.NaN),
  };
  return Number((scores[metric] ?? Number.NaN).toFixed(1));
}

function tatoeba(pairs: number): { train: string[]; dev: string[] } {
  return {
    train: sample(lines("tatoeba.fr-en.train.tsv.gz"), pairs),
    dev: sample(lines("tatoeba.fr-en.dev.tsv.gz"), 500),
  };
}

/** Rows spread evenly over a list. */
function sample(rows: readonly string[], count: number): string[] {
  const step = Math.max(1, rows.length / count);
  const taken = Math.min(rows.length, count);
  return Array.from({ length: taken }, (_, i) => rows[Math.floor(i * step)] as string);
}

function prepare(corpus: Corpus): void {
  if (existsSync(file(corpus, "dev"))) return;
  const { train, dev } = corpus.rows();
  writeFileSync(file(corpus, "train"), `${train.join("\n")}\n`);
  writeFileSync(file(corpus, "dev"), `${dev.join("\n")}\n`);
}

function file({ name }: Corpus, set: "train" | "dev"): string {
  return join(values.work, `${name}.${set}.tsv`);
}

function lines(name: string): string[] {
  return rowsOf(gunzipSync(readFileSync(join(values.corpora, name))).toString("utf8"));
}

function rowsOf(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}

function read<T>(path: string): T[] {
  return existsSync(path) ? rowsOf(readFileSync(path, "utf8")).map((line) => JSON.parse(line)) : [];
}

function append(path: string, row: object): void {
  appendFileSync(path, `${JSON.stringify(row)}\n`);
}
