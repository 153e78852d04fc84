/** What `seq2see translate` prints for the options of its search. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { runTyped } from "../../test/support/commandLine.ts";
import { writeRandomModel } from "../../test/support/writtenModel.ts";
import { decodeSafetensors } from "../files/safetensors.ts";
import { isZip } from "../files/zip.ts";
import { standardOutput } from "./standardOutput.ts";
import { addTranslateCommand } from "./translate.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-translate-"));
const at = (name: string): string => join(folder, name);
let printed: string[] = [];

beforeAll(async () => {
  await writeRandomModel(at("model"));
  await writeRandomModel(at("other"), { attention: "dot" }, 2);
  writeFileSync(at("lines.txt"), "a house\nthe tree is green.\n");
  writeFileSync(at("led.tsv"), "a house\tba\nthe tree is green.\n");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  printed = [];
  vi.spyOn(standardOutput, "print").mockImplementation(async (text) => {
    printed.push(...text.split("\n"));
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

async function run(...words: string[]): Promise<string[]> {
  printed = [];
  const program = new Command("seq2see");
  addTranslateCommand(program);
  const typed = ["translate", "--model", at("model"), "--threads", "1", "--max-length", "12"];
  const input = words.includes("--input") ? [] : ["--input", at("lines.txt")];
  await runTyped(program, [...typed, ...input, ...words]);
  return printed;
}

test("a prefix comes first, for all lines or for each line its own", async () => {
  const free = await run("--beam", "2");
  const led = await run("--beam", "2", "--prefix", "ab c");
  expect(led.every((line) => line.startsWith("ab c"))).toBe(true);
  const [first, second] = await run(
    "--beam",
    "2",
    "--input",
    at("led.tsv"),
    "--prefix-column",
    "2",
  );
  expect(first).toMatch(/^ba/);
  expect(second).toBe(free[1]);
});

test("limits of length and repeated tokens", async () => {
  const lines = await run("--min-length", "12", "--no-repeat-ngram", "1");
  for (const line of lines) {
    expect([...line].length).toBe(12);
    expect(new Set(line).size).toBe(12);
  }
  const free = await run("--min-length", "12");
  expect(free.some((line) => new Set(line).size < 12)).toBe(true);
});

test("drawing repeats itself for a seed", async () => {
  const drawn = await run("--sample", "--top-p", "0.9", "--seed", "3");
  expect(await run("--sample", "--top-p", "0.9", "--seed", "3")).toEqual(drawn);
  expect(await run("--sample", "--top-p", "0.9", "--seed", "4")).not.toEqual(drawn);
});

test("a trace of drawn translations is of those that are printed, line by line", async () => {
  writeFileSync(at("same.txt"), "a house\na house\na house\n");
  const drawn = await run(
    "--sample",
    "--seed",
    "3",
    "--no-replace-unknown",
    "--input",
    at("same.txt"),
    "--trace",
    at("drawn.jsonl"),
  );
  expect(new Set(drawn).size).toBe(3);
  const traces = readFileSync(at("drawn.jsonl"), "utf8").trimEnd().split("\n");
  expect(traces.map((trace) => JSON.parse(trace).hypotheses[0].text)).toEqual(drawn);
});

describe("traces with a file for each line", () => {
  test("have the numbers of those in JSON, to its 7 digits", async () => {
    const translations = await run("--beam", "2", "--trace", at("traces.jsonl"));
    const traces = readFileSync(at("traces.jsonl"), "utf8").trimEnd().split("\n");
    const asked = ["--trace", at("tensors"), "--trace-format", "safetensors"];
    expect(await run("--beam", "2", ...asked)).toEqual(translations);
    expect(readdirSync(at("tensors")).sort()).toEqual(["000000.safetensors", "000001.safetensors"]);
    for (const [number, line] of traces.entries()) {
      const json = JSON.parse(line);
      const name = `tensors/00000${number}.safetensors`;
      const { tensors, metadata } = decodeSafetensors(
        Uint8Array.from(readFileSync(at(name))),
        name,
      );
      const rounded = (key: string): number[] =>
        Array.from(tensors.get(key)?.data as Float32Array, (each) => Number(each.toPrecision(7)));
      expect(rounded("memory")).toEqual(json.encoder.tensors.memory.data);
      for (const key of ["attention.weights", "logits"]) {
        expect(rounded(key)).toEqual(
          json.steps.flatMap(
            (step: { tensors: Record<string, { data: number[] }> }) => step.tensors[key]?.data,
          ),
        );
      }
      expect(JSON.parse(metadata.get("trace") ?? "").source).toEqual(json.source);
    }
  });
  test("can be for NumPy, of some tensors only", async () => {
    const asked = ["--trace", at("small"), "--trace-format", "npz", "--tensors", "attention"];
    await run("--beam", "2", ...asked);
    const [first] = readdirSync(at("small"))
      .sort()
      .map((name) => readFileSync(at(`small/${name}`)));
    expect(isZip(first as Buffer)).toBe(true);
    expect(first?.includes("attention.weights.npy")).toBe(true);
    expect(first?.includes("memory.npy")).toBe(false);
  });
  test("leave nothing behind where a line cannot be translated", async () => {
    writeFileSync(at("bad.txt"), Buffer.from([0x61, 0x0a, 0xff, 0xfe, 0xff, 0x0a]));
    const asked = ["--input", at("bad.txt"), "--trace", at("none"), "--trace-format", "npz"];
    await expect(run(...asked)).rejects.toThrow("bad.txt");
    expect(existsSync(at("none"))).toBe(false);
  });
});

test("a model given twice is that model, and with another it is not", async () => {
  const single = await run();
  expect(await run("--model", at("model"))).toEqual(single);
  expect(await run("--model", at("model"), "--average", "logits")).toEqual(single);
  expect(await run("--model", at("model"), "--ensemble", "logits")).toEqual(single);
  expect(await run("--model", at("other"))).not.toEqual(single);
});

test.each([
  [["--prefix", "a", "--prefix-column", "2"], /--prefix-column 2: --prefix is for all lines/],
  [["--prefix-column", "2"], /--prefix-column 2: no line of .*lines.txt has so many columns/],
  [["--prefix", "a", "--trace", "t.json"], /--trace t.json: it records searches without a prefix/],
  [["--trace-format", "npz"], /--trace-format npz: no trace is written; add --trace, or leave/],
  [["--tensors", "none"], /--tensors none: no trace is written; add --trace, or leave it out/],
  [
    ["--trace", "t.npz"],
    /--trace t.npz: traces of this format are a file for each line; give a folder, as in/,
  ],
  [
    ["--trace", "src", "--trace-format", "npz"],
    /--trace src: the folder holds .*; choose one that/,
  ],
  [["--trace", "package.json", "--trace-format", "npz"], /package.json: this is a file; choose/],
  [["--model", "x", "--model", "y"], /^x: there is no such folder/],
  [["--top-p", "0.5"], /--top-p 0.5: nothing is drawn; add --sample, or leave/],
  [["--top-k", "5"], /--top-k 5: nothing is drawn; add --sample, or leave/],
  [["--temperature", "0.5"], /--temperature 0.5: nothing is drawn; add --sample, or leave/],
  [["--seed", "7"], /--seed 7: nothing is drawn; add --sample, or leave/],
  [["--sample", "--top-p", "2"], /--top-p 2: give a number above 0, up to 1/],
  [["--sample", "--beam", "2"], /--beam 2: --sample draws one translation; give only one of them/],
  [["--n-best", "3", "--beam", "2"], /--n-best 3: a beam of 2 finds no more than 2; give --beam 3/],
  [["--beam", "2000"], /--beam 2000: give a whole number from 1 to 1,024/],
  [["--no-repeat-ngram", "1.5"], /--no-repeat-ngram 1.5: give a whole number from 0/],
])("%o is refused", async (words, message) => {
  await expect(run(...words)).rejects.toThrow(message);
});

test("a dictionary is of use to a model with attention, and of none to others", async () => {
  await writeRandomModel(at("plain"), {
    attention: "none",
    inputFeeding: false,
    bidirectional: false,
    bridge: "copy",
  });
  writeFileSync(at("words.tsv"), "haus\thouse\n");
  expect(await run("--dictionary", at("words.tsv"))).toHaveLength(2);
  const typed = ["translate", "--model", at("plain"), "--input", at("lines.txt"), "--threads", "1"];
  const program = new Command("seq2see");
  addTranslateCommand(program);
  await expect(runTyped(program, [...typed, "--dictionary", at("words.tsv")])).rejects.toThrow(
    /^--dictionary: the model has no attention to tell which word is unknown; leave --dictionary out/,
  );
});

test("a trace is of one model", async () => {
  await expect(run("--model", at("other"), "--trace", at("t.json"))).rejects.toThrow(
    /--trace .*: a trace is of one model; give --model once/,
  );
});

describe("lines beyond the first chunk", () => {
  const words = ["a", "house", "tree", "is", "green", "the"];
  const lines = Array.from({ length: 150 }, (_, index) =>
    [words[index % 6], words[index % 5], words[index % 4]].join(" "),
  );
  const given = (name: string, texts: readonly string[]): string => {
    writeFileSync(at(name), `${texts.join("\n")}\n`);
    return at(name);
  };
  const some = ["--beam", "2", "--max-length", "4"];

  test("are drawn by their numbers in the file", async () => {
    const drawn = await run("--sample", "--seed", "5", "--input", given("many.txt", lines));
    const tail = lines.slice(100);
    // The line of number 100 has the stream of seed 5 + 100, which is that of the first line with seed 105.
    const alone = await run("--sample", "--seed", "105", "--input", given("tail.txt", tail));
    expect(drawn).toHaveLength(150);
    expect(drawn.slice(100)).toEqual(alone);
  });
  test("keep their numbers in lists, and their prefixes", async () => {
    const led = lines.map((line, index) => `${line}\t${index % 2 === 0 ? "ab" : ""}`);
    const printed = await run(
      ...some,
      "--n-best",
      "2",
      "--input",
      given("led-many.tsv", led),
      "--prefix-column",
      "2",
    );
    expect(printed.map((line) => Number(line.split(" ||| ")[0]))).toEqual(
      lines.flatMap((_, index) => [index, index]),
    );
    for (const [number, text] of printed.map((line) => line.split(" ||| "))) {
      if (Number(number) % 2 === 0) expect(text).toMatch(/^ab/);
    }
  });
  test("have their alignments and weights in the same files", async () => {
    const input = ["--input", given("many.txt", lines)];
    await run(...some, ...input, "--alignments", at("many.pharaoh"));
    await run(...some, ...input, "--alignments", at("many.json"));
    const links = readFileSync(at("many.pharaoh"), "utf8").trimEnd().split("\n");
    const weights = JSON.parse(readFileSync(at("many.json"), "utf8"));
    expect(links).toHaveLength(150);
    expect(weights).toHaveLength(150);
    expect(
      weights.map(({ alignment }: { alignment: number[][] }) =>
        alignment.map((link) => link.join("-")).join(" "),
      ),
    ).toEqual(links);
  });
  test("are looked at before anything is printed", async () => {
    const long = [...lines.map((line) => `${line}\t`), "a\tabcabc"];
    await expect(
      run(...some, "--input", given("late.tsv", long), "--prefix-column", "2"),
    ).rejects.toThrow(
      /late.tsv: the prefix of line 151 has 6 tokens and a translation at most 4; shorten/,
    );
    expect(printed).toEqual([]);
    writeFileSync(at("latin1.txt"), Buffer.from([...Buffer.from("a\n".repeat(200)), 0xe9, 10]));
    await expect(run("--input", at("latin1.txt"))).rejects.toThrow(/line 201 is not UTF-8/);
    expect(printed).toEqual([]);
  });
  test("that are none make files without any", async () => {
    writeFileSync(at("none.txt"), "");
    const input = ["--input", at("none.txt")];
    await run(...input, "--alignments", at("none.json"));
    await run(...input, "--alignments", at("none.pharaoh"), "--trace", at("none.jsonl"));
    expect(printed).toEqual([]);
    expect(readFileSync(at("none.json"), "utf8")).toBe("[]\n");
    expect(readFileSync(at("none.pharaoh"), "utf8")).toBe("");
    expect(readFileSync(at("none.jsonl"), "utf8")).toBe("");
  });
  test("leave files as they were when the work fails", async () => {
    writeFileSync(at("kept.pharaoh"), "old\n");
    writeFileSync(at("bad.txt"), Buffer.from([0xe9, 10]));
    const words = ["--input", at("bad.txt"), "--alignments", at("kept.pharaoh")];
    await expect(run(...words)).rejects.toThrow(/line 1 is not UTF-8/);
    expect(readFileSync(at("kept.pharaoh"), "utf8")).toBe("old\n");
  });
});
