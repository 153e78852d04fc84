/**
 * Bad input: one clear sentence that names the file, the line or the option, a non-zero exit, and
 * nothing lost or half-written.
 */
import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const program = join(root, "dist/cli/main.js");
const folder = mkdtempSync(join(tmpdir(), "seq2see-bad-"));
const small = ["--hidden", "8", "--embedding", "8", "--steps", "2", "--tokenizer", "char"];
const good = ["--data", "good.tsv"];

function run(
  args: readonly string[],
  input: string | Uint8Array = "",
): { code: number | null; error: string } {
  const result = spawnSync("node", [program, ...args], {
    cwd: folder,
    input: Buffer.from(input as string),
  });
  return { code: result.status, error: result.stderr.toString() };
}

/** All files under a folder with their contents, to be compared. */
function contents(path: string): Record<string, string> {
  if (!existsSync(path)) return {};
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return [file, readFileSync(file).toString("base64")];
    }),
  );
}

function write(name: string, content: string | Uint8Array): void {
  writeFileSync(join(folder, name), content);
}

beforeAll(() => {
  execFileSync("npm", ["run", "--silent", "build"], { cwd: root });
  const pairs = Array.from({ length: 40 }, (_, index) => `a b ${index}\tc ${index} d\n`).join("");
  write("good.tsv", pairs);
  write("three.txt", "a\nb\nc\n");
  write("two.txt", "a\nb\n");
  write("latin1.tsv", Buffer.from("a\tb\nc\xff\td\n", "latin1"));
  write("empty.tsv", "");
  write("blank.tsv", "\t\n \tx\n");
  write("short.tsv", "a\tb\nc\n");
  write("one.tsv", "a\n");
  write("cut.tsv.gz", gzipSync(pairs).subarray(0, 60));
  write("nojson.json", "{");
  write("unknown.json", '{ "hiden": 3 }');
  write("nosource.tsv", "\tb\n");
  const trained = run(["train", ...good, "--out", "model", ...small]);
  expect(trained.error).toContain("Done after 2 steps");
  expect(
    run(["train", ...good, "--out", "plain", ...small, "--preset", "sutskever2014"]).code,
  ).toBe(0);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Name, arguments, what the sentence says. */
type Case = readonly [string, readonly string[], RegExp];

const training: Case[] = [
  [
    "aligned files of different length",
    ["--source", "three.txt", "--target", "two.txt"],
    /two\.txt has 2 lines and three\.txt has 3/,
  ],
  ["invalid UTF-8", ["--data", "latin1.tsv"], /latin1\.tsv: line 2 is not UTF-8; convert/],
  ["an empty corpus", ["--data", "empty.tsv"], /empty\.tsv is empty/],
  ["a corpus of which nothing is left", ["--data", "blank.tsv"], /blank\.tsv: no pair is left/],
  ["a missing column", ["--data", "short.tsv"], /short\.tsv: line 2 has only 1 column/],
  [
    "a column that no line has",
    [...good, "--columns", "1,3"],
    /good\.tsv: line 1 has 2 columns but columns 1 and 3/,
  ],
  [
    "a column of an unknown name",
    [...good, "--columns", "fr,en"],
    /good\.tsv: no column is named "fr"/,
  ],
  ["columns that are none", [...good, "--columns", "1"], /--columns 1: give two columns/],
  [
    "a dev file of another format",
    [...good, "--dev", "one.tsv"],
    /one\.tsv: line 1 has only 1 column/,
  ],
  [
    "a truncated gzip file",
    [...good, "--dev", "cut.tsv.gz"],
    /cut\.tsv\.gz: the gzip file ends too early/,
  ],
  ["a missing file", ["--data", "nothing.tsv"], /nothing\.tsv: there is no such file/],
  ["a folder as data", ["--data", "."], /this is a directory/],
  ["two kinds of data", [...good, "--source", "two.txt"], /give one or the other/],
  ["no data", [], /Give the sentence pairs/],
  [
    "an unknown preset",
    [...good, "--preset", "luong"],
    /--preset luong: .*choose one of luong2015/,
  ],
  [
    "an unknown optimizer",
    [...good, "--optimizer", "adm"],
    /--optimizer adm: .*sgd, adam, adadelta/,
  ],
  ["an unknown schedule", [...good, "--schedule", "x"], /--schedule x: write/],
  [
    "an unknown tokenizer",
    [...good, "--tokenizer", "bpe"],
    /--tokenizer bpe: not a tokenizer; write/,
  ],
  ["an unknown attention", [...good, "--attention", "x"], /--attention.*Allowed choices are dot/],
  [
    "an unknown device",
    [...good, "--device", "nonsense"],
    /--device nonsense: .*choose one of cpu/,
  ],
  ["an unknown option", [...good, "--hiden", "3"], /--hiden.*Did you mean --hidden\?/],
  ["too much dropout", [...good, "--dropout", "2"], /--dropout 2: give a number from 0/],
  ["no hidden units", [...good, "--hidden", "0"], /--hidden 0: give a whole number/],
  ["an odd number for two directions", [...good, "--hidden", "7"], /--hidden 7: .*even number/],
  ["no steps", [...good, "--steps", "0"], /--steps 0: give a whole number from 1/],
  ["a batch that is no number", [...good, "--batch", "x"], /--batch.*'x' is invalid/],
  ["half a sentence", [...good, "--batch", "1.5"], /--batch 1\.5: give a whole number from 1/],
  [
    "input feeding without attention",
    [...good, "--attention", "none"],
    /--attention none: .*--no-input-feeding/,
  ],
  [
    "a configuration that is missing",
    [...good, "--config", "none.json"],
    /--config none\.json: there is no such file/,
  ],
  [
    "a configuration that is not JSON",
    [...good, "--config", "nojson.json"],
    /--config nojson\.json: it cannot be read as JSON/,
  ],
  [
    "an unknown key in it",
    [...good, "--config", "unknown.json"],
    /--config unknown\.json: there is no option "hiden"/,
  ],
];

function expectOneSentence(
  { code, error }: { code: number | null; error: string },
  pattern: RegExp,
): void {
  // The report on data that was read before the mistake was found may stand above.
  const lines = error
    .trim()
    .split("\n")
    .filter((line) => !/^( {2}|Training data|Dev data|As tokens)/.test(line));
  expect(lines, error).toHaveLength(1);
  expect(lines[0]).toMatch(pattern);
  expect(lines[0]).toMatch(/^(seq2see|error): /);
  expect(code).toBe(1);
}

describe("train refuses", () => {
  test.each(training)("%s", (_, args, pattern) => {
    const before = contents(folder);
    expectOneSentence(run(["train", "--out", "new", ...small, ...args]), pattern);
    expect(existsSync(join(folder, "new"))).toBe(false);
    expect(contents(folder)).toEqual(before);
  });

  test("no limit and no dev set", () => {
    expectOneSentence(run(["train", ...good, "--out", "new"]), /Say how long to train/);
  });

  test("a folder that holds another model, which stays as it is", () => {
    const before = contents(join(folder, "model"));
    expectOneSentence(
      run(["train", ...good, "--out", "model", ...small]),
      /--out model: the folder holds a model already; .*--resume/,
    );
    expect(contents(join(folder, "model"))).toEqual(before);
  });

  test("a file in the place of the folder", () => {
    expectOneSentence(
      run(["train", ...good, "--out", "two.txt", ...small]),
      /--out two\.txt: this is a file/,
    );
  });

  test("data that fails beside a user's own files, which stay", () => {
    mkdirSync(join(folder, "mine"));
    write("mine/notes.txt", "mine");
    expectOneSentence(
      run(["train", "--data", "short.tsv", "--out", "mine", ...small]),
      /short\.tsv: line 2/,
    );
    expect(readdirSync(join(folder, "mine"))).toEqual(["notes.txt"]);
  });

  test("to go on with nothing", () => {
    expectOneSentence(
      run(["train", "--out", "new", "--resume"]),
      /--out new: there is no run to go on with/,
    );
  });

  test("to go on with other options", () => {
    expectOneSentence(
      run(["train", "--out", "model", "--resume", "--hidden", "9"]),
      /--hidden: a resumed run keeps the options/,
    );
  });

  test("to go on from a checkpoint that was cut or altered", () => {
    cpSync(join(folder, "model"), join(folder, "cut"), { recursive: true });
    const path = join(folder, "cut/training/checkpoint.safetensors");
    const whole = readFileSync(path);
    truncateSync(path, whole.length - 100);
    expectOneSentence(
      run(["train", "--out", "cut", "--resume", "--steps", "4"]),
      /checkpoint\.safetensors/,
    );
    const altered = Buffer.from(whole);
    altered[whole.length - 50] = (altered[whole.length - 50] as number) ^ 1;
    writeFileSync(path, altered);
    expectOneSentence(
      run(["train", "--out", "cut", "--resume", "--steps", "4"]),
      /checkpoint\.safetensors/,
    );
  });
});

/** A copy of the model with one file changed. */
function damaged(name: string, file: string, change: (bytes: Buffer) => Uint8Array | null): string {
  cpSync(join(folder, "model"), join(folder, name), { recursive: true });
  const path = join(folder, name, file);
  const bytes = change(readFileSync(path));
  if (bytes) writeFileSync(path, bytes);
  else rmSync(path);
  return name;
}

describe("a model is refused", () => {
  const damages: [string, string, (bytes: Buffer) => Uint8Array | null, RegExp][] = [
    [
      "truncated weights",
      "model.safetensors",
      (bytes) => bytes.subarray(0, -7),
      /model\.safetensors/,
    ],
    [
      "altered weights",
      "model.safetensors",
      (bytes) => {
        const copy = Buffer.from(bytes);
        copy[copy.length - 9] = (copy[copy.length - 9] as number) ^ 4;
        return copy;
      },
      /model\.safetensors.*altered|model\.safetensors.*damaged|model\.safetensors/,
    ],
    [
      "missing weights",
      "model.safetensors",
      () => null,
      /model\.safetensors could not be read: it does not exist/,
    ],
    [
      "a configuration that is not JSON",
      "config.json",
      () => Buffer.from("{"),
      /config\.json: it is not JSON/,
    ],
    [
      "a configuration of other sizes",
      "config.json",
      (bytes) => Buffer.from(bytes.toString().replace('"hidden": 8', '"hidden": 10')),
      /model\.safetensors: .* of different models/,
    ],
    [
      "a configuration without a part",
      "config.json",
      (bytes) => Buffer.from(bytes.toString().replace('"cell"', '"sell"')),
      /config\.json: model\.cell/,
    ],
    [
      "a missing tokenizer",
      "target.tokenizer.json",
      () => null,
      /target\.tokenizer\.json could not be read/,
    ],
    [
      "a tokenizer of another kind of file",
      "source.tokenizer.json",
      () => Buffer.from("[]"),
      /source\.tokenizer\.json/,
    ],
  ];
  test.each(damages)("with %s", (name, file, change, pattern) => {
    const model = damaged(name.replaceAll(" ", "-"), file, change);
    expectOneSentence(run(["translate", "--model", model], "a b\n"), pattern);
  });

  test.each<Case>([
    [
      "a missing model",
      ["translate", "--model", "nowhere"],
      /--model nowhere: there is no such folder/,
    ],
    [
      "a folder without a model",
      ["translate", "--model", "."],
      /--model \.: there is no config\.json/,
    ],
    ["no model", ["translate"], /required option '--model <folder>'/],
    ["an unknown command", ["trian"], /unknown command 'trian'.*Did you mean train\?/],
    ["a beam of nothing", ["translate", "--model", "model", "--beam", "0"], /[Bb]eam/],
    [
      "more translations than the beam is wide",
      ["translate", "--model", "model", "--beam", "2", "--n-best", "3"],
      /beam of 2/,
    ],
    [
      "a missing input",
      ["translate", "--model", "model", "--input", "none.txt"],
      /none\.txt: there is no such file/,
    ],
    [
      "alignments of a model without attention",
      ["translate", "--model", "plain", "--alignments", "out"],
      /no attention/,
    ],
    [
      "a missing test set",
      ["evaluate", "--model", "model", "--data", "none.tsv"],
      /none\.tsv: there is no such file/,
    ],
    [
      "an unknown tokenizer of BLEU",
      ["evaluate", "--model", "model", ...good, "--bleu-tokenizer", "x"],
      /--bleu-tokenizer x: choose/,
    ],
    [
      "an empty source to score",
      ["score", "--model", "model", "--data", "nosource.tsv"],
      /[Ll]ine 1 has an empty source/,
    ],
    ["nothing to inspect", ["inspect"], /Say what to inspect/],
  ])("%s", (_, args, pattern) => {
    expectOneSentence(run(args, "a b\n"), pattern);
  });

  test("input that is not UTF-8", () => {
    expectOneSentence(
      run(["translate", "--model", "model"], Uint8Array.of(97, 255, 10)),
      /standard input is not UTF-8/,
    );
  });
});

// A small disk of its own needs a user namespace, which not every machine allows.
const mount = ["-rm", "sh", "-c", 'mount -t tmpfs -o size=1m none "$0" && shift 0 && exec "$@"'];
const canMount = spawnSync("unshare", [...mount, folder, "true"]).status === 0;

test.skipIf(!canMount)("a full disk stops the training with one sentence", () => {
  mkdirSync(join(folder, "disk"));
  const args = [
    "train",
    "--data",
    join(folder, "good.tsv"),
    "--out",
    join(folder, "disk/model"),
    "--hidden",
    "256",
    "--embedding",
    "64",
    "--steps",
    "2",
    "--tokenizer",
    "char",
  ];
  const result = spawnSync("unshare", [...mount, join(folder, "disk"), "node", program, ...args], {
    cwd: folder,
  });
  expect(result.stderr.toString()).toMatch(
    /seq2see: .*could not be written: the disk is full; free some space/,
  );
  expect(result.status).toBe(1);
});
