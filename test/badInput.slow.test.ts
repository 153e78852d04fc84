/**
 * Bad input on the command line: one sentence that names the file, line or option and says what to do,
 * a non-zero exit, and every file as it was before.
 */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { writeDateSamples } from "../src/samples/dateFiles.ts";
import { OneProcess } from "./support/oneProcess.ts";

const root = join(import.meta.dirname, "..");
const program = join(root, "dist/cli/main.js");
const folder = mkdtempSync(join(tmpdir(), "seq2see-bad-input-"));
const at = (...names: string[]) => join(folder, ...names);

/** A command that has to fail. */
interface Case {
  readonly name: string;
  /** What is typed after `seq2see`, in a folder with the files of {@link writeFiles}. */
  readonly typed: string;
  /** What the one sentence says: the file, line or option, and the remedy. */
  readonly says: RegExp;
  readonly input?: Uint8Array | string;
  /** Makes a folder or file that only this case needs. */
  readonly prepare?: () => void;
  /** Whether lines about the corpus come before the sentence, since it has to be read to know. */
  readonly isLate?: boolean;
  /** Whether a process of its own runs it, as also all that read standard input have. */
  readonly isAlone?: boolean;
}

/** Runs the commands that need no process of their own. */
let shared: OneProcess;

const sizes = "--tokenizer char --hidden 8 --embedding 8 --batch 8 --threads 1";
const train = `train --data train.tsv --out new --steps 2 ${sizes}`;
/** {@link train} with another corpus. */
const trainOn = (corpus: string) => `train ${corpus} --out new --steps 2 ${sizes}`;

function writeFiles(): void {
  const write = (name: string, content: string | Uint8Array) => writeFileSync(at(name), content);
  const pairs = readFileSync(at("train.tsv"));
  write("three.txt", "un\ndeux\ntrois\n");
  write("two.txt", "one\ntwo\n");
  write("latin1.tsv", Buffer.from("un\tone\ndeux\ttwo\n\xe9t\xe9\tsummer\n", "latin1"));
  write("utf16.tsv", Buffer.from("un\tone\ndeux\ttwo\n", "utf16le").swap16());
  write("nul.tsv", "un\tone\ndeux\tt\0wo\n");
  write("open.csv", 'un,one\ndeux,"two\ntrois,three\n');
  write("named.jsonl", '{"fr":"un","en":"one"}\n{"fr":"deux"}\n');
  write("empty.tsv", "");
  write("blank.tsv", "\tone\n\ttwo\ntrois\t\n");
  write("missing.tsv", "un\tone\ndeux\ttwo\ntrois\n");
  write("named.tsv", "french\tenglish\nun\tone\n");
  write("column.txt", "un\ndeux\n");
  write("cut.tsv.gz", gzipSync(pairs).subarray(0, 500));
  write("long.tsv", "un deux trois\tone two three\n");
  write("empty-source.tsv", "un\tone\n \ttwo\n");
  write("no.json", "{ steps: 2 }");
  write("list.json", "[2]");
  write("unknown.json", '{ "data": "train.tsv", "hiden": 8 }');
  write("text.json", '{ "data": "train.tsv", "hidden": "8" }');
  write("choice.json", '{ "data": "train.tsv", "attention": "much" }');
  mkdirSync(at("corpora"));
  mkdirSync(at("mine", "training"), { recursive: true });
  write("mine/notes.txt", "not to be lost\n");
  write("mine/training/train.tsv", pairs);
  mkdirSync(at("half"));
}

beforeAll(async () => {
  await writeDateSamples(folder, { train: 40, dev: 10, seed: 1 });
  writeFiles();
  shared = new OneProcess(program, folder);
  succeed(`train --data train.tsv --dev dev.tsv --out model --steps 2 ${sizes}`);
  succeed(`train --data train.tsv --preset sutskever2014 --out plain --steps 2 ${sizes}`);
  succeed(
    `train --data dev.tsv --out other --steps 2 ${sizes.replace("char", "word:40").replace("8", "4")}`,
  );
});

afterAll(() => {
  shared?.end();
  rmSync(folder, { recursive: true, force: true });
});

// What a failed test has left must not make others fail.
afterEach(() => {
  rmSync(at("new"), { recursive: true, force: true });
});

interface Ended {
  readonly code: number;
  readonly lines: readonly string[];
}

const linesOf = (stderr: string): string[] => stderr.trimEnd().split("\n");

/** Runs a command in a process of its own. */
function runAlone(typed: string, input: Uint8Array | string = ""): Ended {
  const { status, stderr } = spawnSync("node", [program, ...typed.split(" ")], {
    cwd: folder,
    input,
    encoding: "utf8",
    timeout: 60_000,
  });
  return { code: status ?? -1, lines: linesOf(stderr) };
}

async function run(typed: string): Promise<Ended> {
  const { code, stderr } = await shared.run(typed.split(" "));
  return { code, lines: linesOf(stderr) };
}

function succeed(typed: string): void {
  const { code, lines } = runAlone(typed);
  expect(lines.join("\n")).not.toMatch(/^(seq2see|error): /m);
  expect(code).toBe(0);
}

/** Every file and folder below, with the bytes. */
function contents(path: string): Record<string, string> {
  const names = readdirSync(path, { recursive: true, encoding: "utf8" }).sort();
  return Object.fromEntries(
    names.map((name) => {
      const whole = join(path, name);
      return [
        name,
        statSync(whole).isDirectory() ? "a folder" : readFileSync(whole).toString("base64"),
      ];
    }),
  );
}

async function check({ typed, says, input, prepare, isLate, isAlone }: Case): Promise<void> {
  prepare?.();
  const before = contents(folder);
  const needsOwn = isAlone || input !== undefined;
  const { code, lines } = needsOwn ? runAlone(typed, input) : await run(typed);
  const sentence = lines.at(-1);
  expect(sentence).toMatch(says);
  expect(sentence).toMatch(/^(seq2see|error): .*[.?]$/);
  if (isLate) expect(lines.join("\n")).not.toMatch(/^(seq2see|error): .*\n|^\s+at /m);
  else expect(lines).toHaveLength(1);
  expect(code).toBe(1);
  expect(contents(folder)).toEqual(before);
}

/** Copies a model and changes a file of the copy. */
function altered(copy: string, file: string, change: (path: string) => void): () => void {
  return () => {
    cpSync(at("model"), at(copy), { recursive: true });
    change(at(copy, file));
  };
}

const truncated = (path: string) => truncateSync(path, statSync(path).size - 100);
const flipped = (path: string) => {
  const bytes = readFileSync(path);
  bytes[bytes.length - 50] = (bytes[bytes.length - 50] as number) ^ 1;
  writeFileSync(path, bytes);
};
const removed = (path: string) => rmSync(path);
const replaced = (old: string | RegExp, text: string) => (path: string) => {
  const content = readFileSync(path, "utf8");
  expect(content).toMatch(old);
  writeFileSync(path, content.replace(old, text));
};

const corpora: Case[] = [
  {
    name: "aligned files of different length",
    typed: trainOn("--source three.txt --target two.txt"),
    says: /two\.txt has 2 lines and three\.txt has 3; every line of one file needs its translation/,
    isAlone: true,
  },
  {
    name: "a file that is not UTF-8",
    typed: trainOn("--data latin1.tsv"),
    says: /latin1\.tsv: line 3 is not UTF-8; convert/,
  },
  {
    name: "a file in UTF-16 without a mark",
    typed: trainOn("--data utf16.tsv"),
    says: /utf16\.tsv: line 1 holds a NUL byte; the file looks like UTF-16BE: convert it with iconv -f UTF-16BE/,
  },
  {
    name: "a file with a NUL byte",
    typed: trainOn("--data nul.tsv"),
    says: /nul\.tsv: line 2 holds a NUL byte; a text has none/,
  },
  {
    name: "CSV with quotes that are not closed",
    typed: trainOn("--data open.csv"),
    says: /open\.csv: the row of line 2 opens quotes that are never closed; close them/,
  },
  {
    name: "JSON Lines without the field",
    typed: trainOn("--data named.jsonl --columns fr,en"),
    says: /named\.jsonl: line 2 has no field "en": it has "fr"; name the source's and the target's field/,
  },
  {
    name: "a format of two files of lines",
    typed: trainOn("--source three.txt --target three.txt --format csv"),
    says: /--format csv: --source and --target have one sentence a line; leave --format out/,
  },
  {
    name: "an empty corpus",
    typed: trainOn("--data empty.tsv"),
    says: /empty\.tsv is empty: it has no pairs/,
  },
  {
    name: "a corpus of which nothing is left",
    typed: trainOn("--data blank.tsv"),
    says: /blank\.tsv: no pair is left, as all were dropped \(2 for empty source, 1 for empty target\); check/,
  },
  {
    name: "a corpus of which nothing is short enough",
    typed: `${trainOn("--data long.tsv")} --max-length 2`,
    says: /long\.tsv: no pair is left, .* longer than 2 tokens\); check the columns and the longest length/,
    isLate: true,
    isAlone: true,
  },
  {
    name: "a line without its column",
    typed: trainOn("--data missing.tsv"),
    says: /missing\.tsv: line 3 has only 1 column but columns 1 and 2 were asked for; columns are separated/,
  },
  {
    name: "a column that is not there",
    typed: trainOn("--data train.tsv --columns 1,5"),
    says: /train\.tsv: line 1 has 2 columns but columns 1 and 5/,
  },
  {
    name: "a column of an unknown name",
    typed: trainOn("--data named.tsv --columns french,german"),
    says: /named\.tsv: no column is named "german"; the first line names "french", "english"/,
  },
  ...["1", "1,2,3", "1,english", "0,1"].map((columns) => ({
    name: `--columns ${columns}`,
    typed: trainOn(`--data train.tsv --columns ${columns}`),
    says: RegExp(`--columns ${columns}: (give two|count columns from 1)`),
  })),
  {
    name: "a dev file of another form",
    typed: `${train} --dev column.txt`,
    says: /column\.txt: line 1 has only 1 column/,
  },
  {
    name: "a dev file that was cut short",
    typed: `${train} --dev cut.tsv.gz`,
    says: /cut\.tsv\.gz: the gzip file ends too early; copy or download it again/,
  },
  {
    name: "one dev file for two files",
    typed: `${trainOn("--source two.txt --target two.txt")} --dev dev.tsv`,
    says: /--dev dev\.tsv: with --source and --target, each set is two files; give both with a comma/,
  },
  {
    name: "no such file",
    typed: trainOn("--data nowhere.tsv"),
    says: /nowhere\.tsv: there is no such file; check the path/,
  },
  {
    name: "a folder as a file",
    typed: trainOn("--data corpora"),
    says: /corpora: this is a directory; give a file/,
  },
  {
    name: "two kinds of corpus",
    typed: trainOn("--data train.tsv --source two.txt --target two.txt"),
    says: /--data: it is one file of pairs, --source and --target are two; give one or the other/,
  },
  {
    name: "a source without a target",
    typed: trainOn("--source two.txt"),
    says: /--data: there are no pairs of sentences; give --data .* or --source and --target/,
  },
  {
    name: "no corpus",
    typed: `train --out new --steps 2 ${sizes}`,
    says: /--data: there are no pairs of sentences; give --data with a table/,
  },
];

const startingModels: Case[] = [
  {
    name: "a model to start from that is not there",
    typed: "train --data train.tsv --out new --steps 2 --from nowhere",
    says: /nowhere: there is no such folder/,
    isAlone: true,
  },
  {
    name: "a shape that the model to start from has not",
    typed: "train --data train.tsv --out new --steps 2 --from model --hidden 16",
    says: /--hidden 16: the model to start from fixes it \(8\); leave it out, or train without/,
  },
  {
    name: "a tokenizer beside a model to start from",
    typed: "train --data train.tsv --out new --steps 2 --from model --tokenizer bpe:100",
    says: /--tokenizer bpe:100: the model to start from fixes it; leave --tokenizer out/,
  },
];

const folders: Case[] = [
  {
    name: "no folder",
    typed: `train --data train.tsv --steps 2 ${sizes}`,
    says: /--out: give the folder/,
  },
  {
    name: "a folder that holds a model",
    typed: `train --data train.tsv --out model --steps 2 ${sizes}`,
    says: /--out model: the folder holds a model already; choose another, or go on with --resume/,
    isAlone: true,
  },
  {
    name: "a folder with weights alone",
    typed: `train --data train.tsv --out weights --steps 2 ${sizes}`,
    prepare: () => {
      mkdirSync(at("weights"));
      cpSync(at("model", "model.safetensors"), at("weights", "model.safetensors"));
    },
    says: /--out weights: the folder holds a model already/,
  },
  {
    name: "a file as folder",
    typed: `train --data train.tsv --out two.txt --steps 2 ${sizes}`,
    says: /--out two\.txt: this is a file; choose another folder/,
  },
  {
    name: "a folder in a file that is to be a demo's",
    typed: "demo --out two.txt/model",
    says: /--out two\.txt\/model: .*two\.txt is a file, not a folder; choose another folder/,
  },
  {
    name: "a folder of other things for a demo",
    typed: "demo --again --out mine",
    says: /--out mine: the folder holds notes\.txt, which is not part of a model; choose another folder/,
  },
  {
    name: "a model of one's own for a demo",
    typed: "demo --again --out weights",
    says: /--out weights: the folder holds a model or a run that is not the demo's; choose another/,
  },
  {
    name: "an output that is the input",
    typed: "translate --model model --input train.tsv --alignments ./train.tsv",
    says: /--alignments \.\/train\.tsv: this is the file of --input, too; give another one/,
  },
  {
    name: "several files that are missing",
    typed: `train --data no.tsv --dev nor.tsv --guided-alignment nothing --out new ${sizes}`,
    says: /no\.tsv, nor\.tsv, nothing: there are no such files; check the paths/,
  },
  {
    name: "a model given twice",
    typed: "inspect --model model --model dates",
    says: /--model <folder>.*It is given twice; give it once/,
  },
  {
    name: "flags of a server for an export",
    typed: "studio --export site --port 80",
    says: /--port: it has no effect on an exported folder/,
  },
  {
    name: "a folder in a file",
    typed: `train --data train.tsv --out two.txt/model --steps 2 ${sizes}`,
    says: /--out two\.txt\/model: .*two\.txt is a file, not a folder; choose another folder/,
  },
  {
    name: "a folder of other things, when the corpus is bad",
    typed: `train --data long.tsv --out mine --steps 2 ${sizes} --max-length 2`,
    says: /long\.tsv: no pair is left/,
    isLate: true,
  },
  {
    name: "a folder of other things, when an option is bad",
    typed: `train --data mine/training/train.tsv --out mine --steps 2 ${sizes} --optimizer adm`,
    says: /--optimizer adm: there is no such optimizer; choose one of sgd, adam, lazy-adam, adadelta/,
  },
  {
    name: "a folder in folders to be made, when the corpus is bad",
    typed: `train --data long.tsv --out new/deep/model --steps 2 ${sizes} --max-length 2`,
    says: /long\.tsv: no pair is left/,
    isLate: true,
  },
];

const resuming: Case[] = [
  {
    name: "where no run is",
    typed: "train --resume --out nowhere",
    says: /--out nowhere: there is no run to go on with; start it without --resume/,
  },
  {
    name: "with another option",
    typed: "train --resume --out model --hidden 16",
    says: /--hidden 16: a resumed run keeps the options it was started with; change only --epochs, --minutes or --steps/,
  },
  {
    name: "to no step",
    typed: "train --resume --out model --steps 0",
    says: /--steps 0: give a whole number from 1/,
  },
  {
    name: "a truncated checkpoint",
    typed: "train --resume --out truncated-checkpoint --steps 4",
    prepare: altered("truncated-checkpoint", "training/checkpoint.safetensors", truncated),
    says: /training\/checkpoint\.safetensors is truncated: it has .* bytes; /,
  },
  {
    name: "an altered checkpoint",
    typed: "train --resume --out altered-checkpoint --steps 4",
    prepare: altered("altered-checkpoint", "training/checkpoint.safetensors", flipped),
    says: /training\/checkpoint\.safetensors was altered after it was written: its checksum is /,
    isAlone: true,
  },
  {
    name: "a checkpoint of another model",
    typed: "train --resume --out mixed-checkpoint --steps 4",
    prepare: altered("mixed-checkpoint", "training/checkpoint.safetensors", (path) =>
      cpSync(at("other", "training", "checkpoint.safetensors"), path),
    ),
    says: /mixed-checkpoint\/.*: it .* or the checkpoint is of another run \(/,
  },
  {
    name: "options that are not JSON",
    typed: "train --resume --out truncated-options --steps 4",
    prepare: altered("truncated-options", "training/options.json", truncated),
    says: /training\/options\.json: it is not JSON in UTF-8 from line \d+ on; restore the file or train the model again/,
  },
  {
    name: "options of a wrong type",
    typed: "train --resume --out altered-options --steps 4",
    prepare: altered(
      "altered-options",
      "training/options.json",
      replaced('"batch": 8', '"batch": "8"'),
    ),
    says: /training\/options\.json: .*batch.* give a whole number from 1 to 65,536; restore the file or train/,
  },
  {
    name: "without its corpus",
    typed: "train --resume --out truncated-ids --steps 4",
    prepare: altered("truncated-ids", "training/train.ids", truncated),
    says: /training\/train\.ids: it was cut short after the run wrote it, or the checkpoint is of/,
  },
  {
    name: "without its dev set",
    typed: "train --resume --out missing-dev --steps 4",
    prepare: altered("missing-dev", "training/dev.ids", removed),
    says: /training\/dev\.ids: /,
  },
];

const models: Case[] = [
  {
    name: "no folder",
    typed: "translate --model nowhere",
    says: /nowhere: there is no such folder; give the folder of a trained model/,
  },
  {
    name: "a folder without a model",
    typed: "translate --model half",
    says: /half: there is no config\.json; give a folder that training wrote/,
  },
  {
    name: "truncated weights",
    typed: "translate --model truncated-weights",
    prepare: altered("truncated-weights", "model.safetensors", truncated),
    says: /truncated-weights\/model\.safetensors is truncated: .*; copy or train it again/,
    isAlone: true,
  },
  {
    name: "altered weights",
    typed: "evaluate --model altered-weights --data dev.tsv",
    prepare: altered("altered-weights", "model.safetensors", flipped),
    says: /altered-weights\/model\.safetensors was altered after it was written: its checksum/,
  },
  {
    name: "missing weights",
    typed: "score --model missing-weights --data dev.tsv",
    prepare: altered("missing-weights", "model.safetensors", removed),
    says: /missing-weights\/model\.safetensors could not be read: it does not exist; check the path/,
  },
  {
    name: "a configuration that is not JSON",
    typed: "inspect --model truncated-config",
    prepare: altered("truncated-config", "config.json", truncated),
    says: /truncated-config\/config\.json: it is not JSON/,
  },
  {
    name: "a configuration of a wrong type",
    typed: "translate --model typed-config",
    prepare: altered("typed-config", "config.json", replaced('"hidden": 8', '"hidden": "8"')),
    says: /typed-config\/config\.json: model\.hidden: .*number/,
  },
  {
    name: "a configuration without a part",
    typed: "translate --model poor-config",
    prepare: altered("poor-config", "config.json", replaced('"cell"', '"sell"')),
    says: /poor-config\/config\.json: model\.cell: /,
  },
  {
    name: "a configuration of other sizes",
    typed: "translate --model sized-config",
    prepare: altered("sized-config", "config.json", replaced('"embedding": 8', '"embedding": 16')),
    says: /sized-config\/config\.json: embedding is 16, but .*model\.safetensors was trained with 8; restore/,
  },
  {
    name: "a configuration whose parts do not fit",
    typed: "translate --model unfit-config",
    prepare: altered("unfit-config", "config.json", replaced('"general"', '"none"')),
    says: /unfit-config\/config\.json: attention: "none": there is no attentional vector to feed/,
  },
  {
    name: "a configuration of another way to attend, of the same sizes",
    typed: "translate --model edited-config",
    prepare: altered("edited-config", "config.json", replaced('"general"', '"dot"')),
    says: /edited-config\/config\.json: attention is dot, but .*model\.safetensors was trained with general; restore/,
  },
  {
    name: "a missing tokenizer",
    typed: "translate --model missing-tokenizer",
    prepare: altered("missing-tokenizer", "source.tokenizer.json", removed),
    says: /missing-tokenizer\/source\.tokenizer\.json could not be read: it does not exist/,
  },
  {
    name: "a tokenizer of another model",
    typed: "translate --model mixed-tokenizer",
    prepare: altered("mixed-tokenizer", "target.tokenizer.json", (path) =>
      cpSync(at("other", "target.tokenizer.json"), path),
    ),
    says: /mixed-tokenizer\/target\.tokenizer\.json belongs to another model than mixed-tokenizer\/model\.safetensors, or was changed; copy/,
  },
  {
    name: "a tokenizer that is none",
    typed: "translate --model no-tokenizer",
    prepare: altered("no-tokenizer", "target.tokenizer.json", (path) => writeFileSync(path, "{}")),
    says: /no-tokenizer\/target\.tokenizer\.json belongs to another model than no-tokenizer\/model\.safetensors, or was changed; copy/,
  },
];

const trainingOptions: Case[] = [
  {
    name: "none",
    typed: `train --data train.tsv --no-dev --out new ${sizes}`,
    says: /without a dev set nothing ends the run; say how long to train with --epochs/,
  },
  { name: "--hiden 8", typed: `${train} --hiden 8`, says: /'--hiden' .*Did you mean --hidden\?/ },
  ...(
    [
      ["--preset luong", /choose one of luong2015, luong2015-paper, bahdanau2014, /],
      ["--optimizer adm", /choose one of sgd, adam, lazy-adam, adadelta/],
      ["--schedule warm", /write constant, warmup:STEPS/],
      ["--schedule plateau:-1:2", /write constant, warmup:STEPS/],
      ["--tokenizer pieces", /write bpe:8000/],
      ["--tokenizer bpe:3", /a vocabulary of 16 to/],
      ["--dropout 2", /give a number from 0 to 0\.99/],
      ["--hidden 0", /give a whole number from 1/],
      ["--hidden 7", /give an even number/],
      ["--layers 1.5", /give a whole number from 1/],
      ["--steps 0", /give a whole number from 1/],
      ["--batch 2.5", /give a whole number from 1/],
      ["--learning-rate 0", /give a number above 0/],
      ["--label-smoothing 1", /give a number from 0 to 0\.9/],
      ["--average 1", /give a number from 0 to 0\.9999/],
      ["--clip -1", /give a number from 0/],
      ["--seed -1", /give a whole number from 0/],
      ["--threads 0", /give a whole number from 1/],
      ["--device abacus", /choose one of .*cpu/],
    ] as const
  ).map(([option, remedy]) => ({
    name: option,
    typed: `${train} ${option}`,
    says: RegExp(`seq2see: .*${option.split(" ").join(".*")}.*${remedy.source}`),
  })),
  {
    name: "--hidden 65536",
    typed: `${train} --hidden 65536`,
    says: /parameters, and its training would need .* of memory where there are \d+; lower --hidden, /,
    isLate: true,
  },
  {
    name: "--batch x",
    typed: `${train} --batch x`,
    says: /'--batch <n>' argument 'x' is invalid\. Give a number/,
  },
  {
    name: "--attention much",
    typed: `${train} --attention much`,
    says: /'--attention <kind>' argument 'much' is invalid\. Allowed choices are dot, general/,
  },
  {
    name: "--attention dot with sizes that do not fit",
    typed: `${train} --preset bahdanau2014 --attention dot`,
    says: /--attention dot: the encoder's states have 16 numbers and the decoder's 8; use --attention general/,
  },
  {
    name: "--attention none with input feeding",
    typed: `${train} --attention none --input-feeding`,
    says: /--attention none: .*add --no-input-feeding/,
  },
  {
    name: "--config that is missing",
    typed: `${train} --config nowhere.json`,
    says: /--config nowhere\.json: .*no such file/,
  },
  {
    name: "--config in UTF-16 without a mark",
    typed: `${train} --config utf16.tsv`,
    says: /--config utf16\.tsv: line 1 holds a NUL byte; the file looks like UTF-16BE/,
  },
  {
    name: "--config that is not JSON",
    typed: `${train} --config no.json`,
    says: /--config no\.json: .*give a JSON object/,
  },
  {
    name: "--config that is a list",
    typed: `${train} --config list.json`,
    says: /--config list\.json: .*give a JSON object/,
  },
  {
    name: "--config with an unknown key",
    typed: `${train} --config unknown.json`,
    says: /--config unknown\.json: there is no option "hiden"; see seq2see train --help/,
  },
  {
    name: "--config with a text for a number",
    typed: `train --out new --steps 2 --config text.json`,
    says: /--config text\.json: "hidden" .*number/,
  },
  {
    name: "--config with an unknown choice",
    typed: `train --out new --steps 2 --config choice.json`,
    says: /--config choice\.json: "attention" .*dot, general, concat, additive, .*none/,
  },
];

const useOptions: Case[] = [
  {
    name: "an unknown command",
    typed: "tranlate",
    says: /'tranlate' .*Did you mean translate\?/,
    isAlone: true,
  },
  {
    name: "no model",
    typed: "translate",
    says: /required option '--model <folder>' not specified/,
  },
  {
    name: "--beam 0",
    typed: "translate --model model --beam 0",
    says: /--beam 0: give a whole number from 1 to 1,024/,
  },
  {
    name: "--n-best above --beam",
    typed: "translate --model model --beam 2 --n-best 3",
    says: /--n-best 3: .*--beam 3/,
  },
  {
    name: "--sample with --n-best",
    typed: "translate --model model --sample --n-best 3",
    says: /--n-best 3: .*--sample/,
  },
  {
    name: "--length-penalty -1",
    typed: "translate --model model --length-penalty -1",
    says: /--length-penalty -1: give a number from 0/,
  },
  {
    name: "--temperature 0",
    typed: "translate --model model --sample --temperature 0",
    says: /--temperature 0: give a number from 0.01 to 100/,
  },
  {
    name: "--threads 0",
    typed: "score --model model --data dev.tsv --threads 0",
    says: /--threads 0: .*give a whole number from 1/,
  },
  {
    name: "--device abacus",
    typed: "translate --model model --device abacus",
    says: /--device abacus: there is no such device; choose one of .*cpu/,
  },
  {
    name: "standard input that is not UTF-8",
    typed: "translate --model model",
    input: Buffer.from("\xe9t\xe9\n", "latin1"),
    says: /standard input: line 1 is not UTF-8; convert /,
  },
  {
    name: "a missing --input",
    typed: "translate --model model --input nowhere.txt",
    says: /nowhere\.txt: there is no such file; check the path/,
  },
  {
    name: "--alignments of a model without attention",
    typed: "translate --model plain --alignments links.txt",
    input: "un\n",
    says: /no attention, .*leave --alignments/,
  },
  {
    name: "--coverage-penalty of a model without attention",
    typed: "translate --model plain --coverage-penalty 0.2",
    input: "un\n",
    says: /[Cc]overage.*penalty/,
  },
  {
    name: "--alignments into a folder that is a file",
    typed: "translate --model model --alignments two.txt/links",
    input: "un\n",
    says: /two\.txt\/links could not be written: .*; choose another folder/,
  },
  {
    name: "evaluate on a missing file",
    typed: "evaluate --model model --data nowhere.tsv",
    says: /nowhere\.tsv: there is no such file; check the path/,
  },
  {
    name: "an unknown --bleu-tokenizer",
    typed: "evaluate --model model --data dev.tsv --bleu-tokenizer moses",
    says: /--bleu-tokenizer moses: choose one of /,
  },
  {
    name: "--bleu-tokenizer without BLEU",
    typed: "evaluate --model model --data dev.tsv --metrics exact --bleu-tokenizer char",
    says: /--bleu-tokenizer char: BLEU is not measured; add --metrics bleu, or leave it out/,
  },
  {
    name: "options of a search where nothing is translated",
    typed: "evaluate --model model --data dev.tsv --metrics perplexity --beam 7",
    says: /--beam 7: nothing is translated for perplexity; leave it out, or add a metric/,
  },
  {
    name: "--lowercase where nothing is translated",
    typed: "evaluate --model model --data dev.tsv --metrics perplexity --lowercase",
    says: /--lowercase: nothing is translated for perplexity; leave it out/,
  },
  {
    name: "inspect --preset of a trained model",
    typed: "inspect --model model --preset luong2015",
    says: /--preset luong2015: it shapes a graph without a model; leave it out/,
  },
  {
    name: "score of an empty source",
    typed: "score --model model --data empty-source.tsv",
    says: /empty-source\.tsv: line 2 has an empty source, .*; remove it/,
  },
  { name: "inspect nothing", typed: "inspect", says: /Say what to inspect: --model FOLDER/ },
  {
    name: "an unknown --graph",
    typed: "inspect --graph loss",
    says: /'--graph <name>' argument 'loss' is invalid\. Allowed choices are train, encoder, decoder/,
  },
];

describe.each([
  ["corpus", corpora],
  ["--from", startingModels],
  ["--out", folders],
  ["--resume", resuming],
  ["model", models],
  ["train", trainingOptions],
  ["use", useOptions],
])("%s", (_, cases) => {
  test.each(cases)("$name", check);
});

const canMount =
  process.platform === "linux" &&
  spawnSync("unshare", ["--user", "--map-root-user", "--mount", "true"]).status === 0;
if (!canMount) console.warn("Full disks are not tested, since this system allows no mounts.");

/** Runs a shell script beside a small disk that is mounted as `disk`; `seq2see` is a function in it. */
function onSmallDisk(script: string): { code: number | null; stdout: string; stderr: string } {
  mkdirSync(at("disk"), { recursive: true });
  const before = `
    mount -t tmpfs -o size=4m tmpfs disk || exit 9
    seq2see() { "$0" "$1" "$@"; }
    fill() { head -c 100m /dev/zero > disk/filler 2> nothing; truncate -s -"$1" disk/filler; }`;
  const { status, stdout, stderr } = spawnSync(
    "unshare",
    [
      "--user",
      "--map-root-user",
      "--mount",
      "sh",
      "-c",
      before.replace('"$1" "$@"', `'${program}' "$@"`) + script,
      process.execPath,
    ],
    { cwd: folder, encoding: "utf8" },
  );
  return { code: status, stdout, stderr };
}

test.skipIf(!canMount)("a run that begins on a full disk leaves nothing there", () => {
  const { code, stdout, stderr } = onSmallDisk(`
    fill 0
    seq2see train --data train.tsv --out disk/new --steps 2 ${sizes}
    test $? = 1 && ls disk`);
  expect(stderr.trim().split("\n").at(-1)).toMatch(
    /^seq2see: disk\/new\S* (could not|cannot) be written.*\.$/,
  );
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stdout).toBe("filler\n");
  expect(code).toBe(0);
});

describe.skipIf(!canMount)("a disk that fills up while training", () => {
  beforeAll(async () => {
    cpSync(at("model"), at("whole"), { recursive: true });
    expect((await run("train --resume --out whole --steps 8")).code).toBe(0);
  });

  // With room for nothing at all the small files fail, with some room the weights or the checkpoint.
  test.each([0, 8192, 24576])("leaves a run that goes on (%d bytes left)", (left) => {
    const { code, stdout, stderr } = onSmallDisk(`
    cp -r model disk/run
    fill ${left}
    seq2see train --resume --out disk/run --steps 8
    test $? = 1 || exit 3
    echo "half done"
    echo "un" | seq2see translate --model disk/run > nothing || exit 5
    find disk/run -type f | sort
    rm disk/filler
    seq2see train --resume --out disk/run --steps 8 2> nothing || exit 6
    cmp disk/run/model.safetensors whole/model.safetensors || exit 8`);
    expect(stderr.trim().split("\n").at(-1)).toMatch(
      /^seq2see: disk\/run\S* could not be written: the disk is full; free some space.*\.$/,
    );
    const files = stdout.split("\n").slice(1, -1);
    // There may be room for the new limits.
    expect(files.filter((file) => file !== "disk/run/training/limits.json")).toEqual([
      "disk/run/config.json",
      "disk/run/model.safetensors",
      "disk/run/source.tokenizer.json",
      "disk/run/target.tokenizer.json",
      "disk/run/training/checkpoint.safetensors",
      "disk/run/training/dev.ids",
      "disk/run/training/dev.pairs.jsonl",
      "disk/run/training/metrics.jsonl",
      "disk/run/training/options.json",
      "disk/run/training/sample.pairs.jsonl",
      "disk/run/training/samples.jsonl",
      "disk/run/training/train.ids",
    ]);
    expect(code).toBe(0);
  });
});
