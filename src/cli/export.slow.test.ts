/** What `seq2see export` writes, prints and refuses. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Command } from "commander";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { readTensors, writeTensors } from "../../test/support/tensorFiles.ts";
import { Seq2Seq } from "../library/seq2seq.ts";
import { readCard, readModel } from "../modelFolder/nodeModelFolder.ts";
import { writeDateSamples } from "../samples/dateFiles.ts";
import { tensorValue } from "../tensor/value.ts";
import { train } from "../training/node/train.ts";
import { addExportCommand } from "./export.ts";
import { withFlags } from "./flagSpelling.ts";
import { standardOutput } from "./standardOutput.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-export-"));
const at = (...names: string[]): string => join(folder, ...names);
const write = (name: string, value: unknown): void =>
  writeFileSync(at(name), typeof value === "string" ? value : JSON.stringify(value));

let printed: string[] = [];

beforeAll(async () => {
  await writeDateSamples(folder, { train: 600, dev: 40, seed: 1 });
  const table = (name: string) => ({ kind: "table", path: at(name), columns: ["1", "2"] }) as const;
  await train({
    data: table("train.tsv"),
    dev: table("dev.tsv"),
    watch: table("dev.tsv"),
    out: at("model"),
    tokenizer: "char",
    steps: 150,
    evaluateEvery: 75,
    batch: 32,
    learningRate: 0.005,
    model: { hidden: 32, embedding: 16 },
    threads: 1,
  });
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(() => {
  printed = [];
  vi.spyOn(standardOutput, "print").mockImplementation(async (text) => {
    printed.push(text);
  });
  vi.spyOn(console, "error").mockImplementation(() => {});
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(at("web"), { recursive: true, force: true });
});

/** Runs `seq2see export`; names of files are those in the folder of this test. */
async function run(typed: string): Promise<void> {
  const program = new Command("seq2see").exitOverride().configureOutput({ writeErr: () => {} });
  addExportCommand(program);
  const words = typed.split(" ").map((word, index, all) => {
    const isPath = /^--(model|out|data|card|source|target)$/.test(all[index - 1] ?? "");
    return isPath ? at(word) : word;
  });
  for (const command of program.commands)
    command.exitOverride().configureOutput({ writeErr: () => {} });
  await program.parseAsync(["export", ...words], { from: "user" });
}

const filesIn = (path: string): string[] =>
  readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => !statSync(join(path, name)).isDirectory())
    .sort();

describe("the copy", () => {
  test("takes along the pictures that the card names, and says which is missing", async () => {
    mkdirSync(at("model", "examples"));
    write("model/examples/cat.png", "a picture");
    write("model/examples/dog.png", "not named");
    write("words.json", { pictures: ["examples/cat.png"] });
    await run("--model model --out web --card words.json");
    expect(readFileSync(at("web", "examples/cat.png"), "utf8")).toBe("a picture");
    expect(existsSync(at("web", "examples/dog.png"))).toBe(false);
    expect((await readCard(at("web")))?.pictures).toEqual(["examples/cat.png"]);
    rmSync(at("model", "examples"), { recursive: true });
    await expect(run("--model model --out other --card words.json")).rejects.toThrow(
      `${at("model", "examples/cat.png")}: the card names this picture, but it is not there; copy it there.`,
    );
    expect(existsSync(at("other"))).toBe(false);
  });

  test("holds the model, its card and what training wrote down for a page, and nothing else", async () => {
    write("model/evaluation.json", { bleu: 40 });
    await run("--model model --out web");
    rmSync(at("model", "evaluation.json"));
    expect(filesIn(at("web"))).toEqual([
      "card.json",
      "config.json",
      "evaluation.json",
      "model.safetensors",
      "source.tokenizer.json",
      "target.tokenizer.json",
      "training/metrics.jsonl",
      "training/samples.jsonl",
      "training/watched.jsonl",
    ]);
    for (const file of ["config.json", "training/metrics.jsonl", "training/watched.jsonl"]) {
      expect(readFileSync(at("web", file))).toEqual(readFileSync(at("model", file)));
    }
  });
  test("is of float16 unless another format is asked for", async () => {
    await run("--model model --out web");
    const { tensors } = await readTensors(at("web", "model.safetensors"));
    expect(new Set(Array.from(tensors.values(), ({ dtype }) => dtype))).toEqual(
      new Set(["float16"]),
    );
  });
  test.each(["float32", "float16", "int8"])("as %s is loaded as any model is", async (format) => {
    await run(`--model model --out web --weights ${format}`);
    const model = await readModel(at("model"));
    const copy = await readModel(at("web"));
    expect(copy.weightFormat).toBe(format);
    expect(copy.sizes).toEqual(model.sizes);
    const translator = await Seq2Seq.load(at("web"), { threads: 1 });
    const [best] = await translator.translate("the 3rd of March, 1987", { beam: 2 });
    await translator.release();
    expect(best?.tokens.length).toBeGreaterThan(5);
  });
  test("can be copied once more, with its words but not with what was measured before", async () => {
    write("card.json", { title: "Dates", examples: ["le 14 juillet 1989"], date: "2020-02-29" });
    await run("--model model --out web/one --card card.json --data dev.tsv --beam 1");
    await run("--model web/one --out web/two --weights int8");
    const card = await readCard(at("web", "two"));
    expect(card).toMatchObject({ title: "Dates", examples: ["le 14 juillet 1989"] });
    expect(card).toMatchObject({ evaluation: [], weights: { dtype: "int8" } });
    expect(card?.date).not.toBe("2020-02-29");
    expect(printed.at(-1)).toMatch(/^ +float16 +int8\n/);
  });
});

describe("what the copy loses", () => {
  test("is printed as one table, and stands in the card", async () => {
    await run("--model model --out web --weights int8 --data dev.tsv --beam 2 --threads 1");
    const { evaluation, weights } = (await readCard(at("web"))) as NonNullable<
      Awaited<ReturnType<typeof readCard>>
    >;
    expect(weights.bytes).toBe(statSync(at("web", "model.safetensors")).size);
    const [entry] = evaluation;
    expect(evaluation).toHaveLength(1);
    expect(entry).toMatchObject({ set: "dev", beam: 2, before: { dtype: "float32" } });
    expect(entry?.signature).toContain("tok:13a");
    const before = entry?.before;
    expect(before?.largestDifference).toBeGreaterThan(0);
    expect(printed).toHaveLength(1);
    const rows = (printed[0] as string).split("\n").map((row) => row.trim().split(/ {2,}/));
    expect(rows).toEqual([
      ["float32", "int8"],
      ["model.safetensors", expect.stringMatching(/ MB$/), expect.stringMatching(/ MB$/)],
      ["dev, beam 2"],
      ["BLEU", before?.bleu.toFixed(2), entry?.bleu.toFixed(2)],
      ["chrF2", before?.chrf.toFixed(2), entry?.chrf.toFixed(2)],
      ["perplexity", before?.perplexity.toFixed(4), entry?.perplexity.toFixed(4)],
      ["largest difference of a log-probability", before?.largestDifference.toPrecision(2)],
    ]);
  });
  test("is nothing for float32, little for float16 and more for int8", async () => {
    const differences: number[] = [];
    for (const format of ["float32", "float16", "int8"]) {
      await run(`--model model --out web/${format} --weights ${format} --data dev.tsv --beam 1`);
      const card = await readCard(at("web", format));
      differences.push(card?.evaluation[0]?.before?.largestDifference as number);
    }
    const [none, little, more] = differences as [number, number, number];
    expect(none).toBe(0);
    expect(little).toBeGreaterThan(0);
    expect(little).toBeLessThan(0.05);
    expect(more).toBeGreaterThan(little);
  });
  test("is measured as evaluate measures: these are the model's own numbers", async () => {
    await run("--model model --out web --data dev.tsv --beam 1 --threads 1");
    const lines = readFileSync(at("dev.tsv"), "utf8").trim().split("\n");
    const pairs = lines.map((line) => {
      const [source, target] = line.split("\t") as [string, string];
      return { source, target };
    });
    const copy = await Seq2Seq.load(at("web"), { threads: 1 });
    const scores = await copy.score(pairs);
    await copy.release();
    const logProbabilities = scores.flatMap((score) => score.logProbabilities);
    const sum = logProbabilities.reduce((total, each) => total + each, 0);
    const card = await readCard(at("web"));
    expect(card?.evaluation[0]?.perplexity).toBeCloseTo(
      Math.exp(-sum / logProbabilities.length),
      4,
    );
  });
  test("is not measured without pairs: the table has the sizes alone", async () => {
    await run("--model model --out web");
    expect(printed).toHaveLength(1);
    expect((printed[0] as string).split("\n")).toHaveLength(2);
    expect((await readCard(at("web")))?.evaluation).toEqual([]);
  });
});

describe("the card", () => {
  test("says by itself only what is known", async () => {
    await run("--model model --out web");
    const { summary } = await readModel(at("model"));
    const sample = readFileSync(at("model", "training", "sample.pairs.jsonl"), "utf8").split("\n");
    const sources = sample.filter(Boolean).map((line) => JSON.parse(line).source);
    expect(sources.length).toBeGreaterThan(0);
    expect(await readCard(at("web"))).toEqual({
      format: "seq2see-card",
      version: 1,
      heldOutPairs: summary?.heldOutPairs ?? null,
      title: "model",
      languages: null,
      data: [],
      command: null,
      minutes: Math.round((summary?.seconds ?? 0) / 6) / 10,
      evaluation: [],
      notes: "",
      examples: sources.slice(0, 8),
      pictures: [],
      weights: { dtype: "float16", bytes: statSync(at("web", "model.safetensors")).size },
      date: new Date().toISOString().slice(0, 10),
    });
  });
  test("has the words of --card", async () => {
    const words = {
      title: "Dates",
      languages: { source: "dates in words", target: "ISO 8601" },
      data: [{ name: "made up", licence: "CC0", attribution: "seq2see", pairs: 600 }],
      command: "seq2see demo",
      minutes: 1,
      notes: "A toy.",
      examples: ["9. November 1989"],
      date: "2025-11-30",
    };
    write("card.json", words);
    await run("--model model --out web --card card.json");
    expect(await readCard(at("web"))).toMatchObject(words);
  });
});

describe("refused, with every file as it was,", () => {
  const large = async (): Promise<void> => {
    cpSync(at("model"), at("large"), { recursive: true });
    const { tensors, metadata } = await readTensors(at("model", "model.safetensors"));
    const { shape } = tensors.get("output.bias") as { shape: readonly number[] };
    tensors.set("output.bias", tensorValue("float32", shape, 70000));
    await writeTensors(at("large", "model.safetensors"), tensors, metadata);
  };
  const cutMetrics = (): void => {
    cpSync(at("model"), at("cut"), { recursive: true });
    write("cut/training/metrics.jsonl", '{"step":1}\n{"step":');
  };
  const model = "--model model --out web";
  test.each<[string, string, RegExp, (() => void | Promise<void>)?]>([
    ["no folder", "--model model", /required option '--out <folder>' not specified/],
    ["no model", "--out web", /required option '--model <folder>' not specified/],
    ["a model that is not there", "--model nowhere --out web", /nowhere: there is no such folder/],
    [
      "the model's own folder",
      "--model model --out model",
      /--out \S*model: the folder holds a model already; choose another\./,
    ],
    [
      "a folder of other things",
      "--model model --out mine",
      /--out \S*mine: the folder holds notes\.txt; choose one that is new or empty\./,
      () => {
        mkdirSync(at("mine"));
        write("mine/notes.txt", "not to be lost");
      },
    ],
    [
      "a file as folder",
      "--model model --out dev.tsv",
      /--out \S*dev\.tsv: this is a file; choose another folder\./,
    ],
    [
      "a folder in a file",
      "--model model --out dev.tsv/web",
      /--out \S*dev\.tsv\/web: \S*dev\.tsv is a file, not a folder; choose another folder\./,
    ],
    [
      "an unknown format",
      `${model} --weights int4`,
      /'int4' is invalid\. Did you mean int8\? Allowed choices are float32, float16, int8/,
    ],
    [
      "weights beyond float16",
      "--model large --out web",
      /--weights float16: output\.bias holds 70000, and float16 ends at 65504; export as float32 or int8\./,
      large,
    ],
    [
      "a card that is not there",
      `${model} --card none.json`,
      /--card .*none\.json: there is no such file; check the path\./,
    ],
    [
      "a card that is not JSON",
      `${model} --card dev.tsv`,
      /--card \S*dev\.tsv: it is not JSON in UTF-8; write the card again\./,
    ],
    [
      "a card with an unknown part",
      `${model} --card odd.json`,
      /--card \S*odd\.json: there is no "titel"; a card has title, /,
      () => write("odd.json", { titel: "x" }),
    ],
    [
      "pairs that are not there",
      `${model} --data none.tsv`,
      /none\.tsv: there is no such file; check the path\./,
    ],
    [
      "pairs without sources",
      `${model} --data blank.tsv`,
      /blank\.tsv: every source is empty; check the columns\./,
      () => write("blank.tsv", "\tone\n \ttwo\n"),
    ],
    [
      "pairs without a column",
      `${model} --data dev.tsv --columns 1,3`,
      /dev\.tsv: line 1 has 2 columns but columns 1 and 3/,
    ],
    [
      "one file of two",
      `${model} --source dev.tsv`,
      /--data with a table, or --source and --target with a file each\./,
    ],
    [
      "a beam without pairs",
      `${model} --beam 2`,
      /--beam: nothing is measured without pairs; add --data FILE, or leave --beam out\./,
    ],
    ["no beam", `${model} --data dev.tsv --beam 0`, /'0' is invalid\. Give a whole number from 1/],
    [
      "an unknown tokenizer",
      `${model} --data dev.tsv --bleu-tokenizer moses`,
      /--bleu-tokenizer moses: choose one of /,
    ],
    [
      "an unknown device",
      `${model} --device abacus`,
      /--device abacus: there is no such device; choose one of .*cpu/,
    ],
    [
      "metrics that were cut short",
      "--model cut --out web",
      /cut\/training\/metrics\.jsonl: line 2 is not JSON; restore the file, or remove it\./,
      cutMetrics,
    ],
  ])("is %s", async (_, typed, says, prepare) => {
    await prepare?.();
    const before = filesIn(folder);
    const failure = await run(typed).then(
      () => "it did not fail",
      (error: unknown) => (withFlags(error) as Error).message,
    );
    expect(failure).toMatch(says);
    expect(filesIn(folder)).toEqual(before);
    expect(existsSync(at("web"))).toBe(false);
    expect(printed).toEqual([]);
  });
});

test("nothing that is written names a folder of this machine", async () => {
  await run("--model model --out web --data dev.tsv --beam 1");
  for (const file of filesIn(at("web")).filter((name) => !name.endsWith(".safetensors"))) {
    expect(readFileSync(at("web", file), "utf8")).not.toContain(basename(folder));
  }
});
