/** Training on several corpora: from files to weights, and how such a run goes on. */
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { fileOptions } from "../src/cli/configFile.ts";
import { trainTable } from "../src/cli/trainOptions.ts";
import { EncodedCorpus } from "../src/data/encodedCorpus.ts";
import { openBytes } from "../src/files/nodeRandomAccess.ts";
import { readModel } from "../src/modelFolder/nodeModelFolder.ts";
import { OptionError } from "../src/options/optionError.ts";
import { nodeRuntime } from "../src/runtime/node.ts";
import { unknownId } from "../src/tensor/specialIds.ts";
import { MemoryTraining } from "../src/training/memory/memoryRun.ts";
import { train } from "../src/training/node/train.ts";
import type { TrainOptions } from "../src/training/plan/options.ts";
import { plan } from "../src/training/plan/plan.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-mixtures-"));
const at = (...names: string[]): string => join(folder, ...names);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const letters = "abcdefgh";
/** Lines whose sources begin with a word of their own. */
function lines(name: string, count: number, first = 0): string[] {
  return Array.from({ length: count }, (_, each) => {
    const index = first + each;
    const words = Array.from(
      { length: 2 + (index % 3) },
      (_, at) => letters[(index * (at + 3)) % 8],
    );
    const source = [`${name}${index}`, ...words];
    return `${source.join(" ")}\t${source.toReversed().join(" ")}\n`;
  });
}
writeFileSync(at("a.tsv"), lines("a", 200).join(""));
writeFileSync(at("b.tsv"), lines("b", 300).join(""));
// Some sources of the first corpus are also in this one.
writeFileSync(at("c.tsv"), [...lines("c", 60), ...lines("a", 60)].join(""));
writeFileSync(at("dev.tsv"), lines("d", 10).join(""));

const options: Omit<TrainOptions, "out"> = {
  data: [at("a.tsv"), at("b.tsv")],
  weights: [1, 0.5],
  dev: at("dev.tsv"),
  model: { hidden: 8, embedding: 8 },
  tokenizer: "word:2000",
  batch: 16,
  learningRate: 0.01,
  schedule: "linear",
  keepBest: "none",
  epochs: 4,
  evaluateEvery: 7,
  threads: 1,
  seed: 5,
};

async function logOf(out: string, more: Partial<TrainOptions> = {}): Promise<string[]> {
  const said: string[] = [];
  await train({ ...options, ...more, out: at(out) }, { log: (line) => said.push(line) });
  return said;
}

const weights = (run: string): Buffer => readFileSync(at(run, "model.safetensors"));
const corpus = (run: string, file: string): EncodedCorpus =>
  EncodedCorpus.open(openBytes(at(run, "training", file)), null);

/** Stops a run after so many steps, moves the corpora away, and goes on to its end. */
async function stopped(
  out: string,
  step: number,
  more: Partial<TrainOptions> = {},
): Promise<string[]> {
  const stop = new AbortController();
  const said: string[] = [];
  const onProgress = (now: { step: number }): void => {
    if (now.step === step) stop.abort();
  };
  const hooks = { onProgress, signal: stop.signal };
  const { steps } = await train({ ...options, ...more, out: at(out) }, hooks);
  expect(steps).toBe(step);
  for (const name of ["a.tsv", "b.tsv"]) renameSync(at(name), at(`${name}.away`));
  await train({ out: at(out), resume: true }, { log: (line) => said.push(line) });
  for (const name of ["a.tsv", "b.tsv"]) renameSync(at(`${name}.away`), at(name));
  return said;
}

describe("two corpora", () => {
  test("are encoded into files of their own, with a line of the report for each", async () => {
    const log = await logOf("two");
    expect(log).toContain(`Training data: ${at("a.tsv")}, ${at("b.tsv")}`);
    expect(log).toContain(`  ${at("b.tsv")}: 300 pairs kept, none dropped`);
    expect(log).toContain("An epoch of it: 350 pairs");
    expect(log).toContain(`  200 pairs of ${at("a.tsv")} (weight 1, 57.1 %)`);
    expect(log).toContain(`  150 pairs of ${at("b.tsv")} (weight 0.5, 42.9 %)`);
    expect(corpus("two", "train.ids").pairs).toBe(200);
    expect(corpus("two", "train.2.ids").pairs).toBe(300);
    // The vocabularies know the words of both.
    const { source } = await readModel(at("two"));
    expect(source.encodeIds("a199 b299")).not.toContain(unknownId);
    const stored = JSON.parse(readFileSync(at("two", "training/options.json"), "utf8"));
    expect(stored).toMatchObject({ weights: [1, 0.5] });
    expect(stored.data.map(({ path }: { path: string }) => path)).toEqual(options.data);
  });

  test("give the same weights after a stop in an epoch and at its end, without the corpora", async () => {
    // An epoch has 22 batches: 200 pairs and two or three of the five blocks of the other corpus.
    for (const step of [9, 22, 30]) {
      await stopped(`stopped-${step}`, step);
      expect(weights(`stopped-${step}`).equals(weights("two")), `step ${step}`).toBe(true);
    }
  });

  test("differ from one corpus of the same pairs in nothing but their order, if they weigh the same", async () => {
    const { steps } = await train({ ...options, weights: [1, 1], epochs: 2, out: at("even") });
    writeFileSync(at("joined.tsv"), [...lines("a", 200), ...lines("b", 300)].join(""));
    const { weights: _, ...others } = options;
    const whole = await train({ ...others, data: at("joined.tsv"), epochs: 2, out: at("joined") });
    expect(steps).toBe(whole.steps);
    const tokenizers = ["even", "joined"].map((run) =>
      readFileSync(at(run, "source.tokenizer.json"), "utf8"),
    );
    expect(tokenizers[0]).toBe(tokenizers[1]);
  });
});

test("a list of one corpus is that corpus, to the bit", async () => {
  const { weights: _, ...others } = options;
  const one = { ...others, epochs: 1 };
  await train({ ...one, data: at("a.tsv"), out: at("plain") });
  await train({ ...one, data: [at("a.tsv")], out: at("listed") });
  expect(weights("listed").equals(weights("plain"))).toBe(true);
  const options2 = ["plain", "listed"].map((run) => {
    const { out: _, ...stored } = JSON.parse(
      readFileSync(at(run, "training/options.json"), "utf8"),
    );
    return stored;
  });
  expect(options2[1]).toEqual(options2[0]);
});

describe("the last part of a run with other weights", () => {
  const finish = { weights: [0.5, 1], finishWeights: [1, 0], finish: 0.5, epochs: 4 };

  test("begins with an epoch, and says what it takes", async () => {
    const log = await logOf("finish", finish);
    const begins = log.indexOf("The last part of the run begins with epoch 3, which takes:");
    expect(log.slice(begins + 1, begins + 3)).toEqual([
      `  200 pairs of ${at("a.tsv")} (weight 1, 100 %)`,
      `  0 pairs of ${at("b.tsv")} (weight 0, 0 %)`,
    ]);
  });

  test("gives the same weights after a stop before it, at its beginning and in it", async () => {
    // The epochs before it have 26 batches or so, the others 13.
    const lengths = [27, 51, 52, 53, 60];
    for (const step of lengths) {
      const said = await stopped(`finish-${step}`, step, finish);
      expect(weights(`finish-${step}`).equals(weights("finish")), `step ${step}`).toBe(true);
      // The report counts the batches of the epoch that goes on.
      if (step === 60) expect(said.join("\n")).toContain("; 13 batches an epoch.");
    }
  });

  test("is the same in memory, where a run of a folder goes on", async () => {
    const stop = new AbortController();
    const onProgress = ({ step }: { step: number }): void => {
      if (step === 40) stop.abort();
    };
    const hooks = { onProgress, signal: stop.signal };
    await train({ ...options, ...finish, out: at("moved") }, hooks);
    const files = readdirSync(at("moved"), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map(
        (path) =>
          [path.slice(at("moved").length + 1), Uint8Array.from(readFileSync(path))] as const,
      );
    const run = new MemoryTraining(files);
    await run.resume({}, nodeRuntime({ threads: 1 }));
    const bytes = run.files.get("model.safetensors") as Uint8Array;
    expect(weights("finish").equals(bytes)).toBe(true);
  });

  test("is missed, with a line, where its epochs are too long", async () => {
    const log = await logOf("missed", { ...finish, finish: 0.1, epochs: undefined, steps: 40 });
    expect(log).toContain("The run ended before its last part began, as its epochs are too long.");
  });
});

test("a dev set is held out of all corpora, and none of its sources stays in one of them", async () => {
  const log = await logOf("held", { data: [at("a.tsv"), at("c.tsv")], dev: undefined, epochs: 1 });
  expect(log).toContain("No dev set is given: 16 of the 320 pairs are held out for it.");
  const sources = (file: string): string[] => {
    const ids = corpus("held", file);
    return ids.read(ids.epochBlocks()).map(({ source }) => [...source].slice(0, 1).join());
  };
  const dev = new Set(sources("dev.ids"));
  // The first word of each source is its own; it is unknown in the dev set, as no corpus has it any more.
  expect(dev).toEqual(new Set([String(unknownId)]));
  expect(corpus("held", "train.ids").pairs + corpus("held", "train.2.ids").pairs).toBe(304);
  expect([...sources("train.ids"), ...sources("train.2.ids")]).not.toContain(String(unknownId));
});

test("a configuration file names several corpora and their weights", async () => {
  const given = { data: ["a.tsv", "b.tsv"], weights: [1, 0.3] };
  writeFileSync(at("config.json"), JSON.stringify(given));
  expect(await fileOptions(at("config.json"), trainTable)).toEqual(given);
});

describe("what cannot be mixed is refused in a sentence", () => {
  const refused = (more: Partial<TrainOptions>): string => {
    try {
      plan({ ...options, out: "x", ...more });
    } catch (error) {
      expect(error).toBeInstanceOf(OptionError);
      return (error as Error).message;
    }
    return "";
  };

  test.each([
    [
      { weights: [1] },
      "weights: [1]: there are 2 files of pairs and 1 weight; give one weight for each data.",
    ],
    [
      { weights: [1, -1] },
      /^weights: \[1, -1\]: give a list of 1 to 16 entries, each a number from 0 to 1,000\.$/,
    ],
    [
      { weights: [0, 0] },
      "weights: [0, 0]: an epoch would have no pairs; give one of them more than 0.",
    ],
    [
      { weights: [1, 0] },
      "weights: [1, 0]: with 0 throughout, corpus 2 has no effect; leave it out of data, or give it a weight in finishWeights.",
    ],
    [
      { finishWeights: [1, 0], epochs: undefined },
      "finishWeights: [1, 0]: a run without a limit has no last part; add epochs, minutes or steps.",
    ],
    [
      { finishWeights: [1, 0], epochs: 3 },
      "finishWeights: [1, 0]: of 3 epochs, none begins near the last 15 % of the run; give more epochs with smaller weights, or a larger finish.",
    ],
    [
      { finish: 0.2 },
      "finish: 0.2: there are no other weights for it; add finishWeights, or leave finish out.",
    ],
    [
      { data: at("a.tsv") },
      "weights: [1, 0.5]: there is only one file of pairs; give data several times, or leave weights out.",
    ],
    [
      { data: [at("a.tsv"), at("a.tsv")] },
      `data: ${at("a.tsv")} is given twice; give it once, and say how often with weights.`,
    ],
    [
      { data: [at("a.tsv"), at("./a.tsv").replace("a.tsv", "./a.tsv")] },
      /is given twice; give it once, and say how often with weights\.$/,
    ],
    [
      { guidedAlignment: "links" },
      'guidedAlignment: "links": its lines belong to one file of pairs; join the files of data, or leave guidedAlignment out.',
    ],
    [
      { model: { sourceInput: "features" } },
      "data: sources that are files of features come from one file of pairs; join the files, or leave data out.",
    ],
  ] as const)("%j", (more, message) => {
    expect(refused({ keepBest: undefined, ...more } as Partial<TrainOptions>)).toMatch(message);
  });

  test("a missing file, before anything is written", async () => {
    const run = train({ ...options, data: [at("a.tsv"), at("none.tsv")], out: at("missing") });
    await expect(run).rejects.toThrow("none.tsv: there is no such file");
    expect(existsSync(at("missing"))).toBe(false);
  });

  test("weights that leave an epoch without pairs", async () => {
    const run = train({ ...options, weights: [0.1, 0.1], out: at("tiny") });
    await expect(run).rejects.toThrow(
      "weights: [0.1, 0.1]: an epoch would have fewer than 64 pairs of each corpus; give larger weights.",
    );
    expect(existsSync(at("tiny"))).toBe(false);
  });
});
