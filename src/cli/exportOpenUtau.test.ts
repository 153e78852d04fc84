/** What `seq2see export --for openutau` writes. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { runTyped } from "../../test/support/commandLine.ts";
import { cSharpErrors, hasCSharp } from "../../test/support/csharp.ts";
import { LoadedPack } from "../../test/support/openUtauLoop.ts";
import { writeRandomModel } from "../../test/support/writtenModel.ts";
import { Seq2Seq } from "../library/seq2seq.ts";
import { TextTokenizer } from "../text/tokenizer.ts";
import { learnTokenizer } from "../text/tokenizerOption.ts";
import { addExportCommand } from "./export.ts";
import { standardOutput } from "./standardOutput.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-openutau-"));
const at = (name: string): string => join(folder, name);
let printed: string[] = [];
let notices: string[] = [];

/** A vocabulary of words. */
function words(text: string): TextTokenizer {
  const counts = new Map(text.split(" ").map((word) => [word, 1]));
  return TextTokenizer.fromJson(learnTokenizer(counts, { kind: "word", size: 100 }), "words");
}

const letters = words("a b c d e f g h i j k l m n o p q r s t u v w x y z ' -");
const arpabet = words("AA AE AH B D ER IY K L M N NG R S T W");

beforeAll(async () => {
  await writeRandomModel(at("say"), {}, 3, { source: letters, target: arpabet });
  await writeRandomModel(at("capitals"), {}, 1, { source: words("A B é É ß"), target: arpabet });
  await writeRandomModel(at("ipa"), {}, 1, { source: letters, target: words("ˈa b ŋ") });
  await writeRandomModel(at("words"), {}, 1, { source: words("the house"), target: arpabet });
  await writeRandomModel(at("letters"), {}, 1, { target: "abc", source: letters });
  writeFileSync(at("words.tsv"), "c a t\tK AE T\nB A R N\tB AA R N\nc a t\tK AA T\nz o o\tZ UW\n");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  [printed, notices] = [[], []];
  vi.spyOn(standardOutput, "print").mockImplementation(async (text) => {
    printed.push(text);
  });
  vi.spyOn(console, "error").mockImplementation((text) => {
    notices.push(text);
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

async function run(model: string, ...typed: string[]): Promise<LoadedPack> {
  const program = new Command("seq2see");
  addExportCommand(program);
  const out = typed.includes("--out") ? [] : ["--out", at(`${model}.zip`)];
  await runTyped(program, ["export", "--model", at(model), ...out, ...typed]);
  return LoadedPack.open(readFileSync(at(`${model}.zip`)));
}

const openUtau = ["--for", "openutau"];

test("a pack has the model, a dictionary, the types of phonemes, and their names", async () => {
  const pack = await run("say", ...openUtau, "--data", at("words.tsv"));
  expect([...pack.files.keys()]).toEqual([
    "g2p.onnx",
    "dict.txt",
    "phones.txt",
    "cfg.yaml",
    "PackedG2p.cs",
  ]);
  expect(pack.text("dict.txt").split("\n").slice(1)).toEqual(["cat  K AE T", "barn  B AA R N", ""]);
  expect(notices).toEqual([expect.stringMatching(/1 word of 4 words left out of the dictionary/)]);
  expect(pack.text("phones.txt")).toMatch(/^AA\tvowel\n[\s\S]*B\tstop\n[\s\S]*W\tsemivowel\n$/);
  expect(pack.names("letters")).toEqual(["", "", "", "", ...ownTokens(letters)]);
  expect(pack.names("phonemes")).toEqual(["", "", "", "", ...ownTokens(arpabet)]);
  expect(pack.text("cfg.yaml")).toMatch(
    /^encoder:\n {2}graphemes:\n {4}- "<unk>"\n[\s\S]*\ndecoder:\n {2}phonemes:\n[\s\S]* {4}- "W"\n$/,
  );
  expect(printed.join("\n")).toMatch(
    /say\.zip: \d\.\d\d MB, 16 phonemes, a dictionary of 2 words$/,
  );
});

test("only an earlier pack is replaced", async () => {
  const typed = (out: string) => run("say", ...openUtau, "--data", at("words.tsv"), "--out", out);
  const pairs = readFileSync(at("words.tsv"), "utf8");
  await expect(typed(at("words.tsv"))).rejects.toThrow(/--out .*: this is the file of --data, too/);
  await expect(typed(at("say/config.json"))).rejects.toThrow(/this is a file of the model/);
  writeFileSync(at("notes.txt"), "mine");
  await expect(typed(at("notes.txt"))).rejects.toThrow(/this file is no earlier pack/);
  expect(readFileSync(at("words.tsv"), "utf8")).toBe(pairs);
  expect(readFileSync(at("notes.txt"), "utf8")).toBe("mine");
  await typed(at("say.zip"));
});

function ownTokens(tokenizer: TextTokenizer): string[] {
  return Array.from({ length: tokenizer.size - 4 }, (_, id) => tokenizer.tokenOf(id + 4));
}

test.skipIf(!hasCSharp)(
  `the class for a phonemizer compiles${hasCSharp ? "" : ": skipped, because mono-mcs is missing"}`,
  async () => {
    const pack = await run("say", ...openUtau);
    expect(cSharpErrors(pack.text("PackedG2p.cs"), folder)).toBe("");
  },
);

test("OpenUtau's loop says what is translated", async () => {
  const pack = await run("say", ...openUtau);
  const model = await Seq2Seq.load(at("say"), { threads: 1 });
  const all = ["banana", "it's", "e", "well-known", "Rhythms", "abcdefghijklmnop"];
  const spaced = all.map((word) => [...word.toLowerCase()].join(" "));
  const results = await model.translateAll(spaced, { beam: 1, forbidUnknown: true });
  const translations = results.map(([best]) => best?.text);
  for (const [index, word] of all.entries()) {
    expect((await pack.predict(word)).join(" ")).toBe(translations[index]);
  }
  expect(new Set(translations).size).toBeGreaterThan(3);
  // Letters that the model does not know are left out.
  expect(await pack.predict("bañana")).toEqual(await pack.predict("baana"));
  expect(await pack.predict("ñ")).toEqual([]);
  await model.release();
});

test("a model of int8 is smaller, and says phonemes as well", async () => {
  const whole = await run("say", ...openUtau);
  const small = await run("say", ...openUtau, "--weights", "int8");
  const sizeOf = (pack: LoadedPack): number => pack.files.get("g2p.onnx")?.length ?? 0;
  expect(sizeOf(small)).toBeLessThan(sizeOf(whole));
  const said = await small.predict("banana");
  expect(said.length).toBeGreaterThan(0);
  expect(ownTokens(arpabet)).toEqual(expect.arrayContaining(said));
});

test("capitals stand for small letters that the model does not know", async () => {
  const pack = await run("capitals", ...openUtau);
  expect(pack.names("letters").slice(4).sort()).toEqual(["a", "b", "ß", "É", "é"].sort());
});

test("types of other phonemes come from a file", async () => {
  writeFileSync(at("types.txt"), "ˈa vowel\nb\tstop\n\nŋ nasal\nx fricative\n");
  const pack = await run("ipa", ...openUtau, "--phoneme-types", at("types.txt"));
  expect(pack.text("phones.txt").split("\n").sort()).toEqual(
    ["", "b\tstop", "ŋ\tnasal", "ˈa\tvowel"].sort(),
  );
  expect(pack.text("dict.txt")).toBe(";;; words with known pronunciations\n");
});

test("the same model makes the same pack, and replaces an earlier one", async () => {
  await run("say", ...openUtau);
  const before = readFileSync(at("say.zip"));
  await run("say", ...openUtau);
  expect(readFileSync(at("say.zip")).equals(before)).toBe(true);
});

test.each<[string, string[], RegExp]>([
  [
    "words",
    openUtau,
    /gives single letters to a model, and this one reads word, 6 words; give one of/,
  ],
  [
    "letters",
    openUtau,
    /takes a whole phoneme from a model at each step, and this one writes char, /,
  ],
  [
    "ipa",
    openUtau,
    /--for openutau: the phonemes are not those of ARPABET, .* --phoneme-types FILE/,
  ],
  ["say", [...openUtau, "--weights", "float16"], /--weights float16: OpenUtau computes in float32/],
  [
    "say",
    [...openUtau, "--card", "card.json"],
    /--card: it has no effect on a pack for OpenUtau; leave it out, or/,
  ],
  ["say", [...openUtau, "--lowercase"], /^--lowercase: it has no effect on a pack for OpenUtau/],
  [
    "say",
    ["--phoneme-types", "x"],
    /--phoneme-types x: a copy has no such file; add --for openutau/,
  ],
  ["say", [...openUtau, "--data", "none.tsv"], /none.tsv/],
  ["say", [...openUtau, "--phoneme-types", "none.txt"], /--phoneme-types none.txt/],
  ["none", openUtau, /none: there is no such folder/],
])("%s %o is refused, and nothing is written", async (model, typed, message) => {
  rmSync(at(`${model}.zip`), { force: true });
  await expect(run(model, ...typed)).rejects.toThrow(message);
  expect(existsSync(at(`${model}.zip`))).toBe(false);
});

test.each([
  ["AA\n", /bad.txt, line 1: "AA" is not a phoneme and its type; write them as in "AA vowel"/],
  ["ˈa vowel\n", /bad.txt: there is no type for b, ŋ; add a line such as "b vowel"/],
])("types such as %o are refused", async (text, message) => {
  writeFileSync(at("bad.txt"), text);
  await expect(run("ipa", ...openUtau, "--phoneme-types", at("bad.txt"))).rejects.toThrow(message);
});

test("a pack is a file, not a folder", async () => {
  mkdirSync(at("taken"));
  const asked = run("say", ...openUtau, "--out", at("taken"));
  await expect(asked).rejects.toThrow(
    /taken: this is a folder, and a pack is a file; give its name/,
  );
});
