/** Every row of the tables of options: that each front takes it, that it is kept, and where it is refused. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { fileOptions } from "../src/cli/configFile.ts";
import { flagOf, flagSpelling } from "../src/cli/flagSpelling.ts";
import { addTranslationOptions } from "../src/cli/searchFlags.ts";
import { addTrainCommand, trainTable } from "../src/cli/train.ts";
import { translationOptions } from "../src/decoding/options.ts";
import { configure } from "../src/models/configuration.ts";
import { modelOptions, sizesSchema } from "../src/models/options.ts";
import type { Option, OptionTable } from "../src/options/option.ts";
import { takenBy } from "../src/options/option.ts";
import { OptionError } from "../src/options/optionError.ts";
import { mentionedIn } from "../src/options/spelling.ts";
import type { TrainOptions } from "../src/training/plan/options.ts";
import { spentOptions, trainingOptions } from "../src/training/plan/options.ts";
import { plan, storedOptions } from "../src/training/plan/plan.ts";
import { runTyped } from "./support/commandLine.ts";

const train = vi.fn();

const folder = mkdtempSync(join(tmpdir(), "seq2see-options-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Values = Record<string, unknown>;
type Row = readonly [key: string, row: Option];

const rowsOf = (table: OptionTable): Row[] =>
  Object.entries(table).filter(([, { isDerived }]) => !isDerived);
const modelRows = rowsOf(modelOptions);
const trainingRows = rowsOf(trainingOptions);
const ofModel = (key: string): boolean => modelRows.some(([each]) => each === key);

/** A run that is planned without more options. */
const base: Values = { data: "train.tsv", dev: "dev.tsv", out: "model", steps: 3 };

/** A value other than the default of options that take a text, or whose first value does not fit alone. */
const texts: Values = {
  data: "other.tsv",
  dev: "tune.tsv",
  watch: "some.tsv",
  columns: "2,1",
  tokenizer: "char",
  out: "other",
  preset: "bahdanau2014",
  patches: "2",
  optimizer: "sgd",
  schedule: "constant",
  scheduledSampling: "linear:9",
  bleuTokenizer: "char",
  readout: "linear",
  attention: "dot",
  bridge: "zero",
  cell: "gru",
  keepBest: "none",
};

/** What an option needs beside it to have an effect, or to fit. */
const companions: Record<string, Values> = {
  source: { data: undefined, target: "b.txt", dev: "c.txt,d.txt" },
  target: { data: undefined, source: "a.txt", dev: "c.txt,d.txt" },
  freezeEmbeddings: { sourceEmbeddings: "v.txt" },
  bleuTokenizer: { keepBest: "bleu" },
  guidedAlignmentWeight: { guidedAlignment: "links.txt" },
  window: { attentionScope: "local-p" },
  locations: { attention: "location" },
  resetGate: { cell: "gru" },
  upperContext: { preset: "nmt-wmt16-gnmt-4-layer" },
  readoutState: { preset: "bahdanau2014" },
  maxout: { preset: "bahdanau2014" },
  contextGate: { preset: "bahdanau2014" },
  encoder: { attention: "general" },
  encoderLayers: { layers: 3 },
  encoderHidden: { bridge: "linear" },
  summary: { preset: "rnnencdec2014" },
  attentionPlace: { preset: "bahdanau2014" },
  tiedEmbeddings: { hidden: 64, embedding: 64 },
  residualFrom: { layers: 3 },
};

/** Values that a model takes only in company. */
const fitting: Values = {
  encoderLayers: 3,
  residualFrom: 2,
  summary: "linear",
  attentionPlace: "before",
  encoderHidden: 20,
  hidden: 20,
  bidirectionalStacks: false,
  bidirectionalLayers: true,
  inputFeeding: true,
  sourceInput: "features",
};

function sampleOf(key: string, { schema, default: usual }: Option): unknown {
  if (key in texts) return texts[key];
  if (key in fitting) return fitting[key];
  const { isSwitch, isNumber, words } = takenBy(schema);
  if (isSwitch) return true;
  if (!isNumber) return words.find((word) => word !== usual) ?? `${key}.txt`;
  return [7, 0.25].find((value) => value !== usual && schema.safeParse(value).success);
}

const cases = [...trainingRows, ...modelRows].map(
  ([key, row]) => [key, sampleOf(key, row), row] as const,
);

/** Options as `train` takes them, of those that stand side by side in a file. */
function asRequest(values: Values): TrainOptions {
  const entries = Object.entries(values);
  const model = Object.fromEntries(entries.filter(([key]) => ofModel(key)));
  const rest = Object.fromEntries(entries.filter(([key]) => !ofModel(key)));
  return { ...rest, model } as unknown as TrainOptions;
}

const given = (key: string, value: unknown): TrainOptions =>
  asRequest({ ...base, ...companions[key], [key]: value });

/** What was planned of an option. */
function planned(key: string, request: TrainOptions): unknown {
  const { options, configuration } = plan(request);
  return ofModel(key)
    ? configuration[key as keyof typeof configuration]
    : options[key as keyof typeof options];
}

beforeEach(() => {
  train.mockReset();
  train.mockImplementation(async (options: TrainOptions) => {
    if (!options.resume) plan(options);
    return { out: "", steps: 1, seconds: 1, bestStep: 0, devPerplexity: null, reason: "limit" };
  });
  vi.spyOn(console, "error").mockImplementation(() => {});
});

async function typed(values: Values): Promise<TrainOptions> {
  const words = Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : flagSpelling.setting(key, value).split(" "),
  );
  const program = new Command();
  addTrainCommand(program, train);
  await runTyped(program, ["train", ...words]);
  return train.mock.lastCall?.[0] as TrainOptions;
}

const found = (key: string, options: TrainOptions): unknown =>
  ofModel(key)
    ? options.model?.[key as keyof typeof options.model]
    : options[key as keyof TrainOptions];

describe.each(cases)("%s: %j", (key, value, row) => {
  test("is taken by the command line and by configuration files", async () => {
    const values = { ...base, ...companions[key], [key]: value };
    expect(found(key, await typed(values))).toEqual(value);
    const path = join(folder, "config.json");
    for (const name of [key, flagOf(key).slice(2)]) {
      writeFileSync(path, JSON.stringify({ [name]: value }));
      expect(await fileOptions(path, trainTable)).toEqual({ [key]: value });
    }
    if (row.helpOff === undefined) return;
    const off = { ...base, [key]: false };
    train.mockImplementation(async () => ({ reason: "limit", devPerplexity: null }));
    const request = await typed(off).catch(() => train.mock.lastCall?.[0] as TrainOptions);
    expect(found(key, request)).toBe(false);
  });

  test("is taken by the library, stored and read back", () => {
    if ((spentOptions as readonly string[]).includes(key)) {
      if (key !== "resume") expect(() => plan(given(key, value))).not.toThrow();
      return;
    }
    const isSet = ["data", "dev", "watch"].includes(key);
    const expected = isSet ? { kind: "table", path: value, columns: ["1", "2"] } : value;
    expect(planned(key, given(key, value))).toEqual(expected);
    const { options } = plan(given(key, value));
    const file = JSON.parse(JSON.stringify(options)) as unknown;
    expect(storedOptions(file)).toEqual(options);
    if (!ofModel(key)) return;
    const sizes = { ...configure(options.preset, options.model), sourceVocabulary: 9 };
    const config = JSON.parse(JSON.stringify({ ...sizes, targetVocabulary: 9 })) as unknown;
    expect(sizesSchema.parse(config)[key as keyof typeof sizes]).toEqual(value);
  });

  test("is refused by name where the value is not one", () => {
    for (const wrong of [Number.NaN, { a: 1 }]) {
      expect(() => plan(given(key, wrong))).toThrow(
        expect.objectContaining({ key }) as unknown as Error,
      );
    }
  });
});

/** Runs in which an option has no effect. */
const useless: Record<string, Values> = {
  columns: { data: undefined, source: "a", target: "b", dev: "c,d" },
  format: { data: undefined, source: "a", target: "b", dev: "c,d" },
  tokenizer: { from: "model" },
  lowercase: { from: "model" },
  preset: { from: "model" },
  sourceEmbeddings: { preset: "xu2015" },
  targetEmbeddings: { from: "model" },
  freezeEmbeddings: {},
  adamBeta1: { optimizer: "sgd" },
  adamBeta2: { optimizer: "sgd" },
  schedule: { dev: undefined },
  guidedAlignment: { preset: "sutskever2014" },
  guidedAlignmentWeight: {},
  evenAttention: { preset: "sutskever2014" },
  keepBest: { dev: undefined },
  bleuTokenizer: {},
  patience: { dev: undefined },
  resetGate: {},
  forgetBias: { cell: "gru" },
  cellClip: { cell: "gru" },
  window: {},
  locations: {},
  upperContext: {},
  readoutState: {},
};

describe("an option without an effect", () => {
  const rows = cases.filter(([, , { use }]) => use !== undefined);
  test("is listed here with a run in which it has none", () => {
    expect(rows.map(([key]) => key).sort()).toEqual(Object.keys(useless).sort());
  });

  test.each(rows)("%s is refused with one sentence, by library and command line", async (key) => {
    const row = trainTable[key] as Option;
    const value = key === "schedule" ? "plateau" : sampleOf(key, row);
    const values = { ...base, ...useless[key], [key]: value };
    let error: unknown;
    try {
      plan(asRequest(values));
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(OptionError);
    const { message } = error as OptionError;
    expect((error as OptionError).key).toBe(key);
    expect(message).toMatch(/^\w+: [^\n]*, or leave \w+ out\.$|^\w+: [^\n]*; leave \w+ out\.$/);
    expect(message).not.toMatch(/--[a-z]|[{}]/);
    const sentence = (error as OptionError).spelled(flagSpelling);
    expect(sentence).toContain(`leave ${flagOf(key)} out.`);
    await expect(typed(values)).rejects.toThrow(sentence);
  });
});

test("an option that is not there is refused by the library", () => {
  expect(() => plan({ ...asRequest(base), hiden: 8 } as TrainOptions)).toThrow(
    "hiden: there is no such option of training; leave it out.",
  );
  expect(() => plan(asRequest({ ...base, from: "a", hidden: 8, preset: "luong2015" }))).toThrow(
    "preset: ",
  );
});

describe("texts of rows", () => {
  const tables = { ...modelOptions, ...trainingOptions, ...translationOptions };
  test.each(Object.entries<Option>(tables))("%s names only options that exist", (_, row) => {
    const { help, helpOff = "", defaultText = "", use = [] } = row;
    const uses = [use].flat().map(({ problem, remedy = "" }) => `${problem} ${remedy}`);
    for (const key of mentionedIn([help, helpOff, defaultText, ...uses].join(" "))) {
      expect(tables).toHaveProperty(key);
    }
  });
  test.each(Object.entries<Option>(tables))("%s has help without a full stop", (_, row) => {
    expect(row.help).toMatch(/^[^A-Z].*[^.]$/);
    if (!row.isDerived && !takenBy(row.schema).isSwitch) expect(row.argument).toBeDefined();
  });
});

test("all options of translating are flags", () => {
  const command = addTranslationOptions(new Command());
  const flags = command.options.map(({ long }) => long);
  for (const [key] of rowsOf(translationOptions)) {
    const isThere = flags.includes(flagOf(key)) || flags.includes(`--no-${flagOf(key).slice(2)}`);
    expect(isThere, key).toBe(true);
  }
});

describe("below the command line", () => {
  const root = join(import.meta.dirname, "../src");
  const modules = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
    (path) => /\.ts$/.test(path) && !/\.test\.ts$|^cli\/|^studio\//.test(path),
  );
  test.each(modules)("%s writes no flag into a message", (path) => {
    const code = readFileSync(join(root, path), "utf8")
      .replace(/\/\*[\s\S]*?\*\//g, "")
      .replace(/^\s*\/\/.*$/gm, "");
    expect(code.match(/(?<![\w-])--[a-z][\w-]*/g) ?? []).toEqual([]);
  });
});
