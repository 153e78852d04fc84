/** Every row of the tables of options: that each front takes it, that it is kept, and where it is refused. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { fileOptions } from "../src/cli/configFile.ts";
import { flagOf, flagSpelling } from "../src/cli/flagSpelling.ts";
import { standardOutput } from "../src/cli/standardOutput.ts";
import { addTrainCommand } from "../src/cli/train.ts";
import { trainTable } from "../src/cli/trainOptions.ts";
import { addTranslateCommand } from "../src/cli/translate.ts";
import { pairOptions } from "../src/data/pairOptions.ts";
import { ensembleOptions, searchOptions, translationOptions } from "../src/decoding/options.ts";
import type { TranslateOptions } from "../src/decoding/textModel.ts";
import { TextModel } from "../src/decoding/textModel.ts";
import { Seq2Seq } from "../src/library/seq2seq.ts";
import { Seq2SeqEnsemble } from "../src/library/seq2seqEnsemble.ts";
import { configure } from "../src/models/configuration.ts";
import { modelOptions, sizesSchema } from "../src/models/options.ts";
import { nearest } from "../src/options/nearest.ts";
import type { Option, OptionTable } from "../src/options/option.ts";
import { namesOf, takenBy, wordsOf } from "../src/options/option.ts";
import { OptionError } from "../src/options/optionError.ts";
import { mentionedIn } from "../src/options/spelling.ts";
import { computeOptions, runtimeOptions } from "../src/runtime/options.ts";
import { createServer } from "../src/server/app.ts";
import { jsonSpelling } from "../src/server/jsonSpelling.ts";
import { ModelCatalog } from "../src/server/modelCatalog.ts";
import { translateBody } from "../src/server/requests.ts";
import { bodyCheck } from "../src/server/validation.ts";
import type { Trace } from "../src/trace/trace.ts";
import { readTrace, traceJson } from "../src/trace/traceJson.ts";
import type { TraceOptions } from "../src/trace/traceOptions.ts";
import type { TrainOptions } from "../src/training/plan/options.ts";
import { spentOptions, trainingOptions } from "../src/training/plan/options.ts";
import { plan, storedOptions } from "../src/training/plan/plan.ts";
import { runTyped } from "./support/commandLine.ts";
import { writePage } from "./support/studioFolder.ts";
import { writeRandomModel } from "./support/writtenModel.ts";
import { writePictureModel } from "./support/writtenPictures.ts";

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
  replaceUnknown: false,
  weights: [1, 0.5],
  finishWeights: [1, 0],
};

/** What an option needs beside it to have an effect, or to fit. */
const companions: Record<string, Values> = {
  weights: { data: ["a.tsv", "b.tsv"] },
  finishWeights: { data: ["a.tsv", "b.tsv"] },
  finish: { data: ["a.tsv", "b.tsv"], finishWeights: [1, 0] },
  source: { data: undefined, target: "b.txt", dev: "c.txt,d.txt" },
  target: { data: undefined, source: "a.txt", dev: "c.txt,d.txt" },
  freezeEmbeddings: { sourceEmbeddings: "v.txt" },
  bleuTokenizer: { keepBest: "bleu" },
  guidedAlignmentWeight: { guidedAlignment: "links.txt" },
  window: { attentionScope: "local-p" },
  locations: { attention: "location" },
  resetGate: { cell: "gru" },
  upperContext: { preset: "nmt-wmt16-gnmt-4-layer" },
  queryLayer: { preset: "bahdanau2014" },
  readoutState: { preset: "bahdanau2014" },
  maxout: { preset: "bahdanau2014" },
  contextGate: { preset: "bahdanau2014" },
  encoder: { attention: "general" },
  encoderLayers: { layers: 3 },
  encoderHidden: { bridge: "linear" },
  bridgeActivation: { bridge: "linear" },
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

/** Options as they are typed. */
const flagsOf = (values: Values): string[] =>
  Object.entries(values).flatMap(([key, value]) => {
    const isGivenOften = Array.isArray(value) && value.every((each) => typeof each === "string");
    return (isGivenOften ? value : [value]).flatMap((each) =>
      each === undefined ? [] : flagSpelling.setting(key, each).split(" "),
    );
  });

async function typed(values: Values): Promise<TrainOptions> {
  const program = new Command();
  addTrainCommand(program, train);
  await runTyped(program, ["train", ...flagsOf(values)]);
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

/** The error with which the library refuses an option that has no effect. */
async function refusal(key: string, use: () => Promise<unknown>): Promise<OptionError> {
  const error: unknown = await use().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(OptionError);
  const { message } = error as OptionError;
  expect((error as OptionError).key).toBe(key);
  expect(message).toMatch(/^\w+: [^\n]*, or leave \w+ out\.$|^\w+: [^\n]*; leave \w+ out\.$/);
  expect(message).not.toMatch(/--[a-z]|[{}]/);
  return error as OptionError;
}

/** Runs in which an option has no effect. */
const useless: Record<string, Values> = {
  data: { sourceInput: "features" },
  weights: {},
  finishWeights: {},
  finish: {},
  columns: { data: undefined, source: "a", target: "b", dev: "c,d" },
  format: { data: undefined, source: "a", target: "b", dev: "c,d" },
  tokenizer: { from: "model" },
  lowercase: { from: "model" },
  normalize: { from: "model" },
  preset: { from: "model" },
  sourceEmbeddings: { preset: "xu2015" },
  targetEmbeddings: { from: "model" },
  freezeEmbeddings: {},
  accumulate: { optimizer: "lazy-adam" },
  shards: { optimizer: "lazy-adam" },
  adamBeta1: { optimizer: "sgd" },
  adamBeta2: { optimizer: "sgd" },
  schedule: { dev: false },
  guidedAlignment: { preset: "sutskever2014" },
  guidedAlignmentWeight: {},
  evenAttention: { preset: "sutskever2014" },
  keepBest: { dev: false },
  bleuTokenizer: { keepBest: "perplexity" },
  patience: { dev: false },
  samples: { dev: false },
  resetGate: {},
  forgetBias: { cell: "gru" },
  cellClip: { cell: "gru" },
  attentionHidden: { preset: "sutskever2014" },
  window: {},
  locations: {},
  upperContext: {},
  queryLayer: {},
  bridgeActivation: { bridge: "copy" },
  bridgeBias: { bridge: "zero" },
  readoutState: {},
};

describe("an option without an effect", () => {
  const rows = cases.filter(([, , { use }]) => use !== undefined);
  test("is listed here with a run in which it has none", () => {
    expect(rows.map(([key]) => key).sort()).toEqual(Object.keys(useless).sort());
  });

  test.each(rows)("%s is refused with one sentence, by library and command line", async (key) => {
    const row = trainTable[key] as Option;
    const few: Values = { schedule: "plateau", data: ["a.tsv", "b.tsv"] };
    const value = few[key] ?? sampleOf(key, row);
    const values = { ...base, ...useless[key], [key]: value };
    const error = await refusal(key, async () => plan(asRequest(values)));
    const sentence = error.spelled(flagSpelling);
    expect(sentence).toContain(`leave ${flagOf(key)} out.`);
    await expect(typed(values)).rejects.toThrow(sentence);
  });
});

test("stored options of earlier versions mean what they meant", () => {
  const { options } = plan(asRequest({ ...base, dev: undefined }));
  const { evaluateEvery, dev, ...rest } = options;
  expect({ evaluateEvery, dev }).toEqual({ evaluateEvery: "time", dev: { kind: "heldOut" } });
  const earlier = storedOptions(JSON.parse(JSON.stringify(rest)));
  // They evaluated after each epoch, and had no dev set unless one was given.
  expect(earlier.evaluateEvery).toBe("epoch");
  expect(earlier).not.toHaveProperty("dev");
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

/** Rows that no request has: a server reads no file for one, and its models are loaded by its own options. */
const notInRequests = ["dictionary", "device", "threads", "compute", "average"];

/** Searches in which an option has no effect, one for each reason that its row gives; `{}` unless listed. */
const uselessSearches: Record<string, readonly Values[]> = {
  lengthPenalty: [{ lengthNormalization: "average" }],
  coveragePenalty: [{ model: "plain" }],
  dictionary: [
    { replaceUnknown: false },
    { forbidUnknown: true },
    { model: "pictures" },
    { model: "plain" },
  ],
};

describe("translating", () => {
  const searchRows = rowsOf(translationOptions);
  const loadingRows = rowsOf({ ...runtimeOptions, ...computeOptions, ...ensembleOptions });
  const models: Record<string, Seq2Seq> = {};
  const at = (name: string): string => join(folder, "models", name);
  const translateAll = vi.spyOn(TextModel.prototype, "translateAll");
  let app: FastifyInstance;

  beforeAll(async () => {
    await writeRandomModel(at("letters"));
    await writeRandomModel(at("plain"), { attention: "none", inputFeeding: false });
    await writePictureModel(at("pictures"));
    for (const name of ["letters", "plain", "pictures"]) {
      models[name] = await Seq2Seq.load(at(name), { threads: 1 });
    }
    writePage(join(folder, "page"));
    writeFileSync(join(folder, "letters.txt"), "abc\n");
    writeFileSync(join(folder, "pictures.txt"), `${at("pictures/examples/one.png")}\n`);
    writeFileSync(join(folder, "dictionary.tsv"), "a\tb\n");
    const catalog = new ModelCatalog({ parents: [join(folder, "models")] });
    const page = join(folder, "page");
    app = await createServer({ catalog, page, host: "localhost", version: "1.2.3", threads: 1 });
  });
  afterAll(async () => {
    await app.close();
    for (const model of Object.values(models)) await model.release();
  });
  beforeEach(() => {
    translateAll.mockClear();
    vi.spyOn(standardOutput, "print").mockResolvedValue();
  });

  /** The value of an option, and what it needs beside it. */
  function valuesOf([key, row]: Row): Values {
    if (key === "dictionary") return { dictionary: new Map([["a", "b"]]) };
    const needs = row.group === "Sampling" && { sample: true };
    return { ...needs, ...(key === "nBest" && { beam: 7 }), [key]: sampleOf(key, row) };
  }

  /** Translates as the command line does. */
  async function type(values: Values, model = "letters", ...more: string[]): Promise<void> {
    const { dictionary, ...others } = values;
    const program = new Command();
    addTranslateCommand(program);
    const file = dictionary === undefined ? {} : { dictionary: join(folder, "dictionary.tsv") };
    const input = join(folder, model === "pictures" ? "pictures.txt" : "letters.txt");
    const flags = flagsOf({ model: at(model), input, ...others, ...file });
    await runTyped(program, ["translate", "--threads", "1", ...flags, ...more]);
  }

  const post = (url: string, values: Values, model = "letters") =>
    app.inject({ method: "POST", url: `/api/${url}`, payload: { text: "abc", model, ...values } });

  const reached = (key: string): unknown =>
    translateAll.mock.lastCall?.[1]?.[key as keyof TranslateOptions];

  const stored = (trace: unknown, key: string): unknown =>
    readTrace(JSON.parse(JSON.stringify(trace))).options[key as keyof Trace["options"]];

  test("all options are fields of requests, but for some", () => {
    const keys = [...searchRows, ...loadingRows].map(([key]) => key);
    expect(keys.filter((key) => !(key in translateBody.shape))).toEqual(notInRequests);
  });

  test.each(notInRequests)("a request with %s is refused", async (key) => {
    const answer = await post("translate", { [key]: 1 });
    expect([answer.statusCode, answer.json().error]).toEqual([
      400,
      expect.stringMatching(new RegExp(`^"${key}": there is no such field; .*\\.$`)),
    ]);
  });

  describe.each(searchRows)("%s", (key, row) => {
    const values = valuesOf([key, row]);
    const names = notInRequests.includes(key) ? [] : [key, ...(row.formerNames ?? [])];

    test("is taken by library and server", async () => {
      const translations = await models["letters"]?.translate("abc", values);
      expect(translations).toHaveLength(key === "nBest" ? 7 : 1);
      for (const name of names) {
        translateAll.mockClear();
        const { [key]: value, ...others } = values;
        const answer = await post("translate", { ...others, [name]: value });
        expect([answer.statusCode, reached(key)]).toEqual([200, value]);
      }
    });

    test("is taken by the command line, and stored in traces if it is of the search", async () => {
      const expected = key in searchOptions ? values[key] : undefined;
      const trace = await models["letters"]?.trace("abc", values as TraceOptions);
      expect(stored(traceJson(trace as Trace), key)).toEqual(expected);
      const path = join(folder, "trace.jsonl");
      await type(values, "letters", "--trace", path);
      expect(reached(key)).toEqual(values[key]);
      expect(stored(JSON.parse(readFileSync(path, "utf8")), key)).toEqual(expected);
      const answer = await post("trace", values);
      expect(answer.statusCode).toBe(expected === undefined ? 400 : 200);
      if (expected !== undefined) expect(stored(answer.json(), key)).toEqual(expected);
    });

    test("is refused by name where the value is not one", async () => {
      const wrong = { ...values, [key]: [1] };
      await expect(models["letters"]?.translate("abc", wrong)).rejects.toMatchObject({ key });
      if (names.length === 0) return;
      const { json, statusCode } = await post("translate", wrong);
      expect([statusCode, json().error]).toEqual([
        400,
        expect.stringMatching(new RegExp(`^"${key}": a list of 1: give [^\n]*\\.$`)),
      ]);
    });
  });

  const reasons = searchRows.flatMap(([key, row]) =>
    [row.use ?? []].flat().map(({ problem }, index) => [key, problem, index, row] as const),
  );
  test.each(reasons)("%s is refused by all where %s", async (key, problem, index, row) => {
    const { model = "letters", ...others } = uselessSearches[key]?.[index] ?? {};
    const values = { ...others, [key]: valuesOf([key, row])[key] };
    const loaded = models[String(model)] as Seq2Seq;
    const picture = at("pictures/examples/one.png");
    const source = model === "pictures" ? await loaded.readSource(picture) : "abc";
    const error = await refusal(key, () => loaded.translate(source, values));
    expect(error.problem).toBe(problem);
    await expect(type(values, String(model))).rejects.toThrow(error.spelled(flagSpelling));
    if (!(key in searchOptions)) return;
    await expect(loaded.trace(source, values)).rejects.toEqual(error);
    for (const url of ["translate", "trace"]) {
      const answer = await post(url, values, String(model));
      expect([answer.statusCode, answer.json()]).toEqual([
        400,
        { error: error.spelled(jsonSpelling) },
      ]);
    }
    expect(error.spelled(jsonSpelling)).toMatch(`"${key}": ${values[key]}: `);
  });

  test.each(loadingRows)("%s is taken by library and command line", async (key, row) => {
    const load = vi.spyOn(Seq2SeqEnsemble, "load").mockRejectedValueOnce(new Error("asked"));
    const value = sampleOf(key, row);
    const second = { ...(key === "threads" ? {} : { threads: 1 }), [key]: value };
    await expect(
      type({}, "letters", ...flagsOf({ model: at("plain"), ...second })),
    ).rejects.toThrow("asked");
    expect(load.mock.lastCall?.[1]).toMatchObject({ [key]: value });
    load.mockRestore();
    const wrong = { [key]: "nonsense" };
    await expect(Seq2SeqEnsemble.load([at("letters")], wrong)).rejects.toMatchObject({ key });
  });
});

describe("below the command line", () => {
  const root = join(import.meta.dirname, "../src");
  const modules = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
    (path) => /\.ts$/.test(path) && !/\.test\.ts$|^cli\/|^studio\//.test(path),
  );
  test.each(modules)("%s writes no flag into a message", (path) => {
    const code = readFileSync(join(root, path), "utf8")
      .replace(/\/\*[\s\S]*?\*\//g, "")
      .replace(/^\s*\/\/.*$/gm, "")
      // An option of another program.
      .replace(/\bsrun --mpi=/g, "srun ");
    expect(code.match(/(?<![\w-])--[a-z][\w-]*/g) ?? []).toEqual([]);
  });
});

describe("names in other tools", () => {
  const plain = (name: string): string => name.toLowerCase().replace(/[-_]/g, "");
  const families = {
    train: trainTable,
    translate: {
      ...translationOptions,
      ...ensembleOptions,
      ...runtimeOptions,
      ...computeOptions,
    },
    evaluate: { ...pairOptions, ...translationOptions, ...runtimeOptions, ...computeOptions },
  };
  test.each(Object.entries<OptionTable>(families))(
    "each name is of one option of %s, and leads to it",
    (_, table) => {
      const names = namesOf(table);
      const all = names.flatMap(({ otherNames = [] }) => otherNames.map(plain));
      expect(all.filter((name, index) => all.indexOf(name) !== index)).toEqual([]);
      expect(all.filter((name) => names.some((row) => plain(row.name) === name))).toEqual([]);
      for (const { name, otherNames = [] } of names) {
        for (const other of otherNames) expect(nearest(other, names)).toEqual([name]);
      }
    },
  );

  test.each(modelRows.filter(([, { otherWords }]) => otherWords !== undefined))(
    "words of %s in other tools lead to its words",
    (_, row) => {
      for (const [word, others] of Object.entries(row.otherWords ?? {})) {
        expect(takenBy(row.schema).words).toContain(word);
        for (const other of others) expect(nearest(other, wordsOf(row))).toEqual([word]);
      }
    },
  );

  test("library, configuration file and server name the option, each in its spelling", async () => {
    const unknown = { ...base, lr: 0.1, hidden: 8 } as unknown as TrainOptions;
    expect(() => plan(unknown)).toThrow(
      "lr: there is no such option of training; leave it out. Did you mean learningRate? hidden: it is an option of the model; give it as a field of model.",
    );
    writeFileSync(join(folder, "lr.json"), JSON.stringify({ lr: 0.1 }));
    await expect(fileOptions(join(folder, "lr.json"), trainTable)).rejects.toThrow(
      'there is no option "lr"; see seq2see train --help-all. Did you mean "learningRate"?',
    );
    const check = bodyCheck(translateBody);
    const { error } = check({ model: "m", text: "a", beam_size: 3 }) as { error: OptionError };
    expect(error.spelled(jsonSpelling)).toMatch(/^"beam_size": .* Did you mean "beam"\?$/);
  });

  test.each([
    ["preset", "bahdanau", 'preset: "bahdanau2014"'],
    ["preset", "gnmt", 'preset: "gnmt2016"'],
    ["optimizer", "adamw", 'optimizer: "adam"'],
    ["schedule", "platau", "plateau"],
    ["tokenizer", "bpe", 'tokenizer: "bpe:8000"'],
    ["tokenizer", "word4000", 'tokenizer: "word:4000"'],
    ["keepBest", "BLEU", 'keepBest: "bleu"'],
  ])("%s %s is answered with %s", (key, value, meant) => {
    expect(() => plan(asRequest({ ...base, [key]: value }))).toThrow(
      new RegExp(`Did you mean ${meant}\\?$`),
    );
  });
});
