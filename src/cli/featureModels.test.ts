/** The commands with a model that reads files of features: one, or several together. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { runTyped } from "../../test/support/commandLine.ts";
import { npyOf, pngFile } from "../../test/support/featureFiles.ts";
import { writeRandomModel } from "../../test/support/writtenModel.ts";
import { Seq2SeqEnsemble } from "../library/seq2seqEnsemble.ts";
import { readModel } from "../modelFolder/nodeModelFolder.ts";
import { train } from "../training/node/train.ts";
import { addAverageCommand } from "./average.ts";
import { addEvaluateCommand } from "./evaluate.ts";
import { addScoreCommand } from "./score.ts";
import { standardOutput } from "./standardOutput.ts";
import { addTrainCommand } from "./train.ts";
import { addTranslateCommand } from "./translate.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-feature-models-"));
const at = (name: string): string => join(folder, name);
let printed: string[];

beforeAll(async () => {
  for (const number of [1, 2, 3]) {
    const rows = Array.from({ length: number }, (_, row) => [number, row, 0.5, -1]);
    writeFileSync(at(`${number}.npy`), npyOf(rows));
  }
  writeFileSync(at("wide.npy"), npyOf([[1, 2, 3, 4, 5]]));
  const lines = ["1.npy\tone one", "1.npy\tone", "2.npy\ttwo", "3.npy\tone two three"];
  writeFileSync(at("pairs.tsv"), `${lines.join("\n")}\n`);
  writeFileSync(at("wide.tsv"), "wide.npy\tone\n");
  writeFileSync(at("names.txt"), "1.npy\n2.npy\n3.npy\n");
  writeFileSync(at("links.txt"), "0-0\n0-0\n0-0\n0-0\n");
  writeFileSync(at("words.tsv"), "un\tone\n");
  for (const [name, data, seed] of [
    ["model", "pairs", 1],
    ["other", "pairs", 2],
    ["wide", "wide", 1],
  ] as const) {
    await train({
      data: { kind: "table", path: at(`${data}.tsv`), columns: ["1", "2"] },
      out: at(name),
      steps: 2,
      threads: 1,
      seed,
      tokenizer: "word:16",
      preset: "xu2015",
      model: { hidden: 8, embedding: 6 },
    });
  }
  await writeRandomModel(at("text"));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  printed = [];
  vi.spyOn(standardOutput, "print").mockImplementation(async (text) => {
    printed.push(...text.split("\n"));
  });
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  vi.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(() => vi.restoreAllMocks());

/** Runs a command with model folders and options; yields the lines that it prints. */
async function run(name: string, models: readonly string[], ...words: string[]): Promise<string[]> {
  const program = new Command();
  for (const add of [addEvaluateCommand, addScoreCommand, addTrainCommand, addTranslateCommand])
    add(program);
  printed = [];
  const flags = models.flatMap((each) => ["--model", at(each)]);
  await runTyped(program, [name, ...flags, ...words]);
  return printed;
}

const translate = [
  "--input",
  at("names.txt"),
  "--min-length",
  "2",
  "--max-length",
  "4",
  "--n-best",
  "2",
];
const pairs = ["--data", at("pairs.tsv")];

describe("an ensemble", () => {
  test("of one model twice is that model", async () => {
    for (const [name, words] of [
      ["translate", translate],
      ["score", pairs],
      [
        "evaluate",
        [...pairs, "--min-length", "2", "--max-length", "4", "--metrics", "chrf,perplexity"],
      ],
    ] as const) {
      const alone = await run(name, ["model"], ...words);
      const twice = await run(name, ["model", "model"], ...words);
      const untimed = (lines: readonly string[]) => lines.filter((line) => !/ s$/.test(line));
      expect(untimed(twice), name).toEqual(untimed(alone));
      expect(alone.length, name).toBeGreaterThan(1);
    }
  });

  test("of two gives each token the mean of their probabilities", async () => {
    const scores = async (models: string[]): Promise<number[][]> =>
      (await run("score", models, ...pairs, "--json")).map(
        (line) => (JSON.parse(line) as { logProbabilities: number[] }).logProbabilities,
      );
    const [one, two] = [await scores(["model"]), await scores(["other"])];
    const both = await scores(["model", "other"]);
    expect(both).toHaveLength(4);
    both.forEach((tokens, pair) => {
      tokens.forEach((value, token) => {
        const [left, right] = [one, two].map((each) => Math.exp(each[pair]?.[token] as number));
        expect(Math.exp(value)).toBeCloseTo(((left as number) + (right as number)) / 2, 5);
      });
    });
  });

  test("reads its files as its members do", async () => {
    const models = await Seq2SeqEnsemble.load([at("model"), at("other")], { threads: 1 });
    const source = await models.readSource(at("2.npy"));
    const [best] = await models.translate(source, { beam: 2, maxLength: 3 });
    expect(best?.attention?.[0]).toHaveLength(2);
    await models.release();
  });

  test.each([
    ["text", "text where .*model reads rows of 4 features"],
    ["wide", "rows of 5 features where .*model reads rows of 4 features"],
  ])("of models that read something else is refused: %s", async (other, message) => {
    await expect(run("score", ["model", other], ...pairs)).rejects.toThrow(
      new RegExp(`${other}: it reads ${message}; an ensemble takes`),
    );
  });
});

test("the mean of a model and itself is that model", async () => {
  const models = [at("model"), at("model")].flatMap((each) => ["--model", each]);
  const program = new Command();
  addAverageCommand(program);
  await runTyped(program, ["average", ...models, "--out", at("mean")]);
  expect(await run("score", ["mean"], ...pairs)).toEqual(await run("score", ["model"], ...pairs));
});

test("pictures are cut, told apart, and traced by the grid that the model was trained with", async () => {
  const colours = { red: [255, 0, 0], blue: [0, 0, 255] };
  for (const [name, colour] of Object.entries(colours)) {
    const pixels = Array.from({ length: 16 }, () => colour).flat();
    writeFileSync(at(`${name}.png`), pngFile(4, 4, Uint8Array.from(pixels)));
  }
  writeFileSync(at("pictures.tsv"), "red.png\tred\nblue.png\tblue\n");
  await train({
    data: { kind: "table", path: at("pictures.tsv"), columns: ["1", "2"] },
    out: at("pictures"),
    steps: 80,
    threads: 1,
    learningRate: 0.02,
    tokenizer: "word:16",
    preset: "xu2015",
    model: { hidden: 8, embedding: 6, dropout: 0, patchRows: 2, patchColumns: 1 },
  });
  writeFileSync(at("pictures.txt"), "blue.png\nred.png\n");
  const words = ["--input", at("pictures.txt"), "--trace", at("pictures.jsonl")];
  expect(await run("translate", ["pictures"], ...words)).toEqual(["blue", "red"]);
  const [trace] = readFileSync(at("pictures.jsonl"), "utf8").split("\n");
  expect(JSON.parse(trace as string)).toMatchObject({
    source: {
      text: "blue.png",
      tokens: ["1,1", "2,1"],
      features: { grid: { rows: 2, columns: 1 }, picture: { width: 4, height: 4 } },
    },
  });
});

test("a prefix begins what is said of each file", async () => {
  const plain = ["--input", at("names.txt"), "--max-length", "4"];
  const lines = await run("translate", ["model"], ...plain, "--prefix", "two one");
  expect(lines).toHaveLength(3);
  for (const line of lines) expect(line).toMatch(/^two one/);
});

test("pairs of one file can be one source with several references", async () => {
  const words = [...pairs, "--max-length", "4", "--metrics", "bleu", "--json", "--group"];
  const result = await run("evaluate", ["model"], ...words);
  expect(JSON.parse(result.join("\n"))).toMatchObject({ sentences: 3 });
});

test("rows keep their columns beside the score", async () => {
  const rows = await run("score", ["model"], ...pairs, "--keep-columns");
  expect(rows.map((row) => row.split("\t").slice(0, 2).join("\t"))).toEqual(
    readFileSync(at("pairs.tsv"), "utf8").trimEnd().split("\n"),
  );
});

test.each([
  [
    "translate",
    [...translate, "--dictionary", at("words.tsv")],
    /^--dictionary: the model reads files, .*leave --dictionary out\.$/,
  ],
  ["evaluate", [...pairs, "--by-length"], /^--by-length: the model reads files.*leave it out\.$/],
  ["evaluate", [...pairs, "--save"], /^--save: .*the model reads files.*leave it out\.$/],
])("what is of words is refused: %s %j", async (name, words, message) => {
  await expect(run(name, ["model"], ...words)).rejects.toThrow(message);
});

test.each([
  [["--preset", "xu2015", "--guided-alignment", at("links.txt")], /^--guided-alignment .*of words/],
  [
    ["--from", at("model"), "--patches", "4x2"],
    /^--patches 4x2: the model to start from fixes it \(none\)/,
  ],
  [["--from", at("model"), "--source-embeddings", at("words.tsv")], /^--source-embeddings /],
])("so is in training what cannot be: %j", async (words, message) => {
  const training = ["--steps", "1", "--out", at("bad"), "--threads", "1"];
  await expect(run("train", [], ...pairs, ...training, ...words)).rejects.toThrow(message);
});

test("a run that starts from a model keeps its embeddings, if they are frozen", async () => {
  const words = ["--from", at("model"), "--freeze-embeddings", "--steps", "2"];
  await run("train", [], ...pairs, ...words, "--out", at("later"), "--threads", "1");
  const [before, after] = [await readModel(at("model")), await readModel(at("later"))];
  const table = "target_embedding";
  expect(after.weights.get(table)).toEqual(before.weights.get(table));
  expect(after.weights.get("features.W")).not.toEqual(before.weights.get("features.W"));
});
