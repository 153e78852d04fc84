import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { runTyped } from "../../test/support/commandLine.ts";
import { npyOf } from "../../test/support/featureFiles.ts";
import { readModel } from "../modelFolder/nodeModelFolder.ts";
import type { TensorValue } from "../tensor/value.ts";
import { standardOutput } from "./standardOutput.ts";
import { addTrainCommand } from "./train.ts";
import { addTranslateCommand } from "./translate.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-train-"));
const at = (name: string): string => join(folder, name);

beforeAll(() => {
  for (const number of [1, 2, 3]) {
    writeFileSync(
      at(`${number}.npy`),
      npyOf([
        [number, 1, 0, -1],
        [0, number, 1, 0],
      ]),
    );
  }
  writeFileSync(at("pairs.tsv"), "1.npy\tone one\n2.npy\ttwo\n3.npy\tthree three\n");
  writeFileSync(at("v.txt"), "one 1 2 3\ntwo 4 5 6\n");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  vi.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(() => vi.restoreAllMocks());

async function run(add: (program: Command) => void, ...words: string[]): Promise<void> {
  const program = new Command();
  add(program);
  await runTyped(program, words);
}

const trainOn = (...words: string[]): Promise<void> =>
  run(
    addTrainCommand,
    "train",
    "--data",
    at("pairs.tsv"),
    "--steps",
    "2",
    "--hidden",
    "8",
    "--threads",
    "1",
    "--tokenizer",
    "word:16",
    ...words,
  );

test("attention alone can be switched off; a line says what goes with it", async () => {
  const lines = vi.mocked(process.stderr.write);
  writeFileSync(at("two.tsv"), "one two\ttwo one\ntwo\tone\n");
  await trainOn("--data", at("two.tsv"), "--attention", "none", "--out", at("plain"));
  const { sizes } = await readModel(at("plain"));
  expect(sizes).toMatchObject({ attention: "none", inputFeeding: false, readout: "none" });
  expect(lines.mock.calls.flat()).toContain(
    "Without attention, the preset changes: input feeding is off, as there is no attention vector to feed back. To keep it as it is, choose a kind of attention.\n",
  );
});

test("files of features are trained on and translated by the same commands as text", async () => {
  const shape = ["--source-input", "features", "--embedding", "6", "--encoder-hidden", "3"];
  await trainOn(...shape, "--out", at("model"));
  const { sizes } = await readModel(at("model"));
  expect(sizes).toMatchObject({
    sourceInput: "features",
    sourceFeatures: 4,
    encoder: "recurrent",
    embedding: 6,
    encoderHidden: 3,
  });
  writeFileSync(at("names.txt"), "2.npy\n1.npy\n");
  const log = vi.spyOn(standardOutput, "print").mockResolvedValue();
  const words = ["--model", at("model"), "--input", at("names.txt"), "--max-length", "3"];
  await run(addTranslateCommand, "translate", ...words);
  expect(log.mock.calls.flatMap(([text]) => text.split("\n"))).toHaveLength(2);
  writeFileSync(at("names.txt"), "2.npy\n\n");
  await expect(run(addTranslateCommand, "translate", ...words)).rejects.toThrow(
    "Source 2 is empty; give the name of a file.",
  );
});

test("word vectors decide the size of the embeddings", async () => {
  writeFileSync(at("text.tsv"), "one two\ttwo one\ntwo\tone\n");
  const words = ["--data", at("text.tsv"), "--target-embeddings", at("v.txt")];
  await trainOn(...words, "--freeze-embeddings", "--out", at("words"));
  const { weights, target } = await readModel(at("words"));
  const table = weights.get("target_embedding")?.data as Float32Array;
  const id = target.encodeIds("two")[0] as number;
  expect([...table.subarray(3 * id, 3 * id + 3)]).toEqual([4, 5, 6]);
  await expect(trainOn(...words, "--embedding", "4", "--out", at("bad"))).rejects.toThrow(
    "have 3 numbers; give --embedding 3, or leave it out.",
  );
});

test.each([
  [["--patches", "2x"], "--patches 2x: give the size of the grid"],
  [
    ["--patches", "2"],
    /pairs\.tsv: line 1: 1\.npy: this is no PNG picture; .*leave the patches out/,
  ],
  [
    ["--preset", "xu2015", "--source-embeddings", at("v.txt")],
    "the model's source has no embeddings",
  ],
  [["--encoder", "none", "--attention", "none", "--no-input-feeding"], "--encoder none: without"],
])("%j is answered by what to do", async (words, message) => {
  await expect(trainOn(...words, "--out", at("other"))).rejects.toThrow(message);
});

test("everything that is missing is said at once", async () => {
  const error = await run(addTrainCommand, "train", "--no-dev").catch((thrown: Error) => thrown);
  expect((error as Error).message.match(/--\w+: [^.]+\./g)).toEqual([
    "--data: there are no pairs of sentences; give --data with a table, or --source and --target with a file each.",
    "--out: give the folder of the model.",
    "--epochs: without a dev set nothing ends the run; say how long to train with --epochs, --minutes or --steps, or give a --dev set to stop when it does not improve.",
  ]);
});

test("everything that is wrong is said at once", async () => {
  const words = ["--steps", "0", "--dropout", "4", "--max-length", "0"];
  await expect(trainOn(...words)).rejects.toThrow(
    /^--max-length 0: .*--steps 0: give .*--dropout 4: give .*--out: give/,
  );
  await expect(
    trainOn("--window", "5", "--no-dev", "--patience", "3", "--out", at("idle")),
  ).rejects.toThrow(/^--window 5: attention .*--patience 3: there is no dev set/);
});

test("a run that goes on with other pairs is told how a model learns from them", async () => {
  const words = ["--resume", "--data", at("pairs.tsv"), "--hidden", "8", "--out", at("gone")];
  await expect(run(addTrainCommand, "train", ...words)).rejects.toThrow(
    /^--data \S+: a resumed run keeps the options it was started with \(as for --hidden\); change only --epochs, .* start a new run with --from/,
  );
});

test("a run that nothing would end is refused", async () => {
  const words = ["train", "--data", at("pairs.tsv"), "--dev", at("pairs.tsv"), "--out", at("on")];
  await expect(run(addTrainCommand, ...words, "--patience", "0")).rejects.toThrow(
    "--patience 0: the dev set does not end the run then; add --epochs, --minutes or --steps.",
  );
});

test.each([
  ["--window 5", "--window 5: attention looks at the whole source; add --attention-scope local-m"],
  ["--attention none --no-input-feeding --window 5", "leave --window out."],
  ["--attention none --attention-hidden 9", "--attention-hidden 9: there is no attention; choose"],
  ["--locations 9", "--locations 9: only attention by location counts positions; add"],
  ["--reset-gate after", "--reset-gate after: only GRUs have a reset gate; add --cell gru"],
  ["--cell gru --forget-bias 1", "--forget-bias 1: only LSTMs have one; add --cell lstm"],
  ["--cell rnn --cell-clip 3", "--cell-clip 3: only LSTMs have one"],
  [
    "--no-dev --keep-best none",
    "--keep-best none: there is no dev set to measure; leave --no-dev out, or leave --keep-best out.",
  ],
  [
    "--no-dev --patience 3",
    "--patience 3: there is no dev set to measure; leave --no-dev out, or leave --patience",
  ],
  [
    "--no-dev --schedule warmup:9+plateau",
    "--schedule warmup:9+plateau: there is no dev set to measure",
  ],
])("%s is refused where it would do nothing", async (words, message) => {
  await expect(trainOn(...words.split(" "), "--out", at("idle"))).rejects.toThrow(message);
  expect(existsSync(at("idle"))).toBe(false);
});

test("columns are those of a table, not of aligned files", async () => {
  const words = ["--source", at("v.txt"), "--target", at("v.txt"), "--columns", "1,2"];
  await expect(
    run(addTrainCommand, "train", ...words, "--steps", "1", "--out", at("idle")),
  ).rejects.toThrow("--columns 1,2: --source and --target have one sentence a line");
});

test.each([
  [
    { "no-input-feeding": true },
    '"no-input-feeding" switches something off; write "inputFeeding": false instead',
  ],
  [{ noCellBias: true }, 'write "cellBias": false instead'],
  [{ "learning-rate": 0.1, learningRate: 0.2 }, '"learningRate" is given twice'],
  [{ "learning-rate": "glorot" }, '"learning-rate" is "glorot"; give a number above 0.'],
  [
    { "initial-range": "wide" },
    '"initial-range" is "wide"; give a number above 0, glorot or bahdanau.',
  ],
])("a configuration file with %j is refused", async (options, message) => {
  writeFileSync(at("config.json"), JSON.stringify(options));
  await expect(trainOn("--config", at("config.json"), "--out", at("other"))).rejects.toThrow(
    message,
  );
});

test("the parts of a preset can be changed: show, attend and tell with an encoder", async () => {
  const words = ["--preset", "xu2015", "--encoder", "recurrent", "--bidirectional"];
  await trainOn(...words, "--out", at("read"));
  const { sizes, weights } = await readModel(at("read"));
  expect(sizes).toMatchObject({ preset: "xu2015", encoder: "recurrent", sourceFeatures: 4 });
  expect([...weights.keys()].some((name) => name.startsWith("encoder.0.backward"))).toBe(true);
});

test.each([
  ["0.002", 0.002],
  ["glorot", "glorot"],
])("weights begin as --initial-range %s says", async (text, initialRange) => {
  writeFileSync(at("range.json"), JSON.stringify({ "initial-range": initialRange }));
  const largest = async (out: string, ...words: string[]): Promise<number> => {
    await trainOn(...words, "--learning-rate", "1e-9", "--out", at(out));
    const { sizes, weights } = await readModel(at(out));
    expect(sizes.initialRange).toBe(initialRange);
    const { data } = weights.get("encoder.0.forward.weight_hh") as TensorValue;
    return Math.max(...(data as Float32Array));
  };
  const given = await largest(`range-${text}`, "--initial-range", text);
  expect(await largest(`range-${text}-file`, "--config", at("range.json"))).toBe(given);
  expect(given < 0.0021).toBe(initialRange === 0.002);
});

describe("help", () => {
  const helpOf = async (flag: string): Promise<{ help: string; command: Command }> => {
    let help = "";
    const program = new Command().configureOutput({
      writeOut: (text) => {
        help += text;
      },
      getOutHelpWidth: () => 100,
    });
    addTrainCommand(program);
    const [command] = program.commands as [Command];
    command.exitOverride();
    await expect(runTyped(program, ["train", flag])).rejects.toThrow("(outputHelp)");
    return { help, command };
  };

  test("shows the few options that most trainings need, and how to see the others", async () => {
    const { help } = await helpOf("--help");
    const shown = [...help.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, flag]) => flag);
    expect(shown.length).toBeLessThan(18);
    expect(shown).toContain("--data");
    expect(shown).not.toContain("--adam-beta1");
    expect(help).toMatch(/All \d\d options, by group: seq2see train --help-all/);
  });

  test("lists every option in a group", async () => {
    const { help, command } = await helpOf("--help-all");
    const groups = new Map(
      command.options.map(({ long, helpGroupHeading }) => [long, helpGroupHeading]),
    );
    expect([...groups.values()]).not.toContain(undefined);
    expect(groups.get("--columns")).toBe("Pairs of sentences:");
    expect(groups.get("--attention-scope")).toBe("Model, attention:");
    for (const flag of groups.keys()) expect(help).toContain(`  ${flag}`);
    const places = [...new Set(groups.values())].map((heading) => help.indexOf(`\n${heading}\n`));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(help).toContain("\nModel, cells:\n");
  });
});
